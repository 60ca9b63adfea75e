"""One capture to the answer of a reading process: what the registry read, with the digests later steps compare."""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import to_json

from parsers.blocks import plain_parts
from parsers.readings import Reading, as_json, from_json, rejected, rejection_of
from parsers.records import Rejection, Release
from parsers.registry import read
from parsers.text import fingerprint, without_blanks
from sources.capture import Capture

# One item as it stands in the answer: the record, its two digests, and why there is none.
_Told = tuple[Release | None, str, str, Mapping[str, Any] | None]


def answer(capture: Capture) -> bytes:
    """Everything the capture holds, in its order and at least one reading, as `readings.from_json` takes it.

    :raises MemoryError: alone; whatever else a parser raises becomes a rejection.
    """
    try:
        told = [_told(found) for found in read(capture)]
    except MemoryError:
        raise
    except RecursionError:
        return as_json((rejected("it is nested too deeply to be read"),))
    except Exception as error:  # noqa: BLE001  -- a parser's fault must not harm the neighbours
        return as_json((rejected(f"reading stopped with {type(error).__name__}: {str(error)[:200]}"),))
    if not told:
        return as_json((rejected("nothing readable in it"),))
    try:
        return to_json(told)  # a record is written once, straight from the model that checked it
    except ValueError as error:
        return as_json((rejected(f"the record cannot be written as JSON: {str(error)[:200]}"),))


def read_capture(capture: Capture) -> tuple[Reading, ...]:
    """The readings of a capture, read in this process."""
    return from_json(answer(capture))


def _told(found: Release | Rejection) -> _Told:
    if isinstance(found, Rejection):
        return None, "", "", rejection_of(found)
    parts = list(plain_parts(found.blocks))
    whole = "".join(parts)
    said = without_blanks(whole)
    return found, fingerprint((said,)), _body_digest(parts, said, whole), None


def _body_digest(parts: Sequence[str], said: str, whole: str) -> str:
    """SHA-256 (hex) of the parts in Unicode NFC without white space; `said` is what they are without it."""
    if not unicodedata.is_normalized("NFC", whole):  # what passed the gate is, and so is every part it was cut into
        said = without_blanks("".join(unicodedata.normalize("NFC", part) for part in parts))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()
