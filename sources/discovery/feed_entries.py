"""A feed as read, whatever its dialect."""

from dataclasses import dataclass
from typing import Any

from sources.discovery.json_gate import compact


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that belongs to an entry."""

    url: str
    media_type: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. `title`, `summary` and `content` may hold HTML, links in it made whole; dates as written.

    `native_id` is a publisher's own number beside the guid (`objectId` of news.gov.hk).
    """

    id: str | None = None
    link: str | None = None
    title: str | None = None
    plain_title: str | None = None
    published: str | None = None
    updated: str | None = None
    summary: str | None = None
    content: str | None = None
    native_id: str | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()

    def payload(self) -> str:
        """The entry as JSON text with what it has, keys sorted: the `feed_item` rendition of the release."""
        told: dict[str, Any] = {
            "id": self.id,
            "link": self.link,
            "title": self.plain_title,
            "published": self.published,
            "updated": self.updated,
            "summary_html": self.summary if self.summary != self.content else None,
            "content_html": self.content,
            "native_id": self.native_id,
            "language": self.language,
            "authors": list(self.authors),
            "categories": list(self.categories),
            "enclosures": [
                {"url": one.url, "media_type": one.media_type, "title": one.title} for one in self.enclosures
            ],
        }
        return compact({key: value for key, value in told.items() if value not in (None, [])})


@dataclass(frozen=True, slots=True)
class Feed:
    """The entries of a feed in its order. `home` is the site it belongs to.

    `fault` is why its XML is not well-formed; `whole` is false when it was cut off, so that entries may be missing.
    """

    entries: tuple[Entry, ...]
    home: str | None = None
    title: str | None = None
    fault: str | None = None
    whole: bool = True
