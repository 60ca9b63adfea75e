"""The decision for one item: new, revised, unchanged or duplicate, with the reason in words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from warehouse.resolution.columns import has_parted, lags_behind
from warehouse.resolution.containment import SAME_TEXT_EDITED, containment
from warehouse.resolution.identity import (
    STRENGTH,
    Key,
    keys_of,
    release_id,
    same_address,
    same_by_text,
    same_by_title,
    same_place,
)
from warehouse.resolution.known import Known
from warehouse.resolution.leading import stays_behind, takes_over
from warehouse.resolution.turns import (
    elsewhere,
    fact,
    gone_before,
    is_another_text,
    is_gone,
    is_in_other_script,
    nearest,
    proven_same,
    scripts_differ,
)
from warehouse.resolution.verdicts import Verdict, aliases_of, in_place_of, named, placed
from warehouse.resolution.versions import carried, changed_fields, edit_kind
from warehouse.staging import Entry

Row = dict[str, Any]
OWN_NAME = "item:"
"""What the ref of a candidate begins with that has no address, behind it the name that its list gives it."""


def decide(known: Known, entry: Entry, item: int, fields: Row, source: str) -> Verdict:
    """What became of a record that was read from a preserved capture."""
    told = entry.capture or {}
    origin = {"input_sha256": entry.input_sha256, "content_sha256": told["content_sha256"]}
    row = fields | origin | {"item": item, "source": source}
    keys = keys_of(row)
    match = _find(known, row, keys) or _by_own_name(known, entry, row)
    if match is None:
        return _new(known, entry, row, keys)
    held, key = match
    if turn := _turned(known, entry, row, keys, held, key):
        return turn
    row = carried(held, row)
    aliases = aliases_of(known, held, keys, key)
    twin = elsewhere(held, row) and (key.kind == "text" or held["native_id"] != row["native_id"])
    if held["content_sha256"] == row["content_sha256"] and held["item"] == item and not twin:
        if changed := _stated_anew(entry, row, held):
            return revised(known, entry, row, aliases, held, changed)
        return _read_anew(known, entry, row, aliases, held)
    return _against(known, entry, row, aliases, held, key)


def _find(known: Known, row: Row, keys: tuple[Key, ...]) -> tuple[Row, Key] | None:
    for key in keys:
        sharing = known.named.get(key.meaning, [])
        for candidate in nearest(known, sharing, row) if key.kind in STRENGTH[:2] else sharing:
            held = known.reads(candidate)
            if _proves_sameness(known, held, row, key):
                return held, key
    return None


def _by_own_name(known: Known, entry: Entry, row: Row) -> tuple[Row, Key] | None:
    """The release that an entry of a list made before: one without an address is known by the name its list gives it.

    Another text under that name is another release.
    """
    last = known.last.get((entry.ref, row["item"]))
    is_own = last is not None and last["known_by"] != "duplicate" and entry.ref.startswith(OWN_NAME)
    held = known.reads(last["known_as"]) if last and last["known_as"] and is_own else None
    if held is None or held["rendition"] != row["rendition"] or not _is_an_edit_of(known, held, row):
        return None
    return held, Key("canonical_url", entry.ref, "the name its list gives it")


def _proves_sameness(known: Known, held: Row, row: Row, key: Key) -> bool:
    if key.kind == "title_day":
        return same_by_title(held, row) and _is_an_edit_of(known, held, row)
    if key.kind == "text":
        return same_by_text(held, row)
    if key.kind == "native_id" and scripts_differ(held, row):
        return same_address(held["url"], row["url"])
    if key.kind == "canonical_url" and held["native_id"] and row["native_id"]:
        return bool(held["native_id"] == row["native_id"])
    return not has_parted(known, held, row)


def _is_an_edit_of(known: Known, held: Row, row: Row) -> bool:
    if held["text_sha256"] == row["text_sha256"] or not (held["body"] and row["body"]):
        return True
    return containment(known.body(held["reading_no"]), row["body"]) >= SAME_TEXT_EDITED


def _against(known: Known, entry: Entry, row: Row, aliases: tuple[Row, ...], held: Row, key: Key) -> Verdict:
    strong = key.kind in STRENGTH[:2]
    changed = changed_fields(held, row, known.body)
    where = (held["release_id"], held["version"], row["rendition"])
    if stays_behind(held, row):
        part = "part" if row["rendition"] == held["rendition"] else row["rendition"]
        reason = f"rendition: {part} of a release that is read from its {held['rendition']}"
        return Verdict("duplicate", reason, *where, new_keys=aliases)
    older = entry.visit and entry.seen_at < held["first_seen_at"]
    if takes_over(held, row) and not older:
        reason = f"rendition: read from this {row['rendition']} from now on, and no longer from the {held['rendition']}"
        reading = placed(known, held["release_id"], row, in_place_of(held))
        return Verdict("duplicate", reason, *where, reading, aliases)
    if not changed or (held["text_sha256"] == row["text_sha256"] and not strong):
        if same_candidate(known, entry, row["item"], held) or (strong and entry.visit):
            return Verdict("unchanged", "reads as before", *where, new_keys=aliases)
        return Verdict("duplicate", f"same text, by {key.rule}", *where, new_keys=aliases)
    if (version := lags_behind(known, entry, row["item"], held, row)) is not None:
        reason = f"as it stood here; version {held['version']} was seen at another address"
        return Verdict("unchanged", reason, held["release_id"], version, row["rendition"], new_keys=aliases)
    if older:
        return Verdict("duplicate", f"older than version {held['version']}, which stays current", *where)
    return revised(known, entry, row, aliases, held, changed)


def same_candidate(known: Known, entry: Entry, item: int, held: Mapping[str, Any]) -> bool:
    """Whether it was this release when it last was one; a fault of the server in between changes nothing."""
    last = known.last.get((entry.ref, item))
    return last is not None and last["known_as"] == held["release_id"]


def _stated_anew(entry: Entry, row: Row, held: Row) -> tuple[str, ...]:
    """What changed of a title or day that are stated beside the bytes, as a history saved by hand has them.

    At a later visit, that is the publisher's edit; at the same one, the operator's second thoughts.
    """
    later = entry.visit and entry.seen_at > held["first_seen_at"] and row["parser"] == held["parser"]
    return changed_fields(held, row) if later else ()


def _read_anew(known: Known, entry: Entry, row: Row, aliases: tuple[Row, ...], held: Row) -> Verdict:
    """The bytes of the current version under other stated facts: our reading may change, the version does not."""
    where = (held["release_id"], held["version"], row["rendition"])
    if not (entry.visit or same_candidate(known, entry, row["item"], held)):
        return Verdict("duplicate", "same bytes, other stated facts", *where, new_keys=aliases)
    said = held | {"links": held.get("links") or []}  # readings made before links were kept have null
    is_as_before = all(said.get(name) == value for name, value in row.items() if name not in ("body", "input_sha256"))
    if is_as_before or (same_place(held, row) and not changed_fields(held, row)):
        return Verdict("unchanged", "reads as before", *where, new_keys=aliases)
    reading = placed(known, held["release_id"], row, in_place_of(held))
    return Verdict("unchanged", "the same bytes, read with other stated facts", *where, reading, aliases)


def _turned(known: Known, entry: Entry, row: Row, keys: tuple[Key, ...], held: Row, key: Key) -> Verdict | None:
    """What a shared key means where it does not mean an edit; None where it may."""
    if held["text_sha256"] == row["text_sha256"] and key.kind != "text":
        return None
    if key.kind == "text":
        if not elsewhere(held, row):
            return None
        if is_gone(known, held) and not same_candidate(known, entry, row["item"], held):
            return _new(known, entry, row, keys)
        if held["text_sha256"] != row["text_sha256"]:
            reason = f"text of an earlier version, by {key.rule}"
            return Verdict("duplicate", reason, held["release_id"], held["version"], row["rendition"])
    elif key.kind in STRENGTH[:2] and not stays_behind(held, row):
        older = entry.visit and entry.seen_at < held["first_seen_at"]
        if is_in_other_script(known, held, row):
            reason = "the same text in the other Chinese script, at the same address"
            return Verdict("duplicate", reason, held["release_id"], held["version"], row["rendition"])
        if same_address(held["url"], row["url"]) and not older and is_another_text(known, held, row):
            return _replaced(known, entry, row, keys, held)
    return None


def _replaced(known: Known, entry: Entry, row: Row, keys: tuple[Key, ...], held: Row) -> Verdict:
    made = _new(known, entry, row, keys)
    why = f"another text stands at {row['url']}, with hardly anything of what stood there"
    told = fact("replaced_at_address", str(made.release_id), held["release_id"], why)
    reason = f"another text at the address of {held['release_id']}"
    return replace(made, reason=reason, facts=(*made.facts, told), alarm=row["url"])


def _new(known: Known, entry: Entry, row: Row, keys: tuple[Key, ...]) -> Verdict:
    if not keys:
        told = "nothing to know it by: no number, address, dated headline or text"
        return Verdict("quarantined", told, stage="validate", parser=row["parser"])
    # Whoever has this name was given it by the same key, and all that the key names is held here already.
    name = release_id(keys[0], known.standing, str(entry.input_sha256))
    place: Row = {"version": 1, "reading": 1, "supersedes": None, "edit_kind": None, "changed_fields": []}
    seen = {"release_seen_at": entry.seen_at, "first_seen_at": entry.seen_at}
    elder = gone_before(known, row)
    reading = placed(known, name, row, place | seen)
    facts = (
        (fact("same_as", name, elder["release_id"], "its text, which was gone, stands here again"),) if elder else ()
    )
    return Verdict("new", "first met", name, 1, row["rendition"], reading, named(known, name, keys), facts=facts)


def revised(
    known: Known, entry: Entry, row: Row, aliases: tuple[Row, ...], held: Row, changed: tuple[str, ...]
) -> Verdict:
    """The next version of a release, with `row` as its reading."""
    name = held["release_id"]
    place = {"version": held["version"] + 1, "reading": 1, "supersedes": held["reading_no"]}
    edit = {"edit_kind": edit_kind(changed), "changed_fields": list(changed)}
    seen = {"release_seen_at": held["release_seen_at"], "first_seen_at": entry.seen_at}
    twin = proven_same(known, held, row) if "body" in changed else None
    reading = placed(known, name, row, place | edit | seen)
    reason = f"changed: {', '.join(changed)}"
    facts = (_same(held, twin),) if twin else ()
    return Verdict(
        "revised", reason, name, reading["version"], row["rendition"], reading, aliases, None, None, held, facts
    )


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> Row:
    elder, younger = sorted((one, other), key=lambda row: (row["release_seen_at"], row["reading_no"]))
    return fact("same_as", younger["release_id"], elder["release_id"], "edited, both read word for word the same")
