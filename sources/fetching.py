"""FETCH: a candidate in, its exact bytes with their circumstances out, or a refusal that says why not.

Whatever lies in an inbox gets an outcome and blocks nobody:

    symbolic link, pipe, socket, device, empty, over the cap     quarantined
    closed to us, or a folder that cannot be listed              failed
    still growing, replaced or gone since it was listed          skipped, the next run looks again
    a sidecar that cannot be read, or that has no file           a capture with a `fault`: kept, never read

A candidate that is one record of a file of many is fetched as if its address had been visited; see `recordings`.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader

from sources.candidate import Candidate, Refusal
from sources.capture import NOTHING_STATED, Capture, Stated, digest, facts_digest
from sources.discovery.folder import INBOX, SIDECAR, display_name, relative_path
from sources.errors import ConfigError
from sources.files import GROWING, Contents, Folders, Unread, open_file, read_file, why_not
from sources.media_types import by_name, split_media_type
from sources.recordings.reading import Recordings
from sources.stated import SIDECAR_LIMIT, instant, read_sidecar

ORPHAN = "sidecar without its file: no file beside it takes its facts from here; add the file or remove the sidecar"

_NO_FACTS = facts_digest(NOTHING_STATED)


@dataclass(frozen=True, slots=True)
class Settling:
    """When a file counts as still being written: it was changed just before it was listed, and changes again.

    `listed_at` is when the listing was complete (seconds since the epoch). A file changed in the `young` seconds
    before is looked at again `pause` seconds after the listing: one pause for a whole run, however many files are
    young, and none when all are old. A file dated in the future counts as old: its clock is not ours.
    """

    listed_at: float
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    young: float = 2.0
    pause: float = 1.0

    def is_young(self, mtime_ns: int) -> bool:
        """Whether a file changed then may still be growing."""
        changed = mtime_ns / 1e9
        return self.listed_at - self.young < changed <= max(self.listed_at, self.clock())

    def is_later(self, mtime_ns: int) -> bool:
        """Whether a file was changed after the listing, by a clock that agrees with ours."""
        return self.listed_at < mtime_ns / 1e9 <= self.clock()

    def wait(self) -> None:
        """Waits for the rest of the pause, if there is any left."""
        left = min(self.listed_at + self.pause - self.clock(), self.pause)
        if left > 0:
            self.sleep(left)


def fetch_all(
    candidates: Iterable[Candidate | Refusal], *, limit: int, now: datetime, settle: Settling
) -> Iterator[Capture | Refusal]:
    """`fetch` for each candidate, in the order given; what was refused on discovery passes through."""

    def open_one(candidate: Candidate) -> BufferedReader | Unread:
        return _opened(candidate, settle, folders)

    with Folders() as folders, Recordings(open_one, limit=limit, now=now) as recordings:
        for candidate in candidates:
            if isinstance(candidate, Refusal):
                yield candidate
            elif candidate.record is not None:
                yield recordings.fetch(candidate)
            else:
                yield _fetch(candidate, limit, now, settle, folders)


def fetch(candidate: Candidate, *, limit: int, now: datetime, settle: Settling) -> Capture | Refusal:
    """The bytes of one file as they are now, with its stated facts; never raises for what the file system holds.

    :param limit: bytes; a larger file is not read at all.
    :param now: the run's timestamp, UTC; the time of capture unless the file states `seen_at`.
    """
    with Folders() as folders:
        return _fetch(candidate, limit, now, settle, folders)


def open_container(candidate: Candidate, *, settle: Settling) -> tuple[BufferedReader, Stated] | Refusal:
    """A file of many records, open, with what is stated about it; never raises for what the file system holds."""
    with Folders() as folders:
        file = _opened(candidate, settle, folders)
        if isinstance(file, Unread):
            return _refusal(candidate, file)
        root, folder, name = _place(candidate)
        facts = _facts(candidate, name, settle, folders.open(root, folder))
    if isinstance(facts, Unread) or facts.fault:
        file.close()
        return _refusal(candidate, facts if isinstance(facts, Unread) else Unread("quarantined", facts.fault or ""))
    return file, facts.stated


def _opened(candidate: Candidate, settle: Settling, folders: Folders) -> BufferedReader | Unread:
    root, folder, name = _place(candidate)
    try:
        descriptor = folders.open(root, folder)
    except OSError as error:
        return why_not(error)
    if candidate.signature is not None and settle.is_young(candidate.signature[3]):
        settle.wait()
    return open_file(name, listed=candidate.signature, folder=descriptor)


def _fetch(candidate: Candidate, limit: int, now: datetime, settle: Settling, folders: Folders) -> Capture | Refusal:
    root, folder, name = _place(candidate)
    try:
        descriptor = folders.open(root, folder)
    except OSError as error:
        return _refusal(candidate, why_not(error))
    if candidate.signature is not None and settle.is_young(candidate.signature[3]):
        settle.wait()
    found = read_file(name, limit=limit, listed=candidate.signature, folder=descriptor)
    if isinstance(found, Unread):
        return _refusal(candidate, found)
    facts = _facts(candidate, name, settle, descriptor)
    if isinstance(facts, Unread):
        return _refusal(candidate, facts)
    return _capture(candidate, found.body, facts, now)


def _place(candidate: Candidate) -> tuple[bytes, bytes, bytes]:
    """The root that may be reached through links, the folder below it that may not, and the file's name there."""
    path = os.fsencode(candidate.path or "")
    relative = relative_path(candidate.ref) if candidate.ref.startswith(INBOX) else path.rpartition(b"/")[2]
    folder, _, name = relative.rpartition(b"/")
    return path[: len(path) - len(relative)], folder, name


def _refusal(candidate: Candidate, unread: Unread) -> Refusal:
    return Refusal(candidate, unread.outcome, unread.reason)


@dataclass(frozen=True, slots=True)
class _Facts:
    stated: Stated
    sidecar_text: str | None = None
    fault: str | None = None


def _facts(candidate: Candidate, name: bytes, settle: Settling, descriptor: int) -> _Facts | Unread:
    if candidate.sidecar is not None:
        return _sidecar_facts(os.fsencode(candidate.sidecar).rpartition(b"/")[2], settle, descriptor)
    if name.endswith(SIDECAR) and candidate.ref.startswith(INBOX):
        return _Facts(NOTHING_STATED, fault=ORPHAN)
    return _Facts(candidate.stated)


def _sidecar_facts(name: bytes, settle: Settling, descriptor: int) -> _Facts | Unread:
    found = read_file(name, limit=SIDECAR_LIMIT, folder=descriptor)
    if isinstance(found, Contents) and settle.is_later(found.signature[3]):
        found = GROWING
    elif isinstance(found, Contents) and settle.is_young(found.signature[3]):
        settle.wait()
        found = read_file(name, limit=SIDECAR_LIMIT, folder=descriptor, listed=found.signature)
    label = f"sidecar {display_name(name)}"
    if isinstance(found, Unread):
        if found.outcome == "skipped":
            return Unread("skipped", f"{label}: {found.reason}")
        return _Facts(NOTHING_STATED, fault=f"{label}: {found.reason}")
    text = found.body.decode("utf-8", "backslashreplace")
    try:
        return _Facts(read_sidecar(found.body), sidecar_text=text)
    except ConfigError as error:
        return _Facts(NOTHING_STATED, sidecar_text=text, fault=f"{label}: {error}")


def _capture(candidate: Candidate, body: bytes, facts: _Facts, now: datetime) -> Capture | Refusal:
    stated = facts.stated
    content = digest(body)
    target = candidate.ref.partition("#")[0]
    if not target.startswith(INBOX) and not target.endswith(content):
        return _refusal(candidate, GROWING)
    media_type, charset = split_media_type(stated.media_type) if stated.media_type else (by_name(candidate.name), None)
    return Capture(
        source=candidate.source,
        ref=candidate.ref,
        name=candidate.name,
        target_uri=target,
        captured_at=instant(stated.seen_at) if stated.seen_at else now,
        media_type=media_type,
        body=body,
        payload_sha256=content,
        content_sha256=content,
        facts_sha256=facts_digest(stated, facts.fault) if facts != _Facts(NOTHING_STATED) else _NO_FACTS,
        stated=stated,
        sidecar_text=facts.sidecar_text,
        charset=stated.charset or charset,
        url=stated.url,
        fault=facts.fault,
    )
