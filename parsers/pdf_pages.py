"""The printed lines of a PDF with their places, read by PDFium, and what stops a PDF from being read.

PDFium is a library in C++: a file that crashes it takes no more with it than the child process that reads it (see
`workers`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from parsers.pdf_links import links_on

MOST_PAGES = 500  # a release has a few, with its annexes some dozens
MOST_LINES = 2_000  # on one page
MOST_CHARACTERS = 2_000_000
MOST_OBJECTS = 2_000  # of a page without text, looked at for images
FEWEST_LETTERS = 12  # less is a stamp or a page number on a scan
UNREADABLE_SHARE = 0.2  # of the characters that a font may leave without a meaning

COLUMN_GAP = 0.8  # sizes of the type; the blanks of a text are mostly narrower

HYPHEN = "\ufffe"  # what PDFium puts for a hyphen at the end of a line whose word goes on in the next

_BLANK = re.compile(r"\s+")
_LETTER = re.compile(r"[^\W_]")
_MEANINGLESS = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line, with a tab for each blank so wide that a column may begin behind it.

    Places are in points from the lower left corner of the page; `size` is that of the type. `gaps` tells of each tab
    where the text goes on, and its width in sizes of the type. A line that ends in the middle of a word reaches over
    two rows: `base` is the foot of the first, `bottom` that of the last.
    """

    text: str
    page: int
    left: float
    right: float
    top: float
    base: float
    bottom: float
    size: float
    gaps: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """All lines of a PDF in the order of its pages, how many those are, what its metadata say, and its links."""

    lines: tuple[Line, ...]
    pages: int
    metadata: dict[str, str]
    links: tuple[tuple[str, str], ...] = ()


class Unprinted(Exception):
    """Why a PDF gave no text; the message is for a person."""


def printed(body: bytes) -> Printed:
    """The lines of a PDF.

    :raises Unprinted: it is encrypted or damaged, a scan, or too large for a release.
    """
    document = _opened(body)
    try:
        pages = len(document)
        if not 0 < pages <= MOST_PAGES:
            raise Unprinted(f"a PDF of {pages:,} pages: a release has 1 to {MOST_PAGES}; if it is one, split it")
        lines: list[Line] = []
        size = 0
        for number in range(pages):
            added = list(_lines(document, number))
            if len(added) > MOST_LINES:
                raise Unprinted(
                    f"a PDF with {len(added):,} lines on page {number + 1}: a drawing or a list, no release"
                )
            lines += added
            size += sum(len(line.text) for line in added)
            if size > MOST_CHARACTERS:
                raise Unprinted(f"a PDF with more than {MOST_CHARACTERS:,} characters: no release is that long")
        _check(document, "".join(line.text for line in lines))
        links = tuple(link for number in range(pages) for link in links_on(document, number))
        return Printed(tuple(lines), pages, document.get_metadata_dict(skip_empty=True), links)
    finally:
        document.close()


def _opened(body: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Unprinted("an encrypted PDF: it opens only with a password; put an open copy in its place") from None
        raise Unprinted(f"a damaged PDF, or none: {_plain(error)}; get the whole file again") from None


def _lines(document: pypdfium2.PdfDocument, number: int) -> Iterator[Line]:
    """The lines of one page in the order they were written; none where the page is damaged."""
    try:
        page = document[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return
    try:
        at = 0
        for text in text_page.get_text_range().split("\r\n"):
            if stripped := text.strip():
                start = at + text.index(stripped)
                # PDFium also counts characters that have no place in the text, hence the look-up.
                word = stripped.rfind(" ", 0, len(stripped) // 2) + 1
                places = (start, start + word, start + len(stripped) - 1)
                first, middle, last = (raw.FPDFText_GetCharIndexFromTextIndex(text_page, place) for place in places)
                left, base, _, top = text_page.get_charbox(first, loose=True)
                _, bottom, right, _ = text_page.get_charbox(last, loose=True)
                size = _size(text_page, middle)
                cells, gaps = _with_tabs(text_page, stripped, start, size)
                yield Line(cells, number, left, right, top, base, bottom, size, gaps)
            at += len(text) + 2
    finally:
        text_page.close()
        page.close()


def _with_tabs(
    text_page: pypdfium2.PdfTextPage, text: str, start: int, size: float
) -> tuple[str, tuple[tuple[float, float], ...]]:
    """A line with tabs in place of its wide blanks, and what is told of each."""
    told = list(text)
    gaps: list[tuple[float, float]] = []
    for blank in _BLANK.finditer(text):
        before, after = (
            text_page.get_charbox(raw.FPDFText_GetCharIndexFromTextIndex(text_page, start + place), loose=True)
            for place in (blank.start() - 1, blank.end())
        )
        width = (after[0] - before[2]) / size
        if width > COLUMN_GAP:
            told[blank.start()] = "\t"
            gaps.append((after[0], width))
    return "".join(told), tuple(gaps)


def _size(text_page: pypdfium2.PdfTextPage, character: int) -> float:
    """The size of the type: what the font says, unless the page scales it; then by the height of the character."""
    _, low, _, high = text_page.get_charbox(character, loose=True)
    height = max(high - low, 1.0)
    told = float(raw.FPDFText_GetFontSize(text_page, character))
    return told if 0.6 * height <= told <= 2 * height else height / 1.2


def _check(document: pypdfium2.PdfDocument, text: str) -> None:
    """Refuses what has no text, or text that means nothing."""
    if len(_LETTER.findall(text[:MOST_CHARACTERS])) < FEWEST_LETTERS:
        images = sum(_images(document, number) for number in range(len(document)))
        told = f"{_count(len(document), 'page')}, {_count(images, 'image')}"
        if images:
            raise Unprinted(f"a scan without text: {told}; put a copy with recognised text (OCR) in its place")
        raise Unprinted(f"a PDF without text: {told}")
    if len(_MEANINGLESS.findall(text)) > UNREADABLE_SHARE * len(text):
        raise Unprinted("its fonts do not say which characters they show; put a copy with readable text in its place")


def _images(document: pypdfium2.PdfDocument, number: int) -> int:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return 0
    objects = page.get_objects(max_depth=3)
    return sum(found.type == raw.FPDF_PAGEOBJ_IMAGE for found, _ in zip(objects, range(MOST_OBJECTS), strict=False))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _plain(error: Exception) -> str:
    """PDFium's own words without its name around them."""
    told = re.search(r"PDFium: (.+?)\.?\)", str(error))
    return told[1].lower() if told else str(error)[:100]
