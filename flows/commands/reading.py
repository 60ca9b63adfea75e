"""`parse`: files in, records out, nothing stored."""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.console import out, printable, table, write_json
from flows.settings import Settings, clock
from parsers.readings import Reading
from parsers.workers import Readers
from sources.capture import Candidate, Capture, Refusal, facts_digest
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


def _lines(settings: Settings, candidates: Iterable[Candidate | Refusal], url: str | None) -> Iterator[Line]:
    results = fetch_all(
        candidates, limit=settings.size_limit, now=clock(), settle=Settling(listed_at=time.time(), pause=0.0)
    )
    with Readers(settings.workers) as readers:
        while batch := list(islice(results, AT_ONCE)):
            captures = [_at(one, url) for one in batch if isinstance(one, Capture)]
            readings = iter(readers.submit(captures).result())
            for one in batch:
                if isinstance(one, Refusal):
                    yield _line(one.candidate.name, 0, Reading(record=None), one.reason)
                    continue
                for item, reading in enumerate(next(readings)):
                    yield _line(one.name, item, reading)


def _at(capture: Capture, url: str | None) -> Capture:
    if url is None:
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
    for field, value in record.items():
        if field in ("evidence", "blocks") or value in (None, [], ""):
            continue
        evidence = record["evidence"].get(field) or {}
        told = value["at"] or value["on"] if field in ("published", "updated", "event") else value
        text = str(told) if field != "body" else f"{len(record['blocks'])} blocks, {len(value)} characters"
        shown.add_row(field, printable(text[:300]), evidence.get("basis", ""), evidence.get("rule", ""))
    out.print(shown)
    out.print()
    sys.stdout.flush()
