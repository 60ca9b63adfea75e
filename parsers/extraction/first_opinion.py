"""What trafilatura takes for the text of a page, as runs of words that a unit can be compared with.

Trafilatura 2 (Apache-2.0), its quick way: https://trafilatura.readthedocs.io. It works on a copy of the tree.
"""

import importlib
import logging
import re
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

RUN = 4  # words
MOST_ELEMENTS = 15_000  # more than twice what the largest articles have; its time grows faster than the page

_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """The runs of four words of a text, and its lines that are shorter than that."""

    runs: frozenset[Words]
    short_lines: frozenset[Words]

    def share_of(self, text: str) -> float:
        """Which share of a unit's runs this opinion holds, 0 to 1."""
        told = words(text)
        if len(told) < RUN:
            return float(told in self.short_lines)
        runs = runs_of(told)
        return sum(run in self.runs for run in runs) / len(runs)


def words(text: str) -> Words:
    """The words of a text; of Chinese and Japanese each character."""
    return tuple(_WORD.findall(text))


def runs_of(told: Words) -> list[Words]:
    """All runs of four words."""
    return [told[at : at + RUN] for at in range(len(told) - RUN + 1)]


def opinion_of(text: str) -> Opinion:
    """The opinion that a text is the article."""
    lines = {words(line) for line in text.split("\n") if len(line) < 100}
    return Opinion(frozenset(runs_of(words(text))), frozenset(line for line in lines if 0 < len(line) < RUN))


def first_opinion(tree: HtmlElement) -> Opinion | None:
    """Trafilatura's, empty where it finds nothing; None on a page that is too large to ask."""
    if next(islice(tree.iter(), MOST_ELEMENTS, None), None) is not None:
        return None
    found = _trafilatura().bare_extraction(tree, fast=True, include_comments=False)
    return opinion_of(found.text if found is not None and found.text else "")


@cache
def _trafilatura() -> Any:
    """Loaded when the first unknown page comes: it takes as long as all the rest of the parsers together."""
    logger = logging.getLogger("trafilatura")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False  # it warns of every page without text; we say that in the outcome
    return importlib.import_module("trafilatura")
