"""`reparse`: records made anew from raw with today's parsers, or a report of what that would change."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from flows import orchestrator
from flows.commands.days import WRITTEN, day_of
from flows.commands.running import Direct, Json
from flows.console import err, out, write_json
from flows.impact_report import as_markdown, as_table
from flows.progress import progress
from flows.rereading import Reparse, Scope
from flows.settings import Settings, clock
from sources.errors import ConfigError


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command()(reparse)


def reparse(
    context: typer.Context,
    source: Annotated[str | None, typer.Option(help="Captures of one source; else of all.")] = None,
    parser: Annotated[
        list[str] | None, typer.Option(help="Readings by this parser and version, such as `text/1`; may be repeated.")
    ] = None,
    since: Annotated[datetime | None, typer.Option(formats=WRITTEN, help="Captures from this day on.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=WRITTEN, help="Captures before this day.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Add a reading also where only parser, rules or evidence differ.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only report what would change.")] = False,
    report: Annotated[Path | None, typer.Option(help="Write the report to this file, as Markdown.")] = None,
    direct: Direct = False,
    as_json: Json = False,
) -> None:
    """Read everything that was preserved again, without the network; what differs becomes a reading, never an edit."""
    settings: Settings = context.obj
    if source is not None and source not in settings.sources():
        raise ConfigError(f"no source {source!r}; known are {', '.join(settings.sources())}")
    scope = Scope(source, tuple(parser or ()), day_of(since), day_of(until), everything)
    title = f"What a reparse {'would change' if dry_run else 'has changed'}"
    if not direct:
        told = _by_prefect(settings, scope, dry_run=dry_run)
        if report:
            report.write_text(told["report"], encoding="utf-8")
        write_json(told["totals"]) if as_json else out.print(told["report"], markup=False)
        return
    with progress("reparse: pages read again") as advance:
        impact = Reparse(settings, scope, clock, dry_run, advance).run()
    if report:
        report.write_text(as_markdown(impact, title), encoding="utf-8")
    if as_json:
        write_json(impact.totals() | {"changes": list(impact.rows())})
        return
    out.print(as_table(impact, title))
    for name, count in impact.totals().items():
        out.print(f"{name.replace('_', ' '):20} {count:,}")
    for damage in impact.damaged:
        err.print(damage, markup=False)


def _by_prefect(settings: Settings, scope: Scope, *, dry_run: bool) -> Any:
    orchestrator.prepare(settings)
    address = orchestrator.named_server()
    err.print(f"Prefect: {address or 'starting its embedded server, which takes 6 to 20 seconds'}")
    from flows.reparse import reparse as reparse_flow  # noqa: PLC0415  -- Prefect reads its environment on import

    return reparse_flow(
        scope.source,
        list(scope.parsers),
        scope.since,
        scope.until,
        scope.everything,
        dry_run,
        home=str(settings.home),
        config=settings.config,
    )
