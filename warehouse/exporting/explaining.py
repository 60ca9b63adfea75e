"""What goes along with an export for people: what it is, how its rows are named, and under which terms it stands."""

from collections.abc import Mapping, Sequence
from typing import Any

from parsers.publishers import by_key
from warehouse.exporting.job import Job

ASK = "not known to this archive; ask the publisher before you pass the texts on"
HEADING = "Terms under which the publishers' texts stand, as far as the archive knows them. No legal advice."
KEYS = """Every release has a release_id, given once and never changed; its versions count the publisher's edits from 1,
its readings our parsers' readings of the same bytes. Cite and join on release_id and version; add reading where
the wording of our extraction matters. content_sha256 is the digest of the bytes that were read, in raw files too."""
FORMAT_TOLD: Mapping[str, str] = {
    "parquet": "Hive partitions by publisher and year of `day`; schema.json says what the columns mean.",
    "csv": "RFC 4180 in UTF-8; lists are JSON; an empty cell without quotes is null. Unless manifest.json says\n"
    "lossless, a text that begins like a formula has an apostrophe in front that the publisher did not write.",
    "jsonl": "One JSON object a line, keys sorted.",
    "warc": "WARC 1.1: the records as they were sealed, byte for byte, behind the head of the file each comes from.\n"
    "What was read from a file whose web address is known stands a second time under that address.",
    "wacz": "WACZ 1.1.1: one file that ReplayWeb.page and pywb open.",
    "bag": "BagIt 1.0 (RFC 8493): raw records as WARC, and every version as JSON Lines.",
    "atom": "Atom (RFC 4287): the newest releases, and the newest edits.",
}


def readme(kind: str, job: Job) -> str:
    """The page a person reads first."""
    counted = "\n".join(f"  {name.replace('_', ' ')}: {count}" for name, count in sorted(job.package.counts.items()))
    return (
        f"An export of official press releases, made by Communiqué.\n\n{FORMAT_TOLD[kind]}\n\n{KEYS}\n\n"
        f"What was asked:\n  {job.package.about['query']}\n\nWhat is here:\n{counted}\n\n"
        "manifest.json has the SHA-256 of every file and of the archive's last line; RIGHTS.txt the terms of reuse.\n"
    )


def rights_told(found: Sequence[tuple[str, dict[str, Any] | None, int]]) -> str:
    """A section for each publisher and its terms, which may differ from release to release."""
    return "\n".join((HEADING, "", *(_section(*one) for one in found)))


def _section(key: str, rights: dict[str, Any] | None, releases: int) -> str:
    known = by_key(key)
    names = f" — {'; '.join(known.names.values())}" if known and known.key == key else ""
    told = [rights[part] for part in ("label", "note", "url") if rights.get(part)] if rights else [ASK]
    lines = [f"{key}{names}", f"releases: {releases}", *map(str, told)]
    return "\n  ".join(" ".join(line.split()) for line in lines) + "\n"
