"""Pages a browser saved, as HTML with a note or as MHTML: the note's address says whose they are and who reads them."""

import quopri
import random
from datetime import date

import pytest

from parsers.page import known_address
from parsers.records import Rejection, Release
from parsers.registry import read
from tests.parsers.captures import capture_of, rejection_of, release_of
from tests.samples import QUAY, QUAY_TITLE, READING, READING_TITLE

MHTML = "multipart/related"
URL = "https://www.harbour.example/news/202506/25/quay.html"
SAVED = "<!-- saved from url=(0055){} -->"
SINGLE_FILE = "<!--\n Page saved with SingleFile \n url: {} \n saved date: Thu Jun 26 2025 09:30:00 GMT+0800 \n-->"


def page(title: str = QUAY_TITLE, paragraphs: tuple[str, ...] = QUAY, note: str = "") -> str:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<!DOCTYPE html>\n{note}\n<html><body><article><h1>{title}</h1>{story}</article></body></html>"


def mhtml(html: bytes, *, location: str = URL, charset: str = "utf-8", coding: str = "quoted-printable") -> bytes:
    body = quopri.encodestring(html) if coding == "quoted-printable" else html
    head = f"From: <Saved by Blink>\nSnapshot-Content-Location: {location}\nSubject: quay\nMIME-Version: 1.0\n"
    head += 'Content-Type: multipart/related; type="text/html"; boundary="--b"\n\n----b\n'
    head += f"Content-Type: text/html; charset={charset}\nContent-Transfer-Encoding: {coding}\n"
    head += f"Content-Location: {location}\n\n"
    frame = b"\n----b\nContent-Type: text/html\nContent-Location: cid:frame@mhtml.blink\n\n<p>An advertisement.</p>"
    return head.encode() + body + frame + b"\n----b\nContent-Type: image/png\n\n\x89PNG\n----b--\n"


@pytest.mark.parametrize("note", [SAVED, SINGLE_FILE])
def test_the_note_in_a_saved_page_is_its_address(note: str) -> None:
    release = release_of(page(note=note.format(URL)), kind="html")
    assert (release.url, release.evidence["url"].rule) == (URL, "saved from url")
    assert release.address_on == date(2025, 6, 25)
    stated = release_of(page(note=note.format(URL)), kind="html", url="https://www.harbour.example/other.html")
    assert stated.url == "https://www.harbour.example/other.html"


@pytest.mark.parametrize("note", [SAVED, SINGLE_FILE])
def test_the_host_in_the_note_names_the_publisher_and_its_parser(note: str) -> None:
    address = "https://www.news.gov.hk/eng/2025/06/20250625/20250625_192922_819.html"
    capture = capture_of(page(note=note.format(address)), kind="html")
    assert known_address(capture) == address
    (found,) = read(capture)
    assert isinstance(found, Release)
    assert found.publisher == "news.gov.hk"


def test_a_page_saved_as_mhtml_is_read_from_its_address() -> None:
    release = release_of(mhtml(page().encode()), kind=MHTML)
    assert (release.title, release.body) == (QUAY_TITLE, "\n\n".join(QUAY))
    assert release.url == URL
    assert release.evidence["container"].text == URL
    assert release.parser.startswith("generic_html/")


@pytest.mark.parametrize("charset", ["big5", "utf-8"])
def test_the_charset_of_the_part_counts(charset: str) -> None:
    html = page(READING_TITLE, READING).encode(charset)
    for coding in ("quoted-printable", "8bit"):
        release = release_of(mhtml(html, charset=charset, coding=coding), kind=MHTML)
        assert release.title == READING_TITLE
        assert release.body == "\n\n".join(READING)


def test_what_is_stated_beats_the_address_in_the_file() -> None:
    release = release_of(mhtml(page().encode()), kind=MHTML, url="https://www.harbour.example/other.html")
    assert release.url == "https://www.harbour.example/other.html"


@pytest.mark.parametrize("location", ["cid:1@mhtml.blink", "javascript:alert(1)", "", "file:///C:/quay.html"])
def test_an_address_that_is_none_is_none(location: str) -> None:
    assert release_of(mhtml(page().encode(), location=location), kind=MHTML).url is None


@pytest.mark.parametrize("body", [b"no mime", b"Content-Type: multipart/related\n\n", mhtml(b""), b"", b"\0" * 999])
def test_a_file_without_a_page_says_so(body: bytes) -> None:
    assert "no part with HTML" in rejection_of(body, kind=MHTML).reason


def test_damage_anywhere_is_a_record_or_a_reason() -> None:
    whole = mhtml(page().encode())
    chance = random.Random(29)
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (found,) = read(capture_of(bytes(damaged), kind=MHTML))
        assert isinstance(found, Release | Rejection)
        assert isinstance(found, Release) or "could not read it" not in found.reason
