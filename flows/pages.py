"""The pages that a list names, fetched politely: hosts at once, each host one request at a time.

What came back is handed on every so often, so that a crash costs little and reading goes on meanwhile.
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from flows.arrivals import BATCH_BYTES, Listed, Portion, is_settled
from flows.attachments import left_by_the_dead, named_by
from flows.holdings import Holdings, holdings_of
from flows.lanes import side_by_side
from flows.left_behind import note_pages
from flows.picking import Picked, Picker, Piece
from flows.revisits import visit_rows
from flows.run import Run
from flows.visits import the_web
from sources.answers import put_aside
from sources.candidate import Candidate, Refusal
from sources.capture import Capture
from sources.suspicion import fingerprint, title_of

ALIKE = 3
"""Pages under different titles that show the same, from which on none of them is believed."""


def fetch_pages(run: Run, listed: Sequence[Listed]) -> Iterator[Portion]:
    """The page of each candidate, or its entry in the list where that is all there is.

    A page that was read is not asked for again, unless that is due or the run revisits; the files of one that a dead
    run left are. An entry that is all there is came with its list, and is looked at each time. What was never read
    comes first; within a portion all is in the list's order.
    """
    waiting = set() if run.revisit else _without_files(run, listed)
    asked = [run.revisit or one.is_due or _came_with_list(one) or not (is_settled(one) or one.waits) for one in listed]
    pieces = [
        Piece(place, one, one.candidate, only_files=not asked[place])
        for place, one in enumerate(listed)
        if isinstance(one.candidate, Candidate) and (asked[place] or place in waiting)
    ]
    portion = Portion()
    for place in set(range(len(listed))) - {piece.place for piece in pieces}:
        last = listed[place].last
        portion.counts["unchanged" if last is None or is_settled(listed[place]) else last["outcome"]] += 1
    pieces.sort(key=lambda piece: piece.listed.is_due)
    for picked in _portions(run, pieces):
        for one in sorted(picked, key=lambda one: one.piece.place):
            if one.files:
                portion.files.append(one.files)
            else:
                portion.take(one.result, one.piece.listed.last)
            portion.evidence += one.evidence
            portion.visits += visit_rows(run, one)
        yield portion
        portion = Portion()
    if not portion.is_empty():
        yield portion


def _came_with_list(one: Listed) -> bool:
    return isinstance(one.candidate, Candidate) and one.candidate.url is None


def _without_files(run: Run, listed: Sequence[Listed]) -> set[int]:
    """The places of releases whose run died between their pages and their files."""
    settled = {place: one.last["release_id"] for place, one in enumerate(listed) if one.last and is_settled(one)}
    if not settled:
        return set()
    source = run.settings.sources()[run.source]
    with run.writing() as writer:
        left = left_by_the_dead(writer, run.source, settled.values())
        named = named_by(run, writer, source, left) if left else {}
    lacking = {release for release, files in named.items() if any(one.sha256 is None for one in files)}
    return {place for place, release in settled.items() if release in lacking}


def _portions(run: Run, pieces: Sequence[Piece]) -> Iterator[list[Picked]]:
    if not pieces:
        return
    source = run.settings.sources()[run.source]
    with run.writing() as writer:
        held = holdings_of(writer, run.source, [one.candidate.ref for one in pieces])
        releases = [last["release_id"] for one in pieces if (last := one.listed.last) and last["release_id"]]
        named = named_by(run, writer, source, releases)
    shown: Counter[tuple[str, str]] = Counter()
    picked: list[Picked] = []
    size, began = 0, time.monotonic()
    with the_web(run) as web:
        picker = Picker(run, source, web, held, named)
        for one in side_by_side(pieces, _host, picker.pick, lambda one: one.size):
            picked.append(one)
            size += one.size
            if size >= BATCH_BYTES or time.monotonic() - began >= run.settings.seal_seconds:
                yield _noted(run, _believed(picked, held, shown))
                run.leave()  # whoever took it may have opened the database
                picked, size, began = [], 0, time.monotonic()
    if picked:
        yield _noted(run, _believed(picked, held, shown))


def _host(piece: Piece) -> str:
    try:
        return urlsplit(piece.candidate.url or "").netloc.lower()
    except ValueError:  # no address; the guard says so
        return ""


def _believed(picked: list[Picked], held: Holdings, shown: Counter[tuple[str, str]]) -> list[Picked]:
    """Puts aside the pages that show the same as others under other titles.

    `shown` goes over a whole batch. Only pages whose own titles are alike are compared: others are no such pages.
    """
    headed = Counter(title_of(one.fresh) for one in picked if one.fresh)
    prints = [
        fingerprint(one.fresh, numbers=True) if one.fresh and headed[title_of(one.fresh)] >= ALIKE else None
        for one in picked
    ]
    shown.update({(seen, one.piece.candidate.name): 1 for one, seen in zip(picked, prints, strict=True) if seen})
    titles = Counter(seen for seen, _ in shown)
    return [
        _put_aside(one, held, f"it shows the same as {titles[seen] - 1} pages under other titles")
        if seen and titles[seen] >= ALIKE
        else one
        for one, seen in zip(picked, prints, strict=True)
    ]


def _put_aside(one: Picked, held: Holdings, reason: str) -> Picked:
    """A page that is not believed: failed, with the page itself as evidence."""
    capture = one.result
    if not isinstance(capture, Capture):
        return one
    refusal = Refusal(one.piece.candidate, "failed", reason)
    evidence = (put_aside(capture, reason),) if held.wants(capture.ref, capture.status or 0) else ()
    trouble = ("pages alike", reason)
    return replace(one, result=refusal, fresh=None, evidence=evidence, trouble=trouble, answer="failed")


def _noted(run: Run, picked: list[Picked]) -> list[Picked]:
    trouble = {one.trouble[0]: f"{one.piece.candidate.ref}: {one.trouble[1]}" for one in picked if one.trouble}
    exchanges = [exchange for one in picked for exchange in one.exchanges]
    note_pages(run, sum(_is_believed(one) for one in picked), trouble, exchanges)
    return picked


def _is_believed(one: Picked) -> bool:
    """Whether a page came and nothing speaks against it: not what failed, nor what was put aside and is as it was."""
    last = one.piece.listed.last
    if not isinstance(one.result, Capture):
        return False
    return not (last and last["outcome"] == "quarantined" and last["input_sha256"] == one.result.input_sha256)
