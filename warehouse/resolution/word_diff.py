"""What a text lost and gained: word by word, in Chinese character by character, in bounded time.

Paragraphs are aligned first, then the sentences of those that differ, then their words, each time along a
shortest edit script (E. Myers, "An O(ND) difference algorithm and its variations", 1986). Where a script
would get too long, that part counts as replaced whole.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile
from typing import Literal, NamedTuple

Op = Literal["=", "-", "+", "~"]
Span = tuple[str, str]  # a stretch before and after; the two are equal where nothing changed


class Piece(NamedTuple):
    """`=` stayed, `-` was lost, `+` was gained; `~` stayed and is left out, `text` is how many characters."""

    op: Op
    text: str


NUMBER = r"\d+(?:[.,:]\d+)*%?"
HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
CUTS = (  # compiled at the first edit; most commands meet none
    r"(?s:.+?)(?:\n\n+|\Z)",
    r"(?s:.+?)(?:[\u3002\uff01\uff1f!?]+[\u300d\u300f\u201d\u2019\uff09)\"']*|\.(?=\s)|\n|\Z)\s*",
    rf"(?:{NUMBER}|[{HAN}]|[^\W\d_{HAN}]+(?:['\u2019-][^\W\d_{HAN}]+)*|\S)\s*|\s+",
)
FULL_STOP = re.compile("[\u3002\uff01\uff1f.!?]+")
LONGEST_SCRIPT = 400  # steps; beyond it a part has been rewritten and its words tell nothing
EFFORT = 4_000_000  # characters times steps, some two seconds at the very worst
LONGEST_REWRITTEN = 500  # characters; joining goes no further
CONTEXT = 60  # characters shown on either side of a change


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces that turn one text into the other, lost before gained; none when both are empty.

    The reversed question has the reversed answer.
    """
    # A shortest script is seldom the only one, so both directions ask for the same.
    swapped = (len(after), after) < (len(before), before)
    first, second = (after, before) if swapped else (before, after)
    longest = max(8, min(LONGEST_SCRIPT, EFFORT // (len(before) + len(after) + 1)))
    spans: Iterable[Span] = _tidied(_refined(first, second, 0, longest))
    if swapped:
        spans = [(old, new) for new, old in spans]
    return tuple(piece for span in spans for piece in _pieces(*span))


def shortened(pieces: Sequence[Piece], limit: int) -> tuple[Piece, ...]:
    """The pieces with long unchanged stretches left out, at most about `limit` characters in all."""
    kept: list[Piece] = []
    room = limit
    for place, piece in enumerate(pieces):
        if room <= 0:
            break
        cut = _with_context(piece, place > 0, place < len(pieces) - 1) if piece.op == "=" else (piece,)
        for op, text in cut:
            kept.append(Piece(op, text if len(text) <= room else text[:room] + "\u2026"))
            room -= len(text)
            if room <= 0:
                break
    return tuple(kept)


def _with_context(piece: Piece, follows: bool, leads: bool) -> tuple[Piece, ...]:
    head = CONTEXT if follows else 0
    tail = CONTEXT if leads else 0
    text = piece.text
    left_out = len(text) - head - tail
    if left_out <= CONTEXT:
        return (piece,)
    told = (Piece("=", text[:head]), Piece("~", str(left_out)), Piece("=", text[len(text) - tail :]))
    return tuple(one for one in told if one.text)


def _refined(before: str, after: str, depth: int, longest: int) -> Iterator[Span]:
    for old, new in _aligned(re.findall(CUTS[depth], before), re.findall(CUTS[depth], after), longest):
        lost, gained = "".join(old), "".join(new)
        if lost and gained and lost != gained and depth + 1 < len(CUTS):
            yield from _refined(lost, gained, depth + 1, longest)
        else:
            yield lost, gained


def _aligned(before: list[str], after: list[str], longest: int) -> Iterator[tuple[list[str], list[str]]]:
    """Stretches of the two, by turns equal and not."""
    head = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    rest = min(len(before), len(after)) - head
    pairs = zip(reversed(before), reversed(after), strict=False)
    tail = min(rest, sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs)))
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    yield before[:head], after[:head]
    x = y = 0
    for left, right, length in _runs(_common(old, new, longest)):
        yield old[x:left], new[y:right]
        x, y = left + length, right + length
        yield old[left:x], new[right:y]
    yield old[x:], new[y:]
    yield before[len(before) - tail :], after[len(after) - tail :]


def _runs(common: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Common positions as stretches: where in either text, and how long."""
    length = 0
    for place, (left, right) in enumerate(common, 1):
        length += 1
        if place == len(common) or common[place] != (left + 1, right + 1):
            yield left + 1 - length, right + 1 - length, length
            length = 0


def _common(before: list[str], after: list[str], longest: int) -> list[tuple[int, int]]:
    """Positions of what both have, along a shortest script; none when that is longer than `longest` steps."""
    if not before or not after or set(before).isdisjoint(after):
        return []
    goal = len(before) - len(after)
    reach = {1: 0}  # diagonal (x - y) -> how far along it the scripts of so many steps come
    rounds: list[dict[int, int]] = []
    for steps in range(min(longest, len(before) + len(after)) + 1):
        rounds.append(dict(reach))
        for diagonal in range(-steps, steps + 1, 2):
            x = _start(reach, diagonal, steps)
            y = x - diagonal
            while x < len(before) and y < len(after) and before[x] == after[y]:
                x, y = x + 1, y + 1
            reach[diagonal] = x
        if reach.get(goal, -1) >= len(before):
            return _walked_back(rounds, len(before), len(after))
    return []


def _start(reach: dict[int, int], diagonal: int, steps: int) -> int:
    """Where scripts of one step more come to a diagonal: by an insertion from above, or by a deletion."""
    if diagonal == -steps or (diagonal != steps and reach[diagonal - 1] < reach[diagonal + 1]):
        return reach[diagonal + 1]
    return reach[diagonal - 1] + 1


def _walked_back(rounds: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    common = []
    for steps, reach in reversed(list(enumerate(rounds))):
        diagonal = x - y
        start = _start(reach, diagonal, steps)
        while x > start:
            x, y = x - 1, y - 1
            common.append((x, y))
        inserted = diagonal == -steps or (diagonal != steps and reach[diagonal - 1] < reach[diagonal + 1])
        x, y = (x, y - 1) if inserted else (x - 1, y)
    return common[::-1]


def _tidied(spans: Iterable[Span]) -> list[Span]:
    """Neighbours joined, and words that two rewritten stretches happen to share given to the rewriting."""
    joined: list[Span] = []
    for span in _joined(spans):
        joined.append(span)
        while len(joined) > 2 and joined[-1][0] != joined[-1][1] and _by_chance(*joined[-3:]):
            merged = "".join(old for old, _ in joined[-3:]), "".join(new for _, new in joined[-3:])
            joined[-3:] = [merged]
    return _from_full_stops(list(_joined(part for span in joined for part in _without_shared_edges(*span))))


def _from_full_stops(spans: list[Span]) -> list[Span]:
    """A sentence put in before a full stop really came after the one before it."""
    for place in range(1, len(spans) - 1):
        before, after = spans[place]
        stop = None if before and after else FULL_STOP.match(before or after)
        if stop and spans[place + 1][0].startswith(mark := stop[0]):
            kept, follows = spans[place - 1][0] + mark, spans[place + 1][0][len(mark) :]
            spans[place - 1], spans[place + 1] = (kept, kept), (follows, follows)
            spans[place] = _moved(before, mark), _moved(after, mark)
    return list(_joined(spans))


def _moved(text: str, mark: str) -> str:
    return text[len(mark) :] + mark if text else ""


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    filled = (span for span in spans if span != ("", ""))
    for _, neighbours in groupby(filled, key=lambda span: span[0] == span[1]):
        before, after = zip(*neighbours, strict=True)
        yield "".join(before), "".join(after)


def _by_chance(first: Span, between: Span, last: Span) -> bool:
    shared = between[0].strip()
    smaller, larger = sorted((max(map(len, first)), max(map(len, last))))
    return shared[:1].isalnum() and 2 * len(shared) <= smaller and larger <= LONGEST_REWRITTEN


def _without_shared_edges(before: str, after: str) -> tuple[Span, ...]:
    """The last word before a paragraph that was added, and blanks at the end, are no part of the change."""
    word = min(before.rstrip(), after.rstrip(), key=len)
    if before != after and word and _goes_on(before, word) and _goes_on(after, word):
        rest = before[len(word) :], after[len(word) :]
        return ((word, word), *_without_shared_edges(*rest))
    blank = before[len(before.rstrip()) :]
    if before == after or not blank or blank != after[len(after.rstrip()) :]:
        return ((before, after),)
    cut = len(blank)
    return (before[:-cut], after[:-cut]), (blank, blank)


def _goes_on(text: str, word: str) -> bool:
    return text.startswith(word) and (len(text) == len(word) or text[len(word)].isspace())


def _pieces(before: str, after: str) -> Iterator[Piece]:
    if before == after:
        yield Piece("=", before)
        return
    if before:
        yield Piece("-", before)
    if after:
        yield Piece("+", after)
