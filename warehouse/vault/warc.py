"""Captures on disk: `raw/<source>/<yyyy>/<mm>/<run>-<n>.warc.gz`, WARC 1.1, each record its own gzip member.

A file begins with a `warcinfo` record. A capture of a file is a `resource` record with the exact bytes, one of the
web a `response` record and its `request` record; behind it a `metadata` record, which refers to the first, has
everything else that is known, as JSON. What else was sent and received on the way stands before it.
"""

import json
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from pydantic_core import to_json

from sources.capture import Capture, digest, rfc3339
from sources.errors import VaultError
from sources.exchange import Exchange
from warehouse.crashpoints import crash_point
from warehouse.home import Home
from warehouse.vault import manifest
from warehouse.vault.exchanges import (
    answer_of,
    body_in,
    contradiction,
    exchange_fault,
    identity,
    request_member,
    response_member,
)
from warehouse.vault.groups import Group, grouped, ref_in
from warehouse.vault.members import Damage, header_text, member, uri_text, walk
from warehouse.vault.sealing import SEALED_SUFFIX, Draft, Kept, Sealed, drafting, plain_name

__all__ = ["Kept", "Sealed", "capture_at", "capture_of", "captures_in", "file_record", "preserve"]

JOURNAL = "journal"  # the folder of the batches' decisions, so no source may have this name
UNKNOWN_MEDIA_TYPE = "application/octet-stream"
STANDARD = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
NOT_MODIFIED = 304  # says that we hold the body, so there is nothing to keep

_RECORD_IDS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:communique:warc-record")


def preserve(
    home: Home,
    captures: Sequence[Capture],
    *,
    source: str,
    run_id: str,
    number: int,
    written_at: datetime,
    others: Sequence[Exchange] = (),
) -> Sealed:
    """Writes captures into one new sealed file and lists it; on return they are on the disk.

    With a capture go all exchanges that led to it, each once per file, and no 304. The same arguments give the
    same bytes: record ids are derived, and gzip carries no time.

    :param number: tells the files of one run and source apart, from 1.
    :param written_at: UTC; names the folder and goes into the manifest.
    :param others: exchanges that led to no capture and are worth keeping, such as the first 404 of an address.
    :raises VaultError: when that file is there already.
    """
    if plain_name(source) == JOURNAL:
        raise VaultError(f"{source!r} cannot name a source: raw/{JOURNAL} holds the batches' decisions")
    path = f"{source}/{written_at.astimezone(UTC):%Y/%m}/{plain_name(run_id)}-{number}{SEALED_SUFFIX}"
    answers = [answer_of(capture) for capture in captures]
    with drafting(home, path) as draft:
        about = {"isPartOf": source, "description": f"captures of run {run_id}"}
        draft.add(file_record(path, written_at, about))
        file = _File(draft, path, [answer for answer in answers if answer is not None])
        kept = [file.add(capture, answer) for capture, answer in zip(captures, answers, strict=True)]
        file.add_exchanges(others)
        crash_point("after_warc_write")
        sealed = draft.seal(tuple(kept))
        manifest.append(home, sealed, "captures", written_at)
    crash_point("after_seal")
    return sealed


class _File:
    """A raw file being filled: numbers its records, and knows which exchanges it has or is about to get."""

    def __init__(self, draft: Draft, path: str, answers: Sequence[Exchange]) -> None:
        self._draft = draft
        self._path = path
        self._number = 0
        self._known = {identity(answer) for answer in answers}

    def add(self, capture: Capture, answer: Exchange | None) -> Kept:
        """One capture, what led to it first."""
        self.add_exchanges(capture.exchanges)
        answer_id = self._next_id()
        if answer is None:
            metadata_id = self._next_id()
            first = _resource(capture, answer_id, self._warcinfo)
            offset = self._draft.add(first)
        else:
            request_id, metadata_id = self._next_id(), self._next_id()
            first = response_member(answer, answer_id, self._warcinfo | {"WARC-Concurrent-To": metadata_id})
            offset = self._draft.add(first)
            self._draft.add(request_member(answer, request_id, answer_id, self._warcinfo))
        self._draft.add(_metadata(capture, metadata_id, answer_id, self._warcinfo))
        return Kept(offset, len(first), capture.input_sha256, capture.content_sha256, capture.ref)

    def add_exchanges(self, exchanges: Sequence[Exchange]) -> None:
        """Those that are not here yet and say something."""
        for exchange in exchanges:
            same = identity(exchange)
            if exchange.status == NOT_MODIFIED or same in self._known:
                continue
            self._known.add(same)
            response_id, request_id = self._next_id(), self._next_id()
            self._draft.add(response_member(exchange, response_id, self._warcinfo))
            self._draft.add(request_member(exchange, request_id, response_id, self._warcinfo))

    @property
    def _warcinfo(self) -> dict[str, str]:
        return {"WARC-Warcinfo-ID": record_id(self._path, 0)}

    def _next_id(self) -> str:
        self._number += 1
        return record_id(self._path, self._number)


def captures_in(path: Path) -> Iterator[tuple[int, Capture]]:
    """Every capture of a file with the offset of its resource or response record, in order, one at a time.

    The exchanges of a capture of the web are records of their own and not read back into it.

    :raises VaultError: naming file and offset, at the first record that is damaged or out of place.
    """
    for group in grouped(walk(path)):
        capture = group if isinstance(group, Damage) else capture_of(group)
        if isinstance(capture, Damage):
            raise _damaged(path, capture)
        if capture is not None and isinstance(group, Group):
            yield group.offset, capture


def capture_at(home: Home, path: str, offset: int) -> Capture:
    """The one capture at `offset` of the file `path` below the raw folder.

    :raises VaultError: when it is not there, or damaged.
    """
    file = home.raw / path
    try:
        group = next(grouped(walk(file, offset)), None)
    except FileNotFoundError:
        raise VaultError(f"{file}: the file is missing; restore it from a copy of the raw folder") from None
    capture = group if isinstance(group, Damage) or group is None else capture_of(group)
    if isinstance(capture, Damage):
        raise _damaged(file, capture)
    if capture is None or not isinstance(group, Group) or group.offset != offset:
        raise _damaged(file, Damage(offset, "no capture begins here"))
    return capture


def capture_of(group: Group) -> Capture | Damage | None:
    """The capture that neighbouring records hold, if they agree with each other; None for a mere exchange."""
    answer, metadata = group.answer, group.metadata
    fault = exchange_fault(answer, group.request) if group.request is not None else None
    if fault is not None:
        return Damage(answer.offset, fault, ref_in(metadata) if metadata else answer.headers.get("warc-target-uri"))
    if metadata is None:
        return None
    try:
        capture = Capture.from_circumstances(json.loads(metadata.block), answer.payload)
        if group.request is not None:
            capture = replace(capture, body=body_in(capture, answer.payload))
        wrong = _contradiction(capture, group)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        return Damage(metadata.offset, f"the metadata record cannot be read ({error!a})", ref_in(metadata))
    return Damage(answer.offset, wrong, capture.ref) if wrong else capture


def record_id(path: str, index: int) -> str:
    """The WARC-Record-ID of the record at `index` of a file: derived, so that writing again gives the same.

    The node field counts the records, as hashing each one anew took longer than compressing it.
    """
    return f"<urn:uuid:{_ids_of(path)}{index:012x}>"


@lru_cache(maxsize=16)
def _ids_of(path: str) -> str:
    return str(uuid.uuid5(_RECORD_IDS, path))[:24]


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


def _resource(capture: Capture, resource_id: str, place: dict[str, str]) -> bytes:
    headers = {"WARC-Record-ID": resource_id, **_place(capture), **place}
    return member("resource", capture.body, _content_type(capture), headers)


def _metadata(capture: Capture, metadata_id: str, answer_id: str, place: dict[str, str]) -> bytes:
    told = to_json(capture.circumstances())
    headers = {"WARC-Record-ID": metadata_id, "WARC-Refers-To": answer_id, **_place(capture), **place}
    return member("metadata", told, "application/json", headers)


def _place(capture: Capture) -> dict[str, str]:
    return {"WARC-Target-URI": uri_text(capture.target_uri), "WARC-Date": rfc3339(capture.captured_at)}


def _content_type(capture: Capture) -> str:
    return header_text(capture.media_type) or UNKNOWN_MEDIA_TYPE


def _contradiction(capture: Capture, group: Group) -> str | None:
    """What the records of a capture say differently; their own digests were checked on the way in."""
    answer, metadata = group.answer, group.metadata
    if metadata is None or metadata.headers.get("warc-refers-to") != answer.id:
        return "the metadata record behind it refers to another record"
    is_web = group.request is not None
    sent = capture.payload_sha256 if is_web else capture.content_sha256
    said = {name.lower(): value for name, value in _place(capture).items()}
    said["warc-payload-digest"] = f"sha256:{sent}"
    said |= {} if is_web else {"content-type": _content_type(capture)}
    for name, value in said.items():
        if answer.headers.get(name) != value:
            return f"its {name} is not what the metadata record says"
    if not is_web:
        return None
    if capture.content_sha256 != capture.payload_sha256 and digest(capture.body) != capture.content_sha256:
        return "its content is not what the metadata record says"
    return contradiction(capture, answer)


def _damaged(path: Path, damage: Damage) -> VaultError:
    whose = f" (of {damage.ref})" if damage.ref else ""
    return VaultError(f"{path}, offset {damage.offset}{whose}: {damage.what}; restore the file from a copy")
