"""Numbered schema files, each run once in one transaction and remembered with its digest."""

import hashlib
import re
from datetime import datetime
from pathlib import Path

import duckdb

from sources.errors import ArchiveError
from warehouse.commenting import table_comments

SCHEMA = Path(__file__).parent / "schema"
NUMBERED = re.compile(r"^(\d{3})_\w+\.sql$")
LEDGER = """CREATE TABLE IF NOT EXISTS schema_migrations (
    version INTEGER NOT NULL, name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, applied_at TIMESTAMPTZ NOT NULL)"""
LEDGER_COMMENTS = {
    "version": "number of the schema file",
    "name": "name of the schema file",
    "sha256": "digest of the schema file as it ran",
    "applied_at": "when it ran",
}


def migrate(con: duckdb.DuckDBPyConnection, *, now: datetime, folder: Path = SCHEMA) -> int:
    """Brings the attached database to the newest schema; returns how many files ran.

    :raises ArchiveError: when the database is newer than this program, or a file that ran has since changed.
    """
    con.execute(LEDGER)
    done = dict(con.execute("SELECT version, sha256 FROM schema_migrations").fetchall())
    files = {int(match[1]): path for path in sorted(folder.iterdir()) if (match := NUMBERED.match(path.name))}
    unknown = sorted(set(done) - set(files))
    if unknown:
        raise ArchiveError(f"the archive has schema {unknown[-1]}, this program knows up to {max(files)}: upgrade it")
    ran = 0
    for version, path in sorted(files.items()):
        text = path.read_text(encoding="utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        if version not in done:
            _apply(con, version, path.name, text, digest, now)
            ran += 1
        elif done[version] != digest:
            raise ArchiveError(f"{path.name} has changed since it ran on this archive: add a new schema file instead")
    return ran


def _apply(con: duckdb.DuckDBPyConnection, version: int, name: str, text: str, digest: str, now: datetime) -> None:
    con.execute("BEGIN")
    con.execute(text)
    con.execute(";".join(table_comments(text)))
    if version == 1:
        con.execute("COMMENT ON TABLE schema_migrations IS 'Which schema files have run on this archive.'")
        for column, comment in LEDGER_COMMENTS.items():
            con.execute(f"COMMENT ON COLUMN schema_migrations.{column} IS '{comment}'")
    con.execute("INSERT INTO schema_migrations VALUES (?, ?, ?, ?)", [version, name, digest, now])
    con.execute("COMMIT")
