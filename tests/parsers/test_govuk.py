"""GOV.UK as content items and as pages: the same fields from both, the history kept, lists and guides refused."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from parsers.records import Release
from tests.parsers.captures import kinds, rejection_of, release_of, shared

PAGES = Path(__file__).parent / "pages"
JSON = "application/json"
ADDRESS = "https://www.gov.uk/government/speeches/keeping-the-lamps-lit"
FOR_MACHINES = ADDRESS.replace("gov.uk/", "gov.uk/api/content/")
ITEM = json.loads((PAGES / "govuk-2.speech.json").read_text(encoding="utf-8"))
PAGE = (PAGES / "govuk_page-1.speech.html").read_text(encoding="utf-8")


def item(details: dict[str, Any] | None = None, **changes: Any) -> Release:
    return release_of(json.dumps(ITEM | changes | {"details": ITEM["details"] | (details or {})}), kind=JSON)


def test_what_a_content_item_says() -> None:
    release = release_of(json.dumps(ITEM), kind=JSON, url=FOR_MACHINES)
    assert (release.parser, release.publisher, release.rendition) == ("govuk/2", "gov.uk", "api")
    assert (release.native_id, release.url) == (ITEM["content_id"], ADDRESS)
    assert [other.value for other in release.evidence["url"].others] == [FOR_MACHINES]
    assert (release.title, release.subtitle) == (ITEM["title"], ITEM["description"])
    assert (release.office, release.source_label) == ("Harbour Office; Lamp & Buoy Agency", "Ana Reyes MP")
    assert kinds(release) == ["heading", "paragraph", "list", "quote", "paragraph", "table"]
    assert [(edition.language, edition.url) for edition in release.editions] == [("cy", f"{ADDRESS}.cy")]
    assert release.links[0].url == "https://www.gov.uk/government/collections/lamps"
    assert [(one.label, one.media_type) for one in release.attachments] == [("Lamps: a plan", "application/pdf")]
    assert [one.caption for one in release.images] == ["Minister Ana Reyes", "The pier at dusk, by a keeper."]
    assert release.images[0].url == "https://www.gov.uk/government/uploads/reyes.jpg"


def test_dates_are_those_of_the_publishers_zone() -> None:
    release = item()
    assert release.published and release.updated and release.event
    assert (release.published.at, release.published.on) == (datetime(2026, 6, 30, 23, 30, tzinfo=UTC), date(2026, 7, 1))
    assert release.published.zone == "Europe/London"
    assert release.updated.at == datetime(2026, 7, 3, 9, 15, 20, tzinfo=UTC)
    assert (release.event.at, release.event.on, release.event.precision) == (None, date(2026, 6, 29), "day")
    assert "Whitby" in release.evidence["event"].text


@pytest.mark.parametrize(
    ("first", "changed", "day"),
    [
        ("2026-06-30T23:30:00Z", "2026-06-30T23:29:56Z", None),
        ("2026-06-30T23:30:00Z", "2026-06-30T23:30:00Z", None),
        ("2026-06-30T23:30:00Z", "2026-07-01T08:00:00Z", date(2026, 7, 1)),
        ("2026-06-30T00:00:00Z", "2026-06-30T00:00:00Z", None),
        ("2026-06-30T00:00:00Z", "2026-07-02T08:00:00Z", date(2026, 7, 2)),
    ],
)
def test_an_update_is_a_later_one(first: str, changed: str, day: date | None) -> None:
    updated = item(first_published_at=first, public_updated_at=changed).updated
    assert (updated.on if updated else None) == day


@pytest.mark.parametrize("written", ["2026-07-01T00:00:00.000+00:00", "2026-06-30T23:00:00Z", "2026-07-01"])
def test_midnight_is_a_day(written: str) -> None:
    published = item(first_published_at=written, details={"first_public_at": written}).published
    assert published and (published.at, published.on) == (None, date(2026, 7, 1))


def test_a_text_in_several_forms_is_read_as_markup() -> None:
    forms = [
        {"content_type": "text/govspeak", "content": "Lamps."},
        {"content_type": "text/html", "content": "<p>Lamps!</p>"},
    ]
    assert item(details={"body": forms}).body == "Lamps!"


def test_the_history_is_evidence() -> None:
    found = item().evidence["change_history"]
    assert "Added the number of lamps." in found.text
    assert [other.text for other in found.others] == ["First published."]
    withdrawn = item(withdrawn_notice={"explanation": "<p>Old</p>", "withdrawn_at": "2026-09-01T10:00:00Z"})
    assert withdrawn.evidence["withdrawn"].text == "2026-09-01T10:00:00Z"


def test_page_and_item_say_the_same() -> None:
    seen, told = release_of(PAGE, kind="html", url=ADDRESS), item()
    assert (seen.parser, seen.rendition) == ("govuk_page/1", "page")
    for field in (
        "publisher", "native_id", "language", "url", "title", "subtitle", "blocks", "office", "source_label", "rights",
        "links",
    ):  # fmt: skip
        assert getattr(seen, field) == getattr(told, field), field
    for field in ("published", "updated", "event"):
        stamps = [getattr(one, field) for one in (seen, told)]
        assert stamps[0].at == stamps[1].at and stamps[0].on == stamps[1].on, field
    assert [one.url for one in seen.images] == [one.url for one in told.images]
    assert [one.url for one in seen.attachments] == [one.url for one in told.attachments]
    assert [(one.language, one.url) for one in seen.editions] == [(one.language, one.url) for one in told.editions]
    assert "Added the number" in seen.evidence["change_history"].text


@pytest.mark.parametrize("kind", ["finder", "document_collection", "guide", "redirect", ""])
def test_what_is_no_release_is_refused_by_its_kind(kind: str) -> None:
    assert "not a release" in rejection_of(json.dumps(ITEM | {"document_type": kind}), kind=JSON).reason


def test_what_is_missing_is_named() -> None:
    assert "title" in rejection_of(json.dumps(ITEM | {"title": ""}), kind=JSON).reason
    assert "main h1" in rejection_of(PAGE.replace("h1", "h4"), kind="html").reason
    guide = PAGE.replace('content="speech"', 'content="guide"').replace("govspeak", "guide-text")
    assert "guide is not a release" in rejection_of(guide, kind="html").reason
    assert ".gem-c-govspeak" in rejection_of(PAGE.replace("govspeak", "other"), kind="html").reason


@pytest.mark.parametrize("body", [b"[]", b"{}", b"null", b'"content_id document_type base_path"', b'{"a": 1}', b"{"])
def test_other_json_is_refused_with_a_reason(body: bytes) -> None:
    rejection = rejection_of(body, kind=JSON)
    assert "shape that is not known" in rejection.reason
    assert "govuk" in rejection.reason


def test_an_item_without_a_text_is_refused_and_the_member_is_named() -> None:
    bare = ITEM | {"details": {}}
    assert rejection_of(json.dumps(bare), kind=JSON).reason.endswith("(details.body)")


def test_members_of_wrong_kinds_read_as_absent() -> None:
    odd = {"links": [], "description": {"a": 1}, "first_published_at": 7, "public_updated_at": None}
    release = item(details={"image": "x", "change_history": "y", "attachments": [1, {"url": 3}]}, **odd)
    assert (release.subtitle, release.office, release.updated) == (None, None, None)


def test_every_real_item_but_the_finder_gives_all_fields() -> None:
    folder = shared("corpora/pages/gov.uk")
    for path in sorted(folder.glob("*.json")):
        told = json.loads(path.read_bytes())
        if told["document_type"] == "finder":
            assert "not a release" in rejection_of(path.read_bytes(), kind=JSON).reason
            continue
        release = release_of(path.read_bytes(), kind=JSON)
        assert release.published and release.published.on, path.name
        assert release.published.on.isoformat() == told["first_published_at"][:10], path.name
        assert (release.language, release.title) == (told["locale"], told["title"]), path.name
        assert release.office and release.blocks and release.images, path.name
        assert (release.event is not None) == ("delivered_on" in told["details"]), path.name
        assert len(release.editions) == max(0, len(told["links"].get("available_translations", ())) - 1), path.name
