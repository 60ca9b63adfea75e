"""Names of people in a Chinese text: where one begins and ends, and what only looks like one.

All of it is compared in Simplified characters. A country or city is nobody, nor is a piece of one: 羅馬尼亞.
"""

import re

from parsers.people.chinese_words import by_first, by_last, chinese, family_names, signs

NEAR = 2_000  # characters before and behind, where a name that stands again shows how long it is
HAN = re.compile("[\u3400-\u9fff\u3007]")
DOTS = "·・•‧.･∙⋅․﹒ㆍ"  # full width ones are folded
_FOREIGN = re.compile(f"[\u3400-\u9fff]{{1,6}}(?:[{re.escape(DOTS)}][\u3400-\u9fff]{{1,6}}){{1,3}}")
_LONGEST_PLACE = 9
_LONGEST_BY_SOUND = 7


def name_end(folded: str, start: int, *, abroad: bool = False) -> int:
    """Where the name that begins at `start` ends, 0 when none does.

    :param abroad: whether the office is one of another land, whose names are also written by their sound.
    """
    foreign = _FOREIGN.match(folded, start)
    if foreign:
        last = max(foreign[0].rfind(dot) for dot in DOTS) + foreign.start() + 2
        return next((end for end in range(last, foreign.end() + 1) if _breaks(folded, end)), 0)
    if not _begins(folded, start):
        return 0
    end = next((start + size for size in _sizes(folded, start) if _fits(folded, start, start + size)), 0)
    if end - start == 3 and folded[end - 1] in chinese("last_or_behind") and _fits(folded, start, end - 1):
        return end if _breaks(folded, end, clearly=True) or _stands_again(folded, start, end) else end - 1
    if end and _is_doubtful(folded, start) and not _stands_again(folded, start, end):
        return 0
    return end or (_by_sound(folded, start) if abroad else 0) or _used_again(folded, start)


def names_before(folded: str, end: int) -> list[int]:
    """Where a name that ends at `end` may begin, the longest first."""
    starts = (start for start in range(max(0, end - 4), end - 1) if folded[start] != "区")  # 各區民政專員
    likely = [start for start in starts if end - start in _sizes(folded, start) and _is_name(folded, start, end)]
    return [start for start in likely if not _is_doubtful(folded, start) or again_near(folded, start, end)]


def clear_before(folded: str, at: int) -> bool:
    """Whether something may begin at `at`: after no character, or after a word that belongs to no name."""
    if at == 0 or not HAN.match(folded, at - 1):
        return True
    return any(folded.endswith(word, 0, at) for word in by_last("stops").get(folded[at - 1], ()))


def again_near(folded: str, start: int, end: int) -> bool:
    """Whether the name stands in the text about it once more."""
    return folded.count(folded[start:end], max(0, start - NEAR), end + NEAR) > 1


def in_place(folded: str, start: int, end: int) -> bool:
    """Whether what stands there is a part of the name of a place, and not all of it: 也 of 維也納."""
    return any(first <= start and end <= last and last - first > end - start for first, last in _places(folded, start))


def _begins(folded: str, start: int) -> bool:
    two, third = folded[start : start + 2], folded[start + 2 : start + 3]
    if two in chinese("also_names"):
        return third not in chinese("not_after_also_names")
    return two not in chinese("not_names")


def _sizes(folded: str, start: int) -> tuple[int, ...]:
    """How many characters a name that begins there may have, in the order they are tried."""
    if folded[start : start + 2] in chinese("compound_names"):
        return 4, 3
    first = folded[start : start + 1]
    if first in chinese("doubtful_names"):
        return (3,)
    if first not in family_names() or not first:
        return ()
    return (3, 2, 4) if folded[start + 1 : start + 2] in family_names() else (3, 2)


def _fits(folded: str, start: int, end: int) -> bool:
    return _is_name(folded, start, end) and _breaks(folded, end)


def _is_name(folded: str, start: int, end: int) -> bool:
    behind = start + (2 if folded[start : start + 2] in chinese("compound_names") else 1)
    given = folded[behind:end]
    if len(given) < end - behind or any(not HAN.match(char) or char in signs("not_given") for char in given):
        return False
    if not _begins(folded, start) or (end - start == 2 and folded[start:end] in chinese("also_names")):
        return False
    if any(folded[at : at + 2] in chinese("not_within") for at in range(behind, end)):
        return False
    return not _tears_place(folded, start, end)


def _tears_place(folded: str, start: int, end: int) -> bool:
    """Whether a place begins before or with a name, or goes on behind it; 孫中山 has one in the name."""
    if folded[start : start + 2] in chinese("also_names"):
        return False
    return any(
        first <= start < last or first < end < last or (first < end and _is_doubtful(folded, start))
        for first, last in _places(folded, start, end)
    )


def _places(folded: str, start: int, end: int = 0) -> list[tuple[int, int]]:
    """The places that are named from a little before `start` to `end`, but those that end before."""
    found = []
    for at in range(max(0, start - _LONGEST_PLACE), max(start + 1, end)):
        for name in ("abroad", "home"):
            word = next((word for word in by_first(name).get(folded[at], ()) if folded.startswith(word, at)), "")
            if word and at + len(word) > start:
                found.append((at, at + len(word)))
    return found


def _is_doubtful(folded: str, start: int) -> bool:
    return folded[start] in chinese("doubtful_names") and folded[start : start + 2] not in chinese("compound_names")


def _breaks(folded: str, at: int, *, clearly: bool = False) -> bool:
    """Whether the text goes on as it does after a name; `clearly` so only with a word of several characters."""
    rest = folded[at : at + 4]
    if not rest or not HAN.match(rest):
        return True
    return any(rest.startswith(word) and len(word) > clearly for word in by_first("follows").get(rest[0], ()))


def _stands_again(folded: str, start: int, end: int) -> bool:
    """Whether the name stands again, and never without its last character."""
    near = folded[max(0, start - NEAR) : start + NEAR]
    return 1 < near.count(folded[start:end]) == near.count(folded[start : end - 1])


def _by_sound(folded: str, start: int) -> int:
    """Where a foreign name written by its sound ends: 胡齊什維利, 普京."""
    end = start
    while end < start + _LONGEST_BY_SOUND and folded[end : end + 1] in signs("sounds") and end < len(folded):
        end += 1
        if end - start > 1 and _breaks(folded, end):
            words = any(folded[at : at + 2] in chinese("not_within") for at in range(start, end))
            return 0 if words or _breaks(folded, start) or _tears_place(folded, start, end) else end
    return 0


def _used_again(folded: str, start: int) -> int:
    """A name of three characters that stands again, though the text never goes on as it does after a name."""
    end = start + 3
    known = folded[start : start + 1] in family_names() and _is_name(folded, start, end)
    if not known or not _stands_again(folded, start, end):
        return 0
    longer = folded[start : end + 1]
    torn = longer[-1] in signs("sounds") and folded.count(longer, max(0, start - NEAR), start + NEAR) > 1
    return 0 if torn else end
