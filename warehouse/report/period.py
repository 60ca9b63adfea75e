"""The days that a report tells of, and what they are in its questions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import duckdb

from sources.errors import ArchiveError, ConfigError
from warehouse.commenting import quoted
from warehouse.report.asking import ask

USUAL = timedelta(days=30)
MOST_COLUMNS = 62  # of a calendar or chart; more cannot be told apart on a page
Step = Literal["day", "week", "month", "year"]


@dataclass(frozen=True, slots=True)
class Period:
    """From `since` (included) to `until` (not), days of `zone`. `stands_at` is when the archive was last visited."""

    since: date
    until: date
    zone: str
    stands_at: datetime
    publisher: str | None = None

    @property
    def step(self) -> Step:
        """What one column of a calendar or chart stands for."""
        days = (self.until - self.since).days
        steps: tuple[tuple[Step, int], ...] = (("day", 1), ("week", 7), ("month", 30))
        return next((step for step, length in steps if days <= MOST_COLUMNS * length), "year")

    @property
    def columns(self) -> tuple[date, ...]:
        """The first day of each column, as `date_trunc` gives it."""
        return tuple(self._columns())

    def next_to(self, column: date) -> date:
        """The first day that a column does not hold any more."""
        if self.step == "year":
            return column.replace(year=column.year + 1)
        if self.step == "month":
            return (column + timedelta(days=31)).replace(day=1)
        return column + timedelta(days=7 if self.step == "week" else 1)

    @property
    def values(self) -> Mapping[str, str]:
        """SQL for the blanks of the questions."""
        given = {
            "since": f"DATE '{self.since}'",
            "until": f"DATE '{self.until}'",
            "since_at": f"TIMESTAMPTZ '{self._midnight(self.since)}'",
            "until_at": f"TIMESTAMPTZ '{self._midnight(self.until)}'",
            "step": quoted(self.step),
        }
        return given | of_publisher(self.publisher)

    def _columns(self) -> Iterator[date]:
        column = self.since
        if self.step == "year":
            column = column.replace(month=1, day=1)
        elif self.step == "month":
            column = column.replace(day=1)
        elif self.step == "week":
            column -= timedelta(days=column.weekday())
        while column < self.until:
            yield column
            column = self.next_to(column)

    def _midnight(self, day: date) -> str:
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.zone)).isoformat(" ")


def of_publisher(publisher: str | None) -> dict[str, str]:
    """SQL that holds a question to one publisher; nothing where all are asked for."""
    return {"of_publisher": f"publisher = {quoted(publisher)}"} if publisher else {}


def period_of(
    con: duckdb.DuckDBPyConnection,
    *,
    zone: str,
    since: date | None = None,
    until: date | None = None,
    publisher: str | None = None,
) -> Period:
    """The period asked for; else the thirty days that end with the newest day the archive has releases of.

    :raises ArchiveError: when nothing was ever visited, or nothing is there of the publisher.
    :raises ConfigError: when the period ends before it begins.
    """
    answer = ask(con, "newest", {"zone": quoted(zone)} | of_publisher(publisher))
    if answer.lacks:
        raise ArchiveError(f"{answer.lacks}; `communique run folder` publishes the archive with all that is asked here")
    (newest,) = answer.rows
    stands_at = newest["stands_at"]
    if stands_at is None:
        raise ArchiveError("no run was made yet, so there is nothing to report; `communique run folder` makes one")
    if publisher and newest["newest_day"] is None:
        raise ArchiveError(f"no release of {publisher!r}; `communique query 'SELECT DISTINCT publisher FROM releases'`")
    last = newest["newest_day"] or stands_at.astimezone(ZoneInfo(zone)).date()
    until = until or max(last, since or last) + timedelta(days=1)
    since = since or until - USUAL
    if since >= until:
        raise ConfigError(f"--since {since} --until {until}: the first day must be before the second")
    return Period(since, until, zone, stands_at, publisher)
