"""`withhold`: a release is kept from readers, or shown again."""

import getpass
import secrets
from typing import Annotated

import typer

from flows.console import out
from flows.run import STARTED
from flows.settings import Settings, clock
from sources.errors import ConfigError
from warehouse.publishing import publish
from warehouse.withholding import Decision, decide, release_named
from warehouse.writing import writing


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command()(withhold)


def withhold(
    context: typer.Context,
    release: Annotated[str, typer.Argument(help="A release_id, or an unambiguous beginning of one.")],
    reason: Annotated[str, typer.Option(help="Why; everybody who reads the archive can see it.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Show it again.")] = False,
) -> None:
    """Keep a release out of archive.duckdb and so out of exports and reports; what is preserved stays."""
    settings: Settings = context.obj
    if not (reason.strip() or undo):
        raise ConfigError("say why it is withheld: --reason TEXT")
    run_id = f"{clock().strftime(STARTED)}-{secrets.token_hex(3)}"
    with writing(settings.place, now=clock, wait=settings.lock_wait_seconds, then=publish) as writer:
        name = release_named(writer.con, release)
        decision: Decision = "shown" if undo else "withheld"
        decide(writer, name, decision, reason.strip(), by=getpass.getuser(), run_id=run_id)
    out.print(f"{name} is shown again" if undo else f"{name} is withheld; what is preserved of it stays", markup=False)
