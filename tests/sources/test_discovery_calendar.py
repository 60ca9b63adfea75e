"""Calendars: a list for each day or month, each of which counts for itself."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from parsers import urls
from sources.config import CATALOG, load_sources
from sources.discovery.kinds import discover
from sources.discovery.watermark import NEVER_VISITED, Watermark
from sources.discovery.window import Window
from tests.sources.listed import CORPORA, HOST, NOW, TODAY, Site, known_to, source, visit

DAILY = f"{HOST}/gia/{{yyyy}}{{mm}}/{{dd}}/select_en.htm"
OPTIONS = {"each": 'option[value^="P"]', "link": "@value", "id": "@value", "link_template": "{value}.htm"}
BY_DAY = source("calendar", DAILY, items=OPTIONS, first_days=2, overlap_days=2)

MONTHLY = f"{HOST}/archive?cat=a&date={{yyyy}}{{mm}}&time={{ms}}"
BY_MONTH = source(
    "calendar",
    MONTHLY,
    items={"format": "xml", "each": "item", "link": "path", "title": "title", "date": "eventDate", "payload": True},
)


def day_list(day: date, *numbers: int) -> str:
    rows = "".join(f'<option value="P{day:%Y%m%d}{n:05}">Release {n}\n' for n in numbers)
    return f'<select><option value="">Releases of the day\n{rows}</select>'


def days(*pairs: tuple[date, str | int]) -> Site:
    return Site({f"{HOST}/gia/{day:%Y%m/%d}/select_en.htm": body for day, body in pairs})


def ago(day: int) -> date:
    return TODAY - timedelta(days=day)


def test_each_day_looked_back_to_is_asked_for() -> None:
    site = days(*((ago(k), day_list(ago(k), 2, 1)) for k in range(5)))
    found = visit(BY_DAY, site)
    assert len(site.asked) == 3
    assert found.complete
    one = found.candidates[0]
    assert one.url == f"{HOST}/gia/202601/15/P2026011500002.htm"
    assert (one.name, one.hints.native_id, one.hints.published_on) == ("Release 2", "P2026011500002", TODAY)
    assert one.hints.published_at is None
    assert found.watermark.newest == {DAILY: TODAY}


def test_a_release_is_listed_under_the_day_of_the_list_not_of_its_number() -> None:
    site = days((TODAY, day_list(ago(1), 9)), (ago(1), day_list(ago(1), 1)), (ago(2), day_list(ago(2), 1)))
    assert visit(BY_DAY, site).candidates[0].hints.published_on == TODAY


@pytest.mark.parametrize("body", [404, day_list(TODAY)])
def test_today_may_not_be_there_yet(body: str | int) -> None:
    site = days((TODAY, body), (ago(1), day_list(ago(1), 1)), (ago(2), day_list(ago(2), 1)))
    found = visit(BY_DAY, site)
    assert found.complete
    assert len(found.candidates) == 2


@pytest.mark.parametrize(
    ("body", "reason"),
    [(404, "status 404"), (500, "status 500"), (day_list(ago(1)), "no item on it"), ("<p>Sorry</p>", "no item on it")],
)
def test_a_day_that_is_missing_or_empty_is_a_failure_and_the_others_are_read(body: str | int, reason: str) -> None:
    site = days((TODAY, day_list(TODAY, 1)), (ago(1), body), (ago(2), day_list(ago(2), 1)))
    found = visit(BY_DAY, site, known_to(DAILY, ago(0)))
    assert reason in (found.failure or "")
    assert "202601/14/select_en.htm" in (found.failure or "")
    assert len(found.candidates) == 2
    assert found.watermark == known_to(DAILY, TODAY)


def test_today_unreachable_is_a_failure() -> None:
    site = days((TODAY, 503), (ago(1), day_list(ago(1), 1)), (ago(2), day_list(ago(2), 1)))
    assert "status 503" in (visit(BY_DAY, site).failure or "")


def test_today_is_the_day_in_the_zone_of_the_source() -> None:
    late = datetime(2026, 1, 14, 17, 0, tzinfo=UTC)
    site = days(*((ago(k), day_list(ago(k), 1)) for k in range(5)))
    discover(BY_DAY, NEVER_VISITED, site.get, now=late)
    assert site.asked[0] == f"{HOST}/gia/202601/15/select_en.htm"


def test_a_window_asks_for_its_days_and_none_to_come() -> None:
    site = days(*((ago(k), day_list(ago(k), 1)) for k in range(-3, 5)))
    found = visit(BY_DAY, site, window=Window(ago(3), ago(0)))
    assert [url.split("/")[-2] for url in site.asked] == ["14", "13", "12"]
    assert len(found.candidates) == 3
    site.asked.clear()
    assert visit(BY_DAY, site, window=Window(ago(0), ago(-3))).complete
    assert len(site.asked) == 1
    site.asked.clear()
    assert visit(BY_DAY, site, window=Window(ago(-1), ago(-3))).candidates == ()
    assert site.asked == []


def test_a_full_pass_goes_back_as_far_as_configured() -> None:
    full = BY_DAY.model_copy(update={"full_pass_days": 7, "full_pass_reach_days": 20})
    site = days(*((ago(k), day_list(ago(k), 1)) for k in range(30)))
    mark = Watermark({DAILY: ago(1)}, ago(7))
    found = visit(full, site, mark)
    assert len(site.asked) == 21
    assert found.watermark.full_pass_on == TODAY


def month(*rows: tuple[str, str]) -> str:
    items = "".join(
        f"<item><title><![CDATA[{title}]]></title><path>/eng/{when[:4]}/{title}.html</path><eventDate>{when}</eventDate></item>"
        for title, when in rows
    )
    return f'<?xml version="1.0" encoding="utf-8"?><list>{items}</list>'


def month_address(yyyymm: str) -> str:
    return f"{HOST}/archive?cat=a&date={yyyymm}&time={int(NOW.timestamp() * 1_000)}"


def test_a_month_is_asked_for_once() -> None:
    site = Site({month_address("202601"): month(("A", "2026-01-15 10:30:00"), ("B", "2026-01-02 00:00:00"))})
    found = visit(BY_MONTH, site)
    assert len(site.asked) == 1
    assert [one.url for one in found.candidates] == [f"{HOST}/eng/2026/A.html", f"{HOST}/eng/2026/B.html"]
    assert found.candidates[0].hints.published_at == datetime(2026, 1, 15, 2, 30, tzinfo=UTC)
    assert found.candidates[1].hints.published_at is None
    assert (
        found.candidates[1].hints.payload == '{"eventDate":"2026-01-02 00:00:00","path":"/eng/2026/B.html","title":"B"}'
    )


def test_a_window_over_a_turn_of_the_year_takes_both_months_and_its_days_alone() -> None:
    pages = {
        month_address("202601"): month(("A", "2026-01-15 10:30:00"), ("B", "2026-01-02 10:00:00")),
        month_address("202512"): month(("C", "2025-12-31 10:30:00"), ("D", "2025-12-01 10:00:00")),
    }
    found = visit(BY_MONTH, Site(pages), window=Window(date(2025, 12, 30), date(2026, 1, 3)))
    assert [one.name for one in found.candidates] == ["B", "C"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<list><item><title>Cut", "not well-formed XML"),
        ("<html><body>Log in<br></body></html>", "not well-formed XML"),
        ('<!DOCTYPE l [<!ENTITY a "b">]><list/>', "declarations are refused"),
    ],
)
def test_a_month_that_cannot_be_read_is_a_failure(body: str, reason: str) -> None:
    found = visit(BY_MONTH, Site({month_address("202601"): body}))
    assert reason in (found.failure or "")
    assert found.candidates == ()


def test_day_lists_inside_recorded_pages_are_read_whole() -> None:
    folder = CORPORA / "pages" / "info.gov.hk"
    if not folder.exists():
        pytest.skip(f"no recorded pages at {folder}")
    shipped = load_sources(CATALOG)["hk_gia_tc"]
    listed = 0
    for path in sorted(folder.glob("*.html")):
        day, body = date(2026, 1, 14), path.read_bytes()
        site = Site({f"https://www.info.gov.hk/gia/general/202601/{day:%d}/select_tc.htm": body})
        found = visit(shipped, site, window=Window(day, TODAY))
        assert len(found.candidates) == len(set(re.findall(rb'<option value="(P\d+)"', body)))
        assert all(urls.native_id(one.url or "") == one.hints.native_id for one in found.candidates)
        listed += len(found.candidates)
    assert listed > 500
