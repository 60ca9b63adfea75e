"""What was read of a capture, as JSON values: the form in which it travels from a reading process to the archive."""

import hashlib
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from pydantic_core import from_json as parse_json
from pydantic_core import to_json

from parsers.records import Rejection, Release

FENCE = "fence/1"  # stands as the parser where none finished
GROUNDS: dict[str, Any] = {  # how a record was read, not what it says
    "parser": True,
    "evidence": True,
    "published": {"rule"},
    "updated": {"rule"},
    "event": {"rule"},
}
BASED = ("publisher", "title")  # fields whose basis counts as what a record says
_LENGTH = struct.Struct("!I")


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a capture as JSON values: a record with its two digests, or why there is none.

    `text_sha256` is blind to format, spacing, case and width; `body_sha256` only to format and spacing.
    `fields_sha256` is that of all that the parser said, see `fields_digest`; empty where an earlier program read it.
    `rejection` has stage, reason and parser. `wording` is what of the text counts when texts are compared (see
    `text_units.packed`), where a reading process was asked for it; it stays on this machine.
    """

    record: dict[str, Any] | None = None
    text_sha256: str = ""
    body_sha256: str = ""
    rejection: dict[str, str] | None = None
    fields_sha256: str = ""
    wording: bytes | None = field(default=None, compare=False)


class Readings(tuple[Reading, ...]):
    """The readings of one capture, in its order; `told` is the JSON they came as, so that nobody writes it again."""

    told: bytes = b""


def as_json(readings: Sequence[Reading]) -> bytes:
    """The form in which a child process answers, on one line.

    :raises ValueError: when a text in them is no Unicode text.
    """
    if isinstance(readings, Readings) and readings.told and b"\n" not in readings.told:
        return readings.told
    return to_json(
        [(one.record, one.text_sha256, one.body_sha256, one.rejection, one.fields_sha256) for one in readings]
    )


def from_json(answer: bytes, wordings: Sequence[bytes | None] = ()) -> Readings:
    """The inverse of `as_json`, for an answer that is not to be trusted; `wordings` are those of its items, or none.

    :raises ValueError: when it has not the shape of readings.
    """
    try:
        items = parse_json(answer)
        told = wordings or (None,) * len(items)
        readings = Readings(
            Reading(record, text, body, rejection, digest[0] if digest else "", wording)
            for (record, text, body, rejection, *digest), wording in zip(items, told, strict=True)
        )
    except TypeError as error:
        raise ValueError("not readings") from error
    if not readings or not all(map(_has_shape, readings)):
        raise ValueError("not readings")
    readings.told = answer
    return readings


def fields_digest(record: Release | Mapping[str, Any]) -> str:
    """SHA-256 (hex) of all that a record says, how it was read aside; it changes with any field that is compared.

    :param record: the record, or its JSON values in the order of its fields.
    """
    if isinstance(record, Release):
        bases = [one.basis if one else None for one in map(record.evidence.get, BASED)]
    else:
        bases = [one["basis"] if one else None for one in map(record["evidence"].get, BASED)]
    return hashlib.sha256(to_json(record, exclude=GROUNDS) + to_json(bases)).hexdigest()


def joined(wordings: Iterable[bytes]) -> bytes:
    """The wordings of a capture's items in a row, each with its length before it; an empty one stands for none."""
    return b"".join(_LENGTH.pack(len(one)) + one for one in wordings)


def parted(wordings: bytes) -> list[bytes | None]:
    """The inverse of `joined`.

    :raises ValueError: for anything else.
    """
    parts: list[bytes | None] = []
    place = 0
    while place < len(wordings):
        start = place + _LENGTH.size
        size = int.from_bytes(wordings[place:start], "big")
        place = start + size
        parts.append(wordings[start:place] or None)
    if place > len(wordings):
        raise ValueError("not wordings")
    return parts


def _has_shape(one: Reading) -> bool:
    if one.record is None:
        return (
            isinstance(one.rejection, dict)
            and one.rejection.keys() == Rejection.__dataclass_fields__.keys()
            and all(isinstance(text, str) for text in one.rejection.values())
        )
    digests = all(isinstance(told, str) for told in (one.text_sha256, one.body_sha256, one.fields_sha256))
    # A batch that an earlier program staged has no links.
    return digests and isinstance(one.record, dict) and one.record.keys() | {"links"} == Release.model_fields.keys()


def rejected(reason: str) -> Reading:
    """The reading of a capture that no parser finished."""
    return Reading(rejection=rejection_of(Rejection(stage="parse", reason=reason, parser=FENCE)))


def rejection_of(found: Rejection) -> dict[str, str]:
    """A rejection as JSON values.

    A reason may quote file names, which hold lone surrogates where they are not UTF-8; JSON may not.
    """
    return {name: text.encode("utf-8", "backslashreplace").decode() for name, text in asdict(found).items()}
