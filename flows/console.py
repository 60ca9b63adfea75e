"""Where words go: results to stdout, everything else to stderr, so that a pipe carries results alone."""

import sys
from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json
from rich.console import Console
from rich.table import Table

from sources.capture import OUTCOMES, Outcome

WIDE = 400  # columns; a pipe has no edge to wrap at

out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else WIDE)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def write_json(value: Any) -> None:
    """One JSON value on one line of stdout."""
    sys.stdout.write(to_json(value).decode() + "\n")


def printable(text: object) -> str:
    """A text that cannot steer a terminal: control characters are shown, not sent."""
    return "".join(char if char.isprintable() or char == " " else f"\\x{ord(char):02x}" for char in str(text))


def table(title: str, columns: tuple[str, ...]) -> Table:
    """A plain table; columns named `n` are numbers."""
    made = Table(title=title, title_justify="left", show_edge=False, pad_edge=False)
    for column in columns:
        made.add_column(column, justify="right" if column == "n" else "left", overflow="ellipsis", no_wrap=True)
    return made


def outcome_table(run_id: str, outcomes: Mapping[Outcome, int]) -> Table:
    """What became of everything that was listed."""
    made = table(f"run {run_id}", ("outcome", "n"))
    for name in OUTCOMES:
        made.add_row(name, str(outcomes.get(name, 0)))
    made.add_section()
    made.add_row("listed", str(sum(outcomes.values())))
    return made
