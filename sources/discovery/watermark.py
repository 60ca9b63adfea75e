"""Where a source was left off. Stored by the caller when the run commits, never before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Watermark:
    """The newest day that each list of a source was read up to without a fault, and when all of it was last read.

    `newest` goes by the list's address as the source's file has it. It says how far to look back, not what is known:
    late and backdated items are caught by looking further back than it.
    """

    newest: Mapping[str, date] = field(default_factory=dict)
    full_pass_on: date | None = None

    def to_json(self) -> dict[str, Any]:
        """JSON values, the same for equal watermarks."""
        return {
            "newest": {address: day.isoformat() for address, day in sorted(self.newest.items())},
            "full_pass_on": self.full_pass_on.isoformat() if self.full_pass_on else None,
        }

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "Watermark":
        """The inverse of `to_json`; of `{}`, the watermark of a source that was never visited."""
        full = told.get("full_pass_on")
        return cls(
            newest={address: date.fromisoformat(day) for address, day in told.get("newest", {}).items()},
            full_pass_on=date.fromisoformat(full) if full else None,
        )


NEVER_VISITED = Watermark()


def full_pass_due(mark: Watermark, today: date, every_days: int | None) -> bool:
    """Whether a visit today is to read the lists to their end. Never the first one: history is for a backfill."""
    if every_days is None or mark.full_pass_on is None:
        return False
    return today - mark.full_pass_on >= timedelta(days=every_days)
