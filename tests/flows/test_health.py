"""What a source's own history says of it: each trouble is told once, under a name of its own, and so is its end."""

from datetime import timedelta

from tests.desk import Desk
from tests.press_site import SOURCE, PressSite, configure, visit
from tests.samples import QUAY
from tests.sources.hostile_server import says, whole

HEAD_ALONE = "<!DOCTYPE html><html><head><title>{}</title></head><body><script>show()</script></body></html>"


def alarms(desk: Desk) -> list[str]:
    told = "SELECT state || ' ' || source || ': ' || cause FROM kept.alarms ORDER BY batch_no, rowid"
    return desk.column(told)


def issue(site: PressSite, *names: str, without: bytes = b"") -> None:
    site.issue(*names)
    for name in names if without else ():
        site.put(f"{name}.html", site.bodies[f"{name}.html"].replace(without, b"something-else"))


def names(beginning: str, n: int) -> list[str]:
    return [f"{beginning}{number}" for number in range(n)]


def test_a_field_that_was_always_there_and_is_gone_is_told_once_and_so_is_its_return(
    desk: Desk, site: PressSite
) -> None:
    issue(site, *names("dated", 20))
    configure(desk, site)
    visit(desk)
    issue(site, *names("few", 9), without=b"article:published_time")
    visit(desk)
    assert alarms(desk) == [], "nine may be chance"
    issue(site, *names("more", 3), without=b"article:published_time")
    visit(desk)
    issue(site, "again", without=b"article:published_time")
    visit(desk)
    assert alarms(desk) == [f"raised {SOURCE}: field vanished: published"]
    (reason,) = desk.column("SELECT reason FROM alarms_open")
    assert "none of the last 10 readings has published, before 91% had it" in reason

    issue(site, "mended")
    visit(desk)

    assert alarms(desk)[1:] == [f"cleared {SOURCE}: field vanished: published"]
    assert desk.rows("FROM alarms_open") == []


def test_pages_that_nobody_can_read_any_more_are_a_change_of_layout(desk: Desk, site: PressSite) -> None:
    issue(site, *names("old", 10))
    configure(desk, site)
    visit(desk)
    site.issue(*names("odd", 5))
    for name in names("odd", 5):
        site.put(f"{name}.html", HEAD_ALONE.format(f"Notice about {name}").encode())
    assert visit(desk) == {"unchanged": 10, "quarantined": 5}

    assert alarms(desk) == [f"raised {SOURCE}: layout changed"]
    assert desk.column("SELECT state FROM source_health") == ["failing"]

    issue(site, *names("mended", 4))
    visit(desk)

    assert alarms(desk)[1:] == [f"cleared {SOURCE}: layout changed"]


def test_a_first_visit_is_no_change_whatever_its_oldest_pages_look_like(desk: Desk, site: PressSite) -> None:
    site.issue(*names("odd", 5))
    for name in names("odd", 5):
        site.put(f"{name}.html", HEAD_ALONE.format(f"Notice about {name}").encode())
    issue(site, *names("new", 10))
    configure(desk, site)

    visit(desk)

    assert alarms(desk) == []


def test_a_host_that_keeps_us_out_is_blocking_until_a_page_comes(desk: Desk, site: PressSite) -> None:
    issue(site, "one")
    configure(desk, site)
    visit(desk)
    issue(site, *names("shut", 4))
    honest = dict(site.server.behaviours)
    for name in names("shut", 4):
        site.say(f"{name}.html", says(whole(b"", status="403 Forbidden"), close=False))
    visit(desk)
    visit(desk)
    assert alarms(desk) == [f"raised {SOURCE}: pages: blocked"]
    assert desk.column("SELECT state FROM source_health") == ["blocked"]
    assert desk.column("SELECT sum(barred) FROM courtesy") == [8]

    site.server.behaviours |= honest
    visit(desk)

    assert alarms(desk)[1:] == [f"cleared {SOURCE}: pages: blocked"]


def test_a_list_that_stands_still_for_longer_than_it_ever_did_is_stale(desk: Desk, site: PressSite) -> None:
    for day in range(10, 20):
        site.issue(f"of{day}", day=f"2026-01-{day}")
    configure(desk, site)
    visit(desk)
    assert alarms(desk) == [f"raised {SOURCE}: stale"], "twelve days after a notice every day"

    site.issue("late", day="2026-01-31")
    visit(desk)

    assert alarms(desk)[1:] == [f"cleared {SOURCE}: stale"]


def test_a_clock_that_runs_behind_the_archive_is_told_for_the_whole_of_it(desk: Desk) -> None:
    desk.drop("one.txt", "\n\n".join(QUAY))
    desk.ingest()
    desk.now -= timedelta(days=400)
    desk.ingest()
    desk.ingest()
    assert alarms(desk) == ["raised archive: clock backwards"]

    desk.now += timedelta(days=401)
    desk.ingest()

    assert alarms(desk)[1:] == ["cleared archive: clock backwards"]
