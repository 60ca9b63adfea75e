"""Files that hold many recorded answers of the web, WARC and ARC: each record a candidate of its own."""
