"""Dates that a page prints beside its headline, or marks in its text: `time`, microdata, elements named as dates."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from parsers import dates
from parsers.datelines import Dated
from parsers.extraction.decision import Story
from parsers.extraction.outline import Outline, Unit
from parsers.extraction.tree import of_others, words
from parsers.layout import ends_sentence, tidy
from parsers.page_dates.month_names import in_english
from parsers.text import fold_title, gate

BESIDE_HEADLINE = "date beside the headline"
TIME_ELEMENT = "time element beside the headline"
BELOW_STORY = "label below the story"
OPENING = "date line in the first paragraph"
NAMED = "element named as a date"
EARLIEST, LATEST = date(1993, 1, 1), date(2100, 1, 1)  # the first web pages, and what only a mistake writes

LONGEST = 300  # characters of a unit that may hold the page's date
SENTENCE = 80  # of one that tells of something when it ends as sentences do: a date in it is that of an event
SHORT_SENTENCE = 35  # the same for one that does not speak of publishing
LONGEST_NAMED = 150  # of an element named as a date
_ABOVE, _BELOW = 4, 12  # units around the headline
_BEFORE_STORY = 6  # units before the story, where no headline is known
_OPENINGS = 3  # units of the story among which a date line is looked for: bylines stand above it
_INTO = 4  # units of the story above which the headline may stand, where the story was taken too early
_REACH = 60  # elements before the headline that are looked at
_BEHIND = 20  # elements behind the story
_NEAREST = 250  # elements looked at, nearest to the headline first
_MOST = 60  # elements named as dates that are read, and of marked ones

_YEAR = re.compile(r"(?:19|20)\d\d|\d\.\s?\d\d?\.\s?\d\d|年")  # no date that counts is without one
_DOTTED = re.compile(r"\d\.\s?\d{1,2}\.\s?\d")  # full stops stand between day, month and year in this order only
_UPDATED = re.compile(
    "updat|aktualis|modifi|geändert|änderung|aggiornat|bijgewerkt|mis à jour|actualiza|atualiza|edited|bearbeitet"
    "|更新|修改",
    re.IGNORECASE,
)
_SAYS_PUBLISHED = re.compile(
    "publi|posted|author|veröffentlicht|erstellt|geschrieben|verfasst|eingestellt|erschienen|autor|auteur|geplaatst"
    "|pubblicat|發布|发布|發佈|来源|來源",
    re.IGNORECASE,
)
_STATES = re.compile(rf"(?=(?:{_UPDATED.pattern}|{_SAYS_PUBLISHED.pattern}))", re.IGNORECASE)
# Karlsruhe, (12.11.2021). … / (18.01.2018) … / l-mag.de, 27.1.2022 – …
_DATE_LINE = re.compile(
    r"((?:[^\W\d][\w.’'/-]{1,30}(?:\s[^\W\d][\w.’'/-]{1,30}){0,2},?\s)?[(\[]?"
    r"(?:\d{1,2}[./\s-]{1,2}(?:\d{1,2}|[A-Z][a-z]{2,8})[./\s-]{1,2}\d{4}|[A-Z][a-z]{2,8}\s\d{1,2},\s\d{4}|\d{4}-\d\d-\d\d))"
    r"\s?(?:[)\]]|[:–—-])"
)
_NAMES = re.compile("date|datum|publi|time|zeit|posted|meta|byline|created", re.IGNORECASE)
_PUBLISHED = re.compile(r"\bpublished\b|entry-date|pubdate", re.IGNORECASE)
_PERHAPS_MARKED = etree.XPath("descendant::*[@itemprop or self::time or self::abbr]")
_TEXTS = ("span", "div", "p", "em", "small", "li", "td", "strong", "b", "i", "a", "abbr", "h4", "h5", "h6")


@dataclass(slots=True)
class Printed:
    """Dates by where they stand, the nearest to the headline first."""

    marked: list[Dated] = field(default_factory=list)
    beside: list[Dated] = field(default_factory=list)
    updated: list[Dated] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Habit:
    """How numeric dates and times of day are read here: the source's zone, and whether the day stands first.

    `sure` where that is the known habit of the publisher or of the page's language, and no assumption.
    """

    zone: str
    day_first: bool
    sure: bool


def printed_on(outline: Outline, story: Story, titles: Collection[str], habit: Habit) -> Printed:
    """All of them; `titles` are the headlines the page names, folded."""
    printed = Printed()
    units = outline.units
    if not units:
        return printed
    start, end = (story.units[0], story.units[-1]) if story.units else (0, 0)
    headline = _headline(units, min(start + _INTO, end + 1), titles)
    for unit in _around(units, range(start, end + 1), headline):
        _sort_in(printed, unit.text, BESIDE_HEADLINE, habit)
    for unit in units[end + 1 : end + 1 + _BELOW]:
        is_statement = len(unit.text) <= LONGEST_NAMED and _SAYS_PUBLISHED.search(unit.text)
        if is_statement and not of_others(unit.box.element):
            _sort_in(printed, unit.text, BELOW_STORY, habit)
    openings = (_opening(units[at].text, habit) for at in story.units[:_OPENINGS])
    printed.beside += [dated for dated in openings if dated][:1]
    last = units[story.units[-1]].box.element if story.units else None
    top = units[start if headline is None else headline].box.element
    _marked_between(printed, outline.boxes[0].element, top, last, habit)
    return printed


def first_date(text: str, rule: str, habit: Habit) -> Dated | None:
    """The first date of a short text, with its year and within reason."""
    if not _YEAR.search(text):
        return None
    told = tidy(gate(text[:LONGEST]).text)
    for found in dates.find(in_english(told), zone=habit.zone, day_first=habit.day_first):
        if found.year_given and found.on and EARLIEST <= found.on < LATEST and found.weekday_agrees is not False:
            return settled(Dated(replace(found, text=told), rule, told), habit)
    return None


def settled(dated: Dated, habit: Habit) -> Dated:
    """The same date, no longer ambiguous where its form or a known habit tells day from month."""
    certain = habit.sure or _DOTTED.search(dated.text) is not None
    return replace(dated, found=replace(dated.found, ambiguous=False)) if certain and dated.found.ambiguous else dated


def _opening(text: str, habit: Habit) -> Dated | None:
    """The date line that opens a first paragraph: a place before it at most, and a mark that sets it apart."""
    told = tidy(gate(text[:LONGEST_NAMED]).text)
    match = _DATE_LINE.match(in_english(told))
    return first_date(match[1], OPENING, habit) if match else None


def _headline(units: Sequence[Unit], before: int, titles: Collection[str]) -> int | None:
    """The unit that is the headline: the last one above or at the beginning of the story, a heading if there is one."""
    named = [
        at
        for at in range(min(before, len(units)) - 1, -1, -1)
        if len(units[at].text) <= LONGEST and fold_title(units[at].text) in titles
    ]
    return next((at for at in named if units[at].level), named[0] if named else None)


def _around(units: Sequence[Unit], story: range, headline: int | None) -> Iterator[Unit]:
    """The units that may hold the date: below the headline up to the story, before the story, above the headline."""
    seen: set[int] = set()
    start = story.start
    below = range(0) if headline is None else range(headline + 1, min(len(units), headline + _BELOW))
    near = range(max(0, start - _BEFORE_STORY), min(len(units), start + 2))
    above = range(0) if headline is None else range(max(0, headline - _ABOVE), headline)
    for place in (below, near, above):
        for at in place:
            unit = units[at]
            if len(unit.text) > LONGEST and at >= start and place is below:
                break
            is_pointer = unit.linked > 0.8 * unit.size and unit.size > 60
            if at not in seen and len(unit.text) <= LONGEST and not is_pointer and not _is_sentence(unit.text):
                if at >= story.stop and of_others(unit.box.element):
                    continue
                seen.add(at)
                yield unit


def _is_sentence(text: str) -> bool:
    """Whether a text tells of something, so that a date in it is that of an event."""
    if len(text) <= SHORT_SENTENCE or not ends_sentence(text):
        return False
    return len(text) > SENTENCE or not (_SAYS_PUBLISHED.search(text) or _UPDATED.search(text))


def _sort_in(printed: Printed, text: str, rule: str, habit: Habit) -> None:
    """A date in a text of the page; one that the text calls an update is none of publication.

    Where it states both (`Publié le …, mis à jour le …`), each is read from its own words.
    """
    if _UPDATED.search(text) is None:
        printed.beside += [dated for dated in [first_date(text, rule, habit)] if dated]
        return
    stated = [(part, first_date(part, rule, habit)) for part in _STATES.split(text[:LONGEST])]
    updates = [dated for part, dated in stated if dated and _UPDATED.match(part)]
    if updates:
        printed.beside += [dated for part, dated in stated if dated and not _UPDATED.match(part)]
    printed.updated += updates or [dated for dated in [first_date(text, rule, habit)] if dated]


def _marked_between(
    printed: Printed, body: HtmlElement, top: HtmlElement, last: HtmlElement | None, habit: Habit
) -> None:
    """Dates in elements that are marked or named as such, those near headline and story only, nearest first."""
    marks = ((element, mark) for element in _PERHAPS_MARKED(body) if (mark := _mark(element)))
    for element, mark in islice(marks, _MOST):
        if of_others(element):
            continue
        text = element.get("content") or element.get("datetime") or element.get("title") or words(element)
        if dated := first_date(text, f"metadata {mark}", habit):
            (printed.updated if mark.endswith("dateModified") else printed.marked).append(dated)
    elements = list(body.iter())
    first = elements.index(top)
    end = elements.index(last) if last is not None else len(elements)
    places = sorted(range(max(0, first - _REACH), min(end + _BEHIND, len(elements))), key=lambda at: abs(at - first))
    near = [elements[at] for at in places[:_NEAREST] if at <= end or not of_others(elements[at])]
    for element in [element for element in near if element.tag == "time"][:1]:
        _sort_in(printed, element.get("datetime") or words(element), TIME_ELEMENT, habit)
    named = (element for element in near if element.tag in _TEXTS and _NAMES.search(_name(element)))
    for element in islice(named, _MOST):
        text = words(element)
        if len(text) <= LONGEST_NAMED and _YEAR.search(text):
            before = len(printed.beside)
            _sort_in(printed, text, NAMED, habit)
            if len(printed.beside) > before:
                return


def _mark(element: HtmlElement) -> str | None:
    """Which mark of schema.org's microdata, of hAtom or of HTML itself an element carries."""
    told, classes = element.get("itemprop") or "", element.get("class") or ""
    if told in ("datePublished", "dateCreated", "dateModified"):
        return f"itemprop {told}"
    if element.tag == "time" and (element.get("pubdate") is not None or _PUBLISHED.search(classes)):
        return "time published"
    return "class published" if element.tag == "abbr" and "published" in classes.split() else None


def _name(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"
