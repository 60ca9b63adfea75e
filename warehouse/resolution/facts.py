"""What is known to join releases while texts are compared: facts that may change, and the names of series."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa
from pydantic_core import from_json, to_json

from warehouse.connection import sql
from warehouse.resolution.known import rows, with_table
from warehouse.resolution.likeness import Likeness
from warehouse.resolution.near_duplicates import RULE
from warehouse.resolution.pairing import Pair
from warehouse.resolution.sketches import Sketch

OWN = RULE.partition("/")[0]
Row = dict[str, Any]


@dataclass(slots=True)
class Facts:
    """What joins releases now: (kind, later, earlier) -> the fact; those of the batch included."""

    asserted: dict[tuple[str, str, str], Row] = field(default_factory=dict)
    series: dict[str, str] = field(default_factory=dict)  # release -> name of its series
    corrected: dict[str, dict[str, Row]] = field(default_factory=dict)  # correction -> what it corrects -> the fact

    def take(self, fact: Row) -> None:
        kind, later, earlier = key = fact["kind"], fact["release_a"], fact["release_b"]
        if fact["state"] == "retired":
            self.asserted.pop(key, None)
            self.corrected.get(later, {}).pop(earlier, None)
            return
        self.asserted[key] = fact
        if kind == "corrects":
            self.corrected.setdefault(later, {})[earlier] = fact
        if fact["series"]:
            self.series.setdefault(later, fact["series"])
            self.series.setdefault(earlier, fact["series"])

    def series_of(self, release: str) -> str:
        """The series that a release belongs to, a correction to that of what it corrects; else one it begins."""
        of = (release, *self.corrected.get(release, ()))
        return next((self.series[name] for name in of if name in self.series), of[-1])


def facts_held(
    con: duckdb.DuckDBPyConnection, joined: Sequence[tuple[Sketch, list[Pair]]], met: Mapping[str, Sketch]
) -> Facts:
    """What is known of the releases whose facts may change or name a series."""
    facts = Facts()
    pairs = [pair for _, found in joined for pair in found]
    wanted = {pair.other.release_id for pair in pairs if pair.verdict.kind in ("series", "corrects")}
    wanted |= {sketch.release_id for sketch, _ in joined if sketch.release_id in met}
    _recall(con, facts, wanted)
    _recall(con, facts, {name for corrected in facts.corrected.values() for name in corrected} - wanted)
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
        "evidence": evidence_of(pair.verdict.why, pair.found),
        "series": facts.series_of(pair.other.release_id) if is_series else None,
        "state": "asserted",
    }


def evidence_of(why: str, found: Likeness) -> str:
    """Why, and everything that was measured, as JSON."""
    return to_json({"why": why, **found.told()}).decode()


def taken_from(facts: Facts, pair: Pair) -> list[Row] | None:
    """What has to be retired before a pair becomes a fact; None where it must not.

    A text that says it corrects another corrects one of them: the nearest that was met, whatever came first.
    """
    if pair.verdict.kind != "corrects" or not pair.found.marked:
        return []
    held = facts.corrected.get(pair.later.release_id, {})
    others = {name: from_json(fact["evidence"]) for name, fact in held.items() if name != pair.earlier.release_id}
    rivals = {name: told for name, told in others.items() if told.get("marked")}
    if any(_order(told) <= _order(pair.found.told()) for told in rivals.values()):
        return None
    why = to_json({"why": "it corrects another text, which is nearer"}).decode()
    return [{**held[name], "rule": RULE, "evidence": why, "state": "retired"} for name in rivals]


def _order(told: Mapping[str, Any]) -> tuple[bool, int, float]:
    return not told.get("names_day"), told.get("days") or 0, -told["contained"]
