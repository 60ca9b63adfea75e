"""When a release has changed: the fields that count as the publisher's, compared by content.

Never by host, size, page chrome or time of retrieval; dates that we inferred are ours, not an edit.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Literal

from parsers.text import as_seen, squeeze, without_blanks
from warehouse.resolution.file_changes import documents_differ, pictures_differ
from warehouse.resolution.stated_dates import dates_differ

FILES = ("attachments", "images")
FIELDS = ("title", "subtitle", "body", "published", "updated", *FILES)

_LIST_MARK = re.compile("^[ ]*(?:[-*\u2022\u2027\u00b7\u25cf\u25cb\u25e6\u25aa\u25a0][ ]|> ?)", re.MULTILINE)

EditKind = Literal["text", "image_only", "attachment_only"]
Row = Mapping[str, Any]
BodyOf = Callable[[int], str]


def changed_fields(held: Row, new: Row, body_of: BodyOf | None = None) -> tuple[str, ...]:
    """The fields in which `new` differs from `held`, in the order of the record; empty when the same.

    :param body_of: the body of a reading by its number, for rows that have none; without it digests decide.
    """
    changed = {name for name in ("title", "subtitle") if _text(held, name) != _text(new, name)}
    if held["body_sha256"] != new["body_sha256"] and _texts_differ(held, new, body_of):
        changed.add("body")
    changed |= {name for name in ("published", "updated") if dates_differ(held, new, name)}
    if documents_differ(held["attachments"], new["attachments"]):
        changed.add("attachments")
    if pictures_differ(held["images"], new["images"]):
        changed.add("images")
    return tuple(name for name in FIELDS if name in changed)


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


def _text(row: Row, name: str) -> str | None:
    is_stated = name != "title" or row["title_basis"] == "stated"
    return squeeze(as_seen(row[name] or "")) if is_stated else None


def _texts_differ(held: Row, new: Row, body_of: BodyOf | None) -> bool:
    """Whether more than unseen characters and the marks of lists differs, which digests cannot tell."""
    before, after = _body(held, body_of), _body(new, body_of)
    return before is None or after is None or _without_marks(before) != _without_marks(after)


def _body(row: Row, body_of: BodyOf | None) -> str | None:
    if isinstance(row["body"], str):
        return row["body"]
    return body_of(row["reading_no"]) if body_of else None


def _without_marks(body: str) -> str:
    return without_blanks(as_seen(_LIST_MARK.sub("", body)))
