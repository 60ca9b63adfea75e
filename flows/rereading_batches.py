"""What is on its way through a reparse: captures that are being read, and readings that wait to be loaded."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.workers import Pending
from sources.capture import Capture
from warehouse.resolution.rereading import Compared

AT_ONCE = 1_000  # captures
GATHERED = 1_000  # readings that differ; a batch costs as much to load as a hundred of them
BYTES_AT_ONCE = 16_000_000
MARKS_AT_ONCE = 100  # files without a change are written down together


@dataclass(slots=True)
class Some:
    """Captures of a batch with their readings to come, and the files that end within it."""

    captures: list[Capture] = field(default_factory=list)
    ended: list[tuple[str, int]] = field(default_factory=list)  # path and number of captures read again
    size: int = 0
    pending: Pending | None = None

    def is_full(self) -> bool:
        return len(self.captures) >= AT_ONCE or self.size >= BYTES_AT_ONCE or len(self.ended) >= MARKS_AT_ONCE


@dataclass(slots=True)
class Gathered:
    """Readings that differ and are not loaded yet, and the files that ended meanwhile."""

    changed: dict[int, Compared] = field(default_factory=dict)  # by the number of the reading that stands
    ended: list[tuple[str, int]] = field(default_factory=list)
    size: int = 0

    def take(self, some: Some, compared: Sequence[Compared]) -> None:
        for one in compared:
            if one.fields:
                self.changed.setdefault(one.held["reading_no"], one)  # a page may have been preserved twice
                self.size += len(one.new["body"])
        self.ended += some.ended

    def is_full(self) -> bool:
        return len(self.changed) >= GATHERED or self.size >= BYTES_AT_ONCE or len(self.ended) >= MARKS_AT_ONCE
