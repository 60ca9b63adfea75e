"""Captures read again: what today's parsers say of them, against the newest reading of each version made from them.

Nearly all say the same, which their digests tell; only the others are fetched and compared field by field.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa
from pydantic_core import from_json

from parsers.answers import Outline
from parsers.readings import GROUNDS as OF_A_RECORD
from parsers.readings import Reading
from sources.capture import rfc3339
from warehouse.connection import sql
from warehouse.resolution.known import rows, with_table
from warehouse.resolution.rows import reading_fields
from warehouse.resolution.versions import carried

GROUNDS = frozenset(name if whole is True else f"{name}_rule" for name, whole in OF_A_RECORD.items())  # as columns
DIGESTS = frozenset({"text_sha256", "body_sha256", "fields_sha256"})  # say nothing that the fields do not

Row = dict[str, Any]
Connection = duckdb.DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Reread:
    """One capture, and what today's parsers make of it: an outline for each item, and all of it if asked."""

    input_sha256: str
    ref: str
    outlines: Sequence[Outline | None]
    items: Callable[[], tuple[Reading, ...]]


@dataclass(frozen=True, slots=True)
class Compared:
    """A reading held against today's: the fields that differ, as they stand and as they would."""

    held: Row
    new: Row
    fields: tuple[str, ...]


@dataclass(slots=True)
class Found:
    """What came of a batch."""

    same: Counter[tuple[str, str]] = field(default_factory=Counter)  # the parser that read it, and today's
    compared: list[Compared] = field(default_factory=list)  # not told to be the same by their digests
    rejected: list[tuple[Row, str]] = field(default_factory=list)  # the reading that stays, and why there is none today
    readable: list[tuple[str, int]] = field(default_factory=list)  # ref and item in quarantine that give a record today


def reread(con: Connection, captures: Sequence[Reread], *, grounds: bool = False) -> Found:
    """Compares captures that were read again with what the archive has of them.

    :param grounds: where only parser, rules or evidence differ, tell that too.
    """
    found = Found()
    read = {one.input_sha256: one for one in captures}
    with_table(con, "wanted_inputs", pa.table({"input_sha256": pa.array(sorted(read), pa.string())}))
    heads = _heads(con)
    doubtful = [head for head in heads if grounds or not _is_same(found, head, read[head["input_sha256"]])]
    for row in _held(con, doubtful):
        _compare(found, row, read[row["input_sha256"]].items(), grounds=grounds)
    _note_readable(con, found, captures, heads)
    return found


def _heads(con: Connection) -> list[Row]:
    """By row number, as only that keeps a scan from unpacking every text; and of a table whose size is known, or the
    database might hold all it passes against the few that are wanted."""
    with_table(con, "wanted_places", con.execute(sql("resolution/reread_places")).to_arrow_table())
    return list(rows(con, sql("resolution/reread_heads")))


def _is_same(found: Found, head: Row, read: Reread) -> bool:
    outline = read.outlines[head["item"]] if head["item"] < len(read.outlines) else None
    if outline is None or not outline.fields_sha256 or outline.fields_sha256 != head["fields_sha256"]:
        return False
    found.same[head["parser"], outline.parser] += 1
    return True


def _held(con: Connection, heads: Sequence[Row]) -> list[Row]:
    if not heads:
        return []
    with_table(con, "wanted_places", pa.table({"place": [head["place"] for head in heads]}))
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
        as_in_journals(held, name)
    fields = tuple(name for name in unequal if _differs(name, held[name], new[name]))
    found.compared.append(Compared(held, new, fields))


def as_in_journals(held: Row, name: str) -> None:
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
    con: Connection, found: Found, captures: Sequence[Reread], known: Sequence[Mapping[str, Any]]
) -> None:
    have = {(row["input_sha256"], row["item"]) for row in known}
    fresh = {
        (one.input_sha256, number): one.ref
        for one in captures
        for number, outline in enumerate(one.outlines)
        if outline is not None and (one.input_sha256, number) not in have
    }
    if not fresh:
        return
    inputs = sorted({digest for digest, _ in fresh})
    with_table(con, "wanted_inputs", pa.table({"input_sha256": inputs}))
    for row in rows(con, sql("resolution/reread_quarantined")):
        key = (row["input_sha256"], row["item"])
        if row["outcome"] == "quarantined" and key in fresh:
            found.readable.append((fresh[key], row["item"]))
