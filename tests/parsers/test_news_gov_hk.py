"""Articles of news.gov.hk as pages and as feed items: the same fields from both, time of day only where it agrees."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from parsers.answering import read_capture
from parsers.blocks import body_fingerprint
from parsers.records import Release
from parsers.sites.news_gov_hk_feed import MEDIA_TYPE
from tests.parsers.captures import capture_of, rejection_of, release_of, shared_json_lines
from warehouse.resolution.versions import changed_fields

PAGES = Path(__file__).parent / "pages"
ENGLISH = "https://www.news.gov.hk/eng/2026/03/20260304/20260304_092922_819.html"
CHINESE = "https://www.news.gov.hk/chi/2026/03/20260304/20260304_091530_204.html"
GATEWAY = CHINESE.replace("https://", "https://sc.news.gov.hk/TuniS/")
ITEM = json.loads((PAGES / "hk_news_item-3.tc.json").read_text(encoding="utf-8"))


def page(name: str, url: str) -> Release:
    return release_of((PAGES / name).read_bytes(), kind="html", url=url)


def item(**changes: Any) -> Release:
    return release_of(json.dumps(ITEM | changes), kind=MEDIA_TYPE)


def test_what_an_english_page_says() -> None:
    release = page("hk_news-2.en.html", ENGLISH)
    assert (release.parser, release.publisher, release.rendition) == ("hk_news/2", "news.gov.hk", "page")
    assert (release.native_id, release.language) == ("20260304_092922_819", "en")
    assert release.title == "Lamp lit again at Pak Lap"
    assert release.published is not None
    assert release.published.at == datetime(2026, 3, 4, 1, 29, 22, tzinfo=UTC)
    assert release.published.basis == "inferred"
    assert [block.text[:16] for block in release.blocks] == ["The Lighthouse D", "The lamp was mad", "Visit the depart"]
    assert [(one.url.rpartition("/")[2], one.caption) for one in release.images] == [
        ("20260304093001222.jpg", "Lit again: The restored lamp at Pak Lap Point.")
    ]


def test_another_day_in_the_object_id_gives_no_time_and_stays_in_the_evidence() -> None:
    release = page("hk_news-2.tc.html", CHINESE)
    assert release.published is not None
    assert (release.published.at, release.published.on) == (None, date(2026, 3, 5))
    assert [other.value for other in release.evidence["published"].others] == ["2026-03-04"]


def test_page_item_and_bare_text_say_the_same() -> None:
    seen, listed = page("hk_news-2.tc.html", CHINESE), item()
    assert (listed.parser, listed.rendition) == ("hk_news_item/3", "feed_item")
    for field in ("publisher", "native_id", "language", "url", "title", "blocks", "address_on", "rights"):
        assert getattr(seen, field) == getattr(listed, field), field
    text = release_of(f"{seen.title}\n2026年3月5日\n\n{seen.body}\n\n回到頁首\n")
    assert body_fingerprint(text) == body_fingerprint(seen)
    assert text.title == seen.title


def test_midnight_in_a_feed_is_a_day_completed_by_the_object_id() -> None:
    release = item()
    assert release.published is not None
    assert (release.published.precision, release.published.basis) == ("second", "inferred")
    assert release.published.at == datetime(2026, 3, 4, 1, 15, 30, tzinfo=UTC)
    later = item(published="Fri, 06 Mar 2026 00:00:00 +0800").published
    assert later is not None and (later.at, later.on) == (None, date(2026, 3, 6))


def test_the_gateway_serves_a_rendition() -> None:
    markup = (PAGES / "hk_news-2.tc.html").read_text(encoding="utf-8")
    simplified = markup.translate(str.maketrans("燈啟這製觀見說間時", "灯启这制观见说间时"))
    release = release_of(simplified, kind="html", url=GATEWAY)
    assert (release.rendition, release.url, release.language) == ("gateway", CHINESE, "zh-Hans")


@pytest.mark.parametrize(
    ("changes", "named"),
    [({"title": ""}, "title"), ({"summary_html": None}, "summary_html"), ({"title": ["a"]}, "title")],
)
def test_an_item_without_title_or_text_says_what_is_missing(changes: dict[str, Any], named: str) -> None:
    assert named in rejection_of(json.dumps(ITEM | changes), kind=MEDIA_TYPE).reason


@pytest.mark.parametrize("body", [b"", b"{", b'{"link": "https://www.news.gov.hk/"}', b'["https://www.news.gov.hk/"]'])
def test_a_broken_item_is_rejected(body: bytes) -> None:
    (reading,) = read_capture(capture_of(body, kind=MEDIA_TYPE, url=CHINESE))
    assert reading.rejection


def test_a_page_without_its_headline_is_rejected_with_the_selector() -> None:
    markup = (PAGES / "hk_news-2.en.html").read_text(encoding="utf-8").replace("news-title", "headline")
    assert "h1.news-title" in rejection_of(markup, kind="html", url=ENGLISH).reason


def test_versions_differ_exactly_when_title_text_or_picture_did() -> None:
    changed = []
    for article in shared_json_lines("corpora/pages/news.gov.hk/feed_revisions.jsonl"):
        rows = [row(article, version) for version in article["versions"]]
        changed += [changed_fields(held, new) for held, new in zip(rows, rows[1:], strict=False)]
    assert {fields: changed.count(fields) for fields in set(changed)} == {
        ("body",): 21,
        ("images",): 9,
        ("title",): 1,
        (): 2,  # only the markup of a link
    }


def row(article: dict[str, Any], version: dict[str, Any]) -> dict[str, Any]:
    """The reading of one version, flat as the archive has it."""
    told = {"link": article["link"], "native_id": article["objectId"], "title": version["title"]}
    told |= {"published": version["pubDate"], "summary_html": version["description"]}
    (reading,) = read_capture(capture_of(json.dumps(told), kind=MEDIA_TYPE))
    record = reading.record
    assert record, reading.rejection
    flat = record | {"body_sha256": reading.body_sha256, "title_basis": record["evidence"]["title"]["basis"]}
    for name in ("published", "updated"):
        flat |= {f"{name}_{key}": (record[name] or {}).get(key) for key in ("basis", "on", "at")}
    return flat
