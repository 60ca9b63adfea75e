"""What a source's file says of all it brings counts where a document says nothing of itself."""

from dataclasses import replace

from parsers.records import Release
from parsers.registry import read
from sources.capture import Capture, Usual
from tests.parsers.captures import capture_of

PAGE = """<html><head><title>Ferry returns</title></head><body><article><h1>Ferry returns</h1>
<p>3 February 2026, 10:30</p><p>The ferry across the sound sails again from Monday morning, the harbour office said.</p>
<p>Passengers are asked to come a quarter of an hour early with their tickets.</p></article></body></html>"""
USUAL = Usual("harbours.example", "en", "Pacific/Auckland")


def release_of(capture: Capture) -> Release:
    (found,) = read(capture)
    assert isinstance(found, Release), found
    return found


def test_publisher_and_zone_come_from_the_source() -> None:
    page = capture_of(PAGE, kind="text/html", url="https://harbours.example/news/1.html")
    plain, told = release_of(page), release_of(replace(page, usual=USUAL))
    assert (plain.publisher, told.publisher) == ("unknown", "harbours.example")
    assert told.evidence["publisher"].rule == "file of the source"
    assert told.published is not None
    assert (told.published.zone, str(told.published.on)) == ("Pacific/Auckland", "2026-02-03")


def test_an_address_of_a_known_publisher_and_what_is_stated_come_first() -> None:
    page = capture_of(PAGE, kind="text/html", url="https://www.mfa.gov.cn/eng/xw/1.html")
    found = release_of(replace(page, usual=USUAL))
    assert found.publisher == "mfa.gov.cn"
    assert [other.value for other in found.evidence["publisher"].others] == ["harbours.example"]


def test_the_language_of_the_source_is_taken_where_the_text_shows_none() -> None:
    text = capture_of("4711\n\n1 2 3\n\n4 5 6", kind="text/plain")
    assert release_of(text).language == "und"
    assert release_of(replace(text, usual=USUAL)).language == "en"


def test_what_a_source_says_survives_the_vault() -> None:
    page = replace(capture_of(PAGE, kind="text/html"), usual=USUAL)
    again = Capture.from_circumstances(page.circumstances(), page.body)
    assert again.usual == USUAL
    assert "usual" not in capture_of(PAGE, kind="text/html").circumstances()
