"""Captures that a dead run sealed but never staged: read them from the vault and stage them in its name."""

from collections.abc import Mapping

import pyarrow as pa

from flows.demands import as_demanded
from flows.run import Run, source_lock, started
from parsers.workers import Readers
from sources.capture import rfc3339
from sources.config import Source
from sources.errors import LockBusy
from warehouse.home import Home
from warehouse.lock import held
from warehouse.resolution.known import with_table
from warehouse.staging import (
    EVIDENCE,
    Batch,
    batch_id,
    entry_list,
    entry_read,
    raw_file_of,
    raw_file_row,
    stage,
    staged,
)
from warehouse.vault.looked import Looked, head_after, note_looked, read_looked
from warehouse.vault.manifest import Line
from warehouse.vault.warc import captures_in
from warehouse.writing import Writer

LOADED = "loaded"


def adopt_orphans(run: Run, writer: Writer) -> None:
    """Stages every sealed file of captures that is in no batch, unless the run that wrote it still lives."""
    lines = orphans(run.home, writer)
    sources = run.settings.sources() if lines else {}
    with Readers(run.settings.workers) as readers:  # starts no process unless there is something to read
        for line in lines:
            source, _, rest = line.path.partition("/")
            if source == run.source or _is_dead(run.home, source):
                name = rest.rpartition("/")[2].removesuffix(".warc.gz")
                stage(run.home, _batch(run.home, line, source, name, readers, sources))


def orphans(home: Home, writer: Writer) -> list[Line]:
    """Sealed files of captures that neither the archive nor staging knows, in the order of the manifest.

    What stands before the first that is not loaded is not looked at again: loaded is for good, by its journal.
    """
    before, following = read_looked(home, LOADED)
    paths = [line.path for line in following if line.kind == "captures"]
    loaded: set[str] = set()
    if paths:
        with_table(writer.con, "wanted_paths", pa.table({"path": paths}))
        found = writer.con.execute("SELECT path FROM kept.raw_files SEMI JOIN wanted_paths USING (path)").fetchall()
        loaded = {path for (path,) in found}
    left = [place for place, line in enumerate(following) if line.kind == "captures" and line.path not in loaded]
    if reached := left[0] if left else len(following):
        note_looked(home, LOADED, Looked(head_after(home, before.line, following, reached)))
    waiting = {raw_file["path"] for raw_file in map(raw_file_of, staged(home)) if raw_file} if left else set()
    return [following[place] for place in left if following[place].path not in waiting]


def _is_dead(home: Home, source: str) -> bool:
    """Whether no run of that source holds its lock."""
    try:
        with held(source_lock(home, source), wait=0):
            return True
    except LockBusy:
        return False


def _batch(home: Home, line: Line, source: str, name: str, readers: Readers, sources: Mapping[str, Source]) -> Batch:
    run_id, _, number = name.rpartition("-")
    found = list(captures_in(home.raw / line.path))
    configured = sources.get(source)
    to_read = [capture for _, capture in found if not capture.ref.startswith(EVIDENCE)]
    readings = iter(readers.submit(to_read).result() if to_read else ())
    entries = tuple(
        entry_list(capture, line.path, offset)
        if capture.ref.startswith(EVIDENCE)
        else entry_read(capture, line.path, offset, as_demanded(configured, next(readings)))
        for offset, capture in found
    )
    place, run_at = batch_id(run_id, int(number)), rfc3339(started(run_id))
    return Batch(place, run_id, source, "ingest", run_at, raw_file_row(line), entries)
