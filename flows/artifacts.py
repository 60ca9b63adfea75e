"""What a run leaves in Prefect's UI: a handful of tables, each with where the same is found in the archive."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from prefect.artifacts import create_progress_artifact, create_table_artifact, update_progress_artifact

from flows.events import tell_alarms
from flows.run import Run
from flows.windows import Told
from sources.capture import OUTCOMES, Outcome
from warehouse.found_by_run import Found, Rows, found_by

ROWS_AT_MOST = 100
PROGRESS_EVERY_SECONDS = 5.0


def leave(run: Run, outcomes: Mapping[Outcome, int]) -> None:
    """All that a finished run has to show; tables with nothing in them are not made."""
    leave_outcomes(run, outcomes)
    with run.writing() as writer:
        found = found_by(writer.con, run.run_id, most=ROWS_AT_MOST)
    leave_found(run, found)


def leave_outcomes(run: Run, outcomes: Mapping[Outcome, int]) -> None:
    """A table of the run's outcomes, with the query that gives the same numbers."""
    _table(
        run,
        "outcomes",
        [{"outcome": name, "candidates": outcomes.get(name, 0)} for name in OUTCOMES],
        f"SELECT outcome, n FROM outcomes_by_run WHERE run_id = '{run.run_id}'",
    )


def leave_found(run: Run, found: Found) -> None:
    """Edits, alarms and where the bytes lie; alarms are events too, which automations can wait for."""
    if found.edits:
        edits = [one | {"show": f"communique show {one['release_id']} --diff"} for one in found.edits]
        ids = ", ".join(f"'{one['release_id']}'" for one in found.edits[:10])
        _table(run, "edits", edits, f"SELECT * FROM edits WHERE release_id IN ({ids})")
    if found.alarms:
        tell_alarms(found.alarms)
        _table(run, "alarms", found.alarms, f"SELECT * FROM alarms_open WHERE source = '{run.source}'")
    if found.captures:
        captures = [_located(run, one) for one in found.captures]
        _table(run, "captures", captures, f"SELECT * FROM kept.captures WHERE source = '{run.source}'")


def leave_windows(run: Run, told: Sequence[Told]) -> None:
    """How the windows of a backfill stand, those that are not done first."""
    ranked = sorted(told, key=lambda one: (one.state == "done", one.window.start))[:ROWS_AT_MOST]
    counted = ("state", "listed", "held", "failed", "reason")
    rows = [
        {"since": f"{one.window.start}", "until": f"{one.window.end}", **{name: getattr(one, name) for name in counted}}
        for one in ranked
    ]
    if rows:
        _table(run, "windows", rows, f"SELECT * FROM windows WHERE source = '{run.source}'")


class ProgressArtifact:
    """A bar in the UI for a run that takes more than a few seconds, told at most that often."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._artifact: UUID | None = None
        self._told = time.monotonic()

    def of_batch(self, place: int, batches: int) -> Callable[[float], None]:
        """What to tell how much of one batch is done; `place` counts the batches before it."""
        return lambda share: self.tell((place + share) / batches)

    def tell(self, share: float) -> None:
        """`share`, from 0 to 1, of what the source lists is picked up."""
        is_last_word = share >= 1 and self._artifact
        if time.monotonic() - self._told < PROGRESS_EVERY_SECONDS and not is_last_word:
            return
        self._told = time.monotonic()
        text = f"{share:.0%} of what {self._run.source} lists is picked up, in run {self._run.run_id}"
        if self._artifact:
            update_progress_artifact(self._artifact, 100 * share, description=text)
        else:
            made = create_progress_artifact(100 * share, key=_key(self._run, "progress"), description=text)
            self._artifact = made if isinstance(made, UUID) else None


def _located(run: Run, one: Mapping[str, Any]) -> dict[str, Any]:
    place = {"file": f"{run.home.raw / one['raw_path']}", "offset": one["raw_offset"], "bytes": one["size"]}
    show = f"communique show {one['release_id']} --raw" if one["release_id"] else None
    return {"name": one["name"], "outcome": one["outcome"], **place, "show": show}


def _table(run: Run, kind: str, rows: Rows, query: str) -> None:
    told = f"Run {run.run_id} over {run.source}. In the archive: `{query}`"
    create_table_artifact(key=_key(run, kind), table=rows, description=told)


def _key(run: Run, kind: str) -> str:
    return f"{kind}-{run.source.replace('_', '-')}"
