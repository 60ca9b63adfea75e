"""What an HTML page says about itself outside its text: meta tags, JSON-LD, links, language.

Names seen on publishers' pages: Open Graph (`og:title`, `article:published_time`), schema.org JSON-LD,
Dublin Core, and TRS's `ArticleTitle` and `PubDate`, whose names vary in case and whose block may repeat.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from parsers import dates
from parsers.datelines import Dated
from parsers.extraction.tree import words
from parsers.frame import Fact
from parsers.layout import tidy
from parsers.text import gate

LONGEST_JSON_LD = 200_000  # characters
_OTHER_THINGS = frozenset({"website", "organization", "person", "imageobject", "comment", "review", "product", "book"})
DEEPEST_JSON_LD = 6

_ARTICLE_TITLE = "articletitle"  # TRS; its pages name the site in h1
_TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "pubdate", "publishdate", "publish_date",
    "firstpublishedtime", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created",
    "govuk:first-published-at", "parsely-pub-date", "date",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "lastmodifiedtime", "dcterms.modified",
    "govuk:public-updated-at", "last-modified",
)  # fmt: skip
_MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?(?:Z|\s?[+-]\d\d:?\d\d)?$")
_DOUBLED = re.compile(r"^(\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?)(?=\d{4}-)")  # two datetimes without a space
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)  # escaped breaks inside ArticleTitle
_SITE_NAME = re.compile(r"(?:\s[|｜–—·-]\s|[_|｜]|\s::\s).*$")


@dataclass(slots=True)
class PageFacts:
    """Titles and dates the page names, the surest first, its own address and language."""

    titles: list[Fact] = field(default_factory=list)
    published: list[Dated] = field(default_factory=list)
    updated: list[Dated] = field(default_factory=list)
    source: Fact | None = None
    canonical: str | None = None
    language: str | None = None


def address_and_language(tree: HtmlElement) -> tuple[str | None, str | None]:
    """The page's `link rel=canonical` (else `og:url`) and its `html lang`."""
    links = [tag.get("href") for tag in tree.iter("link") if "canonical" in (tag.get("rel") or "").lower().split()]
    links += [tag.get("content") for tag in tree.iter("meta") if tag.get("property") == "og:url"]
    href = next((link.strip() for link in links if link and link.strip()), None)
    return href, (tree.get("lang") or "").strip() or None


def facts_of(tree: HtmlElement, *, zone: str, day_first: bool) -> PageFacts:
    """All of it; the scripts of the page must still be there."""
    facts = PageFacts()
    metas = dict(reversed(list(_metas(tree))))  # the first of a name counts, also where the block repeats
    linked = list(_json_ld(tree))
    for name in _PUBLISHED:
        _add_date(facts.published, metas.get(name), f"metadata {name}", zone, day_first)
    for entry in linked:
        _add_date(facts.published, entry.get("datePublished"), "metadata JSON-LD datePublished", zone, day_first)
        _add_date(facts.updated, entry.get("dateModified"), "metadata JSON-LD dateModified", zone, day_first)
    for name in _UPDATED:
        _add_date(facts.updated, metas.get(name), f"metadata {name}", zone, day_first)
    _add_titles(facts, tree, metas, linked)
    if source := metas.get("contentsource"):
        facts.source = Fact(source, "metadata contentsource", source)
    return facts


def _add_titles(facts: PageFacts, tree: HtmlElement, metas: dict[str, str], linked: list[dict[str, Any]]) -> None:
    if title := metas.get(_ARTICLE_TITLE):
        title = _BREAK.sub(" ", title)
        facts.titles.append(Fact(tidy(title), f"metadata {_ARTICLE_TITLE}", title))
    headings = [text for tag in islice(tree.iter("h1"), 5) if (text := _said(tag))]
    if len(set(headings)) == 1:
        facts.titles.append(Fact(headings[0], "h1", headings[0]))
    for name in _TITLES:
        if title := metas.get(name):
            facts.titles.append(Fact(title, f"metadata {name}", title))
    for entry in linked:
        if isinstance(headline := entry.get("headline"), str) and (title := tidy(gate(headline).text)):
            facts.titles.append(Fact(title, "metadata JSON-LD headline", title))
    if whole := next((text for tag in islice(tree.iter("title"), 3) if (text := _said(tag))), ""):
        facts.titles.append(Fact(_SITE_NAME.sub("", whole).strip() or whole, "title tag", whole))
    if len(set(headings)) > 1:
        facts.titles.append(Fact(headings[0], "first h1", headings[0]))


def _said(element: HtmlElement) -> str:
    return tidy(gate(words(element)).text)


def _metas(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    for tag in islice(tree.iter("meta"), 400):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop")
        content = tag.get("content")
        if name and content and (value := tidy(gate(content).text)):
            yield name.strip().lower(), value


def _json_ld(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for tag in tree.iter("script"):
        text = tag.text or "" if tag.get("type") == "application/ld+json" else ""
        if not text or len(text) > LONGEST_JSON_LD:
            continue
        try:
            told = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _entries(told, DEEPEST_JSON_LD)


def _entries(told: Any, depth: int) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD block that carry a publication date or headline."""
    if depth and isinstance(told, list):
        for entry in told[:50]:
            yield from _entries(entry, depth - 1)
    elif depth and isinstance(told, dict):
        if ("datePublished" in told or "headline" in told) and not _of_other_things(told.get("@type")):
            yield told
        yield from _entries(told.get("@graph"), depth - 1)


def _of_other_things(kind: object) -> bool:
    """Whether a type of schema.org, or all of several, say that an object is no article or page of one."""
    kinds = {str(one).rpartition("/")[2].lower() for one in (kind if isinstance(kind, list) else [kind])}
    return kinds <= _OTHER_THINGS


def _add_date(into: list[Dated], written: object, rule: str, zone: str, day_first: bool) -> None:
    if not isinstance(written, str):
        return
    text = tidy(gate(written[:200]).text)
    doubled = _DOUBLED.match(text)
    text = doubled[1] if doubled else text
    found = dates.read(text, zone=zone, day_first=day_first)
    if found is None or not found.year_given or (found.ambiguous and not found.on):
        return
    if found.at and _MIDNIGHT.search(text):  # systems write midnight where they know only the day
        found = replace(found, at=None, precision="day", zone=zone)
    into.append(Dated(found, rule, text))
