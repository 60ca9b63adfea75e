"""WARC and ARC files in the inbox: each page an item with its own address, the rest counted, damage named."""

import gzip
import json
import random
import zlib
from datetime import date

import pytest

from parsers import warc_records
from parsers.records import Rejection, Release
from parsers.registry import read
from parsers.warc_records import Broken, Stored, records_in
from sources.capture import Stated
from tests.parsers.captures import capture_of, rejection_of, shared
from tests.samples import ORCHARD, QUAY, QUAY_TITLE, news

WARC = "application/warc"
DATE = "2025-06-26T01:30:00Z"
URL = "https://www.harbour.example/news/20250625_{}.html"


def page(title: str = QUAY_TITLE, paragraphs: tuple[str, ...] = QUAY, day: str = "2025-06-25") -> bytes:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    meta = f"<meta property='article:published_time' content='{day}'>"
    return f"<html><head>{meta}</head><body><article><h1>{title}</h1>{story}</article></body></html>".encode()


def record(kind: str, block: bytes, url: str = "", *, length: int | None = None, media_type: str = "") -> bytes:
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Date: {DATE}\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
    head += f"WARC-Target-URI: {url}\r\n" if url else ""
    head += f"Content-Type: {media_type}\r\n" if media_type else ""
    size = len(block) if length is None else length
    return head.encode() + b"Content-Length: %d\r\n\r\n" % size + block + b"\r\n\r\n"


def response(url: str, body: bytes, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return record("response", head.encode() + body, url, media_type="application/http; msgtype=response")


def packed(*records: bytes) -> bytes:
    return b"".join(gzip.compress(one, mtime=0) for one in records)


INFO = record("warcinfo", b"software: test\r\n", media_type="application/warc-fields")
REQUEST = record("request", b"GET / HTTP/1.1\r\n\r\n", URL.format(1), media_type="application/http; msgtype=request")
FIRST = response(URL.format(1), page())
SHORT = record("metadata", b"fetched in 3 s", length=9)
SECOND = response(URL.format(2), page("Growers may ask for seedlings", ORCHARD, "2025-06-24"))


def test_each_page_is_an_item_with_its_own_address() -> None:
    text = record("resource", news().encode(), "file:///inbox/a.txt", media_type="text/plain")
    for body in (packed(INFO, REQUEST, FIRST, SECOND, text), INFO + REQUEST + FIRST + SECOND + text):
        first, second, third = read(capture_of(body, kind=WARC))
        assert isinstance(first, Release)
        assert isinstance(second, Release)
        assert isinstance(third, Release)
        assert (first.url, first.title, first.body) == (URL.format(1), QUAY_TITLE, "\n\n".join(QUAY))
        assert (second.url, second.body) == (URL.format(2), "\n\n".join(ORCHARD))
        assert first.published is not None
        assert first.published.on == date(2025, 6, 25)
        assert (third.url, third.parser) == (None, "bare_text/2")
        assert DATE in first.evidence["container"].text
        assert first.evidence["skipped"].text == "request: 1, warcinfo: 1"


def test_what_is_no_release_is_counted() -> None:
    body = packed(
        response(URL.format(1), b"gone", status="404 Not Found"),
        response(URL.format(1), b"", status="302 Found"),
        response(URL.format(1), b"\x89PNG", kind="image/png"),
        response("https://www.harbour.example/robots.txt", b"User-agent: *", kind="text/plain"),
        record("revisit", b"HTTP/1.1 200 OK\r\n\r\n", URL.format(1), media_type="application/http; msgtype=response"),
        record("resource", b"wget -r", "metadata://wget/arguments.txt", media_type="text/plain"),
        response(URL.format(3), b""),
    )
    reason = rejection_of(body, kind=WARC).reason
    for what in (
        "status 404: 1",
        "status 302: 1",
        "image/png: 1",
        "notes of the crawler: 2",
        "revisit: 1",
        "empty body: 1",
    ):
        assert what in reason


def test_the_facts_of_the_file_are_not_those_of_its_pages() -> None:
    stated = Stated(
        url="https://other.example/all.warc", title="Everything", publisher="harbour", published="2020-01-01"
    )
    (found,) = read(capture_of(packed(FIRST), kind=WARC, stated=stated))
    assert isinstance(found, Release)
    assert (found.url, found.title, found.publisher) == (URL.format(1), QUAY_TITLE, "harbour")
    assert found.published is not None
    assert found.published.on == date(2025, 6, 25)


def test_transfer_and_content_codings_come_off() -> None:
    squeezed = gzip.compress(page(), mtime=0)
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(squeezed), squeezed)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    body = record("response", head + chunks, URL.format(1), media_type="application/http; msgtype=response")
    (found,) = read(capture_of(body, kind=WARC))
    assert isinstance(found, Release)
    assert found.body == "\n\n".join(QUAY)


def test_arc_files_are_read_too() -> None:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page()
    version = b"1 0 Test\nURL IP-address Archive-date Content-type Archive-length\n"
    body = b"filedesc://a.arc 0.0.0.0 20250626013000 text/plain %d\n%s\n" % (len(version), version)
    body += b"%s 1.2.3.4 20250626013000 text/html %d\n%s\n" % (URL.format(1).encode(), len(http), http)
    (found,) = read(capture_of(body, kind="application/x-arc"))
    assert isinstance(found, Release)
    assert found.url == URL.format(1)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (packed(FIRST, SECOND)[:-200], "cut off inside a gzip member"),
        (packed(FIRST, SECOND)[:-8] + bytes(8), "gzip data are damaged"),
        (FIRST + SECOND[:-300], "before its record does"),
        (FIRST + b"garbage\r\n\r\n", "no record"),
        (FIRST + SHORT, "was passed over"),
        (b"\x04\x22\x4d\x18" + FIRST, "no record"),
    ],
)
def test_damage_is_named_behind_what_can_be_read(body: bytes, reason: str) -> None:
    found = read(capture_of(body, kind=WARC))
    assert isinstance(found[-1], Rejection)
    assert reason in found[-1].reason
    assert "at byte " in found[-1].reason
    assert len(found) == 1 or (isinstance(found[0], Release) and found[0].completeness == "whole")


def test_a_page_that_is_cut_off_is_partial() -> None:
    found, told = read(capture_of(FIRST[:-80], kind=WARC))
    assert isinstance(found, Release)
    assert found.completeness == "partial"
    assert isinstance(told, Rejection)


def test_bombs_and_crowds_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc_records, "MOST_UNPACKED", 3_000_000)
    packer = zlib.compressobj(9, wbits=31)
    blanks = b"".join(packer.compress(bytes(1_000_000)) for _ in range(50))
    bomb = record("response", b"", URL.format(9), length=400_000_000)[:-4]
    found = read(capture_of(packed(FIRST) + gzip.compress(bomb) + blanks + packer.flush(), kind=WARC))
    assert isinstance(found[0], Release)
    assert isinstance(found[-1], Rejection)
    assert "unpacks to more than 3,000,000 bytes" in found[-1].reason


def test_a_file_holds_so_many_pages_and_no_other_file() -> None:
    crowd = response(URL.format(1), b"The ninth quay is open to ferries.", kind="text/plain") * 170
    found = read(capture_of(INFO + crowd, kind=WARC))
    assert len(found) == 151
    assert isinstance(found[-1], Rejection)
    assert "20 more records were not read" in found[-1].reason
    inner = response(URL.format(1), packed(FIRST), kind=WARC)
    assert "application/warc: 1" in rejection_of(inner, kind=WARC).reason


def test_damage_anywhere_is_told() -> None:
    whole = INFO + REQUEST + FIRST + SECOND
    chance = random.Random(28)
    for squeeze in (False, True):
        for _ in range(60):
            damaged = bytearray(packed(INFO, REQUEST, FIRST, SECOND) if squeeze else whole)
            for _ in range(chance.randint(1, 6)):
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            for found in read(capture_of(bytes(damaged), kind=WARC)):
                assert isinstance(found, Release) or "warc could not read it" not in found.reason


def test_files_of_other_programs() -> None:
    folder = shared("corpora/warc")
    for told in json.loads((folder / "index.json").read_text(encoding="utf-8")):
        body = (folder / told["file"]).read_bytes()
        listed = list(records_in(body))
        if not told["file"].endswith(".lz4"):  # a packing that no archive asks for
            assert sum(isinstance(one, Stored) for one in listed) == told["records"], told["file"]
        if told["status"] == "good":
            assert not any(isinstance(one, Broken) for one in listed) or told["file"].endswith(".lz4"), told["file"]
        if len(listed) < 20:  # the pages of the large ones take their time and tell no more about files
            for found in read(capture_of(body, kind=WARC)):
                assert isinstance(found, Release) or "warc could not read it" not in found.reason, told["file"]
