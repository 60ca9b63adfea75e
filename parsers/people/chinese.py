"""People and their offices in a Chinese text.

Offices stand before a name (行政長官李家超 · 消防處副處長（行動）陳慶勇) or behind it (楊恩健處長 · 習近平主席).
The text is compared in Simplified characters, place by place the same as the text itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from parsers.people.chinese_names import HAN, again_near, clear_before, in_place, name_end, names_before
from parsers.people.chinese_words import by_last, chinese, ending, family_names, first_within
from parsers.people.mention import Found

LONGEST_TITLE = 26  # characters
MOST = 5_000  # places that may end a title or a name of a body; a text made to hurt has more
_BRACKET = re.compile("[（(][\u3400-\u9fff]{1,12}[）)]")
_AND = ("与", "和", "以及")
_BEFORE = ("署理", "候任", "国家")  # stand before an office and belong to it
_CONJUNCTIONS = "及和与暨兼并、，"
_NUMERALS, _MEASURES = frozenset("一二三四五六七八九十两几数多每各"), "所间家个名位项支批"
_TOGETHER = ("、", "兼", "暨")
_THIS, _SHORT_BODIES = "该本贵", "会局署处部厅院校社馆"
_SPEAKERS = ("发言人", "新闻发言人")
_AFTER_NAME = re.compile("|".join(sorted(chinese("after_name"), key=len, reverse=True)))
_OF_STATES = frozenset(("主席", "总书记", "总统", "总理", "首相"))
_COURTESIES = frozenset(["先生", "女士", "小姐", "太太", "夫人", "教授", "博士"])
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
    before: tuple[Title, ...] = ()  # offices that stand one after the other
    for title in _titles(folded):
        if title.start < begin and title.end <= begin:
            continue
        start = _past_conjunction(folded, max(title.start, begin), title.end)
        if _is_called_so(folded[start : title.end]):
            continue
        before = before if before and folded[before[-1].end : start] in _TOGETHER else ()
        end = name_end(folded, title.end, abroad=first_within(folded, "abroad", start, title.end))
        if end:
            role = text[start : title.end].strip()
            also = tuple(text[one.start : one.end] for one in before)
            name, cover = text[title.end : end], (start, end)
            found.append(Found("person", title.end, end, name, role, 0.95, "after_office", cover, also))
            begin, before = end, ()
            continue
        before = (*before[-1:], Title(start, title.end, title.formal))
        if title.formal:
            name, cover = text[start : title.end], (start, title.end)
            found.append(Found("post", *cover, name, None, 0.9, "office", cover))
    found.extend(_titled_behind(text, folded, [(one.start, one.end) for one in found if one.kind == "person"]))
    return found


def _is_called_so(title: str) -> bool:
    """Whether it is a family name with an office, as 梁主席 is."""
    return len(title) < 4 and title[0] in family_names() and title[1:] in chinese("posts")


def _past_conjunction(folded: str, start: int, end: int) -> int:
    """Of two offices side by side the second begins behind "and": 局長甲乙丙及常任秘書長丁戊己."""
    while start < end - 2 and folded[start] in _CONJUNCTIONS:
        start += 1
    return start


def _titles(folded: str) -> Iterator[Title]:
    ends = by_last("posts")
    for last in islice(_LAST_OF_POST.finditer(folded), MOST):
        head = next((word for word in ends[last[0]] if folded.endswith(word, 0, last.end())), None)
        if head is None or _goes_on(folded, last.end()):
            continue
        whole = ending(folded, last.end(), "complete")
        start = last.end() - len(whole or head)
        start = _prefixed(folded, start) if whole else _with_quoted(folded, begin_of(folded, start), start)
        bracket = _BRACKET.match(folded, last.end())
        end = bracket.end() if bracket and name_end(folded, bracket.end()) else last.end()
        yield Title(start, end, bool(whole) or _is_formal(folded[start : last.end()], head))


def _with_quoted(folded: str, start: int, head: int) -> int:
    """An office of a body in quotes, or with a name in quotes, begins there: 「…委員會」主席, 「雪龍2」號…會主席."""
    if folded[start - 1 : start] != "」" or not start:
        return start
    opening = folded.rfind("「", max(0, start - LONGEST_TITLE), start - 1)
    within = opening >= 0 and (start < head or ending(folded, start - 1, "body_ends"))
    return opening if within and "，" not in folded[opening:start] else start


def _goes_on(folded: str, end: int) -> bool:
    """Whether the word is only the beginning of another: 主席團, 局長級, 委員會, 代表團."""
    return folded[end : end + 1] in ("会", "团", "级", "处", "室", "们", "厅", "府", "馆", "制")


def _is_formal(title: str, head: str) -> bool:
    """The head of a department: its name ends before 局長, 署長, 處長."""
    body = title[: -len(head)]
    if head in _SPEAKERS:  # whoever speaks: 保安局發言人
        return len(body) > 1 and bool(ending(body, len(body), "known_bodies") or ending(body, len(body), "body_ends"))
    if head.endswith(("发言人", "议员", "委员")) or head.startswith(("副", "助理")):
        return False
    return len(body) > 1 and (body in chinese("known_bodies") or body.startswith("驻") or "驻" in body[:4])


def begin_of(folded: str, end: int, longest: int = LONGEST_TITLE) -> int:
    """Where a title or a body's name begins whose last part begins at `end`, `longest` characters away at most."""
    stops, at = by_last("stops"), end
    while at > 0 and end - at < longest and HAN.match(folded, at - 1):
        known = ending(folded, at, "known_bodies")
        if known:
            at -= len(known)
            break
        stop = next((word for word in stops.get(folded[at - 1], ()) if folded.endswith(word, 0, at)), "")
        if stop and not _inside_word(folded, at, stop, end):
            break
        if folded[at - 1] in _MEASURES and folded[at - 2 : at - 1] in _NUMERALS:
            break  # 八所大學
        at -= 1
    if at < end and (folded[at] in "及暨兼" or (folded[at] in "年届号" and at and folded[at - 1].isdigit())):
        at += 1
    if 0 < at < end and folded[at] in _SHORT_BODIES and folded[at - 1] in _THIS:
        at += 1  # 該會主席
    return _prefixed(folded, at)


def _prefixed(folded: str, at: int) -> int:
    return next((at - len(before) for before in _BEFORE if folded.endswith(before, 0, at)), at)


def _inside_word(folded: str, at: int, stop: str, end: int) -> bool:
    """Whether what looks like a boundary before `at` is part of a word or joins two words of one name."""
    kept = chinese("kept_words")
    around = folded[at - 1 : at + 1], folded[max(0, at - 2) : at], folded[max(0, at - 2) : at + 1]
    if len(stop) == 1 and not kept.isdisjoint(around):
        return True
    if stop == "代表" and folded[at : at + 1] in ("团", "队", "处"):
        return True
    if stop in _AND:
        return at < end and bool(ending(folded, at - len(stop), "domains"))
    return in_place(folded, at - len(stop), at)


def _titled_behind(text: str, folded: str, taken: list[tuple[int, int]]) -> Iterator[Found]:
    """Names with a title behind them: 習近平主席, 盧寵茂教授. What is a name by an office before it is left to that."""
    starts = {start for start, _ in taken}
    for title in _AFTER_NAME.finditer(folded):
        for start in names_before(folded, title.start()):
            size = title.start() - start
            clear = clear_before(folded, start)
            if start in starts or (size == 2 and not clear):
                break
            known = title[0] in _OF_STATES and size == 3
            if not (clear or known or again_near(folded, start, title.start())) or (size == 4 and not clear):
                continue
            role = None if title[0] in _COURTESIES else text[title.start() : title.end()]
            name, cover = text[start : title.start()], (start, title.end())
            yield Found("person", start, title.start(), name, role, 0.85, "before_title", cover)
            break
