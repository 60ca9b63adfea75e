"""What a run asked of whom: requests by host and day, for the row it leaves."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from sources.exchange import Exchange

FIGURES = ("requests", "bytes", "not_modified", "failed", "barred")
KEPT_OUT = frozenset({401, 403, 429, 451})
"""Statuses of answers that say we may not come in, or not so often."""


class Tally:
    """Counts requests as they are answered."""

    def __init__(self, told: Iterable[Mapping[str, Any]] = ()) -> None:
        self._by: dict[tuple[str, str], dict[str, int]] = {}
        for row in told:
            self._add((row["host"], row["day"]), *(row.get(name, 0) for name in FIGURES))

    def count(self, exchanges: Iterable[Exchange]) -> None:
        """Adds what was sent and received, whatever came of it."""
        for one in exchanges:
            failed = one.truncated is not None or (one.status >= 400 and not _is_absent_robots(one))
            place = (urlsplit(one.url).netloc, one.started_at.date().isoformat())
            self._add(place, 1, one.wire_bytes, int(one.status == 304), int(failed), int(one.status in KEPT_OUT))

    def rows(self) -> list[dict[str, Any]]:
        """One row a host and day, in their order, as JSON values."""
        return [{"host": host, "day": day, **counts} for (host, day), counts in sorted(self._by.items())]

    def barred(self) -> list[tuple[str, int, int]]:
        """Each host with its requests and how many of the answers said we may not come in."""
        told: dict[str, tuple[int, int]] = {}
        for (host, _), counts in sorted(self._by.items()):
            requests, barred = told.get(host, (0, 0))
            told[host] = (requests + counts["requests"], barred + counts["barred"])
        return [(host, *counts) for host, counts in told.items()]

    def _add(self, place: tuple[str, str], *more: int) -> None:
        counts = self._by.setdefault(place, dict.fromkeys(FIGURES, 0))
        for name, n in zip(FIGURES, more, strict=True):
            counts[name] += n


def _is_absent_robots(one: Exchange) -> bool:
    """A site without rules for robots has done nothing wrong."""
    return one.status == 404 and urlsplit(one.url).path == "/robots.txt"
