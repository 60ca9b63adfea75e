"""Backfill: a source's releases of a range of days, by hand or from Prefect's UI."""

from datetime import date
from typing import Any

from prefect import flow

from flows.ingest import visit


@flow(name="backfill", retries=0)
def backfill(
    since: date,
    until: date,
    source: str = "folder",
    home: str | None = None,
    config: str | None = None,
    inbox: str | None = None,
) -> dict[str, Any]:
    """Takes what was released on or after `since` and before `until`; the rest is skipped, with its day."""
    days = {"since": since.isoformat(), "until": until.isoformat()}
    place = {"home": home, "config": config, "inbox": inbox}
    return visit({"source": source, "flow": "backfill"} | place | days)
