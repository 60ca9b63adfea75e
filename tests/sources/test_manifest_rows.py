"""A manifest: each row a candidate or a refusal with its line, in the order they were seen, the same in every run."""

import hashlib
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.candidate import Candidate, Refusal
from sources.capture import Capture
from sources.discovery.manifest import discover_rows
from sources.errors import ConfigError
from sources.fetching import Settling, fetch_all

Write = Callable[..., Path]

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
EARLY, MIDDLE, LATE = "2025-01-01T07:59:59+08:00", "2025-01-01T00:00:00Z", "2025-01-01T00:00:00.5Z"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes rows.tsv beside the files a.txt, b.txt and c.txt."""
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(f"text of {name}")

    def put(*rows: str, ending: str = "\n") -> Path:
        path = tmp_path / "rows.tsv"
        path.write_bytes("".join(row + ending for row in rows).encode())
        return path

    return put


def listed(tsv: Path) -> list[Candidate | Refusal]:
    return list(discover_rows(tsv, limit=1000))


def fetched(tsv: Path) -> list[Capture | Refusal]:
    settle = Settling(time.time(), sleep=lambda _: None)
    return list(fetch_all(listed(tsv), limit=1000, now=NOW, settle=settle))


def refs(tsv: Path) -> list[str]:
    return [one.candidate.ref if isinstance(one, Refusal) else one.ref for one in listed(tsv)]


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_row_states_facts_about_its_file(write: Write) -> None:
    tsv = write("title\tfile\turl\tpublisher\tseen_at", f'"A" title\ta.txt\thttps://a.example/x\t\t{EARLY}')
    (capture,) = fetched(tsv)
    assert isinstance(capture, Capture)
    assert capture.body == b"text of a.txt"
    assert capture.target_uri == f"file:///manifest/{sha('text of a.txt')}"
    assert capture.ref == f"{capture.target_uri}#{EARLY}"
    assert capture.stated.given() == {"url": "https://a.example/x", "title": '"A" title', "seen_at": EARLY}
    assert (capture.name, capture.url, capture.media_type) == ("a.txt", "https://a.example/x", "text/plain")
    assert capture.captured_at == datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert capture.source == "folder"


def test_rows_come_out_as_they_were_seen_and_undated_ones_last(write: Write) -> None:
    rows = ["c.txt\t", f"b.txt\t{LATE}", f"a.txt\t{EARLY}", "a.txt\t", f"c.txt\t{MIDDLE}", f"b.txt\t{MIDDLE}"]
    tsv = write("file\tseen_at", *rows)
    found = [(one.name, one.position) for one in listed(tsv) if isinstance(one, Candidate)]
    assert found == [("a.txt", 2), ("c.txt", 4), ("b.txt", 5), ("b.txt", 1), ("c.txt", 0), ("a.txt", 3)]


def test_refs_are_distinct_and_survive_rows_above_them(write: Write) -> None:
    rows = ["a.txt\t", f"a.txt\t{EARLY}", "a.txt\t", "b.txt\t", "wrong", "wrong"]
    tsv = write("file\tseen_at", *rows)
    before = refs(tsv)
    after = refs(write("file\tseen_at", "c.txt\t", *rows))
    assert len(set(before)) == len(rows)
    assert set(before) < set(after)
    assert all(ref.isascii() for ref in after)


def test_files_may_lie_anywhere(write: Write, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "é.html").write_text("inner")
    rows = ["file", "sub/é.html", "sub/../a.txt", str(tmp_path / "b.txt")]
    captures = fetched(write(*rows))
    assert [one.name for one in captures if isinstance(one, Capture)] == rows[1:]


def test_a_wrong_row_is_refused_with_its_line_and_harms_no_other(write: Write, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "big.txt").write_bytes(b"x" * 1001)
    (tmp_path / "link.txt").symlink_to("a.txt")
    tsv = write("file\turl", "a.txt\t", "", "a.txt", "a.txt\tx\ty", "none.txt\t", "\thttps://a.example/", ".\t")
    with tsv.open("ab") as out:
        out.write(b"\xff.txt\t\na\0.txt\t\nb.txt\tftp://x/\nempty.txt\t\nbig.txt\t\nlink.txt\t\nb.txt\t")
    found = fetched(tsv)
    assert [one.name for one in found if isinstance(one, Capture)] == ["a.txt", "b.txt"]
    assert [one.reason.partition(";")[0] for one in found if isinstance(one, Refusal)] == [
        "manifest line 4: 1 cells where the header has 2",
        "manifest line 5: 3 cells where the header has 2",
        "manifest line 6: no file 'none.txt'",
        "manifest line 7: names no file",
        "manifest line 8: a folder, not a file",
        "manifest line 9: not UTF-8 (byte 0xff)",
        "manifest line 10: names no file",
        "manifest line 11: url: 'ftp://x/' is not an http or https address",
        "manifest line 12: empty file (0 bytes)",
        "manifest line 13: too large: 1,001 bytes, the cap is 1,000",
        "manifest line 14: symbolic link, not followed",
    ]
    assert {one.outcome for one in found if isinstance(one, Refusal)} == {"quarantined"}


def test_windows_line_ends_and_marks_are_no_part_of_a_cell(write: Write) -> None:
    tsv = write("\ufefffile\ttitle", "a.txt\tOne\u2028two\x85three", ending="\r\n")
    (capture,) = fetched(tsv)
    assert isinstance(capture, Capture)
    assert capture.stated.title == "One\u2028two\x85three"


@pytest.mark.parametrize(
    ("header", "complaint"),
    [
        ("file\turll", "rows.tsv:1: unknown column 'urll' (did you mean 'url'?)"),
        ("url\ttitle", "rows.tsv:1: no column 'file'"),
        ("file\tfile", "rows.tsv:1: column 'file' stands twice"),
        ("", "rows.tsv:1: unknown column ''"),
    ],
)
def test_a_wrong_header_is_named(write: Write, header: str, complaint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        discover_rows(write(header), limit=1000)
    assert complaint in str(caught.value)


def test_a_missing_manifest_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="none.tsv: manifest cannot be read"):
        discover_rows(tmp_path / "none.tsv", limit=1000)


def test_a_file_changed_since_it_was_listed_waits(write: Write, tmp_path: Path) -> None:
    candidates = listed(write("file", "a.txt", "b.txt"))
    (tmp_path / "a.txt").write_text("TEXT OF A.TXT")
    settle = Settling(time.time(), sleep=lambda _: None)
    changed, kept = fetch_all(candidates, limit=1000, now=NOW, settle=settle)
    assert isinstance(changed, Refusal)
    assert changed.outcome == "skipped"
    assert isinstance(kept, Capture)
