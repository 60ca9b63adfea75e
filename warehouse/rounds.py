"""Rolling verification: every run of upkeep hashes a part of raw again, what was looked at longest ago first.

The list of sealed files is gone round in its order, which is that of their last check: what is new stands at its end.
How much is due follows from the time since the last check, so that a round takes `ROUND` however often upkeep runs.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb

from warehouse.home import Home
from warehouse.vault.chain import Line
from warehouse.vault.verify import Finding, verify_raw
from warehouse.verifying import verify_rows_of

ROUND = timedelta(days=60)
"""Everything is to be looked at within 90 days; a month is left for a machine that stood still."""
FIRST = timedelta(days=1)
"""Counts as the time since the last check when there was none."""


@dataclass(frozen=True, slots=True)
class Checked:
    """How far a round has come: the number of the last line that was looked at, and when."""

    line: int
    at: datetime


def due(lines: Sequence[Line], last: Checked | None, now: datetime) -> list[Line]:
    """The lines whose files are to be looked at now, in the order of their turn; at least one while there are any."""
    elapsed = max(now - last.at, timedelta()) if last else FIRST
    wanted = sum(line.size for line in lines) * min(elapsed / ROUND, 1.0)
    start = sum(line.n <= last.line for line in lines) % max(len(lines), 1) if last else 0
    chosen: list[Line] = []
    size = 0
    for line in [*lines[start:], *lines[:start]]:
        if chosen and size >= wanted:
            break
        chosen.append(line)
        size += line.size
    return chosen


def look_again(home: Home, con: duckdb.DuckDBPyConnection | None, paths: Collection[str]) -> Iterator[Finding]:
    """What is wrong with the list, with these files below raw, and with the rows that rest on them.

    :param con: an archive of `home`; None while there is none.
    """
    yield from verify_raw(home, only=paths)
    if con is not None:
        yield from verify_rows_of(home, con, paths)
