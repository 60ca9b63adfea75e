"""Entries of a feed that are all there is: without pages of their own, they are looked at whenever the feed is read."""

from datetime import timedelta

from tests.desk import NOON, Desk
from tests.press_site import RSS, PressSite, configure, rebuilt, told_of, visit

TITLE = "Water level at Gull Point"


def notes(site: PressSite, *told: tuple[str, str, tuple[str, ...]]) -> None:
    """A feed of notes: guid, headline and paragraphs of each."""
    items = "".join(
        f'<item><title>{title}</title><guid isPermaLink="false">{guid}</guid><pubDate>Fri, 30 Jan 2026 09:00:00 GMT'
        f"</pubDate><content:encoded><![CDATA[{''.join(f'<p>{one}</p>' for one in said)}]]></content:encoded></item>"
        for guid, title, said in told
    )
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    feed = f'<?xml version="1.0"?><rss version="2.0" {space}><channel><title>Notes</title>{items}</channel></rss>'
    site.put("feed.xml", feed.encode(), RSS)


def later(desk: Desk, hours: int) -> dict[str, int]:
    desk.now = NOON + timedelta(hours=hours)
    return visit(desk)


def test_a_note_that_was_edited_is_a_version_and_one_that_was_not_is_none(desk: Desk, site: PressSite) -> None:
    first, other = told_of("one"), told_of("two")
    notes(site, ("n1", TITLE, first), ("n2", "Notice about two", other))
    configure(desk, site)
    assert visit(desk) == {"new": 2}
    assert later(desk, 1) == {"unchanged": 2}
    notes(site, ("n1", TITLE, (*first, "The level rose to 412 cm.")), ("n2", "Notice about two", other))
    assert later(desk, 2) == {"revised": 1, "unchanged": 1}
    assert later(desk, 3) == {"unchanged": 2}
    assert desk.column("SELECT version FROM versions ORDER BY title, version") == [1, 1, 2]
    assert desk.wrong() == []
    assert rebuilt(desk) == desk.content_hash()


def test_a_note_with_another_headline_or_day_is_known_by_its_own_name(desk: Desk, site: PressSite) -> None:
    first = told_of("one")
    notes(site, ("n1", TITLE, first))
    configure(desk, site)
    visit(desk)
    notes(site, ("n1", f"{TITLE}, amended", (*first, "The level rose to 412 cm.")))
    assert later(desk, 1) == {"revised": 1}
    notes(site, ("n1", "All harbours are open again", ("Ferries sail at all hours from this evening on.",) * 3))
    assert later(desk, 2) == {"new": 1}, "another text under an old name is another release"
    assert desk.column("SELECT count(*) FROM releases") == [2]
