"""The demonstration service: invented people, a counted year, a week to plan."""
