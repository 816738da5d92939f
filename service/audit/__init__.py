"""Who read or changed what."""
