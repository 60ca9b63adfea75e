"""What weighs in a text: figures, dates and times, names of people and bodies, quotations, notices on the text itself.

Found by their shapes in English and Chinese, for comparing two wordings of one release; good enough to sort
edits by weight, not to say who is meant.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from parsers.chineseforms import simplified
from parsers.dates.words import number_of
from parsers.notices import notices_in
from parsers.particulars import in_fixed_word
from parsers.people.chinese_words import by_first
from warehouse.resolution.amounts import amount_at
from warehouse.resolution.mark_patterns import MARKS, MARKS_AMONG_CAPITALS, QUOTATION

MarkKind = Literal["figure", "date", "name", "quotation", "correction", "withdrawal"]


@dataclass(frozen=True, slots=True)
class Mark:
    """One of them, at `start` up to `end`; `said` leaves out mere writing (1,000 and 1000, 12 and twelve)."""

    kind: MarkKind
    start: int
    end: int
    said: str
    bare: bool = False  # a numeral by itself, which may count nothing; it does where another stands in its place


_WRITING = re.compile(r"[\W_]")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Compiled at the first edit; most commands meet none and would wait for nothing."""
    return re.compile(MARKS), re.compile(QUOTATION), re.compile(MARKS_AMONG_CAPITALS)


def marks_in(text: str, *, headline: bool = False) -> Iterator[Mark]:
    """Figures, dates and names of a text in reading order, then places in Chinese, its quotations and notices.

    In a `headline` whose words all begin with a capital only those are names who are called Mr or Ms.
    """
    words = re.findall(r"\b[A-Za-z]\w{3,}", text) if headline else []
    capitals = bool(words) and sum(word[0].isupper() for word in words) * 5 > len(words) * 3
    marks, quotations, among_capitals = _patterns()
    folded = simplified(text)
    covered: list[tuple[int, int]] = []
    for found in (among_capitals if capitals else marks).finditer(text):
        start, end = found.span()
        if covered and start < covered[-1][1]:
            continue  # a unit of measure is no name, nor is the numeral in it a figure
        if found["date"]:
            mark = Mark("date", start, end, _day(found[0]))
        elif found["name"]:
            mark = Mark("name", start, end, _words(found[0]))
        else:
            if in_fixed_word(folded, start, end):
                continue
            first, last, said = amount_at(folded, start, end)
            bare = bool(found["bare"]) and (first, last) == (start, end)
            mark = Mark("figure", first, last, said, bare)
        yield mark
        covered.append((mark.start, mark.end))
    yield from _places(folded, covered)
    for found in quotations.finditer(text):
        yield Mark("quotation", found.start(), found.end(), _words(found[0]))
    for notice, start, end in notices_in(text):
        yield Mark(notice, start, end, _words(text[start:end]))


def _places(folded: str, covered: Sequence[tuple[int, int]]) -> Iterator[Mark]:
    """Places in a text of Simplified characters that no other mark has in it."""
    lists = [by_first(name) for name in ("home", "districts", "abroad")]
    end = 0
    for start, char in enumerate(folded):
        told = next((word for of in lists for word in of.get(char, ()) if folded.startswith(word, start)), "")
        if told and start >= end and not any(one < start + len(told) and start < other for one, other in covered):
            end = start + len(told)
            yield Mark("name", start, end, told)


def _words(text: str) -> str:
    return _WRITING.sub("", simplified(text)).casefold()


def _day(text: str) -> str:
    """24 June and June 24th alike, 六月 and 6月."""
    plain = text.casefold().replace(".m.", "m")
    parts = re.findall(r"\d+|[a-z]{2,}|[\u3007\u25cb零一二三四五六七八九十百廿卅]+|[^\W\d_]", plain)
    told = [_number(part) if not part.isascii() else part[:3] if part.isalpha() else part for part in parts]
    return " ".join(sorted(part for part in told if part not in _ORDINALS) if plain.isascii() else told)


def _number(numeral: str) -> str:
    return str(number_of(numeral)) if re.fullmatch("[\u3007\u25cb零一二三四五六七八九十百廿卅]+", numeral) else numeral


_ORDINALS = frozenset({"st", "nd", "rd", "th", "of"})
