"""What stands in a list: an item, and the candidate it becomes."""

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import quote

from parsers import urls
from sources.candidate import Candidate, Hints
from sources.capture import Rendition
from sources.config import Source
from sources.discovery.stamps import Stamp
from sources.discovery.templates import fill, of_day, resolve
from sources.tables import Items


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list, as read. `link` is a whole http or https address, the one to fetch; `key` is the list's
    own name for the item (guid, object id, number). `payload` is the item itself as JSON text, where it is worth
    keeping, and `rendition` which form of the release that is.

    `ref` is its name within the source, the same in every run: the address's one spelling, else the list's own name.
    `day` is the local day it belongs to: of publication as listed, else in its address, else of the last update.
    """

    link: str | None
    key: str | None = None
    title: str | None = None
    published: Stamp | None = None
    updated: Stamp | None = None
    native_id: str | None = None
    language: str | None = None
    page_url: str | None = None
    payload: str | None = field(default=None, repr=False)
    rendition: Rendition | None = None

    ref: str | None = field(init=False)
    day: date | None = field(init=False)

    def __post_init__(self) -> None:
        # Worked out once: a sitemap has fifty thousand of these, and each is asked several times.
        object.__setattr__(self, "ref", _ref(self.link, self.key))
        object.__setattr__(self, "day", self.published.on if self.published else self._unstated_day())

    def _unstated_day(self) -> date | None:
        link = self.page_url or self.link
        in_address = urls.address_day(link) if link else None
        return in_address or (self.updated.on if self.updated else None)


def _ref(link: str | None, key: str | None) -> str | None:
    address = urls.canonical(link) if link else None
    return address or (f"item:{quote(key, safe='')}" if key else None)


def candidate(source: Source, item: Item, ref: str, position: int) -> Candidate:
    """The candidate an item becomes: what to fetch, and everything the list says of it."""
    published, updated = item.published, item.updated
    address = item.page_url or item.link
    return Candidate(
        source=source.name,
        ref=ref,
        name=item.title or item.link or item.key or ref,
        position=position,
        url=item.link,
        hints=Hints(
            title=item.title,
            published=published.text if published else None,
            published_at=published.exact_at if published else None,
            published_on=published.on if published else None,
            updated=updated.text if updated else None,
            updated_at=updated.exact_at if updated else None,
            updated_on=updated.on if updated else None,
            language=item.language or source.language,
            native_id=item.native_id or (urls.native_id(address) if address else None),
            page_url=item.page_url,
            payload=item.payload,
            rendition=item.rendition if item.payload is not None else None,
        ),
    )


def addresses(
    base: str, rules: Items, *, link: str | None, page: str | None, key: str | None, day: date | None = None
) -> tuple[str | None, str | None]:
    """What to fetch for an item and its address for people, from what the list has written for it."""
    values = {"value": link or key or ""} | (of_day(day) if day else {})
    if rules.link_template:
        link = fill(rules.link_template, values) if values["value"] else None
    if rules.page_template:
        page = fill(rules.page_template, values) if values["value"] else None
    return resolve(base, link), resolve(base, page)
