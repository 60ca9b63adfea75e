"""Catching up: a copy that was published earlier takes up what the writer has learnt since.

Every table of the archive grows at its end and every row has the number of its batch, so what a copy lacks is what
has a higher one. The cost goes with the batch, not with the archive. A copy is trusted as far as it can be told
cheaply: it knows which database it was made from, and has to count up to the same afterwards.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path

import duckdb

from sources.errors import ArchiveError
from warehouse.answering import create_views, digest_of_answers, drop_views
from warehouse.commenting import quoted
from warehouse.connection import LOADING, attached
from warehouse.crashpoints import crash_point
from warehouse.deriving import DERIVED, Derived, agrees, extend
from warehouse.withheld import note_withheld, shown

FEW, MANY = 5_000, 50_000  # readings: so many are always taken up, and no more; more come sooner with the whole file
A_SHARE = 4  # or one for so many held
Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Mark:
    """What a published copy was made from and with."""

    writer: str
    derived: str
    answers: str


def mark(con: Connection, writer: Path, withheld: str, parts: Sequence[Derived] = DERIVED) -> Mark:
    """What a copy made now from `writer` is to be known by; `con` is open on it, or on a copy of it.

    `withheld` is the digest of what the copy leaves out.

    A database that takes the place of another is another file: the one before is set aside, never deleted.
    """
    ran = con.execute("SELECT version, sha256 FROM schema_migrations ORDER BY version").fetchall()
    return Mark(
        f"file {writer.stat().st_ino}, schema {', '.join(f'{version} {digest}' for version, digest in ran)}",
        ", ".join([*(one.name for one in parts), *([f"without {withheld}"] if withheld else [])]),
        digest_of_answers(),
    )


def remember(con: Connection, made: Mark) -> None:
    """Writes the mark into the copy."""
    con.execute("INSERT INTO published.made VALUES (?, ?, ?)", astuple(made))


def caught_up(copy: Path, writer: Path, parts: Sequence[Derived] = DERIVED) -> bool:
    """Brings `copy` up to the closed database `writer`; False when it was made otherwise or does not add up.

    A copy of which this is false may be in any state and is to be thrown away.
    """
    with suppress(ArchiveError, duckdb.Error), attached(copy, memory_limit=LOADING, logged=False) as con:
        con.execute(f"ATTACH {quoted(str(writer))} AS writer (READ_ONLY)")
        try:
            return _taken_up(con, writer, parts)
        finally:
            con.execute("DETACH writer")
    return False


def _taken_up(con: Connection, writer: Path, parts: Sequence[Derived]) -> bool:
    told = con.execute("SELECT writer, derived, answers FROM published.made").fetchall()
    withheld = note_withheld(con, "writer")
    made, wanted = Mark(*(told or [("", "", "")])[0]), mark(con, writer, withheld, parts)
    after = _first(con, "SELECT coalesce(max(batch_no), 0) FROM archive.kept.batches")
    lacking = _first(con, f"SELECT count(*) FROM writer.kept.readings WHERE batch_no > {after}")
    held = _first(con, "SELECT count(*) FROM archive.kept.readings")
    if (made.writer, made.derived) != (wanted.writer, wanted.derived) or lacking > max(FEW, min(held // A_SHARE, MANY)):
        return False
    con.execute("BEGIN")
    tables = {table: shown(table) if withheld else "true" for table in _tables(con)}
    for table, condition in tables.items():
        news = f"SELECT * FROM writer.{table} WHERE batch_no > {after} AND {condition}"
        con.execute(f"INSERT INTO {table} BY NAME {news}")
    extend(con, after, parts)
    if made.answers != wanted.answers:
        _answer_anew(con, wanted)
    crash_point("in_catch_up")
    con.execute("COMMIT")
    con.execute("CHECKPOINT archive")
    return _adds_up(con, tables) and agrees(con, parts)


def _answer_anew(con: Connection, wanted: Mark) -> None:
    drop_views(con)
    create_views(con)
    con.execute("UPDATE published.made SET answers = ?", [wanted.answers])


def _tables(con: Connection) -> list[str]:
    """Tables of the writer's that readers see, with their schema."""
    found = con.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_columns() WHERE database_name = 'writer'"
        " AND column_name = 'batch_no' ORDER BY 1"
    )
    return [name for (name,) in found.fetchall()]


def _adds_up(con: Connection, tables: Mapping[str, str]) -> bool:
    """Whether every table has as many rows as the writer's has to show, of the same batches."""
    copied = _sums(con, "archive", dict.fromkeys(tables, "true"))
    return copied == _sums(con, "writer", tables)


def _sums(con: Connection, database: str, tables: Mapping[str, str]) -> list[tuple[str, int, int]]:
    """Rows by table, and the sum of their batches; asked of one database, as of both the planning costs the most."""
    each = (
        f"SELECT '{table}' AS of, count(*), sum(batch_no) FROM {database}.{table} WHERE {condition}"
        for table, condition in tables.items()
    )
    return con.execute(f"{' UNION ALL '.join(each)} ORDER BY of").fetchall()


def _first(con: Connection, query: str) -> int:
    ((found,),) = con.execute(query).fetchall()  # all of it: what is left to fetch keeps a transaction open
    return int(found)
