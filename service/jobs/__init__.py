"""The job queue and the clock of the elected leader."""
