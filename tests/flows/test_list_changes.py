"""Who enters, leaves and returns to a source's lists, and what was asked of whom."""

from datetime import timedelta

from tests.desk import Desk
from tests.press_site import PressSite, configure, rebuilt, visit

CHANGES = "SELECT state, how, name FROM list_changes ORDER BY observed_at, state, name"


def test_a_row_when_a_candidate_enters_leaves_or_returns(desk: Desk, site: PressSite) -> None:
    for number, name in enumerate(("oldest", "old", "new", "newest"), 25):
        site.issue(name, day=f"2026-01-{number}")
    configure(desk, site)
    visit(desk)
    assert [row["state"] for row in desk.rows(CHANGES)] == ["entered"] * 4
    everybody = list(site.listed)

    desk.now += timedelta(hours=1)
    site.listed = ["newest.html", "old.html"]
    visit(desk)
    assert desk.rows(CHANGES)[4:] == [
        {"state": "left", "how": "middle", "name": "Notice about new"},
        {"state": "left", "how": "end", "name": "Notice about oldest"},
    ]

    desk.now += timedelta(hours=1)
    site.listed = everybody
    visit(desk)
    visit(desk)
    assert desk.rows(CHANGES)[6:] == [
        {"state": "returned", "how": None, "name": "Notice about new"},
        {"state": "returned", "how": None, "name": "Notice about oldest"},
    ]
    assert desk.wrong() == []
    assert rebuilt(desk) == desk.content_hash()


def test_requests_by_host_and_day(desk: Desk, site: PressSite) -> None:
    site.issue("one", "gone")
    del site.server.behaviours["gone.html"]
    configure(desk, site)
    visit(desk)
    visit(desk)

    (row,) = desk.rows("SELECT host, requests, not_modified, failed, sources FROM courtesy")

    assert row["host"] == f"127.0.0.1:{site.server.port}"
    assert row["requests"] == len(site.server.hits)
    assert (row["not_modified"], row["sources"]) == (1, ["harbour"])
    assert row["failed"] == 3, "the page that is not there, twice, and the probe"
    rebuilt(desk)
    assert desk.rows("SELECT host, requests, not_modified, failed, sources FROM courtesy") == [row]
