"""The portals of the Chinese central government, Chinese and English."""

from datetime import UTC, date, datetime
from pathlib import Path

from parsers.blocks import body_fingerprint
from parsers.records import Release
from parsers.registry import chosen
from tests.parsers.captures import capture_of, release_of, shared

PAGES = Path(__file__).parent / "pages"
NEWS = "https://www.gov.cn/yaowen/liebiao/202605/content_7100001.htm"
ENGLISH = "https://english.www.gov.cn/news/202602/23/content_WS699c0e0fc6d0868f4e8e0001.html"


def page(name: str, url: str | None = None, **changed: str) -> Release:
    markup = (PAGES / name).read_text(encoding="utf-8")
    for old, new in changed.items():
        assert old in markup
        markup = markup.replace(old, new)
    return release_of(markup, kind="html", url=url)


def test_what_a_chinese_page_says() -> None:
    release = page("govcn-2.yaowen.html", NEWS)
    assert (release.parser, release.publisher, release.native_id) == ("govcn/2", "www.gov.cn", "content_7100001")
    assert (release.title, release.source_label, release.language) == ("全国灯塔工作会议召开", "灯塔社", "zh-Hans")
    assert release.published is not None and release.updated is not None
    assert release.published.at == datetime(2026, 5, 6, 13, 50, 7, tzinfo=UTC)
    assert release.updated.at == datetime(2026, 5, 7, tzinfo=UTC)
    assert release.body.endswith("会议要求守好每一盏灯。")


def test_a_gazette_prints_its_headline_in_the_text_alone() -> None:
    release = page("govcn-2.gazette.html")
    assert (release.title, release.publisher) == ("国务院关于灯塔维护工作的决定", "www.gov.cn")
    assert release.body.startswith("为保障航行安全")
    assert release.published is not None and release.published.at == datetime(2026, 1, 30, 9, 5, tzinfo=UTC)
    bare = release_of(f"{release.title}\n\n{release.body}\n")
    assert body_fingerprint(bare) == body_fingerprint(release)


def test_what_an_english_page_says() -> None:
    release = page("govcn_english-2.news.html", ENGLISH)
    assert (release.parser, release.publisher) == ("govcn_english/2", "english.www.gov.cn")
    assert (release.title, release.source_label) == ("China to refit ninety lighthouses", "Lamp News")
    assert release.published is not None and release.updated is None
    assert release.published.at == datetime(2026, 2, 23, 8, 21, tzinfo=UTC)
    assert (release.published.precision, release.published.basis) == ("minute", "stated")
    assert release.address_on == date(2026, 2, 23)
    assert [one.caption for one in release.images] == ["A lighthouse at dusk."]


def test_the_number_completes_a_stated_day_that_it_agrees_with() -> None:
    release = page("govcn_english-2.news.html", ENGLISH, **{" 16:21": ""})
    assert release.published is not None
    assert release.published.at == datetime(2026, 2, 23, 8, 21, 35, tzinfo=UTC)
    assert (release.published.precision, release.published.basis) == ("second", "inferred")
    assert [other.why_not for other in release.evidence["published"].others] == ["lacks the time of day"]


def test_the_number_of_another_day_gives_no_time() -> None:
    release = page("govcn_english-2.news.html", ENGLISH, **{"February 23, 2026 16:21": "February 21, 2026"})
    assert release.published is not None
    assert (release.published.at, release.published.on) == (None, date(2026, 2, 21))
    assert "2026-02-23" in [other.value for other in release.evidence["published"].others]


def test_the_number_alone_is_no_publication() -> None:
    release = page("govcn_english-2.news.html", ENGLISH, **{"Updated: February 23, 2026 16:21": ""})
    assert (release.published, release.address_on) == (None, date(2026, 2, 23))


def test_index_pages_are_left_to_the_generic_reader() -> None:
    index = "<html><body><ul><li><a href='content_7100001.htm'>灯</a></li></ul></body></html>"
    found = chosen(capture_of(index, kind="html", url="https://www.gov.cn/yaowen/index.htm"))
    assert found is not None and found.name == "generic_html"


def test_a_recorded_gazette_without_its_address() -> None:
    release = release_of(
        shared("corpora/pages/cn-gov-portals/govcn_gongbao_content_711039.html").read_bytes(), kind="html"
    )
    assert (release.parser, release.publisher) == ("govcn/2", "www.gov.cn")
    assert release.published is not None and release.published.on == date(2007, 8, 20)
    assert release.title.endswith("限额的决议")


def test_an_english_page_with_the_box_of_the_chinese_portal() -> None:
    markup = """<html lang="en"><head><meta charset="utf-8"><title>China to refit lamps</title></head><body>
    <h1>China to refit lamps</h1><div class="infos"><span>Updated: February 23, 2026 16:21</span></div>
    <div class="pages_content" id="UCAP-CONTENT"><p>BEIJING, Feb. 22 -- Ninety lamps will be refitted.</p>
    <p>The work begins on June 1, 2026.</p></div></body></html>"""
    release = release_of(markup, kind="html", url=ENGLISH)
    assert (release.parser, release.title) == ("govcn_english/2", "China to refit lamps")
    assert release.published is not None and release.published.at == datetime(2026, 2, 23, 8, 21, tzinfo=UTC)
    assert release.body.endswith("The work begins on June 1, 2026.")
