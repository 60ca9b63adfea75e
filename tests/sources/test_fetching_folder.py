"""Fetching from an inbox: whatever lies there gets an outcome, nothing is read through a link, nothing blocks."""

import hashlib
import os
import socket
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.candidate import Refusal
from sources.capture import NOTHING_STATED, Capture, facts_digest
from sources.discovery.folder import candidate_at, discover
from sources.fetching import Settling, fetch, fetch_all

Drop = Callable[..., Path]
PickUp = Callable[..., dict[str, Capture | Refusal]]

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
AT_ONCE = Settling(0.0, sleep=lambda _: None)


def refused(result: Capture | Refusal) -> tuple[str, str]:
    assert isinstance(result, Refusal), result
    return result.outcome, result.reason


def test_a_capture_holds_the_bytes_and_their_circumstances(drop: Drop, pick_up: PickUp) -> None:
    body = "新聞公報\r\n".encode("big5")
    drop("新/a.TXT", body)
    (capture,) = pick_up().values()
    assert isinstance(capture, Capture)
    assert capture.body == body
    assert capture.payload_sha256 == capture.content_sha256 == hashlib.sha256(body).hexdigest()
    assert capture.facts_sha256 == facts_digest(NOTHING_STATED)
    assert capture.ref == capture.target_uri == "file:///inbox/%E6%96%B0/a.TXT"
    assert (capture.name, capture.media_type, capture.captured_at) == ("新/a.TXT", "text/plain", NOW)
    assert (capture.url, capture.charset, capture.status, capture.fault) == (None, None, None, None)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.md", "text/markdown"),
        ("a.markdown", "text/markdown"),
        ("a.html", "text/html"),
        ("A.HTM", "text/html"),
        ("a.tar.pdf", "application/pdf"),
        ("Crawl.WARC.gz", "application/warc"),
        ("old.arc.gz", "application/warc"),
        ("old.arc", "application/x-arc"),
        ("page.mhtml", "multipart/related"),
        ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("noending", "application/octet-stream"),
        (".txt", "application/octet-stream"),
        ("a.", "application/octet-stream"),
        ("a.txt.part", "application/octet-stream"),
        ("d.txt/noending", "application/octet-stream"),
    ],
)
def test_the_ending_names_the_media_type(drop: Drop, pick_up: PickUp, name: str, media_type: str) -> None:
    drop(name)
    capture = pick_up()[name]
    assert isinstance(capture, Capture)
    assert capture.media_type == media_type


def test_what_is_no_file_is_quarantined_and_its_neighbours_are_read(
    inbox: Path, drop: Drop, pick_up: PickUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop("good.txt")
    os.mkfifo(inbox / "pipe.txt")
    (inbox / "dangling.txt").symlink_to("nowhere")
    (inbox / "loop.txt").symlink_to("loop.txt")
    (inbox / "inside.txt").symlink_to("good.txt")
    (inbox / "null.txt").symlink_to("/dev/null")
    (inbox / "folder").symlink_to("/")
    monkeypatch.chdir(inbox)  # the address of a socket may have 100 bytes
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.txt")
        found = pick_up()
    assert isinstance(found.pop("good.txt"), Capture)
    reasons = {name: refused(result)[1].partition(";")[0] for name, result in found.items()}
    link = "symbolic link, not followed"
    assert reasons == {
        "pipe.txt": "named pipe (FIFO), not a file",
        "socket.txt": "socket, not a file",
    } | dict.fromkeys(("dangling.txt", "loop.txt", "inside.txt", "null.txt", "folder"), link)
    assert {refused(result)[0] for result in found.values()} == {"quarantined"}


def test_a_device_is_quarantined_unopened(inbox: Path, pick_up: PickUp) -> None:
    try:
        os.mknod(inbox / "zero.txt", stat.S_IFCHR | 0o644, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("making a device node needs root")
    assert refused(pick_up()["zero.txt"]) == ("quarantined", "device, not a file; remove it from the folder")


def test_a_writer_waiting_at_a_pipe_is_not_woken(inbox: Path, pick_up: PickUp) -> None:
    os.mkfifo(inbox / "pipe.txt")
    pick_up()
    with pytest.raises(OSError, match="No such device or address"):  # nobody reads
        os.open(inbox / "pipe.txt", os.O_WRONLY | os.O_NONBLOCK)


def test_what_is_closed_to_us_failed(inbox: Path, drop: Drop, pick_up: PickUp) -> None:
    drop("secret.txt").chmod(0)
    if os.access(inbox / "secret.txt", os.R_OK):
        pytest.skip("this user may read everything")
    drop("closed/inner.txt")
    (inbox / "closed").chmod(0)
    try:
        found = pick_up()
    finally:
        (inbox / "closed").chmod(0o755)
    assert refused(found["secret.txt"])[0] == "failed"
    assert "permission" in refused(found["secret.txt"])[1]
    assert refused(found["closed"]) == (
        "failed",
        "folder that cannot be listed; check its permissions and the length of its path",
    )


def test_empty_and_oversized_files_are_quarantined_with_the_way_out(inbox: Path, drop: Drop, pick_up: PickUp) -> None:
    drop("empty.txt", b"")
    drop("fits.txt", b"x" * 100)
    drop("over.txt", b"x" * 101)
    sparse = drop("sparse.txt")
    os.truncate(sparse, 5 * 1024**3)
    os.utime(sparse, (0, 0))
    found = pick_up(limit=100)
    assert isinstance(found["fits.txt"], Capture)
    assert refused(found["empty.txt"]) == ("quarantined", "empty file (0 bytes); put the whole file in its place")
    outcome, reason = refused(found["over.txt"])
    assert (outcome, reason.partition(";")[0]) == ("quarantined", "too large: 101 bytes, the cap is 100")
    assert "size_limit_mb" in reason
    assert "5,368,709,120 bytes" in refused(found["sparse.txt"])[1]


def test_hard_links_are_files(inbox: Path, drop: Drop, pick_up: PickUp) -> None:
    os.link(drop("a.txt"), inbox / "b.txt")
    assert all(isinstance(one, Capture) for one in pick_up().values())


@pytest.mark.parametrize("change", ["append", "same size", "replace", "truncate"])
def test_a_file_changed_since_it_was_listed_waits(drop: Drop, pick_up: PickUp, change: str) -> None:
    path = drop("a.txt", b"first half ")

    def meanwhile() -> None:
        if change == "append":
            with path.open("ab") as out:
                out.write(b"second half")
        elif change == "same size":
            path.write_bytes(b"FIRST HALF ")
        elif change == "replace":
            other = drop("new", b"first half ")
            other.replace(path)
        else:
            path.write_bytes(b"")

    drop("good.txt")
    found = pick_up(meanwhile=meanwhile)
    assert refused(found["a.txt"]) == ("skipped", "still growing or being replaced; waits for the next run")
    assert isinstance(found["good.txt"], Capture)


def test_a_file_gone_since_it_was_listed_is_skipped(inbox: Path, drop: Drop, pick_up: PickUp) -> None:
    path, inner = drop("a.txt"), drop("sub/b.txt")

    def meanwhile() -> None:
        path.unlink()
        inner.unlink()
        inner.parent.rmdir()

    found = pick_up(meanwhile=meanwhile)
    assert {refused(one)[0] for one in found.values()} == {"skipped"}
    assert {refused(one)[1].partition(" before")[0] for one in found.values()} == {"gone"}


def test_a_folder_swapped_for_a_link_is_not_followed(tmp_path: Path, inbox: Path, drop: Drop, pick_up: PickUp) -> None:
    inner = drop("sub/deep/b.txt")

    def meanwhile() -> None:
        (inbox / "sub").rename(tmp_path / "elsewhere")
        (inbox / "sub").symlink_to(tmp_path / "elsewhere")

    assert refused(pick_up(meanwhile=meanwhile)["sub/deep/b.txt"])[0] == "skipped"
    assert inner.read_bytes()


def test_a_file_swapped_for_a_link_is_not_followed(tmp_path: Path, drop: Drop, pick_up: PickUp) -> None:
    path = drop("a.txt")

    def meanwhile() -> None:
        path.rename(tmp_path / "elsewhere")
        path.symlink_to(tmp_path / "elsewhere")

    assert refused(pick_up(meanwhile=meanwhile)["a.txt"])[0] == "quarantined"


def test_the_inbox_itself_may_be_reached_through_links(tmp_path: Path, inbox: Path, drop: Drop) -> None:
    drop("sub/a.txt", b"here")
    (tmp_path / "link").symlink_to(inbox)
    (capture,) = fetch_all(discover(tmp_path / "link"), limit=100, now=NOW, settle=AT_ONCE)
    assert isinstance(capture, Capture)
    assert capture.body == b"here"


def test_a_single_file_is_fetched_as_in_a_run(inbox: Path, drop: Drop, pick_up: PickUp) -> None:
    path = drop("a.txt")
    assert fetch(next(discover(inbox)), limit=100, now=NOW, settle=AT_ONCE) == pick_up()["a.txt"]
    by_hand = fetch(candidate_at(path), limit=100, now=NOW, settle=AT_ONCE)
    assert isinstance(by_hand, Capture)
    assert by_hand.name == str(path)
    assert refused(fetch(candidate_at(inbox / "none"), limit=100, now=NOW, settle=AT_ONCE))[0] == "skipped"


def test_originals_stay_as_they_were(inbox: Path, drop: Drop, pick_up: PickUp) -> None:
    for name in ("a.txt", "sub/b.html", "c.txt", "c.meta.toml"):
        drop(name)

    def state() -> list[tuple[str, int, int, int]]:
        found = sorted(inbox.rglob("*"))
        return [(str(p), p.stat().st_mtime_ns, p.stat().st_mode, p.stat().st_nlink) for p in found]

    before = state()
    pick_up()
    assert state() == before
