"""One capture to its readings: what the registry read, as JSON values, with the digests later steps compare."""

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pydantic_core import from_json as parse_json
from pydantic_core import to_json

from parsers.blocks import plain_parts
from parsers.records import Rejection, Release
from parsers.registry import read
from parsers.text import fingerprint
from sources.capture import Capture

FENCE = "fence/1"  # stands as the parser where none finished
_SLICE = 1 << 16


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a capture as JSON values: a record with its two digests, or why there is none.

    `text_sha256` is blind to format, spacing, case and width; `body_sha256` only to format and spacing.
    `rejection` has stage, reason and parser.
    """

    record: dict[str, Any] | None = None
    text_sha256: str = ""
    body_sha256: str = ""
    rejection: dict[str, str] | None = None


def read_capture(capture: Capture) -> tuple[Reading, ...]:
    """Everything the capture holds, in its order; at least one reading.

    :raises MemoryError: alone; whatever else a parser raises becomes a rejection.
    """
    try:
        readings = tuple(_reading(found) for found in read(capture))
    except MemoryError:
        raise
    except RecursionError:
        return (rejected("it is nested too deeply to be read"),)
    except Exception as error:  # noqa: BLE001  -- a parser's fault must not harm the neighbours
        return (rejected(f"reading stopped with {type(error).__name__}: {str(error)[:200]}"),)
    return readings or (rejected("nothing readable in it"),)


def as_json(readings: Sequence[Reading]) -> bytes:
    """The form in which a child process answers.

    :raises ValueError: when a text in them is no Unicode text.
    """
    return to_json([(one.record, one.text_sha256, one.body_sha256, one.rejection) for one in readings])


def from_json(answer: bytes) -> tuple[Reading, ...]:
    """The inverse of `as_json`, for an answer that is not to be trusted.

    :raises ValueError: when it has not the shape of readings.
    """
    try:
        readings = tuple(Reading(*item) for item in parse_json(answer))
    except TypeError as error:
        raise ValueError("not readings") from error
    if not readings or not all(map(_has_shape, readings)):
        raise ValueError("not readings")
    return readings


def _has_shape(one: Reading) -> bool:
    if one.record is None:
        return (
            isinstance(one.rejection, dict)
            and one.rejection.keys() == Rejection.__dataclass_fields__.keys()
            and all(isinstance(text, str) for text in one.rejection.values())
        )
    digests = isinstance(one.text_sha256, str) and isinstance(one.body_sha256, str)
    return digests and isinstance(one.record, dict) and one.record.keys() == Release.model_fields.keys()


def rejected(reason: str) -> Reading:
    """The reading of a capture that no parser finished."""
    return _reading(Rejection(stage="parse", reason=reason, parser=FENCE))


def _reading(found: Release | Rejection) -> Reading:
    if isinstance(found, Rejection):
        return Reading(rejection={name: _sendable(text) for name, text in asdict(found).items()})
    parts = list(plain_parts(found.blocks))
    return Reading(
        record=found.model_dump(mode="json"), text_sha256=fingerprint(parts), body_sha256=_body_digest(parts)
    )


def _sendable(text: str) -> str:
    """A reason may quote file names, which hold lone surrogates where they are not UTF-8; JSON may not."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _body_digest(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        whole = unicodedata.normalize("NFC", part)
        # Slice by slice: the words of one 20 MB line, all at once, take ten times its room.
        for at in range(0, len(whole), _SLICE):
            digest.update("".join(whole[at : at + _SLICE].split()).encode("utf-8", "replace"))
    return digest.hexdigest()
