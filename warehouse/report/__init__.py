"""The report: one page of HTML about a period of the archive, fed by views, every figure with its query."""
