"""DISCOVER: a source and where it left off in, candidates out. One module per kind of source."""
