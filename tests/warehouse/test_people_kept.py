"""People, offices and bodies in the archive: found once for each reading, one person across releases, rebuilt alike."""

from flows.morning import look
from flows.upkeep import maintain
from tests.desk import NOON, Desk
from tests.samples import news
from warehouse.connection import attached
from warehouse.naming import take_up
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
