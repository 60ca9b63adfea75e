"""Files still being written: one short pause for a whole run, and none when nothing is young."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.candidate import Refusal
from sources.capture import Capture
from sources.discovery.folder import discover
from sources.fetching import Settling, fetch_all

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
LISTED = 1_700_000_000.0


@dataclass
class Clock:
    """A clock that stands until somebody sleeps; `on_sleep` is what happens in that time."""

    time: float = LISTED
    slept: list[float] = field(default_factory=list)
    on_sleep: Callable[[], object] = lambda: None

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
        self.on_sleep()


def drop_aged(inbox: Path, name: str, age: float, data: bytes = b"text") -> Path:
    path = inbox / name
    path.write_bytes(data)
    os.utime(path, (LISTED - age, LISTED - age))
    return path


def pick_up(inbox: Path, clock: Clock) -> list[Capture | Refusal]:
    settle = Settling(LISTED, clock=lambda: clock.time, sleep=clock.sleep)
    return list(fetch_all(list(discover(inbox)), limit=1000, now=NOW, settle=settle))


def test_old_files_and_files_from_the_future_never_wait(inbox: Path) -> None:
    drop_aged(inbox, "old.txt", 2.0)
    drop_aged(inbox, "future.txt", -3600)
    clock = Clock()
    assert all(isinstance(one, Capture) for one in pick_up(inbox, clock))
    assert clock.slept == []


def test_many_young_files_share_one_pause(inbox: Path) -> None:
    for number in range(50):
        drop_aged(inbox, f"{number}.txt", number / 50)
        drop_aged(inbox, f"{number}.meta.toml", 0.1, b'title = "T"')
    clock = Clock()
    found = pick_up(inbox, clock)
    assert [one.stated.title for one in found if isinstance(one, Capture)] == ["T"] * 50
    assert clock.slept == [1.0]


def test_no_pause_is_left_when_the_listing_is_long_past(inbox: Path) -> None:
    drop_aged(inbox, "young.txt", 0.5)
    clock = Clock(LISTED + 0.75)
    pick_up(inbox, clock)
    assert clock.slept == [0.25]
    clock = Clock(LISTED + 60)
    pick_up(inbox, clock)
    assert clock.slept == []


def test_a_clock_set_back_does_not_stretch_the_pause(inbox: Path) -> None:
    drop_aged(inbox, "young.txt", 0.5)
    clock = Clock(LISTED - 3600)
    pick_up(inbox, clock)
    assert clock.slept == [1.0]


@pytest.mark.parametrize("name", ["young.txt", "young.meta.toml"])
def test_a_file_that_grows_in_the_pause_waits_for_the_next_run(inbox: Path, name: str) -> None:
    drop_aged(inbox, "young.txt", 0.5)
    drop_aged(inbox, "young.meta.toml", 0.5, b'title = "T"\n')
    drop_aged(inbox, "quiet.txt", 0.5)

    clock = Clock()

    def grow() -> None:
        with (inbox / name).open("ab") as out:
            out.write(b'language = "en"\n')
        os.utime(inbox / name, (clock.time, clock.time))

    clock.on_sleep = grow
    quiet, young = pick_up(inbox, clock)
    assert isinstance(quiet, Capture)
    assert isinstance(young, Refusal)
    assert young.outcome == "skipped"
    assert "still growing" in young.reason
