"""The year of a date written without one: from a reference day, from words, or from the text alone."""

from datetime import date

import pytest

from parsers.dates import infer_year
from tests.parsers.dated import only


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
