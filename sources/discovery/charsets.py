"""Which Python codec reads a charset that a header or a document names."""

import codecs

# Codecs of Python that are no character encodings of documents, or that smuggle markup past a reader.
_NEVER = frozenset({"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"})
# What publishers name is often the smaller cousin of what they write (WHATWG Encoding, section 4.2).
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso8859-1": "cp1252", "ascii": "cp1252"}


def codec_of(name: str | None, body: bytes) -> str | None:
    """The codec for a charset name, a superset where one is meant; None for a name that is not to be believed.

    A body that is whole UTF-8 is not read as Latin-1 or ASCII: servers claim those for everything they send.
    """
    try:
        found = codecs.lookup(name or "").name
    except (LookupError, ValueError):
        return None
    found = _SUPERSETS.get(found, found)
    if found == "cp1252" and _is_utf8(body):
        return "utf-8"
    return None if found in _NEVER else found


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
