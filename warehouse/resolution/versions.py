"""When a release has changed: the fields that count as the publisher's, compared by content.

Never by host, size, page chrome or time of retrieval; dates that we inferred are ours, not an edit.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from parsers.text import squeeze
from warehouse.resolution.file_names import file_name, is_served_as_it_is

FILES = ("attachments", "images")

EditKind = Literal["text", "image_only", "attachment_only"]
Row = Mapping[str, Any]


def changed_fields(held: Row, new: Row) -> tuple[str, ...]:
    """The fields in which `new` differs from `held`, in the order of the record; empty when the same."""
    before, after = _content(held), _content(new)
    changed = {name for name in before if before[name] != after[name]}
    changed |= {name for name in FILES if _files_differ(held[name], new[name])}
    return tuple(name for name in (*before, *FILES) if name in changed)


def carried(held: Row, new: dict[str, Any]) -> dict[str, Any]:
    """`new` with the digests of files that only `held` knows: not fetched this time is not gone."""
    known = {(name, part["url"]): part["sha256"] for name in FILES for part in held[name]}
    filled = {
        name: [part | {"sha256": part["sha256"] or known.get((name, part["url"]))} for part in new[name]]
        for name in FILES
    }
    return new | filled


def edit_kind(changed: tuple[str, ...]) -> EditKind:
    """What kind of edit these fields make."""
    if changed == ("images",):
        return "image_only"
    if changed == ("attachments",):
        return "attachment_only"
    return "text"


def _content(row: Row) -> dict[str, object]:
    return {
        "title": squeeze(row["title"]) if row["title_basis"] == "stated" else None,
        "subtitle": squeeze(row["subtitle"] or ""),
        "body": row["body_sha256"],
        "published": _stated_date(row, "published"),
        "updated": _stated_date(row, "updated"),
    }


def _files_differ(before: Sequence[Row], after: Sequence[Row]) -> bool:
    """By name and, where both are known, by digest: one that was never fetched says nothing of the other."""
    if [file_name(part["url"]) for part in before] != [file_name(part["url"]) for part in after]:
        return True
    return any(_digests_differ(old, new) for old, new in zip(before, after, strict=True))


def _digests_differ(old: Row, new: Row) -> bool:
    """Bytes that a proxy made smaller are others without an edit, so only one place's or the publisher's own count."""
    if not (old["sha256"] and new["sha256"]) or old["sha256"] == new["sha256"]:
        return False
    return old["url"] == new["url"] or (is_served_as_it_is(old["url"]) and is_served_as_it_is(new["url"]))


def _stated_date(row: Row, name: str) -> tuple[str, str] | None:
    if row[f"{name}_basis"] != "stated":
        return None
    return row[f"{name}_on"], row[f"{name}_at"]
