"""`status`: the page an operator looks at every morning, in one screen."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer
from rich.table import Table

from flows.asking import rows_of
from flows.console import out, printable, table, write_json
from flows.morning import STATES, Morning, look
from flows.settings import Settings, clock
from warehouse.connection import sql
from warehouse.staging import staged

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout, and nothing else there.")]
Row = dict[str, Any]
SOURCES_AT_MOST, WAITING_AT_MOST, WORDS = 12, 12, 100
"""Rows of a table and characters of a reason: the page has to fit a screen; `--json` has all."""
WORTH_A_ROW = tuple(state for state in STATES if state != "ok")


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command()(status)


def status(context: typer.Context, as_json: Json = False) -> None:
    """The morning page: sources by state, what came, changed and vanished in a day, and what needs a person."""
    settings: Settings = context.obj
    home = settings.place
    told: Row = {"home": str(home.root), "archive": str(home.archive), "staged": len(list(staged(home)))}
    if not home.archive.exists():
        if as_json:
            write_json(told | {"published": False})
            return
        out.print(f"no archive at {home.archive} yet: `communique run folder` makes one", markup=False)
        return
    now = clock()
    morning = look(settings, now=now)
    totals = rows_of(home, sql("queries/totals"))[0]
    if as_json:
        runs = rows_of(home, "FROM runs_recent LIMIT 5")
        write_json(told | {"published": True} | totals | {"runs": runs} | _as_json(morning))
        return
    for part in _page(told | totals, morning, now):
        out.print(part, markup=False)


def _as_json(morning: Morning) -> Row:
    parts = {"last_day": morning.day, "needs_a_person": morning.person, "disk": morning.disk, "upkeep": morning.upkeep}
    return {"states": morning.states(), "sources": morning.sources} | parts


def _page(told: Row, morning: Morning, now: datetime) -> Iterator[str | Table]:
    yield printable(f"{told['archive']}: {told['releases']:,} releases, newest day {told['newest_day'] or '—'}")
    states = ", ".join(f"{n} {state}" for state, n in morning.states().items() if n)
    yield f"sources  {states or 'none was visited yet'}; last run {_ago(morning.day['last_run_at'], now)}"
    if odd := [one for one in morning.sources if one["state"] in WORTH_A_ROW]:
        yield _odd_sources(odd, now)
        yield from _left_out(odd, SOURCES_AT_MOST)
    yield from _last_day(morning.day)
    if morning.person:
        yield _waiting(morning.person)
        yield from _left_out(morning.person, WAITING_AT_MOST)
    else:
        yield "\nnothing needs a person"
    yield _machine(told, morning, now)


def _odd_sources(odd: list[Row], now: datetime) -> Table:
    shown = table("", ("source", "state", "last run", "last success", "last new", "failed"))
    for one in odd[:SOURCES_AT_MOST]:
        times = (_ago(one.get(name), now) for name in ("last_run_at", "last_success_at", "last_new_at"))
        share = one.get("failure_share")
        shown.add_row(printable(one["source"]), one["state"], *times, "" if share is None else f"{share:.0%}")
    return shown


def _last_day(day: Row) -> Iterator[str]:
    counts = ", ".join(f"{day[name]} {name}" for name in ("new", "changed", "vanished", "returned"))
    yield f"\n24 hours  {counts}; {day['runs']} runs"
    marks: tuple[tuple[str, str, Callable[[Row], str]], ...] = (
        ("new", "newest", lambda one: ""),
        ("changed", "edits", lambda one: f" ({', '.join(one['kinds'] or ())}{', silently' if one['silent'] else ''})"),
        ("vanished", "gone", lambda one: f" ({one['url']})"),
    )
    for name, rows, more in marks:
        for one in day[rows] or ():
            yield _short(f"  {name:<9} {one['release_id'][:10]}  {one['publisher']}: {one['title']}{more(one)}")


def _waiting(person: list[Row]) -> Table:
    shown = table("\nneeds a person", ("what", "n", "about", "next"))
    for one in person[:WAITING_AT_MOST]:
        shown.add_row(one["what"], str(one["n"]), _short(one["about"]), printable(one["next_step"]))
    return shown


def _left_out(rows: list[Row], most: int) -> Iterator[str]:
    if len(rows) > most:
        yield f"and {len(rows) - most} more: `communique status --json`"


def _machine(told: Row, morning: Morning, now: datetime) -> str:
    kept = morning.upkeep
    checked = f"maintained {_ago(kept['observed_at'], now)}, {kept['findings']} wrong" if kept else "never maintained"
    free = f"{morning.disk['free_bytes'] / 1e9:,.1f} GB free"
    return f"\ndisk {free}; {checked}; {told['staged']} batches wait for the writer"


def _ago(told: str | None, now: datetime) -> str:
    if told is None:
        return "never"
    past = now - datetime.fromisoformat(told)
    if past < timedelta(hours=2):
        return f"{max(0, round(past.total_seconds() / 60))} min ago"
    return f"{round(past.total_seconds() / 3600)} h ago" if past < timedelta(days=2) else f"{past.days} days ago"


def _short(text: object) -> str:
    told = printable(text)
    return told if len(told) <= WORDS else f"{told[: WORDS - 1]}…"
