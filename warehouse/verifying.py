"""Verify: every row against the journal that brought it and against the bytes it stands on."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from sources.errors import ArchiveError, VaultError
from warehouse.connection import opened_read_only, sql
from warehouse.content_hash import table_hash
from warehouse.home import Home
from warehouse.resolution.known import rows as rows_of
from warehouse.vault.journal import Journal, read_journal
from warehouse.vault.manifest import audit
from warehouse.vault.verify import Finding
from warehouse.vault.warc import captures_in
from warehouse.withheld import note_withheld, shown

REBUILD = "run `communique rebuild`: it makes the database again from raw"
PUBLISH = "run `communique run` to publish again"
UNPUBLISHED = "loaded and not published yet"
Row = Mapping[str, Any]


def verify_rows(home: Home, con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    """What is wrong with the rows behind `con`, an archive of `home`; sound means none.

    Streams: one journal or one raw file at a time.
    """
    loaded = {path for (path,) in con.execute("SELECT journal_path FROM kept.batches").fetchall()}
    batches = 0
    sealed: Counter[str] = Counter()
    for line in audit(home)[0]:  # what is wrong with the list is named by the check of the raw files
        if line.kind == "captures":
            yield from _against_bytes(home, con, line.path)
        elif line.path in loaded:
            batches += 1
            yield from _against_journal(home, con, line.n, line.path, sealed)
        else:
            yield Finding(line.path, None, "journal not loaded yet", "the next run loads it", is_failure=False)
    if batches != len(loaded):
        yield Finding("manifest.jsonl", None, f"{len(loaded) - batches} loaded batches have no journal in raw", REBUILD)
    yield from _strays(con, sealed)
    yield from _gaps(con)


def verify_rows_of(home: Home, con: duckdb.DuckDBPyConnection, paths: Collection[str]) -> Iterator[Finding]:
    """What is wrong with the rows that rest on these raw files; those that are not loaded yet are left out."""
    loaded = {path for (path,) in con.execute("SELECT journal_path FROM kept.batches").fetchall()}
    for line in audit(home)[0]:
        if line.path in paths and line.kind == "captures":
            yield from _against_bytes(home, con, line.path)
        elif line.path in paths and line.path in loaded:
            yield from _against_journal(home, con, line.n, line.path, Counter())


def with_releases(con: duckdb.DuckDBPyConnection, finding: Finding) -> Finding:
    """A finding about a raw file, with the releases that rest on it."""
    found = con.execute(sql("resting_on"), {"path": finding.file, "place": finding.offset}).fetchall()
    return replace(finding, ref=", ".join(release for (release,) in found) or finding.ref)


def verify_published(writer: duckdb.DuckDBPyConnection, archive: Path) -> Iterator[Finding]:
    """Whether the file people query says what the writer's does, table by table, as far as it was published."""
    try:
        with opened_read_only(archive) as published:
            yield from _against_writer(writer, published, archive.name)
    except (ArchiveError, duckdb.Error) as error:
        yield Finding(archive.name, None, f"cannot be read ({error})", PUBLISH)


def _against_writer(
    writer: duckdb.DuckDBPyConnection, published: duckdb.DuckDBPyConnection, name: str
) -> Iterator[Finding]:
    ((last,),) = published.execute("SELECT coalesce(max(batch_no), 0) FROM kept.batches").fetchall()
    note_withheld(writer, "archive")
    since = f"WHERE batch_no > {last}"
    behind, decided = _count(writer, "batches", since), _count(writer, "decisions", since)
    if behind:
        what = f"{UNPUBLISHED}: {behind} {'batch' if behind == 1 else 'batches'}"
        yield Finding(name, None, what, PUBLISH, is_failure=False)
    taken_up = "true" if decided else f"batch_no <= {last}"  # what is withheld since then has to be gone already
    for table in _tables(writer):
        if table_hash(writer, table, f"{shown(f'kept.{table}')} AND {taken_up}") != table_hash(published, table):
            yield Finding(name, None, f"{table} differs from the writer's database", PUBLISH)
    if published.execute(sql("wrongly_current")).fetchall():
        yield Finding(name, None, "is_current is not the newest reading of each release", PUBLISH)


def _against_bytes(home: Home, con: duckdb.DuckDBPyConnection, path: str) -> Iterator[Finding]:
    said = {
        offset: (digest, release)
        for offset, digest, release in con.execute(
            "SELECT c.raw_offset, c.content_sha256, first(r.release_id) FROM kept.captures AS c"
            " LEFT JOIN kept.readings AS r USING (input_sha256) WHERE c.raw_path = ? GROUP BY ALL",
            [path],
        ).fetchall()
    }
    try:
        for offset, capture in captures_in(home.raw / path):
            digest, release = said.pop(offset, (None, None))
            if digest is not None and digest != capture.content_sha256:
                yield Finding(path, offset, "the row of this capture names other bytes", REBUILD, release)
    except (VaultError, OSError):
        return  # the check of the raw files names the damage
    for offset, (_, release) in sorted(said.items()):
        yield Finding(path, offset, "a row names a capture that is not there", REBUILD, release)


def _against_journal(
    home: Home, con: duckdb.DuckDBPyConnection, batch_no: int, path: str, sealed: Counter[str]
) -> Iterator[Finding]:
    try:
        journal = read_journal(home, path)
    except (VaultError, OSError):
        # The check of the raw files names the damage; what cannot be compared counts as it stands.
        sealed.update({table: _count(con, table, f"WHERE batch_no = {batch_no}") for table in _tables(con)})
        return
    for table, rows in journal.rows.items():
        sealed[table] += len(rows)
        yield from _table_against_journal(con, journal, table, batch_no, path)


def _table_against_journal(
    con: duckdb.DuckDBPyConnection, journal: Journal, table: str, batch_no: int, path: str
) -> Iterator[Finding]:
    query = f"SELECT * EXCLUDE (batch_no) FROM kept.{table} WHERE batch_no = $batch_no ORDER BY rowid"
    found = rows_of(con, query, {"batch_no": batch_no})
    sealed = journal.rows[table]
    if len(found) != len(sealed):
        yield Finding(path, None, f"{table}: {len(found)} rows, the journal has {len(sealed)}", REBUILD)
        return
    for row, told in zip(found, sealed, strict=True):
        wrong = [name for name in told if name in row and row[name] != told[name]]
        if wrong:
            ref = told.get("release_id") or told.get("ref")
            yield Finding(path, None, f"{table}: {', '.join(wrong)} is not what the journal says", REBUILD, ref)


def _strays(con: duckdb.DuckDBPyConnection, sealed: Counter[str]) -> Iterator[Finding]:
    """Rows that no loaded batch brought."""
    for table in _tables(con):
        if (there := _count(con, table)) != sealed[table]:
            what = f"{table}: {there} rows, all journals of loaded batches have {sealed[table]}"
            yield Finding("warehouse.duckdb", None, what, REBUILD)


def _tables(con: duckdb.DuckDBPyConnection) -> list[str]:
    found = con.execute(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'kept'"
        " AND database_name = current_database() ORDER BY table_name"
    )
    return [name for (name,) in found.fetchall()]


def _count(con: duckdb.DuckDBPyConnection, table: str, where: str = "") -> int:
    found = con.execute(f"SELECT count(*) FROM kept.{table} {where}").fetchone()
    return int(found[0]) if found else 0


def _gaps(con: duckdb.DuckDBPyConnection) -> Iterator[Finding]:
    counted = con.execute(
        "SELECT release_id FROM kept.readings GROUP BY release_id"
        " HAVING max(version) != count(DISTINCT version) OR count(*) != count(DISTINCT (version, reading))"
    ).fetchall()
    for (release,) in counted:
        yield Finding("warehouse.duckdb", None, "its versions are not 1 to n, each once", REBUILD, release)
