"""`dictionary`: what stands in the archive and what it means, as a page."""

import sys

import typer

from flows.dictionary_page import dictionary_page
from flows.settings import Settings
from warehouse.connection import opened_read_only
from warehouse.dictionary import described


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command()(dictionary)


def dictionary(context: typer.Context) -> None:
    """Print the data dictionary as Markdown: every view, macro, table and column of the archive and what it means."""
    settings: Settings = context.obj
    with opened_read_only(settings.place.archive) as con:
        sys.stdout.write(dictionary_page(described(con)))
