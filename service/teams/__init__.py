"""Teams and workers: membership, working patterns, absences."""
