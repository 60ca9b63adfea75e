"""Read batches on their way to the archive: one file each, waiting for whoever holds the writer's lock.

A batch file is whole or absent, and its name sorts by age. It is removed only after its decisions are
committed, so a batch may be met twice; the loader knows it by its id.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal

from pydantic_core import from_json, to_json

from parsers.readings import Reading, as_json
from parsers.readings import from_json as readings_from_json
from sources.candidate import Candidate, Refusal
from sources.capture import Capture, Outcome, rfc3339
from sources.errors import ArchiveError
from warehouse.crashpoints import crash_point
from warehouse.home import Home, write_whole
from warehouse.vault.manifest import Line
from warehouse.vault.sealing import Sealed

FORMAT = 2  # of staging files
LISTS = 0  # number of the batch that holds the pages of a source's lists
LIST = "list:"  # what the ref of a list's page begins with
EVIDENCE = (LIST, "answer:", "attachment:", "image:")  # beginnings of refs whose captures are kept and never read


@dataclass(frozen=True, slots=True)
class Entry:
    """One candidate of a batch, as JSON values.

    `read`: preserved and parsed now. `seen`: its input is in the archive or in an earlier batch.
    `refused`: gave no bytes. `visit`: it shows one address at one time, so an older text may return.
    `kept`: its capture is in the archive already and is only read again. `list`: evidence, such as a page of a
    source's list or an answer that was no document; nothing is decided about it. `files`: its page is as before, and
    these are the digests that its files have now. `asked`: its page was asked for again, and `capture` is the row that
    says what came of it; nothing is decided about it either.
    """

    kind: Literal["read", "seen", "refused", "list", "files", "asked"]
    ref: str
    name: str
    seen_at: str
    visit: bool = False
    kept: bool = False
    input_sha256: str | None = None
    capture: dict[str, Any] | None = None
    items: tuple[Reading, ...] = ()
    outcome: Outcome | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one task of a run read. `raw_file` is the row of its sealed WARC, None when nothing was kept."""

    batch_id: str
    run_id: str
    source: str
    flow: str
    run_at: str
    raw_file: dict[str, Any] | None
    entries: tuple[Entry, ...]


_OF_BATCH = tuple(f.name for f in fields(Batch) if f.name != "entries")
_OF_ENTRY = tuple(f.name for f in fields(Entry) if f.name != "items")
_told_of_entry = attrgetter(*_OF_ENTRY)


def batch_id(run_id: str, number: int) -> str:
    """The name of a batch, by which `staged` knows its place."""
    return f"{run_id}-{number:05d}"


def entry_read(
    capture: Capture, raw_path: str, raw_offset: int, items: tuple[Reading, ...], *, kept: bool = False
) -> Entry:
    """A capture that was preserved and parsed."""
    told = capture.circumstances() | {"size": len(capture.body), "raw_path": raw_path, "raw_offset": raw_offset}
    told["input_sha256"] = capture.input_sha256
    return Entry(
        kind="read",
        ref=capture.ref,
        name=capture.name,
        seen_at=rfc3339(capture.captured_at),
        visit=is_visit(capture),
        kept=kept,
        input_sha256=capture.input_sha256,
        capture=told,
        items=items,
    )


def entry_list(capture: Capture, raw_path: str, raw_offset: int) -> Entry:
    """A page of a list, or another capture that is kept as evidence and not read as a release."""
    return replace(entry_read(capture, raw_path, raw_offset, ()), kind="list")


def entry_seen(capture: Capture) -> Entry:
    """A capture whose input we hold already."""
    return Entry(
        kind="seen",
        ref=capture.ref,
        name=capture.name,
        seen_at=rfc3339(capture.captured_at),
        visit=is_visit(capture),
        input_sha256=capture.input_sha256,
    )


def entry_files(capture: Capture, files: Mapping[str, Mapping[str, str]]) -> Entry:
    """A capture that is as before, with digests of its files by field and address."""
    return replace(entry_seen(capture), kind="files", kept=True, capture={"files": files})


def entry_asked(visit: Mapping[str, Any]) -> Entry:
    """What came of asking for a page again, as a row of `visits`."""
    return Entry(kind="asked", ref=visit["ref"], name="", seen_at=visit["asked_at"], kept=True, capture=dict(visit))


def entry_refused(refusal: Refusal, run_at: datetime) -> Entry:
    """A candidate that gave no bytes."""
    candidate: Candidate = refusal.candidate
    return Entry(
        kind="refused",
        ref=candidate.ref,
        name=candidate.name,
        seen_at=rfc3339(run_at),
        outcome=refusal.outcome,
        reason=refusal.reason,
    )


def is_visit(capture: Capture) -> bool:
    """Whether the capture is one look at an address at a known time, rather than a file somebody keeps."""
    return capture.status is not None or (capture.url is not None and capture.stated.seen_at is not None)


def raw_file_row(sealed: Sealed | Line) -> dict[str, Any]:
    """A sealed file as a row of `raw_files`."""
    return {"path": sealed.path, "size": sealed.size, "sha256": sealed.sha256, "records": sealed.records}


def stage(home: Home, batch: Batch) -> Path:
    """Writes the batch where the writer finds it: a line about it, then two of each entry, the second its items."""
    path = home.staging / f"{batch.batch_id}.json"
    about = {name: getattr(batch, name) for name in _OF_BATCH}
    lines = [to_json(about | {"format": FORMAT})]
    for entry in batch.entries:
        lines.append(to_json(dict(zip(_OF_ENTRY, _told_of_entry(entry), strict=True))))
        lines.append(as_json(entry.items))
    write_whole(path, b"\n".join(lines))
    crash_point("after_staging")
    return path


def unstage(path: Path) -> Batch:
    """Reads a staged batch back.

    :raises ArchiveError: when the file is not one of ours.
    """
    try:
        about, *lines = path.read_bytes().split(b"\n")
        told = from_json(about)
        if told.pop("format", 1) != FORMAT:
            return _first_format(told)
        entries = tuple(_entry(*pair) for pair in zip(lines[::2], lines[1::2], strict=True))
        return Batch(**told, entries=entries)
    except (ValueError, TypeError, KeyError) as error:
        raise _not_ours(path, error) from error


def _entry(about: bytes, items: bytes) -> Entry:
    return Entry(**from_json(about), items=() if items == b"[]" else readings_from_json(items))


def _first_format(told: dict[str, Any]) -> Batch:
    """A batch that was staged as one JSON object, by the first version of this program."""
    entries = [entry | {"items": tuple(Reading(**item) for item in entry["items"])} for entry in told["entries"]]
    return Batch(**(told | {"entries": tuple(Entry(**entry) for entry in entries)}))


def raw_file_of(path: Path) -> dict[str, Any] | None:
    """The raw file of a staged batch, without reading its entries.

    :raises ArchiveError: as `unstage`.
    """
    try:
        with path.open("rb") as file:
            raw_file: dict[str, Any] | None = from_json(file.readline())["raw_file"]
            return raw_file
    except (ValueError, TypeError, KeyError) as error:
        raise _not_ours(path, error) from error


def _not_ours(path: Path, error: Exception) -> ArchiveError:
    return ArchiveError(f"{path}: not a staged batch ({error}); move it away, its raw files are kept")


def staged(home: Home) -> Iterator[Path]:
    """Waiting batches, oldest first."""
    if home.staging.is_dir():
        yield from sorted(home.staging.glob("*.json"), key=_place)


def _place(path: Path) -> tuple[str, int, str]:
    """By run, then by number, which has more digits from the hundredth batch on."""
    run_id, _, number = path.stem.rpartition("-")
    return run_id, len(number), number
