"""JSON Lines: one record a line, with sorted keys, as `communique parse` prints it, and what names it in the archive.

`release_id`, `version` and `reading` are its key, `content_sha256` is the digest of the bytes it was read from.
Lines end with LF; other characters that some readers take for the end of a line are escaped.
"""

from collections.abc import Mapping
from pathlib import Path

import duckdb

from warehouse.connection import sql
from warehouse.exporting.job import Job

PORTION = 5_000  # lines at a time
LINE_ENDS: Mapping[str, str] = {"\u2028": r"\u2028", "\u2029": r"\u2029", "\x85": r"\u0085"}
NOTHING: Mapping[str, str] = {}


def write(job: Job) -> None:
    """Writes `releases.jsonl` (or `versions.jsonl`)."""
    write_records(job, job.selection.keys, f"{job.selection.view}.jsonl")


def write_records(job: Job, keys: str, name: str) -> None:
    """Writes the readings that `keys`, a query, names by release_id, version and reading."""
    job.con.execute(sql("exporting/record_macros"))
    query = sql("exporting/records").replace("keys_wanted", f"({keys})")
    job.package.counts["rows"] = write_lines(job.con, query, job.package.path(name), escaped=LINE_ENDS)


def write_lines(
    con: duckdb.DuckDBPyConnection, query: str, path: Path, *, begin: bytes = b"", escaped: Mapping[str, str] = NOTHING
) -> int:
    """Writes the one column of an answer, whose texts bring their line ends along; returns how many there were."""
    count = 0
    with path.open("wb") as file:
        file.write(begin)
        for batch in con.execute(query).to_arrow_reader(PORTION):
            text = "".join(batch.column(0).to_pylist())
            for char, told in escaped.items():
                text = text.replace(char, told)
            file.write(text.encode())
            count += len(batch)
    return count
