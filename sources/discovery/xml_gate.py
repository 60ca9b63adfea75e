"""The gate for XML from strangers: size, depth and declarations are checked before any reader sees a byte.

A DOCTYPE that only names an external subset passes and is never loaded (old RSS has one); a DOCTYPE that declares
entities is refused where the declaration stands, so nothing can ever expand (XML 1.0 section 4.4, RFC 4287
section 8 and the usual bombs). Everything behind the gate is UTF-8, so that no two readers can differ about it.
"""

import codecs
import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from sources.discovery.charsets import codec_of

FEED_BYTES = 10_000_000
SITEMAP_BYTES = 52_428_800
"""The limit of the sitemaps protocol, 50 MB."""

MOST_DEPTH = 200
MOST_ELEMENTS = 1_000_000

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNMARKED = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{1,100}?encoding\s*=\s*["']([A-Za-z][\w.:-]{0,40})["']""")
_ENTITY = re.compile(rb"<!\s*ENTITY\s", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml\s[^>]{0,200}\?>")


@dataclass(frozen=True, slots=True)
class Refused:
    """Markup that is not read at all, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Passed:
    """Markup behind the gate: UTF-8 with a plain declaration. `fault` is why it is not well-formed, None if it is."""

    utf8: bytes
    fault: str | None
    root: Element | None


class _Refusal(Exception):
    pass


def pass_xml(body: bytes, charset: str | None = None, *, most_bytes: int = FEED_BYTES) -> Passed | Refused:
    """A document that may be handed to an XML reader, with its tree when it is well-formed.

    :param charset: of the HTTP header; a byte order mark beats it, and it beats the declaration (RFC 7303).
    :param most_bytes: a longer body is refused unread.
    """
    if len(body) > most_bytes:
        return Refused(f"{len(body):,} bytes of XML, over the limit of {most_bytes:,}")
    text = _decode(body, charset)
    if isinstance(text, Refused):
        return text
    utf8 = b'<?xml version="1.0" encoding="utf-8"?>' + _DECLARATION.sub("", text, count=1).lstrip().encode()
    builder = _Builder()
    try:
        builder.read(utf8)
    except _Refusal as refusal:
        return Refused(str(refusal))
    except expat.ExpatError as error:
        fault = f"not well-formed XML: {expat.ErrorString(error.code)} in line {error.lineno}"
        # Expat stopped before it saw all declarations, and a lenient reader might believe them.
        return Refused(f"{fault}, with declarations of entities") if _ENTITY.search(utf8) else Passed(utf8, fault, None)
    return Passed(utf8, None, builder.tree.close())


def _decode(body: bytes, charset: str | None) -> str | Refused:
    """The text by byte order mark, else header, else the first bytes, else the declaration, else UTF-8."""
    names = [name for mark, name in _BOMS if body.startswith(mark)][:1]
    names += [charset] if charset else []
    names += [name for mark, name in _UNMARKED if body.startswith(mark)][:1]
    if declared := _DECLARED.match(body[:300]):
        names.append(declared[1].decode())
    for name in [*names, "utf-8"]:
        try:
            return _decoded(body, name)
        except (LookupError, UnicodeError, ValueError):
            continue
    tried = ", ".join(dict.fromkeys([*names, "utf-8"]))
    text = body.decode((codec_of(names[-1], body) if names else None) or "utf-8", "replace")
    lost = text.count("\ufffd")
    return text if lost * 1_000 <= len(text) else Refused(f"its bytes are in none of the encodings tried ({tried})")


def _decoded(body: bytes, name: str) -> str:
    text = body.decode(codec_of(name, body) or "")
    if "\0" in text[:400]:
        raise ValueError(name)
    return text.removeprefix("\ufeff").encode("utf-8", "replace").decode()


class _Builder:
    """Feeds expat's events to a tree, and refuses what no list of releases has."""

    def __init__(self) -> None:
        self.tree = TreeBuilder()
        self._depth = self._elements = 0
        self._utf8 = b""
        parser = expat.ParserCreate("utf-8", "}")
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.EntityDeclHandler = self._refuse_entity
        parser.EndDoctypeDeclHandler = self._doctype_read
        parser.ExternalEntityRefHandler = self._refuse_external
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.tree.data
        parser.buffer_text = True
        parser.buffer_size = 65_536
        self._parser = parser

    def read(self, utf8: bytes) -> None:
        self._utf8 = utf8
        self._parser.Parse(utf8, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > MOST_DEPTH:
            raise _Refusal(f"elements nested more than {MOST_DEPTH} deep")
        if self._elements > MOST_ELEMENTS:
            raise _Refusal(f"more than {MOST_ELEMENTS:,} elements")
        self.tree.start(_qualified(name), attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self.tree.end(_qualified(name))

    def _refuse_entity(self, name: str, *_: object) -> None:
        raise _Refusal(f"it declares the entity {name[:40]!r}; declarations are refused")

    def _doctype_read(self) -> None:
        # Expat says nothing of a declaration that names one of the five entities of XML itself.
        if _ENTITY.search(self._utf8[: self._parser.CurrentByteIndex]):
            raise _Refusal("it declares an entity; declarations are refused")

    def _refuse_external(self, *_: object) -> int:
        raise _Refusal("it refers to an external entity; none is ever loaded")


def _qualified(name: str) -> str:
    return f"{{{name}" if "}" in name else name


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def child_text(element: Element, name: str) -> str:
    """The text of the first child of that local name, white space at the ends gone; empty when there is none."""
    for child in element:
        if local_name(child) == name:
            return "".join(child.itertext()).strip()
    return ""
