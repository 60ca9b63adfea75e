"""Items of an XML list that is no feed, such as a month of an archive: child elements by their local names."""

from datetime import date
from xml.etree.ElementTree import Element

from sources.config import Source
from sources.discovery.html_items import day_stamp
from sources.discovery.items import Item, addresses
from sources.discovery.json_gate import compact
from sources.discovery.page import Page
from sources.discovery.stamps import read_stamp
from sources.discovery.xml_gate import Refused, child_text, local_name, pass_xml
from sources.tables import Items


def open_xml(page: Page) -> Element | str:
    """The tree of an XML list, or why it is none. Never a lenient reading: absence would mean nothing."""
    passed = pass_xml(page.body, page.charset)
    if isinstance(passed, Refused):
        return f"{page.url}: {passed.reason}"
    if passed.root is None:
        return f"{page.url}: {passed.fault}"
    return passed.root


def xml_items(root: Element, page: Page, source: Source, *, listed_on: date | None = None) -> list[Item]:
    """The elements named `items.each`, in their order, anywhere in the document."""
    rules = source.items
    assert rules is not None
    return [
        _item(element, rules, page.url, source.zone or "UTC", listed_on)
        for element in root.iter()
        if local_name(element) == rules.each
    ]


def _item(element: Element, rules: Items, base: str, zone: str, listed_on: date | None) -> Item:
    written, human, key = _text(element, rules.link), _text(element, rules.page), _text(element, rules.id)
    link, page_url = addresses(base, rules, link=written, page=human, key=key, day=listed_on)
    return Item(
        link=link,
        key=key,
        title=_text(element, rules.title),
        published=read_stamp(_text(element, rules.date), zone, day_first=rules.day_first) or day_stamp(listed_on),
        updated=read_stamp(_text(element, rules.updated), zone, day_first=rules.day_first),
        native_id=key,
        language=_text(element, rules.language),
        page_url=page_url,
        payload=_payload(element) if rules.payload else None,
        rendition="feed_item" if rules.payload else None,
    )


def _text(element: Element, name: str | None) -> str | None:
    return " ".join(child_text(element, name).split()) or None if name else None


def _payload(element: Element) -> str:
    return compact({local_name(child): "".join(child.itertext()).strip() for child in element})
