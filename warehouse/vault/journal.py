"""The journal: what was decided about each batch, in a WARC of its own, so that the archive can be made again.

`raw/journal/<yyyy>/<mm>/<batch>.warc.gz`: a `warcinfo` record, a `metadata` record that names the batch and
counts its rows, then one `metadata` record per table with its rows as newline-delimited JSON.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic_core import PydanticSerializationError, to_json

from sources.capture import rfc3339
from sources.errors import VaultError
from warehouse.crashpoints import crash_point
from warehouse.home import Home
from warehouse.vault import manifest
from warehouse.vault.members import Damage, Record, member, walk
from warehouse.vault.sealing import SEALED_SUFFIX, Sealed, drafting, plain_name
from warehouse.vault.warc import JOURNAL, file_record, record_id

NDJSON = "application/x-ndjson"

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Journal:
    """A batch's decisions: rows of JSON values by table. `written_at` is the batch's own instant, UTC."""

    batch_id: str
    run_id: str
    source: str
    written_at: datetime
    rows: dict[str, Rows]


def write_journal(home: Home, batch: Journal, *, written_at: datetime) -> Sealed:
    """Seals and lists a batch's decisions; on return they are on the disk.

    :param written_at: UTC; names the folder and goes into the manifest.
    :raises VaultError: when the batch has a sealed journal already.
    """
    path = f"{JOURNAL}/{written_at.astimezone(UTC):%Y/%m}/{plain_name(batch.batch_id)}{SEALED_SUFFIX}"
    header = {
        "batch_id": batch.batch_id,
        "run_id": batch.run_id,
        "source": batch.source,
        "written_at": rfc3339(batch.written_at),
        "tables": {table: len(rows) for table, rows in batch.rows.items()},
    }
    with drafting(home, path) as draft:
        about = {"isPartOf": JOURNAL, "description": f"decisions of batch {batch.batch_id}"}
        draft.add(file_record(path, written_at, about))
        blocks = {"": (_json(header), "application/json")}
        blocks |= {table: (_ndjson(rows), NDJSON) for table, rows in batch.rows.items()}
        for index, (table, (block, content_type)) in enumerate(blocks.items(), 1):
            headers = {
                "WARC-Record-ID": record_id(path, index),
                "WARC-Target-URI": _uri(batch.batch_id, table),
                "WARC-Date": rfc3339(batch.written_at),
                "WARC-Warcinfo-ID": record_id(path, 0),
            }
            draft.add(member("metadata", block, content_type, headers))
        sealed = draft.seal()
        manifest.append(home, sealed, "journal", written_at)
    crash_point("after_journal")
    return sealed


def read_journal(home: Home, path: str) -> Journal:
    """The decisions in the journal `path` below the raw folder.

    :raises VaultError: naming file and offset, when it is missing, damaged or incomplete.
    """
    file = home.raw / path
    try:
        journal = journal_of(list(walk(file)))
    except FileNotFoundError:
        raise VaultError(f"{file}: the journal is missing; restore it from a copy of the raw folder") from None
    if isinstance(journal, Damage):
        raise VaultError(f"{file}, offset {journal.offset}: {journal.what}; restore the file from a copy")
    return journal


def journal_of(records: list[Record | Damage]) -> Journal | Damage:
    """The batch that a journal file's records hold, or the first reason why they hold none."""
    sound: list[Record] = []
    for item in records:
        if isinstance(item, Damage):
            return item
        sound.append(item)
    if [record.kind for record in sound[:2]] != ["warcinfo", "metadata"]:
        return Damage(0, "the records that begin a journal are missing")
    try:
        told = json.loads(sound[1].block)
        expected = dict(told["tables"])
        batch = Journal(
            told["batch_id"], told["run_id"], told["source"], datetime.fromisoformat(told["written_at"]), {}
        )
        for table, record in zip(expected, sound[2:], strict=False):
            rows = [json.loads(line) for line in record.block.split(b"\n")[:-1]]
            if record.headers.get("warc-target-uri") != _uri(batch.batch_id, table) or len(rows) != expected[table]:
                return Damage(record.offset, f"not the {expected[table]} rows of table {table} that the batch names")
            batch.rows[table] = rows
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        return Damage(sound[1].offset, f"the journal cannot be read ({error!a})")
    if len(sound) != len(expected) + 2:
        return Damage(sound[-1].offset, f"{len(sound) - 2} tables are there, the batch names {len(expected)}")
    return batch


def _uri(batch_id: str, table: str) -> str:
    return f"urn:communique:journal:{batch_id}:{plain_name(table)}" if table else f"urn:communique:journal:{batch_id}"


def _ndjson(rows: Rows) -> bytes:
    return b"".join(_json(row) + b"\n" for row in rows)


def _json(value: dict[str, Any]) -> bytes:
    try:
        return to_json(value)
    except PydanticSerializationError:  # a lone surrogate, from a name that is not UTF-8, survives as an escape
        return json.dumps(value, separators=(",", ":")).encode()
