"""Whatever a dead run left in the raw folder, the next run keeps all that is whole and loses nothing."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.capture import Capture
from warehouse.home import Home
from warehouse.vault.journal import Journal, read_journal, write_journal
from warehouse.vault.manifest import audit, lines
from warehouse.vault.salvage import Recovered, recover
from warehouse.vault.verify import verify_raw
from warehouse.vault.warc import Sealed, captures_in, preserve

MakeCapture = Callable[..., Capture]

NOW = datetime(2025, 7, 1, tzinfo=UTC)
PROJECT = Path(__file__).resolve().parents[2]

# Each file is larger than the writer's buffer, so that a kill leaves a part of it.
WRITE_THREE_FILES = """
import random
import sys
from datetime import UTC, datetime
from pathlib import Path
from sources.capture import Capture, digest
from warehouse.home import Home
from warehouse.vault.journal import Journal, write_journal
from warehouse.vault.warc import preserve

now = datetime(2025, 7, 1, tzinfo=UTC)
home = Home(Path(sys.argv[1]))
for number in (1, 2, 3):
    bodies = [b"file %d capture %d " % (number, n) + random.Random(n).randbytes(800_000) for n in range(3)]
    captures = [
        Capture("folder", f"ref{n}", f"name{n}", f"file:///inbox/{n}", now, "text/plain", body, digest(body),
                digest(body), digest(b""))
        for n, body in enumerate(bodies)
    ]
    preserve(home, captures, source="folder", run_id="r", number=number, written_at=now)
    write_journal(home, Journal(f"batch{number}", "r", "folder", now, {"rows": [{"n": number}]}), written_at=now)
"""


def run_until_killed(home: Home, crash_at: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", WRITE_THREE_FILES, str(home.root)],
        cwd=PROJECT,
        env=os.environ | {"COMMUNIQUE_CRASH_AT": crash_at},
        check=False,
    )
    assert ran.returncode == -9


def contents(home: Home) -> list[tuple[str, bytes]]:
    """Every capture that the manifest leads to."""
    return [
        (line.path, capture.body)
        for line in lines(home)
        if line.kind == "captures"
        for _, capture in captures_in(home.raw / line.path)
    ]


def failures(home: Home) -> list[str]:
    return [finding.what for finding in verify_raw(home) if finding.is_failure]


@pytest.fixture
def three(make_capture: MakeCapture) -> list[Capture]:
    return [make_capture(f"{n}.txt", b"release %d " % n * 30) for n in range(3)]


def kept(home: Home, captures: list[Capture]) -> Sealed:
    return preserve(home, captures, source="folder", run_id="r", number=1, written_at=NOW)


def test_nothing_to_do_in_an_empty_or_a_sound_home(home: Home, three: list[Capture]) -> None:
    assert recover(home, now=NOW) == Recovered()
    kept(home, three)
    assert recover(home, now=NOW) == Recovered()


@pytest.mark.parametrize("place", ["after_warc_write", "after_seal", "after_journal"])
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_after_a_kill_the_raw_folder_is_sound_again(home: Home, place: str, nth: int) -> None:
    run_until_killed(home, f"{place}:{nth}")
    done = recover(home, now=NOW)
    assert failures(home) == []
    assert not list(home.raw.rglob("*.open"))
    found = contents(home)
    if place == "after_warc_write":
        assert 3 * nth - 3 < len(found) < 3 * nth
        assert done.sealed == done.adopted == (f"folder/2025/07/r-{nth}.warc.gz",)
    else:
        assert len(found) == 3 * nth
        assert done == Recovered()
    assert len([line for line in lines(home) if line.kind == "journal"]) == nth - (place != "after_journal")
    assert recover(home, now=NOW) == Recovered()


def test_a_file_cut_anywhere_keeps_every_whole_capture(tmp_path: Path, three: list[Capture]) -> None:
    sealed = kept(Home(tmp_path / "whole"), three)
    data = (tmp_path / "whole" / "raw" / sealed.path).read_bytes()
    ends = [*(place.offset for place in sealed.kept[1:]), len(data)]  # where captures 1, 2 and 3 end
    middles = [place.offset + place.length for place in sealed.kept]  # between a resource and its metadata
    near = {cut + step for cut in (*ends, *middles) for step in (-1, 0, 1)} & set(range(len(data) + 1))
    for length in sorted({0, 5, *near, *range(9, len(data), 37)}):
        home = Home(tmp_path / str(length))
        unfinished = home.raw / (sealed.path + ".open")
        unfinished.parent.mkdir(parents=True)
        unfinished.write_bytes(data[:length])
        done = recover(home, now=NOW)
        whole = sum(end <= length for end in ends)
        assert [body for _, body in contents(home)] == [capture.body for capture in three[:whole]]
        assert done.adopted == done.sealed == ((sealed.path,) if whole else ())
        assert not unfinished.exists()
        left = b"".join((home.raw / path).read_bytes() for path in (*done.sealed, *done.torn))
        assert left == data[:length], "every byte is still there"
        assert failures(home) == []
        assert recover(home, now=NOW) == Recovered()


def test_zeros_behind_a_whole_part_are_set_aside(home: Home, three: list[Capture]) -> None:
    path = home.raw / kept(home, three).path
    data = path.read_bytes()
    shutil.rmtree(home.root)
    path.parent.mkdir(parents=True)
    path.with_name(path.name + ".open").write_bytes(data + b"\0" * 4096)
    done = recover(home, now=NOW)
    assert len(contents(home)) == 3
    assert [(home.raw / torn).read_bytes() for torn in done.torn] == [b"\0" * 4096]


def test_damage_in_the_middle_ends_the_whole_part(home: Home, three: list[Capture]) -> None:
    sealed = kept(home, three)
    path = home.raw / sealed.path
    data = bytearray(path.read_bytes())
    data[sealed.kept[1].offset + 100] ^= 1
    shutil.rmtree(home.root)
    path.parent.mkdir(parents=True)
    path.with_name(path.name + ".open").write_bytes(data)
    done = recover(home, now=NOW)
    assert [body for _, body in contents(home)] == [three[0].body]
    assert (home.raw / done.torn[0]).read_bytes() == data[sealed.kept[1].offset :]


def test_an_unfinished_journal_is_set_aside_whole_each_time(home: Home) -> None:
    batch = Journal("b1", "r", "folder", NOW, {"rows": [{"n": 1}]})
    for copy in ("one", "two"):
        other = Home(home.root.with_name(copy))
        path = write_journal(other, replace(batch, run_id=copy), written_at=NOW).path
        unfinished = home.raw / (path + ".open")
        unfinished.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(other.raw / path, unfinished)
        assert recover(home, now=NOW).sealed == ()
    assert sorted(path.name for path in home.raw.rglob("*.torn")) == ["b1.warc.gz.2.torn", "b1.warc.gz.torn"]
    sealed = write_journal(home, batch, written_at=NOW)
    assert read_journal(home, sealed.path) == batch
    assert failures(home) == []


def test_sealed_files_without_a_line_are_listed_in_name_order(tmp_path: Path, three: list[Capture]) -> None:
    first, home = Home(tmp_path / "first"), Home(tmp_path / "second")
    for number in (2, 1, 3):
        preserve(first, three[:number], source="folder", run_id="r", number=number, written_at=NOW)
    write_journal(first, Journal("b1", "r", "folder", NOW, {"rows": []}), written_at=NOW)
    shutil.copytree(first.raw, home.raw, ignore=shutil.ignore_patterns("manifest*"))
    done = recover(home, now=NOW)
    assert list(done.adopted) == [line.path for line in lines(home)] == sorted(line.path for line in lines(first))
    facts = [{(line.path, line.size, line.sha256, line.records, line.kind) for line in lines(h)} for h in (first, home)]
    assert facts[0] == facts[1]
    assert failures(home) == []


def test_a_damaged_file_without_a_line_is_refused_and_left_as_it_is(tmp_path: Path, three: list[Capture]) -> None:
    first, home = Home(tmp_path / "first"), Home(tmp_path / "second")
    sealed = kept(first, three)
    data = (first.raw / sealed.path).read_bytes()[:-1]
    path = home.raw / sealed.path
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    assert recover(home, now=NOW) == Recovered(refused=(sealed.path,))
    assert (path.read_bytes(), lines(home)) == (data, [])
    assert failures(home) == ["the manifest lacks this file"]


def test_a_living_writers_files_are_left_alone(tmp_path: Path, three: list[Capture]) -> None:
    first, home = Home(tmp_path / "first"), Home(tmp_path / "second")
    sealed = kept(first, three)
    path = home.raw / sealed.path
    path.parent.mkdir(parents=True)
    shutil.copy(first.raw / sealed.path, path)
    unfinished = path.with_name("r-2.warc.gz.open")
    unfinished.write_bytes(b"only begun")
    with path.open("rb") as one, unfinished.open("rb") as two:
        fcntl.flock(one, fcntl.LOCK_EX)
        fcntl.flock(two, fcntl.LOCK_EX)
        unfinished_name = unfinished.relative_to(home.raw).as_posix()
        assert recover(home, now=NOW) == Recovered(busy=(unfinished_name, sealed.path))
        assert failures(home) == []
    assert unfinished.read_bytes() == b"only begun"
    assert recover(home, now=NOW).adopted == (sealed.path,)


def test_salvage_beside_writers_loses_and_doubles_nothing(home: Home) -> None:
    writer = subprocess.Popen([sys.executable, "-c", WRITE_THREE_FILES, str(home.root)], cwd=PROJECT)
    while writer.poll() is None:
        recover(home, now=NOW)
    assert writer.returncode == 0
    assert recover(home, now=NOW) == Recovered()
    assert len({body for _, body in contents(home)}) == len(contents(home)) == 9
    assert audit(home)[1] == []
    assert failures(home) == []
