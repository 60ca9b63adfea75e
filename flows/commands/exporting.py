"""`export`, `cite`: taking releases away, and naming them so that others find the same text."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.answers import one_release
from flows.commands.days import WRITTEN, day_of
from flows.console import out, write_json
from flows.settings import Settings
from sources.errors import ConfigError
from warehouse.connection import opened_read_only
from warehouse.exporting.citations import Form, cited
from warehouse.exporting.exports import Kind
from warehouse.exporting.exports import export as write_export
from warehouse.exporting.job import Options
from warehouse.exporting.selection import Selection


def add_to(app: typer.Typer) -> None:
    """Registers the commands."""
    app.command()(export)
    app.command()(cite)


def export(
    context: typer.Context,
    format: Annotated[Kind, typer.Argument(help="What to write.")],
    to: Annotated[Path | None, typer.Option(help="The folder; else `exports/FORMAT` of the data folder.")] = None,
    since: Annotated[datetime | None, typer.Option(formats=WRITTEN, help="The first day.")] = None,
    until: Annotated[datetime | None, typer.Option(formats=WRITTEN, help="The day after the last.")] = None,
    publisher: Annotated[list[str] | None, typer.Option(help="A publisher's key; may be repeated.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="Such as en, zh, zh-Hant; may be repeated.")] = None,
    where: Annotated[str | None, typer.Option(help="An SQL condition over the columns of the view.")] = None,
    versions: Annotated[bool, typer.Option("--versions", help="Every version and reading.")] = False,
    lossless: Annotated[bool, typer.Option("--lossless", help="CSV: exact text, no guard against formulas.")] = False,
    bom: Annotated[bool, typer.Option("--bom", help="CSV: begin with a byte order mark, for Excel.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print place and counts as JSON.")] = False,
) -> None:
    """Write releases as files: rows (parquet, csv, jsonl), bytes (warc, wacz, bag) or feeds (atom)."""
    settings: Settings = context.obj
    if (lossless or bom) and format != "csv":
        raise ConfigError(f"--lossless and --bom are for csv; {format} is exact as it is")
    selection = Selection(day_of(since), day_of(until), tuple(publisher or ()), tuple(language or ()), where, versions)
    done = write_export(
        settings.place, format, selection, place=to.resolve() if to else None, options=Options(lossless, bom)
    )
    if as_json:
        write_json({"place": str(done.place), "counts": done.counts})
        return
    out.print(str(done.place), markup=False)
    for name, count in done.counts.items():
        out.print(f"{name.replace('_', ' ')}: {count}", markup=False)


def cite(
    context: typer.Context,
    release: Annotated[str, typer.Argument(help="A release_id, or an unambiguous beginning of one.")],
    version: Annotated[int | None, typer.Option(help="Another version than the newest.")] = None,
    format: Annotated[Form, typer.Option(help="The form of the citation.")] = "text",
) -> None:
    """Cite a release with its key, its address, when it was taken, and the digest of its bytes."""
    settings: Settings = context.obj
    name = one_release(settings.place.archive, release)
    with opened_read_only(settings.place.archive) as con:
        typer.echo(cited(con, name, version, format), nl=False)
