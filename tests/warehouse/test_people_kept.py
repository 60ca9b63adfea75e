"""People, offices and bodies in the archive: found once for each reading, one person across releases, rebuilt alike."""

from dataclasses import replace

import pytest

from flows.morning import look
from flows.upkeep import maintain
from parsers.people.naming import mentions
from tests.desk import NOON, Desk
from tests.samples import news, news_tc
from warehouse import deriving, naming
from warehouse.connection import attached
from warehouse.deriving import DERIVED
from warehouse.naming import take_up
from warehouse.publishing import publish
from warehouse.rebuilding import rebuild

TIDES = "The Minister for Transport, Mr Arno Velt, met the Harbour Commission (HC). Mr Velt thanked the HC."
BOTH = "Minister for Transport Arno Velt and the Secretary for Health, Ms Ada Quill, opened the quay."
SHORT = "Minister Arno Velt spoke at the quay."
OTHER = "The Director of Lamps, Mr Arno Velt, lit them."
FOUND = 'FROM named.mentions ORDER BY reading_no, "field" DESC, "start"'


def archive(desk: Desk, *texts: str) -> None:
    for number, text in enumerate(texts):
        desk.drop(f"{number}.txt", news(f"Notice number {number}", paragraphs=(text, f"It was day {number}.")))
    desk.ingest()


def test_one_person_across_releases_and_two_of_one_name(desk: Desk) -> None:
    archive(desk, TIDES, BOTH, SHORT, OTHER)
    found = {row["person"]: row for row in desk.rows("FROM people")}
    assert found.keys() == {
        "arno velt, minister for transport",
        "arno velt, director of lamps",
        "ada quill, secretary for health",
    }
    tides = found["arno velt, minister for transport"]
    assert (tides["name"], tides["releases"], tides["sure"]) == ("Arno Velt", 3, 0.85)
    assert tides["offices"] == ["Minister", "Minister for Transport"]


def test_mentions_give_the_words_and_their_sentence(desk: Desk) -> None:
    archive(desk, TIDES)
    told = desk.rows("SELECT surface, name, role, sentence FROM mentions WHERE kind = 'person' ORDER BY \"start\"")
    assert [(row["surface"], row["name"], row["role"]) for row in told] == [
        ("Arno Velt", "Arno Velt", "Minister for Transport"),
        ("Mr Velt", "Arno Velt", "Minister for Transport"),
    ]
    assert told[1]["sentence"] == "Mr Velt thanked the HC."


def test_offices_have_their_holders_and_bodies_their_abbreviations(desk: Desk) -> None:
    archive(desk, TIDES, BOTH)
    told = {row["name"]: row for row in desk.rows("FROM offices")}
    assert told["Harbour Commission"]["abbreviations"] == ["HC"]
    assert told["Minister for Transport"]["holders"] == ["Arno Velt"]
    assert told["Minister for Transport"]["releases"] == 2


def test_who_appears_with_whom(desk: Desk) -> None:
    archive(desk, TIDES, BOTH)
    (row,) = desk.rows("FROM appears_with WHERE name = 'Ada Quill'")
    assert (row["with_name"], row["releases"]) == ("Arno Velt", 1)


def test_a_rebuild_finds_the_same_again(desk: Desk) -> None:
    archive(desk, TIDES, BOTH)
    before = desk.rows(f"SELECT * EXCLUDE (batch_no) {FOUND}")
    rebuild(desk.home, now=lambda: desk.now, wait=1, seen=lambda _: None)
    assert desk.rows(f"SELECT * EXCLUDE (batch_no) {FOUND}") == before != []


def test_rules_of_another_version_begin_anew_and_limits_are_kept(desk: Desk) -> None:
    archive(desk, TIDES, BOTH, SHORT)
    with attached(desk.home.warehouse) as con:
        before = con.execute(f"SELECT * EXCLUDE (batch_no) {FOUND}").fetchall()
        assert take_up(con) == 0
        assert take_up(con, rules="people/0") == 3
        assert con.execute(f"SELECT * EXCLUDE (batch_no) {FOUND}").fetchall() == before
        assert con.execute("SELECT DISTINCT rules FROM named.looked_at").fetchall() == [("people/0",)]


def test_upkeep_finds_whom_runs_left_for_later_and_status_says_that_they_wait(desk: Desk) -> None:
    desk.settings_given = {"relations": False}
    archive(desk, TIDES, BOTH)
    assert desk.rows("FROM people") == []
    waiting = {row["what"]: row["n"] for row in look(desk.settings(), now=NOON).person}
    assert waiting["not searched for names"] == 2

    desk.settings_given = {}
    maintain(desk.settings(), lambda: NOON)

    assert len(desk.rows("FROM people")) == 2
    assert "not searched for names" not in {row["what"] for row in look(desk.settings(), now=NOON).person}


def archive_in_chinese(desk: Desk, *texts: str) -> None:
    for text in texts:
        desk.drop(f"{text}.txt", news_tc(f"公告：{text[:8]}", paragraphs=(text, f"此乃公告。{text}完。")))
    desk.ingest()


def held(desk: Desk, name: str) -> list[tuple[str, ...]]:
    """How many people of a name there are, by their offices."""
    return sorted(tuple(row["offices"]) for row in desk.rows("FROM people") if row["name"] == name)


def test_two_offices_that_one_release_gives_are_one_persons_everywhere(desk: Desk) -> None:
    one, other, both = "潮汐局局長方知遠到訪。", "燈塔委員會主席方知遠致辭。", "燈塔委員會主席、潮汐局局長方知遠出席。"
    archive_in_chinese(desk, one, other)
    assert held(desk, "方知遠") == [("潮汐局局長",), ("燈塔委員會主席",)]
    archive_in_chinese(desk, both)
    assert held(desk, "方知遠") == [("潮汐局局長", "燈塔委員會主席")]


def test_an_office_written_in_short_is_the_same_and_a_deputys_is_another(desk: Desk) -> None:
    archive_in_chinese(
        desk, "潮汐及港口局局長方知遠到訪。", "潮港局局長方知遠致辭。", "潮汐局副局長麥清到訪。", "潮汐局局長麥清致辭。"
    )
    assert held(desk, "方知遠") == [("潮汐及港口局局長", "潮港局局長")]
    assert held(desk, "麥清") == [("潮汐局副局長",), ("潮汐局局長",)]


def test_an_archive_named_by_older_rules_is_named_and_published_anew(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive(desk, TIDES)
    by_older = tuple(replace(one, name="named by older rules") if "named" in one.name else one for one in DERIVED)
    with monkeypatch.context() as older, attached(desk.home.warehouse) as con:
        older.setattr(naming, "mentions", lambda *text: tuple(replace(one, name="Nobody") for one in mentions(*text)))
        older.setattr(deriving, "DERIVED", by_older)
        assert take_up(con, rules="people/0") == 1
    with monkeypatch.context() as older:
        older.setattr(deriving, "DERIVED", by_older)
        publish(desk.home)
    assert "Nobody" in {row["name"] for row in desk.rows("FROM mentions")}

    maintain(desk.settings(), lambda: NOON)

    assert [row["name"] for row in desk.rows("FROM people")] == ["Arno Velt"]
