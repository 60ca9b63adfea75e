"""Documents of the European Commission's press corner, as its interface gives them."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.parsers.captures import kinds, rejection_of, release_of

JSON = "application/json"
SITE = "https://ec.europa.eu/commission/presscorner"
ASKED = f"{SITE}/api/documents?reference=IP/26/1711&language=en"
TOLD = json.loads((Path(__file__).parent / "pages" / "ec_presscorner-2.press_release.json").read_text(encoding="utf-8"))


def with_text(**changes: Any) -> str:
    return json.dumps(TOLD | {"docuLanguageResource": TOLD["docuLanguageResource"] | changes})


def test_what_a_document_says() -> None:
    release = release_of(json.dumps(TOLD), kind=JSON, url=ASKED)
    assert (release.parser, release.publisher, release.rendition) == ("ec_presscorner/2", "ec.europa.eu", "api")
    assert (release.native_id, release.url) == ("ip_26_1711", f"{SITE}/detail/en/ip_26_1711")
    assert (release.language, release.subtitle) == ("en", "Small ports first")
    assert release.title == "Commission lights the harbours: €40 million for 200 lamps"
    assert kinds(release) == ["paragraph", "paragraph", "heading", "list", "heading", "paragraph"]
    assert release.blocks[1].text == "«Every port deserves its light,» said the Commissioner for Harbours."
    assert release.office == "Commissioner Vella"
    assert [one.url for one in release.editions] == [f"{SITE}/detail/{code}/ip_26_1711" for code in ("fr", "de")]
    assert [one.label for one in release.attachments] == ["Factsheet: harbour lamps", "September"]
    assert f"{SITE}/detail/en/ip_25_120" in [one.url for one in release.links]
    assert (release.evidence["place"].text, release.evidence["kind"].text) == ("Brussels", "Press release")


def test_the_instant_of_publication_lies_on_the_local_day() -> None:
    published = release_of(json.dumps(TOLD), kind=JSON).published
    assert published is not None
    assert (published.at, published.on) == (datetime(2026, 7, 1, 22, 15, 30, tzinfo=UTC), date(2026, 7, 2))
    earlier = release_of(json.dumps(TOLD | {"eventDate": "2026-06-30"}), kind=JSON)
    assert [other.value for other in earlier.evidence["published"].others] == ["2026-06-30"]


def test_without_the_instant_the_day_counts() -> None:
    published = release_of(json.dumps(TOLD | {"publishDate": None}), kind=JSON).published
    assert published is not None
    assert (published.at, published.on, published.precision) == (None, date(2026, 7, 2), "day")


def test_codes_of_languages_come_in_two_shapes() -> None:
    release = release_of(json.dumps(TOLD | {"languages": [{"code": "EN"}, {"code": "PL"}, 7]}), kind=JSON)
    assert [one.language for one in release.editions] == ["pl"]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (with_text(title=None), "docuLanguageResource.title"),
        (json.dumps(TOLD | {"refCd": "?"}), "refCd"),
        (with_text(htmlContent="", attachmentResources=[]), "no text"),
        (json.dumps(TOLD | {"docuLanguageResource": None}), "docuLanguageResource.title"),
    ],
)
def test_what_is_missing_is_named(body: str, named: str) -> None:
    assert named in rejection_of(body, kind=JSON).reason
