"""Backfill: the releases of sources for a range of days, by hand or from Prefect's UI."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import wait

from flows.artifacts import leave_outcomes
from flows.backfilling import Backfilled, Order, backfill_all, range_of, summary, trouble_of
from flows.filling_progress import courses
from flows.ingest import visit
from flows.settings import Settings, load_settings
from flows.windows import Asked
from sources.errors import ConfigError


@flow(name="backfill", retries=0)
def backfill(
    since: date,
    until: date,
    source: str = "folder",
    sources: list[str] | None = None,
    oldest_first: bool = False,
    again: bool = False,
    home: str | None = None,
    config: str | None = None,
    inbox: str | None = None,
) -> dict[str, Any]:
    """Takes what was released on or after `since` and before `until`, window by window, from each source at once.

    `sources` takes the place of `source`. Windows that are done are left alone, unless asked for `again`.
    """
    settings = load_settings(home=Path(home) if home else None, config=Path(config) if config else None)
    names = list(dict.fromkeys(sources or [source]))
    if unknown := [name for name in names if name not in settings.sources()]:
        raise ConfigError(f"no source {unknown[0]!r}; known are {', '.join(settings.sources())}")
    if settings.sources()[names[0]].kind == "folder":
        days = {"since": since.isoformat(), "until": until.isoformat()}
        place = {"home": home, "config": config, "inbox": inbox}
        return visit({"source": names[0], "flow": "backfill"} | place | days)
    asked = Asked(range_of(since, until), oldest_first=oldest_first, again=again)
    return _filled(settings, [Order(name, asked) for name in names])


@task(cache_policy=NO_CACHE)
def fill_source(settings: Settings, order: Order) -> Backfilled:
    """All windows of one source."""
    with courses(bars_too=False) as watch:
        (made,) = backfill_all(settings, [order], watch)
    return made


def _filled(settings: Settings, orders: Sequence[Order]) -> dict[str, Any]:
    futures = [fill_source.submit(settings, order) for order in orders]
    wait(futures)
    made = [one.result() for one in futures]
    for one in made:
        if one.filled:
            leave_outcomes(one.filled.run, dict(one.filled.counts))
    if error := trouble_of(made):
        raise error
    return summary(made)
