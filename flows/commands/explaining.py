"""`explain`: why two releases are joined, or are not."""

from dataclasses import asdict
from typing import Annotated

import typer

from flows.commands.answers import one_release
from flows.console import out, printable, write_json
from flows.settings import Settings
from warehouse.connection import opened_read_only
from warehouse.resolution.explaining import explain as explained


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command()(explain)


def explain(
    context: typer.Context,
    first: Annotated[str, typer.Argument(help="A release_id, or an unambiguous beginning of one.")],
    second: Annotated[str, typer.Argument(help="Another.")],
    as_json: Annotated[bool, typer.Option("--json", help="As JSON on stdout.")] = False,
) -> None:
    """Say in words why two releases are joined, or are not."""
    settings: Settings = context.obj
    names = [one_release(settings.place.archive, named) for named in (first, second)]
    with opened_read_only(settings.place.archive) as con:
        told = explained(con, *names)
    if as_json:
        write_json(asdict(told))
        return
    for sentence in told.sentences:
        out.print(printable(sentence), markup=False, soft_wrap=True)
