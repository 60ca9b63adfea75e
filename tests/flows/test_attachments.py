"""Files that releases name, fetched and kept; one that was replaced under its address is an edit."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.desk import Desk
from tests.launching import Launcher
from tests.press_site import SOURCE, PressSite, configure, page, rebuilt, settings_of, told_of, visit
from tests.sources.hostile_server import says, whole

PDF, PNG = "Content-Type: application/pdf", "Content-Type: image/png"
NAMES = "SELECT unnest(attachments).url AS url, unnest(attachments).sha256 AS sha256 FROM releases"
LINKS = '<p><a href="/files/annex.pdf">Annex</a></p><img src="/files/quay.png" alt="The quay" width="600" height="400">'
VERSIONS = "SELECT version, edit_kind, changed_fields FROM versions ORDER BY version"


@pytest.fixture
def site() -> Iterator[PressSite]:
    made = PressSite()
    made.issue("one")
    made.put("one.html", page("Notice about one", told_of("one"), more=LINKS))
    made.put("files/annex.pdf", b"%PDF-1.7 the first annex", PDF)
    made.put("files/quay.png", b"\x89PNG the quay", PNG)
    yield made
    made.server.close()


def kept(desk: Desk) -> list[tuple[str, str]]:
    found = desk.rows("SELECT kind, sha256 FROM files ORDER BY captured_at, kind")
    return [(row["kind"], row["sha256"]) for row in found]


def test_attachments_are_kept_with_their_digest_and_pictures_are_not(desk: Desk, site: PressSite) -> None:
    configure(desk, site)

    assert visit(desk) == {"new": 1}

    (named,) = desk.rows(NAMES)
    assert named["url"] == site.server.url("/files/annex.pdf")
    assert kept(desk) == [("attachment", named["sha256"])]
    assert (site.asked("files/annex.pdf"), site.asked("files/quay.png")) == (1, 0)
    assert visit(desk) == {"unchanged": 1}
    assert site.asked("files/annex.pdf") == 1
    assert desk.wrong() == []
    assert rebuilt(desk) == desk.content_hash()


@pytest.mark.parametrize(("keys", "kinds"), [({"images": True}, ["attachment", "image"]), ({"attachments": False}, [])])
def test_a_source_says_what_it_wants(desk: Desk, site: PressSite, keys: dict[str, Any], kinds: list[str]) -> None:
    configure(desk, site, **keys)
    visit(desk)
    assert [kind for kind, _ in kept(desk)] == kinds


def test_a_file_replaced_under_its_address_is_an_edit(desk: Desk, site: PressSite) -> None:
    configure(desk, site, images=True)
    visit(desk)
    assert visit(desk, revisit=True) == {"unchanged": 1}
    site.put("files/annex.pdf", b"%PDF-1.7 the second annex", PDF)

    assert visit(desk, revisit=True) == {"revised": 1}
    assert visit(desk, revisit=True) == {"unchanged": 1}

    assert desk.rows(VERSIONS) == [
        {"version": 1, "edit_kind": None, "changed_fields": []},
        {"version": 2, "edit_kind": "attachment_only", "changed_fields": ["attachments"]},
    ]
    site.put("files/quay.png", b"\x89PNG the quay at night", PNG)
    assert visit(desk, revisit=True) == {"revised": 1}
    assert desk.rows(VERSIONS)[2]["edit_kind"] == "image_only"
    site.put("one.html", page("Notice about one", told_of("one, which was edited"), more=LINKS))
    assert visit(desk, revisit=True) == {"revised": 1}
    assert desk.rows(VERSIONS)[3] == {"version": 4, "edit_kind": "text", "changed_fields": ["body"]}
    assert len(kept(desk)) == 4
    assert [hit.headers.get("if-none-match") for hit in site.server.asked("/files/annex.pdf")].count(None) == 1
    assert desk.wrong() == []
    assert rebuilt(desk) == desk.content_hash()


def test_a_file_that_cannot_be_had_is_no_edit_and_is_learnt_later(desk: Desk, site: PressSite) -> None:
    honest = site.server.behaviours["files/annex.pdf"]
    site.say("files/annex.pdf", says(whole(b"busy", status="403 Forbidden"), close=False))
    configure(desk, site)

    assert visit(desk) == {"new": 1}
    assert desk.column("SELECT unnest(attachments).sha256 FROM releases") == [None]
    site.say("files/annex.pdf", honest)
    assert visit(desk, revisit=True) == {"unchanged": 1}
    (named,) = desk.rows(NAMES)
    assert kept(desk) == [("attachment", named["sha256"])]
    site.say("files/annex.pdf", says(whole(b"busy", status="403 Forbidden"), close=False))
    assert visit(desk, revisit=True) == {"unchanged": 1}

    assert desk.rows(NAMES) == [named]
    assert desk.column("SELECT max(version) FROM versions") == [1]
    assert desk.wrong() == []
    assert rebuilt(desk) == desk.content_hash()


@pytest.mark.parametrize("place", ["after_seal:2", "after_seal:3", "after_staging:2"])
def test_a_kill_between_a_page_and_its_files(desk: Desk, site: PressSite, launcher: Launcher, place: str) -> None:
    configure(desk, site)
    env = settings_of(desk) | {"COMMUNIQUE_CRASH_AT": place}
    assert launcher.run(desk, "run", SOURCE, "--direct", env=env).code == -9

    visit(desk)
    visit(desk)  # what was recovered from a page's file is known to be there at the next look

    (named,) = desk.rows(NAMES)
    assert kept(desk) == [("attachment", named["sha256"])]
    assert desk.column("SELECT max(version) FROM versions") == [1]
    assert desk.wrong() == []
