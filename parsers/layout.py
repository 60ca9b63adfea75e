"""Lines of a text file to paragraphs: what was wrapped to fit a width is joined again.

Three shapes occur: one line per paragraph; paragraphs between blank lines; lines wrapped at a column, with
or without blank lines between paragraphs. A file is taken as wrapped only when its lines fill a common
width, so that addresses, tables and lists stay line by line.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

WIDEST_WRAP = 130  # columns; nobody wraps wider, such lines are whole paragraphs
NARROWEST_WRAP = 40
SLACK = 12  # columns a wrapped line may fall short of the width, beside the word that did not fit
FILLED_SHARE = 0.6  # of the lines inside groups that must look wrapped
ENDED_SHARE = 0.5  # of those that may end a sentence: wrapping falls anywhere, paragraphs end with one

_WIDE = re.compile("[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]")
_ODD_SPACE = re.compile(r"\s{2,}|[^\S ]")
_UNSEEN = re.compile("[\u200b\ufeff]")
_UNTIDY = re.compile("  |[\t-\r\x1c-\x1f\x85\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]")
_CHUNK = 1 << 16

# A paragraph that opens with an indent of its own: two full-width spaces, or a run of no-break spaces.
_INDENT = re.compile("[\t \u200b]{0,20}(?:\u3000\u3000|(?:\u00a0[ \u200b]?){3})")
_ITEM = re.compile(
    r"(?:[-*\u2022\u2027\u00b7\u25cf\u25cb\u25e6\u25aa\u25a0\u2013]\s"
    r"|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]\s"
    r"|[\uff08(][\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3}[\uff09)]"
    r"|\d{1,2}[\u3001\uff0e]|[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3}\u3001)"
)
_SENTENCE_END = re.compile("[.!?\u3002\uff01\uff1f\u2026][\"'\u201d\u2019\u300d\u300f)\uff09\\]]*$")


def tidy(line: str) -> str:
    """One line with single spaces, trimmed, without U+200B and U+FEFF; keeps within memory on huge lines."""
    if not _UNTIDY.search(line):
        return line.strip()
    line = _UNSEEN.sub("", line)
    if len(line) <= _CHUNK:
        return " ".join(line.split())
    pieces = (_ODD_SPACE.sub(" ", line[at : at + _CHUNK]) for at in range(0, len(line), _CHUNK))
    return _ODD_SPACE.sub(" ", "".join(pieces)).strip()


def is_indented(line: str) -> bool:
    """Whether a raw line opens like a paragraph of Hong Kong or mainland house style."""
    return _INDENT.match(line) is not None


def is_item(line: str) -> bool:
    """Whether a line opens with the marker of a list item."""
    return _ITEM.match(line) is not None


def item_marker(line: str) -> str:
    """The marker a list item opens with, blanks included; empty for any other line."""
    match = _ITEM.match(line)
    return match[0] if match else ""


def ends_sentence(line: str) -> bool:
    """Whether a line closes with a full stop or its kin, quotation marks and brackets after it aside."""
    return _SENTENCE_END.search(line[-40:].rstrip()) is not None


def paragraphs(lines: Sequence[str], width: int | None) -> list[list[str]]:
    """Groups of tidy paragraphs, from raw lines; a new group starts where the file has a blank line.

    `width` is what `wrap_width` says. Tabs inside a line are kept as they are, for tables.
    """
    groups = list(_groups(lines))
    if width is None:
        return [[_cell_tidy(line) for line in group] for group in groups]
    return [list(_unwrapped(group, width)) for group in groups]


def _groups(lines: Iterable[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for line in lines:
        if not line or line.isspace() or (len(line) < 40 and not tidy(line)):
            if group:
                yield group
                group = []
        else:
            group.append(line)
    if group:
        yield group


def wrap_width(lines: Sequence[str]) -> int | None:
    """The column at which a file is wrapped, or None where its lines are whole paragraphs."""
    if any(len(line) > WIDEST_WRAP for line in lines):
        return None
    groups = list(_groups(lines))
    longest = 0
    for group in groups:
        for line in group:
            longest = max(longest, _columns(line))
    if not NARROWEST_WRAP <= longest <= WIDEST_WRAP:
        return None
    pairs = [
        (line, after)
        for group in groups
        for line, after in zip(group, group[1:], strict=False)
        if not (after[0].isspace() and not line[0].isspace())  # an indent opens the next paragraph
    ]
    if not pairs:
        return None
    full = [line for line, after in pairs if _is_full(line, after, longest)]
    ended = sum(ends_sentence(line) for line in full)
    return longest if len(full) >= FILLED_SHARE * len(pairs) and ended <= ENDED_SHARE * len(full) else None


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the first word of the next line would hardly have fitted on this one."""
    word = after.split(maxsplit=1)[0]
    needed = 2 if _WIDE.match(word) else 1 + _columns(word)
    return _columns(line.rstrip()) + needed + SLACK > width


def _unwrapped(group: Sequence[str], width: int) -> Iterator[str]:
    held: list[str] = []
    last = ""
    for line in group:
        whole = tidy(line)
        if held and _goes_on(last, line, whole, width):
            held += (_glue(held[-1], whole), whole)
        else:
            if held:
                yield "".join(held)
            held = [whole]
        last = line
    yield "".join(held)


def join_wrapped(lines: Iterable[str]) -> str:
    """Tidy lines of one paragraph as one line: no space between Chinese characters or after a split compound."""
    pieces: list[str] = []
    for line in lines:
        if line:
            pieces += (_glue(pieces[-1], line), line) if pieces else (line,)
    return "".join(pieces)


def _goes_on(last: str, line: str, whole: str, width: int) -> bool:
    """Whether a line continues the one before it."""
    if not _is_full(last, line, width) or is_indented(line) or (line[0].isspace() and not last[0].isspace()):
        return False
    in_brackets = last.count("(") > last.count(")")  # "(November" | "26) that a fire" opens no list
    return in_brackets or not is_item(whole)


def _glue(before: str, after: str) -> str:
    if _WIDE.match(before[-1]) and _WIDE.match(after[0]):
        return ""
    return "" if before.endswith("-") and before[-2:-1].isalpha() and after[0].islower() else " "


def _cell_tidy(line: str) -> str:
    """A tidy line whose inner tabs survive as cell borders."""
    stripped = line.strip()
    if "\t" not in stripped or len(stripped) > _CHUNK:
        return tidy(line)
    return "\t".join(tidy(cell) for cell in stripped.split("\t"))


def _columns(line: str) -> int:
    return len(line) if line.isascii() else len(line) + len(_WIDE.findall(line))
