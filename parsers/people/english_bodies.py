"""Bodies in a run of capitalised words: by the word they are called by, or by the abbreviation that follows.

Food and Environmental Hygiene Department · Department for Education · Office for Nuclear Regulation · Independent
Commission Against Corruption · Public Health England (PHE).
"""

import re
from collections.abc import Sequence

from parsers.people.gazetteer import words
from parsers.people.mention import Found
from parsers.people.runs import Token

_BODIES, _THINGS = words("english", "bodies"), words("english", "things")
_OFFICE_WORDS, _POSTS = words("english", "office_words"), words("english", "posts")
_HONORIFICS = words("english", "honorifics") - {"Justice"}
_NOT_FIRST, _COURTS = words("english", "not_first"), words("english", "courts")
_INTO = frozenset(("of", "for", "against", "Against", "on"))  # Department of, Office for, Commission Against
_ABBREVIATION = re.compile(
    r"\s?[(（][“\"‘']?(?:the |hereinafter (?:referred to as )?(?:the )?)?([A-Z][A-Za-z&]{1,9})[”\"’']?[)）]"
)
_BEFORE = re.compile(r"\b([A-Z][A-Za-z&]{1,9}) \($")
_OF_WHOM = re.compile(
    r" \([A-Z][\w’'-]*(?: [\w’'-]+){0,8} (?:Office|Bureau|Department|Commission|Committee)\)"
    r" of(?: the)? [A-Z][\w’'-]*(?: (?:of )?[A-Z][\w’'-]*){0,6}"
)
_SHORT = re.compile(r"[A-Z][A-Za-z&]*[A-Z][A-Za-z&]*")


def bodies(text: str, run: Sequence[Token]) -> list[Found]:
    """The bodies that a run names, from left to right."""
    found: list[Found] = []
    begin = 0
    for at, token in enumerate(run):
        if token.text in _BODIES and at >= begin and not _called_later(run, at) and _is_court(run, at):
            left, right = _left(run, at, begin), _right(run, at)
            if left < at or right > at:
                found.append(_body(text, run, left, right, "called"))
            begin = right + 1
    return found or _abbreviated(text, run)


def abbreviation(text: str, start: int, end: int) -> str | None:
    """The abbreviation that a text defines for a name, behind it, "(OCMFA)", or before it, "ICAC (…)".

    Every letter of it comes from the name, in order.
    """
    before = _BEFORE.search(text, max(0, start - 12), start)
    match = before or _ABBREVIATION.match(text, end)
    if match is None or not _SHORT.fullmatch(match[1]) or not _spelt_by(match[1], text[start:end]):
        return None
    return match[1]


def _spelt_by(short: str, name: str) -> bool:
    letters = iter(name.casefold())
    return all(letter in letters for letter in short.casefold().replace("&", "")) and short[0] == name[0]


def _body(text: str, run: Sequence[Token], left: int, right: int, rule: str) -> Found:
    start, end = run[left].start, run[right].end
    other = _OF_WHOM.match(text, end)
    end = other.end() if other else end
    return Found("body", start, end, " ".join(text[start:end].split()), None, 0.95, rule, (start, end))


def _called_later(run: Sequence[Token], at: int) -> bool:
    """Whether the name goes on to another such word: Civil Service Bureau."""
    for token in run[at + 1 : at + 5]:
        if token.joins:
            return False
        if token.text in _BODIES and token.text != "Secretariat":
            return True
    return False


def _is_court(run: Sequence[Token], at: int) -> bool:
    """A court of law, not a housing estate: in Hong Kong both are called so."""
    if run[at].text != "Court":
        return True
    before = run[at - 1].text if at else ""
    return before in _COURTS or (at + 1 < len(run) and run[at + 1].text == "of")


def _left(run: Sequence[Token], at: int, begin: int) -> int:
    """Where the words before the one it is called by begin."""
    left = at
    while left > begin:
        before = run[left - 1]
        if before.joins:
            if left - 2 < begin or not _joined(run, left, at):
                break
            left -= 2
        elif _stops(before.text):
            break
        else:
            left -= 1
    while left < at and (run[left].joins or run[left].text in _NOT_FIRST):
        left += 1
    return left


def _joined(run: Sequence[Token], left: int, at: int) -> bool:
    """Whether what stands before "and" or "of" belongs to the name: Home and Youth Affairs Bureau; no people do."""
    by, first = run[left - 1].text, run[left - 2].text
    if run[left - 2].joins or _stops(first):
        return False
    if by == "of":
        return left == at - 1 and run[left].text not in _OFFICE_WORDS
    return by in ("and", ",") and first in _OFFICE_WORDS


def _stops(word: str) -> bool:
    singular = word.removesuffix("s")
    return (
        word in _POSTS
        or word in _HONORIFICS
        or (word in _BODIES and word not in ("Council", "Committee", "Service", "Parliament", "Congress", "Bank"))
        or (singular != word and singular in ("Office", "Department", "Bureau", "Committee", "Council"))
    )


def _right(run: Sequence[Token], at: int) -> int:
    """Where the name ends: at the word it is called by, or with what follows "of" or "for"."""
    right = at
    if at + 1 < len(run) and run[at + 1].text in ("Secretariat",):
        return at + 1
    if at + 1 >= len(run) or run[at + 1].text not in _INTO:
        return right
    look = at + 2
    while look < len(run):
        word = run[look]
        if word.joins:
            if not _goes_on(run, look):
                break
        elif word.text in _HONORIFICS:
            break
        else:
            right = look
        look += 1
    return right


def _goes_on(run: Sequence[Token], look: int) -> bool:
    word, after = run[look].text, run[look + 1].text if look + 1 < len(run) else ""
    if word in ("of", "for", "against"):
        return True
    if word == "the":
        return run[look - 1].text in ("of", "for", "against", "on")
    if word in ("and", ","):
        return after in _OFFICE_WORDS and not after[:1].islower() and run[look - 1].text in _OFFICE_WORDS
    return False


def _abbreviated(text: str, run: Sequence[Token]) -> list[Found]:
    """A name called by no such word, with its abbreviation behind it that the text uses again."""
    if not run:
        return []
    last = run[-1]
    if not 2 <= len(run) <= 6 or any(token.text in _THINGS for token in run):
        return []
    first = next((at for at, token in enumerate(run) if token.text not in _NOT_FIRST), len(run))
    initials = "".join(token.text[0] for token in run[first:] if not token.joins)
    match = _ABBREVIATION.match(text, last.end)
    if match is None or match[1] != initials or len(initials) < 3 or len(re.findall(rf"\b{match[1]}\b", text)) < 2:
        return []
    return [_body(text, run, first, len(run) - 1, "abbreviated")]
