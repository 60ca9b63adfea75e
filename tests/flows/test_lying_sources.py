"""Sites that lie with status 200: recognised, said aloud once, and without any effect on the archive."""

import json

import pytest

from tests.desk import Desk
from tests.launching import Launcher
from tests.press_site import HTML, SOURCE, PressSite, configure, page, rebuilt, settings_of, told_of, visit
from tests.sources.hostile_server import Behaviour, says, whole

CHALLENGE = b"<html><title>Just a moment...</title><body>Enable JavaScript and cookies to continue</body></html>"
MAINTENANCE = "<html><title>網站維護中</title><body><p>本網站正進行維護，請稍後再試。</p></body></html>".encode()
CONSENT = b"<html><title>Before you continue to the Harbour Office</title><body><button>Agree</button></body></html>"


def html(body: bytes) -> Behaviour:
    return says(whole(body, HTML), close=False)


def sent_to(place: str) -> Behaviour:
    return says(whole(b"", f"Location: {place}", status="302 Found"), close=False)


def causes(desk: Desk) -> list[str]:
    return desk.column("SELECT cause FROM alarms_open ORDER BY cause")


@pytest.mark.parametrize("lie", [CHALLENGE, MAINTENANCE, CONSENT])
def test_a_wall_in_place_of_a_page_makes_no_release_and_no_version(desk: Desk, site: PressSite, lie: bytes) -> None:
    site.issue("one", "two")
    configure(desk, site)
    visit(desk)
    before = desk.rows("FROM releases")
    honest = dict(site.server.behaviours)
    site.issue("three")
    for path in site.listed:
        site.say(path, html(lie))

    for _ in range(3):
        assert visit(desk, revisit=True) == {"failed": 3}

    assert desk.rows("FROM releases") == before
    assert causes(desk) == ["pages: not the page asked for"]
    kept = desk.rows("SELECT ref, count(*) AS n FROM kept.captures WHERE starts_with(ref, 'answer:') GROUP BY ref")
    assert [row["n"] for row in kept] == [2, 2, 2], "the first and the one that confirms it"
    site.server.behaviours |= honest
    site.put("three.html", page("Notice about three", told_of("three")))
    assert visit(desk, revisit=True) == {"new": 1, "unchanged": 2}
    assert causes(desk) == []
    assert desk.wrong() == []
    assert rebuilt(desk) == desk.content_hash()


def test_a_wall_in_place_of_the_list_moves_nothing(desk: Desk, site: PressSite) -> None:
    site.issue("one", "two")
    configure(desk, site)
    visit(desk)
    before = desk.sizes()
    honest = site.server.behaviours["feed.xml"]
    site.say("feed.xml", html(CHALLENGE))

    assert [visit(desk), visit(desk), visit(desk)] == [{}, {}, {}]

    after = desk.sizes()
    for table in ("source_state", "listings", "candidates_seen", "readings", "outcomes"):
        assert after[table] == before[table]
    assert after["captures"] == before["captures"] + 2
    assert after["alarms"] == 1
    site.say("feed.xml", honest)
    assert visit(desk) == {"unchanged": 2}
    assert causes(desk) == []


def test_a_page_that_says_not_found_with_status_200_is_known_by_the_probe(desk: Desk, site: PressSite) -> None:
    site.issue("one", "lost")
    soft = page("Harbour Office", ("We are sorry. Perhaps what you look for is in the archive of the office.",) * 3)
    site.server.otherwise = html(soft)
    site.say("lost.html", html(soft))
    configure(desk, site)

    assert visit(desk) == {"new": 1, "failed": 1}
    site.issue("two")
    assert visit(desk) == {"new": 1, "unchanged": 1, "failed": 1}

    assert causes(desk) == ["pages: soft 404"]
    probes = [hit.path for hit in site.server.hits if "no-such-page" in hit.path]
    assert len(probes) == 1, "asked once and remembered"


@pytest.mark.parametrize("place", ["/", "/index.html"])
def test_the_home_page_in_place_of_an_article(desk: Desk, site: PressSite, place: str) -> None:
    site.issue("one")
    home = page("Harbour Office", told_of("the front page of the office"))
    site.say("", html(home))
    site.say("index.html", html(home))
    site.listed.insert(0, "news/2026/two.html")
    site.titles["news/2026/two.html"], site.days["news/2026/two.html"] = "Notice about two", "2026-01-30"
    site.say("news/2026/two.html", sent_to(place))
    configure(desk, site)

    assert visit(desk) == {"new": 1, "failed": 1}

    assert causes(desk) == ["pages: not the page asked for"]
    assert desk.column("SELECT title FROM releases") == ["Notice about one"]


def test_the_same_page_under_many_titles_is_none_of_them(desk: Desk, site: PressSite) -> None:
    site.issue("one", "two", "three", "four")
    for path in site.listed[:3]:
        site.put(path, page("The Harbour Office", told_of("whatever you asked for")))
    configure(desk, site)

    assert visit(desk) == {"new": 1, "failed": 3}

    assert causes(desk) == ["pages: pages alike"]
    assert desk.column("SELECT title FROM releases") == ["Notice about one"]


def test_one_release_in_two_columns_is_no_second_release_and_no_lie(desk: Desk, site: PressSite) -> None:
    site.issue("one", "two")
    site.listed.append("column/one.html")
    site.titles["column/one.html"], site.days["column/one.html"] = site.titles["one.html"], site.days["one.html"]
    site.put("column/one.html", site.bodies["one.html"])
    configure(desk, site)

    outcomes = visit(desk)

    assert (outcomes["new"], sum(outcomes.values())) == (2, 3)
    assert causes(desk) == []


def test_a_suddenly_short_list_is_not_believed(desk: Desk, site: PressSite) -> None:
    site.issue(*(f"n{number}" for number in range(10)))
    configure(desk, site)
    visit(desk)
    for number in range(4):
        site.issue(f"more{number}")
        visit(desk)
    whole_list, before = list(site.listed), desk.sizes()
    site.listed = ["late.html"]
    site.issue("late", day="2026-01-31")
    site.listed = ["late.html"]

    assert visit(desk) == {"new": 1}, "what it does list is true all the same"

    assert f"short list: {site.server.url('/feed.xml')}" in causes(desk)
    after = desk.sizes()
    assert (after["source_state"], after["candidates_seen"]) == (before["source_state"], before["candidates_seen"])
    site.listed = ["late.html", *whole_list]
    assert visit(desk) == {"unchanged": 15}
    assert causes(desk) == []


def test_an_older_list_than_last_time_says_nothing_of_what_left(desk: Desk, site: PressSite) -> None:
    site.issue("old", day="2026-01-28")
    site.issue("one", "two", day="2026-01-30")
    configure(desk, site)
    visit(desk)
    site.listed = ["old.html"]

    assert visit(desk) == {"unchanged": 1}

    (alarm,) = causes(desk)
    assert "older than last time" in alarm
    assert desk.column("SELECT DISTINCT state FROM list_changes") == ["entered"]
    assert "2026-01-30" in desk.column("SELECT watermark FROM kept.source_state")[-1]


def test_silence_of_a_source_that_issues_every_day(desk: Desk, site: PressSite) -> None:
    site.issue("one", day="2026-01-20")
    configure(desk, site, more="[expects]\nitems_per_day = 4\n")
    visit(desk)
    assert causes(desk) == ["silence"]
    site.issue("two", day="2026-01-31")
    visit(desk)
    assert causes(desk) == []


def test_a_required_field_that_is_missing_is_a_change_of_layout(desk: Desk, site: PressSite) -> None:
    site.issue("one", "two")
    undated = site.bodies["two.html"].replace(b"article:published_time", b"something-else")
    site.put("two.html", undated)
    configure(desk, site, more='[expects]\nrequired = ["title", "published", "body"]\n')

    assert visit(desk) == {"new": 1, "quarantined": 1}

    (row,) = desk.rows("SELECT name, reason FROM quarantine_open")
    assert row["name"] == "Notice about two"
    assert "published" in row["reason"]
    assert SOURCE in desk.column("SELECT source FROM kept.quarantine")


def test_an_alarm_about_pages_stays_until_a_page_is_believed(desk: Desk, site: PressSite) -> None:
    site.issue("one")
    good = site.bodies["one.html"]
    site.put("one.html", good.replace(b"article:published_time", b"something-else"))
    configure(desk, site, more='[expects]\nrequired = ["published"]\n')
    assert visit(desk) == {"quarantined": 1}

    assert visit(desk, revisit=True) == {"quarantined": 1}
    assert causes(desk) == ["pages: required fields"], "it is as it was"
    honest = site.server.behaviours["one.html"]
    site.say("one.html", says(whole(b"", status="410 Gone"), close=False))
    assert visit(desk, revisit=True) == {"failed": 1}
    assert causes(desk) == ["pages: required fields"], "nothing came that could tell"

    site.say("one.html", honest)
    site.put("one.html", good)
    assert visit(desk, revisit=True) == {"new": 1}
    assert causes(desk) == []


def test_what_lacks_a_required_field_is_no_release_when_it_is_read_again_either(
    desk: Desk, site: PressSite, launcher: Launcher
) -> None:
    site.issue("one")
    site.put("one.html", site.bodies["one.html"].replace(b"article:published_time", b"something-else"))
    demands = '[expects]\nrequired = ["published"]\n'
    configure(desk, site, more=demands)
    assert visit(desk) == {"quarantined": 1}

    def replayed() -> dict[str, int]:
        ended = launcher.run(desk, "replay", "--json", env=settings_of(desk))
        return {name: n for name, n in json.loads(ended.out)["outcomes"].items() if n}

    assert replayed() == {"quarantined": 1}
    place = desk.home.sources / f"{SOURCE}.toml"
    place.write_text(place.read_text(encoding="utf-8").replace(demands, ""), encoding="utf-8")
    assert replayed() == {"new": 1}
