"""Bodies in a Chinese text: by their own names where these are known, else by the word they are called by."""

import re
from collections.abc import Iterator
from itertools import islice

from parsers.people.chinese import MOST, begin_of
from parsers.people.chinese_words import by_last, chinese, ending
from parsers.people.mention import Found

SHORTEST, LONGEST = 3, 30  # characters of a name that is not known
LONGEST_SHORT = 8  # of one that is called by one character
NOWHERE = (-1, "", 0.0)
_LASTS = sorted({word[-1] for name in ("known_bodies", "body_ends") for word in chinese(name)} | chinese("short_ends"))
_LAST = re.compile(f"[{''.join(_LASTS)}]")
_NOT_AFTER = re.compile("[长方级员理]")
_SHORT_GOES_ON = re.compile("[局署处厅]|[长方部门分队署理于处级员限委编任]|面|势|置|机")
_SHORT_CALLED = re.compile('[「“"‘『《]?([\u3400-\u9fff]{2,8})[」”"’』》]?[）)]')
_OPENING = re.compile("[（(](?:以下(?:简称|称)|下称|简称)?[：:]?")
_QUOTED = re.compile("[「『“《][\u3400-\u9fff]+$")
_CLOSING = frozenset("」』”》")
_SOMEBODY_SPEAKS = re.compile("[我你他她它们说]")
_EACH = frozenset("各该本每")
_JOINED = re.compile("[A-Za-z0-9]|(?<=[\u3400-\u9fffA-Za-z0-9])[」』”》〉]")
_BREAK = re.compile("[^\u3400-\u9fff]")


def bodies(text: str, folded: str) -> Iterator[Found]:
    """Bodies from left to right; a name that is part of a longer one is not told apart from it."""
    begin = 0
    for last in islice(_LAST.finditer(folded), 2 * MOST):
        end = last.end()
        start, rule, sure = _start(folded, end, begin)
        if (
            start < 0
            or _NOT_AFTER.match(folded, end)
            or any(folded.endswith(word, 0, end) for word in _not_bodies(last[0]))
        ):
            continue
        yield Found("body", start, end, text[start:end], None, sure, rule, (start, end))
        begin = start


def _not_bodies(last: str) -> tuple[str, ...]:
    return by_last("not_bodies").get(last, ())


def short_form(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the short form of a name stands that a text defines behind it, （社署）, or before it, X（…）."""
    name = folded[start:end]
    if folded[start - 1 : start] in ("（", "(") and start:
        sizes = (
            size for size in range(6, 1, -1) if size < start and _within(folded[start - 1 - size : start - 1], name)
        )
        return next(((start - 1 - size, start - 1) for size in sizes if folded[start - 1 - size] == name[0]), None)
    opening = _OPENING.match(folded, end)
    if opening is None:
        return None
    called = _SHORT_CALLED.match(folded, opening.end())
    if called is None or not _within(called[1], name):
        return None
    return called.start(1), called.end(1)


def _within(short: str, name: str) -> bool:
    letters = iter(name)
    return len(short) < len(name) and all(letter in letters for letter in short)


def _start(folded: str, end: int, begin: int) -> tuple[int, str, float]:
    if known := ending(folded, end, "known_bodies"):
        return end - len(known), "known", 0.98
    if called := ending(folded, end, "body_ends"):
        start = _whole(folded, begin_of(folded, end - len(called)), end)
        if start >= begin and SHORTEST + 1 <= end - start <= LONGEST and end - len(called) > start + 1:
            return start, "called", 0.9
        return NOWHERE
    if folded[end - 1] in chinese("short_ends") and not _SHORT_GOES_ON.match(folded, end):
        start = begin_of(folded, end - 1, LONGEST_SHORT)
        clear = start == 0 or _BREAK.match(folded, start - 1)
        if clear and not _torn(folded, start) and SHORTEST <= end - start <= LONGEST_SHORT:
            return start, "called_short", 0.8
    return NOWHERE


def _whole(folded: str, start: int, end: int) -> int:
    """Where a name begins that is quoted or begins behind 各, all the same; -1 where it is torn."""
    quoted = _QUOTED.search(folded, max(0, end - LONGEST), end) if folded[end : end + 1] in _CLOSING else None
    if quoted and quoted.start() + 1 <= start:
        return -1 if _SOMEBODY_SPEAKS.search(quoted[0]) else quoted.start() + 1
    if folded[start] in "区市县" and folded[max(0, start - 1) : start] in _EACH:
        return start + 1
    return -1 if _torn(folded, start) else start


def _torn(folded: str, start: int) -> bool:
    """Whether something stands right before that belongs to the name as likely as not: 「雪龍2」號…, APEC…, 5678…"""
    return start > 0 and bool(_JOINED.match(folded, start - 1))
