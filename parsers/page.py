"""Fast access to the elements of a page: lexbor's HTML5 tree, found by CSS selectors, read as gated text.

For parsers that know their publisher's pages. Where the structure of an article matters, `article.py` hands the
element concerned to BeautifulSoup.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers import urls
from parsers.decoding import Undecodable, decode
from parsers.document import Document, encoding_evidence, notes_evidence
from parsers.layout import tidy
from parsers.records import Evidence, Rejection
from parsers.text import gate
from sources.capture import Capture
from sources.media_types import by_name

LARGEST = 8_000_000  # characters
MANY_TAGS = 20_000  # the tree takes time quadratic in its depth: 0.3 s for 10,000 levels, 270 s for 100,000
MOST_TAGS = 100_000
DEEPEST = 1_000  # levels of nesting

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)")
# These end by themselves where the next one begins, or hold nothing.
_SHALLOW = frozenset(
    {"p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "col", "area", "base", "br"}
    | {"embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
# What Internet Explorer and its heirs, and the extension SingleFile, write into a page they save.
_SAVED_FROM = re.compile(
    rb"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:)\s*(https?://[^\s<>]{1,2000})\s",
    re.IGNORECASE,
)
_HEAD = 4_096  # bytes in which a browser leaves its note
_CANONICAL = 'link[rel="canonical"][href]'
_OG_URL = 'meta[property="og:url"][content]'
_DOCUMENTS = frozenset({"pdf", "doc", "docx", "xls", "xlsx", "csv", "zip"})


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a tree. `notes` counts what the text gate finds in whatever is read from it."""

    capture: Capture
    tree: LexborHTMLParser
    encoding: Evidence
    notes: Counter[str] = field(default_factory=Counter)

    def first(self, selector: str) -> LexborNode | None:
        """The first element that a CSS selector finds."""
        return self.tree.css_first(selector)

    def all(self, selector: str) -> list[LexborNode]:
        """All of them, in the order of the page."""
        return self.tree.css(selector)

    def gated(self, text: str) -> str:
        """A text of the page, fit for a record."""
        gated = gate(text)
        self.notes.update(gated.notes)
        return gated.text

    def words(self, node: LexborNode | None) -> str:
        """The text of an element on one line; empty where there is no element."""
        if node is None:
            return ""
        if node.css_first("br") is None:
            return tidy(self.gated(node.text()))
        texts = (" " if inner.tag == "br" else inner.text_content or "" for inner in node.traverse(include_text=True))
        return tidy(self.gated("".join(texts)))

    def attribute(self, node: LexborNode, name: str) -> str:
        """An attribute on one line; empty where it is absent."""
        return tidy(self.gated(node.attributes.get(name) or ""))

    def label(self, node: LexborNode) -> str:
        """What a link says: its words, else its title, else the text of its picture."""
        inner = node.css_first("img[alt]")
        picture = self.attribute(inner, "alt") if inner is not None else ""
        return self.words(node) or self.attribute(node, "title") or picture

    def document(self) -> Document:
        """The capture and how its bytes and texts were read, for the steps that all families share."""
        evidence = {"encoding": self.encoding}
        if self.notes:
            evidence["text"] = notes_evidence(self.notes)
        return Document(self.capture, "", evidence)


def open_page(capture: Capture, parser: str) -> Page | Rejection:
    """The tree of a capture; a Rejection when its bytes are no text, or too much for a page."""
    decoded = decode(capture.body, declared=capture.stated.charset or capture.charset, markup=True)
    if isinstance(decoded, Undecodable):
        return Rejection("decode", decoded.reason, parser)
    return planted(capture, decoded.text, encoding_evidence(decoded), parser)


def planted(capture: Capture, markup: str, encoding: Evidence, parser: str) -> Page | Rejection:
    """The tree of a page or a piece of one; a Rejection when it is too large or too deep."""
    tags = markup.count("<")
    if len(markup) > LARGEST:
        return Rejection("parse", f"{len(markup)} characters are more than the {LARGEST} a page may have", parser)
    if tags > MOST_TAGS:
        return Rejection("parse", f"more than {MOST_TAGS} tags: no page of a release is like that", parser)
    if tags > MANY_TAGS and _depth(markup) > DEEPEST:
        return Rejection("parse", f"its elements are nested more than {DEEPEST} deep", parser)
    return Page(capture, LexborHTMLParser(markup), encoding)


def known_address(capture: Capture) -> str | None:
    """The address of a capture: stated, fetched, or in the note a browser leaves in a page it saves."""
    if address := capture.stated.url or capture.url:
        return address
    saved = _SAVED_FROM.search(capture.body, 0, _HEAD)
    return saved[1].decode("utf-8", "replace") if saved else None


def own_address(page: Page) -> tuple[str, str] | None:
    """The address a page gives for itself, and where it does."""
    if (node := page.first(_CANONICAL)) is not None and (href := page.attribute(node, "href")):
        return href, "link rel=canonical"
    if (node := page.first(_OG_URL)) is not None and (href := page.attribute(node, "content")):
        return href, "metadata og:url"
    saved = known_address(page.capture)
    return (saved, "saved from url") if saved else None


def link(base: str, node: LexborNode, name: str = "href") -> str | None:
    """The canonical address an element points to, or None."""
    return absolute(base, (node.attributes.get(name) or "").strip())


def absolute(base: str, href: str) -> str | None:
    """The canonical address that is written as `href` on a page at `base`, or None."""
    try:
        whole = href if href.startswith(("https://", "http://")) else urljoin(base, href)
        return urls.canonical(whole) if href else None
    except ValueError:
        return None


def distinct_links(page: Page, selector: str, base: str) -> dict[str, LexborNode]:
    """The links that a selector finds, by canonical address: each once, in the order of the page."""
    linked: dict[str, LexborNode] = {}
    for node in page.all(selector):
        if url := link(base, node):
            linked.setdefault(url, node)
    return linked


def media_type(url: str) -> str | None:
    """What an address calls its file, where its ending is that of a document (IANA media types)."""
    ending = url.partition("?")[0].rpartition(".")[2].lower()
    return by_name(f"file.{ending}") if ending in _DOCUMENTS else None


def _depth(text: str) -> int:
    """How deep the elements of a page nest at most, by its tags alone."""
    still_open: Counter[str] = Counter()
    depth = deepest = 0
    for closing, name in _TAG.findall(text.lower()):
        if name in _SHALLOW:
            continue
        if not closing:
            still_open[name] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif still_open[name]:
            still_open[name] -= 1
            depth -= 1
    return deepest
