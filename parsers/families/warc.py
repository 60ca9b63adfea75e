"""WARC and ARC files: every page or document that was fetched becomes an item of its own, read as if fetched here.

- Addresses, times and header fields are those of the records; an operator's facts about the file say nothing about
  its pages but whose they are and in what language.
- Requests, revisits, redirects, errors, pictures and the like are no releases: they are counted, not listed.
- A damaged file gives what can be read, and an item that names the place.
"""

from collections import Counter
from contextlib import redirect_stderr
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from urllib.parse import urlsplit

from parsers import registry
from parsers.records import Evidence, Rejection, Release, clip
from parsers.warc_records import LARGEST_BODY, Broken, Stored, records_in
from sources.capture import Capture, Stated, digest, facts_digest
from sources.media_types import UNKNOWN, by_name, split_media_type

PARSER = "warc/1"
MOST_ITEMS = 150  # read together, within the time that one capture has
MOST_BYTES = 16_000_000  # of all pages that are read

_HELD = frozenset({"response", "resource", "conversion"})


def read(capture: Capture) -> list[Release | Rejection]:
    """The releases of a file, each page by the parser that would read it alone."""
    found: list[Release | Rejection] = []
    skipped: Counter[str] = Counter()
    size = left = 0
    with redirect_stderr(StringIO()):  # the library tells the terminal what it overlooks
        for record in records_in(capture.body):
            if isinstance(record, Broken):
                reason = f"damaged at byte {record.offset} of what it unpacks to: {record.reason}"
                found.append(Rejection("parse", reason, PARSER))
                continue
            one = _capture(capture, record)
            if isinstance(one, str) or not _is_read(one):
                skipped[one if isinstance(one, str) else one.media_type] += 1
            elif len(found) >= MOST_ITEMS or size + len(one.body) > MOST_BYTES:
                left += 1
            else:
                size += len(one.body)
                found += [_placed(item, record) for item in registry.read(one)]
    if left:
        reason = (
            f"{left} more records were not read: a file may hold {MOST_ITEMS} pages and {MOST_BYTES:,} bytes of them"
        )
        found.append(Rejection("parse", f"{reason}; split it and drop the parts", PARSER))
    return _told(found, skipped)


def _is_read(one: Capture) -> bool:
    """Whether a page has a parser; a container in a container has none."""
    parser = registry.chosen(one)
    return parser is not None and parser.label != PARSER


def _told(found: list[Release | Rejection], skipped: Counter[str]) -> list[Release | Rejection]:
    """The items, with what was skipped beside the first; a Rejection where there are none."""
    counted = ", ".join(f"{what}: {count}" for what, count in sorted(skipped.items()))
    if not found:
        return [Rejection("parse", f"no page or document in it; what it holds: {counted or 'nothing'}", PARSER)]
    first = found[0]
    if counted and isinstance(first, Release):
        evidence = Evidence(rule="records that are no releases", text=clip(counted), basis="stated")
        found[0] = first.model_copy(update={"evidence": first.evidence | {"skipped": evidence}})
    return found


def _capture(container: Capture, record: Stored) -> Capture | str:
    """The record as a capture of its own, or in a word why it is none."""
    if record.kind not in _HELD:
        return record.kind or "record without type"
    if record.status not in ("", "200"):
        return f"status {record.status[:3]}"
    address = _address(record.url)
    if address is None or address.endswith("/robots.txt"):
        return "notes of the crawler"
    if record.body is None:
        return f"body above {LARGEST_BODY:,} bytes"
    if not record.body:
        return "empty body"
    media_type, charset = split_media_type(record.media_type) if record.media_type else (UNKNOWN, None)
    if media_type == UNKNOWN:
        media_type = by_name(record.url.partition("?")[0])
    stated = Stated(publisher=container.stated.publisher, language=container.stated.language)
    content = digest(record.body)
    return replace(
        container,
        captured_at=_instant(record.date) or container.captured_at,
        media_type=media_type,
        body=record.body,
        payload_sha256=content,
        content_sha256=content,
        facts_sha256=facts_digest(stated),
        stated=stated,
        sidecar_text=None,
        charset=charset,
        url=address or None,
        status=200 if record.status else None,
        completeness="whole" if record.whole else "partial",
        headers=record.headers,
    )


def _address(url: str) -> str | None:
    """The address on the web; empty for a record of a file, None for one about the crawl itself (`metadata://`)."""
    scheme = url.partition(":")[0].lower()
    try:
        return url if scheme in ("http", "https") and urlsplit(url).hostname else "" if scheme in ("file", "") else None
    except ValueError:
        return None


def _placed(item: Release | Rejection, record: Stored) -> Release | Rejection:
    """The item with its place in the file."""
    place = f"record {record.number} at byte {record.offset}"
    if isinstance(item, Rejection):
        return replace(item, reason=f"{place}, {record.url[:200]}: {item.reason}")
    evidence = Evidence(rule="WARC record", text=clip(f"{place}, {record.date}"), basis="stated")
    return item.model_copy(update={"evidence": item.evidence | {"container": evidence}})


def _instant(written: str) -> datetime | None:
    try:
        told = datetime.fromisoformat(written)
    except ValueError:
        return None
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)
