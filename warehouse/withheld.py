"""What of a release that is withheld must not be published: the copy that people query is made without it.

It is made without these rows, never by deleting them, since a database file keeps what was deleted for a while. The
writer's database and raw keep all.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import duckdb

from warehouse.commenting import quoted
from warehouse.connection import LOADING, attached, sql

Connection = duckdb.DuckDBPyConnection

_OF_A_RELEASE = "release_id IN (FROM withheld_releases)"
_OF_TWO = "(release_a IN (FROM withheld_releases) OR release_b IN (FROM withheld_releases))"
_OF_A_REF = "(source, ref) IN (FROM withheld_refs)"
_OF_A_SUBJECT = "subject_no IN (FROM withheld_subjects)"
HIDDEN: Mapping[str, str] = {
    "kept.readings": _OF_A_RELEASE,
    "kept.release_keys": _OF_A_RELEASE,
    "kept.sketches": _OF_A_RELEASE,
    "kept.edits": _OF_A_RELEASE,
    "kept.absences": _OF_A_RELEASE,
    "kept.relations": _OF_TWO,
    "kept.edition_differences": _OF_TWO,
    "kept.outcomes": f"(coalesce({_OF_A_RELEASE}, false) OR {_OF_A_REF})",
    "kept.captures": _OF_A_REF,
    "kept.quarantine": _OF_A_REF,
    "kept.candidates_seen": _OF_A_REF,
    "kept.visits": _OF_A_REF,
    "named.mentions": "reading_no IN (SELECT reading_no FROM withheld_readings)",
    "named.subjects": _OF_A_SUBJECT,
    "named.abbreviations": _OF_A_SUBJECT,
    "named.also_held": _OF_A_SUBJECT,
}
"""By table, which rows tell of a release that is withheld."""


def note_withheld(con: Connection, database: str) -> str:
    """Looks up what `database`, the writer's, says is withheld, for `shown`; a digest of it, empty when nothing is."""
    con.execute(sql("withheld").format(database=database))
    found = con.execute("SELECT release_id FROM withheld_releases ORDER BY 1").fetchall()
    return hashlib.sha256(" ".join(name for (name,) in found).encode()).hexdigest() if found else ""


def shown(table: str) -> str:
    """The condition that leaves out of a table (with its schema) what is withheld; after `note_withheld`."""
    return f"NOT {HIDDEN[table]}" if table in HIDDEN else "true"


def withheld_in(copy: Path) -> str:
    """A digest of what readers must not see in a copy of the writer's database, empty when nothing."""
    with attached(copy, memory_limit=LOADING) as con:
        return note_withheld(con, "archive")


def copied_without(writer: Path, coming: Path) -> None:
    """Makes a copy of the closed database `writer` that never had the rows of what is withheld."""
    with attached(coming, memory_limit=LOADING) as con:
        con.execute(f"ATTACH {quoted(str(writer))} AS writer (READ_ONLY)")
        con.execute("COPY FROM DATABASE writer TO archive (SCHEMA)")
        note_withheld(con, "writer")
        tables = (
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name = 'writer' ORDER BY 1"
        )
        for (table,) in con.execute(tables).fetchall():
            if not table.startswith("lookup."):  # readers do not get these
                con.execute(f"INSERT INTO archive.{table} SELECT * FROM writer.{table} WHERE {shown(table)}")
        con.execute("DETACH writer")
        con.execute("CHECKPOINT archive")
