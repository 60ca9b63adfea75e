"""The public door of resolution: a batch and what is known, in; the rows it adds to the archive, out.

Entries are decided one after another in the order they were listed, so that a release may be new and
revised within one batch. Decisions depend on nothing but the batch and the archive.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb
from pydantic_core import to_json

from sources.capture import Outcome
from warehouse.resolution.deciding import decide
from warehouse.resolution.editions import tie
from warehouse.resolution.edits import describe_edits
from warehouse.resolution.identity import keys_of
from warehouse.resolution.known import Known, recall
from warehouse.resolution.met_again import decide_files, decide_seen
from warehouse.resolution.relating import relate
from warehouse.resolution.rows import reading_fields
from warehouse.resolution.verdicts import Verdict
from warehouse.staging import Batch, Entry

RESOLVER = "identity/4"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Decisions:
    """Rows to add, by table, and how many candidates ended in which outcome."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    counts: Counter[Outcome] = field(default_factory=Counter)
    revised: list[tuple[Row, Row]] = field(default_factory=list)  # readings before and after an edit
    same: dict[frozenset[str], int] = field(default_factory=dict)  # releases proven to be one, by which reading

    def add(self, table: str, row: Row) -> None:
        self.rows.setdefault(table, []).append(row)


def resolve(con: duckdb.DuckDBPyConnection, batch: Batch, *, relating: bool = True) -> Decisions:
    """Decides what became of every entry of `batch`, given the archive behind `con`.

    :param relating: also compare new texts with all others, for what joins their releases.
    """
    fields = {
        (entry.ref, number): reading_fields(item)
        for entry in batch.entries
        for number, item in enumerate(entry.items)
        if item.record is not None
    }
    known = recall(
        con,
        batch.source,
        refs={entry.ref for entry in batch.entries},
        inputs={entry.input_sha256 for entry in batch.entries if entry.input_sha256},
        keys=(key for row in fields.values() for key in keys_of(row)),
    )
    decisions = Decisions()
    if batch.raw_file:
        decisions.add("raw_files", batch.raw_file)
    for entry in batch.entries:
        _decide_entry(decisions, known, batch, entry, fields)
    if decisions.revised:
        decisions.rows["edits"] = describe_edits(known, decisions.revised)
    if relating and (readings := decisions.rows.get("readings")):
        sketches, found = relate(con, readings, _wordings(batch), same=decisions.same)
        for table, rows in (("sketches", sketches), ("relations", found)):
            if rows:
                decisions.rows.setdefault(table, []).extend(rows)
        tied, differences = tie(con, readings, decisions.rows.get("relations", ()), decisions.rows.get("sketches", ()))
        for table, more in (("relations", tied), ("edition_differences", differences)):
            for row in more:
                decisions.add(table, dict(row))
    return decisions


def _wordings(batch: Batch) -> dict[tuple[str, int], bytes]:
    """What reading processes told of the texts, by digest of the input and number of the item."""
    return {
        (entry.input_sha256, number): item.wording
        for entry in batch.entries
        for number, item in enumerate(entry.items)
        if entry.input_sha256 and item.wording
    }


def _decide_entry(
    decisions: Decisions, known: Known, batch: Batch, entry: Entry, fields: Mapping[tuple[str, int], Row]
) -> None:
    if entry.capture and not entry.kept:
        decisions.add("captures", _capture_row(entry.capture))
    if entry.kind == "asked":
        decisions.add("visits", dict(entry.capture or {}))
    if entry.kind in ("list", "asked"):
        return
    if entry.kind == "refused":
        _settle(decisions, known, batch, entry, 0, Verdict(entry.outcome or "failed", entry.reason, stage="pick-up"))
    elif entry.kind == "files":
        _settle(decisions, known, batch, entry, 0, decide_files(known, entry))
    elif entry.kind == "seen":
        for number, verdict in decide_seen(known, entry):
            _settle(decisions, known, batch, entry, number, verdict)
    else:
        for number, item in enumerate(entry.items):
            if item.rejection:
                told = item.rejection
                verdict = Verdict("quarantined", told["reason"], stage=told["stage"], parser=told["parser"])
            else:
                verdict = decide(known, entry, number, dict(fields[entry.ref, number]), batch.source)
            _settle(decisions, known, batch, entry, number, verdict)


def _settle(decisions: Decisions, known: Known, batch: Batch, entry: Entry, number: int, verdict: Verdict) -> None:
    """Counts the outcome; writes a row for it only when the candidate's state has changed."""
    decisions.counts[verdict.outcome] += 1
    if verdict.reading:
        decisions.add("readings", verdict.reading)
        if verdict.before:
            decisions.revised.append((verdict.before, verdict.reading))
    for key in verdict.new_keys:
        decisions.add("release_keys", key)
    for fact in verdict.facts:
        decisions.add("relations", fact)
        if fact["kind"] == "same_as" and verdict.reading:
            both = frozenset((fact["release_a"], fact["release_b"]))
            decisions.same.setdefault(both, verdict.reading["reading_no"])
    if verdict.alarm:
        decisions.add("alarms", _alarm_row(batch, verdict))
    last = known.last.get((entry.ref, number))
    quarantine = _quarantine_row(batch, entry, number, verdict) if verdict.outcome == "quarantined" else None
    row = {
        "run_id": batch.run_id,
        "source": batch.source,
        "ref": entry.ref,
        "item": number,
        "name": entry.name,
        "outcome": verdict.outcome,
        "reason": verdict.reason,
        "release_id": verdict.release_id,
        "version": verdict.version,
        "rendition": verdict.rendition,
        "input_sha256": entry.input_sha256,
        "quarantine_id": quarantine["quarantine_id"] if quarantine else None,
        "observed_at": batch.run_at,
    }
    if last and _says_the_same(last, row):
        return
    decisions.add("outcomes", row)
    if quarantine:
        decisions.add("quarantine", quarantine)
    known.note(row, last)
    if entry.input_sha256:
        led = known.led_to.get((entry.input_sha256, number))
        if led is None or led["release_id"] is None:
            known.led_to[entry.input_sha256, number] = row | {"stage": verdict.stage, "parser": verdict.parser}


def _alarm_row(batch: Batch, verdict: Verdict) -> Row:
    told = {"run_id": batch.run_id, "source": batch.source, "observed_at": batch.run_at, "state": "raised"}
    return told | {"cause": f"another text at {verdict.alarm}", "reason": f"{verdict.alarm}: {verdict.reason}"}


def _says_the_same(last: Mapping[str, Any], row: Row) -> bool:
    if last["input_sha256"] != row["input_sha256"]:
        return False
    return row["outcome"] == "unchanged" or (last["outcome"], last["reason"]) == (row["outcome"], row["reason"])


def _quarantine_row(batch: Batch, entry: Entry, number: int, verdict: Verdict) -> Row:
    told = f"{batch.source} {entry.ref} {number} {entry.input_sha256} {verdict.reason}"
    return {
        "quarantine_id": "q" + hashlib.sha256(told.encode()).hexdigest()[:12],
        "source": batch.source,
        "ref": entry.ref,
        "item": number,
        "name": entry.name,
        "stage": verdict.stage,
        "reason": verdict.reason,
        "parser": verdict.parser,
        "input_sha256": entry.input_sha256,
    }


def _capture_row(told: Mapping[str, Any]) -> Row:
    row = {name: value for name, value in told.items() if name not in ("sidecar_text", "fault", "usual")}
    sent = {name.lower(): value for name, value in reversed(told.get("headers", ()))}
    validators = {"etag": sent.get("etag"), "last_modified": sent.get("last-modified")}
    return row | validators | {"stated": to_json(told["stated"]).decode()}
