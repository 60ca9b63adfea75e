"""Dates as they are written, and their doubts."""

import os
import subprocess
import sys
from calendar import month_name
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.dates import find, infer_year, read
from tests.effort import bounded
from tests.parsers.dated import HONG_KONG, JUNE_25, only


@pytest.mark.parametrize(
    "text",
    [
        "June 25, 2025",
        "Wednesday, June 25, 2025",
        "25 June 2025",
        "25th of June, 2025",
        "June the 25th, 2025",
        "Jun. 25, 2025",
        "June 25 (Wednesday), 2025",
        "25 June 2025 (Wednesday)",
        "JUNE 25 2025",
        "june 25, 2025",
        "June 25,\n2025",
        "2025年6月25日",
        "2025 年 6 月 25 日",
        "２０２５年６月２５日",
        "2025年6月25日（星期三）",
        "2025年6月25號（週三）",
        "二〇二五年六月二十五日",
        "二零二五年六月廿五日",
        "二○二五年六月二十五日",
        "民國114年6月25日",
        "中華民國一百一十四年六月二十五日",
        "25/06/2025",
        "2025/6/25",
        "2025.06.25",
        "25.6.2025",
        "2025-06-25",
        "20250625",
        "25. Juni 2025",
        "25 juin 2025",
        "25 de junio de 2025",
    ],
)
def test_a_day_however_it_is_written(text: str) -> None:
    found = only(text)
    assert (found.on, found.at, found.precision, found.year_given, found.text) == (JUNE_25, None, "day", True, text)
    assert found.weekday_agrees in (None, True)
    assert not found.ambiguous
    assert read(text, zone=HONG_KONG) == found


@pytest.mark.parametrize(
    "text",
    [
        "Q2526",
        "HK$57,518 MN",
        "2024",
        "2024-25",
        "Tel 2810 2025",
        "Tel. 20250625 or 28102025",
        "P2025112600489",
        "ref. 2025/06/25/7",
        "192.168.10.2025",
        "10.10.2020.1",
        "may 5 people",
        "section 5 may be",
        "Summary 12",
        "31 June 2025",
        "2025-13-01",
        "2025年13月1日",
        "二月三十一日",
        "24.Jun.16",
        "25年6月25日",
        "1,234 marched",
        "June 5,000",
        "$12/05/20255",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find(text, zone=HONG_KONG) == []
    assert read(text, zone=HONG_KONG) is None


@pytest.mark.parametrize(
    ("text", "month"), [("May 2025", 5), ("2025年5月", 5), ("in mid-November 2025", 11), ("二〇二五年五月", 5)]
)
def test_a_month_is_no_day(text: str, month: int) -> None:
    found = only(text)
    assert (found.precision, found.on, found.at, found.month, found.day) == ("month", None, None, month, None)


def test_day_and_month_that_could_change_places_follow_the_habit_and_are_marked() -> None:
    assert (only("05/06/2025").on, only("05/06/2025").ambiguous) == (date(2025, 6, 5), True)
    assert only("05/06/2025", day_first=False).on == date(2025, 5, 6)
    assert (only("06/25/2025").on, only("06/25/2025").ambiguous) == (JUNE_25, False)
    assert not only("06/06/2025").ambiguous


def test_a_weekday_that_does_not_fit_is_told() -> None:
    assert only("Thursday, June 25, 2025").weekday_agrees is False
    assert only("2025年6月25日（星期四）").weekday_agrees is False


@pytest.mark.parametrize(
    "text", ["2025/6/25（星期三）", "2025-06-25 (Wed)", "25/06/2025 (Wednesday)", "2025-06-25 星期三"]
)
def test_a_weekday_behind_figures_is_checked_too(text: str) -> None:
    assert (only(text).on, only(text).weekday_agrees) == (JUNE_25, True)
    wrong = text.replace("三", "四").replace("Wed", "Thu").replace("nesday", "rsday")
    assert (only(wrong).on, only(wrong).weekday_agrees) == (JUNE_25, False)


@pytest.mark.parametrize(
    ("text", "on", "ambiguous"),
    [
        ("03/04/2025 (Thu)", date(2025, 4, 3), False),
        ("03/04/2025 (Tue)", date(2025, 3, 4), False),
        ("03/04/2025 (Sun)", date(2025, 4, 3), True),
        ("04/07/2025（星期一）", date(2025, 4, 7), False),
    ],
)
def test_a_weekday_tells_day_from_month(text: str, on: date, ambiguous: bool) -> None:
    assert (only(text).on, only(text).ambiguous) == (on, ambiguous)


def test_ranges_share_their_year_and_start_with_their_first_day() -> None:
    first, last = find("from December 30 to January 2, 2026", zone=HONG_KONG)
    assert (first.on, last.on) == (date(2025, 12, 30), date(2026, 1, 2))
    first, last = find("2025年12月30日至1月2日", zone=HONG_KONG)
    assert (first.on, last.on) == (date(2025, 12, 30), date(2026, 1, 2))
    assert only("25-27 June 2025").on == only("June 25 to 27, 2025").on == JUNE_25
    assert "range" in only("25-27 June 2025").rule and "range" in only("2025年6月25日至27日").rule


def test_dates_come_in_reading_order_and_keep_their_places() -> None:
    text = "The notice of 3 March 2025 (二〇二五年三月三日) replaces that of 2024-12-01; see 1月10日."
    found = find(text, zone=HONG_KONG)
    assert [f.on for f in found] == [date(2025, 3, 3), date(2025, 3, 3), date(2024, 12, 1), None]
    assert all(text[f.start : f.end] == f.text for f in found)


def test_words_such_as_today_count_only_when_asked_for() -> None:
    text = "said today (November 26) and yesterday evening; 今日公布"
    assert len(find(text, zone=HONG_KONG, reference=date(2025, 11, 26))) == 1
    told = find(text, zone=HONG_KONG, reference=date(2025, 11, 26), relative=True)
    assert [f.on for f in told] == [date(2025, 11, day) for day in (26, 26, 25, 26)]


@pytest.mark.parametrize("text", ["held on June 25, 2025", "June 25, 2025 and July 1, 2025", "x" * 300, "no date"])
def test_a_string_that_holds_more_than_a_date_is_not_read_as_one(text: str) -> None:
    assert read(text, zone=HONG_KONG) is None


@pytest.mark.parametrize(
    "piece", ["a", " ", "0", "<", "月", "1月", "May ", "2025-", "12:30 ", "二〇", "Mon, 5 ", "review 2025 plan "]
)
def test_the_work_grows_with_the_text_and_not_faster(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    with bounded():
        find(text, zone=HONG_KONG, reference=JUNE_25, relative=True)
        infer_year(1, 10, text)


@given(st.text(max_size=200), st.booleans())
def test_what_is_found_stands_in_the_text_and_contradicts_nothing(text: str, day_first: bool) -> None:
    end = 0
    for found in find(text, zone=HONG_KONG, day_first=day_first, reference=JUNE_25, relative=True):
        assert end <= found.start < found.end
        assert text[found.start : found.end] == found.text
        assert (found.at is not None) == (found.precision in ("second", "minute"))
        end = found.end


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_every_day_of_two_centuries_is_read_back_from_each_way_of_writing_it(day: date) -> None:
    name = month_name[day.month]
    for written in (
        day.isoformat(),
        f"{day.day} {name} {day.year}",
        f"{name} {day.day}, {day.year}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
    ):
        found = read(written, zone=HONG_KONG)
        assert found is not None and found.on == day


def test_the_zone_of_the_machine_does_not_matter() -> None:
    code = (
        "from parsers.dates import find; import sys;"
        "print([(f.at, f.on) for f in find('June 25, 2025 17:30; 2025-03-09 02:30', zone='Asia/Hong_Kong')])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"TZ": zone},
            cwd=Path(__file__).resolve().parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for zone in ("UTC", "America/New_York", "Asia/Hong_Kong")
    }
    assert len(told) == 1
