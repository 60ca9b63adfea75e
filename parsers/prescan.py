"""The encoding a page names for itself in its first bytes.

HTML Standard, 13.2.3.2 (prescan a byte stream to determine its encoding), and the declaration of XML 1.0, 4.3.3.
"""

import re

from parsers.charsets import codec_of

_PRESCAN = 1_024  # bytes
_XML = re.compile(rb"\A\s{0,64}<\?xml\s[^>]{0,200}?encoding\s{0,8}=\s{0,8}[\"']([^\"'>]{1,40})[\"']")
_COMMENT = re.compile(rb"<!--(?:-?>|.*?-->)", re.DOTALL)
_META = re.compile(rb"<meta(?=[\s/])", re.IGNORECASE)
_TAG = re.compile(rb"</?[a-z][^\s>]*", re.IGNORECASE)
_OTHER = re.compile(rb"<[!/?][^>]*>")
_ATTRIBUTE = re.compile(
    rb"[\s/]*(?P<name>[^\s/>=][^\s/>=]*)\s*(?:=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>][^\s>]*)))?"
)
_ATTRIBUTES_END = re.compile(rb"[\s/]*>")
_CHARSET = re.compile(rb"charset\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s;\"'][^\s;]*))", re.IGNORECASE)


def stated_codec(body: bytes) -> str | None:
    """The codec named by a `meta` element or an XML declaration within 1,024 bytes; None when there is none.

    A page that names UTF-16 in bytes which read as ASCII is in UTF-8.
    """
    head = body[:_PRESCAN]
    codec = _by_meta(head)
    if codec is None and (declaration := _XML.match(head)):
        codec = codec_of(declaration[1].decode("latin-1"))
    return "utf-8" if codec and codec.startswith("utf-16") else codec


def _by_meta(head: bytes) -> str | None:
    place = 0
    while (place := head.find(b"<", place)) >= 0:
        if head.startswith(b"<!--", place):
            match = _COMMENT.match(head, place)
            if match is None:
                return None
            place = match.end()
        elif match := _META.match(head, place):
            attributes, place = _attributes(head, match.end())
            if codec := _named_by(attributes):
                return codec
        elif match := _TAG.match(head, place):
            place = _attributes(head, match.end())[1]
        elif match := _OTHER.match(head, place):
            place = match.end()
        else:
            place += 1
    return None


def _attributes(head: bytes, place: int) -> tuple[dict[bytes, bytes], int]:
    """The attributes of a tag, the first of each name, and the place behind it; none where the tag is cut off."""
    attributes: dict[bytes, bytes] = {}
    while not (end := _ATTRIBUTES_END.match(head, place)):
        match = _ATTRIBUTE.match(head, place)
        if match is None or match.end() == len(head):
            return {}, len(head)
        value = match["double"] or match["single"] or match["bare"] or b""
        attributes.setdefault(match["name"].lower(), value)
        place = match.end()
    return attributes, end.end()


def _named_by(attributes: dict[bytes, bytes]) -> str | None:
    label = attributes.get(b"charset")
    if label is None and attributes.get(b"http-equiv", b"").lower() == b"content-type":
        found = _CHARSET.search(attributes.get(b"content", b""))
        label = next((group for group in found.groups() if group is not None), None) if found else None
    return codec_of(label.decode("latin-1")) if label else None
