"""Every shipped source of the web names the parser that reads what it brings, and that parser reads it."""

from pathlib import Path

import pytest

from parsers.records import Release
from parsers.registry import chosen, parser_versions, read
from sources.config import CATALOG, Source, load_sources
from sources.discovery.discovered import Discovered
from tests.parsers.captures import capture_of
from tests.sources.test_catalog import WEB, visit

PAGES = Path(__file__).parent / "pages"
ENDINGS = {".html": "text/html", ".txt": "text/plain", ".json": "application/json"}
GENERIC = (
    '<html lang="en"><head><title>Ferry pier reopens | Harbour Board</title>'
    '<meta property="article:published_time" content="2026-01-15T09:30:00+08:00"></head><body><main>'
    "<h1>Ferry pier reopens</h1><p>Boats sail again from the Old Ferry Pier, the Harbour Board said today, after two "
    "years of repairs to its lamps, its planks and its clock.</p><p>Passengers are asked to mind the new steps, which "
    "are higher than the old ones, and to keep to the left when boats arrive.</p></main></body></html>"
)


def brought(source: Source) -> tuple[bytes, str]:
    """A page that the source's parser is known to read, and the media type it comes with."""
    if source.parser == "generic_html":
        return GENERIC.encode(), "text/html"
    version = parser_versions()[source.parser or ""]
    page = next(page for page in sorted(PAGES.glob(f"{source.parser}-{version}.*")) if page.suffix in ENDINGS)
    return page.read_bytes(), ENDINGS[page.suffix]


def first_address(found: Discovered) -> str:
    address = found.candidates[0].url
    assert address is not None
    return address


@pytest.mark.parametrize("name", sorted(WEB))
def test_a_source_names_a_parser_that_reads_what_its_publisher_serves(name: str) -> None:
    source = WEB[name]
    assert source.parser in parser_versions()
    body, kind = brought(source)
    capture = capture_of(body, kind=kind, url=first_address(visit(source)[0]))
    parser = chosen(capture)
    assert parser is not None and parser.name == source.parser
    (release,) = read(capture)
    assert isinstance(release, Release), release
    assert release.publisher == source.publisher
    for field in source.expects.required:
        assert getattr(release, field), field
        assert field in release.evidence, field


def test_sources_of_files_name_none() -> None:
    sources = load_sources(CATALOG).values()
    assert {source.name for source in sources if source.parser is None} == set(load_sources(CATALOG)) - set(WEB)
