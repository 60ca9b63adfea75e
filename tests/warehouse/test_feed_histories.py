"""Histories of articles as a feed told them: what is an edit, of which fields, and what is none."""

import html
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.desk import Desk

FEED_ITEM = "application/vnd.communique.feed-item+json"
ITEM = json.loads(
    (Path(__file__).parents[1] / "parsers" / "pages" / "hk_news_item-3.tc.json").read_text(encoding="utf-8")
)
REVISIONS = Path(__file__).resolve().parents[2] / ".." / "shared/corpora/pages/news.gov.hk/feed_revisions.jsonl"
FIRST_SEEN = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)
VERSIONS = "SELECT url, version, edit_kind, changed_fields FROM versions ORDER BY url, version, reading"


def listed(desk: Desk, items: list[tuple[dict[str, Any], datetime]]) -> Path:
    """A manifest of feed items with the times they were seen."""
    rows = []
    for number, (item, seen_at) in enumerate(items):
        path = desk.root / f"{number:04}.json"
        path.write_text(json.dumps(item, ensure_ascii=False), encoding="utf-8")
        seen = seen_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        rows.append({"file": path.name, "url": item["link"], "media_type": FEED_ITEM, "seen_at": seen})
    return desk.list_of(rows)


def histories(desk: Desk) -> dict[str, list[tuple[str | None, list[str]]]]:
    """Kind of edit and changed fields of every version, by address."""
    found: dict[str, list[tuple[str | None, list[str]]]] = {}
    for row in desk.rows(VERSIONS):
        found.setdefault(row["url"], []).append((row["edit_kind"], row["changed_fields"]))
    return found


PICTURE = ITEM["summary_html"].partition(">")[0] + ">"
OTHER_PICTURE = PICTURE.replace("092001333.jpg", "101500777.JPG")
AFTER_PICTURE = ITEM["summary_html"].partition(">")[2]
MIRROR = PICTURE.replace("www.news.gov.hk/chi", "cdn.news.gov.hk/cache/chi")
SERVED_ELSEWHERE = {
    "by a proxy": "https://images.proxy.example/?n=-1&url=https%3A%2F%2Fwww.news.gov.hk%2Fchi%2F{}.jpg",
    "without the folder of the article": "https://cdn.news.gov.hk/img/{}.jpg",
    "smaller": "https://www.news.gov.hk/chi/2026/03/20260304/20260304_091530_204/images/{}_600x400.JPG",
}
PICTURE_NAME = "20260304092001333"
AT_HOME = SERVED_ELSEWHERE["smaller"].format(PICTURE_NAME)
ENCLOSED = {"enclosures": [{"url": AT_HOME, "media_type": "image/jpeg"}]}
FIRST_SEEN_AT = '<p>The post <a href="/x">X</a> appeared first on <a href="/">news.gov.hk</a>.</p>'
COUNTED = '<img src="https://stats.news.gov.hk/hit.gif?a=7" style="display:none">'
TOLD_ANEW = (
    ITEM["summary_html"].replace("<p> </p>", "<p>&#160;</p>\n<p>\u00a0</p>").replace("。</p>", "。<br/></p>\n", 1)
)
STEPS: list[tuple[str, dict[str, str], tuple[str, list[str]] | None]] = [
    ("the first text", {}, ("", [])),
    ("the same markup written otherwise", {"summary_html": TOLD_ANEW}, None),
    ("a picture from another host", {"summary_html": ITEM["summary_html"].replace(PICTURE, MIRROR)}, None),
    *(
        (f"a picture served {how}", {"summary_html": f'<img src="{url.format(PICTURE_NAME)}">{AFTER_PICTURE}'}, None)
        for how, url in SERVED_ELSEWHERE.items()
    ),
    ("the picture enclosed, and no more in the text", {"summary_html": AFTER_PICTURE} | ENCLOSED, None),
    (
        "a picture loaded late, readers counted",
        {"summary_html": f'<img src="data:image/gif;base64,R0lG" data-src="{AT_HOME}">{AFTER_PICTURE}{COUNTED}'},
        None,
    ),
    ("an invitation to the site", {"summary_html": ITEM["summary_html"] + FIRST_SEEN_AT}, None),
    ("no day", {"published": ""}, None),
    ("the day in another standard", {"published": "2026-03-04T00:00:00+08:00"}, None),
    ("midnight told in UTC", {"published": "2026-03-03T16:00:00Z"}, None),
    ("a link put on a word", {"summary_html": ITEM["summary_html"].replace("修復", "<a href='/x'>修復</a>")}, None),
    (
        "another picture",
        {"summary_html": ITEM["summary_html"].replace(PICTURE, OTHER_PICTURE)},
        ("image_only", ["images"]),
    ),
    ("the day written otherwise", {"published": "4 Mar 2026 00:00:00 +0800"}, ("image_only", ["images"])),
    ("a figure", {"summary_html": ITEM["summary_html"].replace("一八九二", "一八九三")}, ("text", ["body"])),
    ("a headline with blanks", {"title": f" {ITEM['title']}\n"}, ("text", ["body"])),
    ("another headline", {"title": "白立角燈塔下周重新亮燈"}, ("text", ["title"])),
    (
        "headline, text and picture",
        {"summary_html": ITEM["summary_html"].replace(PICTURE, OTHER_PICTURE).replace("周末", "假日")},
        ("text", ["title", "body", "images"]),
    ),
    ("a later day", {"published": "Thu, 05 Mar 2026 00:00:00 +0800"}, ("text", ["body", "published", "images"])),
    (
        "a paragraph taken out",
        {"summary_html": ITEM["summary_html"].partition("<p> </p>")[0]},
        ("text", ["body", "published"]),
    ),
]


def test_each_step_of_a_history_is_an_edit_of_its_fields_or_none(desk: Desk) -> None:
    items = [(ITEM | changes, FIRST_SEEN + timedelta(minutes=7 * n)) for n, (_, changes, _) in enumerate(STEPS)]
    edits = [edit for _, _, edit in STEPS if edit is not None]
    outcomes = desk.ingest(listed(desk, items))
    assert outcomes == {"new": 1, "revised": len(edits) - 1, "unchanged": len(STEPS) - len(edits)}
    (found,) = histories(desk).values()
    assert found == [(kind or None, fields) for kind, fields in edits]
    assert desk.ingest(listed(desk, items)) == {"unchanged": len(STEPS)}
    assert desk.column("SELECT count(*) FROM edits WHERE kinds IS NOT NULL") == [len(edits) - 1]


def test_the_same_steps_in_two_runs(desk: Desk) -> None:
    items = [(ITEM | changes, FIRST_SEEN + timedelta(minutes=7 * n)) for n, (_, changes, _) in enumerate(STEPS[:12])]
    for part in (items[:10], items[10:]):
        desk.ingest(listed(desk, part))
    (found,) = histories(desk).values()
    assert found == [(edit[0] or None, edit[1]) for _, _, edit in STEPS[:12] if edit is not None]


def test_a_document_exchanged_behind_a_word_is_an_edit(desk: Desk) -> None:
    linked = [ITEM["summary_html"].replace("修復", f"<a href='/files/annex{n}.pdf'>修復</a>") for n in (1, 2)]
    items = [(ITEM | {"summary_html": text}, FIRST_SEEN + timedelta(hours=n)) for n, text in enumerate(linked)]
    assert desk.ingest(listed(desk, items)) == {"new": 1, "revised": 1}
    assert list(histories(desk).values()) == [[(None, []), ("attachment_only", ["attachments"])]]


def test_a_headline_stated_beside_the_text_may_be_edited_too(desk: Desk) -> None:
    def saved(titles: list[str]) -> Path:
        rows = []
        for hour, title in enumerate(titles, 10):
            path = desk.root / f"{hour}.html"
            path.write_text(ITEM["summary_html"], encoding="utf-8")
            rows.append(
                {"file": path.name, "url": ITEM["link"], "title": title, "seen_at": f"2026-03-04T{hour}:00:00Z"}
            )
        return desk.list_of(rows)

    told = saved(["古燈重新亮燈", "古燈周末重新亮燈", "古燈周末重新亮燈"])
    assert desk.ingest(told) == {"new": 1, "revised": 1, "unchanged": 1}
    assert desk.ingest(told) == {"unchanged": 3}
    assert list(histories(desk).values()) == [[(None, []), ("text", ["title"])]]
    assert desk.ingest(saved(["古燈重新亮燈", "古燈本周末重新亮燈"])) == {"unchanged": 2}
    assert desk.rows("SELECT title, version, reading FROM releases") == [
        {"title": "古燈本周末重新亮燈", "version": 2, "reading": 2}
    ]


def words(markup: str) -> str:
    return "".join(html.unescape(re.sub(r"<[^>]+>", "", markup)).split())


def expected(article: dict[str, Any]) -> list[tuple[str | None, list[str]]]:
    """What became of an article by its versions alone, told without our parsers."""
    edits: list[tuple[str | None, list[str]]] = [(None, [])]
    for before, after in zip(article["versions"], article["versions"][1:], strict=False):
        told = [
            (words(one["title"]), words(one["description"]), pictures(one["description"])) for one in (before, after)
        ]
        fields = [
            name for name, old, new in zip(("title", "body", "images"), told[0], told[1], strict=True) if old != new
        ]
        if fields:
            edits.append(("image_only" if fields == ["images"] else "text", fields))
    return edits


def pictures(markup: str) -> list[str]:
    return [urlsplit(url).path.rpartition("/")[2] for url in re.findall(r'<img[^>]+src="([^"]+)"', markup)]


@pytest.mark.skipif(
    not REVISIONS.exists(), reason="the shared folder with feed_revisions.jsonl is not beside this checkout"
)
def test_recorded_histories_are_kept_edit_by_edit(desk: Desk) -> None:
    articles = [json.loads(line) for line in REVISIONS.read_text(encoding="utf-8").splitlines()]
    items = [
        (
            {"link": article["link"], "native_id": article["objectId"], "title": told["title"]}
            | {"published": told["pubDate"], "summary_html": told["description"]},
            datetime.fromtimestamp(told["first_seen"], UTC),
        )
        for article in articles
        for told in article["versions"]
    ]
    items.sort(key=lambda one: one[1])
    outcomes = desk.ingest(listed(desk, items))
    found = histories(desk)
    wrong = [article["link"] for article in articles if found.get(article["link"]) != expected(article)]
    assert (len(found), wrong) == (len(articles), [])
    assert set(outcomes) == {"new", "revised", "unchanged"}
    assert desk.column("SELECT count(*) FROM edits WHERE len(kinds) > 0") == [outcomes["revised"]]
    assert desk.column("SELECT bool_and(silent = (edit_kind = 'text')) FROM edits") == [True]
