"""How alike two headlines are: letter by letter, and by the words that tell their topic."""

from difflib import SequenceMatcher

from parsers.text import fold_title
from parsers.text_units import masked_title
from warehouse.resolution.containment import CJK

SHORT_WORD = 3  # letters; such words stand in any headline


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
    one, other = (_telling(masked_title(title)) for title in (first, second))
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def _telling(title: str) -> set[str]:
    if CJK.search(title):
        return set(title)
    words = set(title.split())
    return {word for word in words if len(word) > SHORT_WORD} or words
