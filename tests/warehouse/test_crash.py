"""Killed anywhere, run again: the archive is the one that a run which never crashed makes."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.desk import Desk
from tests.launching import Launcher, until
from tests.samples import ORCHARD, QUAY, edited, news, news_tc

PLACES = (
    "after_warc_write",
    "after_seal",
    "after_staging",
    "after_journal",
    "before_commit",
    "after_commit",
    "before_publish",
)
KILLED = -9
ADDRESS = "https://www.info.gov.hk/gia/general/202506/25/P2025062500411.htm"
BATCH = {"COMMUNIQUE_BATCH_SIZE": "1"}


def fill(desk: Desk) -> None:
    """An inbox with something of everything: new, repeated, same headline, refused, unreadable, with facts."""
    desk.drop("a.txt", news())
    desk.drop("b.txt", news())
    desk.drop("c.txt", news_tc())
    desk.drop("d.txt", news("Ninth quay", paragraphs=ORCHARD), {"url": ADDRESS})
    desk.drop("e.txt", b"")
    desk.drop("f.bin", bytes(range(256)) * 8)
    desk.drop("g.txt", news("Ninth quay", paragraphs=edited(ORCHARD, "five", "six")), {"url": ADDRESS})


def listed(desk: Desk) -> Path:
    """The same address seen again and again, and back to its first text, among others."""
    first = news("Ninth quay", paragraphs=QUAY)
    texts = {"1": first, "2": first.replace("4,000", "5,200"), "3": first, "4": news_tc(), "5": first}
    rows = []
    for hour, (name, text) in enumerate(texts.items()):
        (desk.root / f"{name}.txt").write_text(text, encoding="utf-8")
        address = ADDRESS if name != "4" else ""
        rows.append({"file": f"{name}.txt", "url": address, "seen_at": f"2025-06-25T{10 + hour}:00:00Z"})
    return desk.list_of(rows)


def from_folder(desk: Desk) -> tuple[str, ...]:
    fill(desk)
    return ("--inbox", str(desk.inbox))


def from_list(desk: Desk) -> tuple[str, ...]:
    return ("--manifest", str(listed(desk)))


Given = Callable[[Desk], tuple[str, ...]]


@pytest.fixture(scope="module")
def untroubled(tmp_path_factory: pytest.TempPathFactory, launcher: Launcher) -> dict[Given, str]:
    """Content hashes of archives that were made in one go."""
    hashes: dict[Given, str] = {}
    for given in (from_folder, from_list):
        desk = Desk(tmp_path_factory.mktemp("untroubled"))
        assert launcher.run(desk, "run", "--direct", *given(desk), env=BATCH).code == 0
        assert desk.wrong() == []
        hashes[given] = desk.content_hash()
    return hashes


def crash(desk: Desk, launcher: Launcher, arguments: tuple[str, ...], place: str) -> None:
    ended = launcher.run(desk, "run", "--direct", *arguments, env=BATCH | {"COMMUNIQUE_CRASH_AT": place})
    assert ended.code == KILLED, f"no run comes by {place}: {ended.err}"


def converges(desk: Desk, arguments: tuple[str, ...], expected: str) -> None:
    """One run that nobody kills, then the same archive as if nobody ever had."""
    desk.ingest(Path(arguments[1]) if arguments[0] == "--manifest" else None, batch_size=1)
    assert desk.content_hash() == expected
    assert desk.wrong() == []
    assert desk.rows("FROM kept.readings QUALIFY count(*) OVER (PARTITION BY input_sha256, item, version) > 1") == []
    assert desk.rows("FROM kept.captures QUALIFY count(*) OVER (PARTITION BY input_sha256) > 1") == []
    assert list(desk.home.staging.glob("*.json")) == []


@pytest.mark.parametrize("place", [*(f"{place}:2" for place in PLACES[:-1]), PLACES[-1]])
def test_a_kill_at_a_named_place(desk: Desk, launcher: Launcher, untroubled: dict[Given, str], place: str) -> None:
    arguments = from_folder(desk)
    crash(desk, launcher, arguments, place)
    converges(desk, arguments, untroubled[from_folder])


@pytest.mark.parametrize("place", ["after_seal:1", "after_staging:2", "after_journal:2"])
def test_a_kill_within_a_history(desk: Desk, launcher: Launcher, untroubled: dict[Given, str], place: str) -> None:
    arguments = from_list(desk)
    crash(desk, launcher, arguments, place)
    converges(desk, arguments, untroubled[from_list])


@pytest.mark.slow
@pytest.mark.parametrize(
    "places",
    [
        ("after_warc_write:1", "after_seal:1", "before_commit:1"),  # nothing is known of the first batch yet
        ("after_seal:3", "after_staging:1"),  # an orphan is taken up, and lost again
        ("after_staging:3", "after_journal:1", "before_commit:1"),  # a batch is decided, and decided anew
        ("after_commit:3", "before_publish"),  # all is loaded, twice nobody is told
    ],
)
def test_kills_while_making_good_an_earlier_kill(
    desk: Desk, launcher: Launcher, untroubled: dict[Given, str], places: tuple[str, ...]
) -> None:
    arguments = from_folder(desk)
    for place in places:
        crash(desk, launcher, arguments, place)
    converges(desk, arguments, untroubled[from_folder])


def has_sealed(desk: Desk, least: int) -> bool:
    return len(list(desk.home.raw.rglob("*.warc.gz"))) >= least


@pytest.mark.slow
def test_kills_at_any_moment(desk: Desk, launcher: Launcher, untroubled: dict[Given, str]) -> None:
    """Each kill on an archive of its own, as soon as so many files were sealed; where it hits is left to chance."""
    killed = 0
    for sealed in (0, 2, 4, 6, 8):
        struck = Desk(desk.root / f"after-{sealed}")
        arguments = from_folder(struck)
        running = launcher.start(struck, "run", "--direct", *arguments, env=BATCH)
        until(partial(has_sealed, struck, sealed))
        running.kill()
        killed += running.wait().code == KILLED
        converges(struck, arguments, untroubled[from_folder])
    assert killed > 0
