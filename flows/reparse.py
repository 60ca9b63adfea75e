"""Reparse as a flow: records made anew from raw with today's parsers, by hand or from Prefect's UI."""

from datetime import date
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE

from flows.impact import Impact
from flows.impact_report import as_markdown
from flows.rereading import Reparse, Scope
from flows.settings import clock, load_settings


@flow(name="reparse", retries=0)
def reparse(
    source: str | None = None,
    parsers: list[str] | None = None,
    since: date | None = None,
    until: date | None = None,
    everything: bool = False,
    dry_run: bool = False,
    home: str | None = None,
    config: str | None = None,
) -> dict[str, Any]:
    """Reads all that was preserved again, without the network; what differs becomes a reading, never an edit.

    `parsers` are those whose readings are made anew, such as `text/1`; `everything` adds a reading also where only
    parser, rules or evidence differ; `dry_run` reports what would change and writes nothing.
    """
    scope = Scope(source, tuple(parsers or ()), since, until, everything)
    run_id, impact = read_again(home, config, scope, dry_run)
    title = f"What a reparse {'would change' if dry_run else 'has changed'}"
    report = as_markdown(impact, title)
    told = f"{title}, in run {run_id}"
    create_markdown_artifact(key="reparse-report", markdown=report, description=told)
    create_table_artifact(key="reparse-changes", table=list(impact.rows()), description=told)
    return {"run_id": run_id, "totals": impact.totals(), "report": report}


@task(cache_policy=NO_CACHE)
def read_again(home: str | None, config: str | None, scope: Scope, dry_run: bool) -> tuple[str, Impact]:
    """One reparse from the first raw file to the published archive."""
    settings = load_settings(home=Path(home) if home else None, config=Path(config) if config else None)
    one = Reparse(settings, scope, clock, dry_run)
    return one.run_id, one.run()
