"""HTTP as a hostile server may speak it: one request to a checked address, under caps and deadlines."""
