"""A weekday that contradicts its date: the date is kept, and the evidence says what speaks against it."""

import json
from datetime import date
from pathlib import Path

import pytest

from parsers.records import Release
from tests.parsers.captures import release_of

PAGE = (Path(__file__).parent / "pages" / "hk_gia-1.en_as_served.html").read_text(encoding="utf-8")
ADDRESS = "https://www.info.gov.hk/gia/general/202603/04/P2026030400311.htm"
ITEM = {"title": "Lamps lit", "link": "https://www.state.gov/a", "content_html": "<p>Lamps burn again on the pier.</p>"}


def doubts(release: Release) -> list[str]:
    return [other.why_not for other in release.evidence["published"].others if "weekday" in other.why_not]


def page(day: str) -> Release:
    return release_of(PAGE.replace("Wednesday, March 4, 2026", day), kind="html", url=ADDRESS)


def test_closing_lines_with_the_wrong_weekday() -> None:
    release = page("Thursday, March 4, 2026")
    assert release.published and release.published.on == date(2026, 3, 4)
    assert doubts(release) == ["the weekday disagrees: 2026-03-04 is a Wednesday"]
    assert doubts(page("Wednesday, March 4, 2026")) == []


@pytest.mark.parametrize(
    ("written", "named"), [("Thu, 15 Jan 2026 09:00:00 -0500", 0), ("Fri, 15 Jan 2026 09:00:00 -0500", 1)]
)
def test_a_feed_with_the_wrong_weekday(written: str, named: int) -> None:
    told = json.dumps(ITEM | {"published": written})
    release = release_of(told, kind="application/vnd.communique.feed-item+json")
    assert release.published and release.published.on == date(2026, 1, 15)
    assert len(doubts(release)) == named


def test_chinese_weekdays_are_checked_too() -> None:
    text = (
        "燈塔重新亮燈\n\n燈塔管理處今日宣布，燈塔已經修復，市民可於周末前往參觀，並請小心梯級。\n\n"
        "完\n2026年3月4日（星期{}）\n香港時間9時05分\n"
    )
    assert doubts(release_of(text.format("三"))) == []
    assert doubts(release_of(text.format("五"))) == ["the weekday disagrees: 2026-03-04 is a Wednesday"]
