"""Bytes to text in the order of the WHATWG Encoding Standard, with a count of what was lost.

Byte order mark, then the charset a header or an operator states, then the page's own meta or XML
declaration, then strict UTF-8, then detection. A statement that would make nonsense of the bytes is
passed over: half of the wrong ones are UTF-8 pages behind a header that says something else.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from parsers.charsets import codec_of, name_of
from parsers.guessing import escaped_or_wide, guess
from parsers.prescan import stated_codec

Rule = Literal["bom", "declared", "meta", "utf-8", "detected"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Where the first reading loses something, a wider table of the same encoding is tried.
_WIDER = {
    "big5hkscs": "cp950",
    "euc_jp": "euc_jis_2004",
    "shift_jis": "cp932",
    "cp932": "shift_jis_2004",
    "cp1252": "latin-1",
}
_PLAINLY_UTF8 = 5  # characters beyond ASCII; other encodings fall into its pattern by chance only in shorter texts

_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x1f\x8b\x08", "gzip-compressed data"),
    (b"BZh91AY&SY", "bzip2-compressed data"),
    (b"\xfd7zXZ\x00", "xz-compressed data"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"PAR1", "a Parquet file"),
)
_SAMPLE = 1 << 18  # characters looked at for control characters
_CONTROLS = bytes(code for code in (*range(0x20), 0x7F) if code not in b"\t\n\v\f\r\x1b")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_HAVE_REPLACEMENT = frozenset(("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "gb18030"))
_TOLERATED = 2  # a stray byte or two spoils no text, however short
_LOST_SHARE = 0.001
_SPOILT_SHARE = 0.01  # what was lost before the bytes were written may stand in scripts and samples of a page
_CONTROL_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read with, the rule that chose it, and the U+FFFD that reading put in."""

    text: str
    encoding: str
    rule: Rule
    replaced: int


@dataclass(frozen=True, slots=True)
class Undecodable:
    """Why bytes are not text, in words for a person."""

    reason: str


def decode(body: bytes, *, declared: str | None = None, markup: bool = False) -> Decoded | Undecodable:
    """Read bytes as text.

    `declared` is the charset of a header or a sidecar, ignored when it is no WHATWG label; `markup` lets
    the page's own declaration count. Undecodable when the bytes are no text, when more than one character
    in a thousand was lost, or when more than one in a hundred had been lost before.
    """
    kind = next((name for magic, name in _MAGIC if body.startswith(magic)), None)
    if kind:
        return Undecodable(f"looks like {kind}, not text: {_control_share(body.decode('latin-1'))}")
    decoded = _chosen(body, declared, markup)
    return decoded if isinstance(decoded, Undecodable) else _fit(decoded)


def _chosen(body: bytes, declared: str | None, markup: bool) -> Decoded | Undecodable:
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return _read(body[len(mark) :], codec, "bom")
    utf8 = _strict_utf8(body)
    first: Decoded | None = None
    for rule, codec in _statements(body, declared, markup):
        decoded = Decoded(utf8, codec, rule, 0) if codec == "utf-8" and utf8 is not None else _read(body, codec, rule)
        if not _nonsense(decoded) and (codec == "utf-8" or not _plainly_utf8(utf8)):
            return decoded
        first = first or decoded
    decoded_otherwise = _unstated(body, utf8)
    if first and (isinstance(decoded_otherwise, Undecodable) or _nonsense(decoded_otherwise)):
        return first
    return decoded_otherwise


def _statements(body: bytes, declared: str | None, markup: bool) -> Iterator[tuple[Rule, str]]:
    if declared and (codec := codec_of(declared)):
        yield "declared", codec
    if markup and (codec := stated_codec(body)):
        yield "meta", codec


def _unstated(body: bytes, utf8: str | None) -> Decoded | Undecodable:
    if codec := escaped_or_wide(body):
        return _read(body, codec, "detected")
    if utf8 is not None:
        return Decoded(utf8, "utf-8", "utf-8", 0)
    if codec := guess(body):
        return _read(body, codec, "detected")
    return Undecodable(f"no encoding makes text of these bytes: {_control_share(body.decode('latin-1'))}")


def _strict_utf8(body: bytes) -> str | None:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _plainly_utf8(utf8: str | None) -> bool:
    return utf8 is not None and not utf8.isascii() and len(_BEYOND_ASCII.findall(utf8[:_SAMPLE])) >= _PLAINLY_UTF8


def _read(body: bytes, codec: str, rule: Rule) -> Decoded:
    text, replaced = _replacing(body, codec)
    name = name_of(codec)
    while replaced and (codec := _WIDER.get(codec, "")):
        text, replaced = min((text, replaced), _replacing(body, codec), key=lambda reading: reading[1])
    return Decoded(text, name, rule, replaced)


def _replacing(body: bytes, codec: str) -> tuple[str, int]:
    """The text, and how many of its U+FFFD the bytes themselves do not hold."""
    text = body.decode(codec, "replace")
    replaced = text.count("\ufffd")
    if replaced and codec in _HAVE_REPLACEMENT:
        replaced = max(0, replaced - body.count("\ufffd".encode(codec)))
    return text, replaced


def _nonsense(decoded: Decoded) -> bool:
    return decoded.replaced > _TOLERATED and decoded.replaced > _LOST_SHARE * len(decoded.text)


def _fit(decoded: Decoded) -> Decoded | Undecodable:
    sample = decoded.text[:_SAMPLE]
    controls = _count_controls(sample)
    if controls > _TOLERATED and controls > _CONTROL_SHARE * len(sample):
        return Undecodable(f"looks like binary data, not text: {_control_share(sample)}")
    if _nonsense(decoded):
        share = 100 * decoded.replaced / len(decoded.text)
        return Undecodable(
            f"{decoded.replaced} of {len(decoded.text)} characters ({share:.2g} %) could not be read as"
            f" {decoded.encoding} ({decoded.rule}); state the right charset"
        )
    spoilt = decoded.text.count("\ufffd")
    if spoilt > _TOLERATED and spoilt > _SPOILT_SHARE * len(decoded.text):
        return Undecodable(
            f"{spoilt} of {len(decoded.text)} characters are U+FFFD: they were lost before this was saved; get it anew"
        )
    return decoded


def _control_share(text: str) -> str:
    sample = text[:_SAMPLE]
    return f"{100 * _count_controls(sample) / max(1, len(sample)):.2g} % control characters"


def _count_controls(sample: str) -> int:
    data = sample.encode("utf-8", "replace")  # there bytes.translate counts ten times faster than a pattern
    return len(data) - len(data.translate(None, _CONTROLS))
