"""Private iCalendar feeds and their addresses."""
