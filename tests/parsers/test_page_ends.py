"""What pages and feeds set above and below a text that is no part of it: counters, buttons, invitations to read on."""

import json

import pytest

from tests.parsers.captures import release_of
from tests.parsers.quay import FEED_ITEM, TEXT, page_of

ENDS = [
    '<p>The post <a href="/9">Ninth quay</a> appeared first on <a href="/">Harbour</a>.</p>',
    '<p><a href="https://www.facebook.com/sharer.php?u=x">\u5206\u4eab</a> <a href="/t">Tweet</a></p>',
    '<p><a href="/9">Read more</a></p>',
    '<p><a href="/9">\u7e7c\u7e8c\u95b1\u8b80 \u2192</a></p>',
    "<p>Continue reading \u201cNinth quay\u201d \u2026</p>",
]


@pytest.mark.parametrize("link", ["https://www.harbour.example/news/9", "https://www.news.gov.hk/chi/9.html"])
@pytest.mark.parametrize("end", ENDS)
def test_an_item_ends_where_its_text_does(end: str, link: str) -> None:
    text = f"<p>{TEXT[0]}</p><p>{TEXT[1]}</p>"
    item = {"link": link, "title": "Ninth quay", "content_html": text + end}
    release = release_of(json.dumps(item), kind=FEED_ITEM, url=link)
    assert release.body == "\n\n".join(TEXT)
    assert release.completeness == "whole"


@pytest.mark.parametrize(
    "counter",
    [
        "Views: 1,234",
        "98 views",
        "Page views: 98",
        "瀏覽次數：1,234",
        "阅读量 98",
        "浏览：1.2万次",
        "点击数：5",
        "Hits 1,234",
    ],
)
@pytest.mark.parametrize("is_above", [True, False])
def test_how_often_a_page_was_read_is_no_text_of_it(counter: str, is_above: bool) -> None:
    lines = [counter, *TEXT] if is_above else [*TEXT, counter]
    text = "".join(f"<p>{line}</p>" for line in lines)
    assert release_of(page_of(text), kind="html").body == "\n\n".join(TEXT)


@pytest.mark.parametrize("last", ["Views: the office asks for those of residents.", "Visits rose to 4,000 in May."])
def test_a_line_that_speaks_of_views_is_text(last: str) -> None:
    text = "".join(f"<p>{line}</p>" for line in (*TEXT, last))
    assert release_of(page_of(text), kind="html").body.endswith(last)
