"""Whether a line at the head of a bare text is its headline, or already the first words of the story."""

import re
from collections.abc import Callable, Sequence

from parsers.furniture import is_letterhead, is_masthead, is_picture_note
from parsers.layout import Wrap, ends_sentence, is_indented, is_item, join_wrapped, tidy

LONGEST_LATIN = 260  # characters; the longest seen on wb.beijing.gov.cn is 204
LONGEST_HAN = 90
LETTERHEAD = 6  # lines of a letterhead, with dates below it and the headline
LONGEST_LINE = 400  # raw characters; a longer line is a paragraph and is not looked at

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_SENTENCE_INSIDE = re.compile('[a-z)\u2019\'"\u201d]{3}[.!?]\\s+["\u201cA-Z]|\u3002|\uff01.|\uff1f.|\uff1b')
_NO_HEADLINE_ENDS_SO = (":", "：", ",", "，", ";", "；", "、", "…", "-", "—")
_BEFORE_SITE = re.compile(r"(?:\s[|｜·•–—-]\s|[|｜_])(?=[^|｜·•–—_-]{2,80}$)")
_SPEAKER = re.compile(
    r"(?:Reporter|Question|Answer|Q|A|記者|记者|問|问|答|編者按|编者按|Editor.s [Nn]ote)\s?\d{0,2}\s?[:：︰]"
)
_TEXT_OPENING = re.compile("[\"'\u201c\u2018\u300c\u300e\u300a<(\uff08\\[\u3010]{0,6}[\\w$\u20ac\u00a3#@&]")


def could_be_headline(line: str) -> bool:
    """Whether a tidy line has the shape of a headline, whatever stands around it."""
    han = _HAN.search(line) is not None
    if not 2 <= len(line) <= (LONGEST_HAN if han else LONGEST_LATIN) or not _TEXT_OPENING.match(line):
        return False
    if line.endswith(_NO_HEADLINE_ENDS_SO) or _SPEAKER.match(line) or is_item(line):
        return False
    if ends_sentence(line) and not (line[-1] in "?!？！" and len(line) <= 120):
        return False
    return not (line[0].islower() or _SENTENCE_INSIDE.search(line))


def without_site(line: str) -> str:
    """A headline without the name of its site behind it: `Quay opens | news.gov.hk`."""
    while mark := _BEFORE_SITE.search(line):
        if not is_masthead(line[mark.end() :]):
            break
        line = line[: mark.start()].rstrip()
    return line


def headline_at(
    lines: Sequence[str], at: int, *, wrap: Wrap | None, is_frame: Callable[[str], bool]
) -> tuple[str, int] | None:
    """The headline that begins at a raw line, and the index after it; None when the story begins there.

    `wrap` tells where the file is wrapped, None when it is not: only then a headline runs over lines.
    A headline needs something below it, and stands apart from it: by a blank line, by a line that `is_frame`
    (stars, a date, a label), or by being clearly shorter than the paragraph that follows.
    """
    if is_indented(lines[at]):
        return None
    line, after = (tidy(lines[at]), at + 1) if wrap is None else _wrapped(lines, at, wrap, is_frame)
    if not could_be_headline(line):
        return None
    below = next((index for index in range(after, len(lines)) if lines[index].strip()), None)
    if below is None:
        return None
    if below > after or is_indented(lines[below]) or _steps_in(lines[at], lines[below]):
        return line, after
    following = tidy(lines[below][:LONGEST_LINE])
    apart = is_frame(following) or len(following) > max(1.3 * len(line), len(line) + 15)
    return (line, after) if apart or not could_be_headline(following) else None


def letterhead(
    lines: Sequence[str], near: Sequence[tuple[int, str]], *, wrap: Wrap | None, is_frame: Callable[[str], bool]
) -> int:
    """How many lines that look like a headline name who issued it, as the headline stands below; 0 if they do not.

    `near` are up to LETTERHEAD filled lines with their indices: `Ministry of Ports`, `Press release`, then a headline.
    """
    heads = next((count for count, (_, line) in enumerate(near[:2], start=1) if is_letterhead(line)), 0)
    below = next((index for index, line in near[heads:] if not is_frame(line)), None) if heads else None
    return heads if below is not None and headline_at(lines, below, wrap=wrap, is_frame=is_frame) else 0


def _steps_in(line: str, after: str) -> bool:
    return after.startswith("  ") and not line.startswith(" ")


def _wrapped(lines: Sequence[str], at: int, wrap: Wrap, is_frame: Callable[[str], bool]) -> tuple[str, int]:
    """A headline of up to three wrapped lines, set apart by a blank line, an indent or a line of the frame."""
    taken = [tidy(lines[at])]
    index = at + 1
    while index < len(lines) and len(taken) < 4:
        raw = lines[index][:LONGEST_LINE]
        line = tidy(raw)
        if not line or (is_frame(line) and not is_picture_note(line)) or is_indented(raw) or _steps_in(lines[at], raw):
            break
        if not wrap.is_full(lines[index - 1], raw):
            return taken[0], at + 1
        taken.append(line)
        index += 1
    return (join_wrapped(taken), index) if len(taken) < 4 else (taken[0], at + 1)
