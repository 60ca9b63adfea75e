"""The one door: which parser reads a capture, and how a parser's failure is told."""

import re
import time
from collections.abc import Callable
from importlib import import_module

import pytest
from pydantic import BaseModel

from parsers import (
    blocks,
    datelines,
    events,
    file_facts,
    frame,
    furniture,
    headline,
    html_blocks,
    instants,
    item,
    layout,
    mail_parts,
    media,
    page_facts,
    pdf_layout,
    publication,
    publishers,
    registry,
    urls,
)
from parsers.families import email, feed_item, generic, markdown, press_page
from parsers.records import Rejection, Release
from parsers.registry import Parser, chosen, parser_versions, read
from parsers.sites import ec_presscorner, federal_register_text
from sources.capture import Capture
from tests.parsers.captures import capture_of, rejection_of
from tests.samples import news


@pytest.mark.parametrize(("kind", "parser"), [("txt", "bare_text/2"), ("md", "markdown/2"), ("html", "generic_html/4")])
def test_the_media_type_chooses(kind: str, parser: str) -> None:
    (found,) = read(capture_of(news(), kind=kind))
    assert isinstance(found, Release)
    assert found.parser == parser


@pytest.mark.parametrize("kind", ["application/xhtml+xml", "Text/HTML; charset=utf-8"])
def test_spellings_of_a_media_type(kind: str) -> None:
    parser = chosen(capture_of(news(), kind=kind))
    assert parser is not None
    assert parser.name == "generic_html"


def test_what_is_not_supported_names_what_is() -> None:
    rejection = rejection_of(b"RIFF....WEBP", kind="image/webp")
    assert "image/webp" in rejection.reason
    assert {".txt", ".html", ".pdf"} <= set(rejection.reason.split())


def test_versions() -> None:
    assert parser_versions().items() >= {"bare_text": 2, "markdown": 2, "generic_html": 4}.items()


class _Strict(BaseModel):
    pages: int


def _deep(depth: int = 0) -> int:
    return _deep(depth + 1)


def _raises(error: BaseException) -> Callable[[], object]:
    def fail() -> object:
        raise error

    return fail


@pytest.mark.parametrize(
    ("failing", "stage", "reason"),
    [
        (lambda: _Strict.model_validate({"pages": "many"}), "validate", "pages: Input should be a valid integer"),
        (_raises(ValueError("published: no day")), "validate", "published: no day"),
        (_deep, "parse", "nested too deeply"),
        (_raises(KeyError("x")), "parse", "short_notice could not read it: KeyError"),
    ],
)
def test_a_parser_that_fails_harms_nobody(
    monkeypatch: pytest.MonkeyPatch, failing: Callable[[], object], stage: str, reason: str
) -> None:
    def reads(_: Capture) -> list[Release | Rejection]:
        failing()
        return []

    def recognises(capture: Capture) -> bool:
        return b"notice" in capture.body

    parser = Parser("short_notice/3", frozenset({"text/plain"}), reads, recognises)
    monkeypatch.setattr(registry, "PARSERS", (parser, *registry.PARSERS))
    rejection = rejection_of("a short notice")
    assert (rejection.stage, rejection.parser) == (stage, "short_notice/3")
    assert reason in rejection.reason
    (neighbour,) = read(capture_of(news()))
    assert isinstance(neighbour, Release)


@pytest.mark.parametrize("parser", registry.PARSERS, ids=lambda parser: parser.label)
def test_the_table_says_of_each_parser_what_its_module_says(parser: Parser) -> None:
    module = import_module(parser.module)
    assert parser.label == module.PARSER
    takes = getattr(module, "MEDIA_TYPES", {getattr(module, "MEDIA_TYPE", None)} - {None})
    assert not takes or takes == parser.media_types


def test_out_of_memory_is_left_to_who_can_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def reads(_: Capture) -> list[Release | Rejection]:
        raise MemoryError

    monkeypatch.setattr(registry, "PARSERS", (Parser("short_notice/3", frozenset({"text/plain"}), reads),))
    with pytest.raises(MemoryError):
        read(capture_of(news()))


MODULES = (
    blocks, datelines, events, frame, furniture, generic, headline, html_blocks, layout, markdown,
    page_facts, publication, urls, instants, item, media, press_page, feed_item, ec_presscorner, federal_register_text,
    email, file_facts, mail_parts, pdf_layout
)  # fmt: skip


def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    own = [
        (f"{module.__name__}.{name}", value)
        for module in MODULES
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str)
    ]
    cues = [
        (f"{publisher.key} {cue.rule}", pattern)
        for publisher in publishers.publishers()
        for cue in publisher.cues
        for pattern in (*cue.patterns[None], *cue.lines[None])
    ]
    return own + cues


def test_no_pattern_takes_long_on_hostile_text() -> None:
    """Each on 20,000 characters of the kinds that make patterns slow, which a pattern that backtracks never ends."""
    slow = []
    for name, pattern in _patterns():
        for unit in ("a", " ", "0", "<", "(", "一", "A ", ", ", "a, ", "- ", "1 "):
            text = unit * (20_000 // len(unit))
            start = time.process_time()
            pattern.search(text)
            if time.process_time() - start > 10:
                slow.append((name, unit))
    assert slow == []
