"""What joins the releases of a batch to others: sketches of the texts that are new, and facts with their evidence.

A release that reads anew is compared again; a fact that no longer holds is retired by another, never deleted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from types import MappingProxyType
from typing import Any

import duckdb
import pyarrow as pa
from pydantic_core import to_json

from warehouse.connection import sql
from warehouse.resolution.known import rows, with_table
from warehouse.resolution.lookalikes import lookalikes, newest_of
from warehouse.resolution.near_duplicates import (
    RULE,
    Likeness,
    Verdict,
    compare,
    is_issue_of_one,
    verdict,
    worth_comparing,
)
from warehouse.resolution.proven import LIKENESSES, proven_since
from warehouse.resolution.returns import returns
from warehouse.resolution.sketches import Sketch, Worded, sketches

Row = dict[str, Any]
OWN = RULE.partition("/")[0]
RELATED_AT_MOST = 2
SEVERAL = 2  # other issues of a day
OF_MANY_DAYS = 4  # on which a publisher used the same paragraphs
TEXT_FIELDS = frozenset({"title", "body"})


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts in the order of their days, what was measured of them, and what joins them."""

    later: Sketch
    earlier: Sketch
    other: Sketch
    found: Likeness
    verdict: Verdict


@dataclass(slots=True)
class Facts:
    """What joins releases now: (kind, later, earlier) -> the fact; those of the batch included."""

    asserted: dict[tuple[str, str, str], Row] = field(default_factory=dict)
    series: dict[str, str] = field(default_factory=dict)  # release -> name of its series

    def take(self, fact: Row) -> None:
        key = (fact["kind"], fact["release_a"], fact["release_b"])
        if fact["state"] == "retired":
            self.asserted.pop(key, None)
            return
        self.asserted[key] = fact
        if fact["series"]:
            self.series.setdefault(fact["release_a"], fact["series"])
            self.series.setdefault(fact["release_b"], fact["series"])


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
            key = (pair.verdict.kind, pair.later.release_id, pair.earlier.release_id)
            if key not in facts.asserted:
                fact = fact_of(pair, facts)
                facts.take(fact)
                added.append(fact)
        met[sketch.release_id] = sketch
    return [sketch.row() for sketch in fresh], added


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


def pairs_of(sketch: Sketch, others: Sequence[Sketch]) -> list[Pair]:
    """The verdicts over a text that are worth a fact."""
    newest = {other.release_id: other for other in sorted(others, key=attrgetter("reading_no"))}
    alike = worth_comparing(sketch, list(newest.values()))
    measured = [(*in_order(sketch, other), other) for other in alike]
    compared = [(later, earlier, other, compare(later, earlier)) for later, earlier, other in measured]
    pairs = []
    for later, earlier, other, found in compared:
        ends = (sketch.publisher, other.publisher)
        siblings = [like for _, _, one, like in compared if one is not other and one.publisher in ends]
        recurring = _recurs(siblings)
        if judged := verdict(later, earlier, found, recurring=recurring):
            pairs.append(Pair(later, earlier, other, found, judged))
    return _worth_telling(pairs)


def _recurs(siblings: Sequence[Likeness]) -> bool:
    """Whether these make a text one that is issued again and again: on another day, or three times on one."""
    alike = [like for like in siblings if is_issue_of_one(like) or like.same_text]
    return any(like.days for like in alike) or len(alike) >= SEVERAL


def in_order(first: Sketch, second: Sketch) -> tuple[Sketch, Sketch]:
    """The later of two texts, then the earlier; by day and minute where both have them, else as they came."""
    if first.issued_on and second.issued_on:
        days = [(one.issued_on or "", one.issued_at or "", one.reading_no) for one in (first, second)]
        return (first, second) if days[0] > days[1] else (second, first)
    return (first, second) if first.reading_no > second.reading_no else (second, first)


def _worth_telling(pairs: Sequence[Pair]) -> list[Pair]:
    """The nearest of each kind; one copy for each publisher; mere resemblance only where nothing else joins."""
    ranked = sorted(pairs, key=_nearness)
    told: dict[tuple[str, str], Pair] = {}
    for pair in ranked:
        kind = pair.verdict.kind
        told.setdefault((kind, pair.other.publisher if kind == "syndicated" else ""), pair)
    if any(kind != "related" for kind, _ in told):
        if ("corrects", "") in told:
            told.pop(("series", ""), None)
        return [pair for (kind, _), pair in told.items() if kind != "related"]
    own = [pair for pair in ranked if pair.verdict.kind == "related" and not _is_boilerplate(pair, ranked)]
    return own[:RELATED_AT_MOST]


def _is_boilerplate(pair: Pair, ranked: Sequence[Pair]) -> bool:
    """Whether what two texts of a publisher share stands in its texts of many days, so that it says nothing."""
    later, earlier = pair.later, pair.earlier
    if later.publisher != earlier.publisher:
        return False
    alike = (one.other for one in ranked if one.verdict.kind == "related" and one.other.publisher == later.publisher)
    return len({other.issued_on for other in alike}) >= OF_MANY_DAYS


def _nearness(pair: Pair) -> tuple[int, float, int]:
    days = pair.found.days if pair.found.days is not None else 0
    return days, -pair.found.contained, pair.other.reading_no


def facts_held(
    con: duckdb.DuckDBPyConnection, joined: Sequence[tuple[Sketch, list[Pair]]], met: Mapping[str, Sketch]
) -> Facts:
    """What is known of the releases whose facts may change or name a series."""
    facts = Facts()
    wanted = {pair.other.release_id for _, pairs in joined for pair in pairs if pair.verdict.kind == "series"}
    wanted |= {sketch.release_id for sketch, _ in joined if sketch.release_id in met}
    if wanted:
        with_table(con, "wanted_releases", pa.table({"release_id": sorted(wanted)}))
        for fact in rows(con, sql("resolution/relations_held")):
            if fact["rule"].startswith(OWN):  # what links or keys prove does not fall with the likeness of texts
                facts.take(fact)
    return facts


def fact_of(pair: Pair, facts: Facts) -> Row:
    series = None
    if pair.verdict.kind == "series":
        series = facts.series.get(pair.other.release_id, pair.other.release_id)
    return {
        "kind": pair.verdict.kind,
        "release_a": pair.later.release_id,
        "release_b": pair.earlier.release_id,
        "score": round(pair.verdict.score, 3),
        "rule": RULE,
        "evidence": evidence_of(pair.verdict.why, pair.found),
        "series": series,
        "state": "asserted",
    }


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


def evidence_of(why: str, found: Likeness) -> str:
    return to_json({"why": why, **found.told()}).decode()
