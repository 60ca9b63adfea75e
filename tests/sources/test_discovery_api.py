"""JSON interfaces: pages by number, offset, cursor and next address; days in the query; totals that must be met."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from sources.discovery.kinds import discover
from sources.discovery.page import NoPage, Page
from sources.discovery.watermark import NEVER_VISITED
from sources.discovery.window import Window
from tests.sources.listed import HOST, NOW, TODAY, Site, known_to, source, visit

ITEMS = {"each": "data.items[*]", "link": "path", "title": "t", "date": "when", "payload": True}
API = f"{HOST}/api"


def record(number: int) -> dict[str, Any]:
    """Release `number`: one a day, the first today."""
    return {"path": f"/n/{number}", "t": f"Notice {number}", "when": f"{TODAY - timedelta(days=number)}T09:00:00+08:00"}


class Server:
    """Forty releases, `size` to a page, given out as `answer` says."""

    def __init__(self, answer: Callable[[dict[str, str], str], Any]) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def get(self, url: str) -> Page | NoPage:
        self.asked.append(url)
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        told = self.answer(query, url)
        return Page(url, 404, b"{}") if told is None else Page(url, 200, json.dumps(told).encode())


def slice_of(start: int, size: int, **more: Any) -> dict[str, Any]:
    return {"data": {"items": [record(number) for number in range(start, min(start + size, 40))]}} | more


def test_pages_by_number_stop_at_the_day() -> None:
    one = source("api", f"{API}?page={{page}}", items=ITEMS, pages={"size": 3})
    server = Server(lambda query, _: slice_of((int(query["page"]) - 1) * 3, 3))
    found = discover(one, NEVER_VISITED, server.get, now=NOW)
    assert server.asked == [f"{API}?page=1", f"{API}?page=2"]
    assert found.complete
    first = found.candidates[0]
    assert (first.url, first.name) == (f"{HOST}/n/0", "Notice 0")
    assert first.hints.listed_at == datetime(2026, 1, 15, 1, 0, tzinfo=UTC)
    assert first.hints.rendition == "api"
    assert json.loads(first.hints.payload or "") == record(0)


def test_offsets_count_items() -> None:
    one = source("api", f"{API}?start={{offset}}", items=ITEMS, pages={"size": 2})
    server = Server(lambda query, _: slice_of(int(query["start"]), 2))
    discover(one, NEVER_VISITED, server.get, now=NOW)
    assert server.asked == [f"{API}?start=0", f"{API}?start=2", f"{API}?start=4"]


def test_cursors_are_passed_on_escaped() -> None:
    one = source("api", f"{API}?after={{cursor}}", items=ITEMS, pages={"cursor": "meta.next"})
    server = Server(lambda query, _: slice_of(int(query.get("after", "c&0")[2:]), 3, meta={"next": "c&3"}))
    found = discover(one, NEVER_VISITED, server.get, now=NOW)
    assert server.asked == [f"{API}?after=", f"{API}?after=c%263"]
    assert found.complete


def test_next_addresses_are_followed_to_their_end() -> None:
    one = source("api", f"{API}?gte={{since}}&lte={{until}}", items=ITEMS, pages={"next": "next", "total": "count"})

    def answer(query: dict[str, str], url: str) -> dict[str, Any]:
        if "p" in query:
            return slice_of(3, 1, count=4)
        return slice_of(0, 3, count=4, next=f"{url}&p=2")

    server = Server(answer)
    found = discover(one, NEVER_VISITED, server.get, now=NOW)
    assert server.asked[0] == f"{API}?gte=2026-01-12&lte=2026-01-16"
    assert len(server.asked) == 2
    assert found.complete
    assert len(found.candidates) == 4


def test_a_window_stands_in_the_query() -> None:
    one = source("api", f"{API}?f={{since_dd}}{{since_mm}}{{since_yyyy}}&t={{until}}", items=ITEMS)
    server = Server(lambda *_: slice_of(10, 3))
    found = discover(one, NEVER_VISITED, server.get, now=NOW, window=Window(date(2026, 1, 3), date(2026, 1, 6)))
    assert server.asked == [f"{API}?f=03012026&t=2026-01-05"]
    assert found.complete
    assert [one.hints.published_on for one in found.candidates] == [date(2026, 1, k) for k in (5, 4, 3)]


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (None, "status 404"),
        ({"data": {"items": []}, "count": 5}, "it says there are 5 and 3 were given"),
        ({"data": {"items": [record(0), record(1), record(2)]}, "count": 5}, "the same items as on an earlier page"),
        ({"error": "busy"}, "nothing stands at 'data.items[*]'"),
    ],
)
def test_an_interface_that_gives_less_than_it_says_is_a_failure(second: Any, reason: str) -> None:
    one = source("api", f"{API}?page={{page}}&gte={{since}}", items=ITEMS, pages={"size": 3, "total": "count"})
    server = Server(lambda query, _: slice_of(0, 3, count=5) if query["page"] == "1" else second)
    mark = known_to(one.urls[0], TODAY)
    found = discover(one, mark, server.get, now=NOW)
    assert reason in (found.failure or "")
    assert len(found.candidates) == 3
    assert found.watermark == mark


def test_a_missing_next_address_before_the_total_is_a_failure() -> None:
    one = source("api", f"{API}?gte={{since}}", items=ITEMS, pages={"next": "next", "total": "count"})
    found = discover(one, NEVER_VISITED, Server(lambda *_: slice_of(0, 3, count=9)).get, now=NOW)
    assert "there is no further page" in (found.failure or "")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<html>Checking your browser</html>", "not JSON"),
        ('{"data": {"items": []}}', "no item on it"),
        ('{"data": {"items": [{"a": 1, "a": 2}]}}', "twice in one object"),
        ('{"data": {}}', "nothing stands at"),
        ("", "an empty body"),
    ],
)
def test_what_is_no_list_is_a_failure(body: str, reason: str) -> None:
    found = visit(source("api", API, items=ITEMS), Site({API: body}))
    assert reason in (found.failure or "")


def test_an_empty_list_may_be_believed_where_the_file_says_so() -> None:
    one = source("api", API, items=ITEMS, expects={"may_be_empty": True})
    assert visit(one, Site({API: '{"data": {"items": []}}'})).complete
    assert not visit(one, Site({API: '{"data": {}}'})).complete


def test_addresses_are_made_of_templates_and_times_may_be_numbers() -> None:
    items = {
        "each": "$", "link": "slug", "id": "no", "title": "t", "date": "ts",
        "link_template": "/api/content/{value}", "page_template": "/pages/{value}",
    }  # fmt: skip
    told = [{"slug": "a", "no": 7, "t": "A", "ts": 1768446000}, {"slug": "b", "no": 8, "t": "B", "ts": 1768446000000}]
    found = visit(source("api", API, items=items), Site({API: json.dumps(told)}))
    assert [one.url for one in found.candidates] == [f"{HOST}/api/content/a", f"{HOST}/api/content/b"]
    assert found.candidates[0].hints.page_url == f"{HOST}/pages/a"
    assert found.candidates[0].hints.native_id == "7"
    assert {one.hints.listed_at for one in found.candidates} == {datetime(2026, 1, 15, 3, 0, tzinfo=UTC)}


def test_an_item_may_be_whole_in_the_list() -> None:
    items = {"each": "$", "id": "no", "title": "t", "payload": True}
    found = visit(source("api", API, items=items), Site({API: '[{"no": "x/1", "t": "T"}]'}))
    assert (found.candidates[0].url, found.candidates[0].ref) == (None, "item:x%2F1")
