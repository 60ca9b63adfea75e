"""How the pages of a list follow each other: a script of TRS, a next link, or numbered links."""

import re
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from sources.discovery.templates import resolve
from sources.probing.places import class_of

# createPageHTML(34, 0, "index", "html"): number of pages, number of this page, name and ending of their files.
_TRS = re.compile(
    rb"createPageHTML\s{0,9}\(\s{0,9}['\"]?(\d{1,5})['\"]?\s{0,9},\s{0,9}['\"]?\d{1,5}['\"]?\s{0,9},"
    rb"\s{0,9}['\"]([\w-]{1,40})['\"]\s{0,9},\s{0,9}['\"](s?html?)['\"]"
)
_COUNTED = re.compile(rb"countPage\s{0,9}=\s{0,9}['\"]?(\d{1,5})")
_NEXT = ("next page", "next", "older", "下一页", "下一頁", "下页", "下頁")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Paging:
    """The `pages` table of a source, and the words that tell why. `only` says that the list has one page as yet."""

    why: str
    sure: bool
    next: str | None = None
    template: str | None = None
    first: int = 1
    only: bool = False


def find_paging(soup: BeautifulSoup, body: bytes, base: str) -> Paging | None:
    """How to come from the first page of a list to the others; None where it seems to have one page."""
    return _trs(body) or _next_link(soup, base) or _numbered(soup, base)


def _trs(body: bytes) -> Paging | None:
    if found := _TRS.search(body):
        pages, name, ending = (part.decode("ascii") for part in found.groups())
        why = f"its script says {pages} pages"
        return Paging(why, sure=True, template=f"{name}_{{n}}.{ending}", only=int(pages) <= 1)
    if found := _COUNTED.search(body):
        told = f"its script counts {int(found[1])} pages, their names are TRS's usual ones"
        return Paging(told, sure=False, template="index_{n}.html")
    return None


def _next_link(soup: BeautifulSoup, base: str) -> Paging | None:
    for selector in ('link[rel~="next"]', 'a[rel~="next"]'):
        tag = soup.select_one(selector)
        if tag is not None and resolve(base, str(tag.get("href") or "")):
            return Paging("the page names its next one", sure=True, next=f"{selector}@href")
    for anchor in soup.select("a[href]"):
        words = " ".join(anchor.get_text(" ").split()).strip(" ›»>→").lower()
        told = _selector(anchor) if words in _NEXT and resolve(base, str(anchor["href"])) else None
        if told is not None and soup.select_one(told) is anchor:
            return Paging(f"a link says {words!r}", sure=True, next=f"{told}@href")
    return None


def _selector(anchor: Tag) -> str | None:
    """What tells the link to the next page from others: a class of it or its parent, else its words."""
    if (name := class_of(anchor)) and "next" in name.lower():
        return f"a.{name}"
    parent = anchor.parent
    if parent is not None and (name := class_of(parent)) and "next" in name.lower():
        return f".{name} a"
    words = " ".join(anchor.get_text(" ").split())
    return f'a:-soup-contains("{words}")' if '"' not in words and "\\" not in words else None


def _numbered(soup: BeautifulSoup, base: str) -> Paging | None:
    """A template from the links called 2 and 3, whose addresses differ in one number."""
    called = {
        tag.get_text().strip(): str(tag["href"]) for tag in soup.select("a[href]") if resolve(base, str(tag["href"]))
    }
    second, third = called.get("2"), called.get("3")
    if second is None or third is None or "{" in second:
        return None
    numbers, others = list(_NUMBER.finditer(second)), list(_NUMBER.finditer(third))
    if len(numbers) != len(others):
        return None
    for one, other in zip(numbers, others, strict=True):
        same = second[: one.start()] == third[: other.start()] and second[one.end() :] == third[other.end() :]
        if same and int(other[0]) == int(one[0]) + 1:
            template = f"{second[: one.start()]}{{n}}{second[one.end() :]}"
            return Paging("its links are numbered", sure=True, template=template, first=int(one[0]))
    return None
