"""Readings that differ from those that stand: as rows behind them, with the keys and relations that come of them.

They are ours, so they make no version, no edit and no outcome.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.connection import sql
from warehouse.resolution.editions import tie
from warehouse.resolution.identity import STRENGTH, keys_of
from warehouse.resolution.known import named_by, with_table
from warehouse.resolution.proven import without_proven
from warehouse.resolution.relating import relate
from warehouse.resolution.rereading import Compared, as_in_journals

NAMING = frozenset({"publisher", "native_id", "language", "url", "title", "title_basis", "body"}) | frozenset(
    {"published_on", "published_basis"}
)
COMPARING = frozenset({"title", "body", "publisher", "language", "published_on", "published_at", "address_on"})
TYING = COMPARING | {"editions", "url", "native_id", "images"}
PLACE = ("release_id", "version", "edit_kind", "changed_fields", "release_seen_at", "first_seen_at")
ORIGIN = ("input_sha256", "content_sha256", "item", "source")

Row = dict[str, Any]
Key = tuple[str, str]
Connection = duckdb.DuckDBPyConnection


@dataclass(slots=True)
class Added:
    """Rows to add, by table, and keys that could not be given."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    conflicts: list[tuple[str, Key, str]] = field(default_factory=list)  # release, key, the release that has it


def new_readings(con: Connection, changed: Sequence[Compared], *, relating: bool = True) -> Added:
    """What readings that differ add to the archive; of each reading that stands at most one.

    :param relating: also compare texts that read anew with all others.
    """
    added = Added()
    if changed:
        _number(con, changed)
        added.rows["readings"] = [one.new for one in changed]
        _name(con, added, changed)
        if relating:
            _join(con, added, changed)
    return added


def _number(con: Connection, changed: Sequence[Compared]) -> None:
    ((newest,),) = con.execute("SELECT coalesce(max(reading_no), 0) FROM kept.readings").fetchall()
    for number, one in enumerate(changed, newest + 1):
        for name in PLACE:
            as_in_journals(one.held, name)
        one.new.update({name: one.held[name] for name in (*PLACE, *ORIGIN)})
        one.new.update(reading=one.held["reading"] + 1, supersedes=one.held["reading_no"], reading_no=number)


def _name(con: Connection, added: Added, changed: Sequence[Compared]) -> None:
    """Keys that a better parser has found become aliases, unless a number or address names another release."""
    offered = [(one.new["release_id"], key) for one in changed if _touches(one, NAMING) for key in keys_of(one.new)]
    if not offered:
        return
    named = named_by(con, (key for _, key in offered))
    for release, key in offered:
        owners = named.setdefault(key.meaning, [])
        if release in owners:
            continue
        if owners and key.kind in STRENGTH[:2]:
            added.conflicts.append((release, (key.kind, key.value), owners[0]))
            continue
        owners.append(release)
        alias = {"release_id": release, "kind": key.kind, "value": key.value, "rule": f"{key.rule}; read again"}
        added.rows.setdefault("release_keys", []).append(alias)


def _join(con: Connection, added: Added, changed: Sequence[Compared]) -> None:
    """What joins releases, for those that read otherwise now; an earlier version joins nothing."""
    with_table(con, "wanted_releases", pa.table({"release_id": sorted({one.held["release_id"] for one in changed})}))
    newest = dict(con.execute(sql("resolution/latest_versions")).fetchall())
    now = [one for one in changed if one.held["version"] == newest[one.held["release_id"]]]
    anew = [one.new | {"changed_fields": ["body"]} for one in now if _touches(one, COMPARING)]
    sketches, relations = relate(con, anew, again=True) if anew else ([], [])
    relations = without_proven(con, relations)
    to_tie = [one.new | {"changed_fields": list(_texts(one))} for one in now if _touches(one, TYING)]
    tied, differences = tie(con, to_tie, relations, sketches) if to_tie else ([], [])
    told: dict[str, Sequence[Mapping[str, Any]]] = {"sketches": sketches, "relations": [*relations, *tied]}
    told["edition_differences"] = differences
    added.rows.update({table: [dict(row) for row in some] for table, some in told.items() if some})


def _texts(one: Compared) -> Iterator[str]:
    return (name for name in ("title", "body") if name in one.fields)


def _touches(one: Compared, names: frozenset[str]) -> bool:
    return not names.isdisjoint(one.fields)
