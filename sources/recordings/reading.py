"""FETCH, from a file of records: a record in, a capture as if its address had been visited when it was recorded."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import BufferedReader
from types import TracebackType
from typing import Self

from sources.candidate import Candidate, Recorded, Refusal
from sources.capture import Capture, digest, facts_digest, rfc3339
from sources.files import Unread
from sources.media_types import UNKNOWN, by_name, split_media_type
from sources.recordings.contents import Content, content_at
from sources.recordings.index import EMPTY_BODY, recorded_at
from sources.recordings.unpacking import Unpacked, bound_of

Open = Callable[[Candidate], BufferedReader | Unread]


class Recordings:
    """Reads records of files one after another; the file read last stays open, and reading goes on where it can.

    :param limit: bytes of a record's body.
    :param now: stands in for a time that a record does not have.
    """

    def __init__(self, open_file: Open, *, limit: int, now: datetime) -> None:
        self._open = open_file
        self._limit = limit
        self._now = now
        self._path: str | None = None
        self._file: BufferedReader | None = None
        self._stream: Unpacked | None = None
        self._from = 0

    def fetch(self, candidate: Candidate) -> Capture | Refusal:
        """The record that `candidate` names; never raises for what a file holds."""
        record = candidate.record
        assert record
        found = self._content(candidate, record)
        if isinstance(found, Unread):
            return Refusal(candidate, found.outcome, found.reason)
        if not found.body:
            return Refusal(candidate, "skipped", EMPTY_BODY)
        return _capture(candidate, record, found, self._now)

    def close(self) -> None:
        """Closes what is open; calling it twice does no harm."""
        if self._file is not None:
            self._file.close()
        self._path = self._file = self._stream = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _content(self, candidate: Candidate, record: Recorded) -> Content | Unread:
        if candidate.path != self._path or self._file is None:
            self.close()
            file = self._open(candidate)
            if isinstance(file, Unread):
                return file
            self._path, self._file = candidate.path, file
        stream = self._stream_at(self._file, record, candidate)
        return content_at(stream, limit=self._limit) if stream else Unread("quarantined", "damaged on the way to it")

    def _stream_at(self, file: BufferedReader, record: Recorded, candidate: Candidate) -> Unpacked | None:
        stream = self._stream
        ahead = record.behind - stream.tell() if stream and record.behind and self._from == record.offset else -1
        if stream is None or ahead < 0:
            size = candidate.signature[2] if candidate.signature else 0
            stream, ahead = Unpacked(file, record.offset, bound=bound_of(size)), record.behind
        self._stream, self._from = stream, record.offset
        return stream if stream.skip(ahead) else None


def _capture(candidate: Candidate, record: Recorded, found: Content, now: datetime) -> Capture:
    media_type, charset = split_media_type(found.media_type) if found.media_type else (UNKNOWN, None)
    if media_type == UNKNOWN:
        media_type = by_name(record.url.partition("?")[0])
    at = recorded_at(record.date)
    stated = replace(candidate.stated, seen_at=rfc3339(at) if at else None)
    content = digest(found.body)
    return Capture(
        source=candidate.source,
        ref=candidate.ref,
        name=candidate.name,
        target_uri=record.url or candidate.ref,
        captured_at=at if at and at <= now else now,
        media_type=media_type,
        body=found.body,
        payload_sha256=content if found.payload is found.body else digest(found.payload),
        content_sha256=content,
        facts_sha256=facts_digest(stated, found.fault),
        stated=stated,
        charset=charset,
        url=record.url or None,
        status=int(found.status) if found.status.isdecimal() else None,
        completeness="whole" if found.whole else "partial",
        fault=found.fault,
        final_url=record.url or None,
        headers=found.headers,
    )
