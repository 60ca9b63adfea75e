"""From the printed lines of a PDF to its paragraphs: what repeats on the pages goes, what was wrapped is joined.

A line goes on in the next when that one follows at the usual distance in the same type, and its first word would
not have fitted; over the end of a page when it does not end a sentence either.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median_high

from parsers.layout import ends_sentence, is_item, join_wrapped, tidy
from parsers.pdf_pages import HYPHEN, Line

EDGE_LINES = 3  # at the head and the foot of a page, where running heads and page numbers stand
REPEATED_SHARE = 0.4  # of the pages; heads may differ on left and right ones
MOST_NEEDED = 3  # pages; more are needed of no head, for chapters have their own
SAME_PLACE = 6.0  # points
SAME_TYPE = 0.08  # by which sizes of one paragraph may differ
LOOSEST = 1.3  # of the usual distance between lines
LARGE = 1.15  # times the usual type
HEADLINE_STEP = 1.6  # sizes of the type between the lines of a headline at most
INDENT = 1.0  # in sizes of the type
SAME_EDGE = 2.5  # in sizes of the type; lines that begin within share a column
WIDE_GAP = 1.8  # sizes of the type; blanks in justified text are narrower
FULL = 0.97  # of the width of the column
HYPHENATED_SHARE = 0.05  # of the lines; a document that breaks more words breaks them by rule

_PAGE_NUMBER = re.compile(
    r"[-–—~\s]{0,9}(?:(?:page|p\.)\s?)?(?:\d{1,3}|[ivxl]{1,6})(?:\s?(?:of|/)\s?\d{1,4})?[-–—~\s]{0,9}"
    r"|第?\s?\d{1,3}\s?[頁页](?:\s?[,，/／]?\s?共\s?\d{1,4}\s?[頁页])?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"\w+")
_BROKEN = re.compile(f"(\\w{{1,80}}){HYPHEN}\\s{{0,9}}(\\w{{1,80}})")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph on one line, the page it begins on and the size of its type."""

    text: str
    page: int
    size: float


def paragraphs_of(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of the lines of a PDF, without running heads, running feet and page numbers."""
    kept = list(_in_columns(without_running(lines)))
    usual = _usual_distance(kept)
    large = LARGE * median_high([line.size for line in kept]) if kept else 0.0
    on_page = _by_page(kept)
    joined: list[list[Line]] = []
    for line in kept:
        if joined and (_is_headline(joined[-1][-1], line, large) or _goes_on(joined[-1], line, usual, on_page)):
            joined[-1].append(line)
        else:
            joined.append([line])
    words = Counter(word for line in kept for word in _WORD.findall(line.text.replace("-", "_")))
    broken = sum(line.text.count(HYPHEN) for line in kept)
    by_rule = broken > HYPHENATED_SHARE * len(kept)
    texts = (_whole_words(_joined(group), words, by_rule) for group in joined)
    return [Paragraph(text, group[0].page, group[0].size) for text, group in zip(texts, joined, strict=True) if text]


def _in_columns(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with the tabs that part the columns of a table; cells that stand beside no others come alone."""
    sure = [_is_row_beside(line, before) or _is_row_beside(line, after) for before, line, after in _neighbours(lines)]
    kept = [line if row else _with_wide_gaps(line) for line, row in zip(lines, sure, strict=True)]
    for before, line, after in _neighbours(kept):
        tabs = line.text.count("\t")
        if tabs and all(other is None or other.text.count("\t") != tabs for other in (before, after)):
            yield from (replace(line, text=cell) for cell in line.text.split("\t"))
        else:
            yield line


def _neighbours(lines: Sequence[Line]) -> Iterator[tuple[Line | None, Line, Line | None]]:
    yield from zip([None, *lines[:-1]], lines, [*lines[1:], None], strict=True)


def _is_row_beside(line: Line, other: Line | None) -> bool:
    """Whether two lines have as many columns, which begin at the same places."""
    if other is None or not line.gaps or len(line.gaps) != len(other.gaps) or line.page != other.page:
        return False
    return all(abs(at - there) < line.size for (at, _), (there, _) in zip(line.gaps, other.gaps, strict=True))


def _with_wide_gaps(line: Line) -> Line:
    """The line with those of its tabs that are too wide to be blanks of a text."""
    parts = line.text.split("\t")
    marks = ("\t" if width > WIDE_GAP else " " for _, width in line.gaps)
    return replace(line, text="".join(part for pair in zip(parts, (*marks, ""), strict=True) for part in pair))


def _joined(group: Sequence[Line]) -> str:
    return group[0].text if "\t" in group[0].text else join_wrapped([tidy(line.text) for line in group])


def without_running(lines: Sequence[Line]) -> list[Line]:
    """The lines without those that stand at the same place of many pages, and without page numbers."""
    pages = [list(group) for _, group in groupby(lines, key=lambda line: line.page)]
    seen: Counter[tuple[str, int]] = Counter()
    edges: list[list[Line]] = []
    for page in pages:
        ordered = sorted(page, key=lambda line: -line.top)
        edges.append(ordered[:EDGE_LINES] + ordered[EDGE_LINES:][-EDGE_LINES:])
        seen.update({place for line in edges[-1] for place in _places(line)})
    enough = min(MOST_NEEDED, max(2, REPEATED_SHARE * len(pages)))
    kept: list[Line] = []
    for page, edge in zip(pages, edges, strict=True):
        running = {id(line) for line in edge if any(seen[place] >= enough for place in _places(line))}
        numbers = {id(line) for line in (edge[0], edge[-1]) if _PAGE_NUMBER.fullmatch(line.text)}
        kept += (line for line in page if id(line) not in running | numbers)
    return kept


def _places(line: Line) -> tuple[tuple[str, int], tuple[str, int]]:
    """What a line says without its figures, at its height and at the next: neighbours share one of the two."""
    said = _DIGITS.sub("#", line.text)
    step = int(line.top / SAME_PLACE)
    return (said, step), (said, step + 1)


def _usual_distance(lines: Sequence[Line]) -> float:
    """From line to line within paragraphs, in sizes of the type."""
    steps = [
        round(_step(before, line), 1)
        for before, line in pairwise(lines)
        if before.page == line.page and _same_type(before, line) and 0.8 < _step(before, line) < 3
    ]
    return min(Counter(steps).most_common(1), default=(1.2, 0))[0]


def _step(before: Line, line: Line) -> float:
    return (before.bottom - line.base) / before.size


def _by_page(lines: Sequence[Line]) -> dict[int, list[Line]]:
    return {page: list(group) for page, group in groupby(lines, key=lambda line: line.page)}


def _same_type(line: Line, other: Line) -> bool:
    return abs(line.size - other.size) <= SAME_TYPE * line.size


def _is_headline(last: Line, line: Line, large: float) -> bool:
    """Whether two lines in large type are one headline: those are broken where it looks well."""
    close = last.page == line.page and 0.5 < _step(last, line) <= HEADLINE_STEP
    return close and last.size >= large and _same_type(last, line) and not ends_sentence(last.text)


def _goes_on(paragraph: Sequence[Line], line: Line, usual: float, on_page: dict[int, list[Line]]) -> bool:
    """Whether a line continues a paragraph."""
    last = paragraph[-1]
    if "\t" in last.text + line.text:
        return False
    if not _same_type(last, line) or is_item(tidy(line.text)):
        return False
    if last.page != line.page:
        return line.page == last.page + 1 and _is_full(last, line, on_page)
    if not 0.5 < _step(last, line) <= LOOSEST * usual:
        return False
    if _is_centred(last, line):
        return last.right - last.left + _first_word(line) > 0.75 * _width(on_page[line.page])
    hangs = len(paragraph) == 1 and is_item(tidy(last.text))
    if not hangs and line.left >= last.left + INDENT * line.size:
        return False
    return _is_full(last, line, on_page)


def _is_centred(last: Line, line: Line) -> bool:
    apart = abs(last.left - line.left)
    return apart > line.size and abs((last.left + last.right) - (line.left + line.right)) < line.size


def _is_full(last: Line, line: Line, on_page: dict[int, list[Line]]) -> bool:
    """Whether the first word of a line would not have fitted on the one before it."""
    column = [other.right for other in on_page[last.page] if abs(other.left - last.left) < SAME_EDGE * last.size]
    right = max(column) if len(column) > 1 else max(other.right for other in on_page[last.page])
    return last.right + _first_word(line) > last.left + FULL * (right - last.left)


def _first_word(line: Line) -> float:
    """The width of the first word of a line with the blank before it; of two characters where it is Chinese."""
    word = line.text.split(maxsplit=1)[0]
    length = 2 if _HAN.match(word) else len(word) + 1
    return (line.right - line.left) / max(1, len(line.text)) * length


def _width(lines: Sequence[Line]) -> float:
    return max(line.right for line in lines) - min(line.left for line in lines)


def _whole_words(text: str, words: Counter[str], by_rule: bool) -> str:
    """Words broken at the end of a line made whole: as the document writes them elsewhere, else by its habit."""

    def whole(match: re.Match[str]) -> str:
        joined, compound = match[1] + match[2], f"{match[1]}_{match[2]}"
        if words[joined] or words[compound]:
            return joined if words[joined] >= words[compound] else f"{match[1]}-{match[2]}"
        return joined if by_rule else f"{match[1]}-{match[2]}"

    return _BROKEN.sub(whole, text).replace(HYPHEN, "-")


def lines_of_text(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """The paragraphs as the lines of a bare text, a blank one between them."""
    for number, paragraph in enumerate(paragraphs):
        if number:
            yield ""
        yield paragraph.text
