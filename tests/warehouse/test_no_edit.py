"""What a publisher's page may show otherwise without an edit: unseen characters, and what it tells of its dates."""

from pathlib import Path

import pytest

from tests.desk import Desk

TITLE = "Ninth quay re-opens in March"
TEXT = (
    "The Harbour Office said today that the ninth quay re-opens after repairs \U0001f600 that took two years.",
    "Ferries will sail every ten minutes from six in the morning until midnight.",
    "Visitors are asked to use the eastern gate until the western gate of \u8fbb is finished.",
)
DAY = "2026-03-04"


def page(text: str = "\n".join(TEXT), published: str = DAY, title: str = TITLE) -> str:
    told = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    stated = f'<meta property="article:published_time" content="{published}">' if published else ""
    article = f"<article><h1>{title}</h1>{told}</article>"
    return f"<html lang=en><head><title>{title}</title>{stated}</head><body>{article}</body></html>"


def visits(desk: Desk, pages: list[str]) -> Path:
    """The same page seen again and again, hour by hour."""
    rows = []
    for hour, told in enumerate(pages):
        path = desk.root / f"look-{hour}.html"
        path.write_text(f"<!-- {hour} -->{told}", encoding="utf-8")
        seen = f"2026-03-04T{10 + hour}:00:00Z"
        rows.append({"file": path.name, "url": "https://press.example.gov/news/ninth-quay", "seen_at": seen})
    return desk.list_of(rows)


def test_what_nobody_sees_is_no_edit_and_the_stored_text_stays(desk: Desk) -> None:
    text = "\n".join(TEXT)
    told = [
        text.replace("repairs", "re\u00adpairs"),
        text.replace("two years", "two\u2060 years"),
        text.replace("\U0001f600", "\U0001f600\ufe0f"),
        text.replace("\u8fbb", "\u8fbb\U000e0100"),
        text.replace("re-opens", "re\u2011opens"),
        text.replace("Ferries", "\ufeff\u200eFerries"),
        text.replace("Visitors", "\u2022 Visitors"),
    ]
    pages = [page(), *map(page, told), page(title=TITLE.replace("re-", "re\u2011")), page()]
    assert desk.ingest(visits(desk, pages)) == {"new": 1, "unchanged": len(pages) - 1}
    assert desk.column("SELECT body FROM releases") == ["\n\n".join(TEXT)]


def test_what_everybody_sees_beside_it_is(desk: Desk) -> None:
    text = "\n".join(TEXT)
    told = [text.replace("ten minutes", "ten\u2060 minute"), text.replace("re-opens", "re\u2013opens")]
    assert desk.ingest(visits(desk, [page(), *map(page, told)])) == {"new": 1, "revised": 2}


def test_an_unseen_character_that_goes_is_no_edit_of_what_an_earlier_run_keeps(desk: Desk) -> None:
    hyphened = page("\n".join(TEXT).replace("repairs", "re\u00adpairs"))
    desk.ingest(visits(desk, [hyphened]))
    assert desk.ingest(visits(desk, [hyphened, page()])) == {"unchanged": 2}


@pytest.mark.parametrize(
    ("before", "after", "is_edit"),
    [
        (DAY, f"{DAY}T16:25:00+00:00", False),
        (f"{DAY}T00:00:00+00:00", f"{DAY}T16:25:00+00:00", False),
        (f"{DAY}T09:00:00+00:00", f"{DAY}T09:00:41+00:00", False),
        (f"{DAY}T09:00:00+00:00", f"{DAY}T17:00:00+08:00", False),
        (f"{DAY}T09:00:00+00:00", DAY, False),
        (DAY, "", False),
        (f"{DAY}T09:00:00+00:00", f"{DAY}T09:01:00+00:00", True),
        (DAY, "2026-03-05", True),
        (f"{DAY}T09:00:00+00:00", "2026-03-05", True),
        ("", DAY, True),
    ],
)
def test_a_date_is_edited_where_both_tell_another(desk: Desk, before: str, after: str, is_edit: bool) -> None:
    looks = visits(desk, [page(published=before), page(published=after)])
    assert desk.ingest(looks) == {"new": 1, "revised" if is_edit else "unchanged": 1}
