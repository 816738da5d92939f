"""Soft rules: what a plan pays for, a module each."""
