"""Plan runs, rosters and their publication."""
