"""Days: a half-open range of them, and how far back a visit to a list has to look."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Window:
    """The days from `start` up to, but without, `end`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"a window of days runs forward: {self.start} to {self.end} does not")

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def last(self) -> date:
        """The last day inside."""
        return self.end - timedelta(days=1)

    def days(self) -> Iterator[date]:
        """Each day, the newest first, as lists show them."""
        day = self.last
        while day >= self.start:
            yield day
            day -= timedelta(days=1)

    def months(self) -> Iterator[date]:
        """The first day of each month that has a day inside, the newest month first."""
        month = self.last.replace(day=1)
        while month > self.start.replace(day=1):
            yield month
            month = (month - timedelta(days=1)).replace(day=1)
        yield month
