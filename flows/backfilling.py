"""Backfill of one source or several: each in a lane of its own, at the pace that its hosts keep with every run."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from flows.filling import Filled, fill
from flows.filling_progress import Watch
from flows.lanes import side_by_side
from flows.run import Run, open_run
from flows.settings import Settings, clock
from flows.windows import Asked, Told
from sources.capture import OUTCOMES, Outcome
from sources.discovery.window import Window
from sources.errors import CommuniqueError, ConfigError, LockBusy

WINDOW_STATES = ("done", "partial", "gap", "failed")


@dataclass(frozen=True, slots=True)
class Order:
    """A backfill of one source of the web."""

    source: str
    asked: Asked


@dataclass(frozen=True, slots=True)
class Backfilled:
    """What became of an order: what was filled, or the error that ended it."""

    order: Order
    filled: Filled | None = None
    error: CommuniqueError | None = None

    @property
    def trouble(self) -> str | None:
        """Why it has to be run again; None when it came to its end. Gaps are no trouble: running again fills none."""
        if self.error is not None:
            return f"{self.order.source}: {self.error}"
        if self.filled is None or self.filled.stopped is None:
            failed = sum(one.state == "failed" for one in self.filled.told) if self.filled else 0
            return f"{self.order.source}: {failed} windows failed; run it again to take them up" if failed else None
        left = f"{self.filled.left:,} windows were not come to"
        return f"{self.order.source}: stopped, {self.filled.stopped}; {left}, run it again to go on from there"


def range_of(since: date | None, until: date | None) -> Window:
    """:raises ConfigError: when one of them is missing, or no day lies between."""
    if since is None or until is None:
        raise ConfigError("a backfill needs --since and --until, or --gaps")
    if since >= until:
        raise ConfigError(f"--since {since} is not before --until {until}: no day lies between")
    return Window(since, until)


def opened(settings: Settings, order: Order, now: Callable[[], datetime] = clock) -> Run:
    """The run that an order becomes.

    :raises ConfigError: for a source nobody configured.
    """
    days = [*order.asked.named, *((order.asked.range,) if order.asked.range else ())]
    since, until = min((one.start for one in days), default=None), max((one.end for one in days), default=None)
    return open_run(settings, order.source, flow="backfill", now=now, since=since, until=until)


def backfill_all(
    settings: Settings,
    orders: Sequence[Order],
    watch: Callable[[str], Watch],
    now: Callable[[], datetime] = clock,
) -> list[Backfilled]:
    """All orders, several at once; what befalls one harms no other. In the order given.

    :param watch: begins the course of a source.
    """
    shared = replace(settings, workers=1) if len(orders) > 1 else settings

    def do(order: Order) -> Backfilled:
        try:
            return Backfilled(order, fill(opened(shared, order, now), order.asked, watch(order.source)))
        except CommuniqueError as error:
            return Backfilled(order, error=error)

    made = side_by_side(orders, lambda order: order.source, do, lambda _: 0)
    by_source = {one.order.source: one for one in made}
    return [by_source[order.source] for order in orders]


def summary(made: Sequence[Backfilled]) -> dict[str, Any]:
    """As JSON: the outcomes of all, and for each source its run and how its windows stand."""
    outcomes: Counter[Outcome] = Counter()
    for one in made:
        outcomes.update(one.filled.counts if one.filled else {})
    runs = [one.filled.run.run_id for one in made if one.filled]
    return {
        "run_id": runs[0] if runs else None,
        "outcomes": {name: outcomes[name] for name in OUTCOMES},
        "sources": [_of_source(one) for one in made],
    }


def trouble_of(made: Sequence[Backfilled]) -> CommuniqueError | None:
    """What has to be said at the end, with the error that decides the exit code."""
    told = "\n".join(one.trouble for one in made if one.trouble)
    if not told:
        return None
    errors = [one.error for one in made if one.trouble]
    return LockBusy(told) if all(isinstance(one, LockBusy) for one in errors) else CommuniqueError(told)


def _of_source(made: Backfilled) -> dict[str, Any]:
    filled = made.filled
    states: Counter[str] = Counter(one.state for one in filled.told) if filled else Counter()
    return {
        "source": made.order.source,
        "run_id": filled.run.run_id if filled else None,
        "windows": {state: states[state] for state in WINDOW_STATES} | {"left": filled.left if filled else None},
        "gaps": [_gap(one) for one in filled.told if one.state == "gap"] if filled else [],
        "trouble": made.trouble,
    }


def _gap(told: Told) -> dict[str, str]:
    until = told.listed_from or told.window.end
    return {"since": told.window.start.isoformat(), "until": until.isoformat(), "reason": told.reason}
