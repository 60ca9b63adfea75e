"""`show`: one release, its versions, what changed between them, its evidence, its bytes."""

import sys
from collections.abc import Mapping
from dataclasses import asdict
from itertools import groupby
from operator import attrgetter
from typing import Annotated, Any

import typer
from rich.text import Text

from flows.asking import rows_of
from flows.commands.answers import one_release
from flows.console import out, printable, table, write_json
from flows.settings import Settings
from sources.errors import ArchiveError
from warehouse.commenting import quoted
from warehouse.resolution.changes import MARKED, Edit, describe
from warehouse.vault.warc import capture_at

Row = dict[str, Any]
HEAD = (
    "release_id",
    "publisher",
    "day",
    "day_basis",
    "published_at",
    "language",
    "url",
    "version",
    "reading",
    "parser",
)
STYLES: Mapping[str, str] = {"=": "", "-": "red", "+": "green", "~": "dim"}


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command()(show)


def show(
    context: typer.Context,
    release: Annotated[str, typer.Argument(help="A release_id, or an unambiguous beginning of one.")],
    versions: Annotated[bool, typer.Option("--versions", help="List its versions and readings.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="What changed from version to version.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="The preserved bytes of its current version, to stdout.")] = False,
    evidence: Annotated[bool, typer.Option("--evidence", help="From where each field was read.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON on stdout.")] = False,
) -> None:
    """Show one release as it reads now."""
    settings: Settings = context.obj
    name = one_release(settings.place.archive, release)
    if raw:
        sys.stdout.buffer.write(_bytes(settings, name))
        return
    if diff:
        _show_edits(_edits(settings, name), as_json)
        return
    view = "versions" if versions else "evidence" if evidence else "releases"
    order = {"versions": "version, reading", "evidence": "version, reading, field", "releases": "1"}[view]
    found = rows_of(settings.place, f"FROM {view} WHERE release_id = {quoted(name)} ORDER BY {order}")
    if as_json:
        write_json(found if view != "releases" else found[0])
    elif versions:
        _show_rows(found, ("version", "reading", "first_seen_at", "edit_kind", "changed_fields", "title"))
    elif evidence:
        _show_rows(found, ("version", "reading", "field", "basis", "rule", "text"))
    else:
        _show_release(found[0], _absences(settings, name))


def _bytes(settings: Settings, name: str) -> bytes:
    found = rows_of(
        settings.place,
        "SELECT c.raw_path, c.raw_offset FROM kept.captures AS c JOIN releases AS r USING (input_sha256)"
        f" WHERE r.release_id = {quoted(name)}",
    )
    if not found:
        raise ArchiveError(f"{name}: no capture is on record; `communique verify` tells what is wrong")
    return capture_at(settings.place, found[0]["raw_path"], found[0]["raw_offset"]).body


def _absences(settings: Settings, name: str) -> list[Row]:
    """When its pages vanished, were found to be missing, or returned; the newest state of each page."""
    if not rows_of(settings.place, "FROM duckdb_tables() WHERE schema_name = 'kept' AND table_name = 'absences'"):
        return []  # published by a program that did not ask again
    return rows_of(
        settings.place,
        "SELECT state, url, observed_at, reason FROM kept.absences"
        f" WHERE release_id = {quoted(name)}"
        " QUALIFY row_number() OVER (PARTITION BY source, ref ORDER BY batch_no DESC, rowid DESC) = 1 ORDER BY url",
    )


def _show_release(row: Row, absences: list[Row]) -> None:
    out.print(printable(row["title"]), style="bold", markup=False)
    for field in HEAD:
        if row[field] is not None:
            out.print(f"{field:14} {printable(row[field])}", markup=False)
    for one in absences:
        told = f"{one['observed_at']} {printable(one['url'])}: {printable(one['reason'])}"
        out.print(f"{one['state']:14} {told}", markup=False)
    out.print()
    for line in row["body"].splitlines():
        out.print(printable(line), markup=False)


def _show_rows(rows: list[Row], columns: tuple[str, ...]) -> None:
    shown = table("", columns)
    for row in rows:
        shown.add_row(*("" if row[column] is None else printable(row[column]) for column in columns))
    out.print(shown)


def _edits(settings: Settings, name: str) -> list[tuple[Row, Edit]]:
    """Every edit of a release with the reading it made; described anew, for older archives have no descriptions."""
    found = rows_of(settings.place, f"FROM kept.readings WHERE release_id = {quoted(name)} ORDER BY reading_no")
    numbered = {row["reading_no"]: row for row in found}
    made = [row for row in found if row["version"] > 1 and row["reading"] == 1]
    return [(row, describe(numbered[row["supersedes"]], row)) for row in made]


def _show_edits(edits: list[tuple[Row, Edit]], as_json: bool) -> None:
    if as_json:
        write_json([_edit_as_json(*edit) for edit in edits])
        return
    for edit in edits:
        _show_edit(*edit)
    if not edits:
        out.print("one version: nothing has changed since it was first seen")


def _edit_as_json(row: Row, edit: Edit) -> Row:
    told = {name: row[name] for name in ("release_id", "version", "edit_kind", "changed_fields")}
    told |= {"seen_at": row["first_seen_at"]} | asdict(edit)
    return told | {"diff": [piece._asdict() for piece in edit.diff]}


def _show_edit(row: Row, edit: Edit) -> None:
    version = row["version"]
    kinds = ", ".join((*edit.kinds, "silent") if edit.silent else edit.kinds)
    out.print(f"version {version - 1} → {version}, seen {row['first_seen_at']}: {kinds}", style="bold")
    for field, pieces in groupby(edit.diff, key=attrgetter("field")):
        line = Text(f"{field}: ")
        for piece in pieces:
            lines = MARKED[piece.op].format(piece.text).split("\n")
            line.append("\n".join(map(printable, lines)), STYLES[piece.op])
        out.print(line)
    out.print()
