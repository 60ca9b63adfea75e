"""Captures on disk: `raw/<source>/<yyyy>/<mm>/<run>-<n>.warc.gz`, WARC 1.1, each record its own gzip member.

A file begins with a `warcinfo` record; each capture is a `resource` record with the exact bytes and a
`metadata` record with everything else that is known of it, as JSON, which refers to the first.
"""

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sources.capture import Capture, rfc3339
from sources.errors import VaultError
from warehouse.crashpoints import crash_point
from warehouse.home import Home
from warehouse.vault import manifest
from warehouse.vault.members import Damage, Record, header_text, member, uri_text, walk
from warehouse.vault.sealing import SEALED_SUFFIX, Kept, Sealed, drafting, plain_name

__all__ = ["Kept", "Sealed", "capture_at", "capture_of", "captures_in", "file_record", "paired", "preserve"]

JOURNAL = "journal"  # the folder of the batches' decisions, so no source may have this name
UNKNOWN_MEDIA_TYPE = "application/octet-stream"
STANDARD = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"

_RECORD_IDS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:communique:warc-record")


def preserve(
    home: Home, captures: Sequence[Capture], *, source: str, run_id: str, number: int, written_at: datetime
) -> Sealed:
    """Writes captures into one new sealed file and lists it; on return they are on the disk.

    The same arguments give the same bytes: record ids are derived, and gzip carries no time.

    :param number: tells the files of one run and source apart, from 1.
    :param written_at: UTC; names the folder and goes into the manifest.
    :raises VaultError: when that file is there already.
    """
    if plain_name(source) == JOURNAL:
        raise VaultError(f"{source!r} cannot name a source: raw/{JOURNAL} holds the batches' decisions")
    path = f"{source}/{written_at.astimezone(UTC):%Y/%m}/{plain_name(run_id)}-{number}{SEALED_SUFFIX}"
    with drafting(home, path) as draft:
        first = record_id(path, 0)
        about = {"isPartOf": source, "description": f"captures of run {run_id}"}
        draft.add(file_record(path, written_at, about))
        kept = []
        for index, capture in enumerate(captures):
            resource, metadata = _members(
                capture, first, record_id(path, 2 * index + 1), record_id(path, 2 * index + 2)
            )
            offset = draft.add(resource)
            draft.add(metadata)
            kept.append(Kept(offset, len(resource), capture.input_sha256, capture.content_sha256, capture.ref))
        crash_point("after_warc_write")
        sealed = draft.seal(tuple(kept))
        manifest.append(home, sealed, "captures", written_at)
    crash_point("after_seal")
    return sealed


def captures_in(path: Path) -> Iterator[tuple[int, Capture]]:
    """Every capture of a file with the offset of its resource record, in order, one at a time.

    :raises VaultError: naming file and offset, at the first record that is damaged or out of place.
    """
    for pair in paired(walk(path)):
        if isinstance(pair, Damage):
            raise _damaged(path, pair)
        yield pair[0].offset, _checked(path, *pair)


def capture_at(home: Home, path: str, offset: int) -> Capture:
    """The one capture at `offset` of the file `path` below the raw folder.

    :raises VaultError: when it is not there, or damaged.
    """
    file = home.raw / path
    try:
        pair = next(paired(walk(file, offset)), Damage(offset, "no capture begins here"))
    except FileNotFoundError:
        raise VaultError(f"{file}: the file is missing; restore it from a copy of the raw folder") from None
    if isinstance(pair, Damage) or pair[0].offset != offset:
        raise _damaged(file, pair if isinstance(pair, Damage) else Damage(offset, "no capture begins here"))
    return _checked(file, *pair)


def paired(items: Iterable[Record | Damage]) -> Iterator[tuple[Record, Record] | Damage]:
    """Puts each resource record and its metadata record together; a neighbour names whose a damaged one was."""
    resource: Record | None = None
    broken: Damage | None = None
    for item in items:
        if isinstance(item, Record) and item.kind == "metadata":
            if resource is not None:
                yield resource, item
            else:
                yield replace(broken or Damage(item.offset, "a metadata record without its resource"), ref=_ref(item))
            resource = broken = None
            continue
        if resource is not None:
            lost = item if isinstance(item, Damage) else Damage(resource.offset, "its metadata record is missing")
            yield replace(lost, ref=resource.headers.get("warc-target-uri"))
            resource = None
            if isinstance(item, Damage):
                continue
        if broken is not None:
            yield broken
        broken = item if isinstance(item, Damage) else None
        if isinstance(item, Record) and item.kind == "resource":
            resource = item
        elif isinstance(item, Record) and (item.kind != "warcinfo" or item.offset > 0):
            yield Damage(item.offset, f"a record of type {item.kind!a} has no place here")
    if resource is not None:
        yield Damage(resource.offset, "its metadata record is missing", resource.headers.get("warc-target-uri"))
    if broken is not None:
        yield broken


def capture_of(resource: Record, metadata: Record) -> Capture | Damage:
    """The capture that two neighbouring records hold, if they agree with each other."""
    try:
        capture = Capture.from_circumstances(json.loads(metadata.block), resource.block)
        contradiction = _contradiction(capture, resource, metadata)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        return Damage(metadata.offset, f"the metadata record cannot be read ({error!a})", _ref(metadata))
    return Damage(resource.offset, contradiction, capture.ref) if contradiction else capture


def record_id(path: str, index: int) -> str:
    """The WARC-Record-ID of the record at `index` of a file: derived, so that writing again gives the same."""
    return f"<urn:uuid:{uuid.uuid5(_RECORD_IDS, f'{path} {index}')}>"


def file_record(path: str, written_at: datetime, about: dict[str, str]) -> bytes:
    """The `warcinfo` record that begins a file (WARC 1.1, section 6.2)."""
    told = {"software": "communique", "format": "WARC File Format 1.1", "conformsTo": STANDARD, **about}
    block = "".join(f"{key}: {header_text(value)}\r\n" for key, value in told.items()).encode()
    headers = {
        "WARC-Record-ID": record_id(path, 0),
        "WARC-Filename": path.rpartition("/")[2],
        "WARC-Date": rfc3339(written_at),
    }
    return member("warcinfo", block, "application/warc-fields", headers)


def _members(capture: Capture, first_id: str, resource_id: str, metadata_id: str) -> tuple[bytes, bytes]:
    place = {
        "WARC-Target-URI": uri_text(capture.target_uri),
        "WARC-Date": rfc3339(capture.captured_at),
        "WARC-Warcinfo-ID": first_id,
    }
    resource = member("resource", capture.body, _content_type(capture), {"WARC-Record-ID": resource_id, **place})
    told = json.dumps(capture.circumstances(), separators=(",", ":")).encode()
    names = {"WARC-Record-ID": metadata_id, "WARC-Refers-To": resource_id}
    return resource, member("metadata", told, "application/json", {**names, **place})


def _content_type(capture: Capture) -> str:
    return header_text(capture.media_type) or UNKNOWN_MEDIA_TYPE


def _contradiction(capture: Capture, resource: Record, metadata: Record) -> str | None:
    said = (
        ("warc-target-uri", uri_text(capture.target_uri)),
        ("warc-date", rfc3339(capture.captured_at)),
        ("content-type", _content_type(capture)),
        ("warc-payload-digest", f"sha256:{capture.payload_sha256}"),
    )
    if metadata.headers.get("warc-refers-to") != resource.id:
        return "the metadata record behind it refers to another record"
    for name, value in said:
        if resource.headers.get(name) != value:
            return f"its {name} is not what the metadata record says"
    return None


def _ref(metadata: Record) -> str | None:
    try:
        told = json.loads(metadata.block)
    except (ValueError, RecursionError):
        return None
    ref = told.get("ref") if isinstance(told, dict) else None
    return ref if isinstance(ref, str) else None


def _checked(path: Path, resource: Record, metadata: Record) -> Capture:
    capture = capture_of(resource, metadata)
    if isinstance(capture, Damage):
        raise _damaged(path, capture)
    return capture


def _damaged(path: Path, damage: Damage) -> VaultError:
    whose = f" (of {damage.ref})" if damage.ref else ""
    return VaultError(f"{path}, offset {damage.offset}{whose}: {damage.what}; restore the file from a copy")
