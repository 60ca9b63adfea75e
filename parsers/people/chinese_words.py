"""The Chinese word lists, in Simplified characters, as what is compared is."""

from functools import cache

from parsers.chineseforms import simplified
from parsers.people.gazetteer import has, words

_FILES = ("chinese", "chinese_names", "chinese_places")


@cache
def chinese(name: str) -> frozenset[str]:
    """One list of words in the simplified script."""
    file = next(file for file in _FILES if has(file, name))
    return frozenset(simplified(word) for word in words(file, name))


@cache
def by_last(name: str) -> dict[str, tuple[str, ...]]:
    """The words of a list by their last character, longest first."""
    ends: dict[str, list[str]] = {}
    for word in sorted(chinese(name), key=lambda word: (-len(word), word)):
        ends.setdefault(word[-1], []).append(word)
    return {last: tuple(told) for last, told in ends.items()}


@cache
def _by_last_two(name: str) -> dict[str, tuple[str, ...]]:
    ends: dict[str, list[str]] = {}
    for word in sorted(chinese(name), key=lambda word: (-len(word), word)):
        ends.setdefault(word[-2:], []).append(word)
    return {last: tuple(told) for last, told in ends.items()}


def ending(folded: str, end: int, name: str) -> str:
    """The longest word of a list, of two characters and more, that the text has right before `end`; "" for none."""
    for word in _by_last_two(name).get(folded[max(0, end - 2) : end], ()):
        if folded.endswith(word, 0, end):
            return word
    return ""


@cache
def by_first(name: str) -> dict[str, tuple[str, ...]]:
    """The words of a list by their first character, longest first."""
    starts: dict[str, list[str]] = {}
    for word in sorted(chinese(name), key=lambda word: (-len(word), word)):
        starts.setdefault(word[0], []).append(word)
    return {first: tuple(told) for first, told in starts.items()}


@cache
def signs(name: str) -> frozenset[str]:
    """The characters of a list."""
    return frozenset("".join(chinese(name)))


def family_names() -> frozenset[str]:
    """Family names of one character that are no everyday words."""
    return signs("family_names")


def first_within(folded: str, name: str, start: int, end: int) -> bool:
    """Whether a word of a list stands between `start` and `end`."""
    words_of = by_first(name)
    return any(folded.startswith(words_of.get(folded[at], ()), at, end) for at in range(start, end))
