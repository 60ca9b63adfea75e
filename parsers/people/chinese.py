"""People and their offices in a Chinese text.

Offices stand before a name (行政長官李家超 · 消防處副處長（行動）陳慶勇) or behind it (楊恩健處長 · 習近平主席).
The text is compared in Simplified characters, place by place the same as the text itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from parsers.people.chinese_words import by_first, by_last, chinese, ending, family_names
from parsers.people.mention import Found

LONGEST_TITLE = 26  # characters
MOST = 5_000  # places that may end a title or a name of a body; a text made to hurt has more
NEAR = 2_000  # characters before and behind, where a name that stands again shows how long it is
_HAN = re.compile("[\u3400-\u9fff\u3007]")
_BRACKET = re.compile("[（(][\u3400-\u9fff]{1,12}[）)]")
_FOREIGN = re.compile("[\u3400-\u9fff]{1,6}(?:[·・•‧][\u3400-\u9fff]{1,6}){1,3}")
_AND = ("与", "和", "以及")
_BEFORE = ("署理", "候任", "国家")  # stand before an office and belong to it
_NO_NAME = frozenset(
    "局署处部会院司厅务总副长官委员组队团党国省市县区镇乡村港澳台年月日时分的了在和与及等是有为中上下大小新多个名位内外刚指说称盼吁透露谈们这那我他她你它一二三四五六七八九十"
)
_LAST_OF_POST = re.compile(f"[{''.join(sorted(re.escape(last) for last in by_last('posts')))}]")


@dataclass(frozen=True, slots=True)
class Title:
    """An office as printed: where it begins and ends, and whether it is one without a holder."""

    start: int
    end: int
    formal: bool


def people(text: str, folded: str) -> list[Found]:
    """People with the offices the text gives them, and offices without one."""
    found: list[Found] = []
    begin = 0
    for title in _titles(folded):
        if title.start < begin and title.end <= begin:
            continue
        start = max(title.start, begin)
        if (
            title.end - start < 4
            and folded[start] in family_names()
            and folded[start + 1 : title.end] in chinese("posts")
        ):
            continue  # 梁主席 is a person already
        end = name_end(folded, title.end)
        if end:
            role = text[start : title.end].strip()
            found.append(
                Found("person", title.end, end, text[title.end : end], role, 0.95, "after_office", (start, end))
            )
            begin = end
        elif title.formal:
            found.append(
                Found("post", start, title.end, text[start : title.end], None, 0.9, "office", (start, title.end))
            )
    found.extend(_titled_behind(text, folded, [(one.start, one.end) for one in found if one.kind == "person"]))
    return found


def _titles(folded: str) -> Iterator[Title]:
    ends = by_last("posts")
    for last in islice(_LAST_OF_POST.finditer(folded), MOST):
        head = next((word for word in ends[last[0]] if folded.endswith(word, 0, last.end())), None)
        if head is None or _goes_on(folded, last.end()):
            continue
        whole = ending(folded, last.end(), "complete")
        start = _prefixed(folded, last.end() - len(whole)) if whole else begin_of(folded, last.end() - len(head))
        bracket = _BRACKET.match(folded, last.end())
        end = bracket.end() if bracket and name_end(folded, bracket.end()) else last.end()
        yield Title(start, end, bool(whole) or _is_formal(folded[start : last.end()], head))


def _goes_on(folded: str, end: int) -> bool:
    """Whether the word is only the beginning of another: 主席團, 局長級, 委員會, 代表團."""
    return folded[end : end + 1] in ("会", "团", "级", "处", "室", "们", "厅", "府", "馆", "制")


def _is_formal(title: str, head: str) -> bool:
    """The head of a department: its name ends before 局長, 署長, 處長."""
    body = title[: -len(head)]
    if head.endswith(("发言人", "议员", "委员")) or head.startswith(("副", "助理")):
        return False
    return len(body) > 1 and (body in chinese("known_bodies") or body.startswith("驻") or "驻" in body[:4])


def begin_of(folded: str, end: int, longest: int = LONGEST_TITLE) -> int:
    """Where a title or a body's name begins whose last part begins at `end`, `longest` characters away at most."""
    stops, at = by_last("stops"), end
    while at > 0 and end - at < longest and _HAN.match(folded, at - 1):
        known = ending(folded, at, "known_bodies")
        if known:
            at -= len(known)
            break
        stop = next((word for word in stops.get(folded[at - 1], ()) if folded.endswith(word, 0, at)), "")
        if stop and not _inside_word(folded, at, stop, end):
            break
        at -= 1
    if at < end and (folded[at] in "及暨兼" or (folded[at] in "年届号" and at and folded[at - 1].isdigit())):
        at += 1
    return _prefixed(folded, at)


def _prefixed(folded: str, at: int) -> int:
    return next((at - len(before) for before in _BEFORE if folded.endswith(before, 0, at)), at)


def _inside_word(folded: str, at: int, stop: str, end: int) -> bool:
    """Whether what looks like a boundary before `at` is part of a word or joins two words of one name."""
    if stop in _AND:
        return at < end and bool(ending(folded, at - len(stop), "domains"))
    kept = chinese("kept_words")
    return len(stop) == 1 and (folded[at - 1 : at + 1] in kept or folded[max(0, at - 2) : at] in kept)


def name_end(folded: str, start: int) -> int:
    """Where the name that begins at `start` ends, 0 when none does."""
    foreign = _FOREIGN.match(folded, start)
    if foreign:
        last = max(foreign[0].rfind(dot) for dot in "·・•‧") + foreign.start() + 2
        return next((end for end in range(last, foreign.end() + 1) if _breaks(folded, end)), 0)
    first = folded[start : start + 1]
    if folded[start : start + 2] in chinese("not_names"):
        return 0
    if folded[start : start + 2] in chinese("compound_names"):
        return _fitting(folded, start, (4, 3))
    if first not in family_names() or not first:
        return 0
    return _fitting(folded, start, (3, 2, 4) if folded[start + 1 : start + 2] in family_names() else (3, 2))


def _fitting(folded: str, start: int, sizes: tuple[int, ...]) -> int:
    """The first of the lengths after which the text goes on as it does after a name; else three, used again."""
    for size in sizes:
        given = folded[start + 1 : start + size]
        if len(given) == size - 1 and _is_given(given) and _breaks(folded, start + size):
            return start + size
    three, near = folded[start : start + 3], folded[max(0, start - NEAR) : start + NEAR]
    if len(three) == 3 and _is_given(three[1:]) and 1 < near.count(three) == near.count(three[:2]):
        return start + 3
    return 0


def _is_given(given: str) -> bool:
    return all(_HAN.match(char) and char not in _NO_NAME for char in given)


def _breaks(folded: str, at: int) -> bool:
    rest = folded[at : at + 4]
    if not rest or not _HAN.match(rest):
        return True
    return any(rest.startswith(word) for word in by_first("follows").get(rest[0], ()))


def _titled_behind(text: str, folded: str, taken: list[tuple[int, int]]) -> Iterator[Found]:
    """Names with a title behind them: 習近平主席, 盧寵茂教授. What is a name by an office before it is left to that."""
    pattern = re.compile("|".join(sorted(chinese("after_name"), key=len, reverse=True)))
    starts = {start for start, _ in taken}
    for title in pattern.finditer(folded):
        for size in (3, 2):
            start = title.start() - size
            if (
                start < 0
                or folded[start] not in family_names() - {"区"}
                or not _is_given(folded[start + 1 : title.start()])
            ):
                continue
            if folded[start : start + 2] in chinese("not_names"):
                continue
            if start in starts or (size == 2 and not _clear_before(folded, start)):
                break
            known = title[0] in _OF_STATES and size == 3
            if not (known or _clear_before(folded, start) or _again_near(folded, start, title.start())):
                continue
            role = None if title[0] in _COURTESIES else text[title.start() : title.end()]
            yield Found(
                "person",
                start,
                title.start(),
                text[start : title.start()],
                role,
                0.85,
                "before_title",
                (start, title.end()),
            )
            break


def _again_near(folded: str, start: int, end: int) -> bool:
    return folded.count(folded[start:end], max(0, start - NEAR), end + NEAR) > 1


_OF_STATES = frozenset(("主席", "总书记", "总统", "总理", "首相"))
_COURTESIES = frozenset(["先生", "女士", "小姐", "太太", "夫人", "教授", "博士"])


def _clear_before(folded: str, at: int) -> bool:
    if at == 0 or not _HAN.match(folded, at - 1):
        return True
    return any(folded.endswith(word, 0, at) for word in by_last("stops").get(folded[at - 1], ()))
