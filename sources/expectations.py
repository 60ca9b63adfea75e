"""What a list may be expected to hold: by its own history, and by what its source file says."""

from collections.abc import Sequence
from datetime import date
from statistics import median

HISTORY = 4  # times a list must have been seen before its history counts
FLOOR = 8  # items; a list of fewer varies too much to be called short
SHORT_OF = 0.5  # of the usual number
QUIET_DAYS = 4  # days without anything new that a weekend and a holiday explain
QUIET_ITEMS = 5  # items that are missing before silence is worth a word


def shortfall(items: int, past: Sequence[int]) -> str | None:
    """Why a list is too short to be believed, given how many items stood on it the last ten times it changed."""
    usual = median(past) if past else 0
    if len(past) < HISTORY or usual < FLOOR or items >= usual * SHORT_OF:
        return None
    return f"suddenly short: {items} items, usually {usual:g}"


def silence(newest: date | None, today: date, per_day: float | None) -> str | None:
    """Why it is odd that nothing newer is listed, given how many items a day its source file expects."""
    if newest is None or not per_day:
        return None
    days = (today - newest).days
    if days <= QUIET_DAYS or days * per_day < QUIET_ITEMS:
        return None
    return f"nothing newer than {newest}, though about {per_day:g} a day are expected"
