"""Releases that are proven the same are no copies, corrections or issues of each other."""

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.connection import sql
from warehouse.resolution.known import rows, with_table

LIKENESSES = frozenset(("corrects", "syndicated", "series", "related"))
Row = Mapping[str, Any]


def without_proven(
    con: duckdb.DuckDBPyConnection, found: Iterable[dict[str, Any]], told: Iterable[Row] = ()
) -> list[dict[str, Any]]:
    """What likeness has found, but for what it says of two releases that are one: by the archive, or as `told` now."""
    found = list(found)
    ends = {fact[end] for fact in found if _is_likeness(fact) for end in ("release_a", "release_b")}
    if not ends:
        return found
    with_table(con, "wanted_releases", pa.table({"release_id": sorted(ends)}))
    facts = [*rows(con, sql("resolution/relations_held")), *told]
    same = {_ends(fact) for fact in facts if (fact["kind"], fact["state"]) == ("same_as", "asserted")}
    return [fact for fact in found if not (_is_likeness(fact) and _ends(fact) in same)]


def _is_likeness(fact: Row) -> bool:
    return fact["state"] == "asserted" and fact["kind"] in LIKENESSES


def _ends(fact: Row) -> frozenset[str]:
    return frozenset((fact["release_a"], fact["release_b"]))
