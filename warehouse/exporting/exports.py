"""The door: a selection of the archive becomes a folder of files in one format."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from importlib import metadata
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import duckdb

from sources.capture import digest, rfc3339
from warehouse.connection import opened_read_only, sql
from warehouse.exporting import atom, bag, comma_separated, json_lines, parquet, wacz, web_archive
from warehouse.exporting.columns import schema_told
from warehouse.exporting.explaining import readme, rights_told
from warehouse.exporting.job import Job, Options
from warehouse.exporting.package import Package, as_text, packed
from warehouse.exporting.selection import Selection, checked
from warehouse.home import Home

BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)  # an archive without a batch has no time of its own

Kind = Literal["parquet", "csv", "jsonl", "warc", "wacz", "bag", "atom"]
FORMATS: Mapping[Kind, Callable[[Job], None]] = {
    "parquet": parquet.write,
    "csv": comma_separated.write,
    "jsonl": json_lines.write,
    "warc": web_archive.write,
    "wacz": wacz.write,
    "bag": bag.write,
    "atom": atom.write,
}
OF_ROWS = ("parquet", "csv")  # with the columns of a view


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the folder, and what was counted."""

    place: Path
    counts: Mapping[str, int]


def export(
    home: Home, kind: Kind, selection: Selection, *, place: Path | None = None, options: Options | None = None
) -> Exported:
    """Writes what is selected to `place`, else to `exports/<format>` of the data folder. Needs no lock.

    :param kind: a key of `FORMATS`.
    :raises ArchiveError: when nothing is published yet, the selection cannot be read, or the place is taken.
    :raises VaultError: when bytes that are wanted are damaged or missing.
    """
    place = place or home.root / "exports" / kind
    with opened_read_only(home.archive) as con:
        checked(con, selection)
        con.execute(f"CREATE TEMP VIEW rows_wanted AS {selection.query}")
        with packed(place, bag.enclose if kind == "bag" else None) as package:
            package.about |= _about(con, home, kind, selection)
            job = Job(con, home, selection, package, options or Options(), _as_at(con), _name(package))
            FORMATS[kind](job)
            _explain(job, kind)
    return Exported(place, package.counts)


def _explain(job: Job, kind: Kind) -> None:
    rights = job.con.execute(sql("exporting/rights")).fetchall()
    job.package.counts["releases"] = sum(releases for *_, releases in rights)
    if kind in OF_ROWS:
        job.package.write("schema.json", as_text(schema_told(job.con, job.selection.view)))
    job.package.write("RIGHTS.txt", rights_told(rights))
    job.package.write("README.txt", readme(kind, job))


def _about(con: duckdb.DuckDBPyConnection, home: Home, kind: Kind, selection: Selection) -> dict[str, Any]:
    return {
        "format": kind,
        "query": selection.query,
        "archive": _head(con, home),
        "software": f"communique {metadata.version('communique')}",
    }


def _head(con: duckdb.DuckDBPyConnection, home: Home) -> dict[str, Any] | None:
    """The last batch that is published, and the digest of its line in the manifest, which vouches for all before it."""
    found = con.execute(sql("exporting/head")).fetchone()
    if found is None:
        return None
    batch_no, journal, sealed_at = found
    told = {"batch": batch_no, "journal": journal, "journal_at": rfc3339(sealed_at), "manifest_line_sha256": None}
    if home.manifest.exists():
        with home.manifest.open("rb") as lines:
            told["manifest_line_sha256"] = next(
                (digest(line.removesuffix(b"\n")) for line in islice(lines, batch_no - 1, batch_no)), None
            )
    return told


def _as_at(con: duckdb.DuckDBPyConnection) -> datetime:
    found = con.execute(sql("exporting/head")).fetchone()
    return found[2].astimezone(UTC) if found else BEFORE_ALL


def _name(package: Package) -> str:
    return sha256(as_text(package.about).encode()).hexdigest()[:16]
