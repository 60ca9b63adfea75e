"""`show`: one release, its versions, what changed between them, its evidence, its bytes."""

import difflib
import sys
from typing import Annotated, Any

import typer

from flows.asking import rows_of
from flows.commands.answers import one_release
from flows.console import out, printable, table, write_json
from flows.settings import Settings
from sources.errors import ArchiveError
from warehouse.commenting import quoted
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
    view = "versions" if versions or diff else "evidence" if evidence else "releases"
    order = {"versions": "version, reading", "evidence": "version, reading, field", "releases": "1"}[view]
    found = rows_of(settings.place, f"FROM {view} WHERE release_id = {quoted(name)} ORDER BY {order}")
    if as_json:
        write_json(found if view != "releases" else found[0])
    elif diff:
        _show_diff(found)
    elif versions:
        _show_rows(found, ("version", "reading", "first_seen_at", "edit_kind", "changed_fields", "title"))
    elif evidence:
        _show_rows(found, ("version", "reading", "field", "basis", "rule", "text"))
    else:
        _show_release(found[0])


def _bytes(settings: Settings, name: str) -> bytes:
    found = rows_of(
        settings.place,
        "SELECT c.raw_path, c.raw_offset FROM kept.captures AS c JOIN releases AS r USING (input_sha256)"
        f" WHERE r.release_id = {quoted(name)}",
    )
    if not found:
        raise ArchiveError(f"{name}: no capture is on record; `communique verify` tells what is wrong")
    return capture_at(settings.place, found[0]["raw_path"], found[0]["raw_offset"]).body


def _show_release(row: Row) -> None:
    out.print(printable(row["title"]), style="bold", markup=False)
    for field in HEAD:
        if row[field] is not None:
            out.print(f"{field:14} {printable(row[field])}", markup=False)
    out.print()
    for line in row["body"].splitlines():
        out.print(printable(line), markup=False)


def _show_rows(rows: list[Row], columns: tuple[str, ...]) -> None:
    shown = table("", columns)
    for row in rows:
        shown.add_row(*("" if row[column] is None else printable(row[column]) for column in columns))
    out.print(shown)


def _show_diff(rows: list[Row]) -> None:
    current = {row["version"]: row for row in rows}
    for before, after in zip(list(current.values()), list(current.values())[1:], strict=False):
        out.print(
            f"version {before['version']} → {after['version']}: {', '.join(after['changed_fields'])}", style="bold"
        )
        lines = difflib.unified_diff(_text(before), _text(after), _label(before), _label(after), lineterm="", n=1)
        for line in lines:
            style = {"+": "green", "-": "red"}.get(line[:1], "")
            out.print(printable(line), style=style, markup=False)
    if len(current) == 1:
        out.print("one version: nothing has changed since it was first seen")


def _text(row: Row) -> list[str]:
    head = [f"{name}: {row[name]}" for name in ("title", "subtitle", "published_on", "published_at") if row[name]]
    return [*head, "", *row["body"].splitlines()]


def _label(row: Row) -> str:
    return f"version {row['version']}, seen {row['first_seen_at']}"
