"""The command line: `communique [--home DIR] COMMAND`.

Exit codes: 0 every input has an outcome; 1 a failure of our own; 2 usage or configuration;
73 less room is left on the disk than `disk_floor_mb` wants (EX_CANTCREAT of sysexits.h);
75 another process holds the lock, what was read waits for the next run (EX_TEMPFAIL of sysexits.h).
"""

import sys
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer

from flows.commands import (
    answers,
    asking,
    browsing,
    catalog,
    dictionary,
    explaining,
    exporting,
    filling,
    keeping,
    maintaining,
    morning,
    probing,
    reading,
    reporting,
    rereading,
    revisiting,
    running,
    searching,
    showing,
    withholding,
)
from flows.console import err, out
from flows.settings import load_settings
from sources.errors import CommuniqueError, ConfigError, DiskFull, LockBusy

FAILURE, USAGE, NO_ROOM, TRY_AGAIN = 1, 2, 73, 75

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
READING = (running, filling, revisiting, reading, rereading, catalog, probing)
ASKING = (
    answers,
    asking,
    browsing,
    searching,
    dictionary,
    morning,
    showing,
    explaining,
    reporting,
    exporting,
    keeping,
    maintaining,
    withholding,
)
for room in (*READING, *ASKING):
    room.add_to(app)


def _version(wanted: bool) -> None:
    if wanted:
        out.print(f"communique {metadata.version('communique')}")
        raise typer.Exit


@app.callback()
def communique(
    context: typer.Context,
    home: Annotated[
        Path | None, typer.Option(help="The data folder; else COMMUNIQUE_HOME, else `communique.toml`.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(help="A `communique.toml` by name; else the nearest one upward.")
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Communiqué keeps official press releases for good, and proves what was said, when, and what changed.

    `communique run folder` archives what lies in the inbox; `communique query "FROM releases"` asks the archive.
    """
    if context.invoked_subcommand and not {"-h", "--help"} & set(sys.argv):
        context.obj = load_settings(home=home, config=config)


def main() -> None:
    """Runs a command and turns our own errors into one line and an exit code."""
    try:
        app()
    except LockBusy as error:
        _end(error, TRY_AGAIN)
    except DiskFull as error:
        _end(error, NO_ROOM)
    except ConfigError as error:
        _end(error, USAGE)
    except CommuniqueError as error:
        _end(error, FAILURE)
    except KeyboardInterrupt:
        _end("interrupted; what was sealed is kept and the next run goes on from there", 130)


def _end(error: object, code: int) -> None:
    err.print(f"communique: {error}", markup=False)
    sys.exit(code)


if __name__ == "__main__":
    main()
