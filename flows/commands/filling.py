"""`backfill`, `gaps`: the past of sources, window by window, and what of it is not here."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from flows import orchestrator
from flows.backfilling import Order, backfill_all, range_of, summary, trouble_of
from flows.commands.days import WRITTEN, day_of
from flows.commands.running import tell
from flows.console import err, out, printable, table, write_json
from flows.direct import ingest_directly
from flows.enabling import enabled
from flows.filling_progress import courses, duration
from flows.foreseeing import Foreseen, foresee, hours_of_all
from flows.holes import gaps_of, orders_for
from flows.progress import progress
from flows.run import open_run
from flows.settings import Settings, clock
from flows.windows import Asked
from sources.discovery.window import Window
from sources.errors import ConfigError

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout, and nothing else there.")]
Direct = Annotated[
    bool, typer.Option("--direct", help="Take the same steps without Prefect: for cron, containers, tests.")
]
Day = Annotated[datetime | None, typer.Option(formats=WRITTEN, help="A day, as 2025-01-31.")]
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
    names = _named(settings, sources, gaps_only=gaps_only)
    folders = [name for name in names if settings.sources()[name].kind == "folder"]
    if (inbox and (len(names) > 1 or not folders)) or (folders and (gaps_only or dry_run)):
        raise ConfigError("a folder is filled in one go, by itself: --inbox needs one, --gaps and --dry-run have none")
    days = None if gaps_only and since is None and until is None else range_of(day_of(since), day_of(until))
    for name in folders:
        assert days is not None
        _folder(settings, name, days, inbox, as_json)
    names = [name for name in names if name not in folders]
    if gaps_only:
        orders = orders_for(settings, names, days, oldest_first=oldest_first)
    else:
        orders = [Order(name, Asked(days, oldest_first=oldest_first, again=again)) for name in names]
    if dry_run:
        _tell_beforehand(foresee(settings, orders), as_json)
    elif direct or (gaps_only and not orders):
        with courses() as watch:
            made = backfill_all(settings, orders, watch)
        _draw(summary(made), as_json)
        if error := trouble_of(made):
            raise error
    elif orders:
        asked: dict[str, Any] = {"oldest_first": oldest_first, "again": again, "gaps": gaps_only}
        _by_prefect(settings, names, days, asked, as_json)


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
    out.print("\n`communique backfill --gaps` asks for them")


def _named(settings: Settings, sources: Sequence[str] | None, *, gaps_only: bool) -> list[str]:
    """The sources named, each once; where holes are to be filled and none is named, all that are enabled."""
    every = [name for name, source in enabled(settings).items() if source.kind != "folder"] if gaps_only else ()
    names = list(dict.fromkeys(sources or every))
    if unknown := [name for name in names if name not in settings.sources()]:
        raise ConfigError(f"no source {unknown[0]!r}; `communique sources list` shows them")
    if not names:
        raise ConfigError("no source is named or enabled; `communique sources list` shows them")
    return names


def _folder(settings: Settings, name: str, days: Window, inbox: Path | None, as_json: bool) -> None:
    """A folder is listed whole in a moment, so it is one run without windows."""
    run = open_run(settings, name, flow="backfill", now=clock, inbox=inbox, since=days.start, until=days.end)
    with progress(f"backfill {name}") as advance:
        outcomes = ingest_directly(run, seen=advance)
    tell(settings, run.run_id, outcomes, as_json)


def _by_prefect(
    settings: Settings, names: Sequence[str], days: Window | None, asked: dict[str, Any], as_json: bool
) -> None:
    orchestrator.prepare(settings)
    address = orchestrator.named_server()
    err.print(f"Prefect: {address or 'starting its embedded server, which takes 6 to 20 seconds'}")
    from flows.backfill import backfill as flow  # noqa: PLC0415  -- Prefect reads its environment on import

    order: dict[str, Any] = {"since": days and days.start, "until": days and days.end, "sources": list(names)}
    made: dict[str, Any] = flow(**order, **asked, home=str(settings.home), config=settings.config)
    _draw(made, as_json)


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
