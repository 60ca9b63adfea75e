"""What a probe makes of a page: where its list stands, how it goes on, what the site says of itself."""

import tomllib
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.discovery.html_items import html_items
from sources.discovery.kinds import discover
from sources.discovery.page import Page
from sources.discovery.watermark import NEVER_VISITED
from sources.probing import ways
from sources.probing.calendars import dated_template
from sources.probing.facts import Known, lines_of
from sources.probing.paging import find_paging
from sources.probing.proposal import Line, Proposal, name_for
from sources.probing.shapes import ListShape, find_list
from sources.probing.signs import read_signs
from sources.probing.zones import zone_of
from tests.effort import bounded

HERE = "https://press.harbour.example/news/index.html"
ZONE = "Europe/London"
HEADLINES = (
    "Harbour office opens ninth quay",
    "Two pilots honoured for night rescue",
    "New fares for the island ferries",
    "Statement on dredging in the bay",
    "Report on winter storms published",
    "Seven buoys replaced off the point",
)
MENU = "".join(f'<li><a href="/about/{n}.html">A long enough entry of the menu {n}</a></li>' for n in range(12))
CHROME = f'<nav class="menu"><ul>{MENU}</ul></nav>'
FOOT = f'<div id="footer"><ul>{MENU}</ul></div>'


def page(items: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{CHROME}<main>{items}</main>{FOOT}</body></html>"


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "lxml")


def rows(row: str) -> str:
    """One row for each headline; `{n}` is its number, `{title}` the headline, `{day}` its day."""
    return "".join(
        row.replace("{n}", str(n)).replace("{title}", title).replace("{day}", f"{20 - n:02}")
        for n, title in enumerate(HEADLINES)
    )


def listed(opening: str, row: str, closing: str) -> str:
    return page(f"{opening}{rows(row)}{closing}")


LISTS = {
    "TRS": listed(
        '<ul class="list">',
        '<li><a href="./202603/t202603{day}_10{n}.html">{title}</a><span>2026-03-{day}</span></li>',
        "</ul>",
    ),
    "TRS with the day in brackets": listed(
        '<ul class="news">', '<li><a href="./202603/t202603{day}_10{n}.html">{title}</a> (2026-03-{day})</li>', "</ul>"
    ),
    "WordPress": listed(
        "",
        '<article class="post-{n}00 post hentry"><header class="entry-header"><h2 class="entry-title">'
        '<a href="/2026/03/{day}/a-{n}/">{title}</a></h2></header><a class="thumb" href="/2026/03/{day}/a-{n}/">'
        '<img src="/{n}.jpg"></a><time class="entry-date" datetime="2026-03-{day}T09:00:00+00:00">{day}/3</time>'
        '<a href="/category/ships/" rel="tag">Ships</a></article>',
        "",
    ),
    "days in the items' own words": listed(
        '<ul class="ls">', '<li>· <a href="/art/{n}/art_{n}.html">{title}</a> [2026-03-{day}]</li>', "</ul>"
    ),
    "a link around headline and day": listed(
        '<ul class="list1">',
        '<li><a href="./202603/t202603{day}_10{n}.html"><p class="bt">{title}</p><i>2026-03-{day}</i></a></li>',
        "</ul>",
    ),
    "month and day apart": listed(
        '<div class="box2">',
        '<div><b>{day}</b><i>2026-03</i> <a href="./202603/t202603{day}_10{n}.html">{title}</a></div>',
        "</div>",
    ),
    "Drupal": listed(
        '<div class="view-content">',
        '<div class="views-row views-row-{n}"><span class="field-date">{day} March 2026</span>'
        '<h3><a href="/node/90{n}">{title}</a></h3></div>',
        "</div>",
    ),
    "a table": listed(
        "<table><tr><th>Date</th><th>Title</th></tr>",
        '<tr><td>{day}/03/2026</td><td><a href="/r/{n}.html">{title}</a></td></tr>',
        "</table>",
    ),
    "bare links with days in their addresses": listed(
        '<div class="box">', '<a href="/2026/03/{day}/{n}.html">{title}</a><br>', "</div>"
    ),
    "two lists of one kind": page(
        '<ul class="days">'
        + rows('<li><a href="/1/{n}.html">{title}</a><em>2026-03-{day}</em></li>')
        + '</ul><ul class="days">'
        + rows('<li><a href="/2/{n}.html">{title}</a><em>2026-02-{day}</em></li>')
        + "</ul>"
    ),
    "cut headlines": listed(
        '<div class="listing">',
        '<p><a href="/r/{n}.html" title="{title}">Harbour of…</a><b>2026-03-{day}</b></p>',
        "</div>",
    ),
}


def found_in(html: str) -> ListShape:
    shape = find_list(soup(html), HERE, ZONE)
    assert shape is not None
    return shape


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_is_found_with_link_headline_and_day(kind: str) -> None:
    """The proposed selectors are read by the same code that will read them in a run."""
    html = LISTS[kind]
    source = ways.listing(HERE, found_in(html), None, None).source(ZONE)
    items = html_items(soup(html), Page(HERE, 200, html.encode()), source)
    assert {item.title for item in items} == set(HEADLINES)
    assert len(items) == (12 if kind == "two lists of one kind" else 6)
    assert all(item.day is not None and item.day.year == 2026 for item in items)
    assert not [item for item in items if item.link and "/about/" in item.link]


def test_pages_without_a_list_have_none() -> None:
    story = "".join(f"<p>A paragraph of the story {n}, with nothing in it to follow.</p>" for n in range(20))
    assert find_list(soup(page(story)), HERE, ZONE) is None
    assert find_list(soup("<p>"), HERE, ZONE) is None
    assert find_list(soup(page(rows('<a href="#top">{title}</a>'))), HERE, ZONE) is None


def test_a_list_whose_items_lead_to_one_page_is_none() -> None:
    assert (
        find_list(soup(page(f'<ul class="a">{rows("<li><a href=/same.html>{title}</a></li>")}</ul>')), HERE, ZONE)
        is None
    )


def test_a_few_links_without_days_are_no_list() -> None:
    row = '<li><a href="/topics/{n}.html">{title}</a></li>'
    assert find_list(soup(listed('<ul class="topics">', row, "</ul>")), HERE, ZONE) is None
    twice = '<ul class="topics">' + rows(row) + rows(row.replace("topics/", "more/")) + "</ul>"
    found = found_in(page(twice))
    assert (found.items, found.dated, found.date) == (12, 0, None)


HOSTILE = {
    "nested deep": '<div class="q">' * 300 + '<a href="/x.html">A title long enough</a>' * 300,
    "a class for every row": "".join(
        f'<div class="k{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}"><a href="/{n}.html">A title long enough</a></div>'
        for n in range(1_500)
    ),
    "one number, a thousand times": f'<a href="/{"1/" * 9_000}">2</a><a href="/{"1/" * 9_000}">3</a>',
    "an end without end": '<a href="/n.html">next</a>' * 4_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_page_costs_seconds_at_most(kind: str) -> None:
    html = page(HOSTILE[kind])
    tree = soup(html)
    with bounded():
        read_signs(tree, HERE)
        find_list(tree, HERE, ZONE)
        find_paging(tree, html.encode(), HERE)


@pytest.mark.parametrize(
    ("url", "template", "start", "days"),
    [
        ("https://a.example/general/202511/27.htm", "https://a.example/general/{yyyy}{mm}/{dd}.htm", (2025, 11, 27), 1),
        ("https://a.example/2024/02/", "https://a.example/{yyyy}/{mm}/", (2024, 2, 1), 29),
        ("https://a.example/list?date=2025-07", "https://a.example/list?date={yyyy}-{mm}", (2025, 7, 1), 31),
        ("https://a.example/2020-21/20260305.html", "https://a.example/2020-21/{yyyy}{mm}{dd}.html", (2026, 3, 5), 1),
    ],
)
def test_a_date_in_an_address_makes_a_calendar(url: str, template: str, start: tuple[int, int, int], days: int) -> None:
    found = dated_template(url)
    assert found is not None
    assert (found[0], found[1].start, len(list(found[1].days()))) == (template, date(*start), days)


@pytest.mark.parametrize(
    "url",
    [
        "/news/index.html",
        "/art/20269999/1.html",
        "/v/20250231.htm",
        "/{yyyy}/202501/",
        "/202501zt/index.html",
        "/2026/03/05/quay-open/",
    ],
)
def test_other_numbers_make_none(url: str) -> None:
    assert dated_template(f"https://a.example{url}") is None


PAGINGS = [
    ('<script>createPageHTML(34, 0, "index", "shtml");</script>', None, "index_{n}.shtml", 1),
    ("<script>var countPage = 7;</script>", None, "index_{n}.html", 1),
    ('<link rel="next" href="?page=2">', 'link[rel~="next"]@href', None, 1),
    ('<a class="next page-numbers" href="/news/page/2/">Next</a>', "a.next@href", None, 1),
    ('<li class="pager__item--next"><a href="?page=1">Next ›</a></li>', ".pager__item--next a@href", None, 1),
    ('<a href="list_2.html">下一页</a>', 'a:-soup-contains("下一页")@href', None, 1),
    ('<b>1</b> <a href="?y=2026&p=2">2</a> <a href="?y=2026&p=3">3</a>', None, "?y=2026&p={n}", 2),
    ('<a href="?page=0">1</a> <a href="?page=1">2</a> <a href="?page=2">3</a>', None, "?page={n}", 1),
]


@pytest.mark.parametrize(("html", "following", "template", "first"), PAGINGS)
def test_how_pages_follow_each_other(html: str, following: str | None, template: str | None, first: int) -> None:
    made = page(html)
    paging = find_paging(soup(made), made.encode(), HERE)
    assert paging is not None
    assert (paging.next, paging.template, paging.first) == (following, template, first)


def test_a_page_alone_has_no_paging() -> None:
    made = page('<a href="/2.html">2</a> <a href="/nine.html">3</a> <a href="/next.html">Next steps</a>')
    assert find_paging(soup(made), made.encode(), HERE) is None


def test_what_is_known_of_a_publisher_is_sure_and_the_rest_is_not() -> None:
    here = "https://wb.beijing.gov.cn/en/express/index.html"
    html = LISTS["TRS"]
    way = ways.listing(here, found_in(html), None, "trs_cms")
    now = datetime(2026, 3, 21, tzinfo=UTC)
    answer = Page(here, 200, html.encode())
    found = discover(way.source("Asia/Shanghai"), NEVER_VISITED, lambda _: answer, now=now)
    signs = read_signs(soup(html), here)
    head, expects = lines_of(Known(here, signs, found, (), zone_of("wb.beijing.gov.cn", None), 3.0, live=False))
    told = {line.key: (line.value, line.confidence) for line in (*head, *expects)}
    assert told["publisher"] == ("wb.beijing.gov.cn", "sure")
    assert told["rights"] == ("not looked up", "guess")
    assert told["verified"] == (False, "sure")
    assert told["items_per_day"] == (1.0, "guess")
    assert "parser" not in told
    assert "required" not in told


FAMILIES = [
    ('<meta name="generator" content="WordPress 6.9">', "wordpress"),
    ('<link rel="https://api.w.org/" href="/wp-json/">', "wordpress"),
    ('<meta name="Generator" content="Drupal 10 (https://www.drupal.org)">', "drupal"),
    ('<meta name="siteidcode" content="12">', "trs_cms"),
    ('<meta name="govuk:format" content="finder">', "govuk"),
    ("<title>Plain</title>", None),
]


@pytest.mark.parametrize(("head", "family"), FAMILIES)
def test_the_family_of_a_page(head: str, family: str | None) -> None:
    assert read_signs(soup(page("", head)), HERE).family == family


def test_feeds_that_a_page_names_but_not_those_of_comments() -> None:
    head = (
        '<link rel="alternate" type="application/rss+xml" title="News" href="feed.xml">'
        '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">'
        '<link rel="alternate" hreflang="fr" href="/fr/">'
        '<link rel="https://api.w.org/" href="/wp-json/">'
    )
    signs = read_signs(soup(page("", head)), HERE)
    assert signs.feeds == ("https://press.harbour.example/news/feed.xml",)
    assert signs.interface == "https://press.harbour.example/wp-json/"


def test_what_a_site_says_of_itself() -> None:
    html = (
        '<html lang="zh-CN"><title>新闻_潮汐部</title><a href="/zw/">新闻发布</a><p>版权所有：潮汐部办公厅</p></html>'
    )
    signs = read_signs(soup(html), HERE)
    assert (signs.language, signs.site, signs.rights) == ("zh-Hans", "潮汐部", "版权所有：潮汐部办公厅")
    assert signs.lists == (("https://press.harbour.example/zw/", "新闻发布"),)


@pytest.mark.parametrize(
    ("host", "family", "zone", "confidence"),
    [
        ("www.beijing.gov.cn", None, "Asia/Shanghai", "likely"),
        ("press.gov.hk", None, "Asia/Hong_Kong", "likely"),
        ("www.gov.uk", None, "Europe/London", "likely"),
        ("10.0.0.1", "trs_cms", "Asia/Shanghai", "likely"),
        ("press.example", None, "UTC", "guess"),
    ],
)
def test_the_zone_by_the_name_of_the_host(host: str, family: str | None, zone: str, confidence: str) -> None:
    assert zone_of(host, family)[:2] == (zone, confidence)


@settings(max_examples=50)
@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_a_stranger_wrote_stays_inside_its_line(value: str, why: str) -> None:
    told = Proposal((Line("title", value, "guess", why),), notes=(why,)).toml()
    assert tomllib.loads(told) == {"title": value.encode("utf-8", "replace").decode()}


def test_a_line_says_how_sure_it_is() -> None:
    told = Proposal(
        (Line("urls", ("a", "b"), "sure", "seen"),), (("items", (Line("payload", True, "guess", "x\ny"),)),)
    )
    assert told.toml() == 'urls = ["a", "b"]  # sure: seen\n\n[items]\npayload = true  # guess: x y\n'


@pytest.mark.parametrize(
    ("host", "language", "name"),
    [
        ("wb.beijing.gov.cn", "en", "wb_beijing_gov_cn_en"),
        ("www.gov.uk", "en", "gov_uk_en"),
        ("127.0.0.1", "zh-Hans", "site_127_0_0_1_zh"),
        ("9news.example", "", "site_9news_example"),
    ],
)
def test_a_name_is_proposed_that_a_source_may_have(host: str, language: str, name: str) -> None:
    assert name_for(host, language) == name
