"""What the styles and lists of a Word document mean: headings by level, items by marker (ECMA-376-1, 17.7, 17.9)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from parsers.zipped_xml import attribute, below, child

TITLE_STYLE = "title"
HEADING_STYLE = "heading "
DEPTHS = 9  # of lists


@dataclass(slots=True)
class Styles:
    """What styles and lists mean: heading levels (0 is the title) by style, markers by list and depth."""

    levels: Mapping[str, int]
    listed: Mapping[str, tuple[str, int]]
    bullets: frozenset[tuple[str, int]]
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
    levels: dict[str, int] = {}
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
    return Styles(levels, listed, frozenset(_bulleted(numbering) if numbering is not None else ()))


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
