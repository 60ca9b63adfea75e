"""All texts compared again under today's rule: facts it would not find are retired, what it finds besides is added.

Each text is held against those before it, as when it was met, so a rule that has not changed finds what it found.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import duckdb
import pyarrow as pa
from pydantic_core import to_json

from warehouse.connection import sql
from warehouse.resolution.facts import Facts, facts_held
from warehouse.resolution.known import with_table
from warehouse.resolution.likeness import compare
from warehouse.resolution.lookalikes import lookalikes, newest_of, sketches_of
from warehouse.resolution.near_duplicates import RULE, verdict
from warehouse.resolution.pairing import Pair, in_order, pairs_of
from warehouse.resolution.proven import without_proven
from warehouse.resolution.relating import asserted
from warehouse.resolution.sketches import Sketch

AT_ONCE = 2_000
Key = tuple[str, str, str]
Row = dict[str, Any]


def all_sketches(con: duckdb.DuckDBPyConnection) -> Iterator[list[Sketch]]:
    """Every sketch, some at once, in the order they were made."""
    numbers = con.execute("SELECT reading_no FROM kept.sketches ORDER BY 1").fetchall()
    for start in range(0, len(numbers), AT_ONCE):
        found = sketches_of(con, [number for (number,) in numbers[start : start + AT_ONCE]])
        yield sorted(found.values(), key=lambda one: one.reading_no)


def rejudged(con: duckdb.DuckDBPyConnection, again: Sequence[Sketch]) -> list[Row]:
    """Rows of `relations` that today's rule adds and retires, for sketches in the order they were made."""
    alike = lookalikes(con, again, before=again[0].reading_no)
    joined = [(sketch, pairs_of(sketch, others)) for sketch, others in alike]
    facts = facts_held(con, joined, {sketch.release_id: sketch for sketch in again})
    ends = {end for key in facts.asserted for end in key[1:]} | {sketch.release_id for sketch in again}
    met = newest_of(con, ends | {pair.other.release_id for _, pairs in joined for pair in pairs})
    edited = _edited(con, {sketch.release_id for sketch in again})
    told: list[Row] = []
    for sketch, pairs in joined:
        if met[sketch.release_id].reading_no != sketch.reading_no:
            continue  # it reads otherwise now, and is only there to be found
        found: dict[Key, Pair] = {_key(pair): pair for pair in pairs}
        told += _retired(facts, met, sketch, found, was_edited=sketch.release_id in edited)
        for key, pair in found.items():
            if _holds(key[0], sketch, met[pair.other.release_id]):
                told += asserted(facts, pair)
    return without_proven(con, told)


def _key(pair: Pair) -> Key:
    return pair.verdict.kind, pair.later.release_id, pair.earlier.release_id


def _edited(con: duckdb.DuckDBPyConnection, releases: Iterable[str]) -> set[str]:
    """Releases that had another text before; some of their facts are from then."""
    with_table(con, "wanted_releases", pa.table({"release_id": sorted(releases)}))
    return {release for (release,) in con.execute(sql("resolution/sketched_again")).fetchall()}


def _retired(
    facts: Facts, met: dict[str, Sketch], sketch: Sketch, found: dict[Key, Pair], *, was_edited: bool
) -> list[Row]:
    """Facts that this text brought when it was met and that it would not bring today."""
    retired = []
    for key in [key for key in facts.asserted if sketch.release_id in key[1:] and key not in found]:
        other = met.get(key[1] if key[2] == sketch.release_id else key[2])
        is_own = other is None or other.reading_no < sketch.reading_no
        if is_own and not (was_edited and other is not None and _holds(key[0], sketch, other)):
            why = to_json({"why": f"rule {RULE} finds nothing that joins them so any more", "by": "review"}).decode()
            retired.append({**facts.asserted[key], "rule": RULE, "evidence": why, "state": "retired"})
    for row in retired:
        facts.take(row)
    return retired


def _holds(kind: str, sketch: Sketch, other: Sketch) -> bool:
    """Whether today's rule may still say so of the two, though nearer ones are told first."""
    later, earlier = in_order(sketch, other)
    measured = compare(later, earlier)
    judged = (verdict(later, earlier, measured, recurring=recurring) for recurring in (True, False))
    return any(one is not None and one.kind == kind for one in judged)
