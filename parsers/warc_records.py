"""The records of a WARC or ARC file from anywhere (ISO 28500, and its predecessor), as far as they can be read.

Strangers' files are cut short, packed as one gzip member or with members that end inside records, and count their
bytes wrong. What can be read is given in order; where nothing more can, that place is named.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

LARGEST_BODY = 8_000_000  # bytes of a record's body, unpacked
MOST_UNPACKED = 300_000_000  # bytes of the file; two seconds, and what comes behind would be cut off by the clock
MOST_RECORDS = 50_000

_GZIP = b"\x1f\x8b"
_GZIP_FORMAT = 31  # window bits, plus 16 for a gzip wrapper
_STEP = 1 << 20
_PACKED_STEP = 1 << 12  # small, because what lies behind a member is copied when it ends
_OVERLOOKED = "what stands behind its record is none and was passed over"
_FAULTS = (
    ArchiveLoadFailed,
    EOFError,
    OSError,
    zlib.error,
    ValueError,
    IndexError,
    KeyError,
    AttributeError,
    TypeError,
)


@dataclass(frozen=True, slots=True)
class Stored:
    """One record. `kind` is its WARC-Type, `status` and `headers` are those of HTTP, `offset` is that in the unpacked
    file; `whole` is False where the file ends inside it, `body` None where it is too large."""

    number: int
    offset: int
    kind: str
    url: str
    date: str
    status: str
    media_type: str
    whole: bool
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where bytes could not be read, and why."""

    offset: int
    reason: str


class _Unpacked:
    """A file-like stream over the file; packed ones are unpacked member by member, as far as that goes.

    `fault` says why the stream ended before its end.
    """

    def __init__(self, body: bytes) -> None:
        self.fault = ""
        self._body = body
        self._at = 0
        self._told = 0
        self._member = zlib.decompressobj(_GZIP_FORMAT) if body.startswith(_GZIP) else None

    def read(self, size: int = -1) -> bytes:
        size = min(size, _STEP) if size >= 0 else _STEP
        if self._told > MOST_UNPACKED:
            self.fault = f"it unpacks to more than {MOST_UNPACKED:,} bytes"
            return b""
        data = self._packed(size) if self._member is None else self._unpacked(self._member, size)
        self._told += len(data)
        return data

    def tell(self) -> int:
        return self._told

    def _packed(self, size: int) -> bytes:
        data = self._body[self._at : self._at + size]
        self._at += len(data)
        return data

    def _unpacked(self, member: "zlib._Decompress", size: int) -> bytes:
        while not self.fault:
            if member.eof:
                self._at -= len(member.unused_data)
                if not self._body.startswith(_GZIP, self._at):  # the end, or something that is no part of the archive
                    return b""
                self._member = member = zlib.decompressobj(_GZIP_FORMAT)
            packed = member.unconsumed_tail or self._packed(_PACKED_STEP)
            try:
                if data := member.decompress(packed, size):
                    return data
            except zlib.error as error:
                self.fault = f"its gzip data are damaged ({error})"
            if not packed:
                self.fault = "it is cut off inside a gzip member"
        return b""


def records_in(body: bytes) -> Iterator[Stored | Broken]:
    """The records in order; a `Broken` where bytes were passed over, or the file cannot be read on."""
    stream = _Unpacked(body)
    offset = number = overlooked = 0
    try:
        walk = ArchiveIterator(stream, arc2warc=True)
        for number, record in enumerate(walk, 1):
            if walk.err_count > overlooked:
                yield Broken(offset, _OVERLOOKED)
                overlooked = walk.err_count
            stored, fault = _stored(record, number)
            offset = walk.get_record_offset()  # which reads on to the end of the record
            yield replace(stored, offset=offset)
            if fault or number == MOST_RECORDS:
                stream.fault = stream.fault or fault or f"it has more than {MOST_RECORDS:,} records"
                break
        if walk.err_count > overlooked:
            stream.fault = stream.fault or _OVERLOOKED
    except _FAULTS as error:
        stream.fault = stream.fault or f"behind record {number}: {_plain(error)}"
    if stream.fault:
        yield Broken(offset, stream.fault)


def _stored(record: Any, number: int) -> tuple[Stored, str]:
    """A record as far as it can be read, and what stopped that."""
    fault = ""
    parts: list[bytes] = []
    size = 0
    try:
        stream = record.content_stream()
        while size <= LARGEST_BODY and (read := stream.read(1 << 16)):
            parts.append(read)
            size += len(read)
        while record.raw_stream.read(1 << 16):
            pass
    except _FAULTS as error:
        fault = _plain(error)
    http = record.http_headers
    length = http.get_header("Content-Length") if http else None
    left = 0 if length == str(size) else getattr(record.raw_stream, "limit", 0)
    stored = Stored(
        number=number,
        offset=0,
        kind=record.rec_type or "",
        url=(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>"),
        date=record.rec_headers.get_header("WARC-Date") or "",
        status=(http.get_statuscode() or "") if http and record.rec_type in ("response", "revisit") else "",
        media_type=(http.get_header("Content-Type") if http else record.content_type) or "",
        whole=not (fault or left),
        headers=tuple((str(name), str(value)) for name, value in http.headers) if http else (),
        body=b"".join(parts) if size <= LARGEST_BODY else None,
    )
    return stored, fault or (f"the file ends {left} bytes before its record does" if left else "")


def _plain(error: BaseException) -> str:
    if isinstance(error, ArchiveLoadFailed):
        return "what follows is no record"
    told = str(error).split("\n", 1)[0][:120]
    return f"{told[:1].lower()}{told[1:]}" if told else type(error).__name__
