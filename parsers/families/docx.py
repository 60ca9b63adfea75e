"""Word documents (`.docx`, ECMA-376 part 1): paragraphs, headings, lists and tables by their styles.

- The paragraph in the style Title is the headline, else the first heading, else the first line may be.
- Without styles, an outline level, the usual names of styles and short bold lines tell the headings.
- Pictures in the file are named by their bytes.
- Deleted and hidden text, comments, notes and running heads are left out; text boxes follow their paragraph.
- The properties say when the file was made and what it was once called: the weakest opinion.
"""

from collections.abc import Iterator

from lxml.etree import _Element as Element

from parsers.blocks import table
from parsers.docx_links import links_in, targets_of
from parsers.docx_pictures import pictures_in
from parsers.docx_styles import Styles, is_bold_line, number_of, outline_of, styles_of
from parsers.embedded import pictures
from parsers.file_facts import FileFacts, release_of
from parsers.html_blocks import LONGEST_CELL
from parsers.layout import join_wrapped, tidy
from parsers.pieces import Piece
from parsers.records import Rejection, Release
from parsers.text import gate
from parsers.word_pieces import Item, headline_of, listed
from parsers.zipped_xml import Unopened, attribute, below, child, local, opened, part
from sources.capture import Capture

PARSER = "docx/2"
MEDIA_TYPES = frozenset({"application/vnd.openxmlformats-officedocument.wordprocessingml.document"})
DOCUMENT = "word/document.xml"
BOLD_LEVEL = 2  # of a bold line where no styles say what is a heading

_LEFT_OUT = frozenset(
    {"del", "moveFrom", "delText", "instrText", "Fallback", "rt", "footnoteReference", "pPr", "rPr", "txbxContent"}
)
_TRANSPARENT = frozenset({"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"})


def read(capture: Capture) -> list[Release | Rejection]:
    """The one release of a Word document."""
    try:
        with opened(capture.body) as archive:
            main = _main(part(archive, "_rels/.rels"))
            root = part(archive, main)
            body = child(root, "body")
            if body is None:
                return [Rejection("parse", "no Word document: it has no body", PARSER)]
            styles = styles_of(part(archive, "word/styles.xml"), part(archive, "word/numbering.xml"))
            facts = _facts(part(archive, "docProps/core.xml"))
            relations = part(archive, _relations_of(main))
            images = pictures(pictures_in(body, relations, archive, main))
    except Unopened as reason:
        return [Rejection("parse", str(reason), PARSER)]
    pieces = list(listed(_pieces(body, styles)))
    headline, rest = headline_of(pieces)
    links = links_in(body, targets_of(relations))
    return [release_of(capture, rest, facts, PARSER, headline=headline, links=links, images=images)]


def _main(relations: Element | None) -> str:
    """Where the text is: Word itself sometimes calls it `word/document2.xml`."""
    for relation in relations if relations is not None else ():
        if attribute(relation, "Type").endswith("/officeDocument"):
            return attribute(relation, "Target").lstrip("/") or DOCUMENT
    return DOCUMENT


def _relations_of(name: str) -> str:
    """Where a part's relations are: `word/document.xml` has them in `word/_rels/document.xml.rels`."""
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels".lstrip("/")


def _facts(core: Element | None) -> FileFacts:
    title, made = child(core, "title"), child(core, "created")
    return FileFacts(
        "DOCX properties",
        title=(title.text or "") if title is not None else "",
        made=(made.text or "") if made is not None else "",
    )


def _pieces(root: Element, styles: Styles) -> Iterator[Piece | Item]:
    """Paragraphs, tables and items of lists in reading order."""
    waiting = list(reversed(root))
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name == "p":
            yield from _paragraph(element, styles)
            waiting.extend(reversed([inner for box in _boxes(element) for inner in box]))
        elif name == "tbl":
            if (whole := _table(element)) is not None:
                yield whole
            else:
                waiting.extend(reversed([inner for cell in _own(element, "tc") for inner in cell]))
        elif name in _TRANSPARENT:
            waiting.extend(reversed(element))


def _paragraph(element: Element, styles: Styles) -> Iterator[Piece | Item]:
    lines = tuple(line for line in map(tidy, gate(_text(element)).text.split("\n")) if line)
    if not lines:
        return
    style = child(element, "pPr", "pStyle")
    name = attribute(style, "val") if style is not None else ""
    level = styles.levels.get(name, outline_of(child(element, "pPr")))
    if level is None and not styles.given and len(lines) == 1 and is_bold_line(element, lines[0]):
        level = BOLD_LEVEL
    number = number_of(child(element, "pPr", "numPr")) or styles.listed.get(name)
    if level is None and number is not None:
        yield number[1], styles.marker(number), join_wrapped(lines)
    else:
        yield Piece(lines=lines if level is None else (join_wrapped(lines),), level=level)


def _text(element: Element) -> str:
    """The words of a paragraph, without its text boxes and what is deleted or hidden."""
    told: list[str] = []
    waiting = list(reversed(element))
    while waiting:
        inner = waiting.pop()
        name = local(inner)
        if name in _LEFT_OUT or (name == "r" and child(inner, "rPr", "vanish") is not None):
            continue
        if name == "t":
            told.append(inner.text or "")
        elif name in ("br", "cr"):
            told.append("\n")
        elif name == "tab":
            told.append(" ")
        elif name == "noBreakHyphen":
            told.append("-")
        else:
            waiting.extend(reversed(inner))
    return "".join(told)


def _boxes(element: Element) -> list[Element]:
    """The text boxes of a paragraph: each is written twice, the second time for old programs."""
    found: list[Element] = []
    waiting = list(reversed(element))
    while waiting:
        inner = waiting.pop()
        if local(inner) == "txbxContent":
            found.append(inner)
        elif local(inner) not in ("Fallback", "del", "moveFrom"):
            waiting.extend(reversed(inner))
    return found


def _own(table_element: Element, name: str) -> Iterator[Element]:
    """The rows or cells of a table, not those of tables in it."""
    waiting = list(reversed(table_element))
    while waiting:
        inner = waiting.pop()
        if local(inner) == name:
            yield inner
        elif local(inner) != "tbl":
            waiting.extend(reversed(inner))


def _table(element: Element) -> Piece | None:
    """A table of data; None for one that lays out the page."""
    rows: list[list[str]] = []
    for row in _own(element, "tr"):
        cells = []
        for cell in _own(row, "tc"):
            if any(local(inner) == "tbl" for inner in cell):
                return None
            paragraphs = [tidy(gate(_text(p)).text) for p in below(cell, "p")]
            cells.append(" ".join(text for text in paragraphs if text))
        rows.append(cells)
    rows = [row for row in rows if any(row)]
    if not rows or max(map(len, rows)) < 2 or max(len(cell) for row in rows for cell in row) > LONGEST_CELL:
        return None
    block = table(rows)
    return Piece(block=block) if block else None
