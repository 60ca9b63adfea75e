"""The links of a Word document (ECMA-376 part 1): elements that name a relation, and fields that hold an address.

A field is written as a simple one with its instruction as an attribute, or as runs between marks: `begin`, the
instruction `HYPERLINK "address"`, `separate`, the words, `end`; fields nest.
"""

import re
from collections.abc import Iterator, Mapping

from lxml.etree import _Element as Element

from parsers.zipped_xml import attribute, local

_INSTRUCTION = re.compile(r'^\s*HYPERLINK\s+"([^"]+)"')
_LEFT_OUT = frozenset({"del", "moveFrom", "delText", "delInstrText", "Fallback", "pPr", "rPr"})
DEEPEST = 50  # fields within fields


def targets_of(relations: Element | None) -> dict[str, str]:
    """The addresses outside the document that its relations name, by their ids."""
    return {
        attribute(relation, "Id"): attribute(relation, "Target")
        for relation in (relations if relations is not None else ())
        if attribute(relation, "TargetMode") == "External"
    }


def links_in(root: Element, targets: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Addresses and words of the links in reading order."""
    fields: list[list[str]] = []  # of each open field its instruction and, once that is over, its words
    waiting = list(reversed(root))
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name in _LEFT_OUT:
            continue
        if name == "hyperlink" and (address := targets.get(attribute(element, "id"))):
            yield address, _words(element)
        elif name == "fldSimple" and (told := _INSTRUCTION.match(attribute(element, "instr"))):
            yield told[1], _words(element)
        elif name == "fldChar":
            yield from _field(fields, attribute(element, "fldCharType"))
        elif name == "instrText" and fields and len(fields[-1]) == 1:
            fields[-1][0] += element.text or ""
        elif name == "t":
            for field in fields:
                if len(field) > 1:
                    field[1] += element.text or ""
        waiting.extend(reversed(element))


def _field(fields: list[list[str]], mark: str) -> Iterator[tuple[str, str]]:
    """Opens, divides or closes a field; one that closes may be a link."""
    if mark == "begin" and len(fields) < DEEPEST:
        fields.append([""])
    elif mark == "separate" and fields:
        fields[-1].append("")
    elif mark == "end" and fields:
        instruction, *words = fields.pop()
        if told := _INSTRUCTION.match(instruction):
            yield told[1], "".join(words)


def _words(element: Element) -> str:
    return "".join(inner.text or "" for inner in element.iter() if local(inner) == "t")
