"""Which release a record belongs to: the keys it offers, and when a shared key proves sameness.

A release is named by the first, strongest key that was ever met; that name is never recomputed.
Strongest first: the publisher's own number, the canonical address, publisher with day and headline,
the text itself. The last two can be shared by different releases, so they only count where nothing
that is stated contradicts them.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic_core import from_json

from parsers.own_address import is_same_article
from parsers.spellings import page_of, plain, same_page
from parsers.text import fold_title

KeyKind = Literal["native_id", "canonical_url", "title_day", "text"]
STRENGTH: tuple[KeyKind, ...] = ("native_id", "canonical_url", "title_day", "text")
Row = Mapping[str, Any]
_OWN = "link rel=canonical"


@dataclass(frozen=True, slots=True)
class Key:
    """One way to name a release, and the rule that gave it."""

    kind: KeyKind
    value: str
    rule: str

    @property
    def meaning(self) -> tuple[str, str]:
        """What the key is looked for by."""
        return meaning(self.kind, self.value)


def meaning(kind: str, value: str) -> tuple[str, str]:
    """What a key says, however it was written when the archive took it down: keys are never rewritten."""
    return kind, (page_of(value) if kind == "canonical_url" else None) or value


def same_address(one: str | None, other: str | None) -> bool:
    """Whether both are known and lead to one page."""
    return same_page(one, other)


def same_place(held: Row, new: Row) -> bool:
    """Whether two addresses, written otherwise, are of one page: but for the scheme, or a query behind its number."""
    if not (held["url"] and new["url"]) or held["url"] == new["url"]:
        return False
    one, other = (row["url"].partition("?")[0] for row in (held, new))
    return same_address(held["url"], new["url"]) or bool(
        held["native_id"] and held["native_id"] == new["native_id"] and same_address(one, other)
    )


def keys_of(row: Row) -> tuple[Key, ...]:
    """The keys a reading offers, strongest first. A path in the inbox is never one."""
    keys = []
    if row["native_id"]:
        language = row["language"].partition("-")[0]
        keys.append(Key("native_id", f"{row['publisher']} {row['native_id']} {language}", "native id of the publisher"))
    if row["url"]:
        keys.append(Key("canonical_url", row["url"], "canonical address"))
        if spelt := plain(row["url"]):
            keys.append(Key("canonical_url", spelt, "canonical address, in its plain spelling"))
        if own := _named_by_the_page(row):
            keys.append(Key("canonical_url", own, "address that the page names as its own"))
    if row["title_basis"] == "stated" and row["published_on"] and row["published_basis"] == "stated":
        value = f"{row['publisher']} {row['published_on']} {fold_title(row['title'])}"
        keys.append(Key("title_day", value, "publisher, stated day and headline"))
    if row["body"]:
        keys.append(Key("text", row["text_sha256"], "fingerprint of the text"))
    return tuple(keys)


def _named_by_the_page(row: Row) -> str | None:
    """Another address of this very article that its page names as its own."""
    written = row.get("evidence") or ""
    if _OWN not in written:
        return None
    others = from_json(written).get("url", {}).get("others", ())
    named = (one["value"] for one in others if one["rule"] == _OWN)
    return next((url for url in named if not same_page(url, row["url"]) and is_same_article(url, row["url"])), None)


def release_id(key: Key, taken: Mapping[str, object], salt: str) -> str:
    """The lasting name of a release, from the first key that named it.

    `salt` (the digest of its first capture) only counts when a different release has that name already.
    """
    name = _hashed(f"{key.kind} {key.value}")
    return name if name not in taken else _hashed(f"{key.kind} {key.value} {salt}")


def _hashed(text: str) -> str:
    return "r" + hashlib.sha256(text.encode()).hexdigest()[:20]


def same_by_title(held: Row, new: Row) -> bool:
    """Whether a shared title key may count: only when one side has neither native id nor address."""
    anonymous = not (held["native_id"] or held["url"]) or not (new["native_id"] or new["url"])
    return anonymous and not _times_differ(held, new) and languages_agree(held, new)


def same_by_text(held: Row, new: Row) -> bool:
    """Whether equal texts are one release: unless publisher, day, minute or headline say otherwise.

    The daily notice whose text never changes is a new release every day.
    """
    return (
        publishers_agree(held, new)
        and not days_differ(held, new)
        and not _times_differ(held, new)
        and _titles_agree(held, new)
    )


def publishers_agree(held: Row, new: Row) -> bool:
    inferred = "inferred" in (held["publisher_basis"], new["publisher_basis"])
    return held["publisher"] == new["publisher"] or inferred


def languages_agree(held: Row, new: Row) -> bool:
    return bool(held["language"].partition("-")[0] == new["language"].partition("-")[0])


def days_differ(held: Row, new: Row) -> bool:
    """Whether two days of issue are known: an inferred one counts too, such as a stated day with the address's time."""
    return bool(held["published_on"] and new["published_on"] and held["published_on"] != new["published_on"])


def _times_differ(held: Row, new: Row) -> bool:
    stated = held["published_basis"] == new["published_basis"] == "stated"
    return bool(stated and held["published_at"] and new["published_at"] and held["published_at"] != new["published_at"])


def _titles_agree(held: Row, new: Row) -> bool:
    derived = "inferred" in (held["title_basis"], new["title_basis"])
    return derived or fold_title(held["title"]) == fold_title(new["title"])
