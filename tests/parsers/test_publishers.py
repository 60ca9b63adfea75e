"""Who publishes: looked up by host and by name, and inferred from a bare text with care."""

import re
import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from parsers import publishers
from parsers.publishers import by_host, by_key, infer

TOLD = tomllib.loads((Path(publishers.__file__).parent / "publishers.toml").read_text(encoding="utf-8"))["publisher"]
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    "key",
    ["info.gov.hk", "news.gov.hk", "wb.beijing.gov.cn", "mfa.gov.cn", "hk.ocmfa.gov.cn", "hmo.gov.cn", "locpg.gov.cn",
     "www.gov.cn", "english.www.gov.cn", "hkma.gov.hk", "gov.uk", "ec.europa.eu", "europarl.europa.eu",
     "federalregister.gov", "state.gov", "whitehouse.gov", "canada.ca", "un.org", "beehive.govt.nz", "sgpc.gov.sg",
     "pm.gov.au"],
)  # fmt: skip
def test_a_publisher_is_found_by_its_key_names_and_hosts(key: str) -> None:
    publisher = by_key(key)
    assert publisher is not None
    assert publisher.key == key
    ZoneInfo(publisher.zone)
    for name in publisher.names.values():
        assert by_key(name) is publisher
    for host in (*publisher.hosts, *publisher.moved.values()):
        assert by_host(host) is publisher


def test_hosts_and_names_belong_to_one_publisher() -> None:
    hosts = [host for entry in TOLD for host in entry["hosts"]]
    assert len(hosts) == len(set(hosts))
    names = [name for entry in TOLD for name in {*entry["names"].values(), *entry.get("aliases", ())}]
    assert len(names) == len(set(names))


def test_hosts_are_exact() -> None:
    assert by_host("WWW.INFO.GOV.HK.") is by_key("info.gov.hk")
    assert by_host("evil.www.info.gov.hk") is None
    assert by_host("www.info.gov.hk.evil.example") is None


def test_old_hosts_lead_to_the_same_publisher() -> None:
    assert by_host("www.fmprc.gov.cn") is by_key("外交部")
    assert by_key("  beijing   FOREIGN affairs office ") is by_key("wb.beijing.gov.cn")
    assert by_key("Ministry of Invented Affairs") is None


def test_no_cue_mixes_scripts() -> None:
    """A cue is looked for in texts of its own script only."""
    for entry in TOLD:
        for cue in entry.get("cues", ()):
            for written in (*cue.get("phrases", ()), *cue.get("patterns", ()), *cue.get("lines", ())):
                latin = re.search(r"(?<!\\)[A-Za-z]{4,}", written)
                assert not (HAN.search(written) and latin), (entry["key"], written)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("The Quay Department opened a quay.\n\nEnds/Thursday, November 27, 2025\nIssued at HKT 15:55\n\nNNNN",
         "en", "info.gov.hk"),
        ("碼頭署今日開放新碼頭。\n\n完\n2025年11月27日（星期四）\n香港時間9時05分", "zh-Hant", "info.gov.hk"),
        ("码头署今日开放新码头。\n\n完\n2025年11月27日（星期四）\n香港时间9时05分", "zh-Hans", "info.gov.hk"),
        ("The Harbour Office today (June 3) warned sailors.", "en", "info.gov.hk"),
        ("下稿代碼頭管理局發出：\n\n碼頭管理局宣布開放新碼頭。", "zh-Hant", "info.gov.hk"),
        ("Chief Executive John Lee today visited a quay in Hong Kong.\n\nBack to top", "en", "news.gov.hk"),
        ("行政長官李家超今日視察新碼頭。\n\n回到頁首", "zh-Hant", "news.gov.hk"),
        ("Beijing Foreign Affairs Office held a meeting.", "en", "wb.beijing.gov.cn"),
        ("1月10日，北京市人民政府外事办公室召开会议。", "zh-Hans", "wb.beijing.gov.cn"),
        ("市政府外办主任会见来访代表团。", "zh-Hans", "wb.beijing.gov.cn"),
        ("Foreign Ministry Spokesperson Wang Ming’s Remarks on Quays", "en", "mfa.gov.cn"),
        ("外交部发言人王明就码头问题答记者问", "zh-Hans", "mfa.gov.cn"),
        ("外交部驻港公署发言人对码头报道表示不满。香港特区政府已作澄清。", "zh-Hans", "hk.ocmfa.gov.cn"),
        ("国务院港澳办发言人就香港码头发表谈话", "zh-Hans", "hmo.gov.cn"),
        ("European Commission - Press release\nQuays of tomorrow", "en", "ec.europa.eu"),
    ],
)  # fmt: skip
def test_cues_name_the_publisher(text: str, language: str, expected: str) -> None:
    guess = infer(text, language)
    assert guess is not None
    assert guess.publisher.key == expected
    assert guess.cue


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("A village council opened a bridge on Sunday.", "en"),
        ("The mayor flew to Hong Kong and Beijing.", "en"),  # places alone name nobody
        ("Offices that met the Ministry of Foreign Affairs were pleased.", "en"),
        ("村委會星期日開放新橋。", "zh-Hant"),
        ("完", "zh-Hant"),
        ("", "en"),
    ],
)
def test_too_few_cues_name_nobody(text: str, language: str) -> None:
    assert infer(text, language) is None


def test_cues_at_either_end_of_a_long_text_count() -> None:
    filler = "The quay is long and its story is longer. " * 2_000
    guess = infer(f"{filler}\n\nEnds/Thursday, November 27, 2025\nIssued at HKT 15:55\n", "en")
    assert guess is not None
    assert guess.publisher.key == "info.gov.hk"


def test_weaker_candidates_are_told() -> None:
    guess = infer("The HKSAR Government spoke.\n\nHong Kong\n\nIssued at HKT 15:55", "en")
    assert guess is not None
    assert "news.gov.hk" in [key for key, _, _ in guess.weaker]
