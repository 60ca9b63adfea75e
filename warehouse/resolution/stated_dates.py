"""When a publisher has moved a date: only where two dates are stated and differ in what both of them tell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from parsers.publication import TIME_FROM_ADDRESS

_MIDNIGHT = re.compile(r"(?<![\d:+-])0?0:00(?::00)?(?![\d:])")
_MINUTE = len("2025-12-09T09:00")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Stated:
    day: str | None
    minute: str | None


def dates_differ(held: Row, new: Row, name: str) -> bool:
    """By the minute where both tell one, else by the day.

    What one of them leaves out is no edit: a time of day that is learned later, a date that is told no more.
    """
    before, after = _stated_date(held, name), _stated_date(new, name)
    if after is None:
        return False
    if before is None:
        return bool(held[f"{name}_on"] != after.day)
    if before.minute and after.minute:
        return before.minute != after.minute
    return None not in (before.day, after.day) and before.day != after.day


def _stated_date(row: Row, name: str) -> _Stated | None:
    """A stated day counts where the address completes it; midnight is what is written where only the day is known."""
    if row[f"{name}_basis"] != "stated":
        is_completed = (row.get(f"{name}_rule") or "").endswith(TIME_FROM_ADDRESS)
        return _Stated(row[f"{name}_on"], None) if is_completed else None
    at, is_midnight = row[f"{name}_at"], _MIDNIGHT.search(row.get(f"{name}_text") or "")
    return _Stated(row[f"{name}_on"], at[:_MINUTE] if at and not is_midnight else None)
