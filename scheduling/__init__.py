"""The planner: home visits of a week, pure: no web, no database, no clock, no names."""
