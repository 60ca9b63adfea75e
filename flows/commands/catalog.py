"""`sources`: which sources there are, and which are visited."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.console import out, printable, table, write_json
from flows.enabling import add, enabled, switch
from flows.run import open_run
from flows.settings import Settings, clock
from parsers.workers import Readers
from sources.errors import ConfigError

if TYPE_CHECKING:
    from flows.checking import Checked

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout, and nothing else there.")]
Name = Annotated[str, typer.Argument(help="The source's name, as `sources list` shows it.")]

sources = typer.Typer(no_args_is_help=True, help="Which sources there are, and which of them are visited.")


def add_to(app: typer.Typer) -> None:
    """Registers the commands."""
    app.add_typer(sources, name="sources")


@sources.command("list")
def list_sources(context: typer.Context, as_json: Json = False) -> None:
    """Every source: whether it is visited, and whether its addresses were ever seen to work."""
    settings: Settings = context.obj
    visited = enabled(settings)
    found = [
        {
            "name": source.name,
            "enabled": source.name in visited,
            "verified": source.verified,
            "kind": source.kind,
            "publisher": source.publisher,
            "language": source.language,
            "title": source.title,
        }
        for source in settings.sources().values()
    ]
    if as_json:
        write_json(found)
        return
    shown = table("", ("name", "enabled", "verified", "kind", "publisher", "language", "title"))
    for row in found:
        shown.add_row(*(_told(value) for value in row.values()))
    out.print(shown)


def _told(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return printable(value or "")


@sources.command()
def enable(context: typer.Context, name: Name) -> None:
    """Visit a source of the web from now on: with a bare `run`, and on its schedule under `serve`."""
    settings: Settings = context.obj
    switch(settings, name, on=True)
    out.print(f"{name} is visited from now on")


@sources.command()
def disable(context: typer.Context, name: Name) -> None:
    """Visit a source of the web no longer; what it gave stays in the archive."""
    settings: Settings = context.obj
    switch(settings, name, on=False)
    out.print(f"{name} is visited no longer")


@sources.command("add")
def add_source(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A source's TOML file; its name becomes the source's.")],
) -> None:
    """Take a source file in, once it has been found to be right; `enable` then has it visited."""
    settings: Settings = context.obj
    source, place = add(settings, file)
    out.print(f"{source.name} lies at {place}", markup=False)
    out.print(f"try      communique sources check {source.name}")


@sources.command()
def check(
    context: typer.Context,
    name: Name,
    pages: Annotated[int, typer.Option(min=0, help="Releases to fetch at most.")] = 3,
    as_json: Json = False,
) -> None:
    """Visit a source once, politely, and store nothing: what it lists, what its pages give, the first record."""
    from flows.checking import check as check_source  # noqa: PLC0415  -- trees and feeds are for those who need them

    settings: Settings = context.obj
    run = open_run(settings, name, flow="ingest", now=clock)
    if not run.is_web:
        raise ConfigError(f"{name} is a folder: `communique run {name}` shows what is in it")
    with Readers(1) as readers:
        found = check_source(run, readers, pages=pages)
    if as_json:
        write_json({"works": found.works, **_as_json(found)})
    else:
        _show(found)
    if not found.works:
        raise typer.Exit(1)


def _as_json(found: "Checked") -> dict[str, Any]:
    return {one: getattr(found, one) for one in found.__dataclass_fields__}


def _show(found: "Checked") -> None:
    shown = table("lists", ("n", "newest", "oldest", "address"))
    for page in found.lists:
        shown.add_row(str(page["items"]), page["newest"] or "", page["oldest"] or "", printable(page["url"]))
    out.print(shown)
    out.print(f"\nlisted {found.listed}, asked for {found.pages}, fetched {found.fetched}, records {found.records}")
    for reason in found.trouble:
        out.print(f"  {printable(reason)}", markup=False)
    if found.first:
        out.print("\nthe first record")
        for field in ("title", "publisher", "language", "url"):
            out.print(f"  {field:<10} {printable(found.first[field])}", markup=False)
        published = found.first["published"] or {}
        out.print(f"  published  {published.get('at') or published.get('on') or 'not stated'}")
        out.print(f"  body       {printable(found.first['body'][:200])}", markup=False)
