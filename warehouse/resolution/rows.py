"""A record as the flat row that stands in the archive, and the part of a row that comparisons need."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json

from parsers.readings import BASED, Reading

STAMPS = ("published", "updated", "event")
STAMP_PARTS = ("at", "on", "precision", "zone", "text", "rule", "basis")
PLAIN = (
    "publisher",
    "native_id",
    "language",
    "url",
    "title",
    "subtitle",
    "body",
    "address_on",
    "listed_at",
    "editions",
    "related",
    "links",
    "rendition",
    "images",
    "attachments",
    "videos",
    "source_label",
    "office",
    "rights",
    "parser",
    "completeness",
)


def reading_fields(item: Reading) -> dict[str, Any]:
    """The columns of `readings` that come from the record itself, as JSON values."""
    record = item.record
    if record is None:
        raise ValueError("a rejected item has no reading")
    record = {"links": [], **record}  # a batch staged before links were kept has none
    row: dict[str, Any] = {name: record[name] for name in PLAIN}
    for stamp in STAMPS:
        told: Mapping[str, Any] = record[stamp] or {}
        for part in STAMP_PARTS:
            row[f"{stamp}_{part}"] = told.get(part)
    row |= {f"{name}_basis": _basis(record, name) for name in BASED}
    row["block_spans"] = _spans(record["blocks"])
    row["evidence"] = to_json(record["evidence"]).decode()
    row["text_sha256"] = item.text_sha256
    row["body_sha256"] = item.body_sha256
    row["fields_sha256"] = item.fields_sha256 or None
    return row


def _basis(record: Mapping[str, Any], field: str) -> str:
    evidence = record["evidence"].get(field)
    return str(evidence["basis"]) if evidence else "inferred"


def _spans(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    spans = []
    start = 0
    for block in blocks:
        length = len(block["text"])
        spans.append({"kind": block["kind"], "level": block["level"], "start": start, "length": length})
        start += length + 2
    return spans
