"""What publishers do to addresses and numbers, and what it means for identity.

One number over both Chinese scripts, another text where an old one stood, a release that was withdrawn and stands
somewhere else again: none of these is an edit.
"""

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import Any

from pydantic_core import to_json

from parsers.chineseforms import simplified
from parsers.notices import notices_in
from parsers.text import fold_title
from warehouse.resolution.containment import SAME_TEXT_EDITED, containment
from warehouse.resolution.identity import same_address, same_by_text
from warehouse.resolution.known import Known

RULE = "identity/4"
SAME_IN_OTHER_SCRIPT = 0.6  # of the text, once its script is folded
OTHER_HEADLINE = 0.6  # likeness below which a headline is another one
_SCRIPTS = frozenset(("zh-Hant", "zh-Hans"))

Row = Mapping[str, Any]


def scripts_differ(held: Row, new: Row) -> bool:
    """Whether one is stated to be in Traditional, the other in Simplified Chinese."""
    return {held["language"], new["language"]} == _SCRIPTS


def is_in_other_script(known: Known, held: Row, new: Row) -> bool:
    """Whether the texts are one, in the two Chinese scripts."""
    if not scripts_differ(held, new) or not (held["body"] and new["body"]):
        return False
    before = known.body(held["reading_no"])
    return containment(simplified(before), simplified(new["body"])) >= SAME_IN_OTHER_SCRIPT


def is_another_text(known: Known, held: Row, new: Row) -> bool:
    """Whether what stands at the address now has hardly anything of what stood there; a withdrawal notice is no text.

    A headline that stayed makes it a rewriting, which is an edit.
    """
    if held["text_sha256"] == new["text_sha256"] or not (held["body"] and new["body"]):
        return False
    if "inferred" in (held["title_basis"], new["title_basis"]) or _headlines_alike(held["title"], new["title"]):
        return False
    before = known.body(held["reading_no"])
    if containment(simplified(before), simplified(new["body"])) >= SAME_TEXT_EDITED:
        return False
    return not any(is_notice(text) for text in (before, new["body"], new["title"]))


def nearest(known: Known, releases: list[str], new: Row) -> list[str]:
    """Of several releases that had one address, first the one whose text this is, or most of it; else the last."""
    if len(releases) < 2:
        return releases

    def likeness(release: str) -> float:
        held = known.reads(release)
        if held["text_sha256"] == new["text_sha256"]:
            return 2.0
        shared = containment(known.body(held["reading_no"]), new["body"]) if held["body"] and new["body"] else 0.0
        return shared if shared >= SAME_TEXT_EDITED else 0.0

    newest_first = list(reversed(releases))
    return sorted(newest_first, key=likeness, reverse=True)


def is_gone(known: Known, held: Row) -> bool:
    """Whether a release was withdrawn, or is confirmed to have vanished."""
    return held["release_id"] in known.vanished() or bool(
        held["version"] > 1 and is_notice(f"{held['title']}\n{known.body(held['reading_no'])}")
    )


def elsewhere(held: Row, new: Row) -> bool:
    """Whether both have a place of their own, and not the same."""
    numbers, addresses = ((held[name], new[name]) for name in ("native_id", "url"))
    return (all(numbers) and numbers[0] != numbers[1]) or (all(addresses) and not same_address(*addresses))


def gone_before(known: Known, new: Row) -> Row | None:
    """The release that had this text and is gone, where only the day or the headline's dress says otherwise.

    A notice whose text never changes comes on many days, and each of them stays its own when it is cleared away.
    """
    had = [known.reads(release) for release in known.named.get(("text", new["text_sha256"]), ())]
    own = [held for held in had if held["publisher"] == new["publisher"]]
    if len({held["published_on"] for held in own if held["text_sha256"] == new["text_sha256"]}) > 1:
        return None
    return next((held for held in own if elsewhere(held, new) and is_gone(known, held)), None)


def proven_same(known: Known, held: Row, new: Row) -> Row | None:
    """Another release that reads word for word as `held` does from now on, on the same day under the same headline."""
    for release in known.named.get(("text", new["text_sha256"]), ()):
        other = known.reads(release)
        alike = other["text_sha256"] == new["text_sha256"] and other["language"] == new["language"]
        if release != held["release_id"] and alike and same_by_text(other, new):
            return other
    return None


def fact(kind: str, later: str, earlier: str, why: str, score: float = 1.0) -> dict[str, Any]:
    """A relation that identity itself proves."""
    return {
        "kind": kind,
        "release_a": later,
        "release_b": earlier,
        "score": score,
        "rule": RULE,
        "evidence": why_told(why),
        "series": None,
        "state": "asserted",
    }


def why_told(why: str) -> str:
    """A reason as evidence."""
    return to_json({"why": why}).decode()


def _headlines_alike(first: str, second: str) -> bool:
    one, other = fold_title(first), fold_title(second)
    return one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= OTHER_HEADLINE


def is_notice(text: str) -> bool:
    """Whether a text says that a release is withdrawn."""
    return any(kind == "withdrawal" for kind, _, _ in notices_in(text[:2_000]))
