"""Atom (RFC 4287): the releases seen last, and the edits seen last, as two files that a feed reader takes.

Entries are named by a UUID that follows from release_id and version, the same in every export.
"""

import re
import uuid
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree as ET

from parsers.publishers import by_key
from sources.capture import rfc3339
from warehouse.connection import sql
from warehouse.exporting.job import Job

ENTRIES = 100
NAMESPACE = "http://www.w3.org/2005/Atom"
FEEDS = (  # file, title, its SQL, prefix of its entries' names
    ("releases.atom", "New press releases", "newest_releases", "release"),
    ("edits.atom", "Edits of press releases", "newest_edits", "edit"),
)

_NAMES = uuid.uuid5(uuid.NAMESPACE_URL, "urn:communique:atom")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


def write(job: Job) -> None:
    """Writes `releases.atom` and `edits.atom`, the newest first."""
    for name, title, query, prefix in FEEDS:
        found = job.con.execute(sql(f"exporting/{query}"), {"entries": ENTRIES})
        columns = [column[0] for column in found.description or ()]
        rows = [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
        job.package.counts[f"{prefix}s_told"] = len(rows)
        job.package.path(name).write_bytes(_feed(job, title, prefix, rows))


def _feed(job: Job, title: str, prefix: str, rows: list[dict[str, Any]]) -> bytes:
    feed = ET.Element("feed", {"xmlns": NAMESPACE})
    _add(feed, "id", _name(f"{prefix} {job.package.about['query']}"))
    _add(feed, "title", title)
    _add(feed, "updated", _instant(rows[0]["seen_at"] if rows else job.as_at))
    _add(feed, "generator", str(job.package.about["software"]))
    for row in rows:
        _entry(feed, prefix, row)
    ET.indent(feed)
    written: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(feed: ET.Element, prefix: str, row: dict[str, Any]) -> None:
    entry = ET.SubElement(feed, "entry", {"xml:lang": _clean(row["language"])})
    place = row["release_id"] if prefix == "release" else f"{row['release_id']} {row['version']}"
    _add(entry, "id", _name(f"{prefix} {place}"))
    _add(entry, "title", row["title"])
    _add(entry, "updated", _instant(row["seen_at"]))
    if row["published_at"]:
        _add(entry, "published", _instant(row["published_at"]))
    _add(ET.SubElement(entry, "author"), "name", _called(row["publisher"], row["language"]))
    if row["url"]:
        ET.SubElement(entry, "link", {"rel": "alternate", "href": _clean(row["url"])})
    for scheme, term in (("release_id", row["release_id"]), ("version", row["version"])):
        ET.SubElement(entry, "category", {"scheme": f"urn:communique:{scheme}", "term": str(term)})
    if row["rights"]:
        _add(entry, "rights", row["rights"])
    _add(entry, "summary", f"{row['told']}\n\nrelease {row['release_id']}, version {row['version']}, "
         f"sha256 {row['content_sha256']}")  # fmt: skip


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = _clean(text)


def _called(publisher: str, language: str) -> str:
    known = by_key(publisher)
    return known.names.get(language, next(iter(known.names.values()))) if known and known.names else publisher


def _name(told: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_NAMES, told)}"


def _instant(value: datetime) -> str:
    return rfc3339(value.astimezone(UTC))


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
