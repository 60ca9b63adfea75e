"""WARC 1.1 (ISO 28500): the sealed records of the wanted releases, byte for byte, in one new file.

A `warcinfo` record of this export comes first. Behind it, for each raw file that has something wanted, its own
`warcinfo`, so that what its records refer to is there, and the records of each capture: `response`, `request` and
`metadata`, or `resource` and `metadata`. There are no revisits.

A capture of a file (`file:///inbox/…`) whose web address is known is followed by a `resource` record with the same
content under that address, concurrent to the one it repeats: so it replays where people look for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import BinaryIO

import duckdb

from sources.capture import Capture, rfc3339
from sources.errors import VaultError
from warehouse.connection import sql
from warehouse.exporting.job import Job
from warehouse.home import Home
from warehouse.vault.groups import Group, grouped
from warehouse.vault.members import Damage, Record, member, uri_text, walk
from warehouse.vault.warc import capture_of, file_record, record_id

NAME = "releases.warc.gz"
WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One capture to be copied. `address` is of the web or None; `kind` is page, repeat or file."""

    raw_path: str
    raw_offset: int
    input_sha256: str
    address: str | None
    title: str
    kind: str
    is_barred: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A `response` or `resource` record in the new file; `capture` is without its meaning for the archive."""

    url: str
    offset: int
    length: int
    digest: str
    wanted: Wanted
    capture: Capture


def write(job: Job) -> None:
    """Writes `releases.warc.gz`."""
    for _ in copied(job, job.package.path(NAME)):
        pass


def copied(job: Job, path: Path) -> Iterator[Placed]:
    """Writes the file, and tells what is placed where while it does.

    :raises VaultError: when bytes are missing, damaged, or not those the archive names.
    """
    asked = job.con.execute(sql("exporting/captures_wanted"), {"is_withholding": _is_withholding(job)})
    found = [Wanted(*row) for row in asked.fetchall()]
    wanted = [one for one in found if not one.is_barred]
    job.package.counts |= {"captures": len(wanted), "captures_left_out": len(found) - len(wanted)}
    about = {"isPartOf": f"export {job.name}", "description": "records copied byte for byte; see manifest.json"}
    with path.open("wb") as out:
        out.write(file_record(f"{job.name}/{path.name}", job.as_at, about))
        count = 0
        for raw_path, those in groupby(wanted, key=attrgetter("raw_path")):
            with _opened(job.home, raw_path) as source:
                out.write(_head_of(job.home.raw / raw_path, source))
                for one in those:
                    for placed in _copy(job, one, source, out, count):
                        yield placed
                        count += 1


def _is_withholding(job: Job) -> bool:
    try:
        return job.con.execute("SELECT count(*) FROM withheld").fetchone() != (0,)
    except duckdb.CatalogException:  # published by a program that could not withhold
        return False


def _copy(job: Job, one: Wanted, source: BinaryIO, out: BinaryIO, count: int) -> Iterator[Placed]:
    group, capture = _capture_at(job.home, one)
    offset = out.tell()
    out.write(_bytes(source, group.offset, group.end))
    yield _placed(group.answer, group.answer.headers["warc-target-uri"], offset, group.answer.length, one, capture)
    if group.answer.kind == "resource" and one.address and one.address.startswith(WEB):
        again = _under_its_address(job, group.answer, capture, one.address, count)
        offset = out.tell()
        out.write(again)
        yield _placed(group.answer, uri_text(one.address), offset, len(again), one, capture)


def _under_its_address(job: Job, answer: Record, capture: Capture, address: str, count: int) -> bytes:
    path = f"{job.name}/{NAME}"
    headers = {
        "WARC-Record-ID": record_id(path, count + 1),
        "WARC-Target-URI": uri_text(address),
        "WARC-Date": rfc3339(capture.captured_at),
        "WARC-Warcinfo-ID": record_id(path, 0),
        "WARC-Concurrent-To": answer.id,
    }
    return member("resource", answer.payload, _readable(answer), headers)


def _readable(answer: Record) -> str:
    """The media type, with the charset that a browser needs for a bare text and cannot find in it."""
    media_type = answer.headers["content-type"]
    if media_type != "text/plain":
        return media_type
    try:
        answer.payload.decode()
    except UnicodeDecodeError:
        return media_type
    return "text/plain; charset=utf-8"


def _placed(answer: Record, url: str, offset: int, length: int, one: Wanted, capture: Capture) -> Placed:
    return Placed(url, offset, length, answer.headers["warc-payload-digest"], one, capture)


def _capture_at(home: Home, one: Wanted) -> tuple[Group, Capture]:
    path = home.raw / one.raw_path
    group = next(grouped(walk(path, one.raw_offset)), None)
    capture = capture_of(group) if isinstance(group, Group) else None
    if not isinstance(group, Group) or not isinstance(capture, Capture) or capture.input_sha256 != one.input_sha256:
        what = next((fault.what for fault in (group, capture) if isinstance(fault, Damage)), "another capture is there")
        raise VaultError(f"{path}, offset {one.raw_offset}: {what}; restore the file from a copy")
    return group, capture


def _opened(home: Home, raw_path: str) -> BinaryIO:
    path = home.raw / raw_path
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise VaultError(f"{path}: the file is missing; restore it from a copy of the raw folder") from None


def _head_of(path: Path, source: BinaryIO) -> bytes:
    first = next(walk(path), None)
    if not isinstance(first, Record) or first.kind != "warcinfo":
        raise VaultError(f"{path}: does not begin with a record about itself; restore the file from a copy")
    return _bytes(source, first.offset, first.end)


def _bytes(source: BinaryIO, begin: int, end: int) -> bytes:
    source.seek(begin)
    return source.read(end - begin)
