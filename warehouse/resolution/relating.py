"""What joins the releases of a batch to others: sketches of the texts that are new, and facts with their evidence.

A release that reads anew is compared again; a fact that no longer holds is retired by another, never deleted.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import duckdb

from warehouse.resolution.facts import Facts, evidence_of, fact_of, facts_held, taken_from
from warehouse.resolution.likeness import compare
from warehouse.resolution.lookalikes import lookalikes, newest_of
from warehouse.resolution.near_duplicates import RULE, verdict
from warehouse.resolution.pairing import Pair, in_order, pairs_of
from warehouse.resolution.proven import LIKENESSES, proven_since
from warehouse.resolution.returns import returns
from warehouse.resolution.sketches import Sketch, Worded, sketches

Row = dict[str, Any]
TEXT_FIELDS = frozenset({"title", "body"})


def relate(
    con: duckdb.DuckDBPyConnection,
    readings: Sequence[Row],
    told_before: Worded = MappingProxyType({}),
    *,
    again: bool = False,
    same: Mapping[frozenset[str], int] = MappingProxyType({}),
) -> tuple[list[Row], list[Row]]:
    """Rows of `sketches` and of `relations` that the new readings of a batch add; `told_before` as for `sketches`.

    :param same: pairs of releases that the batch has proven to be one, and the reading that proved it.
    :param again: also where text and headline are as before, since a better parser has found another day or issuer.
    """
    fresh, met = _with_new_text(con, readings, told_before, again=again)
    if not fresh:
        return [], []
    alike = list(lookalikes(con, fresh))
    back = returns(con, [pair for pair in alike if pair[0].release_id not in met], readings)
    joined = [(sketch, pairs_of(sketch, _but(others, back.get(sketch.release_id)))) for sketch, others in alike]
    facts = facts_held(con, joined, met)
    added = list(back.values())
    ends = [(pair.later.release_id, pair.earlier.release_id) for _, pairs in joined for pair in pairs]
    proven = proven_since(con, ends, same)
    for sketch, pairs in joined:
        if sketch.release_id in met:
            added += _retired(con, facts, met, sketch, pairs)
        for pair in pairs:
            both = frozenset((pair.later.release_id, pair.earlier.release_id))
            if pair.verdict.kind in LIKENESSES and proven.get(both, sketch.reading_no + 1) <= sketch.reading_no:
                continue
            added += asserted(facts, pair)
        met[sketch.release_id] = sketch
    return [sketch.row() for sketch in fresh], added


def asserted(facts: Facts, pair: Pair) -> list[Row]:
    """What a pair adds to the facts: itself where it is new, and what it takes the place of."""
    key = (pair.verdict.kind, pair.later.release_id, pair.earlier.release_id)
    if key in facts.asserted or (replaced := taken_from(facts, pair)) is None:
        return []
    told = [*replaced, fact_of(pair, facts)]
    for fact in told:
        facts.take(fact)
    return told


def _but(others: Sequence[Sketch], told: Row | None) -> Sequence[Sketch]:
    """The texts of other releases than one whose tie is known already."""
    return [other for other in others if other.release_id != told["release_b"]] if told else others


def _with_new_text(
    con: duckdb.DuckDBPyConnection, readings: Sequence[Row], told_before: Worded, *, again: bool
) -> tuple[list[Sketch], dict[str, Sketch]]:
    """Sketches of the readings whose text or headline is not what the release had, and what releases had before."""
    first_met = {row["release_id"] for row in readings if row["version"] == row["reading"] == 1}
    changed = [
        row for row in readings if not row["changed_fields"] or not TEXT_FIELDS.isdisjoint(row["changed_fields"])
    ]
    held = newest_of(con, {row["release_id"] for row in changed} - first_met)
    said = {name: (one.text_sha256, one.title) for name, one in held.items()}
    new = []
    for row in changed:
        text = (row["text_sha256"], row["title"])
        if row["body"] and (again or said.get(row["release_id"]) != text):
            said[row["release_id"]] = text
            new.append(row)
    return sketches(new, told_before), held


def _retired(
    con: duckdb.DuckDBPyConnection,
    facts: Facts,
    met: dict[str, Sketch],
    sketch: Sketch,
    pairs: Sequence[Pair],
) -> list[Row]:
    """Facts about a release that reads anew and that no longer hold."""
    still = {(pair.verdict.kind, pair.later.release_id, pair.earlier.release_id) for pair in pairs}
    name = sketch.release_id
    doubtful = [key for key in facts.asserted if name in key[1:] and key not in still]
    met.update(newest_of(con, {end for key in doubtful for end in key[1:]} - met.keys()))
    retired = []
    for key in doubtful:
        other = met.get(key[1] if key[2] == name else key[2])
        later, earlier = in_order(sketch, other) if other else (sketch, sketch)
        found = compare(later, earlier)
        judged = verdict(later, earlier, found, recurring=False) if other else None
        if judged is None or judged.kind != key[0]:
            why = "read anew, the texts no longer bear it out"
            fact: Mapping[str, Any] = facts.asserted[key]
            retired.append({**fact, "rule": RULE, "evidence": evidence_of(why, found), "state": "retired"})
    for row in retired:
        facts.take(row)
    return retired
