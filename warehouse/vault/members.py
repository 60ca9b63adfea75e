"""One WARC record in one gzip member: making it, and walking over all of a file.

WARC 1.1 (ISO 28500:2017) asks for a member per record, so that a record can be reached by its offset.
Digests are labelled `sha256:` with lower-case hex, which warcio's checker and jwarc read as well as base32.
"""

import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Literal

from isal import isal_zlib
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeaders

RecordType = Literal["warcinfo", "resource", "response", "request", "metadata"]

GZIP_LEVEL = 2  # of ISA-L's 0 to 3: a fifth of the time zlib takes at its level 6, for three percent more bytes
GZIP_FORMAT = 31  # window bits, plus 16 for a gzip wrapper
RECORD_END = b"\r\n\r\n"
FEED_BYTES = 4096  # small, because zlib copies what lies behind a member each time one ends
FEED_LIMIT = 1 << 16
READ_BYTES = 1 << 20

# Magic, deflate, no flags, no time, no hint: how every member we write begins, by zlib or ISA-L. The tenth byte
# names the system that wrote it.
MEMBER_START = bytes.fromhex("1f8b08000000000000")

_PAYLOAD_IS_BLOCK = ("resource", "metadata")
_HTTP = ("response", "request")
_HEAD_END = re.compile(rb"\n\r?\n")
_PLAIN_HEAD = re.compile(rb"WARC/1\.1\r\n((?:[A-Za-z-]+: [!-~](?:[ -~]*[!-~])?(?:\r\n(?!\r))?)+)\r\n\r\n")
_NOT_HEADER_TEXT = re.compile(r"[^\x20-\x7e]")
_NOT_IN_URI = re.compile(r"[^\x21-\x7e]|[<>]")

_loader = ArcWarcRecordLoader()


@dataclass(frozen=True, slots=True)
class Record:
    """One record as read. `offset` and `length` are those of its gzip member; header names are lower case.

    `payload_at` is where in the block the payload begins: behind the head of an HTTP message, else at 0.
    """

    offset: int
    length: int
    kind: str
    headers: Mapping[str, str]
    block: bytes
    payload_at: int = 0

    @property
    def payload(self) -> bytes:
        return self.block[self.payload_at :]

    @property
    def end(self) -> int:
        return self.offset + self.length

    @property
    def id(self) -> str:
        return self.headers.get("warc-record-id", "")


@dataclass(frozen=True, slots=True)
class Damage:
    """A place in a file that is not a whole, sound record; `ref` names the capture it belongs to, if known."""

    offset: int
    what: str
    ref: str | None = None


def member(kind: RecordType, block: bytes, content_type: str, headers: Mapping[str, str]) -> bytes:
    """One record as a gzip member; the same record gives the same bytes on the same machine.

    Lengths and digests are added here, but for the payload digest of an HTTP message. Header values must have
    passed `header_text` or `uri_text`.
    """
    label = f"sha256:{hashlib.sha256(block).hexdigest()}"
    lines = [("WARC-Type", kind), *headers.items()]
    if kind in _PAYLOAD_IS_BLOCK:
        lines.append(("WARC-Payload-Digest", label))
    lines += [("WARC-Block-Digest", label), ("Content-Type", content_type), ("Content-Length", str(len(block)))]
    # Not through WARCWriter: it looks every header up several times and is bound to gzip level 9. And set,
    # not passed, as the constructor converts each one. Together they took half the time of keeping a release.
    head = StatusAndHeaders("", [], protocol="WARC/1.1")
    head.headers = lines
    return isal_zlib.compress(b"".join((head.to_bytes(), block, RECORD_END)), GZIP_LEVEL, GZIP_FORMAT)


def header_text(value: str) -> str:
    """A value that is safe in a WARC header: warcio writes CR and LF verbatim, so all but ASCII is escaped."""
    return _NOT_HEADER_TEXT.sub(_percent, value).strip()


def uri_text(value: str) -> str:
    """An address that is safe as WARC-Target-URI: readers rewrite spaces and drop angle brackets."""
    return _NOT_IN_URI.sub(_percent, value)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "surrogatepass"))


def walk(path: Path, start: int = 0) -> Iterator[Record | Damage]:
    """Every record of a file from `start` on, in order; after a damaged one it goes on at the next member.

    Each member's gzip trailer, its block length and its digests are checked. Holds one member at a time.

    :raises OSError: when the file cannot be opened or read.
    """
    with path.open("rb") as file:
        offset: int | None = start
        while offset is not None:
            inflated = _inflate(file, offset)
            if inflated is None:
                return
            if isinstance(inflated, Damage):
                yield inflated
                offset = _next_member(file, offset + 1)
            else:
                length, data = inflated
                yield _record(offset, length, data)
                offset += length


def _inflate(file: BinaryIO, offset: int) -> tuple[int, bytes] | Damage | None:
    """Compressed length and content of the member at `offset`; None at the end of the file."""
    file.seek(offset)
    start = feed = file.read(FEED_BYTES)
    if not feed:
        return None
    if not start.startswith(MEMBER_START):
        return Damage(offset, "no gzip member begins here")
    inflater = zlib.decompressobj(GZIP_FORMAT)
    pieces: list[bytes] = []
    length, step = 0, FEED_BYTES
    try:
        while feed:
            pieces.append(inflater.decompress(feed))
            length += len(feed)
            if inflater.eof:
                return length - len(inflater.unused_data), b"".join(pieces)
            step = min(step * 2, FEED_LIMIT)
            feed = file.read(step)
    except zlib.error as error:
        return Damage(offset, f"the gzip member is damaged ({error})")
    return Damage(offset, "the gzip member is cut short")


def _next_member(file: BinaryIO, offset: int) -> int | None:
    """Where the next bytes that look like the start of a member are."""
    file.seek(offset)
    held, position = b"", offset
    while piece := file.read(READ_BYTES):
        held += piece
        found = held.find(MEMBER_START)
        if found >= 0:
            return position + found
        keep = len(MEMBER_START) - 1
        position += max(len(held) - keep, 0)
        held = held[-keep:]
    return None


def _record(offset: int, length: int, data: bytes) -> Record | Damage:
    try:
        kind, headers, block, end = _as_we_write(data) or _by_the_standard(data)
    except (ArchiveLoadFailed, EOFError, ValueError) as error:
        return Damage(offset, f"no WARC record in the gzip member ({str(error).strip()})")
    if headers.get("content-length") != str(len(block)) or end != RECORD_END:
        return Damage(offset, "the record's length is not its Content-Length")
    payload_at = _payload_at(block) if kind in _HTTP else 0
    whole = hashlib.sha256(block).hexdigest()
    payload = hashlib.sha256(memoryview(block)[payload_at:]).hexdigest() if payload_at else whole
    for name, sha256 in (("warc-block-digest", whole), ("warc-payload-digest", payload)):
        if headers.get(name, f"sha256:{sha256}") != f"sha256:{sha256}":
            return Damage(offset, f"the record's content does not match its {name}")
    if "warc-block-digest" not in headers:
        return Damage(offset, "the record has no block digest")
    return Record(offset, length, kind, headers, block, payload_at)


_Parts = tuple[str, Mapping[str, str], bytes, bytes]  # kind, header fields, block, what is behind it


def _as_we_write(data: bytes) -> _Parts | None:
    """A record whose head is plain, as all of ours are; None for any other, which is left to the standard's reader.

    That takes half a millisecond for a head, ten times what all the rest of a record takes.
    """
    head = _PLAIN_HEAD.match(data)
    if head is None:
        return None
    fields = [line.split(": ", 1) for line in head[1].decode("ascii").split("\r\n")]
    headers = {name.lower(): value for name, value in fields}
    address = headers.get("warc-target-uri", "")
    if len(headers) < len(fields) or " " in address or address.startswith("<"):
        return None
    end = len(data) - len(RECORD_END)
    return headers.get("warc-type", ""), headers, data[head.end() : end], data[max(end, head.end()) :]


def _by_the_standard(data: bytes) -> _Parts:
    """Any record. :raises ArchiveLoadFailed, EOFError, ValueError: where there is none."""
    stream = BytesIO(data)
    loaded = _loader.parse_record_stream(stream, known_format="warc", no_record_parse=True)
    headers = {name.lower(): value for name, value in loaded.rec_headers.headers}
    return loaded.rec_type or "", headers, loaded.raw_stream.read(), stream.read()


def _payload_at(message: bytes) -> int:
    """Where the body of an HTTP message begins, after the first empty line."""
    end = _HEAD_END.search(message)
    return end.end() if end else len(message)
