"""One record's content: its codings undone, its digests checked.

Crawlers differ in what they count as payload: the body as sent, without its chunks, or as it was unpacked; and some
unpack a body and leave the field that says it is packed. A digest is right if it is that of any of these.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import brotli
from warcio.bufferedreaders import ChunkedDataReader
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParser

from sources.exchange import Fields
from sources.files import Unread, too_large
from sources.http.decoding import Decoded, decode
from sources.http.limits import Limits
from sources.recordings.records import FAULTS, plain
from sources.recordings.unpacking import STEP, Unpacked

MOST_HEADERS = 1 << 20  # bytes of a record that are not its body
MOST_RATIO = 2_000  # what a content coding may unfold to, within the limit for files

_loader = ArcWarcRecordLoader()
_http = StatusAndHeadersParser(("HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3"), verify=False)
_HEAD_END = re.compile(rb"\n\r?\n")
_ALGORITHMS = ("md5", "sha1", "sha256", "sha384", "sha512")
_MARKUP = (b"<", b"{", b"[")


@dataclass(frozen=True, slots=True)
class Content:
    """What a record holds. `payload` is as sent but for its chunks, `body` with its content coding undone; `fault` is
    why it must not be read, `whole` False where the crawler itself had cut it short."""

    status: str
    media_type: str
    headers: Fields
    payload: bytes = field(repr=False)
    body: bytes = field(repr=False)
    fault: str | None = None
    whole: bool = True


def content_at(stream: Unpacked, *, limit: int) -> Content | Unread:
    """The record that begins where `stream` stands, its body at most `limit` bytes."""
    try:
        record = _loader.parse_record_stream(stream, no_record_parse=True)
        block = _block(record, limit + MOST_HEADERS)
        left = int(getattr(record.raw_stream, "limit", 0) or 0)
        if len(block) > limit + MOST_HEADERS:
            return too_large(len(block) + left, limit)
        if left or stream.fault:
            return Unread("quarantined", f"damaged: {stream.fault or f'{left:,} bytes of it are missing'}")
        return _content(record, block, limit)
    except FAULTS as error:
        return Unread("quarantined", f"damaged: {stream.fault or plain(error)}")


def _block(record: Any, most: int) -> bytes:
    parts, size = [], 0
    while size <= most and (part := record.raw_stream.read(STEP)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _content(record: Any, block: bytes, limit: int) -> Content | Unread:
    told = {name.lower(): value for name, value in record.rec_headers.headers}
    status, media_type, sent = "", record.content_type or "", block
    headers: Fields = ()
    if record.rec_type == "response" and block.startswith(b"HTTP/"):
        if len(block) > MOST_HEADERS and _HEAD_END.search(block, 0, MOST_HEADERS) is None:
            return Unread("quarantined", f"damaged: its HTTP head does not end within {MOST_HEADERS:,} bytes")
        source = BytesIO(block)
        head = _http.parse(source)
        headers = tuple((str(name), str(value)) for name, value in head.headers)
        status, media_type = head.get_statuscode() or "", head.get_header("Content-Type") or ""
        sent = block[source.tell() :]
    payload = _without_chunks(sent, headers)
    decoded = _decoded(payload, _field(headers, "content-encoding"), limit)
    if len(decoded.content) > limit:
        return too_large(len(decoded.content), limit)
    is_cut = bool(told.get("warc-truncated"))
    forms = (sent, payload, decoded.content)
    fault = None if is_cut else _mismatch(told, block, forms) or decoded.fault
    return Content(status, media_type, headers, payload, decoded.content, fault, whole=not (is_cut or decoded.damaged))


def _field(headers: Fields, name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")


def _without_chunks(sent: bytes, headers: Fields) -> bytes:
    """The body without its transfer coding; as it is where a crawler took that off and left the field."""
    if "chunked" not in _field(headers, "transfer-encoding").lower():
        return sent
    reader = ChunkedDataReader(BytesIO(sent))
    parts = []
    while part := reader.read(STEP):
        parts.append(part)
    return b"".join(parts)


def _decoded(payload: bytes, coding: str, limit: int) -> Decoded:
    bare = coding.strip().lower().removeprefix("x-")
    if bare in ("", "identity") or payload.lstrip()[:1] in _MARKUP:
        return Decoded(payload)
    if bare != "br":
        return decode(payload, coding, Limits(decoded=limit, ratio=MOST_RATIO))
    parts, size = [], 0
    unfolding = brotli.Decompressor()
    try:
        part = unfolding.process(payload, output_buffer_limit=STEP)
        while part and size <= limit:
            parts.append(part)
            size += len(part)
            part = unfolding.process(b"", output_buffer_limit=STEP)
    except brotli.error:
        return Decoded(payload, "br", fault="br: damaged", damaged=True)
    if size <= limit and not unfolding.is_finished():
        return Decoded(payload, "br", fault="br: ends before its end mark", damaged=True)
    return Decoded(b"".join(parts), "br", ended=True)


def _mismatch(told: dict[str, str], block: bytes, forms: Sequence[bytes]) -> str | None:
    """Which of the record's own digests its bytes contradict; algorithms that are not known prove nothing."""
    for name, candidates in (("WARC-Block-Digest", (block,)), ("WARC-Payload-Digest", forms)):
        algorithm, _, value = told.get(name.lower(), "").partition(":")
        algorithm = algorithm.strip().lower().replace("-", "")
        if algorithm in _ALGORITHMS and value and not _is_one_of(algorithm, value.strip(), candidates):
            return f"its bytes are not those that were recorded: the {name} is another ({algorithm})"
    return None


def _is_one_of(algorithm: str, value: str, forms: Iterable[bytes]) -> bool:
    """Digests stand in base32, as the standard's examples have them, or in hex."""
    for form in dict.fromkeys(forms):
        made = hashlib.new(algorithm, form, usedforsecurity=False).digest()
        if value.lower() == made.hex() or value.upper().rstrip("=") == base64.b32encode(made).decode().rstrip("="):
            return True
    return False
