"""Files that belong to a release, and its pictures where a source asks for them: fetched and preserved like pages.

A file is a capture of its own, named by its address (`attachment:https://…`); its digest goes into the record of every
release that names it. What we hold is asked for conditionally; another digest under the same address is an edit.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import pyarrow as pa

from flows.holdings import Holding, Holdings, holdings_of
from flows.lanes import side_by_side
from flows.left_behind import note_pages
from flows.run import Run
from flows.visits import the_web
from parsers.readings import Reading
from sources.capture import Capture, rfc3339
from sources.config import Source
from sources.exchange import Exchange
from sources.suspicion import impostor
from sources.web import NotModified, Web, WebRequest, fetch_web
from warehouse.connection import sql
from warehouse.resolution.known import rows, with_table
from warehouse.staging import Batch, batch_id, entry_list, raw_file_row, stage
from warehouse.vault.warc import preserve
from warehouse.writing import Writer

PREFIXES = {"attachments": "attachment:", "images": "image:"}
MOST = 30  # files of one release, and pictures; a page that names more is no release
FILES = 10_000_000  # is added to a batch's number for the batch that holds its files
ACCEPT = "*/*"


@dataclass(frozen=True, slots=True)
class File:
    """One file to be had: its address and the ref of its captures."""

    url: str
    ref: str


@dataclass(frozen=True, slots=True)
class Had:
    """What came of a file: the digest of its bytes if it could be had, and the capture if those are new to us."""

    file: File
    sha256: str | None
    fresh: Capture | None
    exchanges: tuple[Exchange, ...]


def files_of(source: Source, record: Mapping[str, object]) -> Iterator[File]:
    """The files of a record that its source asks for, each address once."""
    wanted = {"attachments": source.attachments, "images": source.images}
    for field, prefix in PREFIXES.items():
        parts = record[field] if wanted[field] else ()
        assert isinstance(parts, list | tuple)
        urls = dict.fromkeys(str(part["url"]) for part in parts)
        yield from (File(url, f"{prefix}{url}") for url in list(urls)[:MOST])


def have(file: File, source: Source, web: Web, holding: Holding | None) -> Had:
    """Fetches one file, conditionally while we hold it."""
    name = urlsplit(file.url).path.rpartition("/")[2] or file.url
    request = WebRequest(file.url, source.name, file.ref, name, pace=source.pace, accept=ACCEPT)
    answer = fetch_web(holding.ask_again(request) if holding else request, web)
    if isinstance(answer, NotModified):
        return Had(file, holding.content_sha256 if holding else None, None, answer.exchanges)
    if not isinstance(answer, Capture) or answer.fault or answer.completeness == "partial" or impostor(answer):
        return Had(file, None, None, answer.exchanges)
    known = holding is not None and holding.content_sha256 == answer.content_sha256
    return Had(file, answer.content_sha256, None if known else answer, answer.exchanges)


@dataclass(frozen=True, slots=True)
class Named:
    """A file as the current reading of a release names it: its field, the digest there, and what we hold of it."""

    field: str
    file: File
    sha256: str | None
    holding: Holding | None


def left_by_the_dead(writer: Writer, source: str, releases: Iterable[str]) -> list[str]:
    """Those of the releases that were met by a run which never closed."""
    with_table(writer.con, "wanted_releases", pa.table({"release_id": pa.array(sorted(set(releases)), pa.string())}))
    found = writer.con.execute(sql("died_before_files"), {"source": source}).fetchall()
    return [release for (release,) in found]


def named_by(run: Run, writer: Writer, source: Source, releases: Iterable[str]) -> dict[str, list[Named]]:
    """The files that releases name now, by release, as far as their source asks for them."""
    with_table(writer.con, "wanted_releases", pa.table({"release_id": pa.array(sorted(set(releases)), pa.string())}))
    found = rows(writer.con, sql("files_of"))
    files = {row["release_id"]: list(files_of(source, row)) for row in found}
    refs = [file.ref for some in files.values() for file in some]
    held = holdings_of(writer, run.source, refs).pages
    return {
        row["release_id"]: [
            Named(field, file, part["sha256"], _there(run, held.get(file.ref)))
            for field, prefix in PREFIXES.items()
            for part in row[field]
            for file in files[row["release_id"]]
            if file.ref == f"{prefix}{part['url']}"
        ]
        for row in found
    }


def look_again(named: Sequence[Named], source: Source, web: Web) -> tuple[dict[str, dict[str, str]], list[Had]]:
    """Digests that differ from what a release names, by field and address; and what came of each file."""
    had = [have(one.file, source, web, one.holding) for one in named]
    digests: dict[str, dict[str, str]] = {field: {} for field in PREFIXES}
    for one, now in zip(named, had, strict=True):
        if now.sha256 and now.sha256 != one.sha256:
            digests[one.field][one.file.url] = now.sha256
    return digests, had


def with_files(run: Run, number: int, readings: Sequence[tuple[Reading, ...]]) -> Sequence[tuple[Reading, ...]]:
    """Fetches and preserves the files that records name; the readings with their digests.

    :param number: of the batch that the readings go into.
    """
    source = run.settings.sources()[run.source] if run.is_web else None
    records = [one.record for items in readings for one in items if one.record is not None]
    files = {file.ref: file for record in records for file in files_of(source, record)} if source else {}
    if source is None or not files:
        return readings
    with run.writing() as writer:
        held = holdings_of(writer, run.source, list(files))
    had = list(_fetched(run, source, held, list(files.values())))
    _preserve(run, number + FILES, [one.fresh for one in had if one.fresh])
    note_pages(run, 0, {}, [exchange for one in had for exchange in one.exchanges])
    digests = {one.file.ref: one.sha256 for one in had}
    return [tuple(_with_digests(one, digests) for one in items) for items in readings]


def _fetched(run: Run, source: Source, held: Holdings, files: Sequence[File]) -> Iterator[Had]:
    with the_web(run) as web:
        yield from side_by_side(
            files,
            lambda file: urlsplit(file.url).netloc.lower(),
            lambda file: have(file, source, web, _there(run, held.pages.get(file.ref))),
            lambda one: len(one.fresh.body) if one.fresh else 0,
        )


def _there(run: Run, holding: Holding | None) -> Holding | None:
    return holding if holding and holding.is_there(run.home) else None


def _preserve(run: Run, number: int, captures: Sequence[Capture]) -> None:
    """Sealed and staged before the records that name their digests."""
    if not captures:
        return
    sealed = preserve(run.home, captures, source=run.source, run_id=run.run_id, number=number, written_at=run.run_at)
    offsets = {kept.ref: kept.offset for kept in sealed.kept}
    entries = tuple(entry_list(one, sealed.path, offsets[one.ref]) for one in captures)
    name, row = batch_id(run.run_id, number), raw_file_row(sealed)
    stage(run.home, Batch(name, run.run_id, run.source, run.flow, rfc3339(run.run_at), row, entries))


def _with_digests(reading: Reading, digests: Mapping[str, str | None]) -> Reading:
    if reading.record is None:
        return reading
    record = dict(reading.record)
    for field, prefix in PREFIXES.items():
        record[field] = [part | {"sha256": digests.get(f"{prefix}{part['url']}")} for part in record[field]]
    return replace(reading, record=record)
