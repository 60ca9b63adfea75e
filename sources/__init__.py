"""PICK UP: how releases are found and fetched. Ends where a capture begins."""
