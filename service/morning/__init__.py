"""The morning meeting: a team goes through every tenant on one page."""
