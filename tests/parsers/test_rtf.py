"""RTF files: code pages, numbers of characters, what is no text, tables, and files made to harm."""

import random
from datetime import date

import pytest

from parsers.blocks import body_fingerprint
from parsers.records import Release
from parsers.registry import read
from tests.parsers.captures import capture_of, rejection_of, release_of
from tests.samples import QUAY, QUAY_TITLE, READING, READING_TITLE, news, news_tc

RTF = "application/rtf"
HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fnil\fcharset136 PMingLiU;}"
    r"{\f2\fcharset134 SimSun;}}{\colortbl;\red0\green0\blue0;}{\info{\title Not this}{\author Nobody}}"
    r"{\header Running head}{\*\generator Word;}\pard\plain\f0 "
)


def rtf(*paragraphs: str) -> bytes:
    return (HEAD + r"\par ".join(paragraphs) + r"\par}").encode("cp1252")


def numbers(text: str) -> str:
    """Each character as RTF writes it by its number, with a question mark for old readers."""
    units = text.encode("utf-16-le")
    pairs = (int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2))
    return "".join(f"\\u{unit}?" for unit in pairs)


def codes(text: str, codec: str) -> str:
    """Each byte of a code page by its hexadecimal digits."""
    return "".join(f"\\'{byte:02x}" for byte in text.encode(codec))


def test_a_release_in_rtf_reads_like_the_same_text() -> None:
    release = release_of(rtf(QUAY_TITLE, "June 25, 2025", *QUAY), kind=RTF)
    assert release.parser == "rtf/1"
    assert release.title == QUAY_TITLE
    assert release.published is not None
    assert release.published.on == date(2025, 6, 25)
    assert body_fingerprint(release) == body_fingerprint(release_of(news()))


@pytest.mark.parametrize("spell", [numbers, lambda text: "{\\f1 " + codes(text, "big5") + "}"])
def test_chinese_by_number_and_by_code_page(spell: type[str]) -> None:
    release = release_of(rtf(*map(spell, (READING_TITLE, "2025年9月8日", *READING))), kind=RTF)
    assert release.title == READING_TITLE
    assert release.language == "zh-Hant"
    assert body_fingerprint(release) == body_fingerprint(release_of(news_tc()))


def test_simplified_chinese_and_quotation_marks() -> None:
    body = rtf(
        "{\\f2 " + codes("公告", "gbk") + "}: it is \\ldblquote open\\rdblquote\\emdash\\'e9t\\'e9 " + numbers("😀")
    )
    assert release_of(body, kind=RTF).body == "公告: it is “open”—été 😀"


def test_what_is_no_text_is_left_out() -> None:
    picture = r"{\pict\pngblip\bin5 {}\}x}{\*\shppict{\pict ffd8}}{\v hidden}\v gone\v0 {\footnote A note.}"
    field = r'{\field{\*\fldinst{HYPERLINK "http://x.example/"}}{\fldrslt here}}'
    assert release_of(rtf(f"The quay {picture}opens {field}."), kind=RTF).body == "The quay opens here."


def test_rows_are_a_table() -> None:
    rows = r"\trowd Quay\cell Metres\cell\row\trowd Ninth\cell 60\cell\row "
    release = release_of(rtf(QUAY_TITLE, *QUAY, rows), kind=RTF)
    assert release.blocks[-1].kind == "table"
    assert release.blocks[-1].text == "| Quay | Metres |\n| --- | --- |\n| Ninth | 60 |"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"no rtf", "does not begin"),
        (b"{\\rtf1" + b"{" * 100_000, "nested more than"),
        (b"{\\rtf1" + b"\\b" * 1_000_001, "commands"),
        (b"{\\rtf1 }", "no text in it"),
        (b"{\\rtf1\\bin99999999999 The quay}", "no text in it"),
    ],
    ids=["text", "deep", "long", "empty", "bin"],
)
def test_what_cannot_be_read_says_why(body: bytes, reason: str) -> None:
    assert reason in rejection_of(body, kind=RTF).reason


def test_damage_anywhere_is_a_record_or_a_reason() -> None:
    whole = rtf(QUAY_TITLE, numbers(READING[0]), *QUAY, codes(READING[1], "big5"))
    chance = random.Random(31)
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (found,) = read(capture_of(bytes(damaged), kind=RTF))
        assert isinstance(found, Release) or "could not read it" not in found.reason
