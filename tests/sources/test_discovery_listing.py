"""Listing pages: read to a day, by next links or a pattern; a chain that breaks off is a failure."""

from datetime import date, timedelta

import pytest

from sources.discovery.page import NoPage
from sources.discovery.watermark import Watermark
from sources.discovery.window import Window
from tests.sources.listed import HOST, TODAY, Site, known_to, source, visit

FIRST = f"{HOST}/news/index.html"
ITEMS = {"each": "li:has(a)", "link": "a@href", "title": "a", "date": "span"}
BY_PATTERN = source("listing", FIRST, items=ITEMS, pages={"template": "index_{n}.html"})
BY_LINK = source("listing", FIRST, items=ITEMS, pages={"next": "a.next@href"})
ONE_PAGE = source("listing", FIRST, items=ITEMS)


def page(*days: date | None, more: str = "") -> str:
    rows = "".join(
        f'<li><a href="./n{day:%Y%m%d}-{k}.html">Notice {k}</a> <span>{day:%Y-%m-%d}</span></li>'
        if day
        else f'<li><a href="./undated-{k}.html">Notice</a></li>'
        for k, day in enumerate(days)
    )
    return f"<!DOCTYPE html><html><body><ul>{rows}</ul>{more}</body></html>"


def ago(*days: int) -> list[date]:
    return [TODAY - timedelta(days=day) for day in days]


def numbered(*pages: str) -> Site:
    addresses = [FIRST, *(f"{HOST}/news/index_{n}.html" for n in range(1, len(pages)))]
    return Site(dict(zip(addresses, pages, strict=True)))


def test_the_first_visit_reads_a_few_days() -> None:
    site = numbered(page(*ago(0, 1)), page(*ago(2, 4)), page(*ago(5, 6)))
    found = visit(BY_PATTERN, site)
    assert site.asked == [FIRST, f"{HOST}/news/index_1.html"]
    assert found.complete
    assert [one.hints.published_on for one in found.candidates] == ago(0, 1, 2, 4)
    assert found.candidates[0].url == f"{HOST}/news/n20260115-0.html"
    assert [(one.items, one.newest, one.oldest) for one in found.pages] == [(2, *ago(0, 1)), (2, *ago(2, 4))]
    assert found.watermark.newest == {FIRST: TODAY}


def test_a_later_visit_looks_back_the_overlap() -> None:
    site = numbered(page(*ago(0, 4)), page(*ago(5, 9)), page(*ago(10, 11)))
    found = visit(BY_PATTERN, site, known_to(FIRST, ago(3)[0]))
    assert len(site.asked) == 2
    assert len(found.candidates) == 4


def test_a_pinned_old_item_and_a_backdated_one_do_not_stop_the_reading() -> None:
    site = numbered(page(*ago(400, 0, 1)), page(*ago(1, 30, 2)), page(*ago(3, 5)))
    found = visit(BY_PATTERN, site)
    assert len(site.asked) == 3
    assert found.complete
    assert len(found.candidates) == 8


def test_known_items_in_a_row_do_not_stop_the_reading() -> None:
    same = [0] * 20
    site = numbered(page(*ago(*same)), page(*ago(*same, 0, 3)), page(*ago(4, 5)))
    visit(BY_PATTERN, site, known_to(FIRST, TODAY))
    assert len(site.asked) == 3


def test_next_links_are_followed() -> None:
    second = f"{FIRST}?p=2"
    site = Site({FIRST: page(*ago(0, 1), more='<a class="next" href="?p=2">Next</a>'), second: page(*ago(5, 6))})
    assert visit(BY_LINK, site).complete
    assert site.asked == [FIRST, second]


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (404, "index_1.html: answered with status 404"),
        (503, "index_1.html: answered with status 503"),
        (page(), "index_1.html: no item on it"),
        ("", "index_1.html: an empty body"),
        ("<html><body>Under maintenance</body></html>", "index_1.html: no item on it"),
        (page(*ago(0, 1)), "index_1.html: the same items as on an earlier page"),
        (NoPage("index_1.html", "over its deadline"), "over its deadline"),
    ],
)
def test_a_list_that_breaks_off_is_a_failure_and_moves_nothing(second: str | int | NoPage, reason: str) -> None:
    site = Site({FIRST: page(*ago(0, 1)), f"{HOST}/news/index_1.html": second})
    mark = known_to(FIRST, ago(1)[0])
    found = visit(BY_PATTERN, site, mark)
    assert reason in (found.failure or "")
    assert len(found.candidates) == 2
    assert found.watermark == mark


def test_a_missing_next_link_is_a_failure() -> None:
    found = visit(BY_LINK, Site({FIRST: page(*ago(0, 1))}), known_to(FIRST, ago(1)[0]))
    assert "there is no further page, and it reaches back to 2026-01-14 only" in (found.failure or "")


def test_a_next_link_that_leads_back_is_a_failure() -> None:
    site = Site({FIRST: page(*ago(0), more=f'<a class="next" href="{FIRST}">Next</a>')})
    assert "which was read before" in (visit(BY_LINK, site).failure or "")


def test_pages_without_days_are_a_failure() -> None:
    found = visit(BY_PATTERN, numbered(page(None, None)))
    assert "no item has a day" in (found.failure or "")
    assert found.undated == 2


def test_a_list_that_says_its_number_of_pages_ends_there() -> None:
    trs = '<script>createPageHTML(2, 0, "index", "html");</script>'
    site = numbered(page(*ago(0), more=trs), page(*ago(1), more=trs))
    found = visit(BY_PATTERN, site)
    assert found.complete
    assert len(site.asked) == 2
    quoted = "<script>var countPage = '1';</script>"
    assert visit(BY_PATTERN, numbered(page(*ago(0), more=quoted))).complete


def test_a_list_of_one_page_is_whole_unless_a_window_asks_for_more() -> None:
    site = Site({FIRST: page(*ago(0, 1))})
    assert visit(ONE_PAGE, site).complete
    found = visit(ONE_PAGE, site, window=Window(date(2025, 12, 1), TODAY))
    assert "it has one page" in (found.failure or "")


def test_the_limit_of_pages_is_a_failure() -> None:
    short = BY_PATTERN.model_copy(update={"pages": BY_PATTERN.pages.model_copy(update={"most": 2})})
    found = visit(short, numbered(page(*ago(0)), page(*ago(0, 1))))
    assert "2 pages did not reach 2026-01-12; raise pages.most" in (found.failure or "")


def test_a_full_pass_reads_to_the_end_and_is_remembered() -> None:
    full = source("listing", FIRST, items=ITEMS, pages={"template": "index_{n}.html"}, full_pass_days=30)
    pages = [page(*ago(k * 10, k * 10 + 5)) for k in range(4)]
    site = numbered(*pages)
    due = Watermark({FIRST: ago(1)[0]}, TODAY - timedelta(days=30))
    found = visit(full, site, due)
    assert found.full_pass
    assert found.complete
    assert len(found.candidates) == 8
    assert found.watermark == Watermark({FIRST: TODAY}, TODAY)
    not_due = Watermark({FIRST: ago(1)[0]}, TODAY - timedelta(days=29))
    assert not visit(full, numbered(*pages), not_due).full_pass
    broken = Site({FIRST: pages[0], f"{HOST}/news/index_1.html": 500})
    assert visit(full, broken, due).watermark == due


def test_a_full_pass_can_be_held_to_a_number_of_days() -> None:
    keys = {"full_pass_days": 30, "full_pass_reach_days": 12}
    full = source("listing", FIRST, items=ITEMS, pages={"template": "index_{n}.html"}, **keys)
    site = numbered(*(page(*ago(k * 10, k * 10 + 5)) for k in range(4)))
    assert visit(full, site, Watermark({FIRST: TODAY}, TODAY - timedelta(days=40))).complete
    assert len(site.asked) == 2


def test_a_window_takes_its_days_alone_and_moves_nothing() -> None:
    site = numbered(page(*ago(0, 1)), page(*ago(2, 4)), page(*ago(5, 6)))
    mark = known_to(FIRST, TODAY)
    found = visit(BY_PATTERN, site, mark, window=Window(ago(4)[0], ago(1)[0]))
    assert [one.hints.published_on for one in found.candidates] == ago(2, 4)
    assert found.listed == 6
    assert found.watermark == mark


def test_a_page_that_is_not_the_list_it_was() -> None:
    one = source("listing", FIRST, items=ITEMS | {"within": "ul.newsList"})
    found = visit(one, Site({FIRST: page(*ago(0))}))
    assert "nothing matches 'ul.newsList'" in (found.failure or "")


def test_a_picture_and_a_headline_with_one_link_are_one_item() -> None:
    row = '<li><a href="a.html"><img src="a.jpg"></a></li><li><a href="a.html">The headline</a></li>'
    found = visit(ONE_PAGE, Site({FIRST: f"<ul>{row}</ul>"}))
    assert [(one.name, one.url) for one in found.candidates] == [("The headline", f"{HOST}/news/a.html")]


def test_items_without_a_link_are_counted_aloud() -> None:
    row = '<li><a>Heading</a></li><li><a href="javascript:x()">Menu</a></li><li><a href="a.html">A</a></li>'
    found = visit(ONE_PAGE, Site({FIRST: f"<ul>{row}</ul>"}))
    assert len(found.candidates) == 1
    assert "2 items have neither a usable link nor a name of their own" in found.alarms[0]


def test_a_base_element_moves_relative_links() -> None:
    text = f'<base href="{HOST}/elsewhere/"><ul><li><a href="a.html">A</a></li></ul>'
    assert visit(ONE_PAGE, Site({FIRST: text})).candidates[0].url == f"{HOST}/elsewhere/a.html"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("15/01/2026", TODAY),
        ("Harbour News 2026-01-15 | more", TODAY),
        ("2026年1月15日", TODAY),
        ("[2026.01.15]", TODAY),
        ("January 15, 2026", TODAY),
        ("soon", None),
    ],
)
def test_the_day_of_an_item_is_read_as_it_is_written(written: str, expected: date | None) -> None:
    text = f'<ul><li><a href="a.html">A</a><span>{written}</span></li></ul>'
    assert visit(ONE_PAGE, Site({FIRST: text})).candidates[0].hints.published_on == expected


def test_the_day_may_stand_in_the_address() -> None:
    one = source("listing", FIRST, items=ITEMS | {"date": "address"}, pages={"template": "index_{n}.html"})
    text = (
        '<ul><li><a href="./202601/t20260115_1.html">A</a></li><li><a href="./202601/t20260101_2.html">B</a></li></ul>'
    )
    found = visit(one, Site({FIRST: text}))
    assert found.complete
    assert (found.newest, found.oldest) == (TODAY, date(2026, 1, 1))
    assert found.candidates[0].hints.published_on is None
    assert found.candidates[0].hints.native_id == "t20260115_1"
