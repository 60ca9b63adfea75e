"""Texts that are nearly the same: corrected, copied, recurring, in another script; told through whole runs."""

from datetime import date, timedelta
from typing import Any

import pytest

from flows.asking import rows_of
from tests.desk import NOON, Desk
from tests.samples import ORCHARD, QUAY, QUAY_TITLE, READING, READING_TITLE, edited, news, news_tc
from warehouse.connection import attached, opened_read_only
from warehouse.rebuilding import rebuild
from warehouse.resolution.explaining import Explanation, explain
from warehouse.resolution.likeness import SAME_MASKED

FIRST = date(2025, 6, 25)
MORE = (
    "Fishing boats keep their berths on the western side, and the ice house moves next to the new ticket hall.",
    "Fares stay as they are until the winter timetable, when the office will report on the first three months.",
)
LONG = (*QUAY, *MORE)


def put(
    desk: Desk,
    number: int,
    text: tuple[str, ...],
    *,
    title: str = QUAY_TITLE,
    later: int = 0,
    host: str = "news.gov.hk",
) -> None:
    """A release under an address of its own, issued some days after the first."""
    day = FIRST + timedelta(days=later)
    url = f"https://www.{host}/eng/{day:%Y/%m/%Y%m%d}/{day:%Y%m%d}_120000_{number:03}.html"
    publisher = {"publisher": host} if host != "news.gov.hk" else {}
    desk.drop(f"{number:03}.txt", news(title, f"{day:%B} {day.day}, {day.year}", text), {"url": url} | publisher)


def joined(desk: Desk) -> list[tuple[str, str, str]]:
    """What joins which, by the numbers of the files."""
    names = {row["release_id"]: row["name"][:3] for row in desk.rows("SELECT release_id, name FROM kept.outcomes")}
    facts = desk.rows("SELECT kind, release_a, release_b FROM relations")
    return sorted((fact["kind"], names[fact["release_a"]], names[fact["release_b"]]) for fact in facts)


def told(desk: Desk, first: str, second: str) -> Explanation:
    query = "SELECT DISTINCT name, release_id FROM kept.outcomes WHERE release_id IS NOT NULL"
    names = {row["name"][:3]: row["release_id"] for row in rows_of(desk.home, query)}
    with opened_read_only(desk.home.archive) as con:
        return explain(con, names[first], names[second])


def test_a_text_corrected_under_another_address_is_tied_to_what_it_corrects(desk: Desk) -> None:
    put(desk, 1, LONG)
    put(desk, 2, edited(LONG, "60 metres", "65 metres"))
    put(desk, 3, edited(LONG, "4,000", "5,200"), title=f"{QUAY_TITLE} (amended)", later=3)
    assert desk.ingest() == {"new": 3}
    assert joined(desk)[0] == ("corrects", "002", "001")
    assert [fact[:2] for fact in joined(desk)] == [("corrects", "002"), ("corrects", "003")]
    assert [row["releases"] for row in desk.rows("FROM clusters")] == [3, 3, 3]
    assert any("says that it corrects another" in said for said in told(desk, "003", "001").sentences)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("CORRECTION - in the second paragraph", ""),
        ("", "*This press release was amended on June 28."),
        ("（修訂）", ""),
    ],
)
def test_a_correction_of_a_later_day_is_known_by_a_notice_above_or_below_it(desk: Desk, above: str, below: str) -> None:
    put(desk, 1, LONG)
    put(desk, 2, tuple(filter(None, (above, *edited(LONG, "4,000", "5,200"), below))), later=3)
    put(desk, 3, tuple(filter(None, (above, *ORCHARD, below))), later=4)
    assert desk.ingest() == {"new": 3}
    assert joined(desk) == [("corrects", "002", "001")]


FLAGS = (
    "The yellow flag was hoisted at six this morning above the lighthouse of Lantern Bay, the second time this week.",
    "Jack Tarrant, aged twelve, and his dog were the first to see it. Small craft should stay in the inner basin.",
)
AUCTION = (
    "政府今日就第三號拍賣會發出公告。拍賣品包括充公的手錶、首飾、電器和汽車零件，市民可於拍賣前到倉庫檢視。",
    "委託人陳大文，四十五歲，將於早上六時到場。競投者須年滿十八歲並出示身份證明文件，得標者須即場繳付按金。",
)
OTHER_NOTICES = [
    (FLAGS, "at six", "at nine"),
    (FLAGS, "the second time", "the third time"),
    (FLAGS, "aged twelve", "aged seven"),
    (FLAGS, "Jack Tarrant", "Emily Shaw"),
    (AUCTION, "第三號", "第四號"),
    (AUCTION, "早上六時", "早上九時"),
    (AUCTION, "四十五歲", "七歲"),
    (AUCTION, "陳大文", "何國強"),
]
SAME_NOTICE = [
    (FLAGS, "this morning", "in the morning"),
    (FLAGS, "at six", "at 6"),
    (FLAGS, "Jack Tarrant", "Jack Tarrent"),
    (AUCTION, "一般", "普通"),
    (AUCTION, "陳大文", "陳大民"),
    (AUCTION, "首飾", "統一"),
]


def put_two(desk: Desk, text: tuple[str, ...], old: str, new: str) -> None:
    """A text and the same with one thing otherwise, issued on the same day under the same headline."""
    if text is FLAGS:
        put(desk, 1, text)
        put(desk, 2, edited(text, old, new))
        return
    text = (text[0].replace("公告", "一般公告"), text[1])
    for number, parts in ((1, text), (2, edited(text, old, new))):
        url = f"https://www.news.gov.hk/chi/2025/09/20250908/20250908_120000_00{number}.html"
        desk.drop(f"00{number}.txt", news_tc("政府拍賣會", paragraphs=parts), {"url": url})


@pytest.mark.parametrize(("text", "old", "new"), OTHER_NOTICES)
def test_another_number_in_words_or_another_person_is_another_notice(
    desk: Desk, text: tuple[str, ...], old: str, new: str
) -> None:
    put_two(desk, text, old, new)
    assert desk.ingest() == {"new": 2}
    assert joined(desk) == [("series", "002", "001")]
    assert desk.rows("FROM clusters") == []


@pytest.mark.parametrize(("text", "old", "new"), SAME_NOTICE)
def test_what_is_only_said_otherwise_is_the_same_notice(desk: Desk, text: tuple[str, ...], old: str, new: str) -> None:
    put_two(desk, text, old, new)
    assert desk.ingest() == {"new": 2}
    assert joined(desk) == [("corrects", "002", "001")]


def test_what_is_cut_short_is_found_by_what_it_holds(desk: Desk) -> None:
    put(desk, 1, LONG)
    put(desk, 2, (*LONG[:3], f"{LONG[3][:40]}…"))
    put(desk, 3, LONG[:3], title="Ninth quay opens", later=1, host="wire.example")
    assert desk.ingest() == {"new": 3}
    assert ("corrects", "002", "001") in joined(desk)
    assert [fact for fact in joined(desk) if fact[:2] == ("syndicated", "003")] != []
    assert [row["first_publisher"] for row in desk.rows("FROM syndication")] == ["news.gov.hk"]


NOTICE = (
    "The tide gate at Lantern Bay will be closed tonight from {hour} until five in the morning, for {n} boats to pass.",
    "Small craft should leave the inner basin before the gate is lowered; lights on both towers will turn red.",
    "Walkers may use the upper way as usual. The next notice will be given tomorrow at the same time of the day.",
)


def test_a_notice_that_comes_every_day_is_a_series_and_never_one_text(desk: Desk) -> None:
    for day in range(20):
        text = tuple(part.format(hour=day % 12 + 1, n=30 + day * 7) for part in NOTICE)
        put(desk, day, text, title="Tide gate to be closed tonight", later=day)
    assert desk.ingest(batch_size=7) == {"new": 20}
    assert {kind for kind, _, _ in joined(desk)} == {"series"}
    assert [row["issues"] for row in desk.rows("FROM series")] == [20] * 20
    assert desk.rows("FROM clusters") == []
    first_and_last = told(desk, "000", "019").sentences
    assert any("Both are issues of the series" in said for said in first_and_last)


def test_a_copy_of_a_notice_that_never_changes_goes_with_the_issue_of_its_day(desk: Desk) -> None:
    text = tuple(part.format(hour="eleven", n="all") for part in NOTICE)
    for day in range(12):
        put(desk, day, text, title="Tide gate to be closed tonight", later=day)
    assert desk.ingest() == {"new": 12}
    put(desk, 50, text, title="Gate shut tonight", later=5, host="wire.example")
    put(desk, 51, text, title="Gate shut tonight", later=9, host="wire.example")
    assert desk.ingest() == {"unchanged": 12, "new": 2}
    copies = [fact for fact in joined(desk) if fact[0] == "syndicated"]
    assert [sorted(fact[1:]) for fact in copies] == [["005", "050"], ["009", "051"]]


STORIES = (
    "A seal came up the river as far as the old ferry stairs and was led back to the sea by two harbour boats at noon.",
    "The clock on the customs tower has been taken down for repair and will strike again before the market opens.",
    "Three apprentices finished their time at the rope walk; the oldest of them will teach splicing to the next class.",
    "Fog closed the outer channel for nine hours, during which the pilot cutter brought in four ships by horn alone.",
    "A painter has given the harbour office a view of the breakwater, to be seen in the stairwell on weekday mornings.",
    "The weather mast on the north mole got a new vane, and its readings go out with the shipping forecast from today.",
)
STANDING = (
    "The Lantern Bay Harbour Office keeps eleven quays, forty moorings and the lights of the channel in good order.",
    "It answers to the council of the four islands, publishes accounts every spring and welcomes visitors to its hall.",
    "Questions are answered at the counter in the old warehouse, by letter, or at the open evening on a Tuesday.",
)


def test_paragraphs_that_stand_under_everything_join_nothing(desk: Desk) -> None:
    for number, story in enumerate(STORIES):
        put(desk, number, (story, *STANDING), title=story[:40], later=number * 9)
    desk.ingest(batch_size=2)
    assert [fact for fact in joined(desk) if "005" in fact] == []
    assert len(joined(desk)) <= 6  # of the first few, before it is known that all have them


def test_items_of_a_sentence_over_one_foot_are_no_series(desk: Desk) -> None:
    foot = " ".join(STANDING)
    for number, story in enumerate(STORIES):
        put(desk, number, (" ".join(story.split()[:8]) + ".", foot), title=" ".join(story.split()[:7]), later=number)
    desk.ingest()
    assert {kind for kind, _, _ in joined(desk)} == {"related"}
    measured = told(desk, "000", "001").measured
    assert measured
    assert measured["masked"] >= SAME_MASKED


def test_releases_that_only_share_an_office_are_not_joined(desk: Desk) -> None:
    notes = (
        "Notes to editors",
        "The Harbour Office looks after all quays, piers and landing steps of the islands.",
        *MORE,
    )
    put(desk, 1, (*QUAY, *notes))
    put(desk, 2, (*ORCHARD, *notes), title="Seedlings for growers")
    assert desk.ingest() == {"new": 2}
    assert joined(desk) == []
    assert any("nothing joins them" in said for said in told(desk, "001", "002").sentences)


SIMPLIFIED = (
    "康乐署今日公布，十二间公共图书馆由下月起延长开放时间，方便市民在下班后借阅书籍和使用自修室。",
    "首阶段涵盖港岛、九龙和新界各四间图书馆，平日开放至晚上十时，周末则维持现有安排不变。",
    "署方发言人表示，当局会在半年后检视使用情况，并就是否扩展至其他图书馆征询各区居民的意见。",
)


def test_one_text_in_both_chinese_scripts(desk: Desk) -> None:
    address = "https://www.news.gov.hk/chi/2025/09/20250908/20250908_120000_00{}.html"
    desk.drop("001.txt", news_tc(READING_TITLE, paragraphs=READING), {"url": address.format(1)})
    simplified = news_tc("公共图书馆延长开放时间", paragraphs=SIMPLIFIED)
    desk.drop("002.txt", simplified, {"url": address.format(2)})
    assert desk.ingest() == {"new": 2}
    assert [kind for kind, _, _ in joined(desk)] == ["script_variant"]


def test_why_texts_in_both_scripts_are_not_one_is_told_by_day_and_figures(desk: Desk) -> None:
    address = "https://www.news.gov.hk/chi/2025/{}/202510_120000_00{}.html"
    changed = tuple(part.replace("十二间", "二十间").replace("晚上十时", "晚上九时") for part in SIMPLIFIED)
    for number, day, parts in (
        (1, "2025年9月8日", READING),
        (2, "2025年9月8日", SIMPLIFIED),
        (3, "2025年11月8日", changed),
    ):
        url = address.format(("09/20250908", "09/20250908", "11/20251108")[number - 1], number)
        title = READING_TITLE if number == 1 else "公共图书馆延长开放时间"
        desk.drop(f"00{number}.txt", news_tc(title, day, parts), {"url": url})
    desk.ingest()
    one = told(desk, "001", "002").sentences
    assert any(said.startswith(("Of the shorter text 9", "Of the shorter text 100%")) for said in one)
    apart = told(desk, "001", "003").sentences
    assert "61 days apart" in apart[-1]
    assert "other numbers" in apart[-1]
    assert not any("say too little" in said for said in apart)


def test_what_was_not_taken_for_a_correction_says_why(desk: Desk) -> None:
    put_two(desk, FLAGS, "at six", "at nine")
    put(desk, 3, LONG)
    put(desk, 4, ("Correction: in the second paragraph", *edited(LONG, "4,000", "5,200")), later=95)
    assert desk.ingest() == {"new": 4}
    flags = told(desk, "001", "002").sentences
    assert any("have another in their place: 1" in said for said in flags)
    late = told(desk, "003", "004").sentences
    assert any("within 60 days, and these are 95 apart" in said for said in late)


def test_that_a_text_recurs_is_told(desk: Desk) -> None:
    for number, boat, later in ((1, "Heron", 0), (2, "Gannet", 7), (3, "Petrel", 7)):
        text = tuple(part.format(hour="eleven", n=f"the {boat} and all") for part in NOTICE)
        put(desk, number, text, title="Tide gate to be closed tonight", later=later)
    desk.ingest()
    sentences = told(desk, "002", "003").sentences
    assert "calls them corrects" in sentences[-1]
    assert "But the text comes again and again, and of such a text the rule calls them series" in sentences[-1]


def test_a_fact_that_no_longer_holds_is_retired_and_kept(desk: Desk) -> None:
    def visit(number: int, text: tuple[str, ...], hour: int) -> dict[str, str]:
        name = f"{number:03}-{hour}.txt"
        (desk.root / name).write_text(news(paragraphs=text), encoding="utf-8")
        url = f"https://www.news.gov.hk/eng/2025/06/20250625/20250625_120000_{number:03}.html"
        return {"file": name, "url": url, "seen_at": f"2025-06-27T{hour:02}:00:00Z"}

    visits = [visit(1, LONG, 1), visit(2, edited(LONG, "60", "65"), 2)]
    assert desk.ingest(desk.list_of(visits)) == {"new": 2}
    rewritten = (*ORCHARD, LONG[0], LONG[1])
    visits.append(visit(2, rewritten, 3))
    assert desk.ingest(desk.list_of(visits)) == {"unchanged": 2, "revised": 1}
    history = desk.rows("SELECT kind, state FROM kept.relations ORDER BY batch_no, rowid")
    assert history[0] == {"kind": "corrects", "state": "asserted"}
    assert {"kind": "corrects", "state": "retired"} in history
    assert "corrects" not in {kind for kind, _, _ in joined(desk)}


def test_how_a_run_is_cut_changes_no_fact_and_raw_files_bring_all_back(tmp_path: Any) -> None:
    hashes = set()
    for size in (2, 100):
        desk = Desk(tmp_path / str(size))
        for day in range(8):
            text = tuple(part.format(hour=day % 3, n=30 + day) for part in NOTICE)
            put(desk, day, text, title="Tide gate to be closed tonight", later=day // 2)
        put(desk, 60, LONG)
        put(desk, 61, LONG[:4], host="wire.example", later=1)
        desk.ingest(batch_size=size)
        hashes.add(desk.content_hash())
        facts = joined(desk)
        assert facts != []
        assert desk.wrong() == []
        hashes.add(rebuild(desk.home, now=lambda: NOON, wait=1, seen=lambda _: None))
        assert joined(desk) == facts
        put(desk, 62, LONG[:3], host="other.example", later=2)  # found by what the rebuilding made again
        desk.ingest()
        assert {kind for kind, later, _ in joined(desk) if later == "062"} == {"syndicated"}
    assert len(hashes) == 1


def test_an_archive_whose_bands_had_no_number_still_finds_what_it_held(desk: Desk) -> None:
    put(desk, 1, LONG)
    assert desk.ingest() == {"new": 1}
    with attached(desk.home.warehouse) as con:
        before = con.execute("FROM lookup.bands ORDER BY ALL").fetchall()
        con.execute("DROP TABLE lookup.bands; CREATE TABLE lookup.bands (key UINTEGER, reading_no BIGINT)")
        con.execute("INSERT INTO lookup.bands VALUES (1, 1); DELETE FROM schema_migrations WHERE version = 15")
    put(desk, 2, edited(LONG, "60 metres", "65 metres"))
    assert desk.ingest() == {"unchanged": 1, "new": 1}
    assert joined(desk) == [("corrects", "002", "001")]
    with attached(desk.home.warehouse) as con:
        assert con.execute("FROM lookup.bands WHERE reading_no = 1 ORDER BY ALL").fetchall() == before
        assert {band for band, _, _ in before} == set(range(35))
