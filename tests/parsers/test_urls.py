"""One spelling for each address, and what an address says by itself."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import urls
from tests.parsers.captures import shared_json_lines

GIA = "https://www.info.gov.hk/gia/general"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (f"{GIA}/202511/26/P2025112600487.htm?fontSize=1", f"{GIA}/202511/26/P2025112600487.htm"),
        ("http://sc.isd.gov.hk/TuniS//www.info.gov.hk/gia/general/202511/26/P2025112600487.htm?fontSize=1",
         f"{GIA}/202511/26/P2025112600487.htm"),
        ("http://sc.isd.gov.hk/gb/www.info.gov.hk/gia/general/202511/26/P2025112600487.htm",
         f"{GIA}/202511/26/P2025112600487.htm"),
        (f"{GIA}/202209/27/P2022092700448p.htm", f"{GIA}/202209/27/P2022092700448.htm"),
        (f"{GIA}/201508/27/P201508270980_print.htm", f"{GIA}/201508/27/P201508270980.htm"),
        ("http://www.fmprc.gov.cn/eng/xw/t20241017_1.html", "https://www.mfa.gov.cn/eng/xw/t20241017_1.html"),
        ("https://sc.news.gov.hk/TuniS/www.news.gov.hk/chi/2025/06/20250625/20250625_192922_819.html",
         "https://www.news.gov.hk/chi/2025/06/20250625/20250625_192922_819.html"),
        ("HTTP://WB.Beijing.gov.cn:80/en/express/index.html#top", "https://wb.beijing.gov.cn/en/express/index.html"),
        ("http://unknown.example:8080/a?utm_source=x&b=1&utm_medium=y", "http://unknown.example:8080/a?b=1"),
        ("http://unknown.example/a?pk_kwd=x&mtm_group=y&WT%2Emc_id=z&_hsmi=1&mkt_tok=2&b=1&vero_conv=3&gad_source=4",
         "http://unknown.example/a?b=1"),
        ("http://unknown.example/a?from=timeline&isappinstalled=0&ref=rss", "http://unknown.example/a"),
        ("http://unknown.example/a?from=2026-01-01&ref=A12&lang=en&v=2",
         "http://unknown.example/a?from=2026-01-01&ref=A12&lang=en&v=2"),
        ("https://unknown.example", "https://unknown.example/"),
        ("http://unknown.example/%7euser/%e4/../b", "http://unknown.example/~user/b"),
    ],
)  # fmt: skip
def test_one_spelling(written: str, expected: str) -> None:
    assert urls.canonical(written) == expected
    assert urls.canonical(expected) == expected


@pytest.mark.parametrize(
    "garbage",
    ["", "not an address", "javascript:alert(1)", "ftp://host/x", "http://", "http:///x", "http://user@host/",
     "http://[::1", "http://host:99999/", "http://a b/", "file:///etc/passwd", "http://host\\evil/", "//host/x",
     "http://\ud800/", "http://" + "a" * 5000],
)  # fmt: skip
def test_what_is_no_address_gives_nothing(garbage: str) -> None:
    assert urls.canonical(garbage) is None
    assert urls.native_id(garbage) is None
    assert urls.address_day(garbage) is None
    assert urls.host_of(garbage) is None
    assert urls.publisher_of(garbage) is None


@given(st.text(max_size=80) | st.text(max_size=60).map("https://www.info.gov.hk/".__add__))
def test_spelling_twice_changes_nothing_and_nothing_raises(written: str) -> None:
    once = urls.canonical(written)
    assert once is None or urls.canonical(once) == once
    urls.native_id(written)
    urls.address_day(written)


@pytest.mark.parametrize(
    ("address", "publisher", "native_id", "day"),
    [
        (f"{GIA}/202511/27/P2025112700501.htm", "info.gov.hk", "P2025112700501", date(2025, 11, 27)),
        (f"{GIA}/200709/07/P200709070259.htm", "info.gov.hk", "P200709070259", date(2007, 9, 7)),
        # filed under another day than its number: the folder is the day of the listing
        (f"{GIA}/202511/29/P2025113000628.htm", "info.gov.hk", "P2025113000628", date(2025, 11, 29)),
        ("https://www.news.gov.hk/eng/2025/06/20250625/20250625_192922_819.html",
         "news.gov.hk", "20250625_192922_819", date(2025, 6, 25)),
        ("https://www.news.gov.hk/en/categories/health/html/2012/09/20120906_174654.shtml",
         "news.gov.hk", "20120906_174654", date(2012, 9, 6)),
        ("https://wb.beijing.gov.cn/en/express/202502/t20250226_4019481.html",
         "wb.beijing.gov.cn", "t20250226_4019481", date(2025, 2, 26)),
        ("http://hk.ocmfa.gov.cn/eng/fyrth/202305/t20230526_11084388.htm",
         "hk.ocmfa.gov.cn", "t20230526_11084388", date(2023, 5, 26)),
        ("https://english.www.gov.cn/news/202402/23/content_WS65d85f47c6d0868f4e8e44a7.html",
         "english.www.gov.cn", "content_WS65d85f47c6d0868f4e8e44a7", date(2024, 2, 23)),
        ("https://www.europarl.europa.eu/news/en/press-room/20241212IPR25960/slug",
         "europarl.europa.eu", "20241212IPR25960", date(2024, 12, 12)),
        ("https://ec.europa.eu/commission/presscorner/detail/en/ip_26_1166", "ec.europa.eu", "ip_26_1166", None),
        ("https://ec.europa.eu/commission/presscorner/api/documents?reference=IP/26/1166&language=fr",
         "ec.europa.eu", "ip_26_1166", None),
        ("https://www.federalregister.gov/documents/2025/06/25/2025-11705/notice",
         "federalregister.gov", "2025-11705", date(2025, 6, 25)),
        ("https://press.un.org/en/2025/sgsm22703.doc.htm", "un.org", "sgsm22703", None),
        ("https://www.locpg.gov.cn/zggq/2014-01/04/c_125956421.htm", "locpg.gov.cn", "125956421", date(2014, 1, 4)),
        ("https://www.sgpc.gov.sg/detail?url=/media_releases/mom/press_release/P-20250625-1",
         "sgpc.gov.sg", "P-20250625-1", date(2025, 6, 25)),
        ("https://www.sgpc.gov.sg/detail?lang=en&url=%2Fmedia_releases%2Fmom%2Fpress_release%2FP-20250625-1&page=/detail",
         "sgpc.gov.sg", "P-20250625-1", None),
        ("https://ec.europa.eu/commission/presscorner/api/documents?language=fr&reference=IP%2F26%2F1166",
         "ec.europa.eu", "ip_26_1166", None),
        (f"{GIA}/202511/27/P2025112700501.htm?from=rss&mobile=1", "info.gov.hk", "P2025112700501", date(2025, 11, 27)),
        ("https://www.gov.cn/yaowen/liebiao/202506/content_7029331.htm?v=2", "www.gov.cn", "content_7029331", None),
        # only another page is named in the query
        ("https://www.info.gov.hk/share?page=P2025112700501.htm", "info.gov.hk", None, None),
    ],
)  # fmt: skip
def test_what_an_address_says(address: str, publisher: str, native_id: str | None, day: date | None) -> None:
    owner = urls.publisher_of(address)
    assert owner is not None
    assert owner.key == publisher
    assert urls.native_id(address) == native_id
    assert urls.address_day(address) == day


def test_a_clone_of_a_site_is_not_the_site() -> None:
    assert urls.publisher_of("https://wb.beijing.gov.cn.clone.example/en/express/t20250226_1.html") is None


def test_an_impossible_day_is_no_day() -> None:
    assert urls.address_day("https://wb.beijing.gov.cn/en/express/202513/t20251340_1.html") is None


@pytest.mark.parametrize(
    ("address", "rendition"),
    [
        (f"{GIA}/202511/27/P2025112700501.htm", "page"),
        (f"{GIA}/202511/27/P2025112700501p.htm", "print"),
        ("http://sc.isd.gov.hk/TuniS//www.info.gov.hk/gia/general/202511/27/P2025112700501.htm", "gateway"),
        ("no address", "page"),
    ],
)
def test_rendition(address: str, rendition: str) -> None:
    assert urls.rendition_of(address) == rendition


def test_recorded_addresses() -> None:
    for page in shared_json_lines("corpora/pages/expected.jsonl"):
        assert urls.canonical(page["source_url"]) == page["canonical_url"]
        assert urls.native_id(page["source_url"]) == page["native_id"]
