"""What only the published copy has: tables and columns made from the kept ones, at any time again.

Whatever readers need ready-made (an index, the last state of something) belongs here: one entry in `DERIVED`,
which says how it is made from the whole archive and how it grows with what came after a batch.
"""

from collections.abc import Callable
from dataclasses import dataclass

import duckdb

from warehouse.connection import sql

Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Derived:
    """One derived thing.

    :param name: with a version that changes when it is made otherwise; older copies are then made anew.
    :param make: makes it in a copy of the writer's database that does not have it.
    :param extend: takes up every batch above the number it is given; the kept rows are there already.
    :param agrees: whether it can be what `make` would give; cheap, as every publishing asks it.
    """

    name: str
    make: Callable[[Connection], None]
    extend: Callable[[Connection, int], None]
    agrees: Callable[[Connection], bool]


def _mark_current(con: Connection) -> None:
    con.execute(sql("schema/current"))


def _mark_superseded(con: Connection, after: int) -> None:
    con.execute(sql("superseded"), {"after": after})


def _as_many_current_as_releases(con: Connection) -> bool:
    counted = "SELECT count_if(is_current) = count_if(supersedes IS NULL) FROM kept.readings"
    return con.execute(counted).fetchall() == [(True,)]


def _without_bands(con: Connection) -> None:
    con.execute("DROP SCHEMA IF EXISTS lookup CASCADE")


DERIVED = (
    Derived("is_current 2", _mark_current, _mark_superseded, _as_many_current_as_releases),
    Derived("no lookup 1", _without_bands, lambda con, after: None, lambda con: True),
)


def derive(con: Connection) -> None:
    """Makes everything in a fresh copy of the writer's database."""
    for one in DERIVED:
        one.make(con)


def extend(con: Connection, after: int) -> None:
    """Takes up what came after batch number `after`."""
    for one in DERIVED:
        one.extend(con, after)


def agrees(con: Connection) -> bool:
    """Whether everything derived can be right."""
    return all(one.agrees(con) for one in DERIVED)
