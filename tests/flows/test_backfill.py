"""A backfill over real HTTP on this machine: windows with a state each, kills, gaps, a network that is cut."""

from collections.abc import Iterator
from datetime import date

import pytest

from flows.backfilling import Order
from flows.filling_progress import Course, duration
from flows.foreseeing import foresee, hours_of_all
from flows.windows import Asked
from sources.discovery.window import Window
from tests.desk import Desk, WarmReaders
from tests.gazette import FIRST, GAZETTE, ITEMS, Gazette, answer, backfill, list_of, of_days, on, order, states
from tests.launching import Launcher, until
from tests.press_site import configure, rebuilt, settings_of
from tests.sources.hostile_server import says, whole

KILLED, FAILED = -9, 1


@pytest.fixture(autouse=True)
def warm(readers: WarmReaders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.filling.Readers", readers)


@pytest.fixture
def site() -> Iterator[Gazette]:
    made = Gazette()
    yield made
    made.server.close()


def test_each_day_is_a_window_of_its_own(desk: Desk, site: Gazette) -> None:
    site.issue_daily(8, 2)
    of_days(desk, site)

    made = backfill(desk, 8)

    assert made["outcomes"]["new"] == 16
    assert made["sources"][0]["windows"] == {"done": 8, "partial": 0, "gap": 0, "failed": 0, "left": 0}
    assert desk.rows("SELECT listed, held, failed FROM windows LIMIT 1") == [{"listed": 2, "held": 2, "failed": 0}]
    assert site.lists_asked()[0] == f"{on(7):%Y%m%d}"
    assert desk.wrong() == []
    before = desk.content_hash()
    assert rebuilt(desk) == before
    assert states(desk) == {"done": 8}


def test_what_is_done_is_not_asked_for_again(desk: Desk, site: Gazette) -> None:
    site.issue_daily(6, 1)
    of_days(desk, site)
    backfill(desk, 4)
    site.server.hits.clear()

    assert backfill(desk, 6, oldest_first=True)["outcomes"]["new"] == 2
    assert site.lists_asked() == [f"{on(4):%Y%m%d}", f"{on(5):%Y%m%d}"]

    site.server.hits.clear()
    assert backfill(desk, 6, again=True)["outcomes"]["unchanged"] == 6
    assert len(site.lists_asked()) == 6


def test_killed_and_taken_up_again(desk: Desk, site: Gazette, launcher: Launcher) -> None:
    site.issue_daily(8, 6)
    of_days(desk, site)
    hangs = "/" + f"{on(3):%Y%m%d}/5.html"
    answered = site.server.behaviours[hangs[1:]]
    site.say(hangs[1:], lambda wire, hit: wire.stay())
    running = launcher.start(desk, *order(8), env=settings_of(desk))
    until(lambda: bool(site.server.asked(hangs)))
    running.kill()
    assert running.wait().code == KILLED
    site.say(hangs[1:], answered)

    made = answer(launcher.run(desk, *order(8), env=settings_of(desk)))

    assert states(desk) == {"done": 8}
    assert desk.rows("SELECT count(*)::INT AS n FROM releases") == [{"n": 48}]
    assert made["outcomes"]["failed"] == 0
    twice = [path for path, n in site.requests().items() if n > 1 and path != hangs]
    assert len(twice) <= 80, "at most a portion that was not sealed"
    assert not [path for path in twice if path.startswith("/days/")], "lists lay in the vault"
    assert desk.wrong() == []


def test_a_list_that_is_gone_is_a_gap_and_not_done(desk: Desk, site: Gazette) -> None:
    site.issue_daily(5, 1)
    del site.server.behaviours[list_of(on(2))[1:]]
    of_days(desk, site)

    made = backfill(desk, 5)

    (gap,) = made["sources"][0]["gaps"]
    assert (gap["since"], gap["until"]) == (str(on(2)), str(on(3)))
    assert "404" in gap["reason"]
    assert states(desk) == {"done": 4, "gap": 1}
    site.server.hits.clear()
    backfill(desk, 5)
    assert site.lists_asked() == [], "running again would not bring it back"


def test_a_feed_reaches_back_as_far_as_it_does(desk: Desk, site: Gazette) -> None:
    site.issue("one", day="2026-01-20")
    site.issue("two", day="2026-01-28")
    configure(desk, site)

    days = Window(date(2026, 1, 1), date(2026, 1, 30))
    made = backfill(desk, named=[Order("harbour", Asked(days))])

    assert made["outcomes"]["new"] == 2
    (gap,) = made["sources"][0]["gaps"]
    assert (gap["since"], gap["until"]) == ("2026-01-01", "2026-01-20")


def test_an_item_that_cannot_be_had_leaves_its_window_partial(desk: Desk, site: Gazette) -> None:
    site.issue_daily(3, 2)
    page_there = site.server.behaviours.pop(f"{on(1):%Y%m%d}/1.html")
    of_days(desk, site)

    backfill(desk, 3)

    (partial,) = desk.rows("SELECT since, listed, held, failed, reason FROM windows WHERE state = 'partial'")
    assert (partial["since"], partial["listed"], partial["held"], partial["failed"]) == (str(on(1)), 2, 1, 1)
    assert "404" in partial["reason"]
    site.say(f"{on(1):%Y%m%d}/1.html", page_there)
    backfill(desk, 3)
    assert states(desk) == {"done": 3}


def test_a_cut_network_leaves_windows_to_be_done(desk: Desk, site: Gazette, launcher: Launcher) -> None:
    site.issue_daily(9, 1)
    of_days(desk, site)
    for number in range(4):
        site.say(list_of(on(number))[1:], says(whole(b"", status="500 Broken"), close=False))

    ended = launcher.run(desk, *order(9), env=settings_of(desk))

    assert ended.code == FAILED
    assert "could not be asked for" in ended.err
    assert "run it again" in ended.err
    assert states(desk)["done"] == 5
    assert states(desk)["failed"] >= 3
    site.issue_daily(9, 1)
    assert backfill(desk, 9)["outcomes"]["new"] == 4
    assert states(desk) == {"done": 9}


def test_several_sources_at_once(desk: Desk, site: Gazette) -> None:
    other = Gazette(host="127.0.0.2")
    try:
        site.issue_daily(4, 1)
        other.issue_daily(4, 1)
        of_days(desk, site)
        of_days(desk, other, "herald", publisher="herald.example")
        of_days(desk, other, "sunk", publisher="sunk.example", urls=[other.server.url("/x/{yyyy}{mm}{dd}.html")])

        made = backfill(desk, 4, GAZETTE, "herald", "sunk")
    finally:
        other.server.close()

    assert [one["windows"]["done"] for one in made["sources"]] == [4, 4, 0]
    assert made["sources"][2]["windows"]["gap"] == 4
    assert sum(made["outcomes"].values()) == 8
    assert desk.rows("SELECT count(*)::INT AS n FROM runs_recent") == [{"n": 3}]
    assert desk.wrong() == []


def test_a_day_that_is_not_over_is_not_done(desk: Desk, site: Gazette) -> None:
    site.issue_on(FIRST, 1)
    desk.now = desk.now.replace(year=2025, month=3, day=3)
    of_days(desk, site)
    backfill(desk, 30)
    assert desk.rows("SELECT since, state FROM windows") == [{"since": str(FIRST), "state": "partial"}]


def test_what_is_left_is_foretold_from_what_was_measured() -> None:
    now = [0.0]
    course = Course("gazette", lambda: now[0], lambda _: None)
    course.begun(100)
    course.listed(20, 200)
    assert course.seconds_left is None
    assert "no estimate yet" in course.line()
    for _ in range(10):
        now[0] += 6.0
        course.done(0, 10)
    assert course.seconds_left == pytest.approx((100 + 80 * 10) * 0.6)
    assert "0 of 100 windows, 100 items, 1.7 items/s, about 9 min 0 s left" in course.line()
    course.done(20, 100)
    assert course.share == pytest.approx(0.2)
    assert duration(200_000) == "2 d 7 h"


def test_empty_windows_are_measured_by_themselves() -> None:
    now = [0.0]
    course = Course("gazette", lambda: now[0], lambda _: None)
    course.begun(50)
    for _ in range(10):
        now[0] += 2.0
        course.listed(1, 0)
        course.done(1, 0)
    assert course.seconds_left == pytest.approx(80.0)


def test_nothing_asked_is_misuse(desk: Desk, launcher: Launcher) -> None:
    for arguments in (("backfill",), ("backfill", "hk_gia_en"), ("backfill", "nosuch", "--gaps")):
        assert launcher.run(desk, *arguments).code == 2


def test_source_files_say_why_numbers_are_dense(desk: Desk, site: Gazette, launcher: Launcher) -> None:
    of_days(desk, site, more=ITEMS + '[numbering]\npattern = "no-(\\\\d+)"\nwhy = "the register is numbered"\n')
    ended = launcher.run(desk, *order(3), env=settings_of(desk))
    assert ended.code == 2
    assert "it needs series and number" in ended.err


def test_what_it_would_take_is_told_beforehand(desk: Desk, site: Gazette) -> None:
    site.issue_daily(40, 3)
    of_days(desk, site, pace=0.1)
    order_of_40 = Order(GAZETTE, Asked(Window(FIRST, on(40))))

    (sampled,) = foresee(desk.settings(), [order_of_40])

    assert (sampled.windows, sampled.items, sampled.held) == (40, 120, 0)
    assert sampled.requests == 40 + 120 + 2
    assert sampled.hours == pytest.approx(162 * 0.1 / 3600)
    assert "a sample of 3 lists" in sampled.basis
    assert len(site.lists_asked()) == 3
    assert site.pages_asked() == [f"days/{on(number):%Y/%m%d}.html" for number in (39, 19, 0)]

    of_days(desk, site)
    backfill(desk, 10)
    site.server.hits.clear()
    (known,) = foresee(desk.settings(), [order_of_40])

    assert (known.windows, known.items, known.held, known.requests) == (30, 90, 0, 122)
    assert known.basis == "windows that are done"
    assert not site.server.hits
    assert hours_of_all([known, sampled]) == pytest.approx((known.hours or 0) + (sampled.hours or 0))


def test_of_a_source_that_names_nothing_nothing_is_foretold(desk: Desk, site: Gazette) -> None:
    of_days(desk, site)
    (nothing,) = foresee(desk.settings(), [Order(GAZETTE, Asked(Window(FIRST, on(5))))])
    assert (nothing.items, nothing.requests, nothing.hours) == (None, None, None)
    assert desk.home.raw.exists() is False
