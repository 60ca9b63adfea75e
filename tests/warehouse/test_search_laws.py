"""Laws of the index: however it came to be it answers as reading every text would, and it misses no text."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk import Desk
from warehouse import search_index
from warehouse.connection import attached, sql
from warehouse.publishing import publish

READINGS = """CREATE SCHEMA kept; CREATE SCHEMA published; CREATE TABLE kept.readings (
    batch_no BIGINT, reading_no BIGINT, title VARCHAR, subtitle VARCHAR, body VARCHAR, is_current BOOLEAN,
    twin_since TIMESTAMPTZ, "day" DATE, publisher VARCHAR, "language" VARCHAR)"""
WORDS = ("pier", "ferry", "harbour", "lamp", "tide", "gull")  # none is a form of another
TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9)
ARCHIVE = st.lists(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=4), min_size=1, max_size=3)
QUESTION = st.lists(st.sampled_from([*WORDS, "-gull", "tide OR lamp", "volcano OR pier"]), min_size=1, max_size=3)
SIGNS = "ab ,.'’-1/\n港國国学學。é，Ａ"
SMALL = {"AT_ONCE": 200, "RUN_FROM": 12, "WHOLE_RUN": 20, "SLICE": 7, "OFTEN": 2}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Portions, runs and slices of a few postings, so that a few texts make many of them."""
    for name, value in SMALL.items():
        monkeypatch.setattr(search_index, name, value)


def indexed(
    batches: Sequence[Sequence[tuple[str, str]]], *, at_once: bool, first: int | None = None
) -> duckdb.DuckDBPyConnection:
    """An index in memory, of titles and bodies by batch; the first batch is a whole archive.

    `first` is how many readings are looked at first, if others than usual.
    """
    con = duckdb.connect()
    con.execute(READINGS)
    search_index.begin(con)
    if first:
        con.execute(f"CREATE OR REPLACE MACRO published.looked_at_first() AS {first}")
    number = 0
    for batch_no, batch in enumerate(batches, start=1):
        for title, body in batch:
            number += 1
            con.execute(
                "INSERT INTO kept.readings VALUES ($1, $2, $3, NULL, $4, true, NULL, DATE '2025-06-25', 'p', 'en')",
                [batch_no, number, title, body],
            )
        if not at_once:
            search_index.extend(con, batch_no - 1)
    if at_once:
        search_index.extend(con, 0)
    assert search_index.agrees(con)
    con.execute(sql("macros/hits") + sql("macros/may_have"))
    return con


def scored(texts: Sequence[tuple[list[str], list[str]]], question: Sequence[str]) -> dict[int, float]:
    """BM25 as it is documented, by reading every text."""
    counts = [Counter(title * 5 + body) for title, body in texts]
    wanted = [part.split(" OR ") for part in question if not part.startswith("-")]
    barred = [part[1:] for part in question if part.startswith("-")]
    terms = sorted({word for choices in [*wanted, barred] for word in choices})

    def weight(count: Counter[str], term: str) -> int:
        length = 0.25 + 0.75 * count.total() / 300
        return math.floor(255 * count[term] / (count[term] + 1.2 * length) + 0.5)

    def rarity(term: str) -> float:
        has = sum(term in count for count in counts)
        return math.log(1 + (len(counts) - has + 0.5) / (has + 0.5))

    return {
        number: sum(weight(count, term) * rarity(term) for term in terms if term in count) / 255
        for number, count in enumerate(counts, start=1)
        if wanted and all(any(word in count for word in choices) for choices in wanted)
        if not any(word in count for word in barred)
    }


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(archive=ARCHIVE, questions=st.lists(QUESTION, min_size=3, max_size=3), enough=st.integers(1, 3))
def test_grown_or_made_at_once_it_answers_as_reading_every_text(
    small: None, archive: list[list[tuple[list[str], list[str]]]], questions: list[list[str]], enough: int
) -> None:
    batches = [[(" ".join(title), " ".join(body)) for title, body in batch] for batch in archive]
    texts = [text for batch in archive for text in batch]
    with indexed(batches, at_once=True) as whole, indexed(batches, at_once=False) as grown:
        for question in questions:
            wanted = scored(texts, question)
            for con in (whole, grown):
                for more in ("", f", enough := {enough}"):
                    asked = f"SELECT reading_no, score FROM hits($1{more})"
                    found = dict(con.execute(asked, [" ".join(question)]).fetchall())
                    assert found == pytest.approx(wanted, abs=1e-4)


@pytest.mark.parametrize("at_once", [True, False])
def test_of_many_places_the_foremost_are_looked_at_first_and_all_where_they_do_not_do(
    small: None, at_once: bool
) -> None:
    words = [["pier"] + ["tide"] * (n % 3) + ["gull"] * (n == 5) + ["lamp"] * (n * 37 % 140) for n in range(140)]
    batches = [[("Notice", " ".join(text)) for text in part] for part in (words[:66], words[66:135], words[135:])]
    texts = [(["notice"], text) for text in words]
    with indexed(batches, at_once=at_once, first=6) as con:
        weights = (
            "SELECT c.foremost, list(p.weight) FROM published.common_terms AS c"
            " JOIN published.postings AS p USING (term) WHERE c.weighed >= 60 GROUP BY ALL"
        )
        for foremost, places in (told := con.execute(weights).fetchall()):
            assert sum(weight >= foremost for weight in places) >= 6
        assert told
        con.execute("UPDATE published.common_terms SET weighed = 0;" + sql("foremost_told"))
        for foremost, places in con.execute(weights).fetchall():
            assert sum(weight > foremost for weight in places) < 6
        for question in (["pier"], ["pier", "tide"], ["tide OR pier"], ["pier", "-tide"], ["gull", "pier"]):
            asked = "SELECT reading_no, score FROM hits($1, enough := 1)"
            found, right = dict(con.execute(asked, [" ".join(question)]).fetchall()), scored(texts, question)
            assert found
            assert found == pytest.approx({number: right[number] for number in found}, abs=1e-4)
            if question == ["pier"]:  # of more words the best of one need not be the best of all
                assert max(found.values()) == pytest.approx(max(right.values()), abs=1e-4)


@pytest.fixture(scope="module")
def of_anything() -> Iterator[duckdb.DuckDBPyConnection]:
    """No text yet, but an index that is asked what it is sure of."""
    with indexed([], at_once=True) as con:
        yield con


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(SIGNS, min_size=1, max_size=40), cut=st.tuples(st.integers(0, 39), st.integers(1, 20)))
def test_what_is_sure_of_words_every_text_has_that_has_the_words(
    of_anything: duckdb.DuckDBPyConnection, text: str, cut: tuple[int, int]
) -> None:
    words = text[cut[0] : cut[0] + cut[1]]
    missing = of_anything.execute(
        "SELECT list_filter(published.sure_terms($1), lambda term: NOT list_contains(list_transform("
        " published.tokens_in(published.simplified(published.compared($2))),"
        " lambda token: published.term_of(token)), term))",
        [words, text],
    ).fetchall()
    assert missing == [([],)]


def test_words_between_spaces_and_pairs_of_characters_are_sure(of_anything: duckdb.DuckDBPyConnection) -> None:
    def sure(words: str) -> int:
        ((terms,),) = of_anything.execute("SELECT published.sure_terms($1)", [words]).fetchall()
        return len(set(terms))

    asked = ("foreign", "foreign affairs", "for foreign affairs now", "外交部", "外", "the 外交部 said so", "é b c")
    assert [sure(words) for words in asked] == [0, 0, 2, 2, 0, 4, 0]


def test_a_text_too_long_for_the_index_is_still_read(small: None) -> None:
    with indexed([[("Long", "pier " * 40_001 + "the last ferry of all"), ("Short", "tide")]], at_once=True) as con:
        assert con.execute("FROM may_have('the last ferry of all')").fetchall() == [(1,)]
        assert con.execute("SELECT count(*) FROM may_have('last')").fetchall() == [(2,)]


def test_texts_are_parted_without_being_held(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "texts.duckdb") as con:
        con.execute(READINGS)
        con.execute(
            "INSERT INTO kept.readings (batch_no, reading_no, title, body)"
            " SELECT 1, number, 'Tide', repeat(md5(number::VARCHAR), 500) FROM range(1, 4001) AS r(number)"
        )
        con.execute("CHECKPOINT")
        con.execute("SET memory_limit = '32MB'")
        parted = con.execute(sql("portions_of_texts"), {"after": 0, "bytes": 8_000_000}).fetchall()
    assert len(parted) == 9
    assert [first for first, _ in parted] == [1, *(last + 1 for _, last in parted[:-1])]


def test_what_is_said_when_is_the_same_with_the_index_and_without(desk: Desk) -> None:
    desk.drop("a.txt", "Ferry notice\n\nThe pier is closed for painting, says the Piermaster.\n")
    desk.drop("b.txt", "碼頭通告\n\n碼頭今日關閉。 The pier is  closed for good.\n", {"publisher": "b.example"})
    desk.ingest()
    words = ("IS CLOSED FOR", "closed for paint", "碼頭", "头", "pier", "x")
    asked = [f"FROM {macro}('{one}')" for macro in ("timeline", "trend", "first_mention") for one in words]
    with_index = [desk.rows(question) for question in asked]
    publish(desk.home, whole=True, searchable=False)
    assert [desk.rows(question) for question in asked] == with_index
    assert len({str(rows) for rows in with_index}) > 6


def test_an_index_made_otherwise_is_made_anew_by_the_next_publishing(desk: Desk) -> None:
    desk.drop("a.txt", "Ferry notice\n\nThe pier is closed for painting until the summer.\n")
    desk.ingest()
    desk.home.archive.chmod(0o644)
    with attached(desk.home.archive) as con:
        con.execute("UPDATE published.made SET derived = replace(derived, 'search ', 'search 0')")
        con.execute("DROP TABLE published.common_terms")
        con.execute("TRUNCATE published.postings")
    publish(desk.home)
    assert desk.column("SELECT title FROM search('painting')") == ["Ferry notice"]
