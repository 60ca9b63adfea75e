"""`parse`: files in, records out, nothing stored."""

import sys
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.console import out, printable, table, write_json
from flows.recordings import unfolded
from flows.settings import Settings, clock
from parsers.readings import Reading
from parsers.workers import Readers
from sources.candidate import Candidate, Refusal
from sources.capture import Capture, facts_digest
from sources.discovery.folder import candidate_at
from sources.discovery.manifest import discover_rows
from sources.errors import ConfigError
from sources.fetching import Settling, fetch_all

AT_ONCE = 100
Line = dict[str, Any]


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command()(parse)


def parse(
    context: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(help="Files to read; a sidecar NAME.meta.toml counts.")] = None,
    manifest: Annotated[Path | None, typer.Option(help="A TSV of files and what is known of them.")] = None,
    url: Annotated[str | None, typer.Option(help="The address the files came from.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line per record on stdout.")] = False,
) -> None:
    """Read files and print their records with the evidence for each field; store nothing."""
    settings: Settings = context.obj
    if not files and not manifest:
        raise ConfigError("nothing to read: name files, or a TSV with --manifest")
    for line in _lines(settings, _candidates(settings, files or [], manifest), url):
        if as_json:
            write_json(line)
        else:
            _show(line)


def _candidates(settings: Settings, files: Sequence[Path], manifest: Path | None) -> Iterator[Candidate | Refusal]:
    for place, path in enumerate(files):
        yield candidate_at(path, position=place)
    if manifest:
        rows = discover_rows(manifest, limit=settings.size_limit)
        yield from sorted(rows, key=lambda one: one.candidate.position if isinstance(one, Refusal) else one.position)


@dataclass(slots=True)
class _File:
    """One file on its way: `left` counts the candidates in it that are not read yet, `item` the lines it gave."""

    name: str
    left: int = 1
    item: int = 0
    skipped: Counter[str] = field(default_factory=Counter)


def _lines(settings: Settings, candidates: Iterable[Candidate | Refusal], url: str | None) -> Iterator[Line]:
    files: deque[_File] = deque()
    results = fetch_all(
        _unfolded(candidates, files), limit=settings.size_limit, now=clock(), settle=Settling(time.time(), pause=0.0)
    )
    with Readers(settings.workers) as readers:
        while batch := list(islice(results, AT_ONCE)):
            captures = [_at(one, url) for one in batch if isinstance(one, Capture)]
            readings = iter(readers.submit(captures).result())
            for one in batch:
                yield from _lines_of(files.popleft(), one, readings)


def _unfolded(candidates: Iterable[Candidate | Refusal], files: deque[_File]) -> Iterator[Candidate | Refusal]:
    """The candidates, files of many records as their records; to each, its file is noted."""
    for one in candidates:
        found = list(unfolded(one, clock()))
        file = _File(one.candidate.name if isinstance(one, Refusal) else one.name, len(found))
        for each in found:
            files.append(file)
            yield each


def _lines_of(file: _File, result: Capture | Refusal, readings: Iterator[Sequence[Reading]]) -> Iterator[Line]:
    """What one result adds to the lines of its file; a file that gave none says what is in it."""
    file.left -= 1
    if isinstance(result, Capture):
        for reading in next(readings):
            yield _line(file.name, file.item, reading)
            file.item += 1
    elif result.candidate.record and result.outcome == "skipped":
        file.skipped[result.reason.partition(":")[0]] += 1
    else:
        yield _line(file.name, file.item, Reading(record=None), result.reason)
        file.item += 1
    if not file.left and not file.item:
        held = ", ".join(f"{what}: {count}" for what, count in sorted(file.skipped.items()))
        yield _line(file.name, 0, Reading(record=None), f"no page or document in it; what it holds: {held}")


def _at(capture: Capture, url: str | None) -> Capture:
    """The capture under the address that was named for the files; records keep their own."""
    if url is None or "#offset=" in capture.ref:
        return capture
    stated = replace(capture.stated, url=url)
    return replace(capture, stated=stated, url=url, facts_sha256=facts_digest(stated, capture.fault))


def _line(file: str, item: int, reading: Reading, reason: str | None = None) -> Line:
    told = reading.rejection["reason"] if reading.rejection else reason
    outcome = "parsed" if reading.record else "quarantined"
    return {"file": file, "item": item, "outcome": outcome, "reason": told, "record": reading.record}


def _show(line: Line) -> None:
    record = line["record"]
    if record is None:
        out.print(f"{printable(line['file'])}: quarantined: {printable(line['reason'])}\n", markup=False)
        return
    shown = table(f"{printable(line['file'])} (item {line['item']})", ("field", "value", "basis", "rule"))
    for name, value in record.items():
        if name in ("evidence", "blocks") or value in (None, [], ""):
            continue
        evidence = record["evidence"].get(name) or {}
        told = value["at"] or value["on"] if name in ("published", "updated", "event") else value
        text = str(told) if name != "body" else f"{len(record['blocks'])} blocks, {len(value)} characters"
        shown.add_row(name, printable(text[:300]), evidence.get("basis", ""), evidence.get("rule", ""))
    out.print(shown)
    out.print()
    sys.stdout.flush()
