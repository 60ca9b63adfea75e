"""What is known to join releases while texts are compared: facts that may change, and the names of series."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa
from pydantic_core import from_json, to_json

from warehouse.connection import sql
from warehouse.resolution.known import rows, with_table
from warehouse.resolution.likeness import Likeness
from warehouse.resolution.near_duplicates import RULE
from warehouse.resolution.pairing import Pair, nearness
from warehouse.resolution.sketches import Sketch

OWN = RULE.partition("/")[0]
HALF_MASKED = 0.5  # of a masked text, from where on two may be issues that are copied, and no parts of a digest
JUDGED = frozenset(("series", "corrects", "syndicated"))
Row = dict[str, Any]
Ends = dict[tuple[str, str], dict[str, Row]]


@dataclass(slots=True)
class Facts:
    """What joins releases now: (kind, later, earlier) -> the fact; those of the batch included."""

    asserted: dict[tuple[str, str, str], Row] = field(default_factory=dict)
    series: dict[str, str] = field(default_factory=dict)  # release -> name of its series
    after: Ends = field(default_factory=dict)  # (kind, later) -> earlier -> the fact
    before: Ends = field(default_factory=dict)  # (kind, earlier) -> later -> the fact

    def take(self, fact: Row) -> None:
        kind, later, earlier = key = fact["kind"], fact["release_a"], fact["release_b"]
        if fact["state"] == "retired":
            self.asserted.pop(key, None)
            self.after.get((kind, later), {}).pop(earlier, None)
            self.before.get((kind, earlier), {}).pop(later, None)
            return
        self.asserted[key] = fact
        self.after.setdefault((kind, later), {})[earlier] = fact
        self.before.setdefault((kind, earlier), {})[later] = fact
        if fact["series"]:
            self.series.setdefault(later, fact["series"])
            self.series.setdefault(earlier, fact["series"])

    def series_of(self, release: str) -> str:
        """The series that a release belongs to, a correction to that of what it corrects; else one it begins."""
        of = (release, *self.after.get(("corrects", release), ()))
        return next((self.series[name] for name in of if name in self.series), of[-1])


def facts_held(
    con: duckdb.DuckDBPyConnection, joined: Sequence[tuple[Sketch, list[Pair]]], met: Mapping[str, Sketch]
) -> Facts:
    """What is known of the releases whose facts may change or name a series."""
    facts = Facts()
    pairs = [pair for _, found in joined for pair in found]
    wanted = {pair.other.release_id for pair in pairs if pair.verdict.kind in JUDGED}
    wanted |= {sketch.release_id for sketch, _ in joined if sketch.release_id in met}
    _recall(con, facts, wanted)
    corrected = {name for (kind, _), ends in facts.after.items() for name in ends if kind == "corrects"}
    _recall(con, facts, corrected - wanted)
    return facts


def _recall(con: duckdb.DuckDBPyConnection, facts: Facts, releases: set[str]) -> None:
    if not releases:
        return
    with_table(con, "wanted_releases", pa.table({"release_id": sorted(releases)}))
    for fact in rows(con, sql("resolution/relations_held")):
        if fact["rule"].startswith(OWN):  # what links or keys prove does not fall with the likeness of texts
            facts.take(fact)


def fact_of(pair: Pair, facts: Facts) -> Row:
    """A fact that holds from now on."""
    is_series = pair.verdict.kind == "series"
    return {
        "kind": pair.verdict.kind,
        "release_a": pair.later.release_id,
        "release_b": pair.earlier.release_id,
        "score": round(pair.verdict.score, 3),
        "rule": RULE,
        "evidence": to_json(_evidence(pair)).decode(),
        "series": facts.series_of(pair.other.release_id) if is_series else None,
        "state": "asserted",
    }


def _evidence(pair: Pair) -> dict[str, Any]:
    told = _measured(pair.verdict.why, pair.found)
    if pair.verdict.kind == "syndicated":
        told["publishers"] = [pair.later.publisher, pair.earlier.publisher]
    return told


def evidence_of(why: str, found: Likeness) -> str:
    """Why, and everything that was measured, as JSON."""
    return to_json(_measured(why, found)).decode()


def _measured(why: str, found: Likeness) -> dict[str, Any]:
    return {"why": why, **found.told()}


def taken_from(facts: Facts, pair: Pair) -> list[Row] | None:
    """What has to be retired before a pair becomes a fact; None where it must not.

    A text that says it corrects another corrects one of them, and a copy of a notice that comes again and again is of
    one issue: the nearest that was met, whatever came first.
    """
    kind = pair.verdict.kind
    if kind not in ("corrects", "syndicated"):
        return []
    mine = _evidence(pair)
    held = facts.after.get((kind, pair.later.release_id), {}).items()
    others = [(fact, from_json(fact["evidence"])) for name, fact in held if name != pair.earlier.release_id]
    doubtful = [(fact, told) for fact, told in others if _rival(kind, mine, told)]
    doubtful += _copied_back(facts, pair)
    if any(nearness(kind, told) <= nearness(kind, mine) for _, told in doubtful):
        return None
    why = to_json({"why": "another text is nearer"}).decode()
    return [{**fact, "rule": RULE, "evidence": why, "state": "retired"} for fact, _ in doubtful]


def _rival(kind: str, mine: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether only one of two facts about a text can hold."""
    if kind == "corrects":
        return bool(mine["marked"] and other.get("marked"))
    alike = min(mine["masked"], other.get("masked", 0.0)) >= HALF_MASKED
    return bool(alike and mine["publishers"] == other.get("publishers"))


def _copied_back(facts: Facts, pair: Pair) -> Iterator[tuple[Row, Row]]:
    """Facts by which the publisher of a notice that never changes would have it from who copies it; their evidence."""
    if pair.verdict.kind == "syndicated" and pair.found.same_text:
        for fact in facts.before.get(("syndicated", pair.later.release_id), {}).values():
            told = from_json(fact["evidence"])
            if told.get("same_text") and told.get("publishers") == [pair.earlier.publisher, pair.later.publisher]:
                yield fact, told
