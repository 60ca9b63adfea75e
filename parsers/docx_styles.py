"""What the styles and lists of a Word document mean: headings by level, items by marker (ECMA-376-1, 17.7, 17.9)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from parsers.layout import ends_sentence
from parsers.zipped_xml import attribute, below, child

TITLE_STYLE = "title"
HEADING_STYLE = "heading "
DEPTHS = 9  # of lists
LONGEST_HEADING = 100  # characters of a bold line that may be one
USUAL = {"Title": 0} | {f"Heading{level}": level for level in range(1, 7)}  # ids that Word itself gives


@dataclass(slots=True)
class Styles:
    """What styles and lists mean: heading levels (0 is the title) by style, markers by list and depth.

    `given` is whether the document says what its styles mean.
    """

    levels: Mapping[str, int]
    listed: Mapping[str, tuple[str, int]]
    bullets: frozenset[tuple[str, int]]
    given: bool = True
    counted: Counter[tuple[str, int]] = field(default_factory=Counter)

    def marker(self, number: tuple[str, int]) -> str:
        """The marker of the next item of a list at a depth; those below it begin anew."""
        if number in self.bullets:
            return "-"
        self.counted[number] += 1
        for deeper in range(number[1] + 1, DEPTHS):
            self.counted[number[0], deeper] = 0
        return f"{self.counted[number]}."


def styles_of(styles: Element | None, numbering: Element | None) -> Styles:
    """The styles of a document, from its files of styles and of numbering; either may be absent."""
    levels: dict[str, int] = {} if styles is not None else dict(USUAL)
    listed: dict[str, tuple[str, int]] = {}
    for style in below(styles, "style") if styles is not None else ():
        name = attribute(element, "val").lower() if (element := child(style, "name")) is not None else ""
        outline = outline_of(child(style, "pPr"))
        if name == TITLE_STYLE:
            levels[attribute(style, "styleId")] = 0
        elif name.startswith(HEADING_STYLE) and name[-1:] in "123456":
            levels[attribute(style, "styleId")] = int(name[-1])
        elif outline is not None:
            levels[attribute(style, "styleId")] = outline
        if (number := number_of(child(style, "pPr", "numPr"))) is not None:
            listed[attribute(style, "styleId")] = number
    bullets = frozenset(_bulleted(numbering) if numbering is not None else ())
    return Styles(levels, listed, bullets, given=styles is not None)


def is_bold_line(paragraph: Element, line: str) -> bool:
    """Whether a paragraph of one line is bold from end to end, and short and open as headings are."""
    if len(line) > LONGEST_HEADING or ends_sentence(line):
        return False
    runs = [run for run in below(paragraph, "r") if any(text.text for text in below(run, "t"))]
    marks = [child(run, "rPr", "b") for run in runs]
    return bool(runs) and all(
        mark is not None and attribute(mark, "val") not in ("0", "false", "off") for mark in marks
    )


def number_of(properties: Element | None) -> tuple[str, int] | None:
    """The list a paragraph belongs to and its depth; list 0 is none."""
    number, depth = child(properties, "numId"), child(properties, "ilvl")
    if number is None or attribute(number, "val") in ("", "0"):
        return None
    level = attribute(depth, "val") if depth is not None else "0"
    return attribute(number, "val"), int(level) if level in tuple("012345678") else 0


def outline_of(properties: Element | None) -> int | None:
    """The heading level that the properties of a paragraph or style give it, 1 to 6."""
    outline = child(properties, "outlineLvl")
    value = attribute(outline, "val") if outline is not None else ""
    return int(value) + 1 if value in tuple("012345") else None


def _bulleted(numbering: Element) -> Iterator[tuple[str, int]]:
    """The lists and depths that are marked by bullets."""
    marked: dict[str, set[int]] = {}
    for definition in below(numbering, "abstractNum"):
        marked[attribute(definition, "abstractNumId")] = {
            depth
            for depth, level in enumerate(below(definition, "lvl"))
            if (shape := child(level, "numFmt")) is not None and attribute(shape, "val") in ("bullet", "none")
        }
    for number in below(numbering, "num"):
        definition_id = child(number, "abstractNumId")
        name = attribute(definition_id, "val") if definition_id is not None else ""
        yield from ((attribute(number, "numId"), depth) for depth in marked.get(name, ()))
