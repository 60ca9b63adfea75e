"""When a release has changed: the fields that count as the publisher's, compared by content.

Never by host, size, page chrome or time of retrieval; dates that we inferred are ours, not an edit.
"""

from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

from parsers.text import squeeze

EditKind = Literal["text", "image_only", "attachment_only"]
Row = Mapping[str, Any]


def changed_fields(held: Row, new: Row) -> tuple[str, ...]:
    """The fields in which `new` differs from `held`, in the order of the record; empty when the same."""
    before, after = _content(held), _content(new)
    return tuple(name for name in before if before[name] != after[name])


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
        "attachments": [(_file_name(part["url"]), part["sha256"]) for part in row["attachments"]],
        "images": [(_file_name(part["url"]), part["sha256"]) for part in row["images"]],
    }


def _stated_date(row: Row, name: str) -> tuple[str, str] | None:
    if row[f"{name}_basis"] != "stated":
        return None
    return row[f"{name}_on"], row[f"{name}_at"]


def _file_name(url: str) -> str:
    """Hosts and folders of pictures change without an edit; the name of the file is its identity."""
    return urlsplit(url).path.rpartition("/")[2] or url
