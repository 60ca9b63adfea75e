"""The folder that every export is: its data, README, rights, and a manifest with the digest of each file.

It is written beside its place under a name ending in `.open` and renamed when it is whole. An earlier export in the
same place is replaced; anything else that stands there is left alone.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import Any

from sources.errors import ArchiveError
from warehouse.home import fsync_folder

MANIFEST = "manifest.json"
KIND = "communique export 1"


@dataclass(slots=True)
class Package:
    """An export while it is written. `counts` and `about` go into the manifest."""

    folder: Path
    counts: dict[str, int] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)

    def path(self, name: str) -> Path:
        """Where a file of this name, below the folder with `/`, is to be written."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def write(self, name: str, text: str) -> None:
        """A small file, UTF-8 with line feeds."""
        self.path(name).write_bytes(text.encode())


@contextmanager
def packed(place: Path, finish: Callable[[Path], None] | None = None) -> Iterator[Package]:
    """A folder to be filled; in its place with its manifest when the block ends, and not at all when it fails.

    :param finish: what is to be done with the folder once the manifest is written.
    :raises ArchiveError: when something stands there that is no export.
    """
    if place.exists() and not _is_export(place):
        raise ArchiveError(f"{place}: is there already and is no export; name another place with --to")
    coming = place.with_name(place.name + ".open")
    shutil.rmtree(coming, ignore_errors=True)
    coming.mkdir(parents=True)
    try:
        package = Package(coming)
        yield package
        told = {"kind": KIND, **package.about, "counts": package.counts, "files": _files(coming)}
        package.write(MANIFEST, as_text(told))
        if finish:
            finish(coming)
        _put_in_place(coming, place)
    finally:
        shutil.rmtree(coming, ignore_errors=True)


def as_text(value: Mapping[str, Any]) -> str:
    """JSON that a person reads, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def sha256_of(path: Path) -> str:
    """Lower-case hex SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _files(folder: Path) -> list[dict[str, Any]]:
    """Every file written so far, by name."""
    paths = sorted((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())
    return [{"path": name, "size": path.stat().st_size, "sha256": sha256_of(path)} for name, path in paths]


def _is_export(place: Path) -> bool:
    for name in (MANIFEST, f"data/{MANIFEST}"):
        try:
            told = json.loads((place / name).read_bytes())
        except (OSError, ValueError):
            continue
        if isinstance(told, dict) and told.get("kind") == KIND:
            return True
    return place.is_dir() and not any(place.iterdir())


def _put_in_place(coming: Path, place: Path) -> None:
    before = place.with_name(place.name + ".before")
    shutil.rmtree(before, ignore_errors=True)
    if place.exists():
        place.rename(before)
    coming.rename(place)
    fsync_folder(place.parent)
    shutil.rmtree(before, ignore_errors=True)
