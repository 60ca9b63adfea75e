"""Bytes to text: who is believed, what is found without being told, and what is no text."""

import codecs
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.charsets import codec_of, name_of
from parsers.decoding import Decoded, Undecodable, decode
from parsers.prescan import stated_codec

CORPORA = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpora"
TRADITIONAL = "海港工程局今日公布，東面碼頭將於下月開放，市民可於網上預約，詳情請瀏覽該局網頁。"
SIMPLIFIED = "海港工程局今日公布，东面码头将于下月开放，市民可在网上预约，详情请浏览该局网页。"
JAPANESE = "港湾局は本日、東の桟橋を来月から開放すると発表しました。詳しくはホームページをご覧ください。"
KOREAN = "항만청은 오늘 동쪽 부두를 다음 달부터 개방한다고 발표했습니다. 자세한 내용은 누리집을 보십시오."
RUSSIAN = "Портовое управление сегодня объявило, что восточный причал откроется в следующем месяце для всех жителей."
FRENCH = "L'autorité portuaire a annoncé aujourd'hui que la jetée orientale, fermée l'été dernier, rouvrira bientôt."


def text_of(body: bytes, **stated: object) -> Decoded:
    decoded = decode(body, **stated)  # type: ignore[arg-type]
    assert isinstance(decoded, Decoded), decoded
    return decoded


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffd"), max_size=200))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    text = text.lstrip("\ufeff")
    if not any(text.encode().startswith(sign) for sign in (b"%PDF-", b"GIF8", b"PAR1", b"BZh91AY&SY")):
        assert text_of(text.encode(), declared="utf-8").text == text


@pytest.mark.parametrize(
    ("body", "declared", "markup", "encoding", "rule"),
    [
        ("\ufeffé".encode("utf-16-le"), "big5", False, "utf-16le", "bom"),
        (b"\xef\xbb\xbf\xc3\xa9", "windows-1252", True, "utf-8", "bom"),
        (b"<meta charset=koi8-r>\xe9", "latin1", True, "windows-1252", "declared"),
        (b"<meta charset=koi8-r>\xe9", None, True, "koi8-r", "meta"),
        (b"<meta charset=koi8-r>\xc3\xa9", None, False, "utf-8", "utf-8"),
        (b"<p>\xc3\xa9", "no-such-charset", True, "utf-8", "utf-8"),
        (b"+AOk-", "utf-7", False, "utf-8", "utf-8"),
    ],
)
def test_who_is_believed(body: bytes, declared: str | None, markup: bool, encoding: str, rule: str) -> None:
    decoded = text_of(body, declared=declared, markup=markup)
    assert (decoded.encoding, decoded.rule, decoded.replaced) == (encoding, rule, 0)


@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1"])
def test_a_text_that_was_spoilt_before_it_was_saved_is_refused(declared: str | None) -> None:
    spoilt = decode((TRADITIONAL.replace("，", "\ufffd") * 5).encode(), declared=declared, markup=True)
    assert isinstance(spoilt, Undecodable)
    assert "U+FFFD" in spoilt.reason and str(5 * TRADITIONAL.count("，")) in spoilt.reason
    assert text_of((TRADITIONAL * 20 + "\ufffd" * 5).encode(), declared=declared).replaced == 0


@pytest.mark.parametrize("label", ["big5", "gb2312", "iso-8859-1", "euc-kr", "us-ascii"])
def test_utf8_behind_a_wrong_label_is_read_as_utf8_and_says_so(label: str) -> None:
    decoded = text_of(TRADITIONAL.encode(), declared=label)
    assert (decoded.text, decoded.rule) == (TRADITIONAL, "utf-8")


def test_a_wrong_header_gives_way_to_the_page_and_the_page_to_the_bytes() -> None:
    page = b"<meta charset=gbk>" + SIMPLIFIED.encode("gbk")
    assert text_of(page, declared="utf-8", markup=True).rule == "meta"
    assert text_of(SIMPLIFIED.encode("gbk"), declared="utf-8").text == SIMPLIFIED


@pytest.mark.parametrize(
    ("label", "bytes_", "text"),
    [
        ("gb2312", "镕㈱€".encode("gb18030"), "镕㈱€"),
        ("big5", "裏鰂魚涌啲".encode("big5hkscs"), "裏鰂魚涌啲"),
        ("big5", b"\xa3\xe1", "€"),
        ("iso-8859-1", b"\x93it\x92s\x94", "“it’s”"),
        ("euc-kr", "똠방각하".encode("cp949"), "똠방각하"),
        ("shift_jis", "①髙".encode("cp932"), "①髙"),
    ],
)
def test_a_label_is_read_with_the_wider_table_browsers_use(label: str, bytes_: bytes, text: str) -> None:
    assert text_of(bytes_, declared=label).text == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (TRADITIONAL, "big5"),
        (TRADITIONAL[:12], "big5"),
        (TRADITIONAL.replace("面", "裏啲") + "鰂魚涌", "big5hkscs"),
        (SIMPLIFIED, "gb2312"),
        (SIMPLIFIED[:12], "gb2312"),
        (SIMPLIFIED + "镕", "gb18030"),
        (TRADITIONAL, "gb18030"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (KOREAN, "euc_kr"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (FRENCH, "cp1252"),
        (TRADITIONAL, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        (FRENCH, "utf-32-le"),
    ],
)
def test_what_nobody_declared_is_found_from_the_bytes(text: str, codec: str) -> None:
    decoded = text_of(text.encode(codec))
    assert (decoded.text, decoded.rule) == (text, "detected")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"%PDF-1.7\n\x00\x01\x02\x03\x04 binary \x05\x06", "looks like a PDF, not text: "),
        (b"PK\x03\x04" + bytes(60), "ZIP"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "PNG"),
        (bytes(range(256)) * 8, "% control characters"),
        (b"head " + bytes(400), "% control characters"),
        (RUSSIAN.encode() + b"\xff\xfe\xff" * 40, ""),
    ],
)
def test_what_is_no_text_is_refused_in_plain_words(body: bytes, words: str) -> None:
    refused = decode(body, declared="utf-8")
    assert isinstance(refused, Undecodable)
    assert words in refused.reason


def test_a_stray_byte_is_counted_and_many_are_refused() -> None:
    body = TRADITIONAL.encode() * 100
    assert text_of(body + b"\xff", declared="utf-8").replaced == 1
    assert text_of(body + "\ufffd".encode(), declared="utf-8").replaced == 0  # it was there before us
    refused = decode(b"\xe6\xb5" * 300 + body[: 3 * 999], declared="utf-8")
    assert isinstance(refused, Undecodable) and "could not be read as utf-8" in refused.reason


def test_empty_is_empty() -> None:
    assert text_of(b"").text == ""


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        (b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gb18030"),
        (b"<META CHARSET='Big5' >", "big5hkscs"),
        (b"<!-- <meta charset=big5> --><meta charset=euc-kr>", "cp949"),
        (b"<!-- <meta charset=big5>", None),
        (b'<p title="<meta charset=big5>"><meta charset=utf-8>', "utf-8"),
        (b'<meta content="text/html; charset=big5">', None),
        (b"<meta charset=utf-16le>", "utf-8"),
        (b"<meta charset=bogus><meta charset=koi8-r>", "koi8_r"),
        (b'<?xml version="1.0" encoding="Shift_JIS"?>', "cp932"),
        (b"x" * 1020 + b"<meta charset=big5>", None),
    ],
)
def test_the_prescan_of_a_page(head: bytes, codec: str | None) -> None:
    assert stated_codec(head) == codec


def test_labels_are_those_of_the_standard() -> None:
    assert codec_of(" UTF8\n") == "utf-8"
    assert codec_of("x-sjis") == "cp932"
    assert codec_of("utf-7") is None
    assert name_of("cp1252") == "windows-1252"


def html5lib_cases(archive: Path) -> Iterator[tuple[bytes, str]]:
    """Page and expected label of each case; those that need scripts, a mark or more than 1,024 bytes left out."""
    with tarfile.open(archive) as members:
        for name in ("encoding/tests1.dat", "encoding/tests2.dat"):
            stream = members.extractfile(name)
            assert stream is not None
            for block in (b"\n" + stream.read()).split(b"\n#data\n")[1:]:
                body, _, expected = block.partition(b"\n#encoding\n")
                if len(body) <= 1024 and not body.startswith(codecs.BOM_UTF8):
                    yield body, expected.split(b"\n")[0].decode()


def test_the_encoding_tests_of_html5lib_that_a_prescan_can_answer() -> None:
    archive = CORPORA / "hostile" / "html5lib-tests.tar.gz"
    if not archive.exists():
        pytest.skip(f"{archive} is not there")
    cases = list(html5lib_cases(archive))
    assert len(cases) > 50
    for body, label in cases:
        assert (stated_codec(body) or "cp1252") == codec_of(label), body  # there windows-1252 is also the default
