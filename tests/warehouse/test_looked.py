"""What a run need not look through again: folders of raw files that were in order and have not changed since."""

import fcntl
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.capture import Capture
from warehouse.home import Home
from warehouse.vault.looked import folders_below, read_looked
from warehouse.vault.manifest import lines
from warehouse.vault.salvage import NOTED, Recovered, recover
from warehouse.vault.warc import Sealed, preserve

MakeCapture = Callable[..., Capture]
NOW = datetime(2025, 7, 1, tzinfo=UTC)
LATER = datetime(2025, 8, 1, tzinfo=UTC)


@pytest.fixture
def one(make_capture: MakeCapture) -> Capture:
    return make_capture("a.txt", b"release " * 30)


def kept(home: Home, capture: Capture, number: int, at: datetime = NOW) -> Sealed:
    return preserve(home, [capture], source="folder", run_id="r", number=number, written_at=at)


def long_ago(home: Home) -> None:
    """As if nothing had changed for a while, so that times of change can be relied upon."""
    for folder, _, _ in os.walk(home.raw):
        os.utime(folder, (time.time() - 60, time.time() - 60))


def looked_at(home: Home) -> list[str]:
    noted, _ = read_looked(home, NOTED)
    return [name for name, _, names in folders_below(home.raw, noted.folders) if names is not None]


@pytest.fixture
def settled(home: Home, one: Capture) -> Home:
    """Two months of raw files that were looked through."""
    kept(home, one, 1)
    kept(home, one, 2, LATER)
    long_ago(home)
    assert recover(home, now=NOW) == Recovered()
    return home


def unlisted(home: Home, one: Capture, number: int, at: datetime = NOW) -> str:
    """A sealed file that its run did not live to list."""
    other = Home(home.root.with_name(f"other{number}"))
    sealed = kept(other, one, number, at)
    shutil.copy(other.raw / sealed.path, home.raw / sealed.path)
    return sealed.path


def test_only_folders_that_changed_are_looked_through(settled: Home, one: Capture) -> None:
    assert "folder/2025/07" not in looked_at(settled)
    kept(settled, one, 3, LATER)
    assert "folder/2025/08" in looked_at(settled)
    assert "folder/2025/07" not in looked_at(settled)
    assert recover(settled, now=NOW) == Recovered()


def test_an_unlisted_file_is_found_whenever_it_came(settled: Home, one: Capture) -> None:
    path = unlisted(settled, one, 3)
    assert recover(settled, now=NOW).adopted == (path,)
    kept(settled, one, 4)
    path = unlisted(settled, one, 5)
    assert recover(settled, now=NOW).adopted == (path,)
    assert recover(settled, now=NOW) == Recovered()
    assert len(lines(settled)) == 5


def test_a_folder_with_a_living_writer_is_looked_through_again(settled: Home, one: Capture) -> None:
    path = settled.raw / unlisted(settled, one, 3)
    unfinished = path.rename(path.with_name(path.name + ".open"))
    with unfinished.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        long_ago(settled)
        assert recover(settled, now=NOW).busy == (f"folder/2025/07/{unfinished.name}",)
    assert recover(settled, now=NOW).sealed == (f"folder/2025/07/{path.name}",)


def test_what_changed_a_moment_ago_is_not_relied_upon(home: Home, one: Capture) -> None:
    kept(home, one, 1)
    recover(home, now=NOW)
    noted, _ = read_looked(home, NOTED)
    assert [(folder.changed_ns, folder.sealed) for folder in noted.folders.values() if folder.sealed] == [(0, 1)]


@pytest.mark.parametrize("damage", [b"", b"{", b"null", b'{"n": 1, "sha256": "00", "folders": {}}'])
def test_a_note_that_cannot_be_read_or_is_of_another_archive_is_void(
    settled: Home, one: Capture, damage: bytes
) -> None:
    path = unlisted(settled, one, 3)
    (settled.staging / f"{NOTED}.looked").write_bytes(damage)
    assert recover(settled, now=NOW).adopted == (path,)


def test_a_note_of_a_longer_list_is_void(settled: Home, one: Capture, tmp_path: Path) -> None:
    older = Home(tmp_path / "older")
    kept(older, replace(one, name="b.txt"), 9)
    path = unlisted(older, one, 3)
    older.staging.mkdir()
    shutil.copy(settled.staging / f"{NOTED}.looked", older.staging)
    assert recover(older, now=NOW).adopted == (path,)
