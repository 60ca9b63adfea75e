"""`sources`: which sources there are, and which are visited."""

from typing import Annotated

import typer

from flows.console import out, printable, table, write_json
from flows.enabling import enabled, switch
from flows.settings import Settings

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
        shown.add_row(
            *(
                ("yes" if value else "no") if isinstance(value, bool) else printable(value or "")
                for value in row.values()
            )
        )
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
