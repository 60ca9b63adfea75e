"""Dates as they are written, with their time, zone, year and doubts."""

import os
import subprocess
import sys
import time
from calendar import month_name
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.dates import Found, find, infer_year, read

HONG_KONG = "Asia/Hong_Kong"
JUNE_25 = date(2025, 6, 25)
HALF_PAST_FIVE = datetime(2025, 6, 25, 9, 30, tzinfo=UTC)  # 17:30 in Hong Kong


def only(text: str, *, zone: str = HONG_KONG, day_first: bool = True, reference: date | None = None) -> Found:
    found = find(text, zone=zone, day_first=day_first, reference=reference)
    assert len(found) == 1, found
    return found[0]


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
        "2025年6月25日 下午5時30分",
        "2025年6月25日17時30分",
        "2025年6月25日下午五時半",
        "2025年6月25日 17:30",
        "2025年6月25日（星期三）\n香港時間17時30分",
        "2025年6月25日 北京时间17点30分",
        "Ends/Wednesday, June 25, 2025\nIssued at HKT 17:30",
        "June 25, 2025 5:30 pm",
        "June 25, 2025 (Wednesday) at 5.30pm",
        "Published: June 25, 2025, 17:30 HKT",
        "25 June 2025, 5:30 PM (HKT)",
        "25 June 2025 17:30 CST",
        "25 June 2025 at 1730 hours",
        "5.30pm on June 25, 2025",
        "HKT 17:30, June 25, 2025",
        "2025-06-25 17:30",
        "2025-06-25T09:30Z",
        "25 June 2025 10:30 +01:00",
    ],
)
def test_an_instant_to_the_minute(text: str) -> None:
    found = only(text)
    assert (found.at, found.on, found.precision) == (HALF_PAST_FIVE, JUNE_25, "minute")
    assert read(text, zone=HONG_KONG) == found


@pytest.mark.parametrize(
    "text",
    [
        "Wed, 25 Jun 2025 09:30:00 +0000",
        "Wed, 25 Jun 2025 09:30:00 GMT",
        "Wednesday, 25-Jun-25 09:30:00 GMT",
        "2025-06-25T17:30:00+08:00",
        "2025-06-25 17:30:00",
        "2025-06-25-17:30:00",
        "2025-06-25 17:30:002025-06-25 17:30:00",
        "20250625T093000Z",
        "20250625173000",
        "Wed Jun 25 17:30:00 CST 2025",
        "Wed Jun 25 2025 17:30:00 GMT+0800 (Hong Kong Standard Time)",
    ],
)
def test_an_instant_to_the_second(text: str) -> None:
    found = only(text)
    assert (found.at, found.on, found.precision) == (HALF_PAST_FIVE, JUNE_25, "second")
    assert read(text, zone=HONG_KONG) == found


@pytest.mark.parametrize(
    ("words", "hour", "minute"),
    [
        ("9.15am", 9, 15),
        ("12.05 a.m.", 0, 5),
        ("12:05 pm", 12, 5),
        ("noon", 12, 0),
        ("12 noon", 12, 0),
        ("midnight", 0, 0),
        ("0:56", 0, 56),
        ("上午9时", 9, 0),
        ("中午12時", 12, 0),
        ("凌晨12時30分", 0, 30),
        ("凌晨三時十五分", 3, 15),
        ("晚上8時", 20, 0),
        ("晚8时许", 20, 0),
        ("下午12時45分", 12, 45),
        ("24時00分", 24, 0),
    ],
)
def test_twelve_and_twenty_four_hours(words: str, hour: int, minute: int) -> None:
    midnight = datetime(2025, 6, 25, tzinfo=ZoneInfo(HONG_KONG))
    assert only(f"June 25, 2025, {words}").at == midnight + timedelta(hours=hour, minutes=minute)


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


@pytest.mark.parametrize("text", ["On the afternoon of January 10", "January 10", "1月10日下午", "10 Jan", "一月十日"])
def test_a_day_without_its_year_gets_none_unless_there_is_a_reference(text: str) -> None:
    bare = only(text)
    assert (bare.on, bare.at, bare.year_given, bare.month, bare.day) == (None, None, False, 1, 10)
    assert only(text, reference=date(2025, 1, 15)).on == date(2025, 1, 10)
    assert only(text, reference=date(2025, 1, 9)).on == date(2025, 1, 10)
    assert only(text, reference=date(2025, 1, 7)).on == date(2024, 1, 10)
    assert not only(text, reference=date(2025, 1, 15)).year_given


def test_a_weekday_or_words_for_the_year_outweigh_nearness() -> None:
    day = date(2025, 11, 20)
    assert only("Saturday, January 10", reference=day).on == date(2026, 1, 10)
    assert only("January 10 next year", reference=day).on == date(2026, 1, 10)
    assert only("去年12月1日", reference=day).on == date(2024, 12, 1)
    assert only("今年12月1日", reference=day).on == date(2025, 12, 1)
    assert only("明年2月29日", reference=day).on is None


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
    ("text", "zone", "used", "hour"),
    [
        ("25 June 2025 17:30 CST", "Asia/Shanghai", "Asia/Shanghai", 9),
        ("25 June 2025 17:30 CST", "Asia/Taipei", "Asia/Taipei", 9),
        ("25 June 2025 17:30 CDT", "America/Chicago", "America/Chicago", 22),
        ("25 June 2025 17:30 HKT", "Europe/London", "Asia/Hong_Kong", 9),
        ("25 June 2025 17:30 BST", "Europe/London", "Europe/London", 16),
        ("25 June 2025 17:30 CEST", "Europe/Brussels", "Europe/Brussels", 15),
        ("25 June 2025 17:30 EDT", "America/Denver", "-04:00", 21),
        ("25 June 2025 17:30 UTC+8", "Europe/London", "+08:00", 9),
        ("25 June 2025 17:30", "Europe/London", "Europe/London", 16),
        ("25 January 2025 17:30", "Europe/London", "Europe/London", 17),
        ("25 June 1975 17:30", "Asia/Hong_Kong", "Asia/Hong_Kong", 8),  # summer time, until 1979
        ("25 June 1990 17:30", "Asia/Shanghai", "Asia/Shanghai", 8),  # summer time, until 1991
    ],
)
def test_the_zone_a_time_is_in(text: str, zone: str, used: str, hour: int) -> None:
    found = only(text, zone=zone)
    assert found.at is not None
    assert (found.zone, found.at.hour) == (used, hour)


@pytest.mark.parametrize("word", ["BST", "IST", "EST", "local time"])
def test_a_zone_that_cannot_be_told_leaves_the_day_and_no_instant(word: str) -> None:
    found = only(f"June 25, 2025 17:30 {word}")
    assert (found.on, found.at, found.precision) == (JUNE_25, None, "day")
    assert word in found.rule


def test_american_cst_is_never_meant_by_a_chinese_source_nor_guessed_for_others() -> None:
    assert only("June 25, 2025 17:30 CST", zone="Europe/London").at is None
    assert only("January 25, 2025 17:30 CST", zone="America/Chicago").at == datetime(2025, 1, 25, 23, 30, tzinfo=UTC)


def test_ranges_share_their_year_and_start_with_their_first_day() -> None:
    first, last = find("from December 30 to January 2, 2026", zone=HONG_KONG)
    assert (first.on, last.on) == (date(2025, 12, 30), date(2026, 1, 2))
    first, last = find("2025年12月30日至1月2日", zone=HONG_KONG)
    assert (first.on, last.on) == (date(2025, 12, 30), date(2026, 1, 2))
    assert only("25-27 June 2025").on == only("June 25 to 27, 2025").on == JUNE_25
    assert "range" in only("25-27 June 2025").rule and "range" in only("2025年6月25日至27日").rule


def test_a_line_after_a_date_joins_it_only_when_it_is_a_time_and_nothing_else() -> None:
    assert only("25 June 2025\n17:30").at == HALF_PAST_FIVE
    assert only("25 June 2025\n17:30 Doors open").at is None


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


REVIEW = "On the morning of {day} the board met to review the work done in 2024 and to set priorities for 2025."


@pytest.mark.parametrize(
    ("month", "day", "body", "year"),
    [
        (1, 10, REVIEW.format(day="January 10"), 2025),
        (12, 28, REVIEW.format(day="December 28"), 2024),
        (1, 10, REVIEW.format(day="Friday, January 10,"), 2025),
        (1, 10, REVIEW.format(day="Monday, January 10,"), None),
        (7, 10, REVIEW.format(day="July 10"), None),
        (1, 10, "1月10日，全局召开会议，总结2024年工作，部署2025年重点任务。", 2025),
        (12, 30, "十二月三十日舉行會議，回顧二〇二四年工作，展望二〇二五年。", 2024),
        (5, 12, "On May 12 the 2025 Piers and Harbours Forum opened.", 2025),
        (5, 12, "5月12日，2025年港口博览会开幕。", 2025),
        (5, 12, "After talks on May 10, 2025 the two sides met again on May 12.", 2025),
        (1, 2, "The pier closed on December 30, 2025 and opened on January 2.", 2026),
        (5, 12, "The delegation left on May 12. The visit of May 12, 2023 was its first.", 2023),
        (5, 12, "On May 12 the figures for 2024 were published: up 3 per cent.", None),
        (5, 12, "On May 12 the society, founded on May 20, 1949, met.", None),
        (5, 12, "On May 12 the board met.", None),
        (5, 12, "On May 12 the goals for 2035 were set.", None),
        (5, 12, "On May 12, between the 2024 Piers Forum and the 2025 Piers Forum, it met.", None),
        (2, 29, "On February 29 the 2025 Piers Forum opened.", None),
    ],
)
def test_a_year_from_the_text_alone_or_none(month: int, day: int, body: str, year: int | None) -> None:
    inferred = infer_year(month, day, body)
    assert (inferred and inferred[0]) == year
    assert inferred is None or inferred[1]


@pytest.mark.parametrize(
    "piece", ["a", " ", "0", "<", "月", "1月", "May ", "2025-", "12:30 ", "二〇", "Mon, 5 ", "review 2025 plan "]
)
def test_the_work_grows_with_the_text_and_not_faster(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    started = time.process_time()
    find(text, zone=HONG_KONG, reference=JUNE_25, relative=True)
    infer_year(1, 10, text)
    assert time.process_time() - started < 2


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
