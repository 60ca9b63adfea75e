"""The Federal Register as entries of its interface and as printed text: who, when, what, under one number."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.parsers.captures import kinds, rejection_of, release_of

PAGES = Path(__file__).parent / "pages"
ENTRY = json.loads((PAGES / "federal_register-2.notice.json").read_text(encoding="utf-8"))
TEXT = (PAGES / "federal_register_text-1.rule.txt").read_text(encoding="utf-8")
FETCHED = "https://www.federalregister.gov/documents/full_text/text/2026/01/15/2026-00711.txt"
ORDER = """[Federal Register Volume 91, Number 10 (Thursday, January 15, 2026)]
[Presidential Documents]
[FR Doc No: 2026-00801]


                        Presidential Documents

___________________________________________________________________

Title 3--
The President

[[Page 1801]]

                Executive Order 19999 of January 12, 2026


Lighting Every Harbour by the End of the
Decade

                By the authority vested in me as President, and so
                that no ship need guess at a coast, it is hereby
                ordered as follows:

                Section 1. Purpose. Lamps save lives.

[FR Doc. 2026-00801 Filed 1-14-26; 11:15 am]
Billing code 3395-F4-P
"""


def test_what_a_printed_document_says() -> None:
    release = release_of(TEXT, kind="text/plain", url=FETCHED)
    assert (release.parser, release.publisher) == ("federal_register_text/1", "federalregister.gov")
    assert (release.native_id, release.language, release.url) == ("2026-00711", "en", FETCHED)
    assert release.title == "Safety Zone; Old Ferry Pier, Port Alder, WA"
    assert release.office == "Lamp Service, Department of Harbours"
    assert release.published is not None
    assert (release.published.on, release.published.precision) == (date(2026, 1, 15), "day")
    assert release.body.startswith("AGENCY: Lamp Service")
    assert release.body.endswith("Captain, Lamp Service, Captain of the Port of Port Alder.")
    assert "a height of thirty feet is a danger to anybody below" in release.body
    assert not any(mark in release.body for mark in ("[[Page", "-----", "FR Doc.", "BILLING"))


def test_without_its_wrapping_a_text_says_the_same() -> None:
    bare = TEXT[TEXT.index("<pre>") + 6 : TEXT.index("</pre>")].replace('<a href="http://www.gpo.gov">', "")
    seen, told = release_of(TEXT), release_of(bare.replace("</a>", ""))
    assert (seen.title, seen.blocks, seen.published, seen.url) == (told.title, told.blocks, told.published, told.url)
    assert seen.url == "https://www.federalregister.gov/d/2026-00711"


def test_an_order_of_the_president_has_its_headline_below_its_number() -> None:
    release = release_of(ORDER)
    assert (release.title, release.native_id) == ("Lighting Every Harbour by the End of the Decade", "2026-00801")
    assert [block.text[:10] for block in release.blocks] == ["By the aut", "Section 1."]
    assert release.office is None


def test_an_entry_is_a_part_and_says_so() -> None:
    release = release_of(json.dumps(ENTRY), kind="application/json")
    printed = release_of(TEXT)
    assert (release.parser, release.rendition, release.completeness) == ("federal_register/2", "api", "partial")
    assert "abstract" in release.evidence["completeness"].rule
    for field in ("publisher", "native_id", "language", "title"):
        assert getattr(release, field) == getattr(printed, field), field
    assert release.published and printed.published and release.published.on == printed.published.on
    assert release.office == "Harbours Department; Lamp Service"
    assert [one.media_type for one in release.attachments] == ["application/pdf"]
    assert kinds(release) == ["paragraph"]


@pytest.mark.parametrize(
    ("body", "kind", "named"),
    [
        (TEXT.replace("AGENCY:", "BUREAU:"), "text/plain", "AGENCY:"),
        (TEXT.replace("[FR Doc No: 2026-00711]", ""), "text/plain", "[FR Doc No:"),
        (json.dumps(ENTRY | {"title": None}), "application/json", "title"),
        (json.dumps({"count": 1, "results": [ENTRY]}), "application/json", "shape that is not known"),
    ],
)
def test_what_is_missing_is_named(body: str, kind: str, named: str) -> None:
    assert named in rejection_of(body, kind=kind).reason
