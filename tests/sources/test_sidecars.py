"""What an operator states beside a file: taken as stated, or refused with the line and the word that is wrong."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.candidate import Refusal
from sources.capture import STATED_KEYS, Capture, Stated, facts_digest
from sources.errors import ConfigError
from sources.stated import SIDECAR_LIMIT, instant, read_sidecar
from tests.effort import bounded

Drop = Callable[..., Path]
PickUp = Callable[..., dict[str, Capture | Refusal]]


def test_every_fact_can_be_stated() -> None:
    stated = read_sidecar(
        b'url = "https://wb.example.gov/en/t20250226_4019481.html"\npublisher = "wb.example.gov"\n'
        b'title = "A \\"quoted\\" title"\npublished = "2025-02"\nlanguage = "zh-Hant"\n'
        b'media_type = "text/html"\ncharset = "big5"\nseen_at = "2025-06-25T19:29:00+08:00"\n'
    )
    assert tuple(stated.given()) == STATED_KEYS
    assert stated.title == 'A "quoted" title'


def test_toml_days_and_instants_become_text() -> None:
    assert read_sidecar(b"published = 2025-02-26").published == "2025-02-26"
    assert read_sidecar(b"published = 2025-02-26T09:30:00").published == "2025-02-26T09:30:00"
    seen = read_sidecar(b"seen_at = 2025-02-26 09:30:00+08:00").seen_at
    assert seen is not None
    assert instant(seen) == datetime(2025, 2, 26, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("data", [b"# nothing yet\n", b'title = ""\n', b"\xef\xbb\xbf# from Windows\r\n"])
def test_nothing_stated_is_no_fault(data: bytes) -> None:
    assert read_sidecar(data) == Stated()


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b'url = "https://a.example/"\ntitel = "x"', "line 2: unknown key 'titel' (did you mean 'title'?)"),
        (b'title = "x"\n[more]\na = 1', "line 2: unknown key 'more' (known are url, publisher, "),
        (b"title = 5", "line 1: title: expected text in quotes, found int"),
        (b'title = "x"\ntitle = "y"', "line 2: not TOML: "),
        (b"\n\ntitle = unquoted", "line 3: not TOML: "),
        (b'title = "open', "line 1: not TOML: "),
        (b"title = 12:00:00", "line 1: title: expected text in quotes, found time"),
        (b"seen_at = 2025-02-26", "line 1: seen_at: '2025-02-26' is not an RFC 3339 instant"),
        (b"seen_at = 2025-02-26T09:30:00", "line 1: seen_at: '2025-02-26T09:30:00' is not an RFC 3339 instant"),
        (b'seen_at = "2025-02-30T00:00:00Z"', "line 1: seen_at: '2025-02-30T00:00:00Z' names no instant"),
        (b'seen_at = "0001-01-01T00:00:00+08:00"', "line 1: seen_at: '0001-01-01T00:00:00+08:00' names no instant"),
        (b'url = "ftp://a.example/x"', "line 1: url: 'ftp://a.example/x' is not an http or https address"),
        (b'url = "/en/x.html"', "line 1: url: '/en/x.html' is not an http or https address"),
        (b'url = "http://[::1"', "line 1: url: 'http://[::1' is not an http or https address"),
        (b'url = "http://127.0.0.1\\\\@a.example/"', "line 1: url: 'http://127.0.0.1\\\\@a.example/' is not"),
        (b'url = "https://a.example/\\r\\nWARC-Type: x"', "line 1: url: 'https://a.example/\\r\\nWARC-Type: x' is not"),
        (b'media_type = "text/html\\r\\nX: y"', "line 1: media_type: 'text/html\\r\\nX: y' is not a media type"),
        (b'language = "Chinese (Traditional)"', "line 1: language: 'Chinese (Traditional)' is not a language tag"),
        (b'charset = "big 5"', "line 1: charset: 'big 5' is not the name of an encoding"),
        (b'title = "a\x00b"', "line 1: not TOML: "),
        (b'title = "\\ud800"', "line 1: not TOML: Escaped character is not a Unicode scalar value"),
        (b'# ok\ntitle = "\xed\xa0\x80"', "line 2: not UTF-8 (byte 0xed)"),
        ('title = "x"'.encode("utf-16"), "line 1: not UTF-8 (byte 0xff)"),
        (bytes(range(256)), "line 2: not UTF-8 (byte 0x80)"),
    ],
)
def test_a_wrong_fact_is_named_with_its_line(data: bytes, complaint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_sidecar(data)
    assert str(caught.value).startswith(complaint)


@pytest.mark.parametrize(
    "data",
    [b"title=" + b"[" * 65_000, b"a" + b".a" * 32_000 + b"=1", b"a" * 65_000 + b"=1", b"title=" + b"1" * 65_000],
    ids=["nested", "dotted", "long key", "long number"],
)
def test_a_hostile_sidecar_costs_little(data: bytes) -> None:
    with bounded(), pytest.raises(ConfigError) as caught:
        read_sidecar(data)
    assert len(str(caught.value)) < 300


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_state_facts_or_are_refused(data: bytes) -> None:
    try:
        stated = read_sidecar(data)
    except ConfigError as error:
        assert str(error).startswith("line ")
    else:
        assert isinstance(stated, Stated)


@settings(deadline=None)
@given(st.datetimes(timezones=st.timezones()))
def test_an_instant_reads_back(moment: datetime) -> None:
    offset = moment.utcoffset()
    if offset is None or offset.seconds % 60:
        return  # offsets with seconds, before standard time, have no RFC 3339 form
    try:
        expected = moment.astimezone(UTC)
    except OverflowError:
        return
    assert instant(moment.isoformat()) == expected


def test_the_capture_carries_what_was_stated(drop: Drop, pick_up: PickUp) -> None:
    drop("a.txt")
    drop(
        "a.meta.toml",
        b'url = "https://a.example/x"\nmedia_type = "Text/HTML; charset=big5"\nseen_at = 2025-01-02T03:04:05Z\n',
    )
    (capture,) = pick_up().values()
    assert isinstance(capture, Capture)
    assert (capture.url, capture.media_type, capture.charset) == ("https://a.example/x", "text/html", "big5")
    assert capture.captured_at == datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert capture.sidecar_text is not None
    assert capture.sidecar_text.startswith("url = ")
    assert capture.facts_sha256 == facts_digest(capture.stated)


def test_the_nearer_sidecar_wins_and_the_other_is_accounted_for(drop: Drop, pick_up: PickUp) -> None:
    drop("a.txt")
    drop("a.txt.meta.toml", b'title = "near"')
    drop("a.meta.toml", b'title = "far"')
    found = pick_up()
    near, far = found["a.txt"], found["a.meta.toml"]
    assert isinstance(near, Capture)
    assert isinstance(far, Capture)
    assert near.stated.title == "near"
    assert (near.fault, far.media_type) == (None, "application/toml")
    assert (far.fault or "").startswith("sidecar without its file")
    assert far.body == b'title = "far"'


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b'titel = "x"', "sidecar a.txt.meta.toml: line 1: unknown key 'titel'"),
        (b'title = "\xff"', "sidecar a.txt.meta.toml: line 1: not UTF-8"),
        (b"", "sidecar a.txt.meta.toml: empty file"),
        (b"#" * (SIDECAR_LIMIT + 1), "sidecar a.txt.meta.toml: too large: 65,537 bytes"),
    ],
)
def test_a_broken_sidecar_keeps_the_bytes_and_says_why(drop: Drop, pick_up: PickUp, data: bytes, fault: str) -> None:
    drop("a.txt", b"kept")
    drop("a.txt.meta.toml", data)
    drop("b.txt")
    found = pick_up()
    broken, neighbour = found["a.txt"], found["b.txt"]
    assert isinstance(broken, Capture)
    assert isinstance(neighbour, Capture)
    assert (broken.fault or "").startswith(fault)
    assert (broken.body, broken.stated, neighbour.fault) == (b"kept", Stated(), None)
    assert broken.facts_sha256 != neighbour.facts_sha256
    assert Capture.from_circumstances(broken.circumstances(), broken.body) == broken


def test_a_linked_sidecar_is_not_followed(tmp_path: Path, inbox: Path, drop: Drop, pick_up: PickUp) -> None:
    drop("a.txt")
    (tmp_path / "secret.toml").write_text('title = "outside"')
    (inbox / "a.meta.toml").symlink_to(tmp_path / "secret.toml")
    (capture,) = pick_up().values()
    assert isinstance(capture, Capture)
    assert capture.stated == Stated()
    assert (capture.fault or "").startswith("sidecar a.meta.toml: symbolic link, not followed")


def test_a_changed_sidecar_changes_the_input(drop: Drop, pick_up: PickUp) -> None:
    drop("a.txt")
    seen = set()
    for data in (None, b'title = "x"', b'title = "y"', b'titel = "y"', b'titlo = "y"'):
        if data is not None:
            drop("a.meta.toml", data)
        capture = pick_up()["a.txt"]
        assert isinstance(capture, Capture)
        seen.add(capture.input_sha256)
    assert len(seen) == 5
