"""Items of an HTML list, by the CSS selectors of the source's file."""

from datetime import date

from bs4 import BeautifulSoup, Tag

from sources.config import Source
from sources.discovery.html_gate import NotHtml, read_html
from sources.discovery.items import Item, addresses
from sources.discovery.json_gate import compact
from sources.discovery.page import Page
from sources.discovery.stamps import Stamp, first_stamp, read_stamp
from sources.discovery.templates import resolve
from sources.tables import Items, place


def html_items(soup: BeautifulSoup, page: Page, source: Source, *, listed_on: date | None = None) -> list[Item]:
    """The items of a page in its order, a link met twice only once (pictures and titles link to the same page).

    :param listed_on: the day whose list this is; items without a date of their own are listed under it.
    """
    rules = source.items
    assert rules is not None
    base = _base(soup, page.url)
    kept: dict[str, Item] = {}
    for number, tag in enumerate(soup.select(rules.each)):
        item = _item(tag, rules, base, source.zone or "UTC", listed_on)
        ref = item.ref or f"nameless {number}"
        kept[ref] = _fuller(kept[ref], item) if ref in kept else item
    return list(kept.values())


def open_list(page: Page, source: Source) -> BeautifulSoup | str:
    """The tree of a list page, or why it is none: no HTML, or without the element that all its pages have."""
    soup = read_html(page.body, page.charset)
    if isinstance(soup, NotHtml):
        return f"{page.url}: {soup.reason}"
    within = source.items.within if source.items else None
    if within and soup.select_one(within) is None:
        return f"{page.url}: nothing matches {within!r}, so it is not the list it was"
    return soup


def value_at(tag: Tag, written: str | None) -> str | None:
    """What stands at a place (`selector@attribute`) inside an element; None when nothing does."""
    if written is None:
        return None
    selector, attribute = place(written)
    target = tag.select_one(selector) if selector else tag
    if target is None:
        return None
    value = target.get(attribute) if attribute else target.get_text(" ")
    text = " ".join(value) if isinstance(value, list) else str(value or "")
    return " ".join(text.split()) or None


def _item(tag: Tag, rules: Items, base: str, zone: str, listed_on: date | None) -> Item:
    key = value_at(tag, rules.id)
    written, human = value_at(tag, rules.link), value_at(tag, rules.page)
    link, page_url = addresses(base, rules, link=written, page=human, key=key, day=listed_on)
    title = value_at(tag, rules.title or place(rules.link or "")[0])
    return Item(
        link=link,
        key=key,
        title=title,
        published=_published(tag, rules, zone) or day_stamp(listed_on),
        updated=read_stamp(value_at(tag, rules.updated), zone, day_first=rules.day_first),
        native_id=key,
        language=value_at(tag, rules.language),
        page_url=page_url,
        payload=compact({"html": str(tag), "base": base}) if rules.payload else None,
        rendition="feed_item" if rules.payload else None,
    )


def _published(tag: Tag, rules: Items, zone: str) -> Stamp | None:
    text = None if rules.date == "address" else value_at(tag, rules.date)
    if text is None:
        return None
    return read_stamp(text, zone, day_first=rules.day_first) or first_stamp(text, zone, day_first=rules.day_first)


def day_stamp(day: date | None) -> Stamp | None:
    """The stamp of a day that no text states: that of a day list."""
    return Stamp(day.isoformat(), day, None, "day") if day else None


def _base(soup: BeautifulSoup, url: str) -> str:
    """What links on the page are relative to: its `base` element, else its own address."""
    element = soup.select_one("base[href]")
    return (resolve(url, str(element["href"])) if element else None) or url


def _fuller(one: Item, other: Item) -> Item:
    """Of two items with one link, the one that says more: the longer title, else the first."""
    return other if len(other.title or "") > len(one.title or "") else one
