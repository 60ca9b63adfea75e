"""Releases that are proven the same, or the one in place of the other, are no copies or issues of each other."""

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.connection import sql
from warehouse.resolution.known import rows, with_table

LIKENESSES = frozenset(("corrects", "syndicated", "series", "related"))
Row = Mapping[str, Any]


def proven_since(
    con: duckdb.DuckDBPyConnection, pairs: Iterable[tuple[str, str]], told: Mapping[frozenset[str], int]
) -> dict[frozenset[str], int]:
    """From which reading on two releases are known to be one: 0 for what the archive has, else as `told` of a batch."""
    ends = {end for pair in pairs for end in pair}
    return {**told, **dict.fromkeys(_held_same(con, ends), 0)} if ends else {}


def without_proven(con: duckdb.DuckDBPyConnection, found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """What likeness has found, but for what it says of two releases that the archive knows to be one."""
    found = list(found)
    ends = {fact[end] for fact in found if _is_likeness(fact) for end in ("release_a", "release_b")}
    if not ends:
        return found
    same = _held_same(con, ends)
    return [fact for fact in found if not (_is_likeness(fact) and _ends(fact) in same)]


def _held_same(con: duckdb.DuckDBPyConnection, releases: Iterable[str]) -> set[frozenset[str]]:
    """Pairs of which the archive knows that they are one, or that one came in place of the other.

    One at least is among these.
    """
    with_table(con, "wanted_releases", pa.table({"release_id": sorted(releases)}))
    facts = rows(con, sql("resolution/relations_held"))
    return {_ends(fact) for fact in facts if fact["state"] == "asserted" and _is_proven(fact)}


def _is_proven(fact: Row) -> bool:
    return bool(fact["kind"] == "same_as" or (fact["kind"] == "corrects" and fact["rule"].startswith("identity/")))


def _is_likeness(fact: Row) -> bool:
    return fact["state"] == "asserted" and fact["kind"] in LIKENESSES


def _ends(fact: Row) -> frozenset[str]:
    return frozenset((fact["release_a"], fact["release_b"]))
