"""`backfill`, `gaps`: the past of sources, window by window, and what of it is not here."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from flows import orchestrator
from flows.backfilling import Backfilled, Order, backfill_all, range_of, summary, trouble_of
from flows.commands.running import tell
from flows.console import err, out, printable, table, write_json
from flows.enabling import enabled
from flows.filling_progress import courses, duration
from flows.foreseeing import Foreseen, foresee, hours_of_all
from flows.holes import gaps_of, orders_for
from flows.progress import progress
from flows.run import open_run
from flows.settings import Settings, clock
from flows.steps import ingest_directly
from flows.windows import Asked
from sources.errors import ConfigError

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout, and nothing else there.")]
Direct = Annotated[
    bool, typer.Option("--direct", help="Take the same steps without Prefect: for cron, containers, tests.")
]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A day, as 2025-01-31.")]
GAPS_SHOWN = 10


def add_to(app: typer.Typer) -> None:
    """Registers the commands."""
    app.command()(backfill)
    app.command()(gaps)


def backfill(
    context: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(help="The sources to fill, several at once; with --gaps, else all enabled."),
    ] = None,
    since: Day = None,
    until: Day = None,
    oldest_first: Annotated[
        bool, typer.Option("--oldest-first/--newest-first", help="In which order windows are done.")
    ] = False,
    gaps_only: Annotated[
        bool,
        typer.Option("--gaps", help="Fill what `communique gaps` names; with days, only what lies there."),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would take: requests, bytes, hours; fill nothing.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Do windows that are done once more.")] = False,
    inbox: Annotated[Path | None, typer.Option(help="Read this folder in place of the source's own.")] = None,
    direct: Direct = False,
    as_json: Json = False,
) -> None:
    """Take the releases of a range of days: `--since` is included, `--until` is not."""
    settings: Settings = context.obj
    names = list(dict.fromkeys(sources or (enabled(settings) if gaps_only else ())))
    if unknown := [name for name in names if name not in settings.sources()]:
        raise ConfigError(f"no source {unknown[0]!r}; `communique sources list` shows them")
    if not names:
        raise ConfigError("name the sources to fill, or give --gaps; `communique sources list` shows them")
    folders = [name for name in names if settings.sources()[name].kind == "folder"]
    if inbox and (len(names) > 1 or not folders):
        raise ConfigError("--inbox is for one folder source alone")
    on_the_web = [name for name in names if name not in folders]
    days = None if gaps_only and since is None and until is None else range_of(_day(since), _day(until))
    if gaps_only:
        orders = orders_for(settings, on_the_web, days, oldest_first=oldest_first)
    else:
        assert days is not None
        for name in folders if not dry_run else ():
            _folder(settings, name, days.start, days.end, inbox, as_json)
        orders = [Order(name, Asked(days, oldest_first=oldest_first, again=again)) for name in on_the_web]
    if dry_run:
        _tell_beforehand(foresee(settings, orders), as_json)
    elif direct or gaps_only:
        with courses() as watch:
            made = backfill_all(settings, orders, watch)
        _tell(summary(made), made, as_json)
    elif orders:
        _by_prefect(settings, orders, as_json)


def gaps(
    context: typer.Context,
    source: Annotated[str | None, typer.Argument(help="Of this source; else of all.")] = None,
    as_json: Json = False,
) -> None:
    """What the archive lacks, and how we know: days, linked pages, dead lists, numbers. `backfill --gaps` fills it."""
    settings: Settings = context.obj
    found = gaps_of(settings, source)
    if as_json:
        write_json(found)
        return
    if not found:
        out.print("no gaps are known")
        return
    shown = table("", ("source", "kind", "since", "until", "what", "reason"))
    shown.columns[-1].no_wrap = False
    for row in found:
        days = (row["since"] or "", row["until"] or "")
        shown.add_row(row["source"], row["kind"], *days, printable(row["url"] or ""), printable(row["reason"]))
    out.print(shown)
    out.print("\n`communique backfill --gaps --direct` asks for them")


def _folder(settings: Settings, name: str, since: date, until: date, inbox: Path | None, as_json: bool) -> None:
    """A folder is listed whole in a moment, so it is one run without windows."""
    run = open_run(settings, name, flow="backfill", now=clock, inbox=inbox, since=since, until=until)
    with progress(f"backfill {name}") as advance:
        outcomes = ingest_directly(run, seen=advance)
    tell(settings, run.run_id, outcomes, as_json)


def _by_prefect(settings: Settings, orders: Sequence[Order], as_json: bool) -> None:
    orchestrator.prepare(settings)
    address = orchestrator.named_server()
    err.print(f"Prefect: {address or 'starting its embedded server, which takes 6 to 20 seconds'}")
    from flows.backfill import backfill as flow  # noqa: PLC0415  -- Prefect reads its environment on import

    days = orders[0].asked.range
    assert days is not None
    made = flow(
        since=days.start,
        until=days.end,
        sources=[one.source for one in orders],
        oldest_first=orders[0].asked.oldest_first,
        again=orders[0].asked.again,
        home=str(settings.home),
        config=settings.config,
    )
    _draw(made, as_json)


def _tell(told: dict[str, Any], made: Sequence[Backfilled], as_json: bool) -> None:
    _draw(told, as_json)
    if error := trouble_of(made):
        raise error


def _draw(told: dict[str, Any], as_json: bool) -> None:
    if as_json:
        write_json({name: told[name] for name in ("run_id", "outcomes", "sources")})
        return
    if not told["sources"]:
        out.print("nothing to fill")
        return
    states = tuple(told["sources"][0]["windows"])
    shown = table("windows", ("source", *states))
    for one in told["sources"]:
        shown.add_row(one["source"], *("—" if (n := one["windows"][state]) is None else f"{n:,}" for state in states))
    out.print(shown)
    out.print()
    items = table("items", ("outcome", "n"))
    for outcome, n in told["outcomes"].items():
        items.add_row(outcome, f"{n:,}")
    out.print(items)
    gaps = [(one["source"], gap) for one in told["sources"] for gap in one["gaps"]]
    for source, gap in gaps[:GAPS_SHOWN]:
        what = f"gap  {source}, {gap['since']} up to {gap['until']}: {printable(gap['reason'])}"
        out.print(f"\n{what}", markup=False)
    if len(gaps) > GAPS_SHOWN:
        out.print(f"\nand {len(gaps) - GAPS_SHOWN:,} gaps more: `communique gaps`")


def _tell_beforehand(foreseen: Sequence[Foreseen], as_json: bool) -> None:
    hours = hours_of_all(foreseen)
    if as_json:
        write_json({"sources": [asdict(one) for one in foreseen], "hours": hours})
        return
    shown = table("it would take", ("source", "windows", "items", "of these held", "requests", "MB", "time", "by"))
    for one in foreseen:
        counts = (one.windows, one.items, one.held, one.requests, one.bytes and one.bytes // 1_000_000)
        spent = duration(one.hours * 3600) if one.hours is not None else "?"
        shown.add_row(one.source, *("?" if n is None else f"{n:,}" for n in counts), spent, one.basis)
    out.print(shown)
    out.print(f"\n{duration(hours * 3600)} in all, if their hosts are asked for nothing else meanwhile")


def _day(told: datetime | None) -> date | None:
    return told.date() if told else None
