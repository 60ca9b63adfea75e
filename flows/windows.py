"""The windows of a backfill: which are to be done, in which order, and how each of them stands.

They are kept in the archive, a row for each change of state, so that a run takes up where another died.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from flows.run import Run
from sources.capture import rfc3339
from sources.discovery.dividing import divided
from sources.discovery.stamps import local_day
from sources.discovery.window import Window
from warehouse.connection import sql
from warehouse.staging import Batch
from warehouse.writing import Writer

State = Literal["planned", "done", "partial", "gap", "failed"]
Row = dict[str, Any]
TO_BE_DONE = frozenset({None, "planned", "partial", "failed"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a backfill is to do: a range of days, or holes by name: windows, and pages that others link to.

    `again` does also what is done; a gap is asked for again only by name.
    """

    range: Window | None = None
    named: tuple[Window, ...] = ()
    linked: tuple[str, ...] = ()
    oldest_first: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """A window to be done. `waits_since` is when it was planned, if no run has come to its end since."""

    window: Window
    waits_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """How a window stands after it was done: `listed` items of it, `held` of them releases of ours, `failed` not had.

    `listed_from` is the oldest day that its lists still name, where they do not reach back to its first.
    """

    window: Window
    state: State
    reason: str = ""
    listed: int = 0
    held: int = 0
    failed: int = 0
    listed_from: date | None = None


def to_do(run: Run, writer: Writer, asked: Asked) -> list[Planned]:
    """The windows that are still to be done, in order. Nothing is written."""
    stand = _stand(writer, run.source)
    wide = [days for days, (state, _) in stand.items() if state == "done" and (days.end - days.start).days > 1]
    chosen = []
    for window in _asked_for(run, asked):
        state, planned_at = stand.get(window, (None, None))
        if asked.again or asked.named or (state in TO_BE_DONE and not _is_inside(window, wide)):
            waits = planned_at if state == "planned" and not asked.again else None
            chosen.append(Planned(window, waits))
    return chosen


def write_plan(run: Run, writer: Writer, plan: Iterable[Planned], others: Mapping[str, list[Row]]) -> None:
    """Writes down those that are planned for the first time, or anew, and what else is new about the source."""
    fresh = [Told(one.window, "planned") for one in plan if one.waits_since is None]
    if fresh or others:
        write_states(run, writer, "plan", fresh, others)


def write_states(
    run: Run, writer: Writer, name: str, told: Iterable[Told], others: Mapping[str, list[Row]] | None = None
) -> None:
    """One batch of states, and what else belongs to them. `name` tells it apart within the run."""
    rows = [_row(run, one) for one in told]
    batch = Batch(f"{run.run_id}-{name}", run.run_id, run.source, run.flow, rfc3339(run.run_at), None, ())
    writer.commit(batch, {"windows": rows, **(others or {})}, {})


def _asked_for(run: Run, asked: Asked) -> Iterator[Window]:
    source = run.settings.sources()[run.source]
    today = local_day(run.run_at, source.zone or "UTC")
    wanted = [*asked.named, *((asked.range,) if asked.range else ())]
    windows = {window for whole in wanted for window in divided(source, whole, today=today)}
    yield from sorted(windows, key=lambda one: (one.start, one.end), reverse=not asked.oldest_first)


def _stand(writer: Writer, source: str) -> dict[Window, tuple[State, datetime | None]]:
    found = writer.con.execute(sql("windows_of"), {"source": source}).fetchall()
    return {
        Window(date.fromisoformat(since), date.fromisoformat(until)): (state, planned_at)
        for since, until, state, planned_at in found
    }


def _is_inside(window: Window, wide: Iterable[Window]) -> bool:
    return any(one.start <= window.start and window.end <= one.end for one in wide)


def _row(run: Run, told: Told) -> Row:
    return {
        "run_id": run.run_id,
        "source": run.source,
        "since": told.window.start.isoformat(),
        "until": told.window.end.isoformat(),
        "state": told.state,
        "reason": told.reason,
        "listed": told.listed,
        "held": told.held,
        "failed": told.failed,
        "listed_from": told.listed_from.isoformat() if told.listed_from else None,
        "observed_at": rfc3339(run.now()),
    }
