"""Captures read again: what today's parsers say of them, against the newest reading of each version made from them.

A reading that differs is added behind the one that stands; it is ours, so it makes no version, no edit and no outcome.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa
from pydantic_core import from_json

from parsers.readings import Reading
from sources.capture import rfc3339
from warehouse.connection import sql
from warehouse.resolution.editions import tie
from warehouse.resolution.identity import STRENGTH, keys_of
from warehouse.resolution.known import rows, with_table
from warehouse.resolution.relating import relate
from warehouse.resolution.rows import reading_fields
from warehouse.resolution.versions import carried

GROUNDS = frozenset({"parser", "evidence", "published_rule", "updated_rule", "event_rule"})  # how, not what
DIGESTS = frozenset({"text_sha256", "body_sha256"})  # say nothing that the body does not
NAMING = frozenset({"publisher", "native_id", "language", "url", "title", "title_basis", "body"}) | frozenset(
    {"published_on", "published_basis"}
)
COMPARING = frozenset({"title", "body", "publisher", "language", "published_on", "published_at", "address_on"})
TYING = COMPARING | {"editions", "url", "native_id", "images"}
PLACE = ("release_id", "version", "edit_kind", "changed_fields", "release_seen_at", "first_seen_at")
ORIGIN = ("input_sha256", "content_sha256", "item", "source")

Row = dict[str, Any]
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reread:
    """One capture, and what today's parsers make of it."""

    input_sha256: str
    ref: str
    items: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A reading held against today's: the fields that differ, as they stand and as they would."""

    held: Row
    new: Row
    fields: tuple[str, ...]


@dataclass(slots=True)
class Found:
    """What came of a batch: rows to add, by table, and all that a report tells."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    compared: list[Compared] = field(default_factory=list)
    rejected: list[tuple[Row, str]] = field(default_factory=list)  # the reading that stays, and why there is none today
    conflicts: list[tuple[str, Key, str]] = field(default_factory=list)  # release, key, the release that has it
    readable: list[tuple[str, int]] = field(default_factory=list)  # ref and item in quarantine that give a record today


def reread(
    con: duckdb.DuckDBPyConnection, captures: Sequence[Reread], *, grounds: bool = False, relating: bool = True
) -> Found:
    """Compares captures that were read again with what the archive has of them.

    :param grounds: add a reading also where only parser, rules or evidence differ.
    :param relating: also compare texts that read anew with all others.
    """
    found = Found()
    read = {one.input_sha256: one for one in captures}
    with_table(con, "wanted_inputs", pa.table({"input_sha256": pa.array(sorted(read), pa.string())}))
    held = _held(con)
    for row in held:
        _compare(found, row, read[row["input_sha256"]].items, grounds=grounds)
    _note_readable(con, found, captures, held)
    changed = [one for one in found.compared if one.fields]
    if changed:
        _add_readings(con, found, changed)
        _name(con, found, changed)
        if relating:
            _join(con, found, changed)
    return found


def _held(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """By row number, as only that keeps a scan from unpacking every text; and of a table whose size is known, or the
    database might hold all it passes against the few that are wanted."""
    with_table(con, "wanted_places", con.execute(sql("resolution/reread_places")).to_arrow_table())
    return [from_json(told) for (told,) in con.execute(sql("resolution/reread_held")).fetchall()]


def _compare(found: Found, held: Row, items: Sequence[Reading], *, grounds: bool) -> None:
    item = items[held["item"]] if held["item"] < len(items) else None
    if item is None or item.record is None:
        why = item.rejection["reason"] if item and item.rejection else f"it gives {len(items)} records, not that many"
        found.rejected.append((held, why))
        return
    new = carried(held, reading_fields(item))
    skipped = DIGESTS if grounds else DIGESTS | GROUNDS
    unequal = [name for name, now in new.items() if held[name] != now and name not in skipped]
    for name in unequal:
        _as_in_journals(held, name)
    fields = tuple(name for name in unequal if _differs(name, held[name], new[name]))
    found.compared.append(Compared(held, new, fields))


def _as_in_journals(held: Row, name: str) -> None:
    """Instants come as the database writes them; few are wanted otherwise, which takes longer than all the rest."""
    if name.endswith("_at") and held[name]:
        held[name] = rfc3339(datetime.fromisoformat(held[name]))


def _differs(name: str, before: Any, now: Any) -> bool:
    if name == "body":
        return bool(before != hashlib.sha256(now.encode()).hexdigest())
    if not (before or now):  # a list that was never kept says as much as an empty one
        return False
    if name.endswith("_at") and before and now:
        return datetime.fromisoformat(before) != datetime.fromisoformat(now)
    return True


def _note_readable(
    con: duckdb.DuckDBPyConnection, found: Found, captures: Sequence[Reread], held: Sequence[Row]
) -> None:
    known = {(row["input_sha256"], row["item"]) for row in held}
    fresh = {
        (one.input_sha256, number): one.ref
        for one in captures
        for number, item in enumerate(one.items)
        if item.record is not None and (one.input_sha256, number) not in known
    }
    if not fresh:
        return
    inputs = sorted({digest for digest, _ in fresh})
    with_table(con, "wanted_inputs", pa.table({"input_sha256": inputs}))
    for row in rows(con, sql("resolution/reread_quarantined")):
        key = (row["input_sha256"], row["item"])
        if row["outcome"] == "quarantined" and key in fresh:
            found.readable.append((fresh[key], row["item"]))


def _add_readings(con: duckdb.DuckDBPyConnection, found: Found, changed: Sequence[Compared]) -> None:
    newest = con.execute("SELECT coalesce(max(reading_no), 0) FROM kept.readings").fetchall()
    for number, one in enumerate(changed, newest[0][0] + 1):
        for name in PLACE:
            _as_in_journals(one.held, name)
        one.new.update({name: one.held[name] for name in (*PLACE, *ORIGIN)})
        one.new.update(reading=one.held["reading"] + 1, supersedes=one.held["reading_no"], reading_no=number)
    found.rows["readings"] = [one.new for one in changed]


def _name(con: duckdb.DuckDBPyConnection, found: Found, changed: Sequence[Compared]) -> None:
    """Keys that a better parser has found become aliases, unless a number or address names another release."""
    offered = [(one.new["release_id"], key) for one in changed if _touches(one, NAMING) for key in keys_of(one.new)]
    if not offered:
        return
    wanted = sorted({(key.kind, key.value) for _, key in offered})
    with_table(con, "wanted_keys", pa.table({"kind": [k for k, _ in wanted], "value": [v for _, v in wanted]}))
    named: dict[Key, list[str]] = {}
    for row in rows(con, sql("resolution/named_by")):
        named.setdefault((row["kind"], row["value"]), []).append(row["release_id"])
    for release, key in offered:
        owners = named.setdefault((key.kind, key.value), [])
        if release in owners:
            continue
        if owners and key.kind in STRENGTH[:2]:
            found.conflicts.append((release, (key.kind, key.value), owners[0]))
            continue
        owners.append(release)
        alias = {"release_id": release, "kind": key.kind, "value": key.value, "rule": f"{key.rule}; read again"}
        found.rows.setdefault("release_keys", []).append(alias)


def _join(con: duckdb.DuckDBPyConnection, found: Found, changed: Sequence[Compared]) -> None:
    """What joins releases, for those that read otherwise now; an earlier version joins nothing."""
    now = [one for one in changed if one.held["version"] == one.held["latest_version"]]
    anew = [one.new | {"changed_fields": ["body"]} for one in now if _touches(one, COMPARING)]
    sketches, relations = relate(con, anew, again=True) if anew else ([], [])
    to_tie = [one.new | {"changed_fields": list(_texts(one))} for one in now if _touches(one, TYING)]
    tied, differences = tie(con, to_tie, relations, sketches) if to_tie else ([], [])
    told: dict[str, Sequence[Mapping[str, Any]]] = {"sketches": sketches, "relations": [*relations, *tied]}
    told["edition_differences"] = differences
    found.rows.update({table: [dict(row) for row in some] for table, some in told.items() if some})


def _texts(one: Compared) -> Iterator[str]:
    return (name for name in ("title", "body") if name in one.fields)


def _touches(one: Compared, names: frozenset[str]) -> bool:
    return not names.isdisjoint(one.fields)
