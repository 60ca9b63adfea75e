"""By what the editions of one release find each other: addresses, the publisher's number, the publisher's day.

Kept as digests in a table of its own, so that a batch asks for the few names it has and never goes through readings.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.connection import sql
from warehouse.resolution.known import with_table

_SCRIPTS = frozenset(("zh-Hant", "zh-Hans"))
NEWEST = 200  # readings of one language that are taken of a name; more are issued by nobody on one day

Row = Mapping[str, Any]
Named = dict[str, dict[str, list[int]]]  # name -> language -> readings, the newest first


def tongue(language: str) -> str:
    """The language, whatever the script or region: zh for zh-Hant."""
    return language.partition("-")[0]


def other_language(one: str, other: str) -> bool:
    """Whether two releases can be editions, or one text in two scripts."""
    return tongue(one) != tongue(other) or (one != other and {one, other} == _SCRIPTS)


def same_language(one: str, other: str) -> bool:
    """Whether they cannot."""
    return not other_language(one, other)


def names_of(row: Row) -> tuple[str, ...]:
    """What a reading is found under."""
    return (*_own(row), *(f"to {one['url']}" for one in row["editions"]), *_shared(row))


def asked_for(row: Row) -> tuple[str, ...]:
    """What its other editions would be found under."""
    return (*(f"to {name[3:]}" for name in _own(row)), *(f"at {one['url']}" for one in row["editions"]), *_shared(row))


def day_of(row: Row) -> str | None:
    """The name that everything of one publisher and day has; None where either is unknown."""
    day = row["published_on"] or row["address_on"]
    return f"day {row['publisher']} {day}" if day and row["publisher"] != "unknown" else None


def number_of(row: Row) -> str | None:
    """The name that editions have which share the publisher's number."""
    return f"number {row['publisher']} {row['native_id']}" if row["native_id"] else None


def add_names(con: duckdb.DuckDBPyConnection, readings: Iterable[Row]) -> None:
    """Makes readings findable; called whenever they are loaded."""
    told = [(name, row["reading_no"], tongue(row["language"])) for row in readings for name in names_of(row)]
    if not told:
        return
    names, numbers, languages = zip(*told, strict=True)
    with_table(con, "incoming_names", pa.table({"name": names, "reading_no": numbers, "language": languages}))
    con.execute(
        "INSERT INTO lookup.edition_names SELECT md5_number_lower(name), reading_no, language FROM incoming_names"
    )
    con.unregister("incoming_names")


def named_alike(con: duckdb.DuckDBPyConnection, names: Iterable[str]) -> Named:
    """The newest readings of the archive under each of these names."""
    wanted = sorted(set(names))
    if not wanted:
        return {}
    with_table(con, "wanted_names", pa.table({"name": wanted}))
    found: Named = {}
    for name, language, newest in con.execute(sql("resolution/named_alike"), {"kept": NEWEST}).fetchall():
        found.setdefault(name, {})[language] = newest
    return found


def _own(row: Row) -> tuple[str, ...]:
    return (f"at {row['url']}",) if row["url"] else ()


def _shared(row: Row) -> tuple[str, ...]:
    return tuple(name for name in (number_of(row), day_of(row)) if name)
