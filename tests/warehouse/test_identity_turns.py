"""What publishers do to addresses and numbers, told through whole runs: none of it makes two of one, or one of two."""

from typing import Any

import pytest

from tests.desk import Desk
from tests.samples import ORCHARD, QUAY, QUAY_TITLE, READING, READING_TITLE, edited, news, news_tc
from tests.warehouse.looks import visits
from warehouse.resolution.containment import SAME_TEXT_EDITED, containment

NUMBERED = "https://www.info.gov.hk/gia/general/202506/25/P20250625004{}.htm"
COLUMN = "https://wb.beijing.gov.cn/en/{}/202506/t20250625_4100{}.html"
READING_HANS = (
    "康乐署今日公布，十二间公共图书馆由下月起延长开放时间，方便市民在下班后借阅书籍和使用自修室。",
    "首阶段涵盖港岛、九龙和新界各四间图书馆，平日开放至晚上十时，周末则维持现有安排不变。",
    "署方发言人表示，当局会在半年后检视使用情况，并就是否扩展至其他图书馆征询各区居民的意见。",
)


def facts(desk: Desk, *kinds: str) -> list[dict[str, Any]]:
    told = desk.rows("SELECT kind, release_a, release_b, why FROM relations ORDER BY kind, release_a")
    return [row for row in told if row["kind"] in kinds]


def test_hosts_that_serve_the_same_pages_are_one(desk: Desk) -> None:
    page = "https://www.mfa.gov.cn/eng/xw/fyrbt/202410/t20241017_11509439.html"
    listed = visits(desk, [(page, news()), (page.replace("mfa", "fmprc"), news())], "mfa.gov.cn")
    assert desk.ingest(listed)["new"] == 1
    assert desk.column("SELECT DISTINCT version FROM versions") == [1]


def test_one_article_in_two_columns_is_one_release_even_when_one_lags_behind(desk: Desk) -> None:
    here, there = COLUMN.format("express", "001"), COLUMN.format("headlines", "002")
    newer = news(paragraphs=edited(QUAY, "4,000", "5,200"))
    looks = [(here, news()), (there, news()), (here, newer), (there, news()), (here, newer)]
    assert desk.ingest(visits(desk, looks, "wb.beijing.gov.cn"))["new"] == 1
    assert desk.column("SELECT version FROM versions ORDER BY version") == [1, 2]
    assert "5,200" in desk.column("SELECT body FROM releases")[0]


HERE, THERE = COLUMN.format("express", "001"), COLUMN.format("headlines", "002")
NEWER = news(paragraphs=edited(QUAY, "4,000", "5,200"))


def test_an_edit_in_the_second_column_alone_is_an_edit_of_the_one_release(desk: Desk) -> None:
    again = f"{news()}\n"  # as before, in other bytes
    looks = [(HERE, news()), (THERE, news()), (THERE, NEWER), (HERE, news()), (THERE, NEWER), (HERE, again)]
    told = visits(desk, looks, "wb.beijing.gov.cn")
    assert desk.ingest(told) == {"new": 1, "duplicate": 1, "revised": 1, "unchanged": 3}
    assert desk.rows("SELECT url, version FROM releases") == [{"url": THERE, "version": 2}]
    assert desk.rows("FROM relations") == []
    rules = desk.column("SELECT rule FROM kept.release_keys WHERE value LIKE '%4100002%'")
    assert rules and all("joined by fingerprint of the text" in rule for rule in rules)
    sizes = desk.sizes()
    desk.ingest(told)
    assert desk.sizes()["readings"] == sizes["readings"]


def test_columns_that_are_edited_one_after_the_other_are_one_release_with_one_edit(desk: Desk) -> None:
    looks = [(HERE, news()), (THERE, news()), (THERE, NEWER), (HERE, NEWER), (HERE, NEWER.replace("60 metres", "66"))]
    assert desk.ingest(visits(desk, looks, "wb.beijing.gov.cn"))["new"] == 1
    assert desk.column("SELECT version FROM versions ORDER BY version") == [1, 2, 3]
    assert desk.rows("FROM relations") == []


def test_columns_part_when_another_text_comes_to_stand_in_one_of_them(desk: Desk) -> None:
    other = news("Seedlings for growers after the storm", paragraphs=ORCHARD)
    looks = [(HERE, news()), (THERE, news()), (THERE, other), (HERE, NEWER), (THERE, other.replace("two h", "three h"))]
    found = desk.ingest(visits(desk, looks, "wb.beijing.gov.cn"))
    assert found == {"new": 2, "duplicate": 1, "revised": 2}
    titles = [QUAY_TITLE, "Seedlings for growers after the storm"]
    assert desk.rows("SELECT title, version FROM releases ORDER BY title") == [
        {"title": title, "version": 2} for title in titles
    ]


def test_two_releases_that_come_to_read_the_same_are_one_and_neither_corrects_the_other(desk: Desk) -> None:
    last = NEWER.replace("60 metres", "66 metres")
    for looks in ([(HERE, news()), (THERE, NEWER)], [(HERE, NEWER)], [(HERE, last)]):
        desk.ingest(visits(desk, looks, "wb.beijing.gov.cn"))
    elder, younger = desk.column("SELECT release_id FROM versions WHERE version = 1 ORDER BY native_id")
    assert [(row["release_a"], row["release_b"]) for row in facts(desk, "same_as")] == [(younger, elder)]
    assert [row for row in facts(desk, "corrects", "series") if row["release_a"] == elder] == []


def test_another_text_at_an_old_address_is_a_new_release_and_an_alarm(desk: Desk) -> None:
    page = NUMBERED.format("11")
    other = news("Seedlings for growers after the storm", paragraphs=ORCHARD)
    later = news("Seedlings for growers after the storm", paragraphs=edited(ORCHARD, "two hundred", "three hundred"))
    looks = [(page, news()), (page, other), (page, other), (page, later)]
    assert desk.ingest(visits(desk, looks)) == {"new": 2, "unchanged": 1, "revised": 1}
    assert sorted(desk.column("SELECT title FROM releases")) == [QUAY_TITLE, "Seedlings for growers after the storm"]
    (told,) = facts(desk, "replaced_at_address")
    assert desk.column(f"SELECT title FROM releases WHERE release_id = '{told['release_b']}'") == [QUAY_TITLE]
    assert page in desk.column("SELECT reason FROM kept.alarms WHERE cause LIKE 'another text%'")[0]
    sizes = desk.sizes()
    assert "new" not in desk.ingest(visits(desk, looks))
    assert desk.sizes()["readings"] == sizes["readings"]


def test_a_rewritten_text_under_its_headline_and_a_notice_of_withdrawal_are_edits(desk: Desk) -> None:
    page, gone = NUMBERED.format("11"), ("This press release has been withdrawn.",)
    looks = [(page, news()), (page, news(paragraphs=ORCHARD)), (page, news("Withdrawn", paragraphs=gone))]
    assert desk.ingest(visits(desk, looks)) == {"new": 1, "revised": 2}


def test_what_was_withdrawn_and_stands_elsewhere_again_is_the_same(desk: Desk) -> None:
    page, again = NUMBERED.format("11"), NUMBERED.format("22")
    gone = news("Withdrawn", paragraphs=("This press release has been withdrawn.",))
    looks = [(page, news()), (page, gone), (again, news(day="June 26, 2025")), (again, news(day="June 26, 2025"))]
    assert desk.ingest(visits(desk, looks)) == {"new": 2, "revised": 1, "unchanged": 1}
    (told,) = facts(desk, "same_as")
    elder = desk.column("SELECT release_id FROM versions WHERE native_id = 'P2025062500411' LIMIT 1")
    assert [told["release_b"]] == elder == desk.column("SELECT release_id FROM releases")


GONE = news(paragraphs=("This press release has been withdrawn.",))
MENDED = edited(QUAY, "4,000", "5,200")


def test_what_was_withdrawn_and_comes_back_corrected_corrects_what_it_was(desk: Desk) -> None:
    page, again = NUMBERED.format("11"), NUMBERED.format("22")
    looks = [(page, news()), (page, GONE), (again, news(day="June 28, 2025", paragraphs=MENDED))]
    assert desk.ingest(visits(desk, looks)) == {"new": 2, "revised": 1}
    (told,) = desk.rows("SELECT kind, release_a, release_b, why FROM relations")
    named = {
        row["release_id"]: row["native_id"]
        for row in desk.rows("SELECT release_id, native_id FROM versions ORDER BY 2")
    }
    assert (told["kind"], named[told["release_a"]], named[told["release_b"]]) == (
        "corrects",
        "P2025062500422",
        "P2025062500411",
    )
    assert "withdrawn" in told["why"]


def test_it_is_found_in_a_later_run_too_and_outlives_an_edit(desk: Desk) -> None:
    page, again = NUMBERED.format("11"), NUMBERED.format("22")
    later = news(day="June 28, 2025", paragraphs=edited(MENDED, "spring", "summer"))
    for looks in (
        [(page, news()), (page, GONE)],
        [(again, news(day="June 28, 2025", paragraphs=MENDED))],
        [(again, later)],
    ):
        desk.ingest(visits(desk, looks))
    assert len(facts(desk, "corrects")) == 1


def test_the_next_issue_of_a_notice_corrects_no_withdrawn_one(desk: Desk) -> None:
    issues = [
        (NUMBERED.format(f"3{n}"), news(day=f"June {20 + n}, 2025", paragraphs=edited(QUAY, "4,000", f"{n},100")))
        for n in range(1, 5)
    ]
    looks = [*issues[:3], (issues[2][0], GONE), issues[3]]
    desk.ingest(visits(desk, looks))
    assert facts(desk, "corrects") == []


def test_one_number_over_both_chinese_scripts_is_two_releases_and_never_an_edit(desk: Desk) -> None:
    hant, hans = (f"https://www.info.gov.hk/{script}/general/202509/08/P2025090800411.htm" for script in ("tc", "sc"))
    texts = {
        "zh-Hant": "\n\n".join((READING_TITLE, "2025年9月8日", *READING)),
        "zh-Hans": "\n\n".join(("公共图书馆延长开放时间", "2025年9月8日", *READING_HANS)),
    }
    rows: list[dict[str, str]] = []
    for hour, (language, url) in enumerate((("zh-Hant", hant), ("zh-Hans", hans)) * 2):
        path = desk.root / f"{language}.txt"
        path.write_text(texts[language], encoding="utf-8")
        row = {"url": url, "language": language, "file": path.name, "seen_at": f"2025-09-08T{10 + hour}:00:00Z"}
        rows.append(row | {"publisher": "info.gov.hk"})
    found = desk.ingest(desk.list_of(rows))
    assert (found["new"], found.get("revised", 0)) == (2, 0)
    assert [row["kind"] for row in desk.rows("FROM relations")] == ["script_variant"]
    assert desk.column("SELECT count(DISTINCT edition_group) FROM editions") == [1]


def test_a_page_that_turns_to_the_other_script_is_no_edit(desk: Desk) -> None:
    page = "https://www.info.gov.hk/gia/general/202509/08/P2025090800411.htm"
    hant = "\n\n".join((READING_TITLE, "2025年9月8日", *READING))
    hans = "\n\n".join(("公共图书馆延长开放时间", "2025年9月8日", *READING_HANS))
    found = desk.ingest(visits(desk, [(page, hant), (page, hans), (page, hant)]))
    assert found == {"new": 1, "duplicate": 1, "unchanged": 1}


def test_a_chinese_text_cut_to_what_it_quotes_in_english_is_an_edit(desk: Desk) -> None:
    page = "https://www.news.gov.hk/chi/2025/09/20250908/20250908_120000_011.html"
    quoted = (
        "康樂署今日回應兩篇題為「Public libraries to stay open until late in the evening」和"
        "「Reading rooms on four islands will be closed for repairs」的報道。"
    )
    looks = [
        (page, news_tc("公共圖書館", paragraphs=(quoted, *READING))),
        (page, news_tc("聲明", paragraphs=(quoted,))),
    ]
    assert desk.ingest(visits(desk, looks, "")) == {"new": 1, "revised": 1}
    assert "cut" in desk.column("SELECT kinds FROM edits")[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "港は九日に開きます。船は朝の六時から夜まで、十分ごとに出ます。切符は新しい駅で買えます。",
            "切符は新しい駅の窓口で買えます。",
        ),
        ("ท่าเรือเปิดวันที่เก้า เรือออกทุกสิบนาทีตั้งแต่หกโมงเช้า ซื้อตั๋วได้ที่สถานีใหม่", "ซื้อตั๋วได้ที่สถานีใหม่ชั้นสอง"),
    ],
)
def test_languages_without_blanks_are_compared_by_characters(old: str, new: str) -> None:
    assert containment(old, new) >= SAME_TEXT_EDITED
