"""Pages that are gone while their text stands elsewhere, as it was or corrected: before the absence is sure, and after.

Nobody says so: there is no notice of withdrawal, and nothing in the new text refers to the old one.
"""

from datetime import timedelta

import pytest

from flows.direct import ingest_directly
from flows.run import open_run
from tests.desk import NOON, Desk
from tests.press_site import HTML, SOURCE, PressSite, configure, page, rebuilt, visit
from tests.samples import QUAY, edited
from tests.sources.hostile_server import says, whole

GONE = says(whole(b"<h1>Gone</h1>", HTML, status="404 Not Found"), close=False)
TITLE = "Harbour office opens ninth quay"
OLD, NEW = "2026-01-28", "2026-01-30"


def put(site: PressSite, name: str, text: tuple[str, ...], day: str) -> None:
    site.issue(name, day=day)
    site.titles[f"{name}.html"] = TITLE
    site.put(f"{name}.html", page(TITLE, text, day))


def look(desk: Desk, site: PressSite, hours: float) -> None:
    desk.now = NOON + timedelta(hours=hours)
    run = open_run(desk.settings(), SOURCE, flow="ingest", now=lambda: desk.now, sleep=lambda _: None)
    ingest_directly(run)


def vanish(desk: Desk, site: PressSite, name: str, since: float) -> None:
    """The page is gone, and enough runs find it so."""
    site.listed.remove(f"{name}.html")
    site.say(f"{name}.html", GONE)
    for hours in (1, 6, 13, 24, 48, 55):
        look(desk, site, since + hours)
    assert desk.column("SELECT count(*) FROM vanished") == [1]


def joined(desk: Desk) -> list[tuple[str, str, str]]:
    """What joins which now, by the names of the pages."""
    named = "SELECT release_id, any_value(ref) AS ref FROM kept.outcomes WHERE release_id IS NOT NULL GROUP BY ALL"
    names = {row["release_id"]: row["ref"].rpartition("/")[2][:-5] for row in desk.rows(named)}
    facts = desk.rows("SELECT kind, release_a, release_b FROM relations")
    return sorted((fact["kind"], names[fact["release_a"]], names[fact["release_b"]]) for fact in facts)


def still_at(desk: Desk) -> list[str]:
    """Where the page that is gone stands now, by the names of the pages."""
    (told,) = desk.column("SELECT still_at FROM vanished WHERE url LIKE '%/old.html'")
    return [address.rpartition("/")[2][:-5] for address in told]


def test_what_comes_back_elsewhere_still_stands_there(desk: Desk, site: PressSite) -> None:
    put(site, "old", QUAY, OLD)
    site.issue("other")
    configure(desk, site)
    visit(desk)
    vanish(desk, site, "old", 0)
    assert still_at(desk) == []
    put(site, "new", QUAY, NEW)
    look(desk, site, 60)
    assert joined(desk) == [("same_as", "new", "old")]
    assert still_at(desk) == ["new"]
    assert rebuilt(desk) == desk.content_hash()


CORRECTED = edited(QUAY, "4,000", "5,200")


@pytest.mark.parametrize("issued_first", [True, False])
def test_what_vanished_and_stands_elsewhere_corrected(desk: Desk, site: PressSite, issued_first: bool) -> None:
    put(site, "old", QUAY, OLD)
    site.issue("other")
    configure(desk, site)
    visit(desk)
    if issued_first:
        put(site, "new", CORRECTED, NEW)
        look(desk, site, 0.5)
        assert joined(desk) == [("series", "new", "old")], "nothing says yet that it is no other issue"
        vanish(desk, site, "old", 0.5)
    else:
        vanish(desk, site, "old", 0)
        put(site, "new", CORRECTED, NEW)
        look(desk, site, 60)
    assert joined(desk) == [("corrects", "new", "old")]
    assert "gone" in desk.column("SELECT why FROM relations")[0]
    site.put("new.html", page(TITLE, edited(CORRECTED, "60 metres", "66 metres"), NEW))
    look(desk, site, 200)
    assert joined(desk) == [("corrects", "new", "old")], "an edit of the new one brings nothing back"
    assert desk.wrong() == []
    assert rebuilt(desk) == desk.content_hash()


def test_what_stood_elsewhere_before_it_vanished_is_the_same(desk: Desk, site: PressSite) -> None:
    put(site, "old", QUAY, OLD)
    site.issue("other")
    configure(desk, site)
    visit(desk)
    put(site, "new", QUAY, NEW)
    look(desk, site, 0.5)
    assert desk.column("SELECT count(*) FROM releases") == [3]
    vanish(desk, site, "old", 0.5)
    assert joined(desk) == [("same_as", "new", "old")]
    assert desk.column("SELECT count(*) FROM releases") == [2]
    assert still_at(desk) == ["new"]
    assert rebuilt(desk) == desk.content_hash()


@pytest.mark.parametrize("figure", ["4,000", "passengers"])
def test_of_a_notice_that_comes_every_day_the_next_issue_takes_no_place(
    desk: Desk, site: PressSite, figure: str
) -> None:
    for number in range(1, 4):
        text = QUAY if figure == "passengers" else edited(QUAY, figure, f"{number},100")
        put(site, f"issue{number}", text, f"2026-01-{27 + number}")
    site.issue("other")
    configure(desk, site)
    visit(desk)
    vanish(desk, site, "issue1", 0)
    put(site, "issue4", QUAY if figure == "passengers" else edited(QUAY, figure, "9,100"), "2026-02-02")
    look(desk, site, 60)
    assert {kind for kind, _, _ in joined(desk)} == {"series"}
