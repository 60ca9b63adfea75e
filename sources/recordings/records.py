"""What records a WARC or ARC file has (ISO 28500, and its predecessor), read once from front to end without bodies.

Strangers' files are cut short, packed as one gzip member or with members that end inside records, and count their
bytes wrong. Where nothing can be read, that place is named, and reading goes on at the next record that can be.
"""

import re
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass
from io import StringIO
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed

from sources.recordings.unpacking import GZIP, Place, Unpacked

FAULTS = (ArchiveLoadFailed, EOFError, OSError, zlib.error, ValueError, IndexError, KeyError, AttributeError, TypeError)

_OVERLOOKED = "what stands behind its record is none and was passed over"
_MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
_HEAD = re.compile(rb"(?:WARC/[01]\.\d+\r?\n|https?://\S{1,4000} \S{1,100} \d{14} )")
_WINDOW = 1 << 20
_LONGEST_LINE = 1 << 18  # bytes of a head
_MOST_LINES = 20_000  # of the heads of one record
_LONGEST_FIELD = 4_000  # characters that are kept of one


@dataclass(frozen=True, slots=True)
class Seen:
    """One record as its heads tell of it. `kind` is its WARC-Type, `status` and `media_type` are those of HTTP where
    it has them; `refers_to` is id, address and date of the record that a revisit speaks of; `size`
    counts the bytes of its body as sent; `fault` is why it could not be read to its end."""

    number: int
    place: Place
    kind: str
    url: str
    date: str
    status: str
    media_type: str
    payload_digest: str
    id: str
    refers_to: tuple[str, str, str] = ("", "", "")
    size: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where bytes could not be read, and why."""

    place: Place
    reason: str


def records_of(file: BinaryIO, *, bound: int) -> Iterator[Seen | Broken]:
    """The records in order; a `Broken` where bytes were passed over. `bound` is how many it may unpack to."""
    start: int | None = 0
    number = 0
    while start is not None:
        stream = Unpacked(file, start, bound=bound)
        last = start
        with redirect_stderr(StringIO()):  # the library tells the terminal what it overlooks
            for one in _stretch(stream, number):
                number = one.number if isinstance(one, Seen) else number
                last = one.place.offset
                yield one
        bound -= stream.tell()
        if not stream.fault or bound <= 0:
            return
        start = _next_start(file, max(last, stream.member_at, start) + 1)


def _stretch(stream: Unpacked, before: int) -> Iterator[Seen | Broken]:
    """The records up to the end or the next fault, which is named last and stands in `stream.fault` too."""
    place, overlooked = stream.place(0), 0
    try:
        walk = ArchiveIterator(stream, arc2warc=True)
        walk.reader = _BoundedLines(stream)
        for number, record in enumerate(walk, before + 1):
            if walk.err_count > overlooked:
                yield Broken(place, _OVERLOOKED)
                overlooked = walk.err_count
            size, lacks = _pass_over(record)
            walk.reader.lines = 0
            place = stream.place(walk.get_record_offset())  # which reads on to the end of the record
            if lacks:
                stream.fault = stream.fault or f"the file ends {lacks:,} bytes before its record does"
            yield _seen(record, number, place, size, stream.fault if lacks else "")
            if lacks:
                return
        if walk.err_count > overlooked:
            stream.fault = stream.fault or _OVERLOOKED
    except FAULTS as error:
        stream.fault = stream.fault or plain(error)
    if stream.fault:
        yield Broken(place, stream.fault)


class _BoundedLines(DecompressingBufferedReader):  # type: ignore[misc]
    """The library's reader; it would put a line or a head together piece by piece for as long as the file goes on."""

    lines = 0  # since the last record ended

    def readline(self, length: int | None = None) -> bytes:
        self.lines += 1
        if self.lines > _MOST_LINES:
            raise ValueError(f"a head of more than {_MOST_LINES:,} lines")
        line: bytes = super().readline(length or _LONGEST_LINE)
        return line


def _pass_over(record: Any) -> tuple[int, int]:
    """Reads to the end of the record; how many bytes its body has, and how many are missing there."""
    size = 0
    while read := len(record.raw_stream.read(_WINDOW)):
        size += read
    return size, int(getattr(record.raw_stream, "limit", 0) or 0)


def _seen(record: Any, number: int, place: Place, size: int, fault: str) -> Seen:
    def field(name: str) -> str:
        return (record.rec_headers.get_header(name) or "")[:_LONGEST_FIELD]

    http = record.http_headers
    kind = record.rec_type or ""
    refers = ("WARC-Refers-To", "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date")
    own_id, target, date = (field(name) if kind == "revisit" else "" for name in refers)
    return Seen(
        number=number,
        place=place,
        kind=kind[:40],
        url=field("WARC-Target-URI").strip("<>"),
        date=field("WARC-Date")[:40],
        status=(http.get_statuscode() or "")[:20] if http and kind in ("response", "revisit") else "",
        media_type=((http.get_header("Content-Type") if http else record.content_type) or "")[:200],
        payload_digest=field("WARC-Payload-Digest"),
        id=field("WARC-Record-ID"),
        refers_to=(own_id, target.strip("<>"), date),
        size=size,
        fault=fault,
    )


def _next_start(file: BinaryIO, offset: int) -> int | None:
    """Where the next record begins that looks like one, from `offset` on; None when there is none."""
    file.seek(0)
    pattern = _MEMBER if file.read(2) == GZIP else _HEAD
    file.seek(offset)
    held = b""
    while piece := file.read(_WINDOW):
        held += piece
        for match in pattern.finditer(held):
            if pattern is _HEAD or _begins_record(held[match.start() : match.start() + 4096]):
                return offset + match.start()
        kept = held[-_LONGEST_FIELD:]
        offset += len(held) - len(kept)
        held = kept
        if len(piece) < _WINDOW:
            return None
    return None


def _begins_record(packed: bytes) -> bool:
    try:
        return _HEAD.match(zlib.decompressobj(31).decompress(packed, 4_200)) is not None
    except zlib.error:
        return False


def plain(error: BaseException) -> str:
    """What went wrong, in one short line."""
    if isinstance(error, ArchiveLoadFailed):
        return "what follows is no record"
    told = str(error).split("\n", 1)[0][:120]
    return f"{told[:1].lower()}{told[1:]}" if told else type(error).__name__
