"""OpenDocument texts: structure, what is left out, and files made to harm."""

import random
from datetime import date

import pytest

from parsers.blocks import body_fingerprint
from parsers.records import Release
from parsers.registry import read
from tests.parsers.captures import capture_of, kinds, rejection_of, release_of
from tests.parsers.word_files import odt, zipped
from tests.samples import QUAY, QUAY_TITLE, READING, READING_TITLE, news, news_tc

ODT = "application/vnd.oasis.opendocument.text"


def p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


STORY = "".join(map(p, QUAY))
LISTS = (
    '<text:list text:style-name="L1"><text:list-item><text:p>shelters</text:p>'
    "<text:list><text:list-item><text:p>of glass</text:p></text:list-item></text:list></text:list-item>"
    "<text:list-item><text:p>lifts</text:p></text:list-item></text:list>"
    '<text:p/><text:list text:style-name="L2"><text:list-item><text:p>First</text:p></text:list-item>'
    "<text:list-item><text:p>Second</text:p></text:list-item></text:list>"
)
TABLE = (
    "<table:table><table:table-row><table:table-cell><text:p>Quay</text:p></table:table-cell>"
    "<table:table-cell><text:p>Metres</text:p></table:table-cell>"
    '<table:table-cell table:number-columns-repeated="99999999"/>'
    "</table:table-row><table:table-row><table:table-cell><text:p>Ninth</text:p><text:p>old</text:p></table:table-cell>"
    "<table:table-cell><text:p>60</text:p></table:table-cell></table:table-row></table:table>"
)


def test_a_release_in_opendocument() -> None:
    heading = '<text:h text:outline-level="2">What it offers</text:h>'
    release = release_of(odt(p(QUAY_TITLE, "P1") + p("June 25, 2025") + STORY + heading + LISTS + TABLE), kind=ODT)
    assert release.parser == "odt/2"
    assert (release.title, release.evidence["title"].rule) == (QUAY_TITLE, "style Title")
    assert release.published is not None
    assert release.published.on == date(2025, 6, 25)
    assert kinds(release) == ["paragraph"] * 4 + ["heading", "list", "table"]
    assert release.blocks[5].text == "- shelters\n  - of glass\n- lifts\n1. First\n2. Second"
    assert release.blocks[6].text == "| Quay | Metres |\n| --- | --- |\n| Ninth old | 60 |"


@pytest.mark.parametrize(
    ("title", "day", "paragraphs", "text"),
    [(QUAY_TITLE, "June 25, 2025", QUAY, news()), (READING_TITLE, "2025年9月8日", READING, news_tc())],
)
def test_it_reads_like_the_same_text(title: str, day: str, paragraphs: tuple[str, ...], text: str) -> None:
    plain = release_of(text)
    release = release_of(odt(p(title) + p(day) + "".join(map(p, paragraphs))), kind=ODT)
    assert release.title == plain.title
    assert body_fingerprint(release) == body_fingerprint(plain)


def test_what_nobody_sees_is_left_out() -> None:
    changes = "<text:tracked-changes><text:p>Deleted words.</text:p></text:tracked-changes>"
    note = "<text:note><text:note-body><text:p>A note.</text:p></text:note-body></text:note>"
    frame = "<draw:frame><draw:text-box><text:p>In the box there is a plan.</text:p></draw:text-box></draw:frame>"
    words = f'The <text:span>quay</text:span><text:s text:c="3"/>opens{note}<text:tab/>on<text:line-break/>time.{frame}'
    release = release_of(odt(changes + p(QUAY_TITLE, "P1") + p(words)), kind=ODT)
    assert release.body == "The quay opens on time.\n\nIn the box there is a plan."


def test_the_properties_are_the_weakest_opinion() -> None:
    release = release_of(odt(STORY, title="A quay", made="2025-06-26T09:30:00"), kind=ODT)
    assert (release.title, release.published) == ("A quay", None)
    assert release.evidence["created"].text == "2025-06-26T09:30:00"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (odt(STORY, **{"META-INF__manifest.xml": "<m><encryption-data/></m>"}), "only with a password"),
        (odt(STORY)[:300], "damaged document"),
        (zipped({"content.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "declares a document type"),
        (zipped({"content.xml": b"<a>" + b" " * 20_000_000}), "unpacks to more than"),
        (odt("<text:section>" * 5_000 + "</text:section>" * 5_000), "is no XML"),
        (zipped({"mimetype": ODT}), "no text in its body"),
        (odt(""), "no text in it"),
    ],
    ids=["encrypted", "truncated", "dtd", "bomb", "deep", "no content", "empty"],
)
def test_what_cannot_be_read_says_why(body: bytes, reason: str) -> None:
    assert reason in rejection_of(body, kind=ODT).reason


def test_damage_anywhere_is_a_record_or_a_reason() -> None:
    whole = odt(p(QUAY_TITLE, "P1") + STORY + LISTS + TABLE)
    chance = random.Random(30)
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (found,) = read(capture_of(bytes(damaged), kind=ODT))
        assert isinstance(found, Release) or "could not read it" not in found.reason
