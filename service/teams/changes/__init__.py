"""What people change of a worker or a team, an idea a module; others use `actions`."""
