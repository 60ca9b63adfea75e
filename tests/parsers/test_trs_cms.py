"""Pages of Chinese government sites: each field, which of their dates counts, and what the layouts do differently."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from parsers.blocks import body_fingerprint
from parsers.records import Release
from tests.parsers.captures import kinds, rejection_of, release_of, shared
from tests.samples import ORCHARD

PAGES = Path(__file__).parent / "pages"
OFFICE_EN = "https://wb.beijing.gov.cn/en/express/202603/t20260318_4500001.html"
OFFICE_ZH = "https://wb.beijing.gov.cn/home/index/wsjx/202601/t20260116_4400001.html"
MINISTRY_EN = "https://www.fmprc.gov.cn/eng/xw/wjbxw/202602/t20260203_11900001.html"
MINISTRY_ZH = "https://www.mfa.gov.cn/web/wjbxw_new/202602/t20260203_11900000.shtml"
COMMISSIONER = "http://hk.ocmfa.gov.cn/eng/fyrth/202601/t20260120_11810000.htm"
HKMAO = "https://www.hmo.gov.cn/xwzx/gayw/202609/t20260920_20900.html"
BEIJING = "https://www.beijing.gov.cn/ywdt/yaowen/202604/t20260417_4600000.html"
PROVINCE = "http://www.dengshan.gov.cn/yw/202609/t20260919_693228.shtml"


def page(name: str, url: str | None = None, **changed: str) -> Release:
    return release_of(markup(name, **changed), kind="html", url=url)


def markup(name: str, **changed: str) -> str:
    text = (PAGES / f"trs_cms-3.{name}.html").read_text(encoding="utf-8")
    if changed:
        assert changed["old"] in text
        text = text.replace(changed["old"], changed["new"])
    return text


def others(release: Release) -> list[tuple[str, str | None]]:
    return [(other.rule, other.value) for other in release.evidence["published"].others]


def test_what_a_page_of_the_beijing_office_says() -> None:
    release = page("wb_en", OFFICE_EN)
    assert (release.parser, release.publisher, release.native_id) == (
        "trs_cms/3",
        "wb.beijing.gov.cn",
        "t20260318_4500001",
    )
    assert (release.url, release.language, release.rendition) == (OFFICE_EN, "en", "page")
    assert (release.title, release.evidence["title"].rule) == ("Sister Cities Tend a Lamp Garden", "h1.article-title")
    assert release.source_label == 'WeChat Official Account "lampgarden"'
    assert release.evidence["title"].others == ()


def test_the_printed_date_counts_and_meta_and_address_stay_in_the_evidence() -> None:
    release = page("wb_en", OFFICE_EN)
    assert release.published is not None and release.event is not None
    assert (release.published.on, release.published.at) == (date(2026, 1, 15), None)
    assert (release.published.rule, release.published.zone) == ("label Date", "Asia/Shanghai")
    assert release.event.on == date(2026, 1, 10)
    assert release.address_on == date(2026, 3, 18)
    assert others(release) == [("meta pubdate", "2026-03-18T02:02:00Z"), ("day in the address", "2026-03-18")]


def test_the_address_alone_is_no_publication() -> None:
    bare = markup("wb_en", old='<meta name="PubDate" content="2026-03-18 10:02:00">', new="")
    release = release_of(bare.replace("Date: 2026-01-15", ""), kind="html", url=OFFICE_EN)
    assert (release.published, release.address_on) == (None, date(2026, 3, 18))


def test_the_body_is_the_text_alone_with_its_list_and_headings() -> None:
    release = page("wb_en", OFFICE_EN)
    assert kinds(release) == ["paragraph", "heading", "paragraph", "list", "paragraph"]
    assert release.body.startswith("On the afternoon") and release.body.endswith("A list is attached.")
    assert kinds(page("beijing", BEIJING)) == ["paragraph", "table", "paragraph"]


def test_pictures_and_files_beside_the_page() -> None:
    release, folder = page("wb_en", OFFICE_EN), OFFICE_EN.rpartition("/")[0]
    (image,), (file,) = release.images, release.attachments
    assert (image.url, image.caption) == (
        f"{folder}/W020260318360000000001.jpg",
        "Gardeners plant reeds by the pond.",
    )
    assert (file.url, file.label) == (f"{folder}/P020260318360000000002.pdf", "attached")
    assert file.media_type == "application/pdf"


def test_a_centred_heading_below_a_picture_stays_in_the_text() -> None:
    heading = '<p style="text-align: center;"><strong>At the Pond</strong></p>'
    release = page(
        "wb_en", OFFICE_EN, old='<p style="text-align: center;">Gardeners plant reeds by the pond.</p>', new=heading
    )
    assert "At the Pond" in release.body
    assert release.images[0].caption is None


def test_a_chinese_page_with_metas_in_lower_case() -> None:
    release = page("wb_zh", OFFICE_ZH)
    assert (release.title, release.language, release.source_label) == ("本市友城共建灯园", "zh-Hans", "北京外办")
    assert release.published is not None
    assert release.published.at == datetime(2026, 1, 16, 1, 30, tzinfo=UTC)  # the printed day, the time of the meta
    assert others(release) == [("label 日期", "2026-01-16")]


@pytest.mark.parametrize(("name", "url"), [("wb_en", OFFICE_EN), ("wb_zh", OFFICE_ZH), ("mfa_zh", MINISTRY_ZH)])
def test_page_and_bare_text_of_one_release_read_the_same(name: str, url: str) -> None:
    seen = page(name, url)
    assert seen.published is not None
    text = f"{seen.title}\nDate: {seen.published.on}\nSource: {seen.source_label or 'Lamps'}\n\n{seen.body}\n"
    bare = release_of(text)
    assert (bare.title, body_fingerprint(bare)) == (seen.title, body_fingerprint(seen))


def test_languages_that_the_ministry_links_without_words() -> None:
    release = page("mfa_en", MINISTRY_EN)
    assert (release.publisher, release.url) == ("mfa.gov.cn", MINISTRY_EN.replace("fmprc", "mfa"))
    assert [(one.language, one.url) for one in release.editions] == [
        ("zh-Hans", MINISTRY_ZH),
        ("fr", "https://www.mfa.gov.cn/fra/xw/202602/t20260205_11900050.html"),
        ("ru", "https://www.mfa.gov.cn/rus/xw/202602/t20260205_11900052.html"),
    ]


def test_updated_stands_for_the_publication_only_where_the_metas_agree() -> None:
    release = page("mfa_en", MINISTRY_EN)
    assert release.published is not None and release.updated is None
    assert release.published.at == datetime(2026, 2, 3, 11, 24, tzinfo=UTC)
    moved = page("mfa_en", MINISTRY_EN, old='content="2026-02-03"', new='content="2022-04-17"')
    assert moved.published is not None and moved.updated is not None
    assert (moved.published.on, moved.updated.on) == (date(2022, 4, 17), date(2026, 2, 3))


def test_a_title_with_an_escaped_break_and_two_dates_in_one() -> None:
    release = page("mfa_zh", MINISTRY_ZH)
    assert release.title == "外交部向使节开放灯塔室"
    assert release.evidence["title"].others == ()
    assert release.published is not None and release.published.at == datetime(2026, 2, 3, 10, 10, tzinfo=UTC)
    assert [(one.label, one.media_type) for one in release.attachments] == [("开放时间表.pdf", "application/pdf")]
    silent = page("mfa_zh", MINISTRY_ZH, old='<span id="News_Body_Time">2026-02-03 18:10</span>', new="")
    assert silent.published is not None and silent.published.at == release.published.at
    assert silent.published.rule == "meta pubdate"


@pytest.mark.parametrize(
    ("written", "at", "on"),
    [
        ("2024-10-17", None, date(2024, 10, 17)),
        ("2026.09.19", None, date(2026, 9, 19)),
        ("2026.09.192026.09.19", None, date(2026, 9, 19)),
        ("2019-09-18 06:23", datetime(2019, 9, 17, 22, 23, tzinfo=UTC), date(2019, 9, 18)),
        ("2022-04-17 14:46:00", datetime(2022, 4, 17, 6, 46, tzinfo=UTC), date(2022, 4, 17)),
        ("2022-04-17 14:46:002022-04-18 09:00:00", datetime(2022, 4, 17, 6, 46, tzinfo=UTC), date(2022, 4, 17)),
        ("2022-04-17 14:46; 2022-04-18 09:00", datetime(2022, 4, 17, 6, 46, tzinfo=UTC), date(2022, 4, 17)),
        ("2022-04-17 00:00:00", None, date(2022, 4, 17)),
    ],
)
def test_every_form_of_the_date_in_the_metas(written: str, at: datetime | None, on: date) -> None:
    release = page("hmo_zh", HKMAO, old="2026.09.19", new=written)
    assert release.published is not None
    assert (release.published.at, release.published.on) == (at, on)


def test_old_headlines_above_the_title_are_no_part_of_it() -> None:
    release = page("ocmfa_en", COMMISSIONER)
    assert (release.publisher, release.title) == ("hk.ocmfa.gov.cn", "Commissioner Visits the Harbour Lamps")
    assert release.published is not None and release.published.at == datetime(2026, 1, 20, 10, 8, tzinfo=UTC)
    assert others(release) == []
    assert "Outgoing" not in release.body and "Tel" not in release.body


def test_a_portal_whose_head_stands_there_twice() -> None:
    release = page("portal_head_twice", PROVINCE)
    assert (release.title, release.subtitle) == ("灯山品牌出海启程", "首站举办三场推介会")
    assert (release.publisher, release.source_label) == ("dengshan.gov.cn", "灯山日报")
    assert [one.caption for one in release.images] == ["图为启动仪式。（灯明摄）"]
    assert "图为" not in release.body
    assert others(release) == [("day in the address", "2026-09-19")]


def test_a_page_without_an_address_is_known_by_its_metas() -> None:
    release = page("portal_head_twice")
    assert (release.parser, release.publisher, release.url) == ("trs_cms/3", "dengshan.gov.cn", None)
    assert release.evidence["publisher"].rule == "meta SiteDomain"
    assert (release.native_id, release.evidence["native_id"].rule) == ("t20260919_693228", "meta Url")
    assert page("mfa_en").native_id == "t20260203_11900001"


def test_buttons_on_the_line_of_the_source_are_cut_off() -> None:
    assert page("beijing", BEIJING).source_label == "灯园晚报"


def test_metas_name_the_publisher_of_their_own_host_only() -> None:
    clone = page("wb_en", "https://wb.beijing.gov.cn.lamps.example/en/t20260318_4500001.html")
    assert clone.evidence["publisher"].rule not in ("meta SiteDomain", "host of the address")


def test_a_printed_headline_that_the_metas_contradict_is_kept_with_theirs() -> None:
    release = page("mfa_en", MINISTRY_EN, old='content="Ministry Opens Its', new='content="Ministry Closes Its')
    assert release.title == "Ministry Opens Its Lighthouse Room to Envoys"
    assert [one.rule for one in release.evidence["title"].others] == ["meta ArticleTitle"]


def test_the_picture_of_an_address_is_no_release() -> None:
    assert (
        "telephones" in rejection_of(markup("wb_zh"), kind="html", url=PROVINCE.replace(".shtml", "_ewm.shtml")).reason
    )


def test_a_notice_of_maintenance_at_the_address_of_an_article_is_no_release() -> None:
    notice = "<html><title>系统维护</title><body><p>网站正在维护，请稍后再来访问。</p></body></html>"
    rejection = rejection_of(notice, kind="html", url=MINISTRY_ZH)
    assert rejection.parser == "trs_cms/3" and "#News_Body_Txt_A" in rejection.reason


def test_an_article_in_an_unknown_box_is_read_by_the_generic_reader() -> None:
    unknown = markup("wb_zh").replace("TRS_Editor", "words").replace('id="zoom"', 'id="words"')
    found = release_of(unknown, kind="html", url=OFFICE_ZH)
    assert found.parser.startswith("generic_html/")


@pytest.mark.parametrize(
    "story", ["<p>系统维护中。</p><p>请稍后再来访问，谢谢。</p>", "<h1>灯园</h1><p>系统维护中。</p>"]
)
def test_a_notice_under_the_metas_of_an_article_is_none(story: str) -> None:
    metas = "<meta name='ArticleTitle' content='灯园'><meta name='PubDate' content='2026-01-16 10:00'>"
    notice = f"<html><head><title>灯园</title>{metas}</head><body><div class='box'>{story}</div></body></html>"
    rejection = rejection_of(notice, kind="html", url=OFFICE_ZH)
    assert rejection.parser == "trs_cms/3"
    assert ".TRS_Editor" in rejection.reason
    assert "#mainText" in rejection.reason


def test_a_lone_update_is_the_issue_in_a_page_and_in_its_text() -> None:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in ORCHARD)
    line = "Updated: 2026-02-26 16:44 CST"
    head = "<meta name='ArticleTitle' content='Seedlings for growers'>"
    markup = f"<head>{head}</head><body><h1>Seedlings for growers</h1><p>{line}</p><div id='zoom'>{story}</div></body>"
    text = f"Seedlings for growers\n\n{line}\n\n" + "\n\n".join(ORCHARD)
    whole = release_of(f"<html>{markup}</html>", kind="html", url=OFFICE_EN)
    bare = release_of(text, url=OFFICE_EN)
    for found in (whole, bare):
        assert found.published is not None
        assert found.published.at == datetime(2026, 2, 26, 8, 44, tzinfo=UTC)
        assert found.updated is None
    assert "by which this publisher means the day of issue" in bare.evidence["published"].rule
    elsewhere = release_of(text, url="https://www.harbour.example/a.html")
    assert elsewhere.published is None
    assert elsewhere.updated is not None


@pytest.mark.parametrize("name", ["mfa.gov.cn/t20241017_11509439.TRIMMED", "cn-gov-portals/shanxi_t20190918_693227"])
def test_recorded_pages_give_title_minute_and_text(name: str) -> None:
    recorded = shared(f"corpora/pages/{name}.html").read_bytes()
    release = release_of(recorded, kind="html")
    assert release.parser == "trs_cms/3"
    assert release.published is not None and release.published.precision == "minute"
    assert release.title and release.body and release.native_id


def test_metas_that_are_escaped_twice() -> None:
    escaped = '<meta name="ArticleTitle" content="Tea &amp;amp; Lamps&amp;lt;br/&amp;gt;of Sister Cities">'
    told = '<meta name="ContentSource" content="&amp;quot;Lamp&amp;quot; Weekly">'
    text = "<div class='TRS_Editor'><p>Gardeners of four cities met to plant reeds on Friday.</p></div>"
    head = '<h1 class="article-title">Tea &amp; Lamps<br>of Sister Cities</h1>'
    printed, unprinted = (
        release_of(f"<html><head>{escaped}{told}</head><body>{above}{text}</body></html>", kind="html", url=OFFICE_EN)
        for above in (head, "")
    )
    assert (printed.title, printed.evidence["title"].rule) == ("Tea & Lamps of Sister Cities", "h1.article-title")
    assert (unprinted.title, unprinted.evidence["title"].rule) == (printed.title, "meta ArticleTitle")
    assert printed.source_label == '"Lamp" Weekly'
