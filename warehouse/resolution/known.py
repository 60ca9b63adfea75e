"""What the archive knows of the candidates, inputs and keys of one batch; asked once, then kept in step.

Everything is looked up in bulk by joins, never row by row, and no body is fetched.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import duckdb
import pyarrow as pa

from parsers.spellings import wanted as spelt
from parsers.urls import OUTDATED
from sources.capture import rfc3339
from warehouse.connection import sql
from warehouse.resolution.identity import Key, meaning

Row = Mapping[str, Any]


@dataclass(slots=True)
class Known:
    """Lookup tables of one batch; the resolver adds its own decisions as it goes."""

    con: duckdb.DuckDBPyConnection
    last: dict[tuple[str, int], Row] = field(default_factory=dict)  # (ref, item) -> last outcome
    led_to: dict[tuple[str, int], Row] = field(default_factory=dict)  # (input, item) -> first outcome it led to
    named: dict[tuple[str, str], list[str]] = field(default_factory=dict)  # `Key.meaning` -> release ids, oldest first
    keys: dict[str, set[tuple[str, str]]] = field(default_factory=dict)  # release id -> its keys
    standing: dict[str, Row] = field(default_factory=dict)  # release id -> what tells its current reading from others
    held: dict[str, dict[str, Any]] = field(default_factory=dict)  # release id -> its current reading, body a flag
    bodies: dict[int, str] = field(default_factory=dict)  # reading_no -> body, of this batch only
    fresh: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)  # (input, item) -> this batch's reading
    earlier: dict[tuple[str, int], dict[str, Any] | None] = field(default_factory=dict)  # the same, of past bytes
    next_reading_no: int = 1
    _vanished: frozenset[str] | None = None

    def vanished(self) -> frozenset[str]:
        """Releases confirmed to be gone from where they stood; asked at the first need of a batch."""
        if self._vanished is None:
            found = self.con.execute(sql("resolution/vanished_now")).fetchall()
            self._vanished = frozenset(release for (release,) in found)
        return self._vanished

    def body(self, reading_no: int) -> str:
        """The text of one reading; the rare comparison that needs it fetches it alone."""
        if reading_no not in self.bodies:
            found = self.con.execute(sql("resolution/body_of"), {"reading_no": reading_no}).fetchone()
            self.bodies[reading_no] = found[0] if found else ""
        return self.bodies[reading_no]

    def reads(self, release_id: str) -> dict[str, Any]:
        """How a release of this batch reads now; the first that was met by its bytes alone brings all of those."""
        if release_id not in self.held:
            self.recall_releases(self.standing)
        return self.held[release_id]

    def recall_standing(self, release_ids: Iterable[str]) -> None:
        """Looks up where the releases stand, and no more: enough for bytes that are met again."""
        if wanted := sorted(set(release_ids) - set(self.standing)):
            with_table(self.con, "wanted_releases", pa.table({"release_id": wanted}))
            self.standing |= {row["release_id"]: row for row in rows(self.con, sql("resolution/standing"))}

    def recall_releases(self, release_ids: Iterable[str]) -> None:
        """Looks up the releases that are not known here yet."""
        wanted = sorted(set(release_ids) - set(self.held))
        if not wanted:
            return
        with_table(self.con, "wanted_releases", pa.table({"release_id": wanted}))
        for row in rows(self.con, sql("resolution/held")):
            self.standing[row["release_id"]] = self.held[row["release_id"]] = row
        for row in rows(self.con, sql("resolution/keys_held")):
            self.keys.setdefault(row["release_id"], set()).add((row["kind"], row["value"]))

    def read_from(self, input_sha256: str, item: int) -> dict[str, Any] | None:
        """The whole reading that came from bytes which are no longer how their release reads; one look-up a batch."""
        if fresh := self.fresh.get((input_sha256, item)):
            return fresh
        if (input_sha256, item) not in self.earlier:
            past = [key for key, led in self.led_to.items() if key not in self.earlier and self._is_past(key, led)]
            self.earlier |= dict.fromkeys(past)
            wanted = pa.table({"input_sha256": [key for key, _ in past], "item": [number for _, number in past]})
            with_table(self.con, "wanted_items", wanted)
            for row in rows(self.con, sql("resolution/read_from")) if past else ():
                self.earlier[row["input_sha256"], row["item"]] = row
        return self.earlier.get((input_sha256, item))

    def history(self, release_id: str) -> list[dict[str, Any]]:
        """How each version of a release reads, all but the bodies; asked where it was edited at another address."""
        held = rows(self.con, sql("resolution/versions_held"), {"release_id": release_id})
        fresh = [row for row in self.fresh.values() if row["release_id"] == release_id]
        return list({row["version"]: row for row in (*held, *fresh)}.values())

    def _is_past(self, key: tuple[str, int], led: Row) -> bool:
        stands = self.standing.get(led["release_id"] or "")
        return stands is not None and (stands["input_sha256"], stands["item"]) != key

    def take(self, row: dict[str, Any]) -> None:
        """A reading decided just now becomes how its release reads."""
        self.standing[row["release_id"]] = self.held[row["release_id"]] = row
        self.bodies[row["reading_no"]] = row["body"]
        self.fresh[row["input_sha256"], row["item"]] = row
        self.next_reading_no += 1

    def note(self, row: dict[str, Any], last: Row | None) -> None:
        """What became of a candidate just now is its last state; `last` is the one before."""
        names = {"known_as": "release_id", "known_by": "outcome", "known_from": "input_sha256", "known_at": "version"}
        told = {known: row[name] for known, name in names.items()} if row["release_id"] else {}
        before = {known: last[known] if last else None for known in names}
        self.last[row["ref"], row["item"]] = row | before | told

    def name(self, release_id: str, kind: str, value: str) -> None:
        """A key decided just now names its release."""
        self.named.setdefault(meaning(kind, value), []).append(release_id)
        self.keys.setdefault(release_id, set()).add((kind, value))


def recall(
    con: duckdb.DuckDBPyConnection, source: str, refs: Iterable[str], inputs: Iterable[str], keys: Iterable[Key]
) -> Known:
    """Everything the archive has to say about one batch."""
    known = Known(con)
    known.last = last_outcomes(con, source, refs)
    known.led_to = led_to(con, inputs)
    known.named = named_by(con, keys)
    known.recall_releases(release for ids in known.named.values() for release in ids)
    met = {row["release_id"] for row in known.led_to.values()} | {row["known_as"] for row in known.last.values()}
    known.recall_standing(release for release in met if release)
    newest = con.execute("SELECT coalesce(max(reading_no), 0) + 1 FROM kept.readings").fetchone()
    known.next_reading_no = newest[0] if newest else 1
    return known


def named_by(con: duckdb.DuckDBPyConnection, keys: Iterable[Key]) -> dict[tuple[str, str], list[str]]:
    """The releases that keys name, oldest first, by what the keys mean."""
    offered = set(keys)
    told = {key.meaning for key in offered}
    addresses = {one for key in offered if key.kind == "canonical_url" for one in spelt(key.value)}
    others = {(key.kind, key.value) for key in offered if key.kind != "canonical_url"}
    wanted = sorted(others | {("canonical_url", one) for one in addresses})
    found: dict[tuple[int, int], Row] = {}
    if wanted:
        with_table(con, "wanted_keys", pa.table({"kind": [k for k, _ in wanted], "value": [v for _, v in wanted]}))
        found |= {(row["batch_no"], row["place"]): row for row in rows(con, sql("resolution/named_by"))}
    if addresses:
        pages = {one.partition("?")[0] for one in addresses}
        with_table(con, "wanted_pages", pa.table({"page": sorted(pages)}))
        outdated = rows(con, sql("resolution/named_before"), {"outdated": OUTDATED})
        found |= {(row["batch_no"], row["place"]): row for row in outdated}
    named: dict[tuple[str, str], list[str]] = {}
    for _, row in sorted(found.items()):
        releases = named.setdefault(meaning(row["kind"], row["value"]), [])
        if row["release_id"] not in releases:
            releases.append(row["release_id"])
    return {key: releases for key, releases in named.items() if key in told}


def last_outcomes(con: duckdb.DuckDBPyConnection, source: str, refs: Iterable[str]) -> dict[tuple[str, int], Row]:
    """The last state of each candidate, by reference and item."""
    wanted = list(refs)
    if not wanted:
        return {}
    with_table(con, "wanted_refs", pa.table({"ref": wanted}))
    found = rows(con, sql("resolution/last_outcomes"), {"source": source})
    return {(row["ref"], row["item"]): row for row in found}


def led_to(con: duckdb.DuckDBPyConnection, inputs: Iterable[str]) -> dict[tuple[str, int], Row]:
    """What known inputs led to, by input digest and item."""
    wanted = list(inputs)
    if not wanted:
        return {}
    with_table(con, "wanted_inputs", pa.table({"input_sha256": wanted}))
    return {(row["input_sha256"], row["item"]): row for row in rows(con, sql("resolution/led_to"))}


def with_table(con: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    """Makes Arrow data visible to SQL under a name, replacing what had that name."""
    con.unregister(name)
    con.register(name, table)


def rows(
    con: duckdb.DuckDBPyConnection, query: str, parameters: Mapping[str, object] | None = None
) -> list[dict[str, Any]]:
    """Rows as JSON values: instants as RFC 3339 in UTC, days as ISO."""
    found = con.execute(query, parameters) if parameters else con.execute(query)
    table = found.to_arrow_table()
    columns = [_json_values(column) for column in table.columns]
    return [dict(zip(table.column_names, row, strict=True)) for row in zip(*columns, strict=True)]


def _json_values(column: pa.ChunkedArray) -> list[Any]:
    values: list[Any] = column.to_pylist()
    return [json_value(value) for value in values] if pa.types.is_temporal(column.type) else values


def json_value(value: Any) -> Any:
    """An Arrow value as it would stand in a journal."""
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, date):
        return value.isoformat()
    return value
