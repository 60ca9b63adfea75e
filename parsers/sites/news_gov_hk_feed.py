"""news.gov.hk: an item of a category feed, which carries the whole article.

https://www.news.gov.hk/tc/categories/finance/html/articlelist.rss.xml

- An item comes as JSON with `title`, `link`, `published`, `native_id` and the article as `summary_html` or
  `content_html`; `native_id` is the feed's own `objectId`.
- `pubDate` has only a day, written as midnight in Hong Kong (RFC 822, at times ISO 8601). Some features carry a later
  day than their object id.
- The article is preceded by its lead picture and wrapped in one paragraph too many; whatever host serves them, the
  pictures of an item are all its own, those it encloses too.
- Whoever passes the feed on may close an item as WordPress does, with buttons or with a link to read on.
"""

import json
import re
from dataclasses import replace
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

from parsers import dates, urls
from parsers.article import blocks_of, parts_of
from parsers.datelines import Dated
from parsers.draft import Draft, complete
from parsers.families.feed_item import ENCLOSURES, attachments, closing, images
from parsers.frame import Fact
from parsers.item import Item
from parsers.layout import tidy
from parsers.media import links
from parsers.page import planted
from parsers.records import Evidence, Rejection, Release
from parsers.sites.news_gov_hk import BASE, PUBLISHER, ZONE, whose, without_chrome
from parsers.story import story_of
from parsers.text import gate
from sources.capture import Capture

PARSER = "hk_news_item/3"
MEDIA_TYPE = "application/vnd.communique.feed-item+json"

TITLE = "title"
DATE = "published"
BODY = ("content_html", "summary_html")

_LINK = re.compile(rb'"link"\s*:\s*"https?://([^/"]+)')
_UTC = ("UTC", "+00:00")


def recognises(capture: Capture) -> bool:
    """Whether the item links to an article of this publisher."""
    linked = _LINK.search(capture.body)
    owner = urls.publisher_of(f"https://{linked[1].decode('ascii', 'replace')}/") if linked else None
    return owner is not None and owner.key == PUBLISHER


def read(capture: Capture) -> list[Release | Rejection]:
    """The one article of an item."""
    encoding = Evidence(rule="utf-8", text="JSON", basis="stated")
    item = json.loads(capture.body)
    title = text_of(item, TITLE)
    place = next((name for name in BODY if text_of(item, name)), None)
    if not title or place is None:
        missing = f"title: the item has no {TITLE}" if not title else f"body: the item has neither {' nor '.join(BODY)}"
        return [Rejection("parse", missing, PARSER)]
    page = planted(capture, text_of(item, place), encoding, PARSER)
    if isinstance(page, Rejection):
        return [page]
    apart = closing(page)
    parts = parts_of(page, page.tree.body, without=apart) if page.tree.body is not None else []
    owner = whose(page, title, parts, text_of(item, "link"), "link of the feed item")
    _, story = story_of(without_chrome(parts), title, owner)
    told, base = Item(capture, item, encoding), owner.url or BASE
    draft = Draft(
        parser=PARSER,
        rendition="feed_item",
        blocks=blocks_of(story),
        body_at=place,
        titles=[Fact(title, TITLE, title)],
        published=stated_day(item),
        images=images(told, page, base),
        attachments=attachments(told, page, base),
        links=links(page, page.all("body"), base, owner.url, without=apart),
        places=dict.fromkeys(("images", "attachments"), f"{place}, {ENCLOSURES}"),
    )
    return [complete(page.document(), owner, draft)]


def text_of(item: Any, name: str) -> str:
    """A member of the item on one line; empty where it is absent or no text."""
    value = item.get(name) if isinstance(item, dict) else None
    return tidy(gate(value).text) if isinstance(value, str) else ""


def stated_day(item: Any) -> list[Dated]:
    """The day of `pubDate`; midnight stands for no time of day."""
    written = text_of(item, DATE)
    found = dates.read(written, zone=ZONE)
    if found is None or found.on is None or not found.year_given:
        return []
    if midnight := _day_of_midnight(found):
        found = replace(found, at=None, on=midnight, precision="day", zone=ZONE)
    return [Dated(found, f"metadata {DATE}", written)]


def _day_of_midnight(found: dates.Found) -> date | None:
    """The day whose midnight is written, in whatever zone: a feed that is made anew may tell it in UTC."""
    if found.at is None:
        return None
    local = found.at.astimezone(ZoneInfo(ZONE))
    if local.time() == time.min:
        return local.date()
    return found.on if found.zone in _UTC and found.at.time() == time.min else None
