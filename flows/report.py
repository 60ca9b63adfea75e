"""Report: the page of the last days, made on a schedule; Prefect's UI says where it lies and what it tells."""

from datetime import date
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact

from flows.settings import load_settings
from warehouse.report.making import Report, make_report


@flow(name="report", retries=0)
def report(
    home: str | None = None,
    config: str | None = None,
    since: date | None = None,
    until: date | None = None,
    publisher: str | None = None,
) -> dict[str, Any]:
    """Writes the report of the days from `since` up to `until`, which is not in it; else of the last thirty days."""
    settings = load_settings(home=Path(home) if home else None, config=Path(config) if config else None)
    made = make_report(settings.place, zone=settings.zone, since=since, until=until, publisher=publisher)
    create_markdown_artifact(key="report", markdown=told(made), description=made.path.name)
    return {"report": str(made.path), "bytes": made.size}


def told(made: Report) -> str:
    """What Prefect's page says of a report: where it lies, its figures, and the query that gives them."""
    figures = "".join(f"| {name} | {n:,} |\n" for row in made.glance.rows for name, n in row.items())
    days = f"{made.period.since} up to {made.period.until}, which is not in it"
    return (
        f"[The report]({made.path.as_uri()}) of {days}, lies at `{made.path}` ({made.size:,} bytes).\n\n"
        f"| | |\n|---|--:|\n{figures}\nIn the archive:\n\n```sql\n{made.glance.question}\n```\n"
    )
