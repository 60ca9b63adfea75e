"""`query`, `quarantine`: asking the archive."""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic_core import to_json
from rich.table import Table

from flows.asking import Answer, ask, rows_of
from flows.console import out, printable, table, write_json
from flows.settings import Settings
from sources.errors import ArchiveError
from warehouse.connection import opened_read_only
from warehouse.withholding import told_of

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON on stdout, and nothing else there.")]


def add_to(app: typer.Typer) -> None:
    """Registers the commands."""
    app.command(context_settings={"ignore_unknown_options": True})(query)  # a question may begin with a comment
    app.command()(quarantine)


def query(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help='SQL, such as "FROM releases LIMIT 5".')],
    as_json: Json = False,
) -> None:
    """Ask the published archive in SQL. `SHOW TABLES` lists the views; each carries a comment."""
    settings: Settings = context.obj
    with opened_read_only(settings.place.archive) as con:
        print_answer(ask(con, question), as_json=as_json)


def print_answer(answer: Answer, *, as_json: bool) -> None:
    """Prints all rows to stdout, or none: an answer may fail half way."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as whole:
        if as_json:
            _write_rows(answer, whole)
        else:
            _draw_rows(answer, whole)
        whole.seek(0)
        shutil.copyfileobj(whole, sys.stdout)


def _write_rows(answer: Answer, whole: Any) -> None:
    whole.write("[")
    separator = ""
    for portion in answer.rows:
        for row in portion:
            whole.write(separator + to_json(dict(zip(answer.columns, row, strict=True))).decode())
            separator = ",\n"
    whole.write("]\n")


def _draw_rows(answer: Answer, whole: Any) -> None:
    drawn = table("", answer.columns)
    for portion in answer.rows:
        for row in portion:
            drawn.add_row(*("" if value is None else printable(value) for value in row))
    _print_to(whole, drawn)


def _print_to(whole: Any, drawn: Table) -> None:
    with out.capture() as captured:
        out.print(drawn)
    whole.write(captured.get())


def quarantine(context: typer.Context, as_json: Json = False) -> None:
    """What was put aside, and why. `communique replay` reads it again with today's parsers."""
    settings: Settings = context.obj
    found = rows_of(settings.place, "FROM quarantine_open")
    if as_json:
        write_json(found)
        return
    if not found:
        out.print("the quarantine is empty")
        return
    shown = table("", ("quarantine_id", "name", "reason"))
    shown.columns[-1].no_wrap = False  # a reason may be long, and must not crowd out what it is about
    for row in found:
        shown.add_row(row["quarantine_id"], printable(row["name"]), printable(row["reason"]))
    out.print(shown)


def one_release(home_archive: Path, named: str) -> str:
    """The full id of a release from an unambiguous beginning of it.

    :raises ArchiveError: when none or several begin so, or it is withheld.
    """
    with opened_read_only(home_archive) as con:
        found = con.execute(
            "SELECT release_id FROM releases WHERE starts_with(release_id, ?) ORDER BY 1 LIMIT 3", [named]
        ).fetchall()
        withheld = None if found else told_of(con, named)
    if withheld:
        raise ArchiveError(withheld)
    if len(found) != 1:
        what = "no release" if not found else "more than one release"
        raise ArchiveError(f"{what} begins with {named!r}; `communique query 'SELECT release_id, title FROM releases'`")
    return str(found[0][0])
