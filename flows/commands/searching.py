"""`search`: releases by their words, the best answers first."""

import re
from typing import Annotated, Any

import duckdb
import typer
from rich.text import Text

from flows.asking import told
from flows.console import out, printable, write_json
from flows.settings import Settings
from sources.errors import ArchiveError
from warehouse.connection import opened_read_only

FOUND = (
    "FROM search($words, since := $since, until := $until, publisher := $publisher, language := $language,"
    " most := $most)"
)
MARKED = re.compile("«([^«»]*)»")


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command()(search)


def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help='Words, all wanted; "a phrase" in quotes; OR; -without.')],
    since: Annotated[str | None, typer.Option(help="First day, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day, YYYY-MM-DD.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Only of this publisher.")] = None,
    language: Annotated[str | None, typer.Option(help="Only in this language: en, zh, zh-Hant, …")] = None,
    most: Annotated[int, typer.Option(min=1, max=1000, help="How many answers at most.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON on stdout.")] = False,
) -> None:
    """Find releases by their words, in English in any form, in Chinese in either script.

    Put `--` before words of which the first is excluded: `communique search -- -ferry pier`.
    """
    settings: Settings = context.obj
    asked = {"since": since, "until": until, "publisher": publisher, "language": language, "most": most}
    with opened_read_only(settings.place.archive) as con:
        found = _found(con, {"words": _one_question(words), **asked})
    if as_json:
        write_json(found)
        return
    for row in found:
        _show(row)
    if not found:
        out.print("nothing has all of these words; try fewer, or OR between them")


def _one_question(words: list[str]) -> str:
    """The shell takes quotes away: of several arguments, one with spaces was quoted and is a phrase."""
    if len(words) == 1:
        return words[0]
    return " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in words)


def _found(con: duckdb.DuckDBPyConnection, asked: dict[str, Any]) -> list[dict[str, Any]]:
    try:
        answer = con.execute(FOUND, asked)
        columns = [column[0] for column in answer.description or []]
        return [dict(zip(columns, map(told, row), strict=True)) for row in answer.fetchall()]
    except duckdb.ConversionException as error:
        raise ArchiveError(f"{error}; days are written 2025-06-25") from error
    except duckdb.Error as error:
        raise ArchiveError(f"{error}; `communique rebuild` makes the archive again from raw") from error


def _show(row: dict[str, Any]) -> None:
    out.print(Text(printable(row["title"]), style="bold"))
    about = (row["day"], row["publisher"], row["language"], row["release_id"])
    out.print(Text("  " + " · ".join(printable(part) for part in about), style="dim"))
    out.print(Text("  ").append_text(_highlighted(printable(row["snippet"]))))


def _highlighted(snippet: str) -> Text:
    """The marks stay, so that a pipe has them too; a terminal sees them in colour."""
    shown = Text(snippet)
    for mark in MARKED.finditer(snippet):
        shown.stylize("bold yellow", *mark.span(1))
    return shown
