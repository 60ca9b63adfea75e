"""Pages asked again when that is due: edits, absences that are confirmed or doubted, returns, and what it may cost."""

from datetime import timedelta
from typing import Any

import pytest

from flows.direct import ingest_directly
from flows.due import ALL_DUE, SAMPLE, YEAR
from flows.run import open_run
from tests.desk import NOON, Desk
from tests.launching import Launcher
from tests.press_site import HTML, SOURCE, PressSite, configure, page, rebuilt, settings_of, told_of, visit
from tests.sources.hostile_server import says, whole

GONE = says(whole(b"<h1>Gone</h1>", HTML, status="404 Not Found"), close=False)
FAULT = says(whole(b"<h1>Fault</h1>", HTML, status="500 Internal Server Error"), close=False)
BUSY = says(whole(b"", "Retry-After: 0", status="503 Service Unavailable"), close=False)
SOFT = page("Harbour Office", ("We are sorry. Perhaps what you look for is in the archive of the office.",) * 3)


def after(desk: Desk, site: PressSite, flow: Any = "ingest", **passed: float) -> dict[str, int]:
    """A run, so long after NOON; nobody waits for the host."""
    desk.now = NOON + timedelta(**passed)
    run = open_run(desk.settings(), SOURCE, flow=flow, now=lambda: desk.now, sleep=lambda _: None)
    return {str(outcome): n for outcome, n in ingest_directly(run).items() if n}


def states(desk: Desk) -> list[str]:
    return desk.column("SELECT state FROM kept.absences ORDER BY batch_no, ref")


def test_a_page_is_asked_again_at_ages_that_grow(desk: Desk, site: PressSite) -> None:
    site.issue("one")
    configure(desk, site)
    asked = []
    for hours in (0, 0.2, 0.25, 1, 2, 3, 12, 71, 72, 168, 720, 2160, 5000):
        before = site.asked("one.html")
        after(desk, site, hours=hours)
        if site.asked("one.html") > before:
            asked.append(hours)
    assert asked == [0, 0.25, 1, 3, 12, 72, 168, 720, 2160]
    assert desk.column("SELECT step FROM kept.visits") == ["15 min", "1 h", "3 h", "12 h", "3 d", "7 d", "30 d", "90 d"]
    assert desk.column("SELECT DISTINCT answer FROM kept.visits") == ["same"]
    later = [hit.headers.get("if-none-match") for hit in site.server.asked("/one.html")][1:]
    assert sum(one is not None for one in later) >= 6, "all but the visits that ask for everything in full"
    assert desk.wrong() == []
    assert rebuilt(desk) == desk.content_hash()


def test_missed_runs_collapse_into_one(desk: Desk, site: PressSite) -> None:
    site.issue("one")
    configure(desk, site)
    visit(desk)
    assert after(desk, site, days=8) == {"unchanged": 1}
    assert after(desk, site, days=8, minutes=1) == {"unchanged": 1}
    assert desk.column("SELECT step FROM kept.visits") == ["7 d"]
    before = desk.sizes()
    after(desk, site, days=8, minutes=2)
    grown = {table for table, n in desk.sizes().items() if n != before[table]}
    assert grown == {"runs", "batches"}, "nothing due writes its run and nothing else"


def test_an_edit_is_found_within_the_hour_though_no_list_names_the_page_any_more(desk: Desk, site: PressSite) -> None:
    site.issue("one", "two")
    configure(desk, site)
    visit(desk)
    site.listed.remove("one.html")
    site.put("one.html", page("Notice about one", told_of("one, which was edited")))
    assert after(desk, site, hours=1) == {"revised": 1, "unchanged": 1}
    assert desk.column("SELECT title FROM releases WHERE version = 2") == ["Notice about one"]
    assert desk.column("SELECT answer FROM kept.visits ORDER BY ref") == ["changed", "same"]
    assert desk.wrong() == []


@pytest.mark.parametrize(("more", "outcome"), [("", "unchanged"), ("<!-- moved -->", "duplicate")])
def test_a_release_that_moved_is_asked_for_where_it_stands_now(
    desk: Desk, site: PressSite, more: str, outcome: str
) -> None:
    site.issue("one", "three")
    configure(desk, site)
    visit(desk)
    site.issue("two")
    site.put("two.html", page("Notice about one", told_of("one"), more=more))
    after(desk, site, hours=2)
    assert desk.column("SELECT outcome FROM kept.outcomes WHERE ref LIKE '%two.html'") == [outcome]
    after(desk, site, hours=13)
    assert site.asked("two.html") == 1, "the page where it was met first is asked"
    site.listed.remove("one.html")
    site.say("one.html", GONE)
    for hours in (73, 86, 122):
        after(desk, site, hours=hours)
    assert states(desk)[-1] == "vanished"
    site.put("two.html", page("Notice about one", told_of("one, which was edited")))
    after(desk, site, hours=171)
    asked = desk.rows("SELECT step, answer FROM kept.visits WHERE ref LIKE '%two.html'")
    assert asked == [{"step": "7 d", "answer": "changed"}]
    assert desk.wrong() == []


def test_where_a_release_stands_too_it_stands_when_its_first_address_is_gone(desk: Desk, site: PressSite) -> None:
    site.issue("one", "three")
    configure(desk, site)
    visit(desk)
    site.issue("two")
    site.put("two.html", page("Notice about one", told_of("one"), more="<!-- moved -->"))
    after(desk, site, hours=2)
    site.listed.remove("one.html")
    site.say("one.html", GONE)
    for hours in (73, 86, 122):
        after(desk, site, hours=hours)
    assert states(desk)[-1] == "vanished"
    (gone,) = desk.rows("FROM vanished")
    assert gone["ref"].endswith("/one.html")
    assert [address.rpartition("/")[2] for address in gone["still_at"]] == ["two.html"]
    site.put("two.html", page("Notice about one", told_of("one"), more="<!-- decorated -->"))
    assert after(desk, site, hours=171)["unchanged"] == 2
    site.say("two.html", FAULT)
    after(desk, site, days=31)
    assert (
        desk.column("SELECT outcome FROM kept.outcomes WHERE ref LIKE '%/two.html' ORDER BY batch_no")[-1] == "failed"
    )
    site.put("two.html", page("Notice about one", told_of("one"), more="<!-- mended -->"))
    assert "new" not in after(desk, site, days=32)
    assert desk.column("SELECT title FROM releases ORDER BY title") == ["Notice about one", "Notice about three"]


def test_three_absences_over_two_days_and_a_return(desk: Desk, site: PressSite) -> None:
    site.issue("one", "two")
    configure(desk, site)
    visit(desk)
    stood = site.server.behaviours["two.html"]
    site.listed.remove("two.html")
    site.say("two.html", GONE)
    for hours in (1, 6, 13, 24, 48, 49, 55):
        after(desk, site, hours=hours)
    asked = desk.column("SELECT asked_at FROM kept.visits WHERE answer = 'absent'")
    assert asked == ["2026-01-31T13:00:00Z", "2026-02-01T01:00:00Z", "2026-02-02T13:00:00Z"]
    assert states(desk) == ["missing", "missing", "vanished"]
    (gone,) = desk.rows("FROM vanished")
    told = {"title": "Notice about two", "first_absent_at": asked[0], "confirmed_at": asked[2], "returned_at": None}
    assert {name: gone[name] for name in told} == told
    assert gone["last_seen_at"] == "2026-01-31T12:00:00Z"
    assert gone["still_at"] == []
    assert [(one["status"], one["observed_at"]) for one in gone["evidence"]] == [(404, at) for at in asked]
    assert all(one["raw_path"] for one in gone["evidence"])
    assert desk.column("SELECT count(*) FROM releases") == [2], "what vanished is still held"
    site.say("two.html", stood)
    after(desk, site, days=8)
    assert states(desk)[-1] == "returned"
    assert desk.column("SELECT returned_at FROM vanished") == ["2026-02-08T12:00:00Z"]
    assert desk.wrong() == []
    assert rebuilt(desk) == desk.content_hash()
    assert states(desk)[-1] == "returned"


def test_a_page_that_fails_is_not_absent(desk: Desk, site: PressSite) -> None:
    site.issue("one", "two")
    configure(desk, site)
    visit(desk)
    stood = site.server.behaviours["two.html"]
    site.say("two.html", BUSY)
    outcomes = [after(desk, site, hours=hours) for hours in (1, 1.1, 20, 40, 60)]
    assert outcomes == [{"unchanged": 1, "failed": 1}] * 5
    assert set(desk.column("SELECT answer FROM kept.visits WHERE ref LIKE '%two%'")) == {"failed"}
    assert states(desk) == []
    site.say("two.html", stood)
    assert after(desk, site, days=8) == {"unchanged": 2}
    assert desk.column("SELECT count(*) FROM vanished") == [0]


def test_a_soft_404_counts_where_the_host_shows_it_for_what_cannot_exist(desk: Desk, site: PressSite) -> None:
    site.issue("one", "two", "three")
    soft = says(whole(SOFT, HTML), close=False)
    site.server.otherwise = soft
    configure(desk, site)
    visit(desk)
    site.say("two.html", soft)
    site.say("three.html", says(whole(b"<title>Just a moment...</title>", HTML), close=False))
    for hours in (1, 13, 49):
        after(desk, site, hours=hours)
    assert desk.column("SELECT title FROM vanished") == ["Notice about two"], "a challenge is no absence"
    assert "soft" not in desk.column("SELECT reason FROM kept.absences")[0]


def test_a_site_that_is_gone_has_withdrawn_nothing(desk: Desk, site: PressSite) -> None:
    names = [f"n{number}" for number in range(5)]
    site.issue(*names)
    configure(desk, site)
    visit(desk)
    stood = dict(site.server.behaviours)
    site.server.behaviours.clear()
    for day in (1, 2, 3, 4):
        after(desk, site, days=day)
    assert states(desk) == []
    assert "pages: gone at once" in desk.column("SELECT cause FROM alarms_open")
    site.server.behaviours.update(stood)
    after(desk, site, days=40)
    assert states(desk) == []
    assert desk.column("SELECT cause FROM alarms_open") == []


def test_pages_deleted_together_are_believed_once_another_still_stands(desk: Desk, site: PressSite) -> None:
    site.issue("old")
    configure(desk, site)
    visit(desk)
    desk.now = NOON + timedelta(days=20)
    site.issue("a", "b", "c", day="2026-02-20")
    visit(desk)
    for name in "abc":
        site.say(f"{name}.html", GONE)
    for hours in (1, 13, 49, 73):
        after(desk, site, days=20, hours=hours)
    assert desk.column("SELECT count(*) FROM vanished") == [3]
    assert "still there" in desk.column("SELECT step FROM kept.visits WHERE ref LIKE '%old%'")
    assert desk.column("SELECT cause FROM alarms_open") == []


def test_the_budget_bounds_a_run_and_young_releases_come_first(desk: Desk, site: PressSite) -> None:
    site.issue(*(f"old{number}" for number in range(6)))
    configure(desk, site, revisits=3)
    visit(desk)
    desk.now = NOON + timedelta(days=40)
    site.issue("young1", "young2", day="2026-03-12")
    after(desk, site, days=40)
    before = len(site.pages_asked())
    after(desk, site, days=40, hours=1)
    asked = site.pages_asked()[before:]
    assert len(asked) == 3
    assert sorted(asked)[1:] == ["young1.html", "young2.html"]
    before = len(site.pages_asked())
    desk.now += timedelta(minutes=1)
    run = open_run(desk.settings(), SOURCE, flow="revisit", now=lambda: desk.now, budget=ALL_DUE)
    assert ingest_directly(run)["unchanged"] == len(site.pages_asked()) - before > 0
    assert site.asked("feed.xml") == 3, "a run that asks for pages again reads no list"


def test_old_releases_are_sampled_once_in_so_many_years(desk: Desk, site: PressSite) -> None:
    names = [f"n{number}" for number in range(12)]
    site.issue(*names)
    configure(desk, site)
    visit(desk)
    after(desk, site, days=100)
    before = len(site.pages_asked())
    for year in range(1, SAMPLE + 1):
        after(desk, site, seconds=year * YEAR)
    assert sorted(site.pages_asked()[before:]) == sorted(f"{name}.html" for name in names)


def test_what_was_issued_long_ago_is_not_taken_for_young(desk: Desk, site: PressSite) -> None:
    site.issue("late", day="2026-01-10")
    configure(desk, site)
    visit(desk)
    before = site.asked("late.html")
    for hours in (1, 72):
        after(desk, site, hours=hours)
    assert site.asked("late.html") == before
    after(desk, site, days=10)
    assert site.asked("late.html") == before + 1


def test_a_page_that_leaves_the_middle_of_its_list_is_asked_at_once(desk: Desk, site: PressSite) -> None:
    site.issue("old", day="2026-01-28")
    site.issue("mid", day="2026-01-29")
    site.issue("top", day="2026-01-30")
    configure(desk, site)
    visit(desk)
    after(desk, site, days=4)
    site.listed.remove("mid.html")
    after(desk, site, days=4, minutes=1)
    after(desk, site, days=4, minutes=2)
    assert desk.rows("SELECT ref, step FROM kept.visits WHERE step NOT LIKE '% d'") == [
        {"ref": site.server.url("/mid.html"), "step": "left its list"}
    ]


def test_killed_in_the_midst_of_revisits_nothing_is_lost_or_doubled(
    desk: Desk, site: PressSite, launcher: Launcher
) -> None:
    site.issue("one", "two")
    configure(desk, site)
    visit(desk)
    site.say("two.html", GONE)
    order = ("revisit", SOURCE, "--direct", "--json")
    for place, hours in (("before_commit:1", 1), ("after_commit:2", 13), (None, 49)):
        at = (NOON + timedelta(hours=hours)).isoformat()
        env = settings_of(desk) | {"COMMUNIQUE_CLOCK": at} | ({"COMMUNIQUE_CRASH_AT": place} if place else {})
        ended = launcher.run(desk, *order, env=env)
        assert ended.code == (-9 if place else 0), ended.err
    assert states(desk) == ["missing", "missing", "vanished"]
    assert desk.column("SELECT answer FROM kept.visits WHERE ref LIKE '%two%'") == ["absent"] * 3
    name = desk.column("SELECT release_id FROM vanished")[0]
    shown = launcher.run(desk, "show", name)
    assert "vanished       2026-02-02T13:00:00Z" in shown.out
    assert desk.wrong() == []
    assert rebuilt(desk) == desk.content_hash()
