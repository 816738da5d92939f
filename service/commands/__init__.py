"""The commands that run the program itself; the others stand in the folders they act on."""
