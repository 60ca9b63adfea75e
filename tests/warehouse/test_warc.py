"""Captures written to WARC files come back exactly, and other tools can read them."""

import gzip
import json
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from sources.capture import STATED_KEYS, Capture, Stated, digest, facts_digest
from sources.errors import VaultError
from warehouse.home import Home
from warehouse.vault.warc import Sealed, capture_at, captures_in, preserve

MakeCapture = Callable[..., Capture]

NOW = datetime(2025, 7, 1, 0, 30, tzinfo=UTC)

# Any text a file system, a list or an operator can give: NUL, CR LF, bidi marks and the lone surrogates that
# stand for bytes that are not UTF-8.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF))
INSTANTS = st.datetimes(datetime(1970, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  -- hypothesis wants naive bounds


@st.composite
def any_captures(draw: st.DrawFn) -> Capture:
    body = draw(st.binary(max_size=300))
    stated = Stated(**draw(st.dictionaries(st.sampled_from(STATED_KEYS), TEXTS)))
    return Capture(
        source="folder",
        ref=draw(TEXTS),
        name=draw(TEXTS),
        target_uri=draw(TEXTS),
        captured_at=draw(INSTANTS),
        media_type=draw(TEXTS),
        body=body,
        payload_sha256=digest(body),
        content_sha256=digest(body),
        facts_sha256=facts_digest(stated),
        stated=stated,
        sidecar_text=draw(st.none() | TEXTS),
        charset=draw(st.none() | TEXTS),
        url=draw(st.none() | TEXTS),
        status=draw(st.none() | st.integers(100, 599)),
        completeness=draw(st.sampled_from(["whole", "unverifiable", "partial"])),
    )


def kept(home: Home, captures: list[Capture], number: int = 1) -> Sealed:
    return preserve(home, captures, source="folder", run_id="20250701T003000Z-ab12", number=number, written_at=NOW)


def records_of(path: Path) -> list[tuple[int, Any, bytes]]:
    """Offset, record and content, as warcio reads them while checking digests."""
    found = []
    with path.open("rb") as file:
        reader = ArchiveIterator(file, check_digests="raise")
        for record in reader:
            content = record.content_stream().read()
            found.append((reader.get_record_offset(), record, content))
            assert record.digest_checker.passed is True
    return found


@given(st.lists(any_captures(), max_size=3))
@settings(max_examples=60, deadline=None)
def test_every_capture_comes_back_as_it_was(captures: list[Capture]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        sealed = kept(home, captures)
        read = list(captures_in(home.raw / sealed.path))
        assert [capture for _, capture in read] == captures
        assert [offset for offset, _ in read] == [place.offset for place in sealed.kept]
        for place, capture in zip(sealed.kept, captures, strict=True):
            assert capture_at(home, sealed.path, place.offset) == capture
        assert len(records_of(home.raw / sealed.path)) == sealed.records == 1 + 2 * len(captures)


def test_the_file_is_standard_warc_with_a_member_per_record(home: Home, make_capture: MakeCapture) -> None:
    captures = [
        make_capture("a.txt", b"first"),
        make_capture("b.txt", b""),
        make_capture("c.txt", b"\x00\xff" * 90_000),
    ]
    sealed = kept(home, captures)
    path = home.raw / sealed.path
    records = records_of(path)
    assert [record.rec_type for _, record, _ in records] == ["warcinfo", *["resource", "metadata"] * 3]
    assert {record.rec_headers.protocol for _, record, _ in records} == {"WARC/1.1"}
    assert [content for _, record, content in records if record.rec_type == "resource"] == [c.body for c in captures]
    whole = path.read_bytes()
    ends = [offset for offset, _, _ in records[1:]] + [len(whole)]
    for (offset, _, content), end in zip(records, ends, strict=True):
        assert content in gzip.decompress(whole[offset:end])
    assert [(place.offset, place.length) for place in sealed.kept] == [
        (records[i][0], records[i + 1][0] - records[i][0]) for i in (1, 3, 5)
    ]


def test_a_resource_record_says_what_and_when_and_its_metadata_record_refers_to_it(
    home: Home, make_capture: MakeCapture
) -> None:
    capture = make_capture("a%20b.txt", b"what was said", Stated(publisher="news.gov.hk"))
    _, (_, resource, _), (_, metadata, told) = records_of(home.raw / kept(home, [capture]).path)
    header = resource.rec_headers.get_header
    assert header("WARC-Target-URI") == "file:///inbox/a%20b.txt"
    assert header("WARC-Date") == "2025-06-25T11:29:22Z"
    assert header("Content-Type") == "text/plain"
    assert header("WARC-Payload-Digest") == header("WARC-Block-Digest") == f"sha256:{digest(b'what was said')}"
    assert metadata.rec_headers.get_header("WARC-Refers-To") == header("WARC-Record-ID")
    assert json.loads(told) == capture.circumstances()


def test_the_same_captures_give_the_same_bytes(tmp_path: Path, make_capture: MakeCapture) -> None:
    captures = [make_capture("a.txt", b"same"), make_capture("b.txt", b"again")]
    one, two = Home(tmp_path / "one"), Home(tmp_path / "two")
    sealed = kept(one, captures)
    assert sealed == kept(two, captures)
    data = (one.raw / sealed.path).read_bytes()
    assert data == (two.raw / sealed.path).read_bytes()
    assert (sealed.size, sealed.sha256) == (len(data), digest(data))


def test_the_folder_is_the_month_in_utc(home: Home, make_capture: MakeCapture) -> None:
    hong_kong = datetime(2025, 7, 1, 7, 59, tzinfo=timezone(timedelta(hours=8)))
    sealed = preserve(home, [make_capture("a", b"x")], source="folder", run_id="r", number=2, written_at=hong_kong)
    assert sealed.path == "folder/2025/06/r-2.warc.gz"


def test_a_sealed_file_is_never_written_again(home: Home, make_capture: MakeCapture) -> None:
    before = kept(home, [make_capture("a", b"first")])
    data = (home.raw / before.path).read_bytes()
    with pytest.raises(VaultError, match="never written again"):
        kept(home, [make_capture("a", b"second")])
    assert (home.raw / before.path).read_bytes() == data
    assert [path.name for path in (home.raw / before.path).parent.iterdir()] == [Path(before.path).name]


def test_a_file_another_run_is_writing_is_left_alone(home: Home, make_capture: MakeCapture) -> None:
    unfinished = home.raw / (kept(home, [make_capture("a", b"x")], 1).path.replace("-1.warc", "-2.warc") + ".open")
    unfinished.write_bytes(b"half a record")
    with pytest.raises(VaultError, match="salvages"):
        kept(home, [make_capture("b", b"y")], 2)
    assert unfinished.read_bytes() == b"half a record"


@pytest.mark.parametrize("name", ["../out", "a/b", "", ".hidden", "x\n", "journal"])
def test_a_source_name_cannot_leave_its_folder(home: Home, make_capture: MakeCapture, name: str) -> None:
    with pytest.raises(VaultError):
        preserve(home, [make_capture("a", b"x")], source=name, run_id="r", number=1, written_at=NOW)


def test_line_breaks_in_an_address_or_type_forge_no_header(home: Home, make_capture: MakeCapture) -> None:
    forged = Capture.from_circumstances(
        make_capture("a", b"x").circumstances()
        | {"target_uri": "http://h/\r\nWARC-Type: request", "media_type": "text/html\r\nX-Forged: 1 "},
        b"x",
    )
    path = home.raw / kept(home, [forged]).path
    _, (_, resource, _), _ = records_of(path)
    names = [name for name, _ in resource.rec_headers.headers]
    assert "X-Forged" not in names
    assert names.count("WARC-Type") == 1
    assert [capture for _, capture in captures_in(path)] == [forged]


def test_damage_names_file_offset_and_capture(home: Home, make_capture: MakeCapture) -> None:
    sealed = kept(home, [make_capture(f"{n}.txt", b"text %d " % n * 40) for n in range(3)])
    path, second = home.raw / sealed.path, sealed.kept[1]
    data = bytearray(path.read_bytes())
    data[second.offset + second.length // 2] ^= 1
    path.write_bytes(data)
    read = captures_in(path)
    assert next(read)[1].name == "0.txt"
    with pytest.raises(VaultError) as caught:
        next(read)
    assert str(path) in str(caught.value)
    assert f"offset {second.offset}" in str(caught.value)
    assert "file:///inbox/1.txt" in str(caught.value)
    assert capture_at(home, sealed.path, sealed.kept[2].offset).name == "2.txt"
    with pytest.raises(VaultError, match=f"offset {second.offset}"):
        capture_at(home, sealed.path, second.offset)


def test_an_offset_between_captures_gives_none(home: Home, make_capture: MakeCapture) -> None:
    sealed = kept(home, [make_capture("a", b"x"), make_capture("b", b"y")])
    for offset in (0, 1, sealed.kept[0].offset + sealed.kept[0].length, sealed.size, sealed.size + 10):
        with pytest.raises(VaultError, match=f"offset {offset}"):
            capture_at(home, sealed.path, offset)
    with pytest.raises(VaultError, match="missing"):
        capture_at(home, "folder/2025/07/other-1.warc.gz", 0)


def test_a_cut_last_record_is_never_taken_for_whole(home: Home, make_capture: MakeCapture) -> None:
    sealed = kept(home, [make_capture("a", b"a" * 50), make_capture("b", b"b" * 50)])
    data = (home.raw / sealed.path).read_bytes()
    cut = home.raw / "cut.warc.gz"
    for length in range(sealed.kept[1].offset + 1, len(data)):
        cut.write_bytes(data[:length])
        with pytest.raises(VaultError):
            list(captures_in(cut))


def test_metadata_that_speaks_of_other_bytes_is_damage(home: Home, make_capture: MakeCapture) -> None:
    sealed = kept(home, [make_capture("a", b"one"), make_capture("b", b"two")])
    path = home.raw / sealed.path
    data = path.read_bytes()
    first, second = (data[place.offset : place.offset + place.length] for place in sealed.kept)
    assert len(first) > 0
    path.write_bytes(data.replace(first, second))
    with pytest.raises(VaultError, match="refers to another record"):
        list(captures_in(path))


def test_a_large_body_comes_back(home: Home, make_capture: MakeCapture) -> None:
    body = b"0123456789abcdef" * (1 << 17)
    sealed = kept(home, [make_capture("large", body)])
    assert capture_at(home, sealed.path, sealed.kept[0].offset).body == body
