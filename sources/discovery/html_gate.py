"""The gate for HTML lists from strangers: size, number of tags and depth are checked before a tree is built.

Building and searching a tree takes time in the square of its depth; a list of releases is shallow.
"""

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup

from sources.discovery.charsets import codec_of
from sources.discovery.prolog import first_element

MOST_BYTES = 10_000_000
MOST_TAGS = 200_000
MOST_DEPTH = 400

_TAG = re.compile(rb"<(/?)([A-Za-z][A-Za-z0-9]{0,20})")
# Elements that HTML closes by itself or that hold nothing: left open by the hundred, they nest nothing.
_FLAT = frozenset(
    b"area base br col embed hr img input link meta source track wbr p li dt dd option optgroup tr td th thead tbody"
    b" tfoot colgroup rt rp".split()
)


@dataclass(frozen=True, slots=True)
class NotHtml:
    """Why bytes are not taken as an HTML page."""

    reason: str


def read_html(body: bytes, charset: str | None = None) -> BeautifulSoup | NotHtml:
    """The tree of a list page.

    :param charset: of the HTTP header; a byte order mark beats it, and it beats the page's own `meta`, which
        beats a guess. A name that is no encoding of documents is passed over.
    """
    if len(body) > MOST_BYTES:
        return NotHtml(f"{len(body):,} bytes of HTML, over the limit of {MOST_BYTES:,}")
    if fault := _too_wild(body):
        return NotHtml(fault)
    first = first_element(body.decode("latin-1"))
    if not first:
        return NotHtml("no element in it, so it is no HTML page")
    if body.lstrip().startswith(b"<?xml") and first.lower() != "html":
        return NotHtml(f"XML that begins with <{first}> in place of an HTML page")
    return BeautifulSoup(body, "lxml", from_encoding=codec_of(charset, body))


def _too_wild(body: bytes) -> str | None:
    depth = 0
    for count, (closing, name) in enumerate(_TAG.findall(body), start=1):
        if name.lower() not in _FLAT:
            depth = max(depth + (-1 if closing else 1), 0)
        if count > MOST_TAGS:
            return f"more than {MOST_TAGS:,} tags"
        if depth > MOST_DEPTH:
            return f"elements nested more than {MOST_DEPTH} deep"
    return None
