"""A capture's readings as JSON values: the digests, the rejections, and the form in which children answer."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import to_json

from parsers.answering import read_capture
from parsers.readings import GROUNDS, Reading, as_json, fields_digest, from_json
from parsers.records import Release
from sources.capture import Capture, Stated, digest, facts_digest

PLAIN = """Nursery opens its gates

The nursery welcomes visitors from Monday with three rules to keep in mind:

- Keep to the gravel paths
- Leave the seedlings alone
- Close the gate behind you

Tickets cost 1.5 crowns, and children enter free of charge until the summer.
"""
MARKDOWN = "# " + PLAIN.replace("\n- ", "\n* ").replace("from Monday with", "from\nMonday with")
PAGE = """<html lang="en"><head><title>Nursery opens its gates</title></head><body><h1>Nursery opens its gates</h1>
<p>The nursery welcomes visitors from <b>Monday</b> with three rules to keep in mind:</p>
<ul><li>Keep to the gravel paths</li><li>Leave the seedlings alone</li><li>Close the gate behind you</li></ul>
<p>Tickets cost 1.5 crowns, and children enter free of charge until the summer.</p></body></html>"""


def read(text: str | bytes, media_type: str = "text/plain", name: str = "a", fault: str | None = None) -> Reading:
    body = text if isinstance(text, bytes) else text.encode()
    stated = Stated(publisher="unknown")
    (reading,) = read_capture(
        Capture(
            source="folder",
            ref="file:///inbox/a",
            name=name,
            target_uri="file:///inbox/a",
            captured_at=datetime(2026, 1, 31, tzinfo=UTC),
            media_type=media_type,
            body=body,
            payload_sha256=digest(body),
            content_sha256=digest(body),
            facts_sha256=facts_digest(stated),
            stated=stated,
            fault=fault,
        )
    )
    return reading


def digests(reading: Reading) -> tuple[str, str]:
    assert reading.record, reading.rejection
    return reading.text_sha256, reading.body_sha256


def test_format_and_spacing_do_not_count() -> None:
    plain = digests(read(PLAIN))
    assert digests(read(MARKDOWN, "text/markdown")) == plain
    assert digests(read(PAGE, "text/html")) == plain
    assert digests(read(PLAIN.replace("\n", "\r\n").replace("cost 1.5", "cost\u00a01.5"))) == plain


@pytest.mark.parametrize(("old", "new"), [("gravel", "Gravel"), ("Tickets cost", "\u201cTickets\u201d cost")])
def test_case_and_punctuation_count_in_the_strict_digest_only(old: str, new: str) -> None:
    before, after = read(PLAIN), read(PLAIN.replace(old, new))
    assert before.body_sha256 != after.body_sha256
    same_text = before.text_sha256 == after.text_sha256
    assert same_text == (old == "gravel"), "quotation marks that were not there say something new"


def test_a_changed_figure_changes_both_digests() -> None:
    before, after = read(PLAIN), read(PLAIN.replace("1.5", "15"))
    assert before.text_sha256 != after.text_sha256
    assert before.body_sha256 != after.body_sha256


def test_a_record_holds_json_values_and_passes_validation_again() -> None:
    reading = read(PLAIN)
    assert reading.record
    assert Release.model_validate(reading.record).model_dump(mode="json") == reading.record
    assert reading.rejection is None


@pytest.mark.parametrize("body", [b"", b"\0" * 500, bytes(range(256)) * 20])
def test_what_cannot_be_read_gives_a_reason(body: bytes) -> None:
    rejection = read(body).rejection
    assert rejection
    assert rejection["stage"] in ("decode", "parse", "validate")
    assert rejection["reason"]
    assert rejection["parser"]


def test_a_reason_with_a_name_that_is_no_text_can_be_sent() -> None:
    reading = read(PLAIN, fault="the sidecar caf\udce9.meta.toml is broken")
    assert reading.rejection
    assert from_json(as_json([reading])) == (reading,)


def test_answers_come_back_as_they_were() -> None:
    readings = (read(PLAIN), read(b"\0" * 500))
    assert from_json(as_json(readings)) == readings


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
)


@given(json_values)
def test_json_that_is_no_answer_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="."):
        from_json(to_json(value))


@given(st.binary(max_size=60))
def test_bytes_that_are_no_answer_are_refused(answer: bytes) -> None:
    with pytest.raises(ValueError, match="."):
        from_json(answer)


def test_half_a_record_is_refused() -> None:
    record = read(PLAIN).record
    assert record
    half = {key: record[key] for key in list(record)[:5]}
    with pytest.raises(ValueError, match="not readings"):
        from_json(as_json([Reading(record=half)]))


@pytest.mark.parametrize("name", Release.model_fields)
def test_a_digest_of_fields_tells_each_of_them(name: str) -> None:
    reading = read(PLAIN)
    assert reading.record
    assert fields_digest(reading.record) == reading.fields_sha256
    other = fields_digest(reading.record | {name: "another"} if name != "evidence" else without_evidence(reading))
    assert (other == reading.fields_sha256) == (GROUNDS.get(name) is True)


def without_evidence(reading: Reading) -> dict[str, Any]:
    assert reading.record
    kept = {name: reading.record["evidence"][name] for name in ("publisher", "title")}
    return reading.record | {"evidence": kept}


def test_a_digest_of_fields_tells_whether_they_are_stated_and_not_by_which_rule() -> None:
    record = read(PLAIN + "\nIssued on 2 March 2025").record
    assert record
    assert record["published"]
    evidence, published = record["evidence"], record["published"]
    other_basis = evidence | {"title": evidence["title"] | {"basis": "inferred", "rule": "another"}}
    assert fields_digest(record | {"evidence": other_basis}) != fields_digest(record)
    assert fields_digest(record | {"published": published | {"rule": "another"}}) == fields_digest(record)
    assert fields_digest(record | {"published": published | {"text": "2.3.2025"}}) != fields_digest(record)
