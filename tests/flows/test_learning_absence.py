"""What a host shows for addresses that cannot exist is learned from an answer to that question, and from no other."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from flows.direct import ingest_directly
from flows.run import open_run
from tests.desk import NOON, Desk
from tests.press_site import HTML, SOURCE, PressSite, configure, page, visit
from tests.sources.hostile_server import says, whole

SOFT = says(whole(page("Harbour Office", ("What you look for is not here any more.",) * 3), HTML), close=False)
REMOVED = says(whole(page("Notice", ("This page has been removed.",)), HTML), close=False)
CHALLENGE = says(whole(b"<title>Just a moment...</title><p>Checking.</p>", HTML), close=False)
GONE = says(whole(b"gone", HTML, status="404 Not Found"), close=False)
GARBLED = says(whole(b"\x1f\x8b no gzip at all", HTML, "Content-Encoding: gzip"), close=False)
BROKEN = says(whole(b"oh", HTML, status="500 Internal Server Error"), close=False)


@pytest.fixture
def site() -> Iterator[PressSite]:
    made = PressSite()
    made.say("robots.txt", says(whole(b"User-agent: *\n", "Content-Type: text/plain"), close=False))
    yield made
    made.server.close()


def after(desk: Desk, hours: float) -> None:
    desk.now = NOON + timedelta(hours=hours)
    ingest_directly(open_run(desk.settings(), SOURCE, flow="ingest", now=lambda: desk.now, sleep=lambda _: None))


def test_a_challenge_in_answer_to_the_probe_makes_later_challenges_no_absences(desk: Desk, site: PressSite) -> None:
    site.issue("one", "two")
    site.server.otherwise = CHALLENGE
    configure(desk, site)
    visit(desk)
    site.say("two.html", CHALLENGE)
    for hours in (1, 13, 49, 73):
        after(desk, hours)
    assert desk.column("SELECT state FROM kept.absences") == []
    assert set(desk.column("SELECT answer FROM kept.visits WHERE ref LIKE '%two%'")) == {"failed"}


@pytest.mark.parametrize("meanwhile", [BROKEN, CHALLENGE], ids=["an error", "a challenge"])
def test_a_host_that_could_not_be_asked_is_asked_by_the_next_run(
    desk: Desk, site: PressSite, meanwhile: object
) -> None:
    site.issue("one", "two")
    site.server.otherwise = meanwhile  # type: ignore[assignment]
    configure(desk, site)
    desk.now = NOON
    after(desk, 0)
    site.server.otherwise = SOFT
    site.issue("three")
    after(desk, 1)
    site.say("two.html", SOFT)
    for hours in (3, 13, 49, 73):
        after(desk, hours)
    assert desk.column("SELECT count(*) FROM versions WHERE version > 1") == [0], "what it shows for nothing is no edit"
    assert desk.column("SELECT state FROM kept.absences") == ["missing", "missing", "vanished"]


def test_bytes_that_cannot_be_unpacked_are_no_return(desk: Desk, site: PressSite) -> None:
    site.issue("one", "two")
    configure(desk, site)
    visit(desk)
    for hours, said in ((1, GONE), (13, GARBLED), (13.5, GONE), (60, GONE)):
        site.say("two.html", said)
        after(desk, hours)
    assert desk.column("SELECT DISTINCT state FROM kept.absences ORDER BY 1") == ["missing", "vanished"]
    assert "failed" in desk.column("SELECT answer FROM kept.visits WHERE ref LIKE '%two%'")


@pytest.mark.parametrize(("said", "states"), [(REMOVED, ["missing", "missing", "vanished"]), (CHALLENGE, [])])
def test_a_page_that_says_it_is_gone_is_absent_whatever_its_host_shows_elsewhere(
    desk: Desk, site: PressSite, said: object, states: list[str]
) -> None:
    site.issue("one", "two")
    configure(desk, site)
    visit(desk)
    site.say("two.html", said)  # type: ignore[arg-type]
    for hours in (1, 13, 49, 73):
        after(desk, hours)
    assert desk.column("SELECT state FROM kept.absences") == states
    assert desk.column("SELECT count(*) FROM versions") == [2]


def test_a_notice_of_withdrawal_is_an_edit_and_no_absence(desk: Desk, site: PressSite) -> None:
    site.issue("one", "two")
    configure(desk, site)
    visit(desk)
    site.put("two.html", page("Notice about two", ("This press release has been withdrawn.",)))
    for hours in (1, 13, 49, 73):
        after(desk, hours)
    assert desk.column("SELECT state FROM kept.absences") == []
    assert ["withdrawal" in kinds for kinds in desk.column("SELECT kinds FROM edits")] == [True]
