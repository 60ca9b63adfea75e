"""Names put beside the offices that stand before or behind them, written large or small.

The Secretary for Security, Mr Tang Ping-keung · crime prevention minister Jeremy Browne · David Lammy, Secretary of
State for … · Ann McCall is the waste management director at … · Secretary Alice Mak (Secretary for …).
"""

import re
from collections.abc import Sequence

from parsers.people.english_posts import HONORIFICS, Name, Post
from parsers.people.gazetteer import words
from parsers.people.mention import Found

_EDGES = words("english", "edges")
_REACH = 60  # characters that an office in small letters is looked for in
_LOWER_POST = re.compile(
    r"(?<![\w-])(?:(?:vice|deputy|interim|acting)[ -])?(?:minister|president|director|chair(?:man|woman|person)?"
    r"|(?:co-)?rapporteur|spokes(?:person|man|woman)|commissioner|secretary|governor|mayor|ambassador|chancellor"
    r"|chief|head|professor)\b(?!-)"
)
_TITLED = re.compile(
    r"(?:[A-Z][\w’'-]*[ ]){0,3}(?:Head|Director|Adviser|Advisor|Doctor|Chair|Chief|Professor|Manager|Officer)\b"
    r"(?: and [a-z]+(?: [a-z]+)?)?"
)
_WORDS_BEFORE = re.compile(r"(?:[\w’'-]+ ){0,4}")
_TAIL = re.compile(
    r"(?: (?:of|for|at|to)(?: the)?(?: [A-ZÀ-Ž][\w’'-]*(?: (?:and|for|of|&)(?= [A-Z]))?){1,8}(?: \([A-Z]{2,8}\))?){1,2}"
)
_OF_WHAT = re.compile(r"(?: related)? (?:regulation|proposal|report|file|campaign)\b")
_APPOSED = re.compile(
    r"(?: \([^()\n]{1,60}\))?(?:,| is| was| –| -) (?:(?:who is )?(?:the |an? |our |its )?)(?:current |new |then )?"
)
_BEHIND_BRACKET = re.compile(r" \((?:the )?")
_CLOSES = re.compile(r",|;| said| stated| says| told| will| added| has| have| and |\.|\n|$")
_CLAUSE = re.compile(r"[,.;:\n“”\"(]")
_SUFFIX = "|".join(sorted(words("english", "suffixes")))
_LETTERS = re.compile(rf"(?:,? (?:(?:{_SUFFIX})\b|(?:[A-Z]\.){{2,}}))+")
_SAID = re.compile(r",? (?:said|says|stated|told|added|announced|warned|welcomed|attended|opened|met|will|has)\b")
_GAP = re.compile(rf",? (?:(?:(?:[Tt]he )?(?:{'|'.join(sorted(HONORIFICS))}))\.? ){{0,3}}")
_LONGEST_GAP = 28


def with_posts(text: str, posts: Sequence[Post], names: Sequence[Name]) -> list[Found]:
    """Each name with the office that stands before or behind it; without one only after Mr, Dr or the like."""
    ending, starting = {post.end: post for post in posts}, {post.start: post for post in posts}
    held = []
    for tokens, honoured in names:
        start, end, several = tokens[0].start, tokens[-1].end, len(tokens) > 1
        before = _before(text, (start, end), ending, honoured=honoured or not several) or (
            _lowered(text, start) if several else None
        )
        behind = _behind(text, _past_letters(text, end), starting) if several else None
        post = behind if behind and (not before or len(behind.role) > len(before.role)) else before
        if post is None and not (honoured and several):
            continue
        rule = "honoured" if post is None else "after_office" if post is before else "before_office"
        cover = (min(start, post.start), max(end, post.end)) if post else (start, end)
        name, role = " ".join(token.text for token in tokens), post.role if post else None
        held.append(Found("person", start, end, name, role, 0.95 if post else 0.85, rule, cover))
    return held


def _before(text: str, name: tuple[int, int], ending: dict[int, Post], *, honoured: bool) -> Post | None:
    start, end = name
    for back in range(1, _LONGEST_GAP):
        post = ending.get(start - back)
        if post is None:
            continue
        gap = text[post.end : start]
        if not _GAP.fullmatch(gap) or ("," in gap and not honoured and not _enclosed(text, post, end)):
            return None
        return post
    return None


def _enclosed(text: str, post: Post, end: int) -> bool:
    """Whether a name between commas is the holder's: The Secretary of State for Justice, Shabana Mahmood, said."""
    the = text[max(0, post.start - 4) : post.start].lstrip("\n (“") in ("The ", "the ")
    return post.formal and the and bool(_SAID.match(text, _past_letters(text, end)))


def _past_letters(text: str, end: int) -> int:
    """Behind the letters that follow a name: KCB, MP; K.C."""
    letters = _LETTERS.match(text, end)
    return letters.end() if letters else end


def _lowered(text: str, start: int) -> Post | None:
    """An office in small letters right before a name: crime prevention minister Jeremy Browne."""
    told = [post.span() for post in _LOWER_POST.finditer(text, max(0, start - _REACH), start)]
    if not told or text[told[-1][1] : start] != " ":
        return None
    begin, end = _modified_left(text, told[-1][0]), told[-1][1]
    return Post(begin, end, text[begin:end], False)


def _modified_left(text: str, at: int) -> int:
    """Up to four words before an office in small letters, if they begin at an article or a clause."""
    told = _CLAUSE.split(text[max(0, at - _REACH) : at])[-1].split()
    edge = next((back for back in range(len(told)) if told[-1 - back].casefold() in _EDGES), None)
    kept = " ".join(told[len(told) - edge :] if edge is not None else told)
    if not kept or kept.count(" ") > 3 or text[at - len(kept) - 1 : at] != kept + " ":
        return at
    return at - len(kept) - 1


def _behind(text: str, end: int, starting: dict[int, Post]) -> Post | None:
    bracket = _BEHIND_BRACKET.match(text, end)
    if bracket and (post := starting.get(bracket.end())) and text[post.end : post.end + 1] == ")":
        return post
    gap = _APPOSED.match(text, end)
    if gap is None:
        return None
    known = starting.get(gap.end())
    found = _longer(text, known) if known else _small(text, gap.end())
    return found if found and _CLOSES.match(text, found.end) else None


def _longer(text: str, post: Post) -> Post:
    """An office with where it is held, which only an office behind a name has: Director of … at PHE."""
    tail = _TAIL.match(text, post.end)
    end = _lettered(text, tail.end() if tail else post.end)
    return Post(post.start, end, " ".join(text[post.start : end].split()), post.formal)


def _small(text: str, at: int) -> Post | None:
    """An office behind a name, written small or in mixed letters: co-rapporteur for …, Head of Care at …"""
    match = _LOWER_POST.search(text, at, min(len(text), at + _REACH))
    if match is None or not _WORDS_BEFORE.fullmatch(text, at, match.start()):
        match = _TITLED.match(text, at)
    if match is None:
        return None
    tail = _TAIL.match(text, match.end())
    end = _lettered(text, tail.end() if tail else match.end())
    return Post(at, end, " ".join(text[at:end].split()), False)


def _lettered(text: str, end: int) -> int:
    more = _OF_WHAT.match(text, end)
    return more.end() if more else end
