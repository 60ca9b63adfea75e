"""The manifest: files named in the rows of a TSV, each with the facts stated about it.

UTF-8, a header row, cells parted by tabs, no quoting, an empty cell is absent. Rows that state when they were seen
come out in that order, so that a saved history replays as it happened; rows that do not are seen now and so come
last, as they stand in the file. `position` is always the row's place in the file, from 0.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sources import toml
from sources.candidate import Candidate, Refusal
from sources.capture import NOTHING_STATED, STATED_KEYS, Stated, digest
from sources.errors import ConfigError
from sources.files import GONE, UNLISTED, Signature, Unread, digest_of, open_file, read_file, signature_of
from sources.media_types import RECORDINGS, by_name, split_media_type
from sources.stated import instant, read_row

MANIFEST = "file:///manifest/"
COLUMNS = (*STATED_KEYS, "file")

_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: its place, its file cell, its facts, or the fault that keeps it from being read."""

    position: int
    line: int
    raw: bytes
    file: str = ""
    stated: Stated = NOTHING_STATED
    fault: str | None = None

    @property
    def seen(self) -> datetime:
        return instant(self.stated.seen_at) if self.stated.seen_at else _LAST


def discover_rows(tsv: Path, *, limit: int, source: str = "folder") -> Iterator[Candidate | Refusal]:
    """A candidate for each row, or the refusal of a row that cannot be used; its neighbours are not touched.

    A candidate is named by its content and `seen_at`, so that it is the same in every run and manifest; a row that
    repeats both gets a number, since it is an input of its own.

    :param limit: bytes; a larger file is refused.
    :raises ConfigError: the manifest is missing, or its header names an unknown column, one twice, or no `file`.
    """
    try:
        data = tsv.read_bytes()
    except OSError as error:
        raise ConfigError(f"{tsv}: manifest cannot be read ({os.strerror(error.errno or 0)}); check its path") from None
    rows = _rows(data, str(tsv))
    return _candidates(sorted(rows, key=lambda row: row.seen), os.fsencode(tsv.parent.absolute()), limit, source)


def _rows(data: bytes, label: str) -> list[_Row]:
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    ending = b"\r" if lines[0].endswith(b"\r") else b""
    columns = _header(lines[0].removesuffix(ending), label)
    given = [(number, raw.removesuffix(ending)) for number, raw in enumerate(lines[1:], start=2)]
    return [_row(place, *each, columns) for place, each in enumerate(each for each in given if each[1])]


def _header(raw: bytes, label: str) -> list[str]:
    columns = raw.decode("utf-8", "backslashreplace").split("\t")
    for column in columns:
        if column not in COLUMNS:
            raise ConfigError(f"{label}:1: {toml.unknown(column, COLUMNS, 'column')}")
        if columns.count(column) > 1:
            raise ConfigError(f"{label}:1: column {column!r} stands twice; leave one")
    if "file" not in columns:
        raise ConfigError(f"{label}:1: no column 'file'; add one that names each row's file")
    return columns


def _row(position: int, line: int, raw: bytes, columns: list[str]) -> _Row:
    row = _Row(position, line, raw)
    try:
        cells = raw.decode("utf-8").split("\t")
    except UnicodeDecodeError as error:
        return replace(row, fault=f"not UTF-8 (byte 0x{raw[error.start]:02x})")
    if len(cells) != len(columns):
        return replace(row, fault=f"{len(cells)} cells where the header has {len(columns)}")
    values = dict(zip(columns, cells, strict=True))
    row = replace(row, file=values.pop("file"))
    if not row.file or "\0" in row.file:
        return replace(row, fault="names no file")
    try:
        return replace(row, stated=read_row(values))
    except ConfigError as error:
        return replace(row, fault=str(error))


def _candidates(rows: list[_Row], folder: bytes, limit: int, source: str) -> Iterator[Candidate | Refusal]:
    seen: dict[str, int] = {}
    for row in rows:
        found = _candidate(row, folder, limit, source)
        candidate = found.candidate if isinstance(found, Refusal) else found
        seen[candidate.ref] = times = seen.get(candidate.ref, 0) + 1
        if times > 1:
            candidate = replace(candidate, ref=f"{candidate.ref}#repeat-{times}")
        yield replace(found, candidate=candidate) if isinstance(found, Refusal) else candidate


def _candidate(row: _Row, folder: bytes, limit: int, source: str) -> Candidate | Refusal:
    name = row.file or f"row {row.position + 1}"
    unusable = Candidate(source, f"{MANIFEST}row-{digest(row.raw)}", name, row.position, stated=row.stated)
    if row.fault:
        return Refusal(unusable, "quarantined", f"manifest line {row.line}: {row.fault}")
    path = b"/".join((folder, row.file.encode())) if not row.file.startswith("/") else row.file.encode()
    found = _named(path, row, limit)
    if isinstance(found, Unread):
        if found is GONE:  # a list that names what is not there is wrong, not early
            found = Unread("quarantined", f"no file {toml.shown(row.file)}; correct the row or add the file")
        elif found is UNLISTED:
            found = Unread("quarantined", "a folder, not a file; give each file a row")
        return Refusal(unusable, found.outcome, f"manifest line {row.line}: {found.reason}")
    sha256, signature = found
    ref = MANIFEST + sha256 + (f"#{row.stated.seen_at}" if row.stated.seen_at else "")
    return replace(unusable, ref=ref, path=os.fsdecode(path), signature=signature)


def _named(path: bytes, row: _Row, limit: int) -> tuple[str, Signature] | Unread:
    """The digest of a row's file and what it looked like; a file of many records may be of any size."""
    told = row.stated.media_type
    if (split_media_type(told)[0] if told else by_name(row.file)) not in RECORDINGS:
        found = read_file(path, limit=limit)
        return found if isinstance(found, Unread) else (digest(found.body), found.signature)
    file = open_file(path)
    if isinstance(file, Unread):
        return file
    with file:
        return digest_of(file), signature_of(os.fstat(file.fileno()))
