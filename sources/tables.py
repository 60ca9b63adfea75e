"""The tables of a source file: where the items of a list stand, how its pages follow, what is expected of it."""

import re
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sources.discovery.paths import compile_path

LONGEST_SELECTOR = 500  # characters

Strings = Annotated[tuple[str, ...], Field(strict=False)]
Written = Annotated[str, Field(min_length=1, max_length=LONGEST_SELECTOR)]

_PLACE = re.compile(r"(?P<select>.*?)(?:@(?P<attribute>[A-Za-z_:][\w:.-]*))?", re.DOTALL)


class KeyFault(ValueError):
    """A key whose value is of the right type and still cannot be used: `key` is dotted, `what` is for a person."""

    def __init__(self, key: str, what: str) -> None:
        super().__init__(what)
        self.key = key


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Items(_Table):
    """Where the items of a list stand. `each` finds an item in the page, the other keys find things inside it.

    In HTML a place is `selector@attribute`: `a@href`; without an attribute it is the text, without a selector the
    item itself (`@value`). In XML it is the name of a child element, in JSON a path (`discovery/paths.py`).
    `date = "address"` takes the day from the link. `link` is what to fetch and `page`, where that is for machines, the
    address for people; `link_template` and `page_template` make addresses of the link's (else the id's) `{value}`.
    `payload` keeps the whole item. A page without an element `within` (HTML) is no list. `format` is that of the
    pages of a calendar or listing.
    """

    each: Written
    link: Written | None = None
    title: Written | None = None
    date: Written | None = None
    updated: Written | None = None
    id: Written | None = None
    language: Written | None = None
    link_template: Written | None = None
    page: Written | None = None
    page_template: Written | None = None
    payload: bool = False
    day_first: bool = True
    within: Written | None = None
    format: Literal["html", "xml"] = "html"


class Pages(_Table):
    """How the pages of a list follow each other.

    `next` is the place of the next page's address (a selector with attribute, or a JSON path); `cursor` the path of
    what `{cursor}` stands for. `template` is the address of further pages (`index_{n}.html`), relative to the first,
    `first` the number of the second page there and of the first page where `{page}` stands in the address itself,
    `size` the step of `{offset}`. `total` is the path of the number of items. `most` pages are read in one visit.
    """

    next: Written | None = None
    cursor: Written | None = None
    template: Written | None = None
    first: int = Field(default=1, ge=0)
    size: int = Field(default=1, ge=1)
    total: Written | None = None
    most: int = Field(default=40, ge=1, le=2_000)


class Expects(_Table):
    """What a healthy list gives: how many items in a day or week, and which fields every release of it has."""

    items_per_day: float | None = Field(default=None, gt=0)
    items_per_week: float | None = Field(default=None, gt=0)
    required: Strings = ()
    may_be_empty: bool = False

    @model_validator(mode="after")
    def says_how_many_once(self) -> Self:
        if self.items_per_day and self.items_per_week:
            raise KeyFault("expects.items_per_week", "beside items_per_day; keep one of the two")
        return self

    @property
    def per_day(self) -> float | None:
        """Items in a day on average."""
        return self.items_per_day or (self.items_per_week / 7 if self.items_per_week else None)


class Numbering(_Table):
    """Says that a publisher leaves out no number, so that a hole in them is a release that we lack.

    `pattern` is a regular expression (RE2) with two groups, the series (`()` where there is one alone) and the number
    in it, looked for in the publisher's own number, else in the address. `why` is how we know; without good reason
    the table does not belong into a file: most numbers skip, or are given to what is never released.
    """

    pattern: Written
    why: Written

    @model_validator(mode="after")
    def has_two_groups(self) -> Self:
        try:
            groups = re.compile(self.pattern).groups
        except re.error as error:
            raise KeyFault("numbering.pattern", f"{self.pattern!r} is no regular expression ({error})") from None
        if groups != 2:
            raise KeyFault("numbering.pattern", f"{self.pattern!r} has {groups} groups; it needs series and number")
        return self


def place(written: str) -> tuple[str, str | None]:
    """Selector and attribute of a place in HTML; an empty selector is the item itself."""
    match = _PLACE.fullmatch(written)
    return (match["select"].strip(), match["attribute"]) if match else (written, None)


def check_selectors(items: Items, pages: Pages) -> None:
    """Compiles every selector of an HTML list.

    :raises KeyFault: for the first that is no CSS selector.
    """
    import soupsieve  # noqa: PLC0415  -- a tenth of a second, which runs over folders can do without

    for key, written in _places(items, pages):
        selector = place(written)[0] if key != "items.each" else written
        if not selector or (key == "items.date" and written == "address"):
            continue
        try:
            soupsieve.compile(selector)
        except (soupsieve.SelectorSyntaxError, ValueError, NotImplementedError) as error:
            raise KeyFault(key, f"{selector!r} is no CSS selector ({str(error).splitlines()[0]})") from None


def check_paths(items: Items, pages: Pages) -> None:
    """Compiles every path of a JSON list.

    :raises KeyFault: for the first that cannot be understood.
    """
    more = [("pages.cursor", pages.cursor), ("pages.total", pages.total)]
    for key, written in [*_places(items, pages), *more]:
        if written is None or (key == "items.date" and written == "address"):
            continue
        try:
            compile_path(written)
        except ValueError as error:
            raise KeyFault(key, str(error)) from None


_PLACES = ("each", "link", "title", "date", "updated", "id", "language", "page", "within")


def _places(items: Items, pages: Pages) -> list[tuple[str, str]]:
    named = {name: getattr(items, name) for name in _PLACES}
    found = [(f"items.{name}", written) for name, written in named.items() if written]
    return found + ([("pages.next", pages.next)] if pages.next else [])
