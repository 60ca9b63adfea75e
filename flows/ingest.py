"""The main flow: from what a source lists to the file people query, each step one task.

Only ids and file names pass between tasks; a task holds a batch of some hundred candidates. The steps
themselves are plain functions in `steps.py`.
"""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows import steps
from flows.artifacts import leave_outcomes
from flows.lists import drop_lists, read_list, write_lists
from flows.run import Run, alone, open_run
from flows.scoping import scope
from flows.settings import clock, load_settings
from parsers.workers import Readers
from sources.capture import Outcome

Order = dict[str, Any]


@flow(name="ingest", retries=0)
def ingest(
    source: str = "folder",
    home: str | None = None,
    config: str | None = None,
    inbox: str | None = None,
    manifest: str | None = None,
    revisit: bool = False,
) -> dict[str, Any]:
    """Picks up what a source lists, preserves, reads and resolves it, loads it and publishes the archive.

    `revisit` asks again for the pages that were read before, so that edits and replaced files are noticed.
    """
    place = {"home": home, "config": config, "inbox": inbox, "manifest": manifest}
    return visit({"source": source, "flow": "ingest", "revisit": revisit} | place)


def visit(order: Order) -> dict[str, Any]:
    """One run over one source; returns its id and its outcomes."""
    run = opened(order)
    order = order | {"run_id": run.run_id}
    counted: Counter[Outcome] = Counter()
    with alone(run):
        begin(order)
        for listed in discover(order):
            counted.update(pick_up(order, listed))
            load(order)
        outcomes = publish(order, dict(counted))
    leave_outcomes(run, outcomes)
    return {"run_id": run.run_id, "outcomes": outcomes}


def opened(order: Order) -> Run:
    """The run an order stands for, the same in every task."""
    settings = load_settings(home=_path(order["home"]), config=_path(order["config"]))
    return open_run(
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


@task(cache_policy=NO_CACHE)
def begin(order: Order) -> None:
    """Makes good what dead runs left behind."""
    steps.begin(opened(order))


@task(cache_policy=NO_CACHE)
def discover(order: Order) -> list[str]:
    """Lists the source's candidates; returns the names of the lists, one a batch."""
    run = opened(order)
    return write_lists(run, steps.discover(run))


@task(cache_policy=NO_CACHE)
def pick_up(order: Order, listed: str) -> dict[Outcome, int]:
    """Fetches, preserves and reads one batch and leaves it in staging; returns what was not worth staging."""
    run = opened(order)
    counted: Counter[Outcome] = Counter()
    place, batch = read_list(run, listed)
    with Readers(run.settings.workers) as readers:
        for part, found in enumerate(steps.fetch(run, batch)):
            fetched = scope(run, found, readers)
            number = steps.batch_number(place, part)
            sealed = steps.preserve(run, number, fetched)
            readings = steps.parse(readers, fetched).result()
            steps.stage_batch(run, number, fetched, sealed, readings)
            counted.update(fetched.counts)
    return dict(counted)


@task(cache_policy=NO_CACHE)
def load(order: Order) -> None:
    """Resolves and loads what waits in staging."""
    steps.load(opened(order))


@task(cache_policy=NO_CACHE)
def publish(order: Order, counted: dict[Outcome, int]) -> dict[Outcome, int]:
    """Closes the run and replaces the file people query; returns all outcomes."""
    run = opened(order)
    drop_lists(run)
    return dict(steps.publish(run, counted))


def _path(told: str | None) -> Path | None:
    return Path(told) if told else None


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
