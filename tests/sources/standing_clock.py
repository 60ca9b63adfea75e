"""Time that tests move."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

START = 1_800_000_000.0


@dataclass
class Clock:
    """Time that passes only when somebody sleeps."""

    now: float = START
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def utc(self) -> datetime:
        return datetime.fromtimestamp(self.now, UTC)
