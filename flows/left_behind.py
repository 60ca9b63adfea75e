"""What a visit to the web leaves behind besides releases, gathered while the run goes on and written as it closes.

It lies in a file of its own below staging, because the steps of a run may be processes of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from pydantic_core import from_json, to_json

from flows.courtesy import Tally
from flows.health import JUDGED
from flows.run import Run
from sources.capture import rfc3339
from sources.exchange import Exchange
from sources.redaction import Redaction
from warehouse.home import write_whole

Row = dict[str, Any]

OF_PAGES = "pages: "
"""What the causes of alarms about pages begin with: they are cleared by pages that give none, not by lists."""
LIST_FAILED = "list incomplete: "
"""What the cause of an alarm begins with when a list did not come."""
BLOCKED = OF_PAGES + "blocked"
BARRED, SHARE_BARRED = 3, 0.5
"""Answers that we may not come in, and their share of a host's answers, from which on it keeps us out on purpose."""


@dataclass(slots=True)
class Notes:
    """What was noted so far. `clears` says whether an alarm that gives no more cause is over: not for a backfill, which
    looks at other days. `trouble` goes from cause to reason, `raised` are causes of alarms open before the run,
    `pages` counts the pages that came and were believed; `asked` are rows of a `Tally`."""

    run_id: str
    rows: dict[str, list[Row]] = field(default_factory=dict)
    raised: list[str] = field(default_factory=list)
    trouble: dict[str, str] = field(default_factory=dict)
    clears: bool = True
    pages: int = 0
    asked: list[Row] = field(default_factory=list)


def begin_notes(run: Run, told: Notes, veil: Redaction) -> None:
    """Takes the place of what a dead run of the source left; what that asked for was asked all the same."""
    notes = _from_json(veil.text(_as_json(told).decode()).encode())
    earlier = _read(run)
    if earlier is not None and earlier.run_id != run.run_id:
        tally = Tally([*earlier.asked])
        notes.asked = Tally([*tally.rows(), *notes.asked]).rows()
    _write(run, notes)


def note_pages(run: Run, pages: int, trouble: Mapping[str, str], exchanges: list[Exchange]) -> None:
    """Adds what a portion of pages gave rise to."""
    notes = _read(run)
    if notes is None or notes.run_id != run.run_id:
        notes = Notes(run.run_id)
    notes.pages += pages
    notes.trouble |= {OF_PAGES + cause: reason for cause, reason in trouble.items()}
    tally = Tally(notes.asked)
    tally.count(exchanges)
    notes.asked = tally.rows()
    _write(run, notes)


def note_asked(run: Run, rows: list[Row]) -> None:
    """Adds requests that were counted already, as rows of a `Tally`."""
    notes = _read(run)
    if notes is None or notes.run_id != run.run_id:
        notes = Notes(run.run_id)
    notes.asked = Tally([*notes.asked, *rows]).rows()
    _write(run, notes)


def lists_failed(run: Run) -> bool:
    """Whether some list of this run did not come, or is not known to have come."""
    notes = _read(run)
    is_ours = notes is not None and notes.run_id == run.run_id
    return not is_ours or any(cause.startswith(LIST_FAILED) for cause in (notes.trouble if notes else ()))


def left_behind(run: Run) -> tuple[dict[str, list[Row]], str | None]:
    """Rows by table, and the run's requests as JSON text; read once, when the run closes."""
    notes = _read(run)
    if notes is None or notes.run_id != run.run_id:
        return {}, None
    _path(run).unlink()
    rows = notes.rows | {"alarms": _alarms(run, notes)}
    asked = to_json(notes.asked).decode() if notes.asked else None
    return {table: found for table, found in rows.items() if found}, asked


def _alarms(run: Run, notes: Notes) -> list[Row]:
    trouble = notes.trouble | _blocked(notes)
    who = {"run_id": run.run_id, "source": run.source, "observed_at": rfc3339(run.run_at)}
    raised = [
        who | {"cause": cause, "state": "raised", "reason": reason}
        for cause, reason in trouble.items()
        if cause not in notes.raised
    ]
    known = [one for one in notes.raised if not one.startswith(JUDGED)]
    looked_at = [one for one in known if notes.clears and (notes.pages or not one.startswith(OF_PAGES))]
    return raised + [
        who | {"cause": cause, "state": "cleared", "reason": "no longer so"}
        for cause in sorted(set(looked_at) - set(trouble))
    ]


def _blocked(notes: Notes) -> dict[str, str]:
    """Hosts that keep us out, by their answers over the whole run; when it is the list they keep, that is told."""
    if any(cause.startswith(LIST_FAILED) for cause in notes.trouble):
        return {}
    for host, requests, barred in Tally(notes.asked).barred():
        if barred >= BARRED and barred >= requests * SHARE_BARRED:
            return {BLOCKED: f"{host} answered {barred} of {requests} requests with 401, 403, 429 or 451"}
    return {}


def _read(run: Run) -> Notes | None:
    path = _path(run)
    return _from_json(path.read_bytes()) if run.is_web and path.exists() else None


def _write(run: Run, notes: Notes) -> None:
    write_whole(_path(run), _as_json(notes))


def _as_json(notes: Notes) -> bytes:
    return to_json({one.name: getattr(notes, one.name) for one in fields(notes)})


def _from_json(told: bytes) -> Notes:
    return Notes(**from_json(told))


def _path(run: Run) -> Path:
    return run.home.staging / f"{run.source}.visit"
