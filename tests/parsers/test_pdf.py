"""PDF files: printed lines to paragraphs, what the pages repeat, headlines by their type, and files that are none."""

import random
import zlib
from datetime import UTC, date, datetime

import pytest

from parsers.blocks import body_fingerprint
from parsers.records import Rejection, Release
from parsers.registry import read
from parsers.workers import Limits, Readers
from tests.parsers import fenced
from tests.parsers.captures import capture_of, rejection_of, release_of
from tests.parsers.pdfs import Place, assembled, pdf, printed, stream
from tests.samples import ORCHARD, QUAY, QUAY_TITLE, READING, READING_TITLE, news, news_tc

MADE = b"/Title(Microsoft Word - quay.doc)/CreationDate(D:20250626093000+08'00')"


def test_a_release_as_an_office_prints_it() -> None:
    release = release_of(pdf([printed(QUAY_TITLE, "June 25, 2025", QUAY)]), kind="pdf")
    assert release.parser == "pdf/2"
    assert (release.title, release.evidence["title"].rule) == (QUAY_TITLE, "largest type")
    assert release.body == "\n\n".join(QUAY)
    assert release.published is not None
    assert release.published.on == date(2025, 6, 25)
    assert release.language == "en"
    assert release.rendition == "file"


def test_it_reads_like_the_same_text() -> None:
    for paragraphs, title, day, text in (
        (QUAY, QUAY_TITLE, "June 25, 2025", news()),
        (READING, READING_TITLE, "2025年9月8日", news_tc()),
    ):
        printed_one = release_of(pdf([printed(title, day, paragraphs)]), kind="pdf")
        plain = release_of(text)
        assert body_fingerprint(printed_one) == body_fingerprint(plain)
        assert printed_one.title == plain.title
        assert printed_one.language == plain.language
        assert printed_one.published is not None
        assert plain.published is not None
        assert printed_one.published.on == plain.published.on


def test_a_headline_in_the_type_of_the_story_is_the_first_line() -> None:
    release = release_of(pdf([printed(QUAY_TITLE, "June 25, 2025", QUAY, type_size=11)]), kind="pdf")
    assert (release.title, release.evidence["title"].rule) == (QUAY_TITLE, "first line")
    assert release.body == "\n\n".join(QUAY)


def test_a_headline_of_two_lines_below_a_letterhead() -> None:
    title = "Harbour office opens ninth quay at Lantern Bay for the outlying islands"
    letterhead: list[Place] = [
        (72, 800, 15, "Office of Harbours"),
        (72, 780, 11, "Ref: 12/2025"),
        (400, 780, 11, "25 June 2025"),
    ]
    release = release_of(pdf([letterhead + printed(title, "", QUAY, top=740)]), kind="pdf")
    assert release.title == title
    assert release.body == "\n\n".join(QUAY)
    assert release.published is not None
    assert release.published.on == date(2025, 6, 25)


def test_closing_lines_give_the_minute() -> None:
    closing: list[Place] = [
        (72, 200, 11, "Ends/Wednesday, June 25, 2025"),
        (72, 187, 11, "Issued at HKT 17:30"),
        (72, 160, 11, "NNNN"),
    ]
    release = release_of(pdf([printed(QUAY_TITLE, "", QUAY) + closing]), kind="pdf")
    assert release.published is not None
    assert release.published.at == datetime(2025, 6, 25, 9, 30, tzinfo=UTC)
    assert release.publisher == "info.gov.hk"
    assert release.body == "\n\n".join(QUAY)


def test_what_stands_on_every_page_is_no_part_of_the_text() -> None:
    story = " ".join(QUAY + ORCHARD)
    whole = printed(QUAY_TITLE, "June 25, 2025", [story])
    cuts = [(whole[:5], 1), ([(x, y + 100, size, text) for x, y, size, text in whole[5:9]], 2), (whole[9:], 3)]
    pages = [
        [(72.0, 810.0, 9.0, "Harbour Office press release"), *lines, (290.0, 30.0, 9.0, f"- {number} -")]
        for lines, number in cuts
    ]
    release = release_of(pdf(pages), kind="pdf")
    assert release.body == story  # over the ends of two pages


def test_words_broken_at_the_end_of_a_line_are_whole() -> None:
    lines = [
        "The office said that the quay is a well-",
        "known place, and that all manage-",
        "ment of the quay remains.",
    ]
    lines += ["It is a well-known place. The management stays."]
    release = release_of(pdf([[(72, 700 - 13 * at, 11, line) for at, line in enumerate(lines)]]), kind="pdf")
    assert "a well-known place, and that all management of the quay" in " ".join(release.body.split())


def test_the_metadata_are_the_weakest_opinion() -> None:
    release = release_of(pdf([printed(QUAY_TITLE, "June 25, 2025", QUAY)], info=MADE), kind="pdf")
    assert release.title == QUAY_TITLE
    assert release.evidence["title"].others == ()
    assert release.evidence["created"].text == "D:20250626093000+08'00'"
    (other,) = release.evidence["published"].others
    assert (other.rule, other.value) == ("file made", "2025-06-26")
    named = release_of(pdf([printed("", "", QUAY)], info=b"/Title(A quay for the islands)"), kind="pdf")
    assert (named.title, named.evidence["title"].rule) == ("A quay for the islands", "PDF metadata, title")


def test_the_day_of_the_file_is_no_publication() -> None:
    release = release_of(pdf([printed(QUAY_TITLE, "", QUAY)], info=MADE), kind="pdf")
    assert release.published is None
    assert "created" in release.evidence


def test_a_scan_is_told_as_one() -> None:
    reason = rejection_of(pdf([[], [(290, 30, 9, "2")]], images=2), kind="pdf").reason
    assert "a scan without text: 2 pages, 4 images" in reason
    assert "a PDF without text: 1 page, 0 images" in rejection_of(pdf([[]]), kind="pdf").reason


ENCRYPTED = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (b"11" * 32, b"22" * 32)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (pdf([printed(QUAY_TITLE, "", QUAY)], trailer=ENCRYPTED), "encrypted PDF"),
        (pdf([printed(QUAY_TITLE, "", QUAY)])[:600], "damaged PDF"),
        (b"%PDF-1.7\n" + bytes(500), "damaged PDF"),
        (b"no PDF at all", "damaged PDF"),
        (assembled([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"], b""), "a PDF "),
        (
            assembled(
                [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 10000/Kids[%s]>>" % (b"3 0 R " * 10_000)]
                + [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"],
                b"",
            ),
            "10,000 pages",
        ),
        (pdf([[(72, 700, 11, "\ue001\ue002\ue003" * 20 + "quay in print 1234")]]), "which characters they show"),
    ],
    ids=["encrypted", "truncated", "blank", "text", "own kid", "10,000 pages", "unknown letters"],
)
def test_what_cannot_be_read_says_why(body: bytes, reason: str) -> None:
    assert reason in rejection_of(body, kind="pdf").reason


def test_damage_anywhere_is_a_record_or_a_reason() -> None:
    whole = pdf([printed(QUAY_TITLE, "June 25, 2025", QUAY)], info=MADE)
    chance = random.Random(25)
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (found,) = read(
            capture_of(bytes(damaged[: chance.choice((len(damaged), chance.randrange(len(damaged))))]), kind="pdf")
        )
        assert isinstance(found, Release | Rejection)


@pytest.mark.parametrize("width", [140, 75])
def test_columns_are_a_table(width: int) -> None:
    cells = [("Quay", "Metres", "Ferries"), ("Lantern Bay", "60", "four"), ("Ninth | old", "45", "none at night")]
    rows: list[Place] = [
        (72 + width * column, 500 - 15 * row, 11, cell)
        for row, line in enumerate(cells)
        for column, cell in enumerate(line)
    ]
    release = release_of(pdf([[*printed(QUAY_TITLE, "", QUAY), *rows]]), kind="pdf")
    assert release.blocks[-1].kind == "table"
    assert release.blocks[-1].text.split("\n")[-1] == "| Ninth \\| old | 45 | none at night |"
    assert len(release.blocks) == len(QUAY) + 1


@pytest.mark.slow
def test_a_bomb_takes_nobody_with_it() -> None:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(150)) + packer.flush()
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    bomb = assembled(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page, stream(packed)], b""
    )
    nested = pdf([printed(QUAY_TITLE, "", QUAY)]).replace(
        b"/MediaBox", b"/X " + b"[" * 99_999 + b"]" * 99_999 + b"/MediaBox"
    )
    captures = [fenced.capture_of(body, media_type="application/pdf") for body in (bomb, nested)]
    with Readers(1, Limits(memory=200_000_000)) as readers:
        (first,), (_,), (last,) = readers.submit([*captures, fenced.story(1)]).result()
    assert first.rejection is not None
    assert last.record is not None
