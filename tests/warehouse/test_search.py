"""Search: English in any form, Chinese in either script, phrases, what is left out, and whatever people type."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk import NOON, Desk, WarmReaders
from warehouse.connection import attached, opened_read_only
from warehouse.publishing import publish

POLICY = "The Secretary was planning 1,000 flats. Foreign guests met on affairs of state."
AFFAIRS = "A meeting on foreign\naffairs was held. The Café Müller reopened; the O'Brien Bridge's lamps were stopped."
FIGURES = "第57屆大會在3月23日舉行，社會舉辦，共有1,350個攤位；《基本法》第 23條和ＡＢＣ１２３號 MTR列車。"
TEXTS = (  # title, language, body
    ("Housing policies agreed", "en", POLICY),
    ("Visit to the harbour", "en", AFFAIRS),
    ("外交部發言人答記者問", "zh-Hant", "行政長官李家超今日出席簽署儀式，強調國際調解院的重要。"),
    ("国际调解院签署仪式", "zh-Hans", "外交部长今日在香港出席仪式，发表讲话。"),
    ("第三季公布", "zh-Hant", f"{FIGURES}China’s own naïve fac\u0327ade."),
    ("Other numbers", "en", "In 57 halls 23 of 350 seats stayed empty."),
)
HOUSING, VISIT, HANT, HANS, NUMBERS, LAMPS = (title for title, _, _ in TEXTS)
ANYTHING = st.text(max_size=60) | st.text(alphabet="\"'%-|()[]{}*+?.^$\\ORaé港 \n\x00;", max_size=60)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory, readers: WarmReaders) -> Desk:
    """Four releases, a month apart, by two publishers."""
    desk = Desk(tmp_path_factory.mktemp("search"))
    for n, (title, language, body) in enumerate(TEXTS):
        stated = {"publisher": f"body{n % 2}.example", "published": f"2025-0{n + 1}-10", "language": language}
        desk.drop(f"{n}.txt", f"{title}\n\n{body}\n", {"title": title, **stated})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.direct.Readers", readers)
        assert desk.ingest() == {"new": len(TEXTS)}
    return desk


@pytest.fixture(scope="module")
def con(archive: Desk) -> Iterator[duckdb.DuckDBPyConnection]:
    with opened_read_only(archive.home.archive) as opened:
        yield opened


def titles(con: duckdb.DuckDBPyConnection, words: str, **named: Any) -> set[str]:
    more = "".join(f", {name} := ${name}" for name in named)
    rows = con.execute(f"SELECT title FROM search($words{more})", {"words": words, **named}).fetchall()
    return {title for (title,) in rows}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("policy", {HOUSING}),
        ("57", {NUMBERS, LAMPS}),
        ("第57届", {NUMBERS}),
        ('"第57屆大會"', {NUMBERS}),
        ("月23", {NUMBERS}),
        ("350個", set()),
        ("《基本法》第23條", {NUMBERS}),
        ('大會 -"第23條"', set()),
        ('大會 -"第24條"', {NUMBERS}),
        ("“57 halls”", {LAMPS}),
        ("「57 halls」", {LAMPS}),
        ("hal\u200bls", {LAMPS}),
        ('"numbers in 57"', set()),
        ('"公布第57屆"', set()),
        ("POLICIES agree", {HOUSING}),
        ("agreeing plans", {HOUSING}),
        ("1000", {HOUSING}),
        ("1,000 flat", {HOUSING}),
        ("meetings", {VISIT}),
        ("stop lamp", {VISIT}),
        ("cafe muller", {VISIT}),
        ("CAFÉ", {VISIT}),
        ("obrien bridge", {VISIT}),
        ("ｈａｒｂｏｕｒ", {VISIT}),
        ("foreign affairs", {HOUSING, VISIT}),
        ('"foreign affairs"', {VISIT}),
        ('"affairs foreign"', set()),
        ("foreign -planning", {VISIT}),
        ("lamps OR flats", {HOUSING, VISIT}),
        ("lamps OR flats harbour", {VISIT}),
        ("harbour volcano", set()),
        ("new", set()),
        ("外交部", {HANT, HANS}),
        ("国际调解院", {HANT, HANS}),
        ("國際調解院", {HANT, HANS}),
        ("國際\ufab9解院", {HANT, HANS}),  # a compatibility character, as old code pages have them
        ("签署 發言人", {HANT}),
        ('"外交部长"', {HANS}),
        ('"外交部長"', {HANS}),
        ("問", {HANT}),
        ("外交部 -发言人", {HANS}),
    ],
)
def test_what_words_find(con: duckdb.DuckDBPyConnection, words: str, found: set[str]) -> None:
    assert titles(con, words) == found


def test_what_filters_leave(con: duckdb.DuckDBPyConnection) -> None:
    assert titles(con, "外交部", language="zh-Hans") == {HANS}
    assert titles(con, "外交部", language="zh") == {HANT, HANS}
    assert titles(con, "foreign", publisher="body1.example") == {VISIT}
    assert titles(con, "foreign", since="2025-02-01") == {VISIT}
    assert titles(con, "foreign", until="2025-02-09") == {HOUSING}
    assert len(titles(con, "foreign", most=1)) == 1


def test_a_headline_counts_for_more_than_a_body(con: duckdb.DuckDBPyConnection) -> None:
    found = con.execute("SELECT title FROM search('調解院')").fetchall()
    assert found == [(HANS,), (HANT,)]


@pytest.mark.parametrize(
    ("words", "marked"),
    [
        ("第57届", "«第57屆»大會"),
        ('"3月23日"', "在«3月23日»舉行"),
        ("1350個", "共有«1,350個»攤位"),
        ("1,350個", "共有«1,350個»攤位"),
        ("第23條", "》«第 23條»和"),
        ("ABC123號", "和«ＡＢＣ１２３號» MTR"),
        ("MTR列車", "號 «MTR列車»。"),
        ('"China\'s own"', "。«China’s own» na"),
        ("naive facade", "«naïve» «façade»."),
        ("大會舉行", "«大會»在3月23日«舉行»，社«會舉»辦"),
        ("meets", "A «meeting» on foreign"),
        ('"foreign affairs"', "A meeting on «foreign affairs» was held"),
        ("行政长官", "«行政長官»李家超"),
        ("guests flats", "planning 1,000 «flats». Foreign «guests» met"),
    ],
)
def test_where_the_words_stand_is_marked(con: duckdb.DuckDBPyConnection, words: str, marked: str) -> None:
    ((snippet,),) = con.execute("SELECT snippet FROM search($1, most := 1)", [words]).fetchall()
    assert marked in snippet


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=ANYTHING)
def test_whatever_is_typed_is_an_answer(con: duckdb.DuckDBPyConnection, words: str) -> None:
    titles(con, words)


@pytest.mark.parametrize("words", ["", " ", '"', "-", "OR", "'; DROP TABLE x; --", "%", "a" * 10_000, "的 " * 5_000])
def test_odd_questions_find_nothing_and_fail_at_nothing(con: duckdb.DuckDBPyConnection, words: str) -> None:
    assert titles(con, words) == set()


def test_null_is_no_question(con: duckdb.DuckDBPyConnection) -> None:
    assert con.execute("FROM search(NULL)").fetchall() == []


def test_only_how_a_release_reads_now_is_found(desk: Desk) -> None:
    address = {"url": "https://www.example.org/press/1.htm"}
    desk.drop("a.txt", "Ferry notice\n\nThe pier is closed for painting until the summer.\n", address)
    desk.ingest()
    desk.now = NOON + timedelta(hours=1)
    desk.drop("a.txt", "Ferry notice\n\nThe pier is open, and the lighthouse is closed until the summer.\n", address)
    assert desk.ingest() == {"revised": 1}
    assert desk.column("SELECT version FROM search('lighthouse')") == [2]
    assert desk.column("SELECT version FROM search('painting')") == []


def test_an_index_that_grew_by_batch_answers_as_one_made_at_once(desk: Desk) -> None:
    for number in range(3):
        desk.now = NOON + timedelta(hours=number)
        desk.drop(f"{number}.txt", f"Notice {number}\n\nThe harbour office paints pier {number} of many piers.\n")
        desk.ingest()
    question = "SELECT title, score FROM search('piers harbour') ORDER BY title"
    grown = desk.rows(question)
    assert len(grown) == 3
    publish(desk.home, whole=True)
    assert desk.rows(question) == grown


def test_postings_of_many_portions_become_one_sorted_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.search_index.AT_ONCE", 100)
    monkeypatch.setattr("warehouse.search_index.SLICE", 10)
    for number in range(5):
        desk.drop(f"{number}.txt", f"Notice {number}\n\nThe harbour office paints pier {number} of many piers.\n")
    desk.ingest()
    publish(desk.home, whole=True)
    with attached(desk.home.archive) as con:
        terms = [term for (term,) in con.execute("SELECT term FROM published.postings").fetchall()]
    assert terms == sorted(terms)
    assert len(desk.rows("FROM search('pier')")) == 5
