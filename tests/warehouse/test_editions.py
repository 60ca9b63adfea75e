"""Language editions, told through whole runs: tied by what is said or by figures no chance explains, never else."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk
from warehouse.connection import opened_read_only
from warehouse.rebuilding import rebuild
from warehouse.resolution.explaining import explain
from warehouse.resolution.quantities import quantities
from warehouse.reviewing import review
from warehouse.staging import Batch
from warehouse.writing import writing

PAGES = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpora" / "pages"
HEADER_LINKS = re.compile(rb'id="?hdr(?:TC|EN|SC)Lnk"?')
Answers = list[dict[str, Any]]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("a sum of $1.25 billion", "總額12.5億元"),
        ("1,250 million people", "十二億五千萬人"),
        ("3.5 per cent", "百分之三點五"),
        ("at 3.34pm on November 26", "十一月二十六日下午三時三十四分"),
        ("at 12.30am", "凌晨零時三十分"),
        ("the hotline 1878 999", "熱線一八七八 九九九"),
        ("35,000 tonnes, 220 lorries", "三萬五千公噸、二百二十輛貨車"),
        ("twenty-five stations", "二十五個車站"),
    ],
)
def test_figures_read_alike_in_both_languages(english: str, chinese: str) -> None:
    one, other = quantities(english, "en"), quantities(chinese, "zh-Hant")
    assert one.stated <= other.possible
    assert other.stated <= one.possible
    assert one.possible


def answers() -> Answers:
    if not PAGES.is_dir():
        pytest.skip(f"{PAGES} is not there")
    return [json.loads(line) for line in (PAGES / "expected.jsonl").read_text(encoding="utf-8").splitlines()]


def tied(desk: Desk) -> set[tuple[str, ...]]:
    told = desk.rows(
        "SELECT a.url AS one, b.url AS other FROM relations JOIN releases AS a ON a.release_id = release_a"
        " JOIN releases AS b ON b.release_id = release_b WHERE kind = 'edition'"
    )
    return {tuple(sorted((row["one"], row["other"]))) for row in told}


def pairs_of(told: Answers) -> set[tuple[str, ...]]:
    return {
        tuple(sorted((one["canonical_url"], one["other_language_url"]))) for one in told if one["other_language_url"]
    }


def test_recorded_pairs_are_tied_by_their_links(desk: Desk) -> None:
    told = answers()
    listed = desk.list_of([{"file": str(PAGES / one["file"]), "url": one["source_url"]} for one in told])
    assert desk.ingest(listed, batch_size=9) == {"new": 42, "duplicate": 1}
    assert tied(desk) == pairs_of(told)
    assert desk.column("SELECT count(DISTINCT edition_group) FROM editions") == [len(pairs_of(told))]
    assert desk.column("SELECT title FROM missing_editions") == []
    before = desk.content_hash()
    assert rebuild(desk.home, now=lambda: desk.now, wait=1, seen=lambda _: None) == before
    assert desk.wrong() == []


def test_recorded_pairs_without_their_links_are_never_tied_wrongly(desk: Desk) -> None:
    told = answers()
    rows = []
    for one in told:
        path = desk.root / Path(one["file"]).name
        path.write_bytes(HEADER_LINKS.sub(b"", (PAGES / one["file"]).read_bytes()))
        rows.append({"file": path.name, "url": one["source_url"]})
    desk.ingest(desk.list_of(rows))
    assert tied(desk) <= pairs_of(told)
    assert len(tied(desk)) >= 8


SERIES = {
    "air": (
        "Air quality in the harbour wards",
        "The index stood at {a} at 4pm on {en}. The highest reading was {b}.{c} micrograms at the old canal, and {d}"
        " people called the office. Those with heart or breathing trouble should stay indoors until the evening.",
        "海港各區空氣質素",
        "{zh}下午四時的指數為{a}。舊運河錄得最高讀數{b}.{c}微克，共有{d}人致電辦事處查詢。心臟或呼吸系統有問題的人士應留在室內，直至傍晚。",
    ),
    "fund": (
        "Exchange fund: daily balance",
        "The balance on {en} was ${b}.{c} billion, {a} million more than on the working day before. The overnight rate"
        " was {d} points. Figures are set out on the pages of the treasury every working day.",
        "外匯基金每日結餘",
        "{zh}的結餘為{b}{c}億元，較上一個工作天增加{a}00萬元，隔夜息率為{d}點子。有關數字於每個工作天載於庫務網頁。",
    ),
}


def notices(days: int) -> list[dict[str, str]]:
    """Two series in two languages over some days; nothing points to anything."""
    rows: list[dict[str, str]] = []
    for number in range(days):
        on = date(2025, 1, 1) + timedelta(days=number)
        for place, (name, (title, text, title_zh, text_zh)) in enumerate(sorted(SERIES.items())):
            seed = number * 7919 + place * 104729
            told = {"a": 13 + seed % 461, "b": 11 + seed % 83, "c": f"{1 + seed % 9}7", "d": 1_013 + seed % 7_919}
            told["en"], told["zh"] = f"{on:%B} {on.day}, {on.year}", f"{on.year}年{on.month}月{on.day}日"
            if name == "fund":
                told["c"] = str(1 + seed % 9)
            words = {"en": (title, text), "zh-Hant": (title_zh, text_zh)}
            for language, (headline, story) in words.items():
                day = told["en"] if language == "en" else told["zh"]
                url = f"https://www.info.gov.hk/gia/general/{on:%Y%m}/{on:%d}/P{on:%Y%m%d}{place}{len(rows):04d}.htm"
                rows.append(
                    {"text": f"{headline}\n\n{day}\n\n{story.format(**told)}\n", "url": url, "name": f"{name} {on}"}
                )
                rows[-1]["language"] = language
    return rows


def test_weeks_of_daily_notices_in_two_languages(desk: Desk) -> None:
    listed, named = [], {}
    for number, row in enumerate(notices(21)):
        path = desk.root / f"{number}.txt"
        path.write_text(row["text"], encoding="utf-8")
        named[row["url"]] = row["name"]
        listed.append({"file": path.name, "url": row["url"], "language": row["language"], "publisher": "info.gov.hk"})
    assert desk.ingest(desk.list_of(listed), batch_size=5) == {"new": 84}
    found = tied(desk)
    assert all(named[one] == named[other] for one, other in found)
    assert len(found) == 42
    assert desk.rows("FROM clusters") == []


def test_a_late_edition_joins_and_a_stated_one_overrules_a_guess(desk: Desk) -> None:
    first = notices(1)[:2]
    for number, row in enumerate(first):
        desk.drop(f"{number}.txt", row["text"], {"url": row["url"], "publisher": "info.gov.hk"})
    desk.ingest()
    assert len(tied(desk)) == 1
    assert desk.column("SELECT editions FROM editions") == [2, 2]
    group = desk.column("SELECT DISTINCT edition_group FROM editions")
    desk.drop(
        "late.txt", first[0]["text"].replace("old canal", "new canal"), {"url": first[0]["url"][:-8] + "9999.htm"}
    )
    desk.ingest()
    assert desk.column("SELECT DISTINCT edition_group FROM editions") == group
    assert len(tied(desk)) == 1
    assert desk.rows("FROM edition_differences") == []
    desk.drop("0.txt", first[0]["text"].replace("at 4pm", "at 5.15pm"), {"url": first[0]["url"]})
    desk.ingest()
    (told,) = desk.rows("FROM edition_differences")
    assert sorted((*told["only_a"], *told["only_b"])) == ["16:00", "17:15"]


def test_explain_tells_editions_by_their_figures(desk: Desk) -> None:
    for number, row in enumerate(notices(1)):
        desk.drop(f"{number}.txt", row["text"], {"url": row["url"], "publisher": "info.gov.hk"})
    desk.ingest()
    (pair,) = desk.rows("SELECT release_a, release_b FROM relations WHERE kind = 'edition' LIMIT 1")
    with opened_read_only(desk.home.archive) as con:
        told = explain(con, pair["release_b"], pair["release_a"])
    assert "is in another language what is" in told.sentences[0]
    assert "more than chance" in told.sentences[-1]


def test_a_newer_rule_retires_and_adds_without_deleting(desk: Desk) -> None:
    for number, row in enumerate(notices(1)):
        desk.drop(f"{number}.txt", row["text"], {"url": row["url"], "publisher": "info.gov.hk"})
    desk.ingest()
    names = desk.column("SELECT release_id FROM releases ORDER BY title")
    right = tied(desk)
    with writing(desk.home, now=lambda: desk.now, wait=1) as writer:
        wrong = {"kind": "edition", "release_a": names[0], "release_b": names[1], "score": 0.5, "rule": "edition/0"}
        told = desk.rows("FROM kept.relations WHERE kind = 'edition'")
        facts = [wrong | {"evidence": "{}", "series": None, "state": "asserted"}]
        facts += [row | {"state": "retired"} for row in told]
        writer.commit(
            Batch("old-rule", "old-rule", "folder", "ingest", "2026-01-01T00:00:00Z", None, ()),
            {"relations": facts},
            {},
        )
    assert review(desk.home, run_id="20260201T000000Z-review", now=lambda: desk.now, wait=1)["asserted"] == 2
    assert tied(desk) == right
    assert review(desk.home, run_id="20260202T000000Z-review", now=lambda: desk.now, wait=1) == {}
    before = desk.content_hash()
    assert rebuild(desk.home, now=lambda: desk.now, wait=1, seen=lambda _: None) == before
