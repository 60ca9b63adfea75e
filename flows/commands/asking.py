"""`ask`: ready questions by name, as they stand or with other values in their blanks."""

from typing import Annotated

import typer

from flows.asking import ask as ask_archive
from flows.commands.answers import Json, print_answer
from flows.console import out, table
from flows.settings import Settings
from sources.errors import ConfigError
from warehouse.connection import opened_read_only
from warehouse.ready import Ready, fill_in, ready_queries


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command()(ask)


def ask(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="The question; none lists them all.")] = None,
    given: Annotated[
        list[str] | None, typer.Argument(metavar="[BLANK=VALUE]...", help='Such as phrase="sea wall".')
    ] = None,
    as_sql: Annotated[bool, typer.Option("--sql", help="Print its SQL, to be edited, and ask nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Ask one of the ready questions, or list them. They lie in `warehouse/queries/`, to be copied and changed."""
    if name is None:
        _list()
        return
    asked = _named(name)
    if as_sql:
        out.print(asked.sql, markup=False, end="")
        return
    settings: Settings = context.obj
    blanks = dict(_blank(one) for one in given or ())
    with opened_read_only(settings.place.archive) as con:
        print_answer(ask_archive(con, fill_in(con, asked, blanks)), as_json=as_json)


def _named(name: str) -> Ready:
    known = ready_queries()
    found = known.get(name.replace("-", "_").removesuffix(".sql"))
    if not found:
        raise ConfigError(f"no ready question {name!r}; `communique ask` lists them")
    return found


def _blank(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals:
        raise ConfigError(f"{given!r} fills no blank; write it as NAME=VALUE, such as phrase='sea wall'")
    return name, value


def _list() -> None:
    shown = table("", ("ask", "question", "blanks"))
    for one in ready_queries().values():
        shown.add_row(one.name, one.question, ", ".join(blank.name for blank in one.blanks))
    out.print(shown)
