"""Press releases of the European Parliament: three boxes make one text, one number ties the languages."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.parsers.captures import kinds, rejection_of, release_of, shared

PAGE = (Path(__file__).parent / "pages" / "europarl-1.press_release.html").read_text(encoding="utf-8")
ROOM = "https://www.europarl.europa.eu/news/{}/press-room/20260302IPR41117/meps-back-lamps-for-small-ports"


def test_what_a_page_says() -> None:
    release = release_of(PAGE, kind="html")
    assert (release.parser, release.publisher) == ("europarl/1", "europarl.europa.eu")
    assert (release.native_id, release.language, release.url) == ("20260302IPR41117", "en", ROOM.format("en"))
    assert release.title == "Parliament backs lamps for small ports"
    assert kinds(release) == ["list", "paragraph", "paragraph", "heading", "paragraph"]
    assert release.body.startswith("- 200 lamps by 2030\n- Ports under 100 berths first\n\nSmall ports are")
    assert release.body.endswith("before it can enter into force.")
    assert [(one.language, one.url) for one in release.editions] == [
        ("de", ROOM.format("de")),
        ("fr", ROOM.format("fr")),
    ]
    assert [one.caption for one in release.images] == ["A small port at night © European Union"]
    assert [one.label for one in release.attachments] == ["Briefing: lamps", "PDF version"]


def test_the_minute_is_that_of_brussels() -> None:
    release = release_of(PAGE, kind="html")
    assert release.published and release.updated
    assert (release.published.at, release.published.precision) == (datetime(2026, 3, 5, 11, 25, tzinfo=UTC), "minute")
    assert release.updated.on == date(2026, 3, 6)
    same = PAGE.replace("2026-03-06 09:40:00.0", "2026-03-05 12:25:00.0")
    assert release_of(same, kind="html").updated is None
    others = {other.value for other in release.evidence["published"].others}
    assert others == {"2026-03-05", "2026-03-02", "2026-05-03"}  # the last: how figures read with day and month changed


@pytest.mark.parametrize(("lost", "named"), [("h1", "h1.ep_title"), ("ep-a_", ".ep-a_text")])
def test_what_is_missing_is_named(lost: str, named: str) -> None:
    markup = PAGE.replace("h1", "h4").replace("og:title", "x") if lost == "h1" else PAGE.replace("ep-a_", "ep-a_text-")
    assert named in rejection_of(markup, kind="html").reason


def test_real_pages() -> None:
    days = {"20190712IPR56948": ("2019-07-18T09:37Z", 12), "20241212IPR25960": ("2024-12-17T12:17Z", 16)}
    for number, (instant, blocks) in days.items():
        release = release_of(shared(f"corpora/pages/europarl/{number}.html").read_bytes(), kind="html")
        assert (release.native_id, len(release.editions), len(release.blocks)) == (number, 23, blocks)
        assert release.published and release.published.at
        assert release.published.at.strftime("%Y-%m-%dT%H:%MZ") == instant
        assert not any(word in release.body for word in ("Share this page", "Contacts", "Product information", "Ref.:"))
