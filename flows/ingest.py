"""The main flow: from what a source lists to the file people query, each step one task.

Only ids, file names and what the run keeps open pass between tasks: its reading processes, the database, and the few
batches that are being read while the next are fetched. A task holds a batch of some hundred candidates. The steps
themselves are plain functions in `steps.py`.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Cancelled

from flows import steps
from flows.ahead import Ahead
from flows.artifacts import ProgressArtifact, leave
from flows.deployed_runs import is_deployed, publish_later
from flows.garbage import collecting_seldom
from flows.lists import drop_lists, read_list, write_lists
from flows.publication import Publication
from flows.run import Run, alone, open_run
from flows.scoping import scope
from flows.settings import clock, load_settings
from parsers.workers import Readers
from sources.capture import Outcome
from sources.errors import LockBusy
from warehouse.sitting import Sitting

Order = dict[str, Any]


@flow(name="ingest", retries=0)
def ingest(
    source: str = "folder",
    home: str | None = None,
    config: str | None = None,
    inbox: str | None = None,
    manifest: str | None = None,
    revisit: bool = False,
) -> Any:
    """Picks up what a source lists, preserves, reads and resolves it, loads it and publishes the archive.

    `revisit` asks again for the pages that were read before, so that edits and replaced files are noticed.
    """
    place = {"home": home, "config": config, "inbox": inbox, "manifest": manifest}
    order = {"source": source, "flow": "ingest", "revisit": revisit} | place
    if not is_deployed():
        return visit(order)
    try:
        return visit(order, wait=0)  # a backfill of the source may be going for hours, and the next visit comes anyway
    except LockBusy as busy:
        return Cancelled(message=str(busy))


def visit(order: Order, *, wait: float | None = None) -> dict[str, Any]:
    """One run over one source; returns its id and its outcomes.

    :param wait: seconds to wait for another run of the source, else `lock_wait_seconds`.
    :raises LockBusy: when it is still going then.
    """
    run = opened(order)
    order = order | {"run_id": run.run_id}
    counted: Counter[Outcome] = Counter()
    bar = ProgressArtifact(run)
    with (
        alone(run, wait=wait),
        Readers(run.settings.workers, worded=run.settings.relations) as readers,
        collecting_seldom(),
        Sitting() as sitting,
    ):
        ahead = Ahead(readers)
        begin(order, sitting)
        lists = discover(order, sitting)
        for place, listed in enumerate(lists):
            counted.update(pick_up(order, listed, sitting, ahead, bar.of_batch(place, len(lists))))
            load(order, sitting, ahead)
        outcomes, due_in = publish(order, dict(counted), sitting, ahead)
    bar.tell(1.0)
    if due_in is not None:
        publish_later(run, due_in)
    leave(run, outcomes)
    return {"run_id": run.run_id, "outcomes": outcomes}


def opened(order: Order, sitting: Sitting | None = None) -> Run:
    """The run an order stands for, the same in every task."""
    settings = load_settings(home=_path(order["home"]), config=_path(order["config"]))
    run = open_run(
        settings,
        order["source"],
        flow=order["flow"],
        now=clock,
        inbox=_path(order.get("inbox")),
        manifest=_path(order.get("manifest")),
        since=_day(order.get("since")),
        until=_day(order.get("until")),
        revisit=bool(order.get("revisit")),
        budget=order.get("budget"),
        run_id=order.get("run_id"),
    )
    return replace(run, sitting=sitting)


@task(cache_policy=NO_CACHE)
def begin(order: Order, sitting: Sitting) -> None:
    """Makes good what dead runs left behind."""
    steps.begin(opened(order, sitting))


@task(cache_policy=NO_CACHE)
def discover(order: Order, sitting: Sitting) -> list[str]:
    """Lists the source's candidates; returns the names of the lists, one a batch."""
    run = opened(order, sitting)
    return write_lists(run, steps.discover(run))


@task(cache_policy=NO_CACHE)
def pick_up(
    order: Order, listed: str, sitting: Sitting, ahead: Ahead, tell: Callable[[float], None]
) -> dict[Outcome, int]:
    """Fetches and preserves one batch and has it read; returns what was not worth that.

    `tell` hears, from 0 to 1, how much of the batch is done.
    """
    run = opened(order, sitting)
    counted: Counter[Outcome] = Counter()
    place, batch = read_list(run, listed)
    done = 0
    for part, found in enumerate(steps.fetch(run, batch, in_flight=ahead.in_flight)):
        fetched = scope(run, found, ahead.readers)
        number = steps.batch_number(place, part)
        ahead.take(run, number, fetched, steps.preserve(run, number, fetched))
        counted.update(fetched.counts)
        done += len(fetched.arrivals) + fetched.counts.total()
        tell(min(1.0, done / len(batch)))
    return dict(counted)


@task(cache_policy=NO_CACHE)
def load(order: Order, sitting: Sitting, ahead: Ahead) -> None:
    """Resolves and loads what was read meanwhile."""
    steps.load(opened(order, sitting), ahead.staged)
    ahead.loaded()


@task(cache_policy=NO_CACHE)
def publish(
    order: Order, counted: dict[Outcome, int], sitting: Sitting, ahead: Ahead
) -> tuple[dict[Outcome, int], float | None]:
    """Loads the rest, closes the run and replaces the file people query if it is time to.

    Returns all outcomes, and in how many seconds what is new may be published where it was too early.
    """
    run = opened(order, sitting)
    drop_lists(run)
    every = run.settings.publish_every_seconds if is_deployed() else 0
    publication = Publication(every=every, searchable=run.settings.relations)
    outcomes = dict(steps.publish(run, counted, ahead.rest(run), publication=publication))
    return outcomes, publication.due_in


def _path(told: str | None) -> Path | None:
    return Path(told) if told else None


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
