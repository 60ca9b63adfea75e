"""`verify`, `rebuild`, `replay`: keeping the archive trustworthy."""

import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated

import typer

from flows.asking import rows_of
from flows.commands.running import Json, tell
from flows.console import err, out, printable, write_json
from flows.enabling import enabled
from flows.progress import progress
from flows.replay import replay as read_again
from flows.run import STARTED, open_run
from flows.settings import Settings, clock
from sources.capture import Outcome
from sources.errors import DamagedArchive
from warehouse.connection import attached
from warehouse.content_hash import content_hash
from warehouse.lock import held
from warehouse.rebuilding import rebuild as rebuild_from_raw
from warehouse.reviewing import review
from warehouse.vault.heads import against_heads
from warehouse.vault.verify import Finding, verify_raw
from warehouse.verifying import REBUILD, verify_published, verify_rows, with_releases


def add_to(app: typer.Typer) -> None:
    """Registers the commands."""
    app.command()(verify)
    app.command()(rebuild)
    app.command()(replay)
    app.command()(relate)


def verify(context: typer.Context, as_json: Json = False) -> None:
    """Hash everything in raw again and hold every row against it. Exit code 1 when anything is wrong."""
    settings: Settings = context.obj
    failures = 0
    told = []
    for finding in _findings(settings):
        failures += finding.is_failure
        if as_json:
            told.append(asdict(finding))
            continue
        place = finding.file if finding.offset is None else f"{finding.file} at {finding.offset}"
        about = f" [{finding.ref}]" if finding.ref else ""
        kind = "WRONG" if finding.is_failure else "note"
        out.print(printable(f"{kind}  {place}{about}: {finding.what}; {finding.next_step}"), markup=False)
    digest = _content_hash(settings)
    if as_json:
        write_json({"sound": not failures, "findings": told, "content_hash": digest})
    else:
        out.print(f"{'sound' if not failures else f'{failures} wrong'}; content hash {digest}")
    raise typer.Exit(1 if failures else 0)


def _findings(settings: Settings) -> Iterator[Finding]:
    home = settings.place
    with progress("verify: files hashed and rows compared") as advance:
        raw = list(verify_raw(home))
        if settings.backup_heads:
            raw += against_heads(home, settings.backup_heads)
        advance(len(raw))
        if not home.warehouse.exists():
            yield from raw
            if home.manifest.exists():
                yield Finding(home.warehouse.name, None, "there is no database", REBUILD)
            return
        try:
            with held(home.lock, wait=settings.lock_wait_seconds), attached(home.warehouse) as con:
                yield from (with_releases(con, finding) for finding in raw)
                yield from verify_rows(home, con)
                if home.archive.exists():
                    yield from verify_published(con, home.archive)
        except DamagedArchive as error:
            yield Finding(home.warehouse.name, None, str(error), REBUILD)


def _content_hash(settings: Settings) -> str | None:
    home = settings.place
    if not home.warehouse.exists():
        return None
    try:
        with held(home.lock, wait=settings.lock_wait_seconds), attached(home.warehouse) as con:
            return content_hash(con)
    except DamagedArchive:
        return None


def rebuild(context: typer.Context, as_json: Json = False) -> None:
    """Make the database again from raw files and journals alone, and publish it."""
    settings: Settings = context.obj
    with progress("rebuild: journals replayed") as advance:
        digest = rebuild_from_raw(settings.place, now=clock, wait=settings.lock_wait_seconds, seen=advance)
    if as_json:
        write_json({"content_hash": digest})
    else:
        out.print(f"rebuilt {settings.place.archive}\ncontent hash {digest}")


def replay(
    context: typer.Context,
    quarantine_ids: Annotated[list[str] | None, typer.Argument(help="What to read again; else all of it.")] = None,
    as_json: Json = False,
) -> None:
    """Read what was put aside again, with today's parsers and from the preserved bytes."""
    settings: Settings = context.obj
    outcomes: Counter[Outcome] = Counter()
    run_id = ""
    for source in _replayable(settings):
        run = open_run(settings, source, flow="replay", now=clock)
        outcomes.update(read_again(run, quarantine_ids or ()))
        run_id = run.run_id
    if not outcomes and not as_json:
        err.print("nothing to replay: no quarantined input has preserved bytes")
    tell(settings, run_id, outcomes, as_json)


def relate(context: typer.Context, as_json: Json = False) -> None:
    """Hold what joins releases against today's rules: facts are added and retired, none is deleted."""
    settings: Settings = context.obj
    run_id = f"{clock().strftime(STARTED)}-{secrets.token_hex(3)}"
    told = review(settings.place, run_id=run_id, now=clock, wait=settings.lock_wait_seconds)
    if as_json:
        write_json({"run_id": run_id, "added": told["asserted"], "retired": told["retired"]})
    else:
        out.print(f"{told['asserted']} facts added, {told['retired']} retired")


def _replayable(settings: Settings) -> list[str]:
    """The sources that are visited, and those visited by name that have something put aside."""
    if not settings.place.archive.exists():
        return list(enabled(settings))
    waiting = rows_of(settings.place, "SELECT DISTINCT source FROM quarantine_open ORDER BY source")
    known = settings.sources()
    return list(dict.fromkeys([*enabled(settings), *(row["source"] for row in waiting if row["source"] in known)]))
