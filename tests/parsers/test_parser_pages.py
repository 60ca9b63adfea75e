"""Every version of a publisher's parser has a test page, and its pages are read by it."""

from pathlib import Path

import pytest

from parsers.records import Release
from parsers.registry import PARSERS, Parser
from sources.media_types import by_name
from tests.parsers.captures import capture_of

PAGES = Path(__file__).parent / "pages"
FAMILIES = frozenset(
    {"generic_html", "trs_cms", "govuk", "feed_item", "wordpress", "wordpress_post", "drupal"}
)  # those that know their pages' layouts
OF_PUBLISHERS = [parser for parser in PARSERS if parser.module.startswith("parsers.sites.") or parser.name in FAMILIES]


def pages_of(parser: Parser) -> list[Path]:
    return sorted(PAGES.glob(f"{parser.name}-{parser.version}.*"))


@pytest.mark.parametrize("parser", OF_PUBLISHERS, ids=lambda parser: parser.label)
def test_a_parser_version_has_a_page_that_it_reads(parser: Parser) -> None:
    pages = pages_of(parser)
    assert pages, f"no page {parser.name}-{parser.version}.* in {PAGES}"
    for page in pages:
        kind = next(iter(parser.media_types)) if page.suffix == ".json" else by_name(page.name)
        (found,) = parser.read(capture_of(page.read_bytes(), kind=kind))
        assert isinstance(found, Release), (page.name, found)
        assert found.parser == parser.label


def test_every_page_belongs_to_a_parser() -> None:
    assert {page for parser in OF_PUBLISHERS for page in pages_of(parser)} == set(PAGES.iterdir())
