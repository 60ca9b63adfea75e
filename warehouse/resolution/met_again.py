"""The decision for bytes that are held already, and for a page as before whose files are looked at.

Nothing is parsed again: what the bytes led to, and where that release stands now, is all that is asked.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from parsers.urls import native_id
from warehouse.resolution.columns import lags_behind
from warehouse.resolution.deciding import revised, same_candidate
from warehouse.resolution.known import Known
from warehouse.resolution.leading import stays_behind, takes_over
from warehouse.resolution.verdicts import Verdict, in_place_of, placed
from warehouse.resolution.versions import FILES, changed_fields
from warehouse.staging import Entry


def decide_seen(known: Known, entry: Entry) -> Iterator[tuple[int, Verdict]]:
    """What became of a candidate whose bytes and stated facts we hold already."""
    number = 0
    while led := known.led_to.get((entry.input_sha256 or "", number)):
        yield number, _again(known, entry, number, led)
        number += 1
    if number == 0:
        yield 0, Verdict("failed", "preserved, but nothing is known of it; `communique rebuild` reads it again")


def decide_files(known: Known, entry: Entry) -> Verdict:
    """What became of a release whose page is as before, given the digests that its files have now."""
    led = known.led_to.get((entry.input_sha256 or "", 0))
    held = known.reads(led["release_id"]) if led and led["release_id"] else None
    if held is None or held["input_sha256"] != entry.input_sha256:
        return Verdict("unchanged", "reads as before", *((held["release_id"], held["version"]) if held else ()))
    now = (entry.capture or {})["files"]
    files = {
        name: [part | {"sha256": now[name].get(part["url"]) or part["sha256"]} for part in held[name]] for name in FILES
    }
    where = (held["release_id"], held["version"], held["rendition"])
    if all(files[name] == held[name] for name in FILES):
        return Verdict("unchanged", "reads as before", *where)
    row = held | {"body": known.body(held["reading_no"])} | files
    if changed := changed_fields(held, row):
        return revised(known, entry, row, (), held, changed)
    reading = placed(known, held["release_id"], row, in_place_of(held))
    return Verdict("unchanged", "the same page, with files that could not be had before", *where, reading)


def _again(known: Known, entry: Entry, item: int, led: Mapping[str, Any]) -> Verdict:
    if led["release_id"] is None:
        return Verdict(led["outcome"], led["reason"], stage=led["stage"], parser=led["parser"])
    held = known.standing[led["release_id"]]
    last = known.last.get((entry.ref, item))
    if last and (last["known_as"], last["known_from"]) == (led["release_id"], entry.input_sha256):
        return Verdict("unchanged", "reads as before", held["release_id"], last["known_at"], led["rendition"])
    if held["native_id"] and native_id(entry.ref) not in (None, held["native_id"]):
        told = f"same bytes as {led['name']}, under another number"
        return Verdict("duplicate", told, held["release_id"], led["version"], led["rendition"])
    if (entry.visit or same_candidate(known, entry, item, held)) and entry.seen_at >= held["first_seen_at"]:
        is_how_it_reads = (held["input_sha256"], held["item"]) == (entry.input_sha256, item)
        earlier = None if is_how_it_reads else known.read_from(entry.input_sha256 or "", item)
        now = known.reads(held["release_id"]) if earlier else None
        if earlier and now and not stays_behind(now, earlier) and not takes_over(now, earlier):
            if (version := lags_behind(known, entry, item, now, earlier)) is not None:
                return Verdict("unchanged", "reads as before", held["release_id"], version, led["rendition"])
            if changed := changed_fields(now, earlier):
                return revised(known, entry, earlier, (), now, changed)
        return Verdict("unchanged", "reads as before", held["release_id"], held["version"], led["rendition"])
    return Verdict("duplicate", f"same bytes as {led['name']}", held["release_id"], led["version"], led["rendition"])
