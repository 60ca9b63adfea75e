"""Lines of a text file to paragraphs: what was wrapped to fit a width is joined again.

Three shapes occur: one line per paragraph; paragraphs between blank lines; lines wrapped at a column, with
or without blank lines between paragraphs. A file is taken as wrapped only when its lines fill a common
width, so that addresses, tables and lists stay line by line.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

WIDEST_WRAP = 130  # columns; nobody wraps wider, such lines are whole paragraphs
NARROWEST_WRAP = 40
SLACK = 12  # columns a wrapped line may fall short of the width, beside the word that did not fit
FILLED_SHARE = 0.6  # of the lines inside groups that must look wrapped
SHORT_SHARE = 0.6  # of the width; a group of shorter lines tells nothing
ENDED_SHARE = 0.4  # of those that may end a sentence: wrapping falls anywhere, paragraphs end with one

_WIDE = re.compile("[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]")
_FIRST_WORD = re.compile(r"\s{0,40}([^\s\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\uffe6]{0,200})")
_MAY_END = re.compile(
    r"[.!?:;,\u3002\uff01\uff1f\uff1a\uff1b\uff0c\u3001\u2026)\]\uff09\"\u201d\u300d](?:\s?(?:and|or|\u53ca|\u548c|\u6216))?$"
)
_ODD_SPACE = re.compile(r"\s{2,}|[^\S ]")
_UNSEEN = re.compile("[\u200b\ufeff]")
_UNTIDY = re.compile("[\t-\r\x1c-\x1f\x85\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]")
_CHUNK = 1 << 16

# A paragraph that opens with an indent of its own: two full-width spaces, or a run of no-break spaces.
_INDENT = re.compile("[\t \u200b]{0,20}(?:\u3000\u3000|(?:\u00a0[ \u200b]?){3})")
_STEPS_IN = re.compile(r"[\t\u3000]|\s\s")  # a single space is what wrapping left over
_ITEM = re.compile(
    r"(?:[-*\u2022\u2027\u00b7\u25cf\u25cb\u25e6\u25aa\u25a0\u2013]\s"
    r"|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]\s"
    r"|[\uff08(][\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3}[\uff09)]"
    r"|\d{1,2}[\u3001\uff0e]|[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3}\u3001)"
)
_SENTENCE_END = re.compile("[.!?\u3002\uff01\uff1f\u2026][\"'\u201d\u2019\u300d\u300f)\uff09\\]]*$")


@dataclass(frozen=True, slots=True)
class Wrap:
    """The width of the longest line of a wrapped file; `han` is what a Chinese character counts for, 2 columns or 1."""

    width: int
    han: int

    def length(self, line: str) -> int:
        """The length of a line in the same measure."""
        return len(line) if self.han == 1 or line.isascii() else len(line) + len(_WIDE.findall(line))

    def is_full(self, line: str, after: str) -> bool:
        """Whether the first word of the next line would hardly have fitted on this one."""
        word = _FIRST_WORD.match(after)
        needed = 1 + len(word[1]) if word and word[1] else self.han
        return self.length(line.rstrip()) + needed + SLACK * self.han // 2 > self.width


def tidy(line: str) -> str:
    """One line with single spaces, trimmed, without U+200B and U+FEFF; keeps within memory on huge lines."""
    line = line.strip()
    # All of these but two spaces count as not printable, which is told faster than a pattern is searched.
    if "  " not in line and (line.isprintable() or not _UNTIDY.search(line)):
        return line
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


def paragraphs(lines: Sequence[str], wrap: Wrap | None) -> list[list[str]]:
    """Groups of tidy paragraphs, from raw lines; a new group starts where the file has a blank line.

    `wrap` is what `wrap_of` says. Tabs inside a line are kept as they are, for tables.
    """
    groups = list(_groups(lines))
    if wrap is None:
        return [[_cell_tidy(line) for line in group] for group in groups]
    return [list(_unwrapped(group, wrap)) for group in groups]


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


def wrap_of(lines: Sequence[str]) -> Wrap | None:
    """Where a file is wrapped, or None where its lines are whole paragraphs. Rows of tables say nothing about it."""
    told = [line for line in lines if not _is_row(line)]
    if any(len(line) > WIDEST_WRAP for line in told):
        return None
    groups = list(_groups(told))
    share, wrap = _wrapped_at(groups, Wrap(WIDEST_WRAP, 2), NARROWEST_WRAP)
    if share < 1 and any(_WIDE.search(line) for group in groups for line in group):
        other, counted = _wrapped_at(groups, Wrap(WIDEST_WRAP, 1), NARROWEST_WRAP // 2)
        wrap = counted if other > share else wrap
    return wrap


def _is_row(line: str) -> bool:
    return "\t" in line and "\t" in line.strip()


def _wrapped_at(groups: Sequence[Sequence[str]], widest: Wrap, narrowest: int) -> tuple[float, Wrap | None]:
    """The share of lines that fill the width, and the width if they are enough."""
    lengths = [[widest.length(line.rstrip()) for line in group] for group in groups]
    longest = max((length for group in lengths for length in group), default=0)
    if not narrowest <= longest <= widest.width:
        return 0, None
    wrap = Wrap(longest, widest.han)
    pairs = [
        pair
        for group, told in zip(groups, lengths, strict=True)
        if max(told) >= SHORT_SHARE * longest  # an address or the closing lines are short however the file is wrapped
        for pair in zip(group, group[1:], strict=False)
        if not (_STEPS_IN.match(pair[1]) and not _STEPS_IN.match(pair[0]))  # an indent opens the next paragraph
    ]
    full = [line for line, after in pairs if wrap.is_full(line, after)]
    ended = sum(ends_sentence(line) for line in full)
    if not full or len(full) < FILLED_SHARE * len(pairs) or ended > ENDED_SHARE * len(full):
        return 0, None
    if len(full) == 1 and groups[0][0] is full[0] and len(groups[0]) == 2:  # as well a headline and its paragraph
        return 0, None
    return len(full) / len(pairs), wrap


def _unwrapped(group: Sequence[str], wrap: Wrap) -> Iterator[str]:
    indents = [_STEPS_IN.match(line) is not None for line in group]
    marked = indents[0] and not all(indents)  # then an indent opens a paragraph wherever it stands
    held: list[str] = []
    last = ""
    for line, indented in zip(group, indents, strict=True):
        whole = tidy(line)
        if (
            held
            and not _is_row(line)
            and not _is_row(last)
            and not (marked and indented)
            and _goes_on(last, line, wrap)
        ):
            held += (_glue(held[-1], whole), whole)
        else:
            if held:
                yield "".join(held)
            held = [_cell_tidy(line)]
        last = line
    yield "".join(held)


def join_wrapped(lines: Iterable[str]) -> str:
    """Tidy lines of one paragraph as one line: no space between Chinese characters or after a split compound."""
    pieces: list[str] = []
    for line in lines:
        if line:
            pieces += (_glue(pieces[-1], line), line) if pieces else (line,)
    return "".join(pieces)


def _goes_on(last: str, line: str, wrap: Wrap) -> bool:
    """Whether a line continues the one before it."""
    if not wrap.is_full(last, line) or is_indented(line) or (_STEPS_IN.match(line) and not _STEPS_IN.match(last)):
        return False
    # "on November" | "26. The fire" and "(November" | "26) that a fire" open no list
    return not is_item(tidy(line)) or (_MAY_END.search(last.rstrip()) is None)


def _glue(before: str, after: str) -> str:
    if _WIDE.match(before[-1]) and _WIDE.match(after[0]):
        return ""
    return "" if before.endswith("-") and before[-2:-1].isalpha() and after[0].islower() else " "


def _cell_tidy(line: str) -> str:
    """A tidy line whose inner tabs survive as cell borders."""
    stripped = line.strip()
    if "\t" not in stripped or len(stripped) > _CHUNK:
        return tidy(stripped)
    return "\t".join(tidy(cell) for cell in stripped.split("\t"))
