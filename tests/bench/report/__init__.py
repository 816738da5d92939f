"""What was measured, as the planner's part of docs/benchmarks.md: sections, bars, the page."""
