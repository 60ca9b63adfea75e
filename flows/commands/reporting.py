"""`report`: a period of the archive as one page, to be read, printed or sent."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.days import WRITTEN, day_of
from flows.console import out, write_json
from flows.settings import Settings

Day = Annotated[datetime | None, typer.Option(formats=WRITTEN, help="A day, as 2025-01-31.")]


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command()(report)


def report(
    context: typer.Context,
    since: Day = None,
    until: Day = None,
    publisher: Annotated[str | None, typer.Option(help="Releases of this publisher alone.")] = None,
    to: Annotated[
        Path | None, typer.Option(help="The file to write; else one in `reports/` of the data folder.")
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Where it lies and what it tells of, as JSON.")] = False,
) -> None:
    """Write what is new, changed and gone as one page of HTML; the last thirty days, where no others are named.

    `--since` is included, `--until` is not. The page needs no network and says the query behind every figure.
    """
    from warehouse.report.making import make_report  # noqa: PLC0415  -- charts are for those who want them

    settings: Settings = context.obj
    made = make_report(
        settings.place,
        zone=settings.zone,
        since=day_of(since),
        until=day_of(until),
        publisher=publisher,
        to=to,
    )
    if as_json:
        write_json(
            {"report": str(made.path), "since": made.period.since, "until": made.period.until, "bytes": made.size}
        )
    else:
        out.print(str(made.path), markup=False)
    if show:
        typer.launch(made.path.as_uri())
