"""KEEP: the vault of raw bytes, the archive built from it, and the file people query."""
