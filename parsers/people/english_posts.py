"""Offices and names in one run of capitalised words.

What tells an office's title from the name behind it is that no name is made of the words of offices: Secretary for
the Civil Service | Ingrid Yeung.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.people.gazetteer import words
from parsers.people.runs import Token

LONGEST_NAME = 4  # words
Name = tuple[list[Token], bool]  # its words, and whether Mr, Dr or the like stands before them
HONORIFICS = words("english", "honorifics")
_POSTS, _COMPLETE = words("english", "posts"), words("english", "complete")
_FIRST_OF_POSTS = frozenset(post.split()[0] for post in _POSTS)
_MODIFIERS, _OFFICE_WORDS = words("english", "modifiers"), words("english", "office_words")
_BODY_WORDS, _THINGS = words("english", "bodies"), words("english", "things")
_FAMILY, _ALSO_NAMES = words("english", "family_names"), words("english", "also_names")
_BEFORE_SURNAME, _SUFFIXES = words("english", "before_surname"), words("english", "suffixes")
_NOT_FIRST = words("english", "not_first")
_NOT_NAMES = _OFFICE_WORDS | _POSTS | _MODIFIERS | _THINGS | _BODY_WORDS
_PART_OF_TITLE = _MODIFIERS | _OFFICE_WORDS | _BODY_WORDS | _POSTS
_OF_COURTS = ("Justice", "Judge")
_LETTERED = re.compile(r"\.(?:[A-Z]\.)+")
_BRACKETED = re.compile(r" ?\(((?:[^()\n]|\([^()\n]{1,20}\)){2,80})\)")


@dataclass(frozen=True, slots=True)
class Post:
    """An office where it stands; `formal` when it can be told without a holder."""

    start: int
    end: int
    role: str
    formal: bool


def read(text: str, part: list[Token]) -> tuple[list[Post], list[Name]]:
    """The offices of a part, and the names in it."""
    honours = 0
    while is_honorific(part, honours):
        honours += 1
    posts: list[Post] = []
    names: list[Name] = []
    at = honours
    if honours and (name := _name(part[honours:])):
        names.append((name, True))
        at += len(name)
    while at < len(part):
        size = _post_at(part, at)
        if not size:
            at += 1
            continue
        left = _modified_from(part, at)
        end, name = _until(part, at + size, " ".join(token.text for token in part[at : at + size]))
        posts.append(_post(text, part[left].start, part[end - 1].end, end > at + size))
        if name:
            names.append((name, False))
        at = end + len(name)
    if not posts and not names and (name := _name_alone(part)):
        names.append((name, False))
    return posts, [(_without_letters(text, name), honoured) for name, honoured in names]


def _name_alone(part: list[Token]) -> list[Token]:
    """A part that is a name and nothing else, but for the letters behind it."""
    name = part[: next((at for at in range(len(part)) if at and _is_suffix(part, at)), len(part))]
    return name if 2 <= len(name) <= LONGEST_NAME and all(_nameable(token) for token in name) else []


def _is_suffix(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word stands behind a name as KCB does, with nothing more of the name to come: K C Chan."""
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    return tokens[at].text in _SUFFIXES and (behind is None or behind.text in _SUFFIXES or not _nameable(behind))


def _without_letters(text: str, name: list[Token]) -> list[Token]:
    """Without the first of K.C.B., which looks like one more initial."""
    lettered = len(name) > 1 and len(name[-1].text) == 1 and _LETTERED.match(text, name[-1].end)
    return name[:-1] if lettered else name


def is_honorific(run: Sequence[Token], at: int) -> bool:
    """Whether the word there is Mr, Dr or the like; Justice is part of an office as often: Secretary for Justice."""
    if at >= len(run) or run[at].text.rstrip(".") not in HONORIFICS:
        return False
    if run[at].text not in _OF_COURTS:
        return True
    before = run[at - 1] if at else None
    behind = run[at + 1] if at + 1 < len(run) else None
    return not (before and (before.joins or before.text == "Chief")) and behind is not None and _nameable(behind)


def _post(text: str, start: int, end: int, tailed: bool) -> Post:
    bracket = _BRACKETED.match(text, end) if tailed else None
    if bracket and bracket[1][0].isupper() and not bracket[1].isupper() and bracket[1].split()[0] not in _POSTS:
        end = bracket.end()
    role = " ".join(text[start:end].split())
    formal = tailed or role in _COMPLETE
    return Post(start, end, role, formal and role.split()[0] not in ("Doctor", "Head", "Chair", "Speaker"))


def _post_at(part: Sequence[Token], at: int) -> int:
    if part[at].text not in _FIRST_OF_POSTS:
        return 0
    for size in (3, 2, 1):
        if " ".join(token.text for token in part[at : at + size]) in _POSTS and at + size <= len(part):
            return size
    return 0


def _modified_from(part: Sequence[Token], at: int) -> int:
    left = at
    while left and not part[left - 1].joins and part[left - 1].text in _PART_OF_TITLE:
        left -= 1
    while left < at and part[left].text in _NOT_FIRST:
        left += 1
    return left


def _until(part: Sequence[Token], at: int, head: str) -> tuple[int, list[Token]]:
    """Where the office's title ends, and the name right behind it."""
    end, look, inside = at, at, False
    while look < len(part):
        word = part[look]
        if word.joins:
            if not _leads_on(part, look, inside):
                return end, []
            inside = True
        elif inside and not part[look - 1].joins and part[look - 1].text in _NOT_NAMES and _nameable(word):
            return end, _name(part[look:])
        elif not inside:
            return end, _name(part[look:], single=head in _BEFORE_SURNAME)
        else:
            end = look + 1
        look += 1
    return end, []


def _leads_on(part: Sequence[Token], look: int, inside: bool) -> bool:
    word = part[look].text
    after = part[look + 1] if look + 1 < len(part) else None
    if not inside:
        return word in ("of", "for", "to")
    if word == "the":
        return part[look - 1].joins
    if word in ("and", ",") and after is not None:
        if after.text == "the" and look + 2 < len(part):
            after = part[look + 2]
        return after.text in _OFFICE_WORDS and after.text not in _POSTS
    if word == "in":
        return [token.text for token in part[look + 1 : look + 3]] == ["the", "Hong"]
    return word in ("of", "for")


def _nameable(token: Token) -> bool:
    return not token.joins and token.text not in _NOT_NAMES and not token.text.startswith("(") and token.text != "&"


def _name(tokens: Sequence[Token], *, single: bool = True) -> list[Token]:
    """The words of a name at the beginning of `tokens`."""
    name: list[Token] = []
    for at, token in enumerate(tokens):
        if len(name) == LONGEST_NAME or token.joins or token.text.startswith("(") or (name and _is_suffix(tokens, at)):
            break
        if token.text in _NOT_NAMES and not _name_all_the_same(token.text, name, tokens):
            break
        name.append(token)
    if len(name) < len(tokens) and tokens[len(name)].text in _BODY_WORDS | _THINGS:
        return []
    return name if len(name) > 1 or (single and name) else []


def _name_all_the_same(word: str, name: list[Token], tokens: Sequence[Token]) -> bool:
    """Family names that are words of offices too, and such as Theresa May and April Chan."""
    return (word in _FAMILY and len(name) < 2) or (word in _ALSO_NAMES and (bool(name) or len(tokens) > 1))
