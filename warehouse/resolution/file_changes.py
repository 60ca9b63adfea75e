"""When a publisher has exchanged pictures or documents: by the names of the files, and by their bytes where known."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from warehouse.resolution.file_names import file_name, is_served_as_it_is, picture_name, without_perhaps_size

Row = Mapping[str, Any]


def documents_differ(before: Sequence[Row], after: Sequence[Row]) -> bool:
    """By name and, where both are known, by digest: one that was never fetched says nothing of the other."""
    if [file_name(part["url"]) for part in before] != [file_name(part["url"]) for part in after]:
        return True
    return any(_digests_differ(old, new) for old, new in zip(before, after, strict=True))


def pictures_differ(before: Sequence[Row], after: Sequence[Row]) -> bool:
    """By name, whatever their order, format and size; of what came and went, a size may be told by a word."""
    known, now = _by_name(before), _by_name(after)
    gone, come = (
        Counter(map(without_perhaps_size, ones - others))
        for ones, others in ((known.keys(), now.keys()), (now.keys(), known.keys()))
    )
    return gone != come or any(_bytes_differ(known[name], now[name]) for name in known.keys() & now.keys())


def _by_name(pictures: Sequence[Row]) -> dict[str, list[Row]]:
    named: dict[str, list[Row]] = {}
    for one in pictures:
        named.setdefault(picture_name(one["url"]), []).append(one)
    return named


def _bytes_differ(before: Sequence[Row], after: Sequence[Row]) -> bool:
    """Whether any of the pictures of one name is none of those that had it, as far as their digests tell."""
    for new in after:
        held = [old for old in before if old["url"] == new["url"]] or before
        if all(_digests_differ(old, new) for old in held):
            return True
    return False


def _digests_differ(old: Row, new: Row) -> bool:
    """Bytes that a proxy made smaller or turned into another format are others without an edit.

    So only one place's count, or the publisher's own.
    """
    if not (old["sha256"] and new["sha256"]) or old["sha256"] == new["sha256"]:
        return False
    if old["url"] == new["url"]:
        return True
    is_own = is_served_as_it_is(old["url"]) and is_served_as_it_is(new["url"])
    return is_own and file_name(old["url"]) == file_name(new["url"])
