"""Links of a text in the archive: kept, shown, and no reason for a version by themselves."""

from dataclasses import replace
from typing import Any

import duckdb
import pytest

from parsers.answering import answer
from parsers.readings import as_json, from_json
from tests.desk import Desk
from tests.parsers.captures import capture_of
from tests.samples import QUAY, QUAY_TITLE, news
from warehouse.connection import attached
from warehouse.resolution.deciding import decide
from warehouse.resolution.known import Known
from warehouse.resolution.rows import reading_fields
from warehouse.resolution.verdicts import Verdict
from warehouse.staging import Entry

URL = "https://harbour.example/news/quay"


def page(address: str) -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in QUAY)
    return (
        f'<html lang="en"><head><title>{QUAY_TITLE}</title><link rel="canonical" href="{URL}"></head><body>'
        f'<h1>{QUAY_TITLE}</h1><p>June 25, 2025</p>{text}<p>Which boats may moor is told in the <a href="{address}">'
        "rules of the harbour</a>, which hold for all who come by sea.</p></body></html>"
    )


def test_links_stand_in_the_archive_and_make_no_version(desk: Desk) -> None:
    desk.drop("a.html", page("/rules"))
    assert desk.ingest() == {"new": 1}
    told = [{"url": "https://harbour.example/rules", "label": "rules of the harbour"}]
    assert desk.column("SELECT links FROM releases") == [told]
    desk.drop("a.html", page("/rules-of-2026"))
    assert desk.ingest() == {"unchanged": 1}
    assert desk.column("SELECT count(*) FROM versions") == [1]
    assert desk.wrong() == []


def verdict_of(con: duckdb.DuckDBPyConnection, links: list[dict[str, str]]) -> Verdict:
    """What becomes of the one release that is held when its bytes are read again and have these links."""
    known = Known(con)
    (name,) = (row[0] for row in con.execute("SELECT release_id FROM kept.readings").fetchall())
    known.recall_releases([name])
    held = known.held[name]
    for kind, value in sorted(known.keys[name]):
        known.name(name, kind, value)
    entry = Entry("read", "r", "n", held["first_seen_at"], True, True, held["input_sha256"], dict(held))
    placed = ("release_id", "version", "reading", "reading_no", "supersedes", "edit_kind", "changed_fields")
    left_out = (*placed, "release_seen_at", "first_seen_at", "input_sha256", "content_sha256", "item", "source")
    fields: dict[str, Any] = {name: value for name, value in held.items() if name not in left_out}
    return decide(known, entry, held["item"], fields | {"links": links, "body": "a body"}, held["source"])


@pytest.mark.parametrize(
    ("links", "is_read_anew"), [([], False), ([{"url": "https://a.example/", "label": "a"}], True)]
)
def test_a_reading_without_links_reads_as_one_that_has_none(
    desk: Desk, links: list[dict[str, str]], *, is_read_anew: bool
) -> None:
    desk.drop("a.txt", news())
    desk.ingest()
    with attached(desk.home.warehouse) as con:
        con.execute("UPDATE kept.readings SET links = NULL")
        verdict = verdict_of(con, links)
    assert (verdict.outcome, verdict.version) == ("unchanged", 1)
    assert (verdict.reading is not None) == is_read_anew


def test_a_batch_staged_before_links_were_kept_is_loaded() -> None:
    (told,) = answer(capture_of(news())).open()
    assert told.record is not None
    earlier = {name: value for name, value in told.record.items() if name != "links"}
    (reading,) = from_json(as_json((replace(told, record=earlier),)))
    assert reading_fields(reading)["links"] == []
