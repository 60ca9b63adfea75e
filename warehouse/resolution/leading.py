"""Which form of a release leads: versions compare like with like, and a fuller form takes the place of a lesser one.

What a feed says of a release is first met and often only its beginning; a gateway converts it, a print twin leaves
pictures out. The page is how the publisher has it, so once it is met the release reads as its page does, in the same
version: another form is no edit. What an interface answers and what a person filed are as good as a page.
"""

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]

_LESSER = {"feed_item": 2, "gateway": 3, "print": 4}
_FULL = 5
_UNSURE, _PARTIAL = 1, 0


def fullness(row: Row) -> int:
    """How much of a release a form of it has; the fullest leads."""
    if row["completeness"] == "partial":
        return _PARTIAL
    if row["completeness"] == "unverifiable" and row["rendition"] == "feed_item":
        return _UNSURE
    return _LESSER.get(row["rendition"], _FULL)


def takes_over(held: Row, new: Row) -> bool:
    """Whether a release is read from this form from now on."""
    return fullness(new) > fullness(held)


def stays_behind(held: Row, new: Row) -> bool:
    """Whether this form says nothing of how the release reads now."""
    return fullness(new) < fullness(held) or (new["rendition"] != held["rendition"] and not takes_over(held, new))
