"""Backfill: the releases of sources for a range of days, by hand or from Prefect's UI."""

import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import wait

from flows.artifacts import ProgressArtifact, leave, leave_windows
from flows.backfilling import Backfilled, Order, opened, range_of, summary, trouble_of
from flows.deployed_runs import is_deployed, publish_later
from flows.filling import fill
from flows.filling_progress import Course
from flows.foreseeing import foresee, hours_of_all
from flows.holes import orders_for
from flows.ingest import visit
from flows.settings import Settings, load_settings
from flows.windows import Asked
from sources.errors import CommuniqueError, ConfigError


@flow(name="backfill", retries=0)
def backfill(
    since: date | None = None,
    until: date | None = None,
    source: str = "folder",
    sources: list[str] | None = None,
    oldest_first: bool = False,
    again: bool = False,
    gaps: bool = False,
    dry_run: bool = False,
    home: str | None = None,
    config: str | None = None,
    inbox: str | None = None,
) -> dict[str, Any]:
    """Takes what was released on or after `since` and before `until`, window by window, from each source at once.

    `sources` takes the place of `source`. Windows that are done are left alone, unless asked for `again`; `gaps` fills
    what the archive knows it lacks, and needs no days; `dry_run` says what it would take.
    """
    settings = load_settings(home=Path(home) if home else None, config=Path(config) if config else None)
    names = list(dict.fromkeys(sources or [source]))
    if unknown := [name for name in names if name not in settings.sources()]:
        raise ConfigError(f"no source {unknown[0]!r}; known are {', '.join(settings.sources())}")
    days = range_of(since, until) if since or until or not gaps else None
    if settings.sources()[names[0]].kind == "folder":
        if days is None or dry_run:
            raise ConfigError(f"{names[0]} is a folder: it is filled in one go, for a range of days")
        place = {"home": home, "config": config, "inbox": inbox}
        bounds = {"since": days.start.isoformat(), "until": days.end.isoformat()}
        return visit({"source": names[0], "flow": "backfill"} | place | bounds)
    if gaps:
        orders = orders_for(settings, names, days, oldest_first=oldest_first)
    else:
        orders = [Order(name, Asked(days, oldest_first=oldest_first, again=again)) for name in names]
    return _foreseen(settings, orders) if dry_run else _filled(settings, orders)


@task(cache_policy=NO_CACHE)
def fill_source(settings: Settings, order: Order, publish_every: float) -> Backfilled:
    """All windows of one source; a bar tells how far it has come."""
    try:
        run = opened(settings, order)
        bar = ProgressArtifact(run)
        course = Course(order.source, time.monotonic, lambda course: bar.tell(course.share))
        return Backfilled(order, fill(run, order.asked, course, publish_every=publish_every))
    except CommuniqueError as error:
        return Backfilled(order, error=error)


def _filled(settings: Settings, orders: Sequence[Order]) -> dict[str, Any]:
    """Every source in a task of its own, so that what befalls one harms no other.

    :raises CommuniqueError: something is left that running again may bring.
    """
    every = settings.publish_every_seconds if is_deployed() else 0
    futures = [fill_source.submit(settings, order, every) for order in orders]
    wait(futures)
    made = [one.result() for one in futures]
    for one in made:
        if one.filled:
            leave(one.filled.run, one.filled.counts)
            leave_windows(one.filled.run, one.filled.told)
            if one.filled.due_in is not None:
                publish_later(one.filled.run, one.filled.due_in)
    if error := trouble_of(made):
        raise error
    return summary(made)


def _foreseen(settings: Settings, orders: Sequence[Order]) -> dict[str, Any]:
    found = foresee(settings, orders)
    rows = [asdict(one) for one in found]
    hours = hours_of_all(found)
    create_table_artifact(key="backfill-foreseen", table=rows, description=f"It would take {hours:.1f} hours in all.")
    return {"sources": rows, "hours": hours}
