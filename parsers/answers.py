"""The answer of a reading process for one capture, opened only where somebody needs its records."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from pydantic_core import from_json as parse_json
from pydantic_core import to_json

from parsers.readings import Reading, as_json, from_json, parted, rejected

NO_ANSWER = "the reader gave an answer that is none"


@dataclass(frozen=True, slots=True)
class Outline:
    """What an item is without its record: the parser that read it, and `Reading.fields_sha256`."""

    parser: str
    fields_sha256: str


@dataclass(slots=True)
class Answer:
    """Readings as JSON, their wordings, and their outlines as JSON; as they came from the reading process."""

    told: bytes
    wordings: bytes = b""
    outlined: bytes = b""
    _opened: tuple[Reading, ...] = ()
    _outlines: tuple[Outline | None, ...] = ()

    @classmethod
    def of(cls, readings: Sequence[Reading]) -> Self:
        """The answer that has these readings."""
        outlines = [Outline(one.record["parser"], one.fields_sha256) if one.record else None for one in readings]
        return cls(as_json(readings), b"", outlines_as_json(outlines), tuple(readings))

    def open(self) -> tuple[Reading, ...]:
        """The readings, at least one.

        :raises ValueError: when it is no answer.
        """
        if not self._opened:
            self._opened = from_json(self.told, parted(self.wordings))
        return self._opened

    def readings(self) -> tuple[Reading, ...]:
        """The readings, those of an answer that is none being a rejection."""
        try:
            return self.open()
        except ValueError:
            return (rejected(NO_ANSWER),)

    def outlines(self) -> tuple[Outline | None, ...]:
        """An outline for each item, None for those without a record.

        :raises ValueError: when it is no answer.
        """
        if not self._outlines:
            self._outlines = _outlines(self.outlined)
        return self._outlines


def outlines_as_json(outlines: Sequence[Outline | None]) -> bytes:
    """The form in which a reading process tells them."""
    return to_json([one and (one.parser, one.fields_sha256) for one in outlines])


def _outlines(told: bytes) -> tuple[Outline | None, ...]:
    try:
        outlines = tuple(item and Outline(*item) for item in parse_json(told))
    except TypeError as error:
        raise ValueError(NO_ANSWER) from error
    if not outlines or not all(one is None or isinstance(one.fields_sha256, str) for one in outlines):
        raise ValueError(NO_ANSWER)
    return outlines
