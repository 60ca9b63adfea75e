"""The floor under an ingest: read, hash and load the same bytes, and nothing else.

`python -m bench.floor INBOX FILE` puts every text file below INBOX into one table of the DuckDB file, through
Arrow and with the archive's own storage options.
"""

import hashlib
import sys
from itertools import islice
from pathlib import Path

import pyarrow as pa

from warehouse.connection import attached
from warehouse.resolution.known import with_table

CHUNK = 5_000


def load_bare(inbox: Path, database: Path) -> None:
    """Path, SHA-256 and text of every file, in chunks of one transaction each, checkpointed at the end."""
    with attached(database) as con:
        con.execute("CREATE TABLE bare (path VARCHAR, sha256 VARCHAR, body VARCHAR USING COMPRESSION zstd)")
        waiting = iter(sorted(inbox.rglob("*.txt")))
        while paths := list(islice(waiting, CHUNK)):
            bodies = [path.read_bytes() for path in paths]
            columns = {
                "path": [str(path) for path in paths],
                "sha256": [hashlib.sha256(body).hexdigest() for body in bodies],
                "body": [body.decode() for body in bodies],
            }
            with_table(con, "incoming", pa.table(columns))
            con.execute("INSERT INTO bare SELECT * FROM incoming")
        con.execute("CHECKPOINT archive")


if __name__ == "__main__":
    load_bare(Path(sys.argv[1]), Path(sys.argv[2]))
