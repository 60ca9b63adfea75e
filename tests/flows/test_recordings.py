"""WARC files in the inbox: each record a capture with its own address, time and outcome."""

import base64
import gzip
import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

from sources.candidate import Candidate
from sources.files import Unread
from sources.recordings import index, unpacking
from sources.recordings.contents import Content, content_at
from sources.recordings.reading import Recordings
from sources.recordings.records import Broken, Seen, records_of
from sources.recordings.unpacking import Unpacked
from tests.desk import LONG_AGO, Desk
from tests.launching import Launcher
from tests.samples import ORCHARD, QUAY, QUAY_TITLE, edited
from warehouse.rebuilding import rebuild

URL = "https://www.harbour.example/news/{}.html"
DATE = "2025-06-26T01:30:00Z"
HTTP = "application/http; msgtype=response"
TITLES = ("Harbour office opens ninth quay", "Growers may ask for seedlings")


def page(title: str = QUAY_TITLE, paragraphs: tuple[str, ...] = QUAY, day: str = "2025-06-25") -> bytes:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    meta = f"<meta property='article:published_time' content='{day}'>"
    return f"<html><head>{meta}</head><body><article><h1>{title}</h1>{story}</article></body></html>".encode()


def record(kind: str, block: bytes, url: str = "", date: str = DATE, **fields: str) -> bytes:
    told = {"WARC-Type": kind, "WARC-Date": date, "WARC-Record-ID": f"<urn:x:{len(block)}:{date}>"}
    told |= {"WARC-Target-URI": url} if url else {}
    told |= {name.replace("_", "-"): value for name, value in fields.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"WARC/1.1\r\n{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def response(number: int, body: bytes, *, status: str = "200 OK", head: str = "", date: str = DATE, **f: str) -> bytes:
    kind = "" if "Content-Type" in head else "Content-Type: text/html; charset=utf-8\r\n"
    block = f"HTTP/1.1 {status}\r\n{kind}{head}\r\n".encode() + body
    return record("response", block, URL.format(number), date, Content_Type=HTTP, **f)


def packed(*records: bytes) -> bytes:
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


INFO = record("warcinfo", b"software: test\r\n")
REQUEST = record("request", b"GET / HTTP/1.1\r\n\r\n", URL.format(1))
FIRST = response(1, page())
SECOND = response(2, page(TITLES[1], ORCHARD, "2025-06-24"))
NOISE = (
    response(3, b"gone", status="404 Not Found"),
    response(4, b"a {}", head="Content-Type: text/css\r\n"),
    response(5, b""),
    record("resource", b"wget -r", "metadata://wget/arguments.txt"),
)


def reasons(desk: Desk) -> list[str]:
    return desk.column("SELECT reason FROM kept.outcomes WHERE release_id IS NULL ORDER BY ref")


def test_each_record_is_a_capture_with_its_own_address_and_time(desk: Desk) -> None:
    desk.drop("crawl.warc.gz", packed(INFO, REQUEST, FIRST, SECOND, *NOISE), {"publisher": "info.gov.hk"})
    assert desk.ingest() == {"new": 2, "skipped": 4}
    assert desk.rows("SELECT url, title, publisher, first_seen_at FROM releases ORDER BY url") == [
        {"url": URL.format(place), "title": title, "publisher": "info.gov.hk", "first_seen_at": DATE}
        for place, title in enumerate(TITLES, 1)
    ]
    (told,) = desk.rows(f"SELECT * FROM kept.captures WHERE ref = 'file:///inbox/crawl.warc.gz#offset={at(FIRST)}'")
    assert (told["status"], told["media_type"], told["charset"]) == (200, "text/html", "utf-8")
    assert told["target_uri"] == told["url"] == URL.format(1)
    assert {reason.partition(":")[0] for reason in reasons(desk)} == {
        "status 404",
        "text/css is no document that is read",
        "empty body",
        "a note of the crawler (metadata",
    }
    assert desk.wrong() == []


def at(one: bytes) -> int:
    """Where `one` begins in the first of these files."""
    whole = packed(INFO, REQUEST, FIRST, SECOND, *NOISE)
    return whole.index(packed(one))


def test_a_file_that_is_as_it_was_is_hashed_and_not_read_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = response(6, page(), WARC_Payload_Digest=sha1(b"other"))
    desk.drop("crawl.warc.gz", packed(INFO, FIRST, SECOND, broken, *NOISE))
    assert desk.ingest() == {"new": 2, "quarantined": 1, "skipped": 4}
    before = desk.sizes()

    def never(*_: object, **__: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("flows.recordings.records_of", never)
    monkeypatch.setattr("sources.recordings.reading.content_at", never)
    assert desk.ingest() == {"unchanged": 2, "quarantined": 1, "skipped": 4}
    assert {name: n for name, n in desk.sizes().items() if n != before[name]}.keys() <= {"runs", "batches", "raw_files"}


def test_a_file_that_grew_gives_what_is_new(desk: Desk) -> None:
    desk.drop("crawl.warc.gz", packed(INFO, FIRST) + packed(SECOND)[:-40])
    assert desk.ingest() == {"new": 1, "quarantined": 1}
    assert "cut off" in reasons(desk)[0]
    desk.drop("crawl.warc.gz", packed(INFO, FIRST, SECOND))
    assert desk.ingest() == {"unchanged": 1, "new": 1}
    assert desk.rows("FROM quarantine_open") == []


def test_two_recordings_of_an_address_are_versions_in_the_order_of_their_times(desk: Desk) -> None:
    later = page(paragraphs=edited(QUAY, "4,000", "5,200"))
    newest = page(paragraphs=edited(QUAY, "4,000", "6,100"))
    desk.drop("a.warc", response(1, later, date="2025-07-02T00:00:00Z") + response(1, page()))
    desk.drop("b.warc", response(1, newest, date="2025-07-09T00:00:00Z"))
    desk.drop("c.warc", response(1, page(), date="2025-06-28T00:00:00Z"))
    assert desk.ingest() == {"new": 1, "revised": 2, "unchanged": 1}
    told = desk.rows("SELECT version, first_seen_at, body FROM versions ORDER BY version")
    assert [row["first_seen_at"][:10] for row in told] == ["2025-06-26", "2025-07-02", "2025-07-09"]
    assert "6,100" in told[-1]["body"]
    before = desk.content_hash()
    assert rebuild(desk.home, now=lambda: desk.now, wait=5.0, seen=lambda _: None) == before


def chunked(body: bytes) -> bytes:
    return b"".join(
        b"%x\r\n%s\r\n" % (len(body[at : at + 100]), body[at : at + 100]) for at in range(0, len(body), 100)
    )


def content(one: bytes) -> Content:
    found = content_at(Unpacked(io.BytesIO(one)), limit=1_000_000)
    assert isinstance(found, Content), found
    return found


@pytest.mark.parametrize("coding", ["gzip", "br", "identity", "left on"])
@pytest.mark.parametrize("counted", ["sent", "payload", "content"])
def test_codings_come_off_and_digests_are_right_by_any_custom(coding: str, counted: str) -> None:
    squeeze: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "br": brotli.compress}
    payload = squeeze[coding](page()) if coding in squeeze else page()
    sent = chunked(payload) + b"0\r\n\r\n"
    digest = sha1({"sent": sent, "payload": payload, "content": page()}[counted])
    head = f"Content-Encoding: {'gzip' if coding == 'left on' else coding}\r\nTransfer-Encoding: chunked\r\n"
    found = content(response(1, sent, head=head, WARC_Payload_Digest=digest))
    assert (found.body, found.payload, found.fault) == (page(), payload, None)


@pytest.mark.parametrize("name", ["WARC_Payload_Digest", "WARC_Block_Digest"])
@pytest.mark.parametrize("told", [sha1(b"other"), "sha256:" + hashlib.sha256(b"other").hexdigest()])
def test_a_record_that_is_not_what_was_recorded_says_so(name: str, told: str) -> None:
    assert f"the {name.replace('_', '-')} is another" in str(content(response(1, page(), **{name: told})).fault)
    assert content(response(1, page(), **{name: told, "WARC_Truncated": "length"})).whole is False
    assert content(response(1, page(), **{name: "crc32:abc"})).fault is None


@pytest.mark.parametrize("coding", ["br", "gzip", "zstd"])
def test_a_body_that_cannot_be_unpacked_is_kept_and_not_read(coding: str) -> None:
    found = content(response(1, b"\x03\x00 no such thing", head=f"Content-Encoding: {coding}\r\n"))
    assert found.fault
    assert found.body == b"\x03\x00 no such thing"


def test_a_page_may_not_unfold_without_end() -> None:
    bomb = response(1, brotli.compress(bytes(30_000_000)), head="Content-Encoding: br\r\n")
    found = content_at(Unpacked(io.BytesIO(bomb)), limit=1_000_000)
    assert isinstance(found, Unread)
    assert "too large" in found.reason


def test_revisits_are_looked_up_within_the_file(desk: Desk) -> None:
    revisit = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    digest = sha1(page())
    first = response(1, page(), WARC_Payload_Digest=digest)
    fields = {"WARC_Profile": revisit, "WARC_Payload_Digest": digest, "Content_Type": HTTP}
    again = record("revisit", b"HTTP/1.1 200 OK\r\n\r\n", URL.format(1), "2025-07-01T00:00:00Z", **fields)
    elsewhere = record("revisit", b"", URL.format(9), WARC_Payload_Digest=sha1(b"x"), WARC_Profile=revisit)
    edit = response(1, page(paragraphs=edited(QUAY, "4,000", "5,200")), date="2025-06-29T00:00:00Z")
    desk.drop("a.warc.gz", packed(first, edit, again, elsewhere))
    assert desk.ingest() == {"new": 1, "revised": 2, "skipped": 1}
    assert "revisit of a record that this file does not have" in reasons(desk)[0]
    assert "4,000" in desk.column("SELECT body FROM releases")[0]


def test_damage_costs_the_record_it_struck_and_no_other(desk: Desk) -> None:
    members = [packed(one) for one in (INFO, FIRST, SECOND, response(7, page("A third title here", ORCHARD[::-1])))]
    spoilt = bytearray(members[1])
    spoilt[len(spoilt) // 2] ^= 0xFF
    desk.drop("a.warc.gz", members[0] + bytes(spoilt) + members[2] + members[3])
    outcomes = desk.ingest()
    assert outcomes["new"] == 2
    assert outcomes["quarantined"] >= 1
    assert sorted(desk.column("SELECT url FROM releases")) == [URL.format(2), URL.format(7)]


def test_a_file_packed_as_one_is_read_in_the_order_of_times_too(desk: Desk) -> None:
    body = INFO + SECOND + response(1, page(paragraphs=edited(QUAY, "4,000", "9")), date="2025-07-02T00:00:00Z") + FIRST
    desk.drop("a.warc.gz", gzip.compress(body, mtime=0))
    assert desk.ingest() == {"new": 2, "revised": 1}
    assert desk.ingest() == {"unchanged": 3}


def test_a_file_may_hold_any_number_of_pages_and_be_larger_than_other_files_may(desk: Desk) -> None:
    pages = [
        response(place, page(f"Notice number {place}", (f"Vessel {place} may leave on the {place}th tide.", *ORCHARD)))
        for place in range(151)
    ]
    path = desk.drop("a.warc", b"".join(pages))
    limit = path.stat().st_size // 2
    assert desk.ingest(size_limit_mb=1, batch_size=50) == {"new": 151}
    huge = response(1, b"x" * limit + bytes(1 << 20), head="Content-Type: text/plain\r\n")
    desk.drop("b.warc", huge * 3 + response(999, page()))
    outcomes = desk.ingest(size_limit_mb=1)
    assert outcomes["new"] == 1


def test_a_record_that_is_not_what_was_recorded_is_put_aside_with_its_bytes(desk: Desk) -> None:
    desk.drop("a.warc", response(1, page(), WARC_Block_Digest=sha1(b"other")) + SECOND)
    assert desk.ingest() == {"new": 1, "quarantined": 1}
    assert desk.column("SELECT count(*) FROM kept.captures WHERE status = 200") == [2]


def test_rows_of_a_manifest_may_name_such_files(desk: Desk) -> None:
    (desk.root / "crawl.warc.gz").write_bytes(packed(FIRST, SECOND))
    rows = desk.list_of([{"file": "crawl.warc.gz", "publisher": "info.gov.hk"}])
    assert desk.ingest(rows) == {"new": 2}
    assert desk.column("SELECT DISTINCT publisher FROM releases") == ["info.gov.hk"]
    assert desk.ingest(rows) == {"unchanged": 2}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (packed(INFO, REQUEST), "no page or document in it; what it holds: request: 1, warcinfo: 1"),
        (b"nothing of the kind", "damaged: what follows is no record"),
        (gzip.compress(record("response", bytes(3_000_000), URL.format(1)), mtime=0), "unpacks to more than 1,000,000"),
    ],
)
def test_a_file_without_pages_is_put_aside(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, body: bytes, reason: str
) -> None:
    monkeypatch.setattr(unpacking, "LEAST_BOUND", 1_000_000)
    monkeypatch.setattr(unpacking, "MOST_RATIO", 10)
    desk.drop("a.warc.gz", body)
    assert desk.ingest() == {"quarantined": 1}
    assert any(reason in one for one in reasons(desk))


def test_parse_prints_a_line_for_each_page(desk: Desk, launcher: Launcher) -> None:
    desk.drop("a.warc.gz", packed(INFO, SECOND, *NOISE, FIRST))
    desk.drop("b.warc", NOISE[0])
    told = launcher.run(desk, "parse", "inbox/a.warc.gz", "inbox/b.warc", "--json").out.splitlines()
    assert [line[: line.index(',"reason')] for line in told] == [
        '{"file":"inbox/a.warc.gz","item":0,"outcome":"parsed"',
        '{"file":"inbox/a.warc.gz","item":1,"outcome":"parsed"',
        '{"file":"inbox/b.warc","item":0,"outcome":"quarantined"',
    ]
    assert "status 404: 1" in told[2]


def test_a_link_to_such_a_file_is_not_followed(desk: Desk) -> None:
    desk.drop("kept/a.warc", FIRST)
    (desk.inbox / "b.warc").symlink_to("kept/a.warc")
    assert desk.ingest() == {"new": 1, "quarantined": 1}


def test_a_line_without_end_is_no_record_and_soon_told() -> None:
    first, second = records_of(io.BytesIO(b"a" * 3_000_000 + b"\r\n" + FIRST), bound=10**7)
    assert isinstance(first, Broken)
    assert isinstance(second, Seen)
    assert second.url == URL.format(1)


@pytest.mark.parametrize("where", ["head", "http"])
def test_a_head_without_end_is_no_record_and_its_neighbours_are(where: str) -> None:
    lines = "X-More: 1\r\n" * 30_000
    in_http = response(1, b"", head=lines)
    long = in_http if where == "http" else record("resource", b"x", URL.format(1), X=f"1\r\n{lines}1")
    found = list(records_of(io.BytesIO(packed(INFO, long, response(2, page()))), bound=1 << 30))
    assert [one.url for one in found if isinstance(one, Seen)] == ["", URL.format(2)]
    assert any("more than 20,000 lines" in one.reason for one in found if isinstance(one, Broken))


def test_an_index_says_the_same_when_it_is_read_back() -> None:
    body = packed(INFO, FIRST, *NOISE) + packed(SECOND)[:-40]
    made = index.index_of("a", "b", records_of(io.BytesIO(body), bound=10**6))
    assert index.Index.from_bytes(made.to_bytes()) == made
    assert made.beside == {"warcinfo": 1}


def test_a_file_that_still_grows_waits(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.drop("a.warc", FIRST + SECOND)
    reads = Recordings.fetch

    def grown(self: Recordings, candidate: Candidate) -> object:
        append(path, SECOND)
        return reads(self, candidate)

    monkeypatch.setattr(Recordings, "fetch", grown)
    assert desk.ingest() == {"skipped": 2}
    monkeypatch.undo()


def append(path: Path, more: bytes) -> None:
    with path.open("ab") as file:
        file.write(more)
    os.utime(path, (LONG_AGO + 1, LONG_AGO + 1))
