"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), behind the gate for JSON."""

import html
from typing import Any

from sources.discovery.feed_entries import Enclosure, Entry, Feed
from sources.discovery.json_gate import NotJson, read_json
from sources.discovery.page import Page
from sources.discovery.paths import text_at, values_at
from sources.discovery.templates import resolve
from sources.discovery.xml_gate import FEED_BYTES, Refused

_VERSION = "jsonfeed.org/version/"


def looks_like_json(page: Page) -> bool:
    """Whether a feed is JSON: by its first character, since servers send it under many types."""
    return page.body[:200].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")


def read_json_feed(page: Page) -> Feed | Refused:
    """The items of a JSON Feed, or why it is none. An item without `id` is kept; its address stands for it."""
    value = read_json(page.body, most_bytes=FEED_BYTES)
    if isinstance(value, NotJson):
        return Refused(value.reason)
    version, items = text_at(value, "version") or "", value.get("items")
    if _VERSION not in version or not isinstance(items, list):
        return Refused("JSON without the version and the items of a JSON Feed")
    home = resolve(page.url, text_at(value, "home_page_url"))
    entries = tuple(_entry(item, page.url) for item in items if isinstance(item, dict))
    return Feed(entries, home=home, title=text_at(value, "title"))


def _entry(item: dict[str, Any], base: str) -> Entry:
    text = text_at(item, "content_text")
    title = text_at(item, "title")
    return Entry(
        id=text_at(item, "id"),
        link=resolve(base, text_at(item, "url")) or resolve(base, text_at(item, "external_url")),
        title=title,
        plain_title=" ".join(title.split()) if title else None,
        published=text_at(item, "date_published"),
        updated=text_at(item, "date_modified"),
        summary=text_at(item, "summary"),
        content=text_at(item, "content_html") or (html.escape(text, quote=False) if text else None),
        language=text_at(item, "language"),
        authors=tuple(map(str, values_at(item, "authors[*].name") or values_at(item, "author.name"))),
        categories=tuple(map(str, values_at(item, "tags[*]"))),
        enclosures=tuple(
            Enclosure(url, text_at(one, "mime_type"), text_at(one, "title"))
            for one in values_at(item, "attachments[*]")
            if (url := resolve(base, text_at(one, "url")))
        ),
    )
