"""What a body is by its first bytes, for those that come without a media type or with one that says nothing.

Signatures from the WHATWG MIME Sniffing Standard and the formats' own specifications; a media type that says
something is believed.
"""

import re
import zlib

from sources.capture import Capture

SAYS_NOTHING = frozenset(
    {"", "application/octet-stream", "binary/octet-stream", "application/zip", "application/gzip"}
    | {"application/x-gzip", "application/x-zip-compressed", "application/force-download", "application/x-download"}
)
_STARTS = (
    (re.compile(rb"%PDF-\d"), "application/pdf"),
    (re.compile(rb"\{\\rtf"), "application/rtf"),
    (re.compile(rb"WARC/\d|filedesc://"), "application/warc"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s{0,200}(?:<!doctype html|<html)[\s>]", re.IGNORECASE), "text/html"),
)
_ZIP = b"PK\x03\x04"
_ODT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_WORD = re.compile(rb"word/document\d{0,3}\.xml")
_GZIP_FORMAT = 31


def kind_of(capture: Capture) -> str:
    """The media type of a capture without its parameters, lower case: as told, else by the first bytes."""
    told = capture.media_type.partition(";")[0].strip().lower()
    return (_by_bytes(capture.body) or told) if told in SAYS_NOTHING else told


def _by_bytes(body: bytes) -> str | None:
    if body.startswith(_ZIP):
        if _ODT in body[:200]:
            return "application/vnd.oasis.opendocument.text"
        is_word = _WORD.search(body) is not None
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document" if is_word else None
    if body.startswith(b"\x1f\x8b"):
        body = _unpacked_start(body)
        return "application/warc" if body.startswith((b"WARC/", b"filedesc://")) else None
    return next((kind for start, kind in _STARTS if start.match(body)), None)


def _unpacked_start(body: bytes) -> bytes:
    try:
        return zlib.decompressobj(_GZIP_FORMAT).decompress(body[:4_096], 64)
    except zlib.error:
        return b""
