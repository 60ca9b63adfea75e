"""verify finds every change to the raw folder, names the place, and says nothing about a sound one."""

import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.capture import Capture
from warehouse.home import Home
from warehouse.vault.journal import Journal, write_journal
from warehouse.vault.manifest import head_path
from warehouse.vault.verify import Finding, verify_raw
from warehouse.vault.warc import Sealed, preserve

MakeCapture = Callable[..., Capture]

NOW = datetime(2025, 7, 1, tzinfo=UTC)
SEED = 20250701
FLIPS = 400
GZIP_HEADER_BYTES = 10


@pytest.fixture
def archive(home: Home, make_capture: MakeCapture) -> tuple[Home, Sealed, Sealed]:
    """A home with two files of captures and a journal; gives the first file and the journal."""
    words = random.Random(SEED)
    bodies = [words.randbytes(40).hex().encode() * 3 for _ in range(6)]
    captures = [make_capture(f"{n}.txt", body) for n, body in enumerate(bodies)]
    first = preserve(home, captures[:3], source="folder", run_id="r", number=1, written_at=NOW)
    preserve(home, captures[3:], source="folder", run_id="r", number=2, written_at=NOW)
    rows = {"readings": [{"n": n} for n in range(9)], "outcomes": []}
    journal = write_journal(home, Journal("b1", "r", "folder", NOW, rows), written_at=NOW)
    return home, first, journal


def failures(home: Home, *, deep: bool = True) -> list[Finding]:
    return [finding for finding in verify_raw(home, deep=deep) if finding.is_failure]


def test_a_sound_folder_gives_no_finding(archive: tuple[Home, Sealed, Sealed]) -> None:
    for deep in (True, False):
        assert list(verify_raw(archive[0], deep=deep)) == []
    assert list(verify_raw(Home(archive[0].root / "empty"))) == []


@pytest.mark.parametrize("deep", [True, False])
def test_every_flipped_bit_is_found(archive: tuple[Home, Sealed, Sealed], deep: bool) -> None:
    home = archive[0]
    chosen = random.Random(SEED)
    files = [path for path in sorted(home.raw.rglob("*")) if path.is_file() and path.name != "manifest.lock"]
    assert len(files) == 5
    for _ in range(FLIPS):
        path = chosen.choice(files)
        sound = path.read_bytes()
        flipped = bytearray(sound)
        position, bit = chosen.randrange(len(sound)), chosen.randrange(8)
        flipped[position] ^= 1 << bit
        path.write_bytes(flipped)
        assert failures(home, deep=deep) != [], f"{path.name} byte {position} bit {bit}"
        path.write_bytes(sound)
    assert failures(home) == []


def test_a_flip_is_placed_at_its_record_and_names_the_capture(archive: tuple[Home, Sealed, Sealed]) -> None:
    home, first, _ = archive
    path = home.raw / first.path
    sound = path.read_bytes()
    place = first.kept[1]
    metadata = place.offset + place.length
    for start, end in ((place.offset, metadata), (metadata, first.kept[2].offset)):
        for position in range(start + GZIP_HEADER_BYTES, end - 1, 9):
            flipped = bytearray(sound)
            flipped[position] ^= 4
            path.write_bytes(flipped)
            (found,) = failures(home)
            assert (found.file, found.offset, found.ref) == (first.path, start, "file:///inbox/1.txt")


def test_one_damaged_record_does_not_hide_another(archive: tuple[Home, Sealed, Sealed]) -> None:
    home, first, _ = archive
    path = home.raw / first.path
    data = bytearray(path.read_bytes())
    for place in (first.kept[0], first.kept[2]):
        data[place.offset + place.length // 2] ^= 1
    path.write_bytes(data)
    assert [finding.ref for finding in failures(home)] == ["file:///inbox/0.txt", "file:///inbox/2.txt"]


@pytest.mark.parametrize("which", [1, 2])
def test_every_cut_is_found(archive: tuple[Home, Sealed, Sealed], which: int) -> None:
    home, sealed = archive[0], archive[which]
    assert isinstance(sealed, Sealed)
    path = home.raw / sealed.path
    sound = path.read_bytes()
    for length in range(0, len(sound), 37):
        path.write_bytes(sound[:length])
        assert [finding.file for finding in failures(home, deep=False)] != []
    path.write_bytes(sound)


def remove(path: Path, other: Path) -> None:
    path.unlink()


def swap(path: Path, other: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(other.read_bytes())
    other.write_bytes(data)


def double(path: Path, other: Path) -> None:
    shutil.copy(path, path.with_name("copy.warc.gz"))


def lengthen(path: Path, other: Path) -> None:
    path.write_bytes(path.read_bytes() + path.read_bytes())


def link(path: Path, other: Path) -> None:
    path.unlink()
    path.symlink_to(other)


def stray(path: Path, other: Path) -> None:
    path.with_name("notes.txt").write_text("not ours")


@pytest.mark.parametrize("change", [remove, swap, double, lengthen, link, stray])
def test_files_removed_swapped_doubled_or_added_are_found(
    archive: tuple[Home, Sealed, Sealed], change: Callable[[Path, Path], None]
) -> None:
    home, first, _ = archive
    path = home.raw / first.path
    change(path, path.with_name("r-2.warc.gz"))
    found = failures(home)
    assert found != []
    assert all(finding.file.startswith("folder/2025/07/") and finding.next_step for finding in found)


def test_a_manifest_cut_at_a_line_is_found_though_every_line_is_right(archive: tuple[Home, Sealed, Sealed]) -> None:
    home, _, journal = archive
    whole = home.manifest.read_bytes().splitlines(keepends=True)
    home.manifest.write_bytes(b"".join(whole[:-1]))
    found = failures(home)
    assert [finding.file for finding in found] == ["manifest.jsonl", journal.path]
    assert "lines are missing" in found[0].what
    head_path(home).unlink()
    assert failures(home) != []


def test_what_a_crash_leaves_is_told_but_no_failure(archive: tuple[Home, Sealed, Sealed]) -> None:
    home, first, _ = archive
    folder = (home.raw / first.path).parent
    (folder / "r-9.warc.gz.torn").write_bytes(b"half a member")
    (folder / "r-8.warc.gz.open").write_bytes(b"half a file")
    told = list(verify_raw(home))
    assert [(finding.file.rpartition("/")[2], finding.is_failure) for finding in told] == [
        ("r-8.warc.gz.open", False),
        ("r-9.warc.gz.torn", False),
    ]


def test_an_unreadable_file_is_named_and_the_others_are_checked(archive: tuple[Home, Sealed, Sealed]) -> None:
    home, first, journal = archive
    (home.raw / first.path).unlink()
    (home.raw / first.path).mkdir()
    (home.raw / journal.path).write_bytes(b"")
    assert {finding.file for finding in failures(home)} == {first.path, journal.path}
