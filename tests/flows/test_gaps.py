"""What the archive lacks: named by the view `gaps`, filled by a backfill of the holes alone."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.desk import Desk, WarmReaders
from tests.gazette import GAZETTE, ITEMS, Gazette, backfill, fill_gaps, of_days, on
from tests.launching import Launcher
from tests.press_site import PressSite, page, told_of

DENSE = '[numbering]\npattern = "/(\\\\d{8})/(\\\\d+)[.]html"\nwhy = "the gazette counts its notices of a day"\n'
WEEKEND = (5, 6)
MISSING, HOLIDAY = date(2025, 4, 9), date(2025, 5, 1)


@pytest.fixture
def site() -> Iterator[Gazette]:
    made = Gazette()
    yield made
    made.server.close()


@pytest.fixture(autouse=True)
def warm(readers: WarmReaders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.filling.Readers", readers)


def gaps(desk: Desk, kind: str) -> list[dict[str, Any]]:
    return desk.rows(f"SELECT source, since, until, url, reason FROM gaps WHERE kind = '{kind}' ORDER BY since, url")


def ten_weeks(desk: Desk, *left_out: date) -> None:
    """A text on each working day of ten weeks, and one on a single Saturday."""
    for number in range(70):
        day = on(number)
        if (day.weekday() not in WEEKEND or number == 19) and day not in left_out:
            paragraphs = "\n\n".join(told_of(f"day {number}"))
            desk.drop(f"{day}.txt", f"Notice number {number} of the harbour\n\n{day:%d %B %Y}\n\n{paragraphs}\n")


def test_a_working_day_without_a_release_is_a_hole_and_a_weekend_is_none(desk: Desk) -> None:
    ten_weeks(desk, MISSING, date(2025, 4, 10))
    desk.ingest()

    (hole,) = gaps(desk, "days")

    assert (hole["source"], hole["since"], hole["until"]) == ("folder", str(MISSING), "2025-04-11")
    assert "no release on 2 days" in hole["reason"]


def test_a_weekday_that_is_often_silent_makes_no_hole_of_each(desk: Desk) -> None:
    often = [date(2025, 3, 19), date(2025, 4, 9), date(2025, 4, 23)]
    ten_weeks(desk, *often, date(2025, 4, 17))
    desk.ingest()

    (hole,) = gaps(desk, "days")

    assert (hole["since"], hole["until"]) == ("2025-04-17", "2025-04-18")
    assert hole["reason"] == "no release on this day; this source has one on 100% of all other such weekdays"


def test_a_day_that_is_silent_in_another_year_too_is_none(desk: Desk) -> None:
    ten_weeks(desk, HOLIDAY)
    desk.ingest()
    assert [hole["since"] for hole in gaps(desk, "days")] == [str(HOLIDAY)]

    for number in range(370, 460):
        day = on(number)
        if day.weekday() not in WEEKEND and (day.month, day.day) != (HOLIDAY.month, HOLIDAY.day):
            paragraphs = "\n\n".join(told_of(f"day {number}"))
            desk.drop(f"{day}.txt", f"Notice number {number} of the harbour\n\n{day:%d %B %Y}\n\n{paragraphs}\n")
    desk.ingest()

    holes = gaps(desk, "days")
    assert str(HOLIDAY) not in [hole["since"] for hole in holes]
    assert len(holes) == 1, "the year between, in one piece"


def test_a_window_that_is_a_gap_is_named_and_filled_once_it_is_listed(desk: Desk, site: Gazette) -> None:
    site.issue_daily(4, 1)
    for number in (1, 2):
        del site.server.behaviours[f"days/{on(number):%Y/%m%d}.html"]
    of_days(desk, site)
    backfill(desk, 4)

    assert [(one["since"], "404" in one["reason"]) for one in gaps(desk, "window")] == [
        (str(on(1)), True),
        (str(on(2)), True),
    ]
    assert len(gaps(desk, "list")) == 2

    site.issue_daily(4, 1)
    site.server.hits.clear()
    assert fill_gaps(desk)["outcomes"]["new"] == 2
    assert sorted(site.lists_asked()) == [f"{on(1):%Y%m%d}", f"{on(2):%Y%m%d}"]
    assert desk.rows("FROM gaps") == []
    assert fill_gaps(desk)["sources"] == []


def test_pages_that_releases_link_to_are_named_and_fetched(desk: Desk, site: Gazette) -> None:
    site.issue_daily(4, 1)
    lost = f"{on(40):%Y%m%d}/7.html"
    site.put(lost, page("Notice that no list names", told_of("what no list names"), str(on(40))))
    more = f'<p>See <a href="/{lost}">the notice of the other day</a> and <a href="/about.html">our office</a>.</p>'
    site.issue_on(on(2), 1, more)
    of_days(desk, site)
    backfill(desk, 4)

    assert [one["url"] for one in gaps(desk, "link")] == [site.server.url(f"/{lost}")]

    assert fill_gaps(desk)["outcomes"]["new"] == 1
    assert desk.column("SELECT title FROM releases WHERE published_on = '2025-04-12'") == ["Notice that no list names"]
    assert gaps(desk, "link") == []
    assert site.asked(lost) == 1


def test_numbers_count_only_where_the_source_says_so(desk: Desk, site: Gazette) -> None:
    site.issue_daily(2, 4)
    site.server.behaviours.pop(f"{on(1):%Y%m%d}/2.html")
    of_days(desk, site)
    backfill(desk, 2)
    assert gaps(desk, "number") == []

    of_days(desk, site, more=ITEMS + DENSE)
    backfill(desk, 2, again=True)

    (hole,) = gaps(desk, "number")
    assert (hole["since"], hole["until"]) == (str(on(1)), str(on(2)))
    assert hole["reason"] == f"number 2 of {on(1):%Y%m%d} not here; the gazette counts its notices of a day"


def test_the_command_names_them(desk: Desk, site: PressSite, launcher: Launcher) -> None:
    ten_weeks(desk, MISSING)
    desk.ingest()
    shown = launcher.run(desk, "gaps")
    assert shown.code == 0
    assert str(MISSING) in shown.out
    assert launcher.run(desk, "gaps", GAZETTE).out.strip() == "no gaps are known"
