"""The records of captures of the web: any answer comes back, damage is named, dead runs lose no whole group."""

import base64
import gzip
import json
import re
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.capture import Capture, Stated, digest
from sources.errors import VaultError
from sources.exchange import Exchange
from tests.warehouse.conftest import MakeCapture
from tests.warehouse.visits import CODED, NOW, bare, capture_of, exchange, keep, kinds, records_of, warcio_says
from warehouse.home import Home
from warehouse.vault.members import Record, member, walk
from warehouse.vault.salvage import recover
from warehouse.vault.verify import Finding, verify_raw
from warehouse.vault.warc import capture_at, captures_in, preserve

GZIP_HEADER_BYTES = 10
ROBOTS = exchange("http://site.example/robots.txt", b"User-agent: *\n")
PACKED = exchange(
    payload=gzip.compress(CODED, mtime=0), headers=(("Content-Encoding", "gzip"), ("ETag", '"v1"')), framing="close"
)

# A file of two captures as it was written when there were only files.
OF_FILES = base64.b64decode(
    "H4sIAAAAAAAAA12Q3UrEMBCF7wt9h7xAtsn2J2kQQXcRBEGRBcG7NJPsBrtJTVJEn950tyB4Nzk5c+abebt73VV0Q8viLVf48D1pgb5kUNYZv4"
    "qvWvkA+HEv0M0cnJhnCwIIMCXrBlMgBLec93joNcdykD2omnftALdrwIMdtZPnnBww3Szpm+PP+reXKetbsm0xYZjQAyGiJoKQ99VwP3r1gff2"
    "qGMSKJ7ktu1E24FWvWGKDRw4bJmBGrq6AVrXrO0aohjlhBplaN1R0nPCKeuhgczJaNeVxc67pF1aN5bTNFolk/WuWviwsXqE+Gd70u6YTgLRvi"
    "mLsojepOzLncqfz7Ozn7MuC+PDWWbIhRstS6OHi4IuB1beLYZ48AKdUppEVVk75VPYdJqHjfXXyXHSypoVJlb/nle4S+q1ztFVWdj4IkN6NgIZ"
    "P4IOZQE6qmCnpStDyinNQUfkDQqzQ2HZoSx+AXDhOnT9AQAAH4sIAAAAAAAAA62RzWrDMBCE74G8g19AsSRL1g+l0CaXQA8ltAR6W2lXiamxgy"
    "3T5O3rgkOh596W2dlvB+b4dNiWYiPWq+M8sbfbhXwx0NhPQ6RFPFDsB2T7nS8epqHz09SgVyZIbalmUiXLdIXIICXDjBaJC+OEE/R4p8Jwosze"
    "D3tfpKYlX5Zl04X+WsImX/Pi2kGef0suNeMzVr8J4aXzUn4shiMMselS/ycJcjQRKsUEcs60tY4FR5ZBAIexsrUOeE/yCre2B2S75kRj9sV4Bq"
    "lrLwWiVobryqGqHNdcKRKS16BCNDaQpjopV1mqUBkgF8CEGEAppcV8uNCf2z5+/j9723eZuryUk+may0sLTfe7eaHulM++EHq9mrOcIRdfMBYj"
    "NLhZ/Ujfu96Kx+cBAAAfiwgAAAAAAAADrVLLatxAELwb/A+Lzhlr3g8RAol9MeQQzIaFXJaemR6vEq20SCNiY/zvGdm7dsjjZtChe7q6VN3Vm4"
    "83lzW7YOdnmxKR9f0Bm9UeM0TIcHy8wTCMkVxfNav389g389zGxoFxMSVNlPZIlGKeOJGQOIoehKPcg/zwQpBwnMh6+J1AGs+VRU24TJYoESOB"
    "lAwxiiXKjGOO4YlgDeMtZvL15rpZpbbDpq7rtvfDXQ0X+S4fUVeQi3hOuSK00Ko1Yw13DeffjoANjKHt0/DHKJFGE0BIwiKlRFnriHdoCXhwMQ"
    "irlY8nJV/gvhsgkqv2FqfcrKYdcKUbHnmkwhlJjdPlU5EqA4JG0N5jmYS7wIU0lltBnWYGgnNgjZeeMenFkf1TN4Qfb899OfQZ+3x0Fw6Hrg2Q"
    "26Gvv09D/1r/jP1t3jUrxez52fnZQzUN8xiwaqo0dBHH6l01YlrSvz0otR72C/aU5ifTtvPY/rcjwCHPI8Yt5IL5l3MFtMfYwjYX7QWT8S7Xhw"
    "7avlQOz2Zsnxe1MLAYlTRUCRdlOUJFpUTGqQbpg7EeFeoknbAoojSAzoPxoVyqlIqVxkXS8y7elDNByNMro+aCUk1R+IDRqxhMMlB+Q1NSTDDU"
    "yuooDFqrqWTCKploCOik9OBNkoVxyuXWY9U8PJa4jRhg3C6rqZp+7royxQ7GCV/SeexO4dI5Ty+4YX/osAyMU3mrfu6GDp8Ez92x+XG5hF8i+P"
    "qLJgQAAB+LCAAAAAAAAAOtkc9qwzAMxu+FvkNewI3t2I5lxmBrL4UdRuko7OY/choW7JI60L79Ass22HkIhJA+fvqETk+Hbc02bL06zRU53i9o"
    "qhGveRo9Ls0D+jwGst+Z6mEak5mmPpjgHQVBI6FaNUSqOYFQLYlNpIpaFBTC4zfVjh0W8nbYmyr2A5q6rvvk8q12m3Iri2pny7ybUy4JVYTLI2"
    "OGg+H8fRGc7Oj7FPNfJzS03jaCsEApkVoDcYCaWGch+EYr6X6cvNr7kG0gu77DazHV9Wy5VAYbR70QHHT0zDMBNroovAZQ0QEXvJ0PYiiUAAeN"
    "8FaABGCu1ZI7LeVCfx6y//h/9jangqkszyl4K/VlsH36nbxg6srZVHS9+opPWGT6sNcBAAAfiwgAAAAAAAADrVJNaxsxEL0H8h/Mnitb0uqbUm"
    "iTS6CHElwCvZiRNLK3We8uu9omIfS/V04cN/TjlosYzbx5zLw3Nx+vL1Zsyc7PbkpE1g8DusUeM0TIcExeY+jHSK4u3eL9PHZunpvoQDGkWCOR"
    "tYxEeqaJ1bEmFEVUQUoUgX84ESQcJ7LuXxPE4KkVNBFqVE2kKo8VSpNUJ6oooKA2vhCsYdxiJl+vr9wiNS261WrVdL6/X/llvs9H1CXkMjynXB"
    "KqCJdrxhy3jvNvR8ANjKHpUv/HKpFGHaAWhEVKiTTGEm/REPBgY6iNkv40yRd4aHuI5LLZ4pTdYtoBl8opZDJhZCVO2ipb1olSc0iBow4agILQ"
    "SULRCQzKQmwUjVTUkAxiEEf2T20fbt+e+6LvMnb56C4MQ9sEyE3frb5Pffe7/hm7bd65hRT1+dn52WM19fMYsHJV6tuIY/WuGjEdvn97UGod7A"
    "/Yl29+Mm0zj81/OwIMeR4xbiAXzL+cK6A9xgY2ucxeMBnv82pooelKZXg2Y/MsVKli7WkQgluTAgtMWEg+iWCsVclbLrgud8VQKGG9rUUAYaW1"
    "zGsjuTdSHkZ61uJNOROEPL1iVMloVAJ5aZBgkkyRaV0sDiZZX7METKJSibIAloWYQgigDaUlxSkUximXW4+Ve6yG2bfNtCvmuKrDu2m57X8sd7"
    "fVzwJqIgYYNwfNKtfNbVvW28E44ek7j+1LeKCcpxOu3w8tFiVwKrnqbte3+LTJ3B6bfx5O5BfQdkG0PwQAAA=="
)

CODINGS: dict[str | None, Callable[[bytes], bytes]] = {
    None: lambda data: data,
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "deflate": zlib.compress,
    "zstd": lambda data: b"\x28\xb5\x2f\xfd" + data,
    "Gzip ": lambda data: data,  # a lie, most of the time
}


@st.composite
def answers(draw: st.DrawFn) -> Exchange:
    """Answers as servers give them: any bytes, any coding, each framing, odd heads."""
    coding = draw(st.sampled_from(list(CODINGS)))
    payload = CODINGS[coding](draw(st.binary(max_size=200) | st.just(b"5\r\nhello\r\n0\r\n\r\n")))
    framing = draw(st.sampled_from(["length", "chunked", "close"]))
    values = st.text(st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters="\x7f\x85\xa0"))
    headers = [(name, draw(values)) for name in draw(st.lists(st.sampled_from(["x-a", "X-A", "Set-Cookie", "ETag"])))]
    headers += [("Content-Encoding", coding)] if coding else []
    headers += [("Transfer-encoding", "chunked")] if framing == "chunked" else []
    headers += [("CONTENT-LENGTH", str(len(payload)))] if framing == "length" else []
    told = tuple((name, value.strip(" \t")) for name, value in draw(st.permutations(headers)))
    end = draw(st.sampled_from(["\r\n", "\n"]))
    lines = "".join(f"{name}:{value}{end}" for name, value in told)
    head = f"HTTP/1.1 200{end}{lines}{end}".encode("latin-1")
    return exchange(payload=payload, head=head, headers=told, framing=framing)


@given(st.lists(answers(), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_every_answer_comes_back_as_it_was(found: list[Exchange]) -> None:
    captures = [capture_of(answer, ROBOTS) for answer in found]
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder))
        sealed = keep(home, *captures)
        path = home.raw / sealed.path
        assert kinds(path) == ["warcinfo", "response", "request", *["response", "request", "metadata"] * len(found)]
        assert list(captures_in(path)) == list(zip([one.offset for one in sealed.kept], bare(*captures), strict=True))
        blocks = [record.block for record in walk(path) if isinstance(record, Record) and record.kind == "response"]
        for block, answer in zip(blocks[1:], found, strict=True):
            assert block.endswith(answer.payload)
            assert answer.framing == "chunked" or block == answer.head + answer.payload
        assert list(verify_raw(home)) == []
        assert warcio_says("check", path) == (0, "")


def test_no_line_break_forges_a_warc_header(home: Home) -> None:
    forged = exchange("http://h/\r\nWARC-Type: x", peer="1\r\nX-Forged: 1", headers=(("X", "WARC-Type: warcinfo"),))

    path = home.raw / keep(home, capture_of(forged)).path

    for _, record, _ in records_of(path):
        names = [name for name, _ in record.rec_headers.headers]
        assert "X-Forged" not in names and names.count("WARC-Type") == 1
    assert [capture for _, capture in captures_in(path)] == bare(capture_of(forged))


@pytest.mark.parametrize(
    "facts",
    [
        {"target_uri": "http://site.example/notice#item-3"},
        {"body": b"one item of the feed", "content_sha256": digest(b"one item of the feed")},
        {"payload_sha256": digest(b"x"), "body": b"x", "content_sha256": digest(b"x")},
        {"status": None, "headers": ()},
    ],
)
def test_a_capture_that_is_not_its_last_answer_is_kept_by_itself(home: Home, facts: dict[str, object]) -> None:
    capture = capture_of(PACKED, **facts)

    sealed = keep(home, capture, replace(capture, ref="another"))

    path = home.raw / sealed.path
    assert kinds(path) == ["warcinfo", "response", "request", *["resource", "metadata"] * 2]
    assert [one for _, one in captures_in(path)] == bare(capture, replace(capture, ref="another"))
    assert list(verify_raw(home)) == []


def test_an_error_answer_can_be_a_capture_that_nobody_reads(home: Home) -> None:
    gone = exchange(payload=b"withdrawn", status=410)
    capture = capture_of(gone, fault="status 410")

    sealed = keep(home, capture)

    assert [capture_at(home, sealed.path, sealed.kept[0].offset)] == bare(capture)


def test_files_of_captures_of_files_open_and_are_written_as_ever(home: Home, make_capture: MakeCapture) -> None:
    captures = [make_capture("a.txt", b"What was said.\n"), make_capture("b.txt", b"", Stated(publisher="news.gov.hk"))]
    old = home.root / "r-1.warc.gz"
    home.root.mkdir()
    old.write_bytes(OF_FILES)
    assert [capture for _, capture in captures_in(old)] == captures

    sealed = preserve(home, captures, source="folder", run_id="r", number=1, written_at=NOW.replace(2025, 7, 1, 0, 30))

    assert without_ids((home.raw / sealed.path).read_bytes()) == without_ids(OF_FILES)


def without_ids(members: bytes) -> bytes:
    """All but the record ids, which are derived in another way since."""
    return re.sub(rb"urn:uuid:[0-9a-f-]{36}", b"urn:uuid:", gzip.decompress(members))


@pytest.fixture
def three() -> list[Capture]:
    pages = [replace(PACKED, url=f"http://site.example/{n}") for n in range(3)]
    return [capture_of(page, exchange(f"{page.url}?old", b"", status=302)) for page in pages]


def members_of(path: Path) -> list[bytes]:
    data = path.read_bytes()
    return [data[one.offset : one.end] for one in walk(path) if isinstance(one, Record)]


def failures(home: Home) -> list[Finding]:
    return [finding for finding in verify_raw(home) if finding.is_failure]


def test_a_flip_is_placed_at_its_record_and_names_the_capture(home: Home, three: list[Capture]) -> None:
    sealed = keep(home, *three)
    path = home.raw / sealed.path
    sound = path.read_bytes()
    offsets = [offset for offset, _, _ in records_of(path)] + [len(sound)]
    hop, response, request, metadata, end = offsets[6], *offsets[8:12]
    assert response == sealed.kept[1].offset
    for start, stop, ref in (
        (hop, offsets[7], None),
        (offsets[7], response, "http://site.example/1?old"),
        (response, request, three[1].ref),
        (request, metadata, three[1].ref),
        (metadata, end, three[1].ref),
    ):
        for position in range(start + GZIP_HEADER_BYTES, stop - 1, 11):
            flipped = bytearray(sound)
            flipped[position] ^= 4
            path.write_bytes(flipped)
            (found,) = failures(home)
            assert (found.file, found.offset, found.ref) == (sealed.path, start, ref)


@pytest.mark.parametrize("lost", ["response", "request", "metadata"])
def test_a_record_that_was_taken_out_is_missed(home: Home, three: list[Capture], lost: str) -> None:
    path = home.raw / keep(home, *three).path
    parts = members_of(path)
    which = 8 + ["response", "request", "metadata"].index(lost)
    path.write_bytes(b"".join(parts[:which] + parts[which + 1 :]))

    read = captures_in(path)

    assert next(read)[1] == bare(*three)[0]
    with pytest.raises(VaultError, match=r"missing|without its response") as caught:
        next(read)
    assert "site.example/1" in str(caught.value)
    assert len([found for found in failures(home) if found.offset is not None]) == 1


@pytest.mark.parametrize("which", [1, 2, 3])
def test_records_of_two_captures_are_not_mixed_however_alike(home: Home, which: int) -> None:
    path = home.raw / keep(home, capture_of(PACKED), capture_of(PACKED)).path
    parts = members_of(path)
    parts[which] = parts[which + 3]
    path.write_bytes(b"".join(parts))

    with pytest.raises(VaultError, match="belongs to another record|refers to another record"):
        list(captures_in(path))
    assert [found.ref for found in failures(home) if found.offset is not None] == [PACKED.url]


def test_each_record_without_its_place_is_told(home: Home, three: list[Capture]) -> None:
    path = home.raw / keep(home, *three).path
    parts = members_of(path)
    path.write_bytes(b"".join([*parts[:8], parts[9], parts[10], parts[10], parts[9], *parts[11:]]))

    found = [finding.what for finding in failures(home) if finding.offset is not None]

    alone = "a request record without its response"
    assert found == [alone, "a metadata record without what it describes", alone]


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (exchange(headers=(("Content-Length", "3"),)), "the HTTP head says 3"),
        (exchange(head=b"HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n"), "does not begin"),
        (exchange(head=b"HTTP/2 200\r\n\r\n"), "does not begin"),
        (exchange(head=b"HTTP/1.1 404 Gone\r\n\r\n"), "HTTP status"),
        (exchange(head=b"HTTP/1.1 200 Fine\r\nETag: 2\r\n\r\n"), "HTTP header"),
    ],
)
def test_an_answer_that_contradicts_itself_is_damage(home: Home, answer: Exchange, what: str) -> None:
    sealed = keep(home, capture_of(answer))

    with pytest.raises(VaultError, match=what):
        capture_at(home, sealed.path, sealed.kept[0].offset)
    assert [found.offset for found in failures(home)] == [sealed.kept[0].offset]


@pytest.mark.parametrize("name", ["content_sha256", "payload_sha256", "status", "target_uri", "captured_at"])
def test_metadata_that_speaks_of_another_answer_is_damage(home: Home, name: str) -> None:
    sealed = keep(home, capture_of(PACKED))
    path = home.raw / sealed.path
    *others, metadata = [one for one in walk(path) if isinstance(one, Record)]
    told = json.loads(metadata.block)
    told[name] = {"status": 203, "captured_at": "2026-01-31T12:00:01Z"}.get(name, digest(b""))
    headers = {key: value for key, value in metadata.headers.items() if key in ("warc-record-id", "warc-refers-to")}
    changed = member("metadata", json.dumps(told).encode(), "application/json", headers)
    path.write_bytes(path.read_bytes()[: others[-1].end] + changed)

    with pytest.raises(VaultError, match="not what the metadata record says") as caught:
        capture_at(home, sealed.path, sealed.kept[0].offset)
    assert f"offset {sealed.kept[0].offset}" in str(caught.value)


def test_only_a_captures_own_answer_is_at_its_offset(home: Home, three: list[Capture]) -> None:
    sealed = keep(home, *three, others=(ROBOTS,))
    offsets = [offset for offset, _, _ in records_of(home.raw / sealed.path)]

    for offset in {*offsets, 1, sealed.size} - {one.offset for one in sealed.kept}:
        with pytest.raises(VaultError, match=f"offset {offset}"):
            capture_at(home, sealed.path, offset)


def test_a_file_cut_anywhere_keeps_every_whole_group(tmp_path: Path, three: list[Capture]) -> None:
    first = Home(tmp_path / "first")
    sealed = keep(first, *three, others=(ROBOTS,))
    data = (first.raw / sealed.path).read_bytes()
    ends = [offset for offset, _, _ in records_of(first.raw / sealed.path)][1:] + [len(data)]
    groups = [ends[index] for index in (2, 5, 7, 10, 12, 15, 17)]
    for length in sorted({*range(0, len(data), 97), *ends, *(end - 1 for end in ends)}):
        home = Home(tmp_path / str(length))
        left = home.raw / (sealed.path + ".open")
        left.parent.mkdir(parents=True)
        left.write_bytes(data[:length])

        done = recover(home, now=NOW)

        whole = max((end for end in groups if end <= length), default=0)
        assert done.sealed == ((sealed.path,) if whole else ())
        assert failures(home) == []
        if whole:
            assert (home.raw / sealed.path).read_bytes() == data[:whole]
            places = [one.offset for one in sealed.kept if one.offset < whole]
            assert [offset for offset, _ in captures_in(home.raw / sealed.path)] == places
