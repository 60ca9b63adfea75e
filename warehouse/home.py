"""Where everything lives below the data folder (`--home`, `COMMUNIQUE_HOME`)."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """The data folder of one archive. Paths only; nothing is made until somebody writes."""

    root: Path

    @property
    def raw(self) -> Path:
        """Sealed WARC files, never changed."""
        return self.root / "raw"

    @property
    def manifest(self) -> Path:
        """One line per sealed file, hash-chained."""
        return self.raw / "manifest.jsonl"

    @property
    def staging(self) -> Path:
        """Read batches waiting for the writer."""
        return self.root / "staging"

    @property
    def warehouse(self) -> Path:
        """The writer's database; nobody else opens it."""
        return self.root / "warehouse.duckdb"

    @property
    def archive(self) -> Path:
        """The database people query, replaced whole."""
        return self.root / "archive.duckdb"

    @property
    def lock(self) -> Path:
        """The writer's lock."""
        return self.root / "lock"

    @property
    def sources(self) -> Path:
        """The operator's own source files."""
        return self.root / "sources"

    @property
    def reports(self) -> Path:
        """Reports as pages, one a period."""
        return self.root / "reports"

    @property
    def prefect(self) -> Path:
        """Prefect's own database and settings."""
        return self.root / "prefect"


def fsync_folder(folder: Path) -> None:
    """Makes a rename in `folder` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".open")
    with partial.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    partial.rename(path)
    fsync_folder(path.parent)
