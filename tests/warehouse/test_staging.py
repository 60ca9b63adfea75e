"""Batches that wait for the writer: what is written comes back, and so does what an earlier version wrote."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import to_json

from parsers.answering import answer
from parsers.readings import from_json, rejected
from sources.candidate import Candidate, Refusal
from sources.capture import NOTHING_STATED as NOTHING
from sources.capture import Capture, digest, facts_digest
from sources.errors import ArchiveError
from warehouse.home import Home
from warehouse.staging import (
    Batch,
    Entry,
    batch_id,
    entry_list,
    entry_read,
    entry_refused,
    entry_seen,
    raw_file_of,
    stage,
    staged,
    unstage,
)

AT = datetime(2026, 1, 31, 8, tzinfo=UTC)
RAW: dict[str, Any] = {"path": "folder/2026/01/r-1.warc.gz", "size": 9, "sha256": "00", "records": 2}


def capture(text: str) -> Capture:
    body = text.encode()
    return Capture(
        source="folder",
        ref="file:///inbox/a.txt",
        name="a\n\u2028b.txt",
        target_uri="file:///inbox/a.txt",
        captured_at=AT,
        media_type="text/plain",
        body=body,
        payload_sha256=digest(body),
        content_sha256=digest(body),
        facts_sha256=facts_digest(NOTHING),
    )


def batch(*entries: Entry) -> Batch:
    return Batch("20260131T080000Z-abcdef-00001", "20260131T080000Z-abcdef", "folder", "ingest", "x", RAW, entries)


def some() -> Batch:
    read = capture("A bridge opens\n\nThe bridge over the harbour opens today.\n\nIt carries trams.")
    refused = Refusal(Candidate("folder", "file:///inbox/b", "b", 0), "skipped", "still growing")
    return batch(
        entry_read(read, RAW["path"], 7, answer(read).open()),
        entry_read(read, RAW["path"], 8, (rejected("two\nlines"),)),
        entry_list(read, RAW["path"], 9),
        entry_seen(read),
        entry_refused(refused, AT),
    )


def test_what_is_staged_comes_back(tmp_path: Path) -> None:
    path = stage(Home(tmp_path), some())
    assert list(staged(Home(tmp_path))) == [path]
    assert unstage(path) == some()
    assert raw_file_of(path) == RAW


def test_a_reader_cannot_break_the_lines(tmp_path: Path) -> None:
    spread = from_json(answer(capture("One line\n\nAnd another one.")).told.replace(b"[[{", b"[\n[{"))
    path = stage(Home(tmp_path), batch(entry_read(capture("x"), RAW["path"], 7, spread), *some().entries))
    assert unstage(path).entries[0].items == spread
    assert unstage(path).entries[1:] == some().entries


def test_what_the_first_version_left_is_read(tmp_path: Path) -> None:
    path = tmp_path / "20260131T080000Z-abcdef-00001.json"
    path.write_bytes(to_json(some()))
    assert unstage(path) == some()
    assert raw_file_of(path) == RAW


@pytest.mark.parametrize("damage", [b"", b"{}", b"[1]", b"{", b'{"format":3,"raw_file":null}'])
def test_what_is_no_batch_is_named(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(damage)
    with pytest.raises(ArchiveError, match=r"x\.json: not a staged batch"):
        unstage(path)


def test_a_cut_file_is_named(tmp_path: Path) -> None:
    path = stage(Home(tmp_path), some())
    whole: Any = path.read_bytes()
    path.write_bytes(whole[: whole.index(b"\n", 600)])
    with pytest.raises(ArchiveError, match="not a staged batch"):
        unstage(path)


def test_batches_wait_in_the_order_in_which_they_were_numbered(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.staging.mkdir()
    for number in (100_000, 1_000, 99_000):
        stage(home, replace(batch(), batch_id=batch_id("20260131T080000Z-abcdef", number)))
    stage(home, replace(batch(), batch_id=batch_id("20260130T080000Z-ffffff", 100_001)))
    names = [unstage(path).batch_id for path in staged(home)]
    assert [name.split("-", 1)[1] for name in names] == [
        "ffffff-100001",
        "abcdef-01000",
        "abcdef-99000",
        "abcdef-100000",
    ]
