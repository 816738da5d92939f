"""The database's history, one file per step; `thuisronde migrate` runs them in order."""
