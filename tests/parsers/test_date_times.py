"""The time of day beside a date, and the zone it is in."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from parsers.dates import read
from tests.parsers.dated import HALF_PAST_FIVE, HONG_KONG, JUNE_25, only


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


def test_a_line_after_a_date_joins_it_only_when_it_is_a_time_and_nothing_else() -> None:
    assert only("25 June 2025\n17:30").at == HALF_PAST_FIVE
    assert only("25 June 2025\n17:30 Doors open").at is None
