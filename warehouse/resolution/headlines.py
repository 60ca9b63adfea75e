"""How alike two headlines are: letter by letter, by the words that tell their topic, and by their subject."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from parsers.text import fold_title
from parsers.text_units import masked_title
from warehouse.resolution.containment import CJK

SHORT_WORD = 3  # letters; such words stand in any headline
_OF_CORRECTION = re.compile(
    r"\b(?:amend(?:ed|ments?)|correct(?:ed|ions?)|corrigend(?:um|a)|errat(?:um|a)|(?:re ?)?issued?|revised|updated?"
    r"|replaces?|version|notice)\b|更正|修订|修正|重发|勘误|更新|版本?|稿"
)
_NO_WORD = re.compile(r"\W")


def headlines_alike(first: str, second: str) -> float:
    """From 0 to 1, with figures and days alike."""
    if first == second or fold_title(first) == fold_title(second):
        return 1.0
    masked = masked_title(first), masked_title(second)
    if masked[0] == masked[1]:
        return 1.0  # as issues of a notice are; to match them letter by letter takes a hundred times as long
    return SequenceMatcher(None, *masked, autojunk=False).ratio()


def shared_topic(first: str, second: str) -> float:
    """How many of the words of two headlines are in both, in Chinese of the characters; figures and days are alike."""
    one, other = _topic(first), _topic(second)
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def shared_subject(first: str, second: str) -> float:
    """How much of what the shorter headline tells stands in the other too, words of correction aside.

    1.0 where one has nothing else to tell: `Correction`.
    """
    one, other = (_subject(title) for title in (first, second))
    return len(one & other) / min(len(one), len(other)) if one and other else 1.0


def _subject(title: str) -> set[str]:
    folded = _OF_CORRECTION.sub(" ", masked_title(title))
    if not CJK.search(folded):
        return _telling(folded) if folded.split() else set()
    told = _NO_WORD.sub("", folded)
    return {told[at : at + 2] for at in range(max(1, len(told) - 1))} if told else set()


@lru_cache(4_096)  # issues of a notice are held against each other, and their headlines are few
def _topic(title: str) -> frozenset[str]:
    return frozenset(_telling(masked_title(title)))


def _telling(title: str) -> set[str]:
    if CJK.search(title):
        return set(title)
    words = set(title.split())
    return {word for word in words if len(word) > SHORT_WORD} or words
