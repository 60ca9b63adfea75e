"""`browse`: the archive in a window of the terminal, in a tool that others keep."""

import shutil
import subprocess
import sys
from pathlib import Path

import typer

from flows.settings import Settings
from sources.errors import ConfigError
from warehouse.connection import opened_read_only

TOOL = "harlequin"
MISSING = (
    "browse opens the archive in Harlequin (https://harlequin.sh, MIT), which is not installed here:"
    f" `pipx install {TOOL}` gives it an environment of its own; `communique query` and `communique ask` need nothing"
)


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command()(browse)


def browse(context: typer.Context) -> None:
    """Open the archive read-only in Harlequin: views and columns at the side, SQL, results. It listens to no port.

    Harlequin is a program of its own: `pipx install harlequin`. It goes on showing the archive as it was opened.
    """
    settings: Settings = context.obj
    archive = settings.place.archive
    with opened_read_only(archive):  # says what to do where there is none
        pass
    order = [_tool(), "--profile", "None", "--adapter", "duckdb", "--read-only", "--no-init", str(archive)]
    raise typer.Exit(subprocess.run(order, check=False).returncode)  # noqa: S603  -- found on PATH by its name


def _tool() -> str:
    """Where it lies: on PATH, or beside this program."""
    found = shutil.which(TOOL) or shutil.which(TOOL, path=str(Path(sys.executable).parent))
    if found is None:
        raise ConfigError(MISSING)
    return found
