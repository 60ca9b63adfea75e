"""Eight days of an invented ministry through the real steps: every edit and disappearance leaves its trace, no more."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from flows.asking import rows_of
from flows.settings import Settings
from tests.desk import WarmReaders
from tests.newsroom.__main__ import QUESTIONS
from tests.newsroom.server import Newsroom, open_newsroom
from tests.newsroom.site import PER_PAGE, site
from tests.newsroom.story import days, releases
from tests.newsroom.visiting import Evening, evenings, settings_for, write_source
from warehouse.connection import attached
from warehouse.content_hash import content_hash
from warehouse.rebuilding import rebuild
from warehouse.vault.verify import verify_raw
from warehouse.verifying import verify_published, verify_rows

FERRIES = "Ferry fares stay the same until autumn"
WALL = "Minister opens the sea wall at Gull Point"
BARGE = "Statement on the grounding of the barge Plover"
APPRENTICES = "Twelve apprentices join the Lighthouse Board"
ANYWHERE = "http://127.0.0.1:1"


@dataclass(frozen=True)
class Told:
    """The story once it is over."""

    evenings: list[Evening]
    settings: Settings
    newsroom: Newsroom

    def rows(self, question: str) -> list[dict[str, Any]]:
        return rows_of(self.settings.place, question)

    def column(self, question: str) -> list[Any]:
        return [next(iter(row.values())) for row in self.rows(question)]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, readers: WarmReaders) -> Iterator[Told]:
    home = tmp_path_factory.mktemp("newsroom")
    with pytest.MonkeyPatch.context() as patched, open_newsroom() as newsroom:
        patched.setattr("flows.direct.Readers", readers)
        write_source(home, newsroom)
        settings = settings_for(home, newsroom)
        yield Told(list(evenings(settings, newsroom)), settings, newsroom)


def test_each_day_ends_in_exactly_these_outcomes(told: Told) -> None:
    assert [{name: n for name, n in evening.outcomes.items() if n} for evening in told.evenings] == [
        {"new": 7},
        {"new": 2, "unchanged": 7},
        {"new": 1, "revised": 1, "unchanged": 8},
        {"revised": 1, "duplicate": 1, "unchanged": 9},
        {"new": 1, "failed": 1, "unchanged": 10},
        {"new": 1, "unchanged": 11},
        {"unchanged": 4},
        {"new": 1, "duplicate": 1, "unchanged": 12},
    ]


def test_every_release_that_a_list_names_is_held_once_under_its_own_words(told: Told) -> None:
    stood = {one.title for day in days() for one in releases(day.number)}
    assert sorted(told.column("SELECT title FROM releases")) == sorted(stood)


def test_an_open_edit_is_a_version_with_the_date_it_states(told: Told) -> None:
    versions = told.rows(
        f"SELECT version, changed_fields, updated_at, first_seen_at FROM versions WHERE title = '{WALL}'"
    )
    assert versions == [
        {"version": 1, "changed_fields": [], "updated_at": None, "first_seen_at": "2026-03-02T12:00:00Z"},
        {
            "version": 2,
            "changed_fields": ["body", "updated"],
            "updated_at": "2026-03-04T01:20:00Z",
            "first_seen_at": "2026-03-04T12:00:00Z",
        },
    ]


def test_a_silent_edit_is_a_version_though_the_page_states_none(told: Told) -> None:
    versions = told.rows(
        "SELECT first_seen_at, changed_fields, updated_on, published_at, body FROM versions"
        f" WHERE title = '{FERRIES}' ORDER BY version"
    )
    assert [(row["first_seen_at"], row["changed_fields"], row["updated_on"]) for row in versions] == [
        ("2026-03-02T12:00:00Z", [], None),
        ("2026-03-05T12:00:00Z", ["body"], None),
    ]
    assert {row["published_at"] for row in versions} == {"2026-03-02T02:30:00Z"}
    assert "in full" in versions[0]["body"]
    assert "in full" not in versions[1]["body"]


def test_a_withdrawn_release_stays_and_returns_as_what_it_was(told: Told) -> None:
    outcomes = told.rows(f"SELECT outcome, version, ref FROM kept.outcomes WHERE name = '{BARGE}' ORDER BY observed_at")
    assert [row["outcome"] for row in outcomes] == ["new", "failed", "duplicate"]
    assert outcomes[0]["ref"] == outcomes[1]["ref"] != outcomes[2]["ref"]
    assert told.column(f"SELECT version FROM versions WHERE title = '{BARGE}'") == [1]


def test_a_text_in_two_columns_is_one_release(told: Told) -> None:
    assert told.column(f"SELECT native_id FROM releases WHERE title = '{APPRENTICES}'") == ["t20260303_1019"]
    assert told.column("SELECT name FROM duplicates ORDER BY observed_at") == [APPRENTICES, BARGE]


def test_a_backdated_release_keeps_its_date_and_the_day_it_was_seen(told: Told) -> None:
    (row,) = told.rows(
        "SELECT published_on, address_on, first_seen_at FROM releases WHERE native_id = 't20260306_1027'"
    )
    assert row == {
        "published_on": "2026-02-20",
        "address_on": "2026-03-06",
        "first_seen_at": "2026-03-06T12:00:00Z",
    }


def test_the_pair_is_tied_in_both_directions(told: Told) -> None:
    pairs = told.rows("SELECT url, language, editions FROM releases WHERE editions != [] ORDER BY language")
    assert [row["language"] for row in pairs] == ["en", "zh-Hans"]
    assert [row["editions"][0]["url"] for row in pairs] == [row["url"] for row in reversed(pairs)]


def test_a_new_layout_and_a_wrong_encoding_make_no_version(told: Told) -> None:
    assert told.column("SELECT count(*) FROM versions WHERE version > 1") == [2]
    (garbled,) = told.rows("SELECT version, body FROM versions WHERE native_id = 't20260307_1029'")
    assert garbled["version"] == 1
    assert "鹭岛夜航渡轮" in garbled["body"]
    bodies = told.column(
        "SELECT count(DISTINCT content_sha256) FROM kept.captures WHERE url LIKE '%t20260307_1029.html'"
    )
    assert bodies == [2], "the page was sent in two encodings"


def test_a_list_that_is_none_raises_an_alarm_and_changes_nothing(told: Told) -> None:
    alarms = {evening.day.number: " ".join(evening.alarms) for evening in told.evenings if evening.alarms}
    assert sorted(alarms) == [6, 7]
    assert "older than last time" in alarms[6], "the newest release was withdrawn"
    assert "list incomplete" in alarms[7]
    assert told.newsroom.asked(7)[0] == "/en/news/index.html"


def test_robots_are_asked_once_and_obeyed(told: Told) -> None:
    paths = [path for _, path, _ in told.newsroom.log]
    assert paths[0] == "/robots.txt"
    assert paths.count("/robots.txt") == 1
    assert not [path for path in paths if path.startswith("/so/")]


def test_what_did_not_change_is_answered_in_short(told: Told) -> None:
    second_day = {path: status for day, path, status in told.newsroom.log if day == 2}
    assert second_day["/en/news/202602/t20260212_1001.html"] == 304
    assert second_day["/en/news/202603/t20260303_1019.html"] == 200


def test_the_archive_is_sound_and_made_again_from_its_raw_files(told: Told) -> None:
    home = told.settings.place
    found = list(verify_raw(home))
    with attached(home.warehouse) as con:
        found += [*verify_rows(home, con), *verify_published(con, home.archive)]
        before = content_hash(con)
    assert [one for one in found if one.is_failure] == []
    later = told.evenings[-1].day.evening
    assert rebuild(home, now=lambda: later, wait=1, seen=lambda _: None) == before


@pytest.mark.parametrize("question", [question for _, question in QUESTIONS])
def test_every_question_of_the_demo_has_an_answer(question: str, told: Told) -> None:
    assert told.rows(question)


def test_the_site_is_a_pure_function_of_the_day() -> None:
    for day in days():
        assert site(day.number, ANYWHERE) == site(day.number, ANYWHERE)
    assert site(1, ANYWHERE) != site(2, ANYWHERE)
    listed = site(1, ANYWHERE)["/en/news/index.html"].body.count(b"<li ")
    assert listed == PER_PAGE, "its list has a second page"
