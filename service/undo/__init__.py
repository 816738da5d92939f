"""Taking back what was just changed, as long as nobody changed it again."""
