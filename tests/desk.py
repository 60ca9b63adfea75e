"""A news desk for tests: an inbox to drop releases into, an archive to ask, and a clock that stands still."""

import json
import os
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.asking import rows_of
from flows.direct import ingest_directly
from flows.publication import Publication
from flows.run import open_run
from flows.settings import Settings
from parsers.workers import Readers
from tests.blank import lay_out
from warehouse.connection import attached
from warehouse.content_hash import content_hash
from warehouse.home import Home
from warehouse.vault.verify import verify_raw
from warehouse.verifying import UNPUBLISHED, verify_published, verify_rows

NOON = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
LONG_AGO = 1_000_000_000.0  # a file changed then is not taken for one that still grows
TABLES = "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'kept' AND database_name = current_database()"


@dataclass
class Desk:
    """One inbox and its archive. `now` is what every run takes for the time."""

    root: Path
    now: datetime = NOON
    settings_given: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.inbox.mkdir(parents=True, exist_ok=True)

    @property
    def home(self) -> Home:
        return Home(self.root / "home")

    @property
    def inbox(self) -> Path:
        return self.root / "inbox"

    def settings(self, **given: Any) -> Settings:
        return Settings(home=self.home.root, project=self.root, **{"workers": 1, **self.settings_given, **given})

    def drop(self, name: str, text: str | bytes, facts: Mapping[str, str] | str | bytes | None = None) -> Path:
        """Puts a file into the inbox, and beside it a sidecar with `facts` (or with that very text)."""
        path = self._put(name, text)
        if isinstance(facts, Mapping):
            facts = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in facts.items())
        if facts is not None:
            self._put(f"{name}.meta.toml", facts)
        return path

    def _put(self, name: str, text: str | bytes) -> Path:
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        os.utime(path, (LONG_AGO, LONG_AGO))
        return path

    def list_of(self, rows: list[dict[str, str]], name: str = "rows.tsv") -> Path:
        """A manifest beside the inbox."""
        columns = list(dict.fromkeys(key for row in rows for key in row))
        lines = ["\t".join(columns), *("\t".join(row.get(key, "") for key in columns) for row in rows)]
        path = self.root / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def ingest(self, manifest: Path | None = None, *, publish: bool = True, **given: Any) -> dict[str, int]:
        """One direct run; the outcomes that happened. What is not published, only the writer's database knows."""
        return {outcome: n for outcome, n in self.run(manifest, publish=publish, **given)[1].items() if n}

    def run(self, manifest: Path | None = None, *, publish: bool = True, **given: Any) -> tuple[str, dict[str, int]]:
        """One direct run; its id and all outcomes."""
        lay_out(self.home)
        run = open_run(
            self.settings(**given),
            "folder",
            flow="ingest",
            now=lambda: self.now,
            inbox=None if manifest else self.inbox,
            manifest=manifest,
        )
        publication = None if publish else Publication(every=0, is_due=False)
        return run.run_id, {str(outcome): n for outcome, n in ingest_directly(run, publication=publication).items()}

    def rows(self, question: str) -> list[dict[str, Any]]:
        """The published archive's answer."""
        return rows_of(self.home, question)

    def column(self, question: str) -> list[Any]:
        """The first column of the answer."""
        return [next(iter(row.values())) for row in self.rows(question)]

    def content_hash(self) -> str:
        with attached(self.home.warehouse) as con:
            return content_hash(con)

    def wrong(self) -> list[str]:
        """What `verify` finds wrong; empty when the archive is sound and all of it is published."""
        found = list(verify_raw(self.home))
        with attached(self.home.warehouse) as con:
            found += [*verify_rows(self.home, con), *verify_published(con, self.home.archive)]
        return [f"{one.file} {one.what}" for one in found if one.is_failure or one.what.startswith(UNPUBLISHED)]

    def sizes(self) -> dict[str, int]:
        """Rows of each kept table, as the writer has them."""
        with attached(self.home.warehouse) as con:
            names = [name for (name,) in con.execute(TABLES).fetchall()]
            counts = [con.execute(f"SELECT count(*) FROM kept.{name}").fetchone() for name in names]
        return {name: found[0] for name, found in zip(names, counts, strict=True) if found}


class WarmReaders:
    """The fenced reading processes, started once for all tests instead of once a run."""

    def __init__(self) -> None:
        self._readers = Readers(1, worded=True)

    def __call__(self, _workers: int, *, worded: bool = False) -> AbstractContextManager[Readers]:
        return nullcontext(self._readers)

    def close(self) -> None:
        self._readers.close()
