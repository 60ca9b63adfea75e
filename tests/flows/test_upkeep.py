"""Upkeep: raw is looked at again in rounds, the database gives room back, what is wrong is told once, and its end."""

import json
import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.cli import main
from flows.upkeep import maintain, remove_left_overs
from sources.errors import DiskFull
from tests.desk import NOON, Desk
from tests.samples import QUAY
from warehouse.compacting import compact
from warehouse.connection import attached
from warehouse.rebuilding import rebuild
from warehouse.rounds import ROUND, Checked, due
from warehouse.vault.chain import BEFORE_THE_FIRST, Line
from warehouse.vault.heads import against_heads, note_head

TEXT = "\n\n".join(QUAY)
COMMENTS = "SELECT table_name, column_name, comment FROM duckdb_columns() ORDER BY ALL"
PAUSES = st.lists(st.integers(min_value=1, max_value=40), min_size=1, max_size=60)


def line(n: int, size: int) -> Line:
    return Line(n, f"{n}.warc.gz", size, "0" * 64, 1, "captures", "", BEFORE_THE_FIRST)


@given(sizes=st.lists(st.integers(min_value=1, max_value=1_000), min_size=1, max_size=30), pauses=PAUSES)
def test_every_file_is_looked_at_once_in_a_round_and_a_pause(sizes: list[int], pauses: list[int]) -> None:
    lines = [line(n, size) for n, size in enumerate(sizes, 1)]
    now, last = NOON, None
    seen = dict.fromkeys(range(1, len(lines) + 1), NOON)
    for days in pauses:
        now += timedelta(days=days)
        chosen = due(lines, last, now)
        last = Checked(chosen[-1].n, now)
        seen |= {one.n: now for one in chosen}
        assert now - min(seen.values()) <= ROUND + 2 * timedelta(days=max(pauses))


def test_what_was_looked_at_longest_ago_comes_first_and_new_files_at_the_end() -> None:
    lines = [line(n, 10) for n in range(1, 7)]
    assert [one.n for one in due(lines, None, NOON)] == [1]
    assert [one.n for one in due(lines, Checked(4, NOON - ROUND / 2), NOON)] == [5, 6, 1]
    assert [one.n for one in due(lines, Checked(6, NOON - 2 * ROUND), NOON)] == [1, 2, 3, 4, 5, 6]
    assert due([], None, NOON) == []


def test_a_damaged_file_is_an_alarm_until_it_is_whole_again(desk: Desk) -> None:
    desk.drop("one.txt", TEXT)
    desk.ingest()
    first = maintain(desk.settings(), lambda: NOON)
    assert (first.findings, first.alarms) == ((), ())
    raw = sorted(desk.home.raw.rglob("*.warc.gz"))[0]
    good = raw.read_bytes()
    raw.chmod(0o644)
    raw.write_bytes(good[:200] + b"?" + good[201:])

    later = [maintain(desk.settings(), lambda: NOON + ROUND) for _ in range(2)]

    cause = f"raw damaged: {raw.relative_to(desk.home.raw).as_posix()}"
    assert [[(one["state"], one["cause"]) for one in made.alarms] for made in later] == [[("raised", cause)], []]
    assert desk.column("SELECT source FROM alarms_open") == ["archive"]
    raw.write_bytes(good)
    (over,) = maintain(desk.settings(), lambda: NOON + ROUND).alarms
    assert (over["state"], over["cause"]) == ("cleared", cause)
    assert desk.rows("FROM alarms_open") == []
    rounds = desk.rows("FROM upkeep ORDER BY observed_at, head_line")
    assert [row["findings"] > 0 for row in rounds] == [False, True, True, False]
    assert desk.wrong() == []
    assert rebuild(desk.home, now=lambda: NOON, wait=5.0, seen=lambda _: None) == desk.content_hash()
    assert desk.rows("FROM upkeep ORDER BY observed_at, head_line") == rounds, "where the rounds are survives a rebuild"


def test_a_database_with_holes_is_copied_and_says_the_same(desk: Desk) -> None:
    desk.drop("one.txt", TEXT)
    desk.ingest()
    with attached(desk.home.warehouse) as con:
        con.execute("CREATE TABLE kept.ballast AS SELECT uuid()::VARCHAR AS one FROM range(200_000)")
        con.execute("CHECKPOINT archive")
    desk.drop("behind.txt", TEXT.replace("quay", "mole"))
    desk.ingest()  # lies behind the ballast, so that the file cannot simply be cut off
    with attached(desk.home.warehouse) as con:
        con.execute("DROP TABLE kept.ballast")
        con.execute("CHECKPOINT archive")
        comments = con.execute(COMMENTS).fetchall()
    before, said = desk.home.warehouse.stat().st_size, desk.content_hash()
    assert compact(desk.home) == 0, "too small to be worth it"
    (desk.home.root / "warehouse.duckdb.next").write_bytes(b"what a dead process left of a copy")

    saved = compact(desk.home, least=0)

    assert saved > 1_000_000
    assert desk.home.warehouse.stat().st_size == before - saved
    assert compact(desk.home, least=0) == 0, "no holes are left"
    assert desk.content_hash() == said
    with attached(desk.home.warehouse) as con:
        assert con.execute(COMMENTS).fetchall() == comments
    desk.drop("two.txt", TEXT.replace("quay", "pier"))
    desk.ingest()
    assert desk.wrong() == []


def test_left_overs_go_and_what_waits_stays(desk: Desk) -> None:
    desk.drop("one.txt", TEXT)
    desk.ingest()
    staging = desk.home.staging
    old = [staging / "gone.json.open", staging / "lists" / "gone" / "00001", staging / "duckdb.tmp" / "left.tmp"]
    kept = [staging / "waits.json", staging / "now.json.open", staging / "folder.lock"]
    for path in (*old, *kept):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    long_ago = time.time() - 10 * 24 * 3600
    for path in (*old, old[1].parent, kept[0], kept[2]):
        os.utime(path, (long_ago, long_ago))

    assert remove_left_overs(desk.home) == 3

    assert not any(path.exists() for path in old)
    assert all(path.exists() for path in kept)


def test_a_list_that_was_cut_or_written_anew_is_told_by_the_heads_noted_elsewhere(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "elsewhere" / "heads.jsonl"
    desk.drop("one.txt", TEXT)
    desk.ingest()
    maintain(desk.settings(backup_heads=place), lambda: NOON)
    noted = json.loads(place.read_text())
    assert noted["n"] >= 3
    with place.open("a") as file:
        file.write('{"at": "20')
    assert list(against_heads(desk.home, place)) == []

    manifest = desk.home.manifest
    whole = manifest.read_bytes()
    manifest.write_bytes(b"".join(whole.splitlines(keepends=True)[:2]))
    (cut,) = against_heads(desk.home, place)
    manifest.write_bytes(whole.replace(b'"records":', b'"records": '))
    (anew,) = against_heads(desk.home, place)

    assert "lines were cut off" in cut.what
    assert "written anew" in anew.what
    manifest.write_bytes(whole)
    assert note_head(desk.home, place, NOON).n > noted["n"], "upkeep itself is in the list by now"


def test_a_full_disk_ends_a_run_before_it_writes_and_upkeep_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.drop("one.txt", TEXT)
    with pytest.raises(DiskFull, match="disk_floor_mb wants 1,000,000,000"):
        desk.ingest(disk_floor_mb=1_000_000_000)
    assert not list(desk.home.raw.rglob("*.warc.gz"))

    (alarm,) = maintain(desk.settings(disk_floor_mb=1_000_000_000), lambda: NOON).alarms
    assert (alarm["cause"], alarm["state"]) == ("disk nearly full", "raised")
    (over,) = maintain(desk.settings(), lambda: NOON).alarms
    assert over["state"] == "cleared"

    monkeypatch.setenv("COMMUNIQUE_DISK_FLOOR_MB", "1000000000")
    monkeypatch.setattr("sys.argv", ["communique", "--home", str(desk.home.root), "maintain", "--direct"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 73
    assert "make room" in capsys.readouterr().err
