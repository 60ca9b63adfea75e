"""Pages of info.gov.hk in every layout and rendition: each field, and where it came from."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from parsers.blocks import body_fingerprint
from parsers.records import Other, Rejection, Release
from parsers.registry import read
from parsers.sites.hk_gia import closing_lines
from tests.parsers.captures import capture_of, kinds, rejection_of, release_of

PAGES = Path(__file__).parent / "pages"
ENGLISH = "https://www.info.gov.hk/gia/general/202603/04/P2026030400311.htm"
CHINESE = "https://www.info.gov.hk/gia/general/202603/04/P2026030400298.htm"
GATEWAY = "http://sc.isd.gov.hk/TuniS//www.info.gov.hk/gia/general/202603/04/P2026030400298.htm?fontSize=1"
CLOCK = "https://www.info.gov.hk/gia/general/201308/27/P201308270980.htm"
FILES = "https://gia.info.gov.hk/general/202603/04/P2026030400311"


def page(name: str, url: str | None = None) -> Release:
    return release_of((PAGES / name).read_bytes(), kind="html", url=url)


def served() -> Release:
    return page("hk_gia-1.en_as_served.html", f"{ENGLISH}?fontSize=1")


def test_what_an_english_page_says() -> None:
    release = served()
    assert (release.parser, release.publisher, release.native_id) == ("hk_gia/1", "info.gov.hk", "P2026030400311")
    assert (release.url, release.language, release.rendition) == (ENGLISH, "en", "page")
    assert release.title == "Lamp at Pak Lap Point lit again (with photos/video)"
    assert release.published is not None
    assert release.published.at == datetime(2026, 3, 4, 1, 5, tzinfo=UTC)
    assert (release.published.precision, release.published.basis) == ("minute", "stated")
    assert release.address_on == date(2026, 3, 4)
    assert release.related == ("https://www.info.gov.hk/gia/general/202603/03/P2026030300120.htm",)
    assert [(one.language, one.url) for one in release.editions] == [("zh-Hant", CHINESE)]


def test_the_body_is_the_text_alone_with_its_table_and_list() -> None:
    release = served()
    assert kinds(release) == ["paragraph", "table", "paragraph", "list", "paragraph"]
    assert release.body.startswith("The Lighthouse Department today")
    assert "| Sunday and public holidays | 10am to 6pm |" in release.body
    assert "- keep clear of the lamp." in release.body
    assert release.body.endswith("Enquiries may be made at tower@lighthouses.example.")


def test_photos_annexes_and_films_stand_beside_the_body_once_each() -> None:
    release = served()
    assert [one.url for one in release.images] == [f"{FILES}_photo_2200001.jpg", f"{FILES}_photo_2200002.jpg"]
    assert release.images[1].caption == "The restored lamp room."
    assert [(one.label, one.media_type) for one in release.attachments] == [
        ("Annex 1", "application/pdf"),
        ("Annex 2", "application/pdf"),
    ]
    assert [(one.url, one.label) for one in release.videos] == [
        ("https://isd.wecast.hk/vod/?id=91001", "Lamp lit at Pak Lap Point")
    ]


def test_evidence_names_the_place_of_each_field() -> None:
    evidence = served().evidence
    assert evidence["title"].rule == "#PRHeadlineSpan"
    assert evidence["body"].rule == "#pressrelease"
    assert evidence["published"].rule == "closing lines"
    assert evidence["published"].text == "Ends/Wednesday, March 4, 2026 Issued at HKT 9:05"
    assert evidence["published"].others == ()
    assert evidence["attachments"].text == f"{FILES}_700100_1_1772600000000.pdf"
    assert evidence["text"].text == "zero_width 2"


def test_a_page_saved_by_a_browser_is_the_same_release() -> None:
    saved = page("hk_gia-1.en_saved_by_browser.html", ENGLISH)
    assert saved == served().model_copy(update={"evidence": saved.evidence})


def test_a_page_without_an_address_tells_its_own() -> None:
    release = page("hk_gia-1.en_saved_by_browser.html")
    assert (release.parser, release.url, release.native_id) == ("hk_gia/1", ENGLISH, "P2026030400311")
    assert release.evidence["url"].rule == "a.icon_mailto[href]"


def test_a_browsers_note_gives_the_address() -> None:
    twin = (PAGES / "hk_gia_2007-1.print_2022.html").read_text(encoding="utf-8")
    address = ENGLISH.replace(".htm", "p.htm")
    release = release_of(f"<!-- saved from url=(0063){address} -->\n{twin}", kind="html")
    assert (release.rendition, release.url) == ("print", ENGLISH)
    assert release.evidence["url"].rule == "saved from url"


def test_what_a_chinese_page_says() -> None:
    release = page("hk_gia-1.tc.html", CHINESE)
    assert (release.language, release.native_id) == ("zh-Hant", "P2026030400298")
    assert release.title == "白立角燈塔重新亮燈（附圖／短片）"
    assert release.published is not None and release.published.at == datetime(2026, 3, 4, 0, 45, tzinfo=UTC)
    assert [(one.language, one.url) for one in release.editions] == [("en", ENGLISH)]
    assert release.body.endswith("2026年3月7日（星期六）")  # a day that ends the text is no closing line


def test_the_gateway_serves_a_rendition_in_simplified_script() -> None:
    release = page("hk_gia-1.gateway.html", GATEWAY)
    assert (release.rendition, release.language, release.url) == ("gateway", "zh-Hans", CHINESE)
    assert release.native_id == "P2026030400298"
    assert [(one.language, one.url) for one in release.editions] == [("en", ENGLISH)]
    original = page("hk_gia-1.tc.html", CHINESE)
    assert release.published is not None and original.published is not None
    assert (release.published.at, release.address_on) == (original.published.at, original.address_on)
    assert [one.url for one in release.images] == [one.url for one in original.images]


@pytest.mark.parametrize(
    ("name", "url", "rendition", "own", "language"),
    [
        ("hk_gia-1.gateway.html", f"http://sc.isd.gov.hk/gb/{CHINESE[8:]}", "gateway", CHINESE, "zh-Hans"),
        ("hk_gia-1.gateway.html", f"https://sc.info.gov.hk/TuniS/{CHINESE[8:]}", "gateway", CHINESE, "zh-Hans"),
        ("hk_gia-1.gateway.html", None, "gateway", CHINESE, "zh-Hans"),
        ("hk_gia-1.en_as_served.html", f"https://sc.isd.gov.hk/TuniS/{ENGLISH[8:]}", "gateway", ENGLISH, "en"),
        ("hk_gia-1.tc.html", None, "page", CHINESE, "zh-Hant"),
        (
            "hk_gia_2007-1.print_2022.html",
            f"https://sc.isd.gov.hk/TuniS/{ENGLISH[8:].replace('.htm', 'p.htm')}",
            "gateway",
            ENGLISH,
            "en",
        ),
    ],
)
def test_every_way_to_a_page_is_told_and_leads_to_its_own_address(
    name: str, url: str | None, rendition: str, own: str, language: str
) -> None:
    release = page(name, url)
    assert (release.rendition, release.url, release.language) == (rendition, own, language)


def test_print_twins_say_what_their_page_says() -> None:
    twin, whole = page("hk_gia_2007-1.print_2022.html", ENGLISH.replace(".htm", "p.htm")), served()
    assert (twin.rendition, twin.parser) == ("print", "hk_gia_2007/1")
    assert body_fingerprint(twin) == body_fingerprint(whole)
    for field in ("publisher", "native_id", "language", "url", "title", "published", "address_on", "event"):
        assert getattr(twin, field) == getattr(whole, field), field


def test_the_layout_of_2007_to_2016() -> None:
    release = page("hk_gia_2007-1.en_2013.html", CLOCK)
    assert (release.parser, release.native_id, release.language) == ("hk_gia_2007/1", "P201308270980", "en")
    assert release.title == "Clock to strike thirteen"
    assert release.published is not None and release.published.at == datetime(2013, 8, 27, 10, 1, tzinfo=UTC)
    assert release.body.startswith("The Harbour Clocks Office said") and release.body.endswith("office said.")
    assert [one.language for one in release.editions] == ["zh-Hant"]
    assert [one.caption for one in release.images] == ["The clock at Sheung Pier."]
    assert [one.label for one in release.attachments] == ["Annex"]
    twin = page("hk_gia_2007-1.print_2013.html", CLOCK.replace(".htm", "_print.htm"))
    assert (twin.rendition, twin.url, twin.published) == ("print", CLOCK, release.published)
    assert twin.body == release.body


def test_a_chinese_page_of_2007_in_big5_with_full_width_figures() -> None:
    release = page("hk_gia_2007-1.tc_2007.html", "http://www.info.gov.hk/gia/general/200709/07/P200709070259.htm")
    assert (release.title, release.language) == ("碼頭大鐘試鳴十三響", "zh-Hant")
    assert release.published is not None and release.published.at == datetime(2007, 9, 7, 6, 5, tzinfo=UTC)
    assert release.body.endswith("「乘客當日請以自己的手表為準。」")


def test_page_and_bare_text_of_one_release_read_the_same() -> None:
    text = """Clock to strike thirteen
**************************

     The Harbour Clocks Office said today (August 27) that the clock at Sheung Pier would strike thirteen at noon \
tomorrow (August 28) while its bell was being tested.

     "Passengers should go by their own watches for the day," a spokesman for the office said.

Ends/Tuesday, August 27, 2013
Issued at HKT 18:01

NNNN
"""
    bare, whole = release_of(text), page("hk_gia_2007-1.en_2013.html", CLOCK)
    assert (bare.title, bare.blocks, bare.publisher) == (whole.title, whole.blocks, whole.publisher)
    assert bare.published == whole.published


def test_folder_and_number_that_name_other_days_are_kept_as_others() -> None:
    address = "https://www.info.gov.hk/gia/general/202603/04/P2026030500007.htm"
    release = page("hk_gia-1.en_filed_later.html", address)
    assert release.published is not None and release.published.at == datetime(2026, 3, 3, 15, 36, tzinfo=UTC)
    assert release.title == served().title  # broken over two lines here
    why_not = "tells when it was filed, not when it was issued"
    assert set(release.evidence["published"].others) == {
        Other(rule="day in the address", text=address, value="2026-03-04", why_not=why_not),
        Other(rule="day in the number", text="P2026030500007", value="2026-03-05", why_not=why_not),
    }


@pytest.mark.parametrize("selector", ["PRHeadlineSpan", "pressrelease"])
def test_a_page_that_lacks_a_required_part_is_rejected_with_the_selector(selector: str) -> None:
    markup = (PAGES / "hk_gia-1.en_as_served.html").read_text(encoding="utf-8")
    broken = markup.replace(f'id="{selector}"', f'id="x" data-was="{selector}"')
    rejection = rejection_of(broken, kind="html", url=ENGLISH)
    assert rejection.parser == "hk_gia/1"
    assert f"#{selector}" in rejection.reason


def test_a_print_twin_that_does_not_close_as_releases_do_is_none() -> None:
    error = "<title>Not found</title><body>Sorry<br>*****<br><p>The page you asked for is not here.</p>"
    (found,) = read(capture_of(error, kind="html", url=ENGLISH.replace(".htm", "p.htm")))
    assert isinstance(found, Rejection) and "#pressrelease" in found.reason


def test_other_pages_of_the_site_are_left_to_the_generic_reader() -> None:
    index = "<html><body><h1>Press releases</h1><p>" + "Lighthouse news of the day. " * 20 + "</p></body></html>"
    release = release_of(index, kind="html", url="https://www.info.gov.hk/gia/general/202603/04.htm")
    assert release.parser.startswith("generic_html/")


def test_a_bomb_of_nested_elements_is_turned_away() -> None:
    bomb = '<span id="PRHeadlineSpan">x</span><span id="pressrelease">' + "<div>" * 60_000
    assert "nested" in rejection_of(bomb, kind="html", url=ENGLISH).reason


def test_closing_lines_need_no_time_but_must_stand_at_the_end() -> None:
    assert closing_lines(["Text.", "", "Ends/Friday, May 1, 2026", "NNNN"]) == (1, "Ends/Friday, May 1, 2026")
    assert closing_lines(["2026年3月7日（星期六）", "長" * 300]) == (2, "")
    assert closing_lines(["一切完", "完", "", "2026年3月7日（星期六）", "香港時間0時5分", "返回頁首"])[0] == 1
    assert closing_lines([]) == (0, "")
