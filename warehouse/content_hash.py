"""One digest over everything the archive says, so that two archives can be compared.

Left out is what differs between two honest ways to the same archive: run and batch ids, file names and
offsets below raw/, and the loader's own clock.
"""

import hashlib
from collections.abc import Iterator, Mapping

import duckdb

LEFT_OUT: Mapping[str, frozenset[str]] = {
    "readings": frozenset({"batch_no", "journal_at", "reading_no", "supersedes"}),
    "relations": frozenset({"batch_no", "journal_at"}),
    "edits": frozenset({"batch_no"}),
    "release_keys": frozenset({"batch_no"}),
    "captures": frozenset({"batch_no", "raw_path", "raw_offset"}),
    "outcomes": frozenset({"batch_no", "run_id", "observed_at"}),
    "absences": frozenset({"batch_no", "run_id", "observed_at"}),
    "edition_differences": frozenset({"batch_no"}),
}
LATER = frozenset({"absences", "edition_differences"})  # told only where they have rows, as older archives have none
ONLY_PUBLISHED = frozenset(  # columns that warehouse/deriving.py adds
    {"is_current", "superseded_at", "twin_since", "day", "day_basis"}
)
FETCH = 10_000


def content_hash(con: duckdb.DuckDBPyConnection) -> str:
    """Hex SHA-256 over the sorted canonical rows of each table. Memory does not grow with the archive."""
    whole = hashlib.sha256()
    for table, left_out in sorted(LEFT_OUT.items()):
        if table in LATER and not con.execute(f"SELECT 1 FROM kept.{table} LIMIT 1").fetchone():
            continue
        whole.update(f"{table}\n".encode())
        for digests in _row_digests(con, table, left_out):
            whole.update(digests)
    return whole.hexdigest()


def table_hash(con: duckdb.DuckDBPyConnection, table: str, where: str = "true") -> str:
    """The same over all columns of one table, of the rows that `where` names; holds published against the writer's."""
    whole = hashlib.sha256()
    for digests in _row_digests(con, table, frozenset(), where):
        whole.update(digests)
    return whole.hexdigest()


def _row_digests(
    con: duckdb.DuckDBPyConnection, table: str, left_out: frozenset[str], where: str = "true"
) -> Iterator[bytes]:
    # The table itself tells its columns; duckdb_columns() would look at those of every view, too.
    columns = sorted(str(column[0]) for column in con.execute(f"FROM kept.{table} LIMIT 0").description)
    told = {name: f'"{name}"' for name in columns if name not in left_out | ONLY_PUBLISHED}
    if "body" in told:
        told["body"] = 'sha256("body")'  # a text of 20 MB as JSON would take more memory than the connection has
    row = ", ".join(f'"{name}" := {value}' for name, value in told.items())
    digests_of = f"SELECT sha256(to_json(struct_pack({row}))) AS digest FROM kept.{table} WHERE {where}"
    found = con.execute(f"{digests_of} ORDER BY digest")
    while digests := found.fetchmany(FETCH):
        yield "".join(digest for (digest,) in digests).encode()
