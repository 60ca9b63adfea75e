"""Every shipped source of the web reads a list of the shape its publisher is known to serve, and says all it must."""

from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from parsers.publishers import by_key
from parsers.urls import host_of
from sources.config import CATALOG, Source, load_sources
from sources.discovery.discovered import Discovered
from sources.discovery.kinds import WEB_KINDS, discover
from sources.discovery.page import NoPage, Page
from sources.discovery.watermark import NEVER_VISITED

SHAPES = Path(__file__).parent / "shapes"
NOW = datetime(2026, 1, 15, 15, 0, tzinfo=UTC)
WEB = {name: source for name, source in load_sources(CATALOG).items() if source.kind in WEB_KINDS}

FIRST = {  # the address of the first candidate, and the instant or day the list gives for it, or its end
    "au_pm": ("https://www.pm.gov.au/media/ferry-pier-reopens-after-repairs", "2026-01-15T00:12:13"),
    "beijing_wb_en": ("https://wb.beijing.gov.cn/en/express/202601/t20260115_4390011.html", None),
    "beijing_wb_zh": ("https://wb.beijing.gov.cn/home/index/wsjx/202601/t20260115_4390013.html", None),
    "canada_en": (
        "https://www.canada.ca/en/harbour-board/news/2026/01/ferry-pier-reopens-after-repairs.html",
        "T15:00:00",
    ),
    "canada_fr": (
        "https://www.canada.ca/fr/conseil-port/nouvelles/2026/01/reouverture-du-quai-apres-travaux.html",
        "T15:00:00",
    ),
    "ec_search": (
        "https://ec.europa.eu/commission/presscorner/api/documents?reference=IP/26/71&language=en",
        "2026-01-15",
    ),
    "europarl_en": (
        "https://www.europarl.europa.eu/news/en/press-room/20260115IPR32001/ferry-pier-reopens-after-repairs",
        None,
    ),
    "federal_register": (
        "https://www.federalregister.gov/documents/full_text/text/2026/01/15/2026-00711.txt",
        "2026-01-15",
    ),
    "govcn_en": ("https://english.www.gov.cn/news/202601/15/content_WS6968d1a0c6d00ca5f9a08811.html", None),
    "govcn_zh": ("https://www.gov.cn/yaowen/liebiao/202601/content_7050011.htm", "2026-01-15"),
    "govuk_feed": ("https://www.gov.uk/government/news/ferry-pier-reopens-after-repairs", "2026-01-15T09:30:00"),
    "govuk_search": ("https://www.gov.uk/api/content/government/news/ferry-pier-reopens-after-repairs", "T09:30:00"),
    "hk_gia_en": ("https://www.info.gov.hk/gia/general/202601/15/P2026011500871.htm", "2026-01-15"),
    "hk_gia_feed_en": ("https://www.info.gov.hk/gia/general/202601/15/P2026011500871.htm", "2026-01-15T10:21:09"),
    "hk_gia_feed_tc": ("https://www.info.gov.hk/gia/general/202601/15/P2026011500869.htm", "2026-01-15T10:21:09"),
    "hk_gia_tc": ("https://www.info.gov.hk/gia/general/202601/15/P2026011500869.htm", "2026-01-15"),
    "hk_news_archive_en": ("https://www.news.gov.hk/eng/2026/01/20260115/20260115_112244_318.html", "T03:20:00"),
    "hk_news_archive_tc": ("https://www.news.gov.hk/chi/2026/01/20260115/20260115_112244_318.html", "T03:20:00"),
    "hk_news_en": ("https://www.news.gov.hk/eng/2026/01/20260115/20260115_112244_318.html", "2026-01-15"),
    "hk_news_tc": ("https://www.news.gov.hk/chi/2026/01/20260115/20260115_112244_318.html", "2026-01-15"),
    "hkma_en": ("https://www.hkma.gov.hk/eng/news-and-media/press-releases/2026/01/20260115-3/", "2026-01-15"),
    "hkma_tc": ("https://www.hkma.gov.hk/chi/news-and-media/press-releases/2026/01/20260115-3/", "2026-01-15"),
    "hmo_zh": ("https://www.hmo.gov.cn/xwzx/202601/t20260115_31208.html", None),
    "mfa_en": ("https://www.mfa.gov.cn/eng/xw/zyxw/202601/t20260115_11830222.html", None),
    "mfa_zh": ("https://www.mfa.gov.cn/web/wjdt_674879/wjbxw_674885/202601/t20260115_11830221.shtml", None),
    "nz_beehive": ("https://www.beehive.govt.nz/release/ferry-pier-reopens-after-repairs", "2026-01-14T22:12:13"),
    "ocmfa_hk_en": ("http://hk.ocmfa.gov.cn/eng/fyrth/202601/t20260115_11830002.htm", None),
    "ocmfa_hk_zh": ("http://hk.ocmfa.gov.cn/chn/gjlc/202601/t20260115_11830003.htm", None),
    "sg_sgpc": (
        "https://www.sgpc.gov.sg/detail?url=/media_releases/harbour/press_release/P-20260115-1",
        "2026-01-15T02:00:00",
    ),
    "un_press": ("https://press.un.org/en/2026/sgsm23001.doc.htm", "2026-01-15T16:12:13"),
    "un_secretary_general": ("https://www.un.org/sg/en/content/sg/statements/2026-01-15/ferry-pier", "T16:12:13"),
    "us_state": ("https://www.state.gov/releases/2026/01/ferry-pier-reopens-after-repairs", "2026-01-15T14:02:11"),
    "us_white_house": (
        "https://www.whitehouse.gov/briefings-statements/2026/01/ferry-pier-reopens-after-repairs/",
        "2026-01-15T14:02:11",
    ),
}  # fmt: skip


def visit(source: Source) -> tuple[Discovered, list[str]]:
    """A visit to a source whose lists all have the shape kept for it; and the addresses asked for."""
    shape = next(SHAPES.glob(f"{source.name}.*"))
    asked: list[str] = []

    def get(url: str) -> Page | NoPage:
        asked.append(url)
        return Page(url, 200, shape.read_bytes())

    return discover(source, NEVER_VISITED, get, now=NOW), asked


def test_there_are_enough_sources_and_each_has_its_shape() -> None:
    assert len(WEB) >= 24
    assert len({source.publisher for source in WEB.values()}) >= 14
    assert {shape.stem for shape in SHAPES.iterdir()} == set(WEB) == set(FIRST)


@pytest.mark.parametrize("name", sorted(WEB))
def test_a_source_reads_the_shape_of_its_list(name: str) -> None:
    found, asked = visit(WEB[name])
    url, listed = FIRST[name]
    first = found.candidates[0]
    assert found.complete, found.failure
    assert not found.alarms
    assert first.url == url
    when = first.hints.listed_at.isoformat() if first.hints.listed_at else str(first.hints.listed_on)
    assert (listed or "None") in when
    assert first.hints.title and first.name == first.hints.title
    assert first.hints.language == WEB[name].language
    assert found.newest == date(2026, 1, 15)
    assert {host_of(address) for address in asked} <= set(WEB[name].hosts)
    assert len({one.ref for one in found.candidates}) == len(found.candidates) >= 2


@pytest.mark.parametrize("name", sorted(WEB))
def test_a_source_says_all_it_must(name: str) -> None:
    source = WEB[name]
    publisher = by_key(source.publisher or "")
    assert publisher and publisher.key == source.publisher
    assert source.language in publisher.languages
    assert source.zone == publisher.zone
    assert source.schedule and source.rights and source.expects.per_day and source.expects.required
    assert source.pace >= 2
    assert (CATALOG / f"{name}.toml").read_text(encoding="utf-8").startswith("# ")


def test_only_what_was_measured_is_called_verified() -> None:
    assert {name for name, source in WEB.items() if source.verified} == {"hk_gia_en", "hk_gia_tc"}


def test_no_two_sources_of_a_host_start_in_the_same_minute() -> None:
    minutes: dict[tuple[str, str], str] = {}
    for name, source in WEB.items():
        for host in source.hosts:
            for minute in (source.schedule or "").split()[0].split(","):
                assert (host, minute) not in minutes, (name, minutes[host, minute])
                minutes[host, minute] = name


def test_the_hour_is_shared_out() -> None:
    starts: dict[str, int] = defaultdict(int)
    for source in WEB.values():
        for minute in (source.schedule or "").split()[0].split(","):
            starts[minute] += 1
    assert max(starts.values()) <= 4


def test_an_object_id_is_the_hint_for_the_native_number() -> None:
    found, _ = visit(WEB["hk_news_en"])
    assert [one.hints.native_id for one in found.candidates] == ["20260115_112244_318", "20260113_160102_007"]
    assert [one.hints.published_on for one in found.candidates] == [date(2026, 1, 15), date(2026, 1, 14)]
    assert [one.hints.published_at for one in found.candidates] == [None, None]


def test_a_content_item_keeps_its_address_for_people() -> None:
    found, _ = visit(WEB["govuk_search"])
    assert found.candidates[0].hints.page_url == "https://www.gov.uk/government/news/ferry-pier-reopens-after-repairs"
