"""The holes of the archive as orders to fill them: what the view `gaps` names, and the windows that are not done."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flows.asking import rows_of
from flows.backfilling import Order
from flows.settings import Settings
from flows.windows import Asked
from sources.discovery.dividing import is_read_at_once
from sources.discovery.window import Window

GAPS = "SELECT source, kind, since, until, url, reason, release_id FROM gaps"
WINDOWS = "SELECT source, since, until FROM windows WHERE state != 'done'"

Row = Mapping[str, Any]


def gaps_of(settings: Settings, source: str | None = None) -> list[dict[str, Any]]:
    """What the published archive lacks, as JSON values; of one source or of all."""
    return [row for row in rows_of(settings.place, GAPS) if source is None or row["source"] == source]


def orders_for(settings: Settings, sources: Sequence[str], within: Window | None, *, oldest_first: bool) -> list[Order]:
    """An order for each of the sources that has holes; `within` leaves out days outside.

    Dead pages of lists are not asked for by themselves: the windows that need them are.
    """
    known, windows = gaps_of(settings), rows_of(settings.place, WINDOWS)
    orders = []
    for name in dict.fromkeys(sources):
        holes = [row for row in known if row["source"] == name and row["kind"] != "window"]
        days = [row for row in holes if row["since"]]
        named = {_window(row) for row in windows if row["source"] == name} | set(_days_of(settings, name, days))
        wanted = sorted(filter(None, (_cut(one, within) for one in named)), key=lambda one: (one.start, one.end))
        linked = tuple(row["url"] for row in holes if row["kind"] == "link")
        if wanted or linked:
            orders.append(Order(name, Asked(None, tuple(wanted), linked, oldest_first=oldest_first)))
    return orders


def _days_of(settings: Settings, name: str, rows: Sequence[Row]) -> list[Window]:
    """Windows of missing days; one for all where the lists are read whole anyway."""
    found = [_window(row) for row in rows]
    if found and is_read_at_once(settings.sources()[name]):
        return [Window(min(one.start for one in found), max(one.end for one in found))]
    return found


def _window(row: Row) -> Window:
    return Window(date.fromisoformat(row["since"]), date.fromisoformat(row["until"]))


def _cut(window: Window, within: Window | None) -> Window | None:
    if within is None:
        return window
    start, end = max(window.start, within.start), min(window.end, within.end)
    return Window(start, end) if start < end else None
