"""Page and file families that many publishers share; each reads one kind of document."""
