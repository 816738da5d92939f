"""Nobody is alone and out of sight: the lone-worker check and the no-contact alert."""
