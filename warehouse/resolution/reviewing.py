"""The ties between editions held against today's rule: what it would not say is retired, what it says besides is added.

Nothing is deleted; a retired fact stays, and `communique explain` tells it with its dates.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import pyarrow as pa
from pydantic_core import to_json

from warehouse.connection import sql
from warehouse.resolution.edition_evidence import agreement
from warehouse.resolution.edition_gathering import Fact, Gathering, gather
from warehouse.resolution.edition_names import add_names, number_of
from warehouse.resolution.editions import RULE, facts_of, links_of
from warehouse.resolution.known import rows, with_table

AT_ONCE = 2_000
Row = dict[str, Any]


def newest_readings(con: duckdb.DuckDBPyConnection) -> Iterator[list[Row]]:
    """How every release reads now, some at once, in the order they came; names that were never made are made."""
    newest = "SELECT arg_max(reading_no, (version, reading)) FROM kept.readings GROUP BY release_id ORDER BY 1"
    numbers = con.execute(newest).fetchall()
    unnamed = con.execute("SELECT count(*) FROM lookup.edition_names").fetchall() == [(0,)]
    chunks = [numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE)]
    for chunk in chunks if unnamed else ():
        add_names(con, _read(con, chunk))
    for chunk in chunks:
        yield _read(con, chunk)


def reviewed(con: duckdb.DuckDBPyConnection, readings: Sequence[Row]) -> list[Fact]:
    """Facts that today's rule adds and retires for these releases."""
    gathered = gather(con, readings, again=True)
    for row in readings:
        gathered.current[row["release_id"]] = row
        gathered.bodies[row["reading_no"]] = row["body"]
    told = []
    for row in readings:
        facts = [*_retired(gathered, row)]
        for fact in facts:
            gathered.assert_(fact)
        for fact in facts_of(gathered, row):
            gathered.assert_(fact)
            facts.append(fact)
        told += facts
    return told


def _retired(gathered: Gathering, row: Row) -> Iterator[Fact]:
    for other_name, fact in list(gathered.tied.get(row["release_id"], {}).items()):
        other = gathered.current.get(other_name)
        mine = fact["release_a"] == row["release_id"] and fact["rule"].startswith("edition/")
        if mine and other is not None and not _still_holds(gathered, row, other):
            why = to_json({"why": f"rule {RULE} finds nothing that joins them any more", "by": "review"}).decode()
            yield fact | {"rule": RULE, "evidence": why, "state": "retired"}


def _still_holds(gathered: Gathering, row: Row, other: Any) -> bool:
    if number_of(row) and number_of(row) == number_of(other):
        return True
    if any(tied.other["release_id"] == other["release_id"] for tied in links_of(gathered, row)):
        return True
    return agreement(gathered.text(row), gathered.text(other)).convinces


def _read(con: duckdb.DuckDBPyConnection, numbers: Sequence[tuple[int]]) -> list[Row]:
    with_table(con, "wanted_readings", pa.table({"reading_no": [number for (number,) in numbers]}))
    return rows(con, sql("resolution/review_rows"))
