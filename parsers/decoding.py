"""Bytes to text in the order of the WHATWG Encoding Standard, with a count of what was lost.

Byte order mark, then the charset a header or an operator states, then the page's own meta or XML
declaration within 1,024 bytes, then strict UTF-8, then detection. Statements are often wrong, so bytes
that are UTF-8 beyond doubt are read as UTF-8 when the stated encoding makes nonsense of them.
"""

import codecs
import re
from dataclasses import dataclass
from typing import Literal

from parsers.charsets import codec_of, name_of
from parsers.guessing import escaped_or_wide, guess

Rule = Literal["bom", "declared", "meta", "utf-8", "detected"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PRESCAN = 1_024  # bytes, HTML Standard, 13.2.3.2
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_META = re.compile(rb"<meta[\s/][^>]*?charset\s*=\s*[\"']?\s*([^\s\"'/>;]+)", re.IGNORECASE)
_XML = re.compile(rb"\A\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"'>]+)[\"']")

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
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_TOLERATED = 2  # a stray byte or two spoils no text, however short
_LOST_SHARE = 0.001
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
    the page's own declaration count. Undecodable when the bytes are no text, or when more than one
    character in a thousand was lost.
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
    stated: list[tuple[Rule, str]] = []
    if declared and (codec_stated := codec_of(declared)):
        stated.append(("declared", codec_stated))
    if markup and (codec_meta := _meta(body[:_PRESCAN])):
        stated.append(("meta", codec_meta))
    utf8 = _strict_utf8(body)
    for rule, codec in stated:
        decoded = _read(body, codec, rule)
        if utf8 is None or codec == "utf-8" or not _nonsense(decoded):
            return decoded
    if codec_seen := escaped_or_wide(body):
        return _read(body, codec_seen, "detected")
    if utf8 is not None:
        return Decoded(utf8, "utf-8", "utf-8", 0)
    if codec_guessed := guess(body):
        return _read(body, codec_guessed, "detected")
    return Undecodable("no encoding makes text of these bytes")


def _strict_utf8(body: bytes) -> str | None:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _read(body: bytes, codec: str, rule: Rule) -> Decoded:
    text = body.decode(codec, "replace")
    replaced = text.count("\ufffd")
    if replaced and codec.startswith("utf"):
        replaced -= min(replaced, body.count("\ufffd".encode(codec)))
    return Decoded(text, name_of(codec), rule, replaced)


def _nonsense(decoded: Decoded) -> bool:
    return decoded.replaced > _TOLERATED and decoded.replaced > _LOST_SHARE * len(decoded.text)


def _meta(head: bytes) -> str | None:
    """The codec a page names in its first bytes; one that claims UTF-16 there is read as UTF-8, as browsers do."""
    head = _COMMENT.sub(b"", head)
    found = _META.search(head) or _XML.match(head)
    codec = codec_of(found[1].decode("latin-1")) if found else None
    return "utf-8" if codec and codec.startswith("utf-16") else codec


def _fit(decoded: Decoded) -> Decoded | Undecodable:
    sample = decoded.text[:_SAMPLE]
    controls = len(_CONTROL.findall(sample))
    if controls > _TOLERATED and controls > _CONTROL_SHARE * len(sample):
        return Undecodable(f"looks like binary data, not text: {_control_share(sample)}")
    if _nonsense(decoded):
        share = 100 * decoded.replaced / len(decoded.text)
        return Undecodable(
            f"{decoded.replaced} of {len(decoded.text)} characters ({share:.2g} %) could not be read as"
            f" {decoded.encoding} ({decoded.rule}); state the right charset"
        )
    return decoded


def _control_share(sample: str) -> str:
    sample = sample[:_SAMPLE]
    return f"{100 * len(_CONTROL.findall(sample)) / max(1, len(sample)):.2g} % control characters"
