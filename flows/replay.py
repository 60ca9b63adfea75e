"""Replay: what was put aside, read again with today's parsers. The bytes come from the vault."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flows.arrivals import Counts
from flows.demands import as_demanded
from flows.run import Run, alone
from flows.steps import begin, load, publish
from parsers.workers import Readers
from sources.capture import Capture, rfc3339
from warehouse.connection import sql
from warehouse.resolution.known import rows
from warehouse.staging import Batch, batch_id, entry_read, stage
from warehouse.vault.warc import capture_at


def replay(run: Run, only: Sequence[str] = ()) -> Counts:
    """Reads the open quarantine of a source again and loads what it gives; returns the outcomes.

    `only` are quarantine ids; none means all. What was put aside without bytes waits for its next visit.
    """
    with alone(run):
        begin(run)
        with run.writing() as writer:
            waiting = rows(writer.con, sql("resolution/replayable"), {"source": run.source})
        chosen = [row for row in waiting if not only or row["quarantine_id"] in only]
        size = run.settings.batch_size
        for number, start in enumerate(range(0, len(chosen), size), 1):
            _read_again(run, number, chosen[start : start + size])
        return publish(run, Counter())


def _read_again(run: Run, number: int, chosen: Sequence[dict[str, Any]]) -> None:
    captures = [_capture(run, row) for row in chosen]
    with Readers(run.settings.workers) as readers:
        readings = readers.submit(captures).result()
    source = run.settings.sources()[run.source]
    entries = tuple(
        entry_read(capture, row["raw_path"], row["raw_offset"], as_demanded(source, read), kept=True)
        for capture, row, read in zip(captures, chosen, readings, strict=True)
    )
    name = batch_id(run.run_id, number)
    stage(run.home, Batch(name, run.run_id, run.source, run.flow, rfc3339(run.run_at), None, entries))
    load(run)


def _capture(run: Run, row: dict[str, Any]) -> Capture:
    """The preserved bytes, under the name of the candidate that waits."""
    return replace(capture_at(run.home, row["raw_path"], row["raw_offset"]), ref=row["ref"], name=row["name"])
