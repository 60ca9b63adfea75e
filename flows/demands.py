"""What a source's file demands of every release: a record without it is put aside, for the layout has changed."""

from collections.abc import Sequence
from typing import Any

from flows.left_behind import note_pages
from flows.run import Run
from parsers.readings import Reading
from sources.config import Source

CAUSE = "required fields"


def demanded(run: Run, readings: Sequence[tuple[Reading, ...]]) -> Sequence[tuple[Reading, ...]]:
    """The readings, those that lack a required field refused with a reason; that is an alarm of the run too."""
    if not run.is_web:
        return readings
    source = run.settings.sources()[run.source]
    judged = [as_demanded(source, items) for items in readings]
    refused = [
        new
        for items, old in zip(judged, readings, strict=True)
        for new, one in zip(items, old, strict=True)
        if new is not one
    ]
    if refused and (told := refused[0].rejection):
        note_pages(run, 0, {CAUSE: told["reason"]}, [])
    return judged


def as_demanded(source: Source | None, readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The readings of one capture; all of them where nobody configured the source any more."""
    return tuple(_judged(source, one) if source else one for one in readings)


def _judged(source: Source, reading: Reading) -> Reading:
    record = reading.record
    lacking = [name for name in source.expects.required if record is not None and not _has(record, name)]
    if record is None or not lacking:
        return reading
    reason = f"without {' and '.join(lacking)}, which every release of {source.name} has: has the layout changed?"
    return Reading(rejection={"stage": "validate", "reason": reason, "parser": record["parser"]})


def _has(record: dict[str, Any], name: str) -> bool:
    """Whether a field stands in the document; a headline that we made of its text does not."""
    evidence = record["evidence"].get(name)
    return bool(record.get(name)) and not (name == "title" and evidence and evidence["basis"] == "inferred")
