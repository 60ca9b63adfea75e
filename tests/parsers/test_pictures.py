"""Which pictures are those of a release, and where they lie: what loads late, counts readers or draws a smile."""

import json

import pytest

from tests.parsers.captures import release_of
from tests.parsers.quay import FEED_ITEM, TEXT, page_of

QUAY = "https://www.harbour.example/img/quay.jpg"
NOTHING = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="


def told(picture: str, reader: str) -> list[str]:
    """The pictures that a reader finds where this one stands in the text."""
    text = f"<p>{TEXT[0]}</p>{picture}<p>{TEXT[1]}</p>"
    link = "https://www.harbour.example/news/9"
    if reader != "page":
        link = "https://www.news.gov.hk/chi/9.html" if reader == "news.gov.hk" else link
        item = json.dumps({"link": link, "title": "Ninth quay", "summary_html": text})
        return [one.url for one in release_of(item, kind=FEED_ITEM, url=link).images]
    return [one.url for one in release_of(page_of(text), kind="html", url=link).images]


@pytest.mark.parametrize("reader", ["page", "feed", "news.gov.hk"])
@pytest.mark.parametrize(
    "picture",
    [
        f'<img src="{QUAY}" data-src="/img/other.jpg">',
        f'<img src="{NOTHING}" data-src="{QUAY}">',
        f'<img src="/static/placeholder.gif" data-original="{QUAY}">',
        f'<img src="/img/blank.png" data-lazy-src="{QUAY}" style="display:none">',
        f'<img src="" data-srcset="{QUAY} 1x, /img/quay@2x.jpg 2x">',
        f'<img srcset="{QUAY} 600w, /img/quay-large.jpg 1200w">',
        f'<img src="{NOTHING}"><noscript><img src="{QUAY}"></noscript>',
        f'<img src="/img/spacer.gif" data-src="{QUAY}"><noscript><img src="{QUAY}"></noscript>',
    ],
)
def test_a_picture_that_is_loaded_late_is_the_one_that_is_seen(picture: str, reader: str) -> None:
    assert told(picture, reader) == [QUAY]


@pytest.mark.parametrize("reader", ["page", "feed", "news.gov.hk"])
@pytest.mark.parametrize(
    "picture",
    [
        '<img src="https://stats.harbour.example/hit.gif?a=1" style="display:none">',
        '<img src="https://stats.harbour.example/hit.gif?a=1" style="visibility: hidden">',
        '<img src="https://stats.harbour.example/hit.gif?a=1" style="width:1px;height:1px">',
        '<img src="https://stats.harbour.example/hit.gif?a=1" height="1">',
        '<img src="https://pixel.wp.com/b.gif?host=x&amp;blog=1&amp;post=2">',
        '<img src="https://stats.wordpress.com/b.gif?post=2">',
        '<img src="https://ad.doubleclick.net/ddm/activity/src=1">',
        '<img src="https://feeds.feedburner.com/~r/harbour/~4/abc">',
        '<img src="http://feeds.feedburner.com/~ff/harbour?d=yIl2AUoC8zA">',
        '<img src="https://s.w.org/images/core/emoji/13/72x72/2705.png">',
        '<img src="/own/2705.png" class="wp-smiley">',
        '<img src="https://secure.gravatar.com/avatar/1?s=96">',
        '<img src="/static/spacer.gif">',
    ],
)
def test_what_shows_nothing_of_the_release_is_no_picture_of_it(picture: str, reader: str) -> None:
    assert told(f'{picture}<img src="{QUAY}">', reader) == [QUAY]


@pytest.mark.parametrize("link", ["https://www.harbour.example/news/9", "https://www.news.gov.hk/chi/9.html"])
def test_pictures_and_documents_of_an_item_are_those_of_its_text_and_those_it_encloses(link: str) -> None:
    plan = "https://www.harbour.example/files/plan.pdf"
    enclosures = [
        {"url": QUAY, "media_type": "image/jpeg"},
        {"url": "https://www.harbour.example/img/gate.jpg", "media_type": "image/*"},
        {"url": "https://0.gravatar.com/avatar/1", "media_type": "image/*"},
        {"url": "https://www.harbour.example/files/fares.pdf", "media_type": "application/pdf"},
    ]
    text = f'<img src="{QUAY}"><p>{TEXT[0]}</p><p>{TEXT[1]}</p><p>See the <a href="{plan}">plan</a>.</p>'
    item = {"link": link, "title": "Ninth quay", "content_html": text, "enclosures": enclosures}
    release = release_of(json.dumps(item), kind=FEED_ITEM, url=link)
    assert [one.url for one in release.images] == [QUAY, "https://www.harbour.example/img/gate.jpg"]
    assert [one.url for one in release.attachments] == [plan, "https://www.harbour.example/files/fares.pdf"]
