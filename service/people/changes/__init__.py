"""What people change of a tenant, an idea a module; others reach them through `actions`."""
