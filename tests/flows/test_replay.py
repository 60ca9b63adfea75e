"""Quarantine and replay: what was put aside is read again from its preserved bytes, as often as somebody asks."""

import json
from collections.abc import Iterator

import pytest

from flows.replay import replay
from flows.run import open_run
from parsers.answering import read_capture
from parsers.readings import Reading
from sources.capture import Capture
from tests.desk import Desk
from tests.launching import Launcher
from tests.samples import news

TABLE = b"place,ships\nLantern Bay,9\nOld Pier,3\n"


class Learned:
    """Reading processes of a later release of this program, which can make text of a table."""

    def __init__(self, _workers: int) -> None:
        pass

    def __enter__(self) -> "Learned":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def submit(self, captures: list[Capture]) -> "Learned":
        self.captures = captures
        return self

    def result(self) -> list[tuple[Reading, ...]]:
        return [self._read(capture) for capture in self.captures]

    def _read(self, capture: Capture) -> tuple[Reading, ...]:
        circumstances = capture.circumstances() | {"media_type": "text/plain"}
        return read_capture(Capture.from_circumstances(circumstances, capture.body))


@pytest.fixture
def learned() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def replayed(desk: Desk, *only: str) -> dict[str, int]:
    run = open_run(desk.settings(), "folder", flow="replay", now=lambda: desk.now)
    return {outcome: n for outcome, n in replay(run, only).items() if n}


def test_read_again_by_the_same_parsers_it_stays_where_it_is(desk: Desk) -> None:
    desk.drop("ships.csv", TABLE)
    desk.drop("empty.txt", b"")
    desk.drop("a.txt", news())
    assert desk.ingest() == {"new": 1, "quarantined": 2}
    waiting, sizes = desk.rows("FROM quarantine_open"), desk.sizes()
    assert replayed(desk) == {"quarantined": 1}  # the empty file has no bytes to read again
    assert desk.rows("FROM quarantine_open") == waiting
    after = desk.sizes()
    assert {name for name in after if after[name] != sizes[name]} == {"runs", "batches"}
    assert desk.wrong() == []


def test_what_today_can_be_read_becomes_a_release(desk: Desk, learned: pytest.MonkeyPatch) -> None:
    desk.drop("ships.csv", TABLE)
    desk.drop("noise.bin", bytes(range(256)))
    desk.ingest()
    learned.setattr("flows.replay.Readers", Learned)
    assert replayed(desk) == {"new": 1, "quarantined": 1}
    (row,) = desk.rows("SELECT body, first_seen_at FROM releases")
    assert "Lantern Bay" in row["body"]
    assert [row["name"] for row in desk.rows("FROM quarantine_open")] == ["noise.bin"]
    assert desk.ingest() == {"unchanged": 1, "quarantined": 1}
    assert desk.column("SELECT count(*) FROM kept.captures") == [2]  # the bytes are kept once
    assert desk.wrong() == []


def test_only_what_is_named_is_read_again(desk: Desk, learned: pytest.MonkeyPatch) -> None:
    desk.drop("ships.csv", TABLE)
    desk.drop("boats.csv", TABLE.replace(b"ships", b"boats"))
    desk.ingest()
    (name,) = desk.column("SELECT quarantine_id FROM quarantine_open WHERE name = 'boats.csv'")
    learned.setattr("flows.replay.Readers", Learned)
    assert replayed(desk, name) == {"new": 1}
    assert [row["name"] for row in desk.rows("FROM quarantine_open")] == ["ships.csv"]


def test_the_command_counts_what_it_read(desk: Desk, launcher: Launcher) -> None:
    desk.drop("ships.csv", TABLE)
    desk.ingest()
    runs = len(desk.rows("FROM runs_recent"))
    ended = launcher.run(desk, "replay", "--json")
    assert ended.code == 0, ended.err
    told = json.loads(ended.out)
    assert told["outcomes"]["quarantined"] == sum(told["outcomes"].values()) == 1
    stored = desk.rows(f"SELECT outcome, n FROM outcomes_by_run WHERE run_id = '{told['run_id']}' AND n > 0")
    assert stored == [{"outcome": "quarantined", "n": 1}]
    assert len(desk.rows("FROM runs_recent")) == runs + 1


def test_a_corrected_file_leaves_the_quarantine(desk: Desk) -> None:
    desk.drop("a.txt", b"")
    desk.drop("b.txt", news("Second notice"), "not toml at all [")
    assert desk.ingest() == {"quarantined": 2}
    desk.drop("a.txt", news())
    desk.drop("b.txt", news("Second notice"), {"language": "en"})
    outcomes = desk.ingest()
    assert sum(outcomes.values()) == 2
    assert "quarantined" not in outcomes
    assert desk.rows("FROM quarantine_open") == []
