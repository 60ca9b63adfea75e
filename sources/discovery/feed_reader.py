"""Reading a feed: RSS 0.9x to 2.0, RSS 1.0 and 1.1, Atom 0.3 and 1.0, CDF, JSON Feed 1.0 and 1.1.

feedparser knows their many dialects; it only ever sees what passed the gate, as UTF-8.
"""

import html
import io
import re
from collections.abc import Mapping
from typing import Any

import feedparser
from feedparser.sanitizer import _HTMLSanitizer

from parsers.pictures import LATE, SETS
from sources.discovery.feed_entries import Enclosure, Entry, Feed
from sources.discovery.json_feed import looks_like_json, read_json_feed
from sources.discovery.page import Page
from sources.discovery.prolog import first_element
from sources.discovery.xml_gate import Passed, Refused, pass_xml

ROOTS = frozenset({"rss", "rdf", "feed", "channel", "entry"})

# Markup inside entries, and a feed that is not well-formed, is read by sgmllib: 20,000 `<!--` cost it 5 s, 50,000
# tags that open no end 11 s. Beyond that, entries keep their markup as it is, and a broken feed is refused.
_MOST_COMMENTS = 1_000
_MOST_MARKUP = 40_000

# feedparser lets through what browsers show by themselves; pictures that are loaded late lie elsewhere, and those that
# count readers are told by what hides them.
_HTMLSanitizer.acceptable_attributes.update(LATE, SETS)
_HTMLSanitizer.acceptable_css_properties.add("visibility")

_TAG = re.compile(r"<[^<>]{1,1000}>")


def read_feed(page: Page) -> Feed | Refused:
    """The entries of a feed in its own order, or why it is none.

    `Feed.fault` is set when the XML is not well-formed and was read leniently; `Feed.whole` is false when its end
    is missing too. A page of HTML, an OPML list or a document that declares entities is refused.
    """
    if looks_like_json(page):
        return read_json_feed(page)
    passed = pass_xml(page.body, page.charset)
    if isinstance(passed, Refused):
        return passed
    root = _root_name(passed)
    if root.lower() not in ROOTS:
        return Refused(f"its first element is <{root}>, so it is no feed" if root else "no element in it")
    cheap = _is_cheap(passed.utf8)
    if passed.fault and not cheap:
        return Refused(f"{passed.fault}, and too much markup to read it leniently")
    try:
        read = _parse(passed.utf8, page.url, cheap=cheap)
    except Exception as error:  # noqa: BLE001  -- feedparser raises what it likes on hostile dates and references
        return Refused(f"feedparser cannot read it: {type(error).__name__}: {error}")
    closed = passed.fault is None or f"{root}>".encode() in passed.utf8[-200:]
    entries = tuple(_entry(one) for one in read["entries"])
    home, title = _text(read["feed"], "link"), _text(read["feed"], "title")
    return Feed(entries, home=home, title=title, fault=passed.fault, whole=closed)


def _is_cheap(utf8: bytes) -> bool:
    """Whether markup may be read by sgmllib: as a broken feed, or inside entries."""
    return utf8.count(b"!--") <= _MOST_COMMENTS and utf8.count(b"<") + utf8.count(b"&lt;") <= _MOST_MARKUP


def _parse(utf8: bytes, url: str, *, cheap: bool) -> Mapping[str, Any]:
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    read: Mapping[str, Any] = feedparser.parse(
        io.BytesIO(utf8), response_headers=headers, sanitize_html=cheap, resolve_relative_uris=cheap
    )
    return read


def _root_name(passed: Passed) -> str:
    if passed.root is not None:
        return str(passed.root.tag).rpartition("}")[2]
    return first_element(passed.utf8.decode(errors="replace"))


def _entry(read: Mapping[str, Any]) -> Entry:
    contents = read.get("content", [])
    return Entry(
        id=_text(read, "id"),
        link=_text(read, "link"),
        title=_text(read, "title"),
        plain_title=_plain_title(read),
        published=_text(read, "published") or _text(read, "created"),
        updated=_text(read, "updated"),
        summary=_text(read, "summary"),
        content=next((one["value"] for one in contents if one.get("value")), None),
        native_id=_text(read, "objectid"),
        authors=tuple(one["name"] for one in read.get("authors", []) if one.get("name")),
        categories=tuple(one["term"] for one in read.get("tags", []) if one.get("term")),
        enclosures=tuple(
            Enclosure(one["href"], one.get("type"), one.get("title")) for one in _enclosures(read) if one.get("href")
        ),
    )


def _enclosures(read: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What an entry encloses, and the pictures it tells as media; those in another size are told by their address."""
    links = [link for link in read.get("links", []) if link.get("rel") == "enclosure"]
    media = ({"href": one.get("url"), "type": one.get("type") or _kind(one)} for one in read.get("media_content", []))
    return links + [one for one in media if (one["type"] or "").startswith("image/")]


def _kind(told: Mapping[str, Any]) -> str | None:
    return "image/*" if told.get("medium") == "image" else None


def _text(read: Mapping[str, Any], key: str) -> str | None:
    if key not in read:  # asking feedparser for `updated` where there is none gives `published` instead
        return None
    value = read[key]
    return value.strip() or None if isinstance(value, str) else None


def _plain_title(read: Mapping[str, Any]) -> str | None:
    title = _text(read, "title")
    if title is None:
        return None
    if read.get("title_detail", {}).get("type") != "text/plain":
        title = html.unescape(_TAG.sub("", title))
    return " ".join(title.split()) or None
