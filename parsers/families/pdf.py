"""PDF files: the printed text as paragraphs, read by the rules for bare text.

Shapes seen: a letterhead, the headline in larger type, a date line, paragraphs, running heads and page numbers.

- The largest type above the story is the headline, if it has the shape of one; else the first line may be, as in
  a bare text. The title in the metadata is often that of another document and never beats what is printed.
- The day a file was made is kept beside the printed date, and is never taken for the publication by itself.
- Scans have no text and are refused as such.
"""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median_high

from parsers.datelines import date_of, reader
from parsers.document import Document, Provenance, provenance
from parsers.draft import Draft, complete
from parsers.families.text import draft_of
from parsers.file_facts import FileFacts, beside
from parsers.frame import Fact, Frame, take_scattered
from parsers.furniture import is_furniture, is_masthead
from parsers.headline import could_be_headline
from parsers.layout import ends_sentence, tidy
from parsers.links import linked
from parsers.pdf_layout import Paragraph, lines_of_text, paragraphs_of
from parsers.pdf_pages import Printed, Unprinted, printed
from parsers.pieces import LONGEST_HEAD, STORY_BEGINS
from parsers.records import Evidence, Rejection, Release
from parsers.text import gate
from sources.capture import Capture

PARSER = "pdf/2"
LARGER = 1.15  # times the type of the story: a headline, or a letterhead


def read(capture: Capture) -> list[Release | Rejection]:
    """The one release of a PDF."""
    try:
        found = printed(capture.body)
    except Unprinted as reason:
        return [Rejection("parse", str(reason), PARSER)]
    printed_paragraphs = paragraphs_of(found.lines)
    if not printed_paragraphs:
        return [Rejection("parse", "nothing but running heads and page numbers is printed in it", PARSER)]
    told = found.metadata
    facts = FileFacts("PDF metadata", title=told.get("Title", ""), made=told.get("CreationDate", ""))
    document = _document(capture, found, printed_paragraphs, facts)
    whose = provenance(document)
    at = _headline_at(printed_paragraphs, whose)
    if at is None:
        draft = draft_of(document.text.split("\n"), document, whose, PARSER)
    else:
        draft = _below_headline(printed_paragraphs, at, document, whose)
    draft = replace(draft, links=linked(found.links, whose.url))
    return [complete(document, whose, beside(draft, facts))]


def _document(capture: Capture, found: Printed, paragraphs: Sequence[Paragraph], facts: FileFacts) -> Document:
    gated = gate("\n".join(lines_of_text(paragraphs)))
    pages = f"{found.pages} page{'' if found.pages == 1 else 's'}"
    evidence = {"encoding": Evidence(rule="text of the PDF", text=pages, basis="stated")} | facts.evidence()
    return Document(capture, gated.text, evidence)


def _headline_at(paragraphs: Sequence[Paragraph], whose: Provenance) -> int | None:
    """Which paragraph is the headline by its type: the longest of those in large type above the story."""
    read_date = reader(whose.zone, whose.day_first)
    usual = median_high([p.size for p in paragraphs for _ in range(0, len(p.text), 40)])  # line by line, roughly
    large = [
        (len(p.text), -at)
        for at, p in enumerate(_head(paragraphs))
        if p.page == 0
        and p.size >= LARGER * usual
        and could_be_headline(p.text)
        and not (is_masthead(p.text) or is_furniture(p.text, at_edge=True) or date_of(p.text, read_date))
    ]
    return -max(large)[1] if large else None


def _head(paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """What may stand above the story, which begins with the first sentence or long line."""
    story = (at for at, p in enumerate(paragraphs) if ends_sentence(p.text) or len(p.text) >= STORY_BEGINS)
    return paragraphs[: min(LONGEST_HEAD, next(story, len(paragraphs)))]


def _below_headline(paragraphs: Sequence[Paragraph], at: int, document: Document, whose: Provenance) -> Draft:
    """What is printed, given where the headline is; above it stand dates and labels, or the letterhead."""
    title = gate(paragraphs[at].text).text
    head = Frame()
    above = [tidy(gate(p.text).text) for p in paragraphs[:at]]
    take_scattered(head, above, zone=whose.zone, day_first=whose.day_first)
    lines = gate("\n".join(lines_of_text(paragraphs[at:]))).text.split("\n")
    draft = draft_of(lines, document, whose, PARSER, title=Fact(title, "largest type", title))
    return replace(
        draft,
        published=[*draft.published, *head.published],
        updated=[*draft.updated, *head.updated],
        source=draft.source or head.source,
        office=draft.office or head.office,
    )
