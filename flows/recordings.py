"""WARC and ARC files among the files of a source: their records take their place among the candidates.

The index of such a file is kept as the list that names them (`list:file:///inbox/a.warc.gz`). While the file's digest
is the same they come from there, and what was read of it is not read again. Documents are kept like pages of the web;
requests, notes of the crawler and what is no document stay in the file, which is never moved.
"""

import heapq
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from flows.arrivals import SETTLED, Listed
from flows.holdings import Holding, holdings_of
from flows.run import Run
from flows.visits import keep_evidence
from parsers.registry import PARSERS
from sources.candidate import Candidate, Refusal
from sources.capture import NOTHING_STATED, Capture, Outcome, Stated, digest, facts_digest
from sources.discovery.manifest import MANIFEST
from sources.fetching import Settling, open_container
from sources.files import GROWING, digest_of, signature_of, why_not
from sources.media_types import RECORDINGS, UNKNOWN, by_name, split_media_type
from sources.recordings.index import Index, candidates_in, index_of
from sources.recordings.records import records_of
from sources.recordings.unpacking import bound_of
from warehouse.staging import LIST, LISTS

_READ = frozenset().union(*(parser.media_types for parser in PARSERS)) - RECORDINGS | {"", UNKNOWN}


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file of records with its index; `known` where both are as they were."""

    container: Candidate
    index: Index
    stated: Stated
    known: bool


def is_recording(one: Candidate) -> bool:
    """Whether a file holds records, by what is stated about it, else by its name."""
    told = one.stated.media_type
    return (split_media_type(told)[0] if told else by_name(one.name)) in RECORDINGS


def with_recordings(run: Run, candidates: Iterable[Candidate | Refusal]) -> Iterator[Candidate | Refusal]:
    """The candidates; behind all others, those that are records of files, in the order in which they were recorded."""
    containers = []
    for one in candidates:
        if isinstance(one, Candidate) and is_recording(one):
            containers.append(one)
        else:
            yield one
    if not containers:
        return
    with run.writing() as writer:
        held = holdings_of(writer, run.source, [LIST + one.ref for one in containers]).pages
    opened = []
    for one in containers:
        found = _opened(one, Settling(time.time()), run, held.get(LIST + one.ref))
        if isinstance(found, Refusal):
            yield found
        else:
            opened.append(found)
    keep_evidence(run, LISTS, tuple(_kept(one, run) for one in opened if not one.known))
    for _, candidate in heapq.merge(*(_candidates(one, run.run_at) for one in opened), key=itemgetter(0)):
        yield candidate


def unfolded(one: Candidate | Refusal, now: datetime) -> Iterator[Candidate | Refusal]:
    """The same for one file, with nothing kept, in the order in which its records stand there."""
    if isinstance(one, Refusal) or not is_recording(one):
        yield one
        return
    found = _opened(one, Settling(time.time(), pause=0.0))
    if isinstance(found, Refusal):
        yield found
        return
    listed = [candidate for _, candidate in _candidates(found, now)]
    yield from sorted(listed, key=lambda each: each.record.number if isinstance(each, Candidate) and each.record else 0)


def as_it_stood(one: Listed) -> Outcome | None:
    """The outcome of a record that nothing new can be said of: its file is as it was when it was read."""
    if not isinstance(one.candidate, Candidate) or not one.last or one.last["input_sha256"] is None:
        return None
    if one.candidate.record is None or not one.candidate.record.known:
        return None
    if one.last["outcome"] in SETTLED:
        return "unchanged"
    return "quarantined" if one.last["outcome"] == "quarantined" else None


def _candidates(one: _Opened, now: datetime) -> Iterator[tuple[datetime, Candidate | Refusal]]:
    return candidates_in(one.container, one.index, one.stated, reads=_READ.__contains__, now=now, known=one.known)


def _opened(
    container: Candidate, settle: Settling, run: Run | None = None, holding: Holding | None = None
) -> _Opened | Refusal:
    found = open_container(container, settle=settle)
    if isinstance(found, Refusal):
        return found
    file, stated = found
    facts = facts_digest(stated)
    try:
        with file:
            sha256 = digest_of(file)
            held = _held_index(run, holding)
            known = held is not None and (held.sha256, held.facts_sha256) == (sha256, facts)
            if held is None or not known:
                size = os.fstat(file.fileno()).st_size
                held = index_of(sha256, facts, records_of(file, bound=bound_of(size)))
            is_same = container.signature in (None, signature_of(os.fstat(file.fileno())))
    except OSError as error:
        unread = why_not(error)
        return Refusal(container, unread.outcome, unread.reason)
    named = container.ref.partition("#")[0]
    if not is_same or (named.startswith(MANIFEST) and not named.endswith(sha256)):
        return Refusal(container, GROWING.outcome, GROWING.reason)
    return _Opened(container, held, stated, known)


def _held_index(run: Run | None, holding: Holding | None) -> Index | None:
    capture = holding.capture(run.home) if run and holding else None
    return Index.from_bytes(capture.body) if capture else None


def _kept(one: _Opened, run: Run) -> Capture:
    """The index as a capture of its own."""
    body = one.index.to_bytes()
    sha256 = digest(body)
    return Capture(
        source=run.source,
        ref=LIST + one.container.ref,
        name=f"index of {one.container.name}",
        target_uri=f"{one.container.ref.partition('#')[0]}#index",
        captured_at=run.run_at,
        media_type="application/jsonl",
        body=body,
        payload_sha256=sha256,
        content_sha256=sha256,
        facts_sha256=facts_digest(NOTHING_STATED),
    )
