"""Parsers for the pages of single publishers, one short file each."""
