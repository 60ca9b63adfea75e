"""The database made again from raw files and journals alone, after it was lost, spoilt, or just to prove it."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from sources.errors import ArchiveError, DamagedArchive
from tests.desk import Desk
from tests.launching import Launcher
from tests.samples import ORCHARD, news, news_tc
from warehouse.rebuilding import rebuild


@pytest.fixture
def stocked(desk: Desk) -> Desk:
    """An archive of several runs: new, revised, repeated and quarantined."""
    desk.drop("a.txt", news())
    desk.drop("tc.txt", news_tc())
    desk.drop("noise.bin", bytes(range(256)))
    desk.ingest(batch_size=1)
    desk.drop("a.txt", news().replace("4,000", "5,200"))
    desk.drop("copy.txt", news_tc())
    desk.ingest()
    return desk


def rebuilt(desk: Desk) -> str:
    return rebuild(desk.home, now=lambda: desk.now, wait=5.0, seen=lambda _: None)


def everything(desk: Desk) -> dict[str, list[dict[str, object]]]:
    names = desk.column("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'kept'")
    return {name: desk.rows(f"FROM kept.{name} ORDER BY rowid") for name in names}


def test_a_rebuilt_archive_is_the_one_that_was_there(stocked: Desk) -> None:
    before, rows = stocked.content_hash(), everything(stocked)
    assert rebuilt(stocked) == before
    assert everything(stocked) == rows  # run, batch and reading numbers too
    assert stocked.wrong() == []


def test_the_next_run_makes_good_that_both_databases_are_gone(stocked: Desk) -> None:
    before, rows = stocked.content_hash(), everything(stocked)
    stocked.home.warehouse.unlink()
    stocked.home.archive.unlink()
    assert stocked.ingest() == {"unchanged": 3, "quarantined": 1}
    assert stocked.content_hash() == before
    assert stocked.wrong() == []
    after = everything(stocked)
    assert all(after[name][: len(rows[name])] == rows[name] for name in rows)


def cut_in_half(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def overwritten(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(5000))


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def head_spoilt(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:12288] = bytes(8192)
    path.write_bytes(data)


@pytest.mark.parametrize("spoil", [overwritten, emptied, head_spoilt])
def test_a_database_that_does_not_open_is_set_aside_and_made_again(
    stocked: Desk, spoil: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    before = stocked.content_hash()
    spoil(stocked.home.warehouse)
    spoilt = stocked.home.warehouse.read_bytes()
    assert stocked.ingest() == {"unchanged": 3, "quarantined": 1}
    assert stocked.content_hash() == before
    assert stocked.wrong() == []
    (aside,) = stocked.home.root.glob("warehouse.duckdb.before-*")
    assert aside.read_bytes() == spoilt
    assert str(aside) in caplog.text


def test_a_database_that_opens_and_then_cannot_be_read_is_made_again_by_the_second_run(stocked: Desk) -> None:
    """Damage further in shows only when it is read: that run says so and ends, the next one heals."""
    before = stocked.content_hash()
    cut_in_half(stocked.home.warehouse)
    for _ in range(2):
        try:
            outcomes = stocked.ingest()
        except DamagedArchive as error:
            assert "set aside as" in str(error)
        else:
            assert outcomes == {"unchanged": 3, "quarantined": 1}
            break
    assert stocked.content_hash() == before
    assert stocked.wrong() == []


@pytest.mark.parametrize("keep", [0.0, 0.3, 0.9])
def test_a_log_that_lost_its_end_costs_nothing(desk: Desk, launcher: Launcher, keep: float) -> None:
    desk.drop("a.txt", news())
    desk.drop("tc.txt", news_tc())
    desk.ingest()
    desk.drop("b.txt", news("Orchards", paragraphs=ORCHARD))
    launcher.run(desk, "run", "--direct", "--inbox", str(desk.inbox), env={"COMMUNIQUE_CRASH_AT": "after_commit"})
    log = desk.home.warehouse.with_name("warehouse.duckdb.wal")
    data = log.read_bytes()
    assert len(data) > 1000, "the crash left no log: the test proves nothing"
    log.write_bytes(data[: int(len(data) * keep)])
    assert desk.ingest() == {"unchanged": 3}
    assert desk.column("SELECT count(*) FROM releases") == [3]
    assert desk.wrong() == []


def test_a_log_with_a_hole_is_set_aside_with_its_database(desk: Desk, launcher: Launcher) -> None:
    desk.drop("a.txt", news())
    desk.ingest()
    desk.drop("b.txt", news("Orchards", paragraphs=ORCHARD))
    launcher.run(desk, "run", "--direct", "--inbox", str(desk.inbox), env={"COMMUNIQUE_CRASH_AT": "after_commit"})
    log = desk.home.warehouse.with_name("warehouse.duckdb.wal")
    data = bytearray(log.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 600] = bytes(600)
    log.write_bytes(data)
    assert desk.ingest() == {"unchanged": 2}
    assert desk.column("SELECT count(*) FROM releases") == [2]
    assert desk.wrong() == []
    asides = {path.name.rpartition(".")[2] for path in desk.home.root.glob("warehouse.duckdb.before-*")}
    assert "wal" in asides
    assert len(asides) == 2


def test_a_log_without_its_database_is_set_aside(desk: Desk, launcher: Launcher) -> None:
    desk.drop("a.txt", news())
    desk.ingest()
    desk.drop("b.txt", news("Orchards", paragraphs=ORCHARD))
    launcher.run(desk, "run", "--direct", "--inbox", str(desk.inbox), env={"COMMUNIQUE_CRASH_AT": "after_commit"})
    desk.home.warehouse.unlink()
    assert desk.ingest() == {"unchanged": 2}
    assert desk.wrong() == []


def test_a_folder_in_the_databases_place_is_not_taken_for_damage(desk: Desk) -> None:
    desk.home.warehouse.mkdir(parents=True)
    with pytest.raises(ArchiveError, match="see to the disk"):
        desk.ingest()
    assert desk.home.warehouse.is_dir()
