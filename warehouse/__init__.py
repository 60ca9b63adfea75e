"""KEEP: the vault of raw bytes, the archive built from it, and the file people query."""

import os

# Said before Arrow is imported: its own allocator keeps tens of megabytes for later, beside what DuckDB may take.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
