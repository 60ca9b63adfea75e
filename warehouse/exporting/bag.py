"""A BagIt bag (RFC 8493) for hand-over: the raw records of the wanted releases and all their versions as JSON Lines.

The whole export is the payload, in `data/`; the tag files beside it have its digests. It bears no date of bagging,
so that the same archive gives the same bag.
"""

from pathlib import Path

from warehouse.exporting import web_archive
from warehouse.exporting.job import Job
from warehouse.exporting.json_lines import write_records
from warehouse.exporting.package import sha256_of

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
KEYS = "SELECT release_id, version, reading FROM versions SEMI JOIN rows_wanted USING (release_id)"


def write(job: Job) -> None:
    """Writes what is to be handed over."""
    web_archive.write(job)
    write_records(job, KEYS, "versions.jsonl")


def enclose(folder: Path) -> None:
    """Makes a bag of a folder: moves all that is in it to `data/`, and adds the tag files."""
    contents = sorted(folder.iterdir())
    data = folder / "data"
    data.mkdir()
    for path in contents:
        path.rename(data / path.name)
    payload = sorted(path for path in data.rglob("*") if path.is_file())
    info = {
        "External-Description": "Official press releases with the records they were read from",
        "Payload-Oxum": f"{sum(path.stat().st_size for path in payload)}.{len(payload)}",
    }
    tags = {
        "bagit.txt": DECLARATION,
        "bag-info.txt": "".join(f"{name}: {value}\n" for name, value in info.items()),
        "manifest-sha256.txt": _listed(folder, payload),
    }
    for name, text in tags.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    (folder / "tagmanifest-sha256.txt").write_text(
        _listed(folder, [folder / name for name in sorted(tags)]), encoding="utf-8", newline="\n"
    )


def _listed(folder: Path, paths: list[Path]) -> str:
    return "".join(f"{sha256_of(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths)
