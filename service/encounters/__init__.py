"""What took place: encounters with their outcome, reasons and minutes."""
