"""Every version of a parser has a test page, and its pages are read by it."""

from pathlib import Path

import pytest

from parsers.records import Release
from parsers.registry import PARSERS, Parser
from sources.media_types import by_name
from tests.parsers.captures import capture_of

PAGES = Path(__file__).parent / "pages"
CONTAINERS = frozenset({"warc", "mhtml"})  # what is in them is read by the parsers of their pages


def pages_of(parser: Parser) -> list[Path]:
    named = PAGES.glob(f"{parser.name}-{parser.version}.*")
    return sorted(page for page in named if kind_of(parser, page) in parser.media_types)


def kind_of(parser: Parser, page: Path) -> str:
    """By the name of the page; items of lists and interfaces are all JSON."""
    return min(parser.media_types) if page.suffix == ".json" else by_name(page.name)


@pytest.mark.parametrize("parser", PARSERS, ids=lambda parser: parser.label)
def test_a_parser_version_has_a_page_that_it_reads(parser: Parser) -> None:
    pages = pages_of(parser)
    assert pages, f"no page {parser.name}-{parser.version}.* in {PAGES}"
    for page in pages:
        found = parser.read(capture_of(page.read_bytes(), kind=kind_of(parser, page)))
        assert isinstance(found[0], Release), (page.name, found)
        assert parser.name in CONTAINERS or [one.parser for one in found] == [parser.label]


def test_every_page_belongs_to_a_parser() -> None:
    assert {page for parser in PARSERS for page in pages_of(parser)} == set(PAGES.iterdir())
