"""Resolve: a batch against the archive, deciding for each candidate what became of it."""
