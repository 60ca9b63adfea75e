"""One page at addresses that are written otherwise, told through whole runs: an edit seen at any is its edit."""

import json
from itertools import permutations
from pathlib import Path

import pytest

from tests.desk import Desk
from tests.samples import ORCHARD, news
from tests.warehouse.looks import visits
from warehouse.connection import attached

NUMBERED = "https://www.info.gov.hk/gia/general/202506/25/P20250625004{}.htm"


def test_spellings_of_one_address_are_one_release(desk: Desk) -> None:
    page, text = NUMBERED.format("11"), news()
    spellings = [page, page.replace("https", "http"), f"{page}?fontSize=1", f"{page}?utm_source=feed#top"]
    spellings += [page.replace("www.", ""), page.replace(".htm", "p.htm"), f"http://sc.isd.gov.hk/TuniS//{page[8:]}"]
    found = desk.ingest(visits(desk, [(url, text) for url in spellings]))
    assert found["new"] == 1
    assert "revised" not in found
    assert desk.column("SELECT url FROM releases") == [page]


def test_an_edit_seen_under_another_query_is_an_edit(desk: Desk) -> None:
    page = NUMBERED.format("11")
    queries = ("?from=rss", "?lang=en", "?WT.mc_id=email", "?pk_campaign=a", "?v=2", "?mobile=1&_hsenc=x")
    looks = [(page, news())]
    looks += [(page + query, news().replace("4,000", f"{n},300")) for n, query in enumerate(queries, 5)]
    assert desk.ingest(visits(desk, looks)) == {"new": 1, "revised": len(queries)}


ANYWHERE = "://press.example.gov/notices/ninth-quay"


def test_an_edit_seen_with_the_other_scheme_is_an_edit_at_the_address_shown_then(desk: Desk) -> None:
    newer = news().replace("4,000", "5,200")
    looks = [("http" + ANYWHERE, news()), ("https" + ANYWHERE, newer), ("http" + ANYWHERE, newer)]
    assert desk.ingest(visits(desk, looks, "")) == {"new": 1, "revised": 1, "unchanged": 1}
    assert desk.column("SELECT url FROM versions ORDER BY version") == ["http" + ANYWHERE, "https" + ANYWHERE]
    assert desk.ingest(visits(desk, [("http" + ANYWHERE, news().replace("4,000", "6,100"))], "")) == {"duplicate": 1}


def test_a_host_with_and_without_www_is_one(desk: Desk) -> None:
    plain, www = "https" + ANYWHERE, "https" + ANYWHERE.replace("://", "://www.")
    newer = news().replace("4,000", "5,200")
    looks = [(plain, news()), (www, news()), ("http" + www[5:], newer)]
    assert desk.ingest(visits(desk, looks, "")) == {"new": 1, "unchanged": 1, "revised": 1}


def test_another_text_behind_the_other_scheme_is_an_alarm_too(desk: Desk) -> None:
    other = news("Seedlings for growers after the storm", paragraphs=ORCHARD)
    assert desk.ingest(visits(desk, [("http" + ANYWHERE, news()), ("https" + ANYWHERE, other)], "")) == {"new": 2}
    assert desk.column("SELECT count(*) FROM relations WHERE kind = 'replaced_at_address'") == [1]


@pytest.mark.parametrize(
    "shown",
    ["/", "/amp", "/print/", "/index.html", "?amp=1", "?view=print", "?PHPSESSID=a1b2", ";jsessionid=A1.node", "?_=17"],
)
def test_an_edit_seen_at_a_page_shown_otherwise_is_an_edit_whichever_was_met_first(desk: Desk, shown: str) -> None:
    plain, other, newer = "https" + ANYWHERE, "https" + ANYWHERE + shown, news().replace("4,000", "5,200")
    looks = [(plain, news()), (other, newer)]
    assert desk.ingest(visits(desk, looks, "")) == {"new": 1, "revised": 1}
    elsewhere = [(url.replace("ninth", "tenth"), text.replace("ninth", "tenth")) for url, text in looks]
    first, then = (elsewhere[1][0], elsewhere[0][1]), (elsewhere[0][0], elsewhere[1][1])
    assert desk.ingest(visits(desk, [first], "")) == {"new": 1}
    assert desk.ingest(visits(desk, [then], "")) == {"revised": 1}


def test_parameters_in_another_order_are_the_same_address(desk: Desk) -> None:
    looks = [("?id=1&cat=2", news()), ("?cat=2&id=1", news().replace("4,000", "5,200"))]
    for query, text in looks:
        desk.ingest(visits(desk, [("https" + ANYWHERE + query, text)], ""))
    assert desk.column("SELECT version FROM versions ORDER BY version") == [1, 2]


@pytest.mark.parametrize("before", ["?id=1&mtm_source=feed", "?view=print&id=1", ";jsessionid=A1.node?id=1"])
def test_an_address_from_before_a_parameter_was_known_to_say_nothing_still_names_its_release(
    desk: Desk, before: str
) -> None:
    page = "https" + ANYWHERE
    desk.ingest(visits(desk, [(page, news())], ""))
    with attached(desk.home.warehouse) as con:
        told = "UPDATE kept.release_keys SET value = value || $before WHERE kind = 'canonical_url'"
        con.execute(told, {"before": before})
    seen = {"mtm_source=feed&id=1": news(), "id=1": news().replace("4,000", "5,200")}
    later = visits(desk, [(f"{page}?{query}", text) for query, text in seen.items()], "")
    assert desk.ingest(later) == {"unchanged": 1, "revised": 1}
    assert desk.rows("SELECT url, version FROM releases") == [{"url": f"{page}?id=1", "version": 2}]


@pytest.mark.parametrize("written", ["/amp", "?cat=2&id=1", "/index.html"])
def test_a_release_known_by_an_odd_spelling_alone_is_found_where_it_stood(desk: Desk, written: str) -> None:
    page = "https" + ANYWHERE + written
    desk.ingest(visits(desk, [(page, news())], ""))
    with attached(desk.home.warehouse) as con:
        con.execute("DELETE FROM kept.release_keys WHERE rule LIKE '%plain spelling'")
    newer = news().replace("4,000", "5,200")
    assert desk.ingest(visits(desk, [(page, newer)], "")) == {"revised": 1}


def told(address: str, text: str, own: str) -> str:
    """A page that names an address as its own."""
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n\n"))
    head = f'<title>Quay</title><link rel="canonical" href="{own}">'
    return f'<html lang="en"><head>{head}</head><body><article>{paragraphs}</article></body></html>'


@pytest.mark.parametrize("shown", ["/amp/notices/ninth-quay", "/notices/printable/ninth-quay"])
def test_a_page_that_names_its_own_address_is_the_release_there_whichever_was_met_first(desk: Desk, shown: str) -> None:
    own, newer = "https" + ANYWHERE, news().replace("4,000", "5,200")
    other = own.replace("/notices/ninth-quay", shown)
    for name, looks in {"one": [(own, news()), (other, newer)], "two": [(other, news()), (own, newer)]}.items():
        pages = [(url.replace("ninth", name), text.replace("ninth", name)) for url, text in looks]
        mine = own.replace("ninth", name)
        html = [(url, told(url, text, mine)) for url, text in pages]
        assert ingest_pages(desk, html, name) == {"new": 1, "revised": 1}


def test_pages_that_all_name_a_list_as_their_own_address_stay_apart(desk: Desk) -> None:
    pages = [("https" + ANYWHERE + f"-{n}", news().replace("4,000", f"{n},200")) for n in (5, 6)]
    html = [(url, told(url, text, "https://press.example.gov/notices")) for url, text in pages]
    assert ingest_pages(desk, html, "list") == {"new": 2}


def ingest_pages(desk: Desk, pages: list[tuple[str, str]], name: str) -> dict[str, int]:
    rows = []
    for number, (url, text) in enumerate(pages):
        path = desk.root / f"{name}{number}.html"
        path.write_text(text, encoding="utf-8")
        rows.append({"file": path.name, "url": url, "seen_at": f"2025-06-25T1{number}:00:00Z"})
    return desk.ingest(desk.list_of(rows))


PARSED = Path(__file__).parents[1] / "parsers" / "pages"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_post_stated_at_the_address_of_its_interface_is_the_release_on_the_page(
    desk: Desk, order: tuple[int, ...]
) -> None:
    post, page = (next(PARSED.glob(name)) for name in ("wordpress_post-*.state.json", "wordpress-*.state.html"))
    item = json.loads(next(PARSED.glob("feed_item-*.wordpress.json")).read_text(encoding="utf-8"))
    summary = desk.root / "summary.json"
    summary.write_text(json.dumps({key: value for key, value in item.items() if key != "content_html"}))
    at = item["link"]
    interface = f"{at.partition('/releases')[0]}/wp-json/wp/v2/posts/664401"
    ways = [
        {"file": str(post), "url": interface, "media_type": "application/json"},
        {"file": str(page), "url": at},
        {"file": summary.name, "url": at, "media_type": "application/vnd.communique.feed-item+json"},
    ]
    rows = [ways[n] | {"seen_at": f"2026-01-25T1{hour}:00:00Z"} for hour, n in enumerate(order)]
    assert desk.ingest(desk.list_of(rows)) == {"new": 1, "duplicate": 2}
    assert desk.column("SELECT DISTINCT url FROM releases") == [at]
