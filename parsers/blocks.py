"""The body of a release as blocks, and the form of it that is compared.

A block's `text` is Markdown for lists and tables, plain text for the rest. Two documents with the same words
have the same fingerprint, whether they came as text, Markdown or HTML.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from parsers.headline import could_be_headline
from parsers.layout import ends_sentence, is_item, item_marker
from parsers.records import Block, Release
from parsers.text import fingerprint

LONGEST_HEADING = 120  # characters; half as many where they are Chinese
LONGEST_HEADING_HAN = 40
MOST_HEADINGS_IN_A_ROW = 2  # three short lines in a row are an address, a table or a list
SECTION_LEVEL = 2  # of headings in a text that does not say

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_BULLET = re.compile("[-*\u2022\u2027\u00b7\u25cf\u25cb\u25e6\u25aa\u25a0\u2013]\\s")
_RULE_ROW = re.compile(r"\|?(?:\s?:?-{2,}:?\s?\|)+(?:\s?:?-{2,}:?\s?)?")
_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")  # a blank stands before every border we write
_ESCAPED = re.compile(r"\\([\\|])")


def from_paragraphs(groups: Iterable[Sequence[str]]) -> tuple[Block, ...]:
    """Blocks of a bare text: tables by tabs or pipes, lists by markers, headings by shape, paragraphs."""
    return tuple(_blocks([line for group in groups for line in group]))


def table(rows: Sequence[Sequence[str]]) -> Block | None:
    """A table block from rows of cells, the first being its header; None when no cell says anything."""
    width = max((len(row) for row in rows), default=0)
    if not any(cell for row in rows for cell in row):
        return None
    lines = ["| " + " | ".join(_cell(row, column) for column in range(width)) + " |" for row in rows]
    lines.insert(1, "|" + " --- |" * width)
    return Block(kind="table", text="\n".join(lines))


def bullets(items: Sequence[tuple[int, str, str]]) -> Block | None:
    """A list block from (depth, marker, text) items; None when there is none."""
    lines = [f"{'  ' * depth}{marker} {text}" for depth, marker, text in items if text]
    return Block(kind="list", text="\n".join(lines)) if lines else None


def plain_parts(blocks: Iterable[Block]) -> Iterator[str]:
    """What blocks say, without the marks of lists, tables and quotations."""
    for block in blocks:
        if block.kind == "table":
            yield from _cells(block.text)
        elif block.kind == "list":
            for line in block.text.split("\n"):
                item = line.lstrip(" ")
                yield item[len(item_marker(item)) :]
        elif block.kind == "quote":
            yield from (line.removeprefix(">") for line in block.text.split("\n"))
        else:
            yield block.text


def body_fingerprint(release: Release) -> str:
    """SHA-256 (hex) of what the body says; the title is not part of it."""
    return fingerprint(plain_parts(release.blocks))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    short = [_could_head(line) for line in lines]
    at = 0
    while at < len(lines):
        line = lines[at]
        if "\t" in line or "|" in line:
            rows, after = _rows(lines, at)
            block = table(rows) if len(rows) > 1 else None
            if block:
                yield block
                at = after
                continue
            line = " ".join(line.split())
        elif is_item(line):
            after = _list_end(lines, at)
            block = bullets([(0, *_item(item)) for item in lines[at:after]]) if after - at > 1 else None
            if block:
                yield block
                at = after
                continue
        heads = short[at] and _heads_a_section(lines, short, at)
        yield Block(kind="heading", text=line, level=SECTION_LEVEL) if heads else Block(kind="paragraph", text=line)
        at += 1


def _could_head(line: str) -> bool:
    if len(line) > LONGEST_HEADING or "\t" in line or ":" in line or "：" in line:
        return False
    marker = item_marker(line)
    words = line if _BULLET.match(line) else line[len(marker) :]  # "1. Build platforms" may head a section
    return could_be_headline(words) and (len(line) <= LONGEST_HEADING_HAN or not _HAN.search(line))


def _heads_a_section(lines: Sequence[str], short: Sequence[bool], at: int) -> bool:
    """A short line heads a section when a paragraph follows and it does not stand in a row of short ones."""
    start = at
    while start and short[start - 1] and at - start < MOST_HEADINGS_IN_A_ROW:
        start -= 1
    end = at + 1
    while end < len(lines) and short[end] and end - at <= MOST_HEADINGS_IN_A_ROW:
        end += 1
    if end - start > MOST_HEADINGS_IN_A_ROW or end == len(lines):
        return False
    return len(lines[end]) > len(lines[at]) and (ends_sentence(lines[end]) or lines[end].endswith((":", "：")))


def _rows(lines: Sequence[str], at: int) -> tuple[list[list[str]], int]:
    """The rows of the table that begins here, and the index after it; rows of one width belong together."""
    mark = "\t" if "\t" in lines[at] else "|"
    rows: list[list[str]] = []
    index = at
    while index < len(lines) and mark in lines[index]:
        line = lines[index]
        if mark == "|" and _RULE_ROW.fullmatch(line):
            index += 1
            continue
        cells = [cell.strip() for cell in line.strip("|" if mark == "|" else "").split(mark)]
        if len(cells) < 2 or (rows and len(cells) != len(rows[0])):
            break
        rows.append(cells)
        index += 1
    return rows, index


def _list_end(lines: Sequence[str], at: int) -> int:
    kind = _BULLET.match(lines[at]) is not None
    end = at + 1
    while end < len(lines) and is_item(lines[end]) and (_BULLET.match(lines[end]) is not None) == kind:
        end += 1
    return end


def _item(line: str) -> tuple[str, str]:
    marker = item_marker(line)
    return ("-" if _BULLET.match(line) else marker.strip()), line[len(marker) :].strip()


def _cell(row: Sequence[str], column: int) -> str:
    return row[column].replace("\\", "\\\\").replace("|", "\\|") if column < len(row) else ""


def _cells(text: str) -> Iterator[str]:
    for number, line in enumerate(text.split("\n")):
        if number != 1:  # the second row of a Markdown table is its rule
            for cell in _UNESCAPED_PIPE.split(line[2:-2]):
                yield _ESCAPED.sub(r"\1", cell)
