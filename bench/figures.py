"""One measured figure beside its bar, and the table they are printed in."""

import os
from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, as text with its unit; `bar` is what is asked for, `met` None where nothing is."""

    name: str
    value: str
    bar: str = ""
    met: bool | None = None


def report(title: str, figures: Iterable[Figure]) -> int:
    """Prints the table; 1 when a bar was missed. The machine's load is told, since it divides every speed."""
    table = Table(title=title, title_justify="left", caption=_machine(), caption_justify="left")
    for column in ("measured", "figure", "bar", ""):
        table.add_column(column, justify="right" if column == "figure" else "left")
    shown = list(figures)
    for one in shown:
        table.add_row(one.name, one.value, one.bar, {True: "met", False: "MISSED", None: ""}[one.met])
    Console().print(table)
    return int(any(one.met is False for one in shown))


def _machine() -> str:
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{os.cpu_count()} cores, load {load} (1, 5, 15 minutes)"
