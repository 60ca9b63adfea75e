"""The vault: raw bytes in sealed WARC files, listed in a hash-chained manifest, never changed."""
