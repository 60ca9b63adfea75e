"""A source of the web from its list to the published archive, over real HTTP on this machine."""

import contextlib
import json
import threading
from datetime import date, timedelta

import pytest

from flows.holdings import FULL_EVERY
from sources.errors import LockBusy
from tests.desk import Desk
from tests.launching import Launcher, until
from tests.press_site import SOURCE, PressSite, configure, page, raw_files, rebuilt, settings_of, told_of, visit
from tests.sources.hostile_server import Behaviour, Hit, Wire, says, whole
from tests.sources.turns import Turns
from warehouse.lock import held
from warehouse.vault.warc import captures_in

KILLED = -9


def test_from_feed_to_records(desk: Desk, site: PressSite) -> None:
    site.issue("one", "two", "three")
    configure(desk, site)

    assert visit(desk) == {"new": 3}

    found = desk.rows("SELECT title, url, published_on FROM releases ORDER BY title")
    assert [row["title"] for row in found] == ["Notice about one", "Notice about three", "Notice about two"]
    assert {row["published_on"] for row in found} == {"2026-01-30"}
    assert found[0]["url"] == site.server.url("/one.html")
    assert desk.rows("FROM alarms_open") == []
    assert desk.wrong() == []


def test_a_list_unchanged_makes_nothing_new(desk: Desk, site: PressSite) -> None:
    site.issue("one", "two")
    configure(desk, site)
    visit(desk)
    before, raw, asked = desk.sizes(), raw_files(desk), site.pages_asked()

    assert visit(desk) == {"unchanged": 2}

    after = desk.sizes()
    assert {table: after[table] - before[table] for table in after if after[table] != before[table]} == {
        "runs": 1,
        "batches": 1,
    }
    journals = [path for path in raw_files(desk) if path not in raw]
    assert [path.name.rpartition("-")[2] for path in journals] == ["end.warc.gz"], "its run row and nothing else"
    assert site.pages_asked() == asked
    assert desk.wrong() == []


def test_a_page_that_is_not_there_fails_with_a_reason_and_harms_nobody(desk: Desk, site: PressSite) -> None:
    site.issue("one", "gone", "three")
    del site.server.behaviours["gone.html"]
    configure(desk, site)

    assert visit(desk) == {"new": 2, "failed": 1}
    assert visit(desk) == {"unchanged": 2, "failed": 1}

    assert desk.rows("SELECT ref, outcome, reason FROM kept.outcomes WHERE outcome = 'failed'") == [
        {
            "ref": site.server.url("/gone.html"),
            "outcome": "failed",
            "reason": "status 404: the server says there is nothing at this address",
        }
    ]
    site.issue("gone")
    site.listed.pop(0)
    assert visit(desk) == {"new": 1, "unchanged": 2}, "it came after all"
    assert desk.wrong() == []


def test_a_list_that_fails_is_an_alarm_and_moves_nothing(desk: Desk, site: PressSite) -> None:
    site.issue("one")
    configure(desk, site)
    visit(desk)
    before = desk.sizes()
    del site.server.behaviours["feed.xml"]

    assert visit(desk) == {}

    after = desk.sizes()
    assert after["source_state"] == before["source_state"]
    assert after["listings"] == before["listings"]
    (alarm,) = desk.rows("SELECT source, reason FROM alarms_open")
    assert alarm["source"] == SOURCE
    assert "404" in alarm["reason"]


def test_killed_in_mid_fetch_and_continued(desk: Desk, site: PressSite, launcher: Launcher) -> None:
    site.issue(*(f"n{number}" for number in range(6)))
    configure(desk, site)
    hangs = site.listed[4]
    answered = site.server.behaviours[hangs]
    site.say(hangs, lambda wire, hit: wire.stay())
    order = ("run", SOURCE, "--direct", "--json")
    running = launcher.start(desk, *order, env=settings_of(desk) | {"COMMUNIQUE_BATCH_SIZE": "2"})
    until(lambda: site.asked(hangs) > 0)
    running.kill()
    assert running.wait().code == KILLED
    site.say(hangs, answered)

    ended = launcher.run(desk, *order, env=settings_of(desk))

    assert ended.code == 0, ended.err
    assert json.loads(ended.out)["outcomes"]["unchanged"] == 4, "what was sealed is not asked for again"
    assert desk.column("SELECT count(*) FROM releases") == [6]
    assert [site.asked(path) for path in site.listed] == [1, 1, 1, 1, 2, 1]
    assert desk.wrong() == []
    alike = Desk(desk.root / "alike", settings_given=desk.settings_given)
    configure(alike, site)
    visit(alike)
    titles = "SELECT title, version FROM releases ORDER BY title"
    assert alike.rows(titles) == desk.rows(titles)


@pytest.mark.parametrize("place", ["after_seal:2", "before_commit:2"])
def test_a_kill_at_a_named_place_of_a_visit(desk: Desk, site: PressSite, launcher: Launcher, place: str) -> None:
    site.issue("one", "two", "three")
    configure(desk, site)
    order = ("run", SOURCE, "--direct")
    ended = launcher.run(desk, *order, env=settings_of(desk) | {"COMMUNIQUE_CRASH_AT": place})
    assert ended.code == KILLED, f"no visit comes by {place}: {ended.err}"

    visit(desk)

    assert desk.column("SELECT count(*) FROM releases") == [3]
    assert desk.rows("FROM kept.captures QUALIFY count(*) OVER (PARTITION BY source, ref, content_sha256) > 1") == []
    assert list(desk.home.staging.glob("*.json")) == []
    assert desk.wrong() == []


def test_two_processes_on_one_host_keep_its_pace(desk: Desk, site: PressSite, launcher: Launcher) -> None:
    pace = 0.2
    site.issue(*(f"n{number}" for number in range(5)))
    names = (SOURCE, "harbour_too")
    for name in names:
        configure(desk, site, name=name, pace=pace)
    turns = Turns(site.server, desk.home.root / "hosts")

    runs = [launcher.start(desk, "run", name, "--direct", env=settings_of(desk)) for name in names]
    ended = [one.wait() for one in runs]

    assert [one.code for one in ended] == [0, 0], ended
    asked = len(site.server.hits)
    assert asked in (14, 15), "robots.txt once, lists and pages for each of the two, the probe for whoever came first"
    assert turns.keep(pace)
    assert desk.column("SELECT count(*) FROM releases") == [5]


def test_lists_are_asked_for_conditionally_while_we_hold_them(desk: Desk, site: PressSite) -> None:
    site.issue("one")
    configure(desk, site)

    for _ in range(3):
        visit(desk)
    site.issue("two")
    assert visit(desk) == {"new": 1, "unchanged": 1}

    asked = [hit.headers.get("if-none-match") for hit in site.server.asked("/feed.xml")]
    assert asked[0] is None
    assert asked[1] == asked[2] == asked[3] is not None
    assert desk.column("SELECT count(*) FROM kept.captures WHERE starts_with(ref, 'list:')") == [2]


def test_a_server_that_says_not_modified_for_ever_is_found_out(desk: Desk, site: PressSite) -> None:
    site.issue("one")
    configure(desk, site)
    visit(desk)
    honest = site.server.behaviours["feed.xml"]

    def lie(wire: Wire, hit: Hit) -> None:
        if "if-none-match" in hit.headers:
            wire.send(b"HTTP/1.1 304 Not Modified\r\n\r\n")
        else:
            honest(wire, hit)

    site.say("feed.xml", lie)
    site.issue("two")
    outcomes = [visit(desk) for _ in range(FULL_EVERY)]

    assert outcomes == [{"unchanged": 1}] * (FULL_EVERY - 1) + [{"new": 1, "unchanged": 1}]


def test_not_modified_counts_only_for_a_body_that_we_hold(desk: Desk, site: PressSite) -> None:
    site.issue("one")
    configure(desk, site)
    visit(desk)
    for path in raw_files(desk):
        if path.name.endswith("-0.warc.gz"):
            path.chmod(0o644)
            path.unlink()

    assert visit(desk) == {"unchanged": 1}

    assert [hit.headers.get("if-none-match") for hit in site.server.asked("/feed.xml")] == [None, None]


def test_a_page_asked_again_is_asked_conditionally(desk: Desk, site: PressSite) -> None:
    site.issue("one", "two")
    configure(desk, site)
    visit(desk)
    site.put("two.html", page("Notice about two", told_of("two, which was edited")))

    assert visit(desk, revisit=True) == {"unchanged": 1, "revised": 1}
    assert visit(desk, revisit=True) == {"unchanged": 2}

    first, *later = [hit.headers.get("if-none-match") for hit in site.server.asked("/one.html")]
    assert first is None
    assert len(later) == 2
    assert None not in later
    assert desk.column("SELECT max(version) FROM versions") == [2]
    assert desk.wrong() == []


def test_the_first_error_answer_and_the_one_that_confirms_it_are_kept(desk: Desk, site: PressSite) -> None:
    site.issue("one", "gone")
    configure(desk, site)
    site.say("gone.html", says(whole(b"nothing here any more", status="404 Not Found"), close=False))

    for _ in range(4):
        assert visit(desk)["failed"] == 1

    url = site.server.url("/gone.html")
    kept = desk.rows(f"SELECT status, url, size FROM kept.captures WHERE ref = 'answer:{url}'")
    assert kept == [{"status": 404, "url": url, "size": 21}] * 2
    assert site.asked("gone.html") == 4
    assert desk.column("SELECT count(*) FROM kept.outcomes WHERE outcome = 'failed'") == [1]
    assert desk.wrong() == []
    assert rebuilt(desk) == desk.content_hash()


def test_error_answers_of_a_dead_run_are_taken_up_as_evidence(desk: Desk, site: PressSite, launcher: Launcher) -> None:
    site.issue("one", "gone")
    del site.server.behaviours["gone.html"]
    configure(desk, site)
    env = settings_of(desk) | {"COMMUNIQUE_CRASH_AT": "after_seal:2"}
    ended = launcher.run(desk, "run", SOURCE, "--direct", env=env)
    assert ended.code == KILLED

    assert visit(desk) == {"unchanged": 1, "failed": 1}

    assert desk.column("SELECT count(*) FROM kept.captures WHERE starts_with(ref, 'answer:')") == [2]
    assert desk.column("SELECT count(*) FROM kept.outcomes") == [2]
    assert desk.wrong() == []


def test_hosts_are_visited_at_once_each_one_request_at_a_time(desk: Desk, site: PressSite) -> None:
    others = [PressSite(host=f"127.0.0.{number}") for number in (2, 3, 4)]
    sites = [site, *others]
    flying = {one.host: threading.Lock() for one in sites}
    crowded: list[str] = []
    all_asked = threading.Barrier(len(sites))

    def together(behave: Behaviour) -> Behaviour:
        def answer(wire: Wire, hit: Hit) -> None:
            host = wire.server.host
            if not flying[host].acquire(blocking=False):
                crowded.append(host)
                return
            with contextlib.suppress(threading.BrokenBarrierError):
                all_asked.wait(60)
            flying[host].release()
            behave(wire, hit)

        return answer

    for one in sites:
        one.issue(*(f"{one.host}-{number}" for number in range(3)))
        for path in one.listed:
            one.say(path, together(one.server.behaviours[path]))
    configure(desk, site, *others, urls=[one.server.url("/feed.xml") for one in sites])

    assert visit(desk) == {"new": 12}

    assert not all_asked.broken, "each page waits until all four hosts are asked for one"
    assert crowded == []
    for one in sites:
        assert one.pages_asked() == one.listed, "each host's pages in the order of its list"
        one.server.close()
    assert desk.wrong() == []


def test_what_was_fetched_is_sealed_every_so_often(desk: Desk, site: PressSite, launcher: Launcher) -> None:
    site.issue(*(f"n{number}" for number in range(4)))
    configure(desk, site, pace=0.1)
    hangs = site.listed[-1]
    answered = site.server.behaviours[hangs]
    site.say(hangs, lambda wire, hit: wire.stay())
    env = settings_of(desk) | {"COMMUNIQUE_SEAL_SECONDS": "0.01"}
    running = launcher.start(desk, "run", SOURCE, "--direct", env=env)
    until(lambda: sum(1 for path in raw_files(desk, SOURCE) for _ in captures_in(path)) == 4)
    until(lambda: site.asked(hangs) == 1)
    running.kill()
    running.wait()
    site.say(hangs, answered)

    assert visit(desk) == {"new": 1, "unchanged": 3}
    assert [site.asked(path) for path in site.listed] == [1, 1, 1, 2]


def test_a_host_that_falls_silent_is_left_alone_until_the_next_run(desk: Desk, site: PressSite) -> None:
    site.issue(*(f"n{number}" for number in range(6)))
    configure(desk, site)
    answered = dict(site.server.behaviours)
    for path in site.listed[1:]:
        site.say(path, lambda wire, hit: wire.reset())

    assert visit(desk) == {"new": 1, "failed": 5}

    assert [site.asked(path) > 0 for path in site.listed] == [True, True, True, True, False, False]
    untried = desk.column("SELECT name FROM kept.outcomes WHERE reason LIKE 'not asked: its host gave no answer%'")
    assert len(untried) == 2
    site.server.behaviours.update(answered)
    assert visit(desk) == {"new": 5, "unchanged": 1}


def test_revisiting_is_an_option_of_a_run(desk: Desk, site: PressSite, launcher: Launcher) -> None:
    site.issue("one")
    configure(desk, site)
    visit(desk)
    site.put("one.html", page("Notice about one", told_of("one, which was edited")))
    order = ("run", SOURCE, "--direct", "--json")
    plain = launcher.run(desk, *order, env=settings_of(desk))
    again = launcher.run(desk, *order, "--revisit", env=settings_of(desk))
    outcomes = [json.loads(ended.out)["outcomes"] for ended in (plain, again)]
    assert [(one["unchanged"], one["revised"]) for one in outcomes] == [(1, 0), (0, 1)]


def test_a_backfill_asks_for_its_days_and_leaves_alarms_and_watermark_alone(desk: Desk, site: PressSite) -> None:
    site.issue("early", day="2026-01-10")
    site.issue("late", day="2026-01-30")
    configure(desk, site, more="[expects]\nitems_per_day = 9\n")
    site.listed.remove("late.html")
    visit(desk)
    assert desk.column("SELECT cause FROM alarms_open") == ["silence"]
    site.listed.insert(0, "late.html")
    before = desk.sizes()

    assert visit(desk, since=date(2026, 1, 10), until=date(2026, 1, 15)) == {"unchanged": 1}

    after = desk.sizes()
    for table in ("alarms", "source_state", "candidates_seen"):
        assert after[table] == before[table]
    assert site.asked("late.html") == 0


def test_a_run_says_what_is_wrong_with_the_lists(desk: Desk, site: PressSite, launcher: Launcher) -> None:
    configure(desk, site)
    site.say("feed.xml", says(whole(b"", status="410 Gone"), close=False))
    ended = launcher.run(desk, "run", SOURCE, "--direct", env=settings_of(desk))
    assert ended.code == 0
    assert f"alarm    {SOURCE}: {site.server.url('/feed.xml')}: status 410" in ended.out
    assert "holds all of it" not in ended.out


def test_who_waits_for_a_site_keeps_the_archive_from_nobody(desk: Desk, site: PressSite) -> None:
    site.issue(*(f"pier-{number}" for number in range(3)))
    configure(desk, site)
    site.put("plan.pdf", b"%PDF-1.4 plan", "Content-Type: application/pdf")
    site.put("pier-1.html", page("Notice about pier-1", told_of("pier-1"), more='<a href="plan.pdf">Plan (PDF)</a>'))
    kept_out: list[str] = []
    for path, behave in list(site.server.behaviours.items()):

        def answer(wire: Wire, hit: Hit, path: str = path, behave: Behaviour = behave) -> None:
            try:
                with held(desk.home.lock, wait=10.0):
                    pass
            except LockBusy:
                kept_out.append(path)
            behave(wire, hit)

        site.say(path, answer)
    assert visit(desk) == {"new": 3}
    assert site.asked("plan.pdf") == 1
    desk.now += timedelta(days=1)
    assert visit(desk) == {"unchanged": 3}
    assert kept_out == []
