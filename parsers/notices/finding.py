"""Notices found in a text, and whether a text says that it corrects another."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from parsers.chineseforms import simplified
from parsers.notices import withdrawals
from parsers.notices.corrections import CORRECTION, CORRECTION_ZH, HINTS, HINTS_ZH
from parsers.notices.headlines import mark_of

Notice = Literal["correction", "withdrawal"]

LOOKED_AT = 300  # characters from either end of a text; notices stand above it or below
_HEADLINE = 200  # characters at most


def notices_in(text: str) -> Iterator[tuple[Notice, int, int]]:
    """Each notice of a text on itself: its kind, where it starts and where it ends."""
    folded = simplified(text)
    headline = folded.partition("\n")[0]
    if len(headline) <= _HEADLINE and (marked := mark_of(headline)):
        yield "correction", *marked
    lower = folded.casefold()
    for kind, hints, pattern in _told():
        hinted = [hint for hint in hints if hint in lower]
        for start, end in _lines_with(hinted, folded) if hinted else ():
            for found in pattern.finditer(folded, start, end):
                yield kind, found.start(), found.end()


def _lines_with(hints: list[str], text: str) -> Iterator[tuple[int, int]]:
    # The patterns are slow and stay within a line; few lines have a word of correction.
    start = 0
    for line in text.split("\n"):
        lower = line.casefold()
        if any(hint in lower for hint in hints):
            yield start, start + len(line)
        start += len(line) + 1


@cache
def _told() -> tuple[tuple[Notice, tuple[str, ...], re.Pattern[str]], ...]:
    """Compiled when first needed; most commands meet no text."""
    told: tuple[tuple[Notice, tuple[str, ...], tuple[str, ...]], ...] = (
        ("correction", HINTS, CORRECTION),
        ("correction", HINTS_ZH, CORRECTION_ZH),
        ("withdrawal", withdrawals.HINTS, withdrawals.ENGLISH),
        ("withdrawal", withdrawals.HINTS_ZH, withdrawals.CHINESE),
    )
    return tuple((kind, hints, re.compile("|".join(patterns), re.IGNORECASE)) for kind, hints, patterns in told)


def says_it_corrects(title: str, body: str) -> bool:
    """Whether a text says, in its headline, above or below, that it corrects or replaces another."""
    ends = (body,) if len(body) <= 2 * LOOKED_AT else (body[:LOOKED_AT], body[-LOOKED_AT:])
    lower = "\n".join((title, *ends)).casefold()
    for hints, patterns in _of_corrections()[: 1 if lower.isascii() else 2]:
        hinted = [hint for hint in hints if hint in lower]
        if hinted and (mark_of(simplified(title)) or _corrects(lower, hinted, patterns)):
            return True
    return False


def _corrects(lower: str, hinted: list[str], patterns: tuple[re.Pattern[str], ...]) -> bool:
    for line in lower.split("\n"):
        if any(hint in line for hint in hinted) and _has_any(simplified(line), patterns):
            return True
    return False


def _has_any(line: str, patterns: tuple[re.Pattern[str], ...]) -> bool:
    return any(pattern.search(line) for pattern in patterns)


@cache
def _of_corrections() -> tuple[tuple[tuple[str, ...], tuple[re.Pattern[str], ...]], ...]:
    # One by one they take a third of the time of all in one.
    told = ((HINTS, CORRECTION, re.IGNORECASE), (HINTS_ZH, CORRECTION_ZH, 0))
    return tuple((hints, tuple(re.compile(one, flags) for one in patterns)) for hints, patterns, flags in told)
