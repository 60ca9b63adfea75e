"""By what the editions of one release find each other: addresses, the publisher's number, the publisher's day.

Kept as digests in a table of its own, so that a batch asks for the few names it has and never goes through readings.
Addresses stand there as they were written, so every spelling is asked for, and what is found counts for the page.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import duckdb
import pyarrow as pa

from parsers.spellings import page_of, plain, wanted
from warehouse.connection import sql
from warehouse.resolution.known import with_table

_SCRIPTS = frozenset(("zh-Hant", "zh-Hans"))
NEWEST = 200  # readings of one language that are taken of a name; more are issued by nobody on one day

Row = Mapping[str, Any]
Named = dict[str, dict[str, list[int]]]  # `meant` -> language -> readings, the newest first


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
    places = [("at", row["url"]), *(("to", one["url"]) for one in row["editions"])]
    written = [(how, spelt) for how, url in places if url for spelt in (url, plain(url)) if spelt]
    return (*(f"{how} {url}" for how, url in written), *_shared(row))


def sought(row: Row) -> tuple[str, ...]:
    """What its other editions are found under, by what the names mean."""
    return (*(meant(f"{how} {url}") for how, url in _others(row)), *_shared(row))


def asked_for(row: Row) -> tuple[str, ...]:
    """The same, in every spelling that the archive may have."""
    return (*(f"{how} {spelt}" for how, url in _others(row) for spelt in wanted(url)), *_shared(row))


def _others(row: Row) -> Iterator[tuple[str, str]]:
    if row["url"]:
        yield "to", row["url"]
    yield from (("at", one["url"]) for one in row["editions"])


def meant(name: str) -> str:
    """A name with the page that its address leads to, whichever spelling it has."""
    how, _, told = name.partition(" ")
    return f"{how} {page_of(told) or told}" if how in ("at", "to") else name


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
    """The newest readings of the archive under each of these names, by what the names mean."""
    wanted = sorted(set(names))
    if not wanted:
        return {}
    with_table(con, "wanted_names", pa.table({"name": wanted}))
    found: Named = {}
    for name, language, newest in con.execute(sql("resolution/named_alike"), {"kept": NEWEST}).fetchall():
        readings = found.setdefault(meant(name), {})
        readings[language] = sorted({*readings.get(language, ()), *newest}, reverse=True)[:NEWEST]
    return found


def _shared(row: Row) -> tuple[str, ...]:
    return tuple(name for name in (number_of(row), day_of(row)) if name)
