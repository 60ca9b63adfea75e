"""One capture to the answer of a reading process: what the registry read, with the digests later steps compare."""

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic_core import to_json

from parsers.answers import Answer, Outline, outlines_as_json
from parsers.blocks import plain_parts
from parsers.readings import Reading, fields_digest, joined, rejected, rejection_of
from parsers.records import Rejection, Release
from parsers.registry import read
from parsers.text import fingerprint, without_blanks
from parsers.text_units import packed, wording
from sources.capture import Capture

WORDED_AT_MOST = 1_000_000  # characters; the words of a longer text would not fit into a reading process
# One item as it stands in the answer: the record, its two digests, why there is none, and the digest of its fields.
_Told = tuple[Release | None, str, str, Mapping[str, Any] | None, str]


def answer(capture: Capture, *, worded: bool = False) -> Answer:
    """Everything the capture holds, in its order and at least one reading.

    :param worded: tell the wordings of its items, too.
    :raises MemoryError: alone; whatever else a parser raises becomes a rejection.
    """
    try:
        found = list(read(capture))
        told = [_told(one) for one in found]
    except MemoryError:
        raise
    except RecursionError:
        return _refused("it is nested too deeply to be read")
    except Exception as error:  # noqa: BLE001  -- a parser's fault must not harm the neighbours
        return _refused(f"reading stopped with {type(error).__name__}: {str(error)[:200]}")
    if not told:
        return _refused("nothing readable in it")
    try:
        # A record is written once, straight from the model that checked it.
        outlines = [Outline(record.parser, digest) if record else None for record, _, _, _, digest in told]
        wordings = joined(map(_wording, found)) if worded else b""
        return Answer(to_json(told), wordings, outlines_as_json(outlines))
    except ValueError as error:
        return _refused(f"the record cannot be written as JSON: {str(error)[:200]}")


def _refused(reason: str) -> Answer:
    return Answer.of((rejected(reason),))


def _wording(found: Release | Rejection) -> bytes:
    if isinstance(found, Rejection) or len(found.body) > WORDED_AT_MOST:
        return b""
    return packed(wording(found.title, found.body, found.language))


def read_capture(capture: Capture) -> tuple[Reading, ...]:
    """The readings of a capture, read in this process."""
    return answer(capture).open()


def _told(found: Release | Rejection) -> _Told:
    if isinstance(found, Rejection):
        return None, "", "", rejection_of(found), ""
    parts = list(plain_parts(found.blocks))
    whole = "".join(parts)
    said = without_blanks(whole)
    return found, fingerprint((said,)), _body_digest(parts, said, whole), None, fields_digest(found)


def _body_digest(parts: Sequence[str], said: str, whole: str) -> str:
    """SHA-256 (hex) of the parts in Unicode NFC without white space; `said` is what they are without it."""
    if not unicodedata.is_normalized("NFC", whole):  # what passed the gate is, and so is every part it was cut into
        said = without_blanks("".join(unicodedata.normalize("NFC", part) for part in parts))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()
