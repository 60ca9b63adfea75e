"""Bare text: a release saved without its page, as an extractor or a person left it.

Shapes seen: news.gov.hk with date line and blank no-break paragraphs, wb.beijing.gov.cn with or without its
`Date:` and `Source:` lines, info.gov.hk with its closing lines; English and Chinese.
"""

import re

from parsers.blocks import from_paragraphs
from parsers.document import Document, Provenance, open_document, provenance, too_large
from parsers.draft import Draft, complete, stated_title
from parsers.frame import Fact, Frame, peel
from parsers.layout import paragraphs, wrap_of
from parsers.records import Rejection, Release
from parsers.text import fold_title
from sources.capture import Capture

PARSER = "bare_text/2"
MOST_LINES = 200_000  # with text on them; beyond that it is a data file, and its paragraphs would not fit the memory

_BLANK_RUN = re.compile(r"\n(?:[^\S\n]{0,80}+\n){2,}+")
_FILLED = re.compile(r"\S[^\n]*")


def read(capture: Capture) -> list[Release | Rejection]:
    """The one release of a text file."""
    if refused := too_large(capture, PARSER):
        return [refused]
    document = open_document(capture, PARSER)
    if isinstance(document, Rejection):
        return [document]
    text = _fewer_blanks(document.text)
    if _has_too_many_lines(text):
        reason = f"more than {MOST_LINES:,} lines of text: a data file, not a release; if it is one, split it"
        return [Rejection("parse", reason, PARSER)]
    whose = provenance(document)
    return [complete(document, whose, draft_of(text.split("\n"), document, whose, PARSER))]


def draft_of(
    lines: list[str], document: Document, whose: Provenance, parser: str, *, title: Fact | None = None
) -> Draft:
    """What the lines of a bare text say; for every family whose documents come down to one.

    `title` is the headline where something else than the lines tells it.
    """
    wrap = wrap_of(lines)
    known = title.value if title else None
    frame = peel(lines, zone=whose.zone, day_first=whose.day_first, title=known, title_wanted=not known, wrap=wrap)
    kept = frame.kept
    return Draft(
        parser=parser,
        rendition="file",
        blocks=from_paragraphs(paragraphs(_story(lines, frame, stated_title(document)), wrap)),
        body_at=f"lines {kept[0] + 1} to {kept[-1] + 1}" if kept else "no lines",
        titles=[fact for fact in (title, frame.title) if fact],
        published=frame.published,
        updated=frame.updated,
        source=frame.source,
        office=frame.office,
    )


def _fewer_blanks(text: str) -> str:
    """The text; where it has very many lines, a run of blank ones counts as one, so that they fit the memory."""
    return _BLANK_RUN.sub("\n\n", text) if text.count("\n") > MOST_LINES else text


def _has_too_many_lines(text: str) -> bool:
    if text.count("\n") <= MOST_LINES:
        return False
    return any(number >= MOST_LINES for number, _ in enumerate(_FILLED.finditer(text)))


def _story(lines: list[str], frame: Frame, stated: str) -> list[str]:
    """The lines of the story; a headline that the operator contradicts stays: it may be a section's heading."""
    story = [lines[index] for index in frame.kept]
    if stated and frame.title and not _agree(frame.title.value, stated):
        return [*(lines[index] for index in frame.title_at), "", *story]
    return story


def _agree(ours: str, theirs: str) -> bool:
    ours, theirs = fold_title(ours), fold_title(theirs)
    return ours in theirs or theirs in ours
