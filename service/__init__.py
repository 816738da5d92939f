"""The service: pages, feeds and jobs around the planner, on PostgreSQL."""
