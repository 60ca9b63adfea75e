"""Which picture an `img` means, and whether it is one of the release at all.

Pages that load their pictures late put a small one in their place and name the real one beside it, or within
`noscript`. Others set pictures that count readers, draw a smile or show who wrote the text.
"""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from parsers.html_blocks import HIDDEN

Attributes = Mapping[str, str | None]

LATE = ("data-src", "data-original", "data-lazy-src", "data-lazy", "data-actualsrc", "data-echo")
SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_IN_PLACE = re.compile(
    r"(?:^|/)(?:(?:lazy|img|image)[-_]?)?(?:placeholder|blank|spacer|transparent|pixel|empty|dummy|lazy|lazyload|loading"
    r"|loader|gr[ae]y|1x1|1px)(?:[-_.]?\d{1,4}(?:x\d{1,4})?)?\.(?:gif|png|svg|webp)$",
    re.IGNORECASE,
)
_TINY = re.compile(r"\s*0*[01](?:\.\d*)?(?:px)?\s*", re.IGNORECASE)
_STYLED_TINY = re.compile(r"(?:^|[;\s])(?:max-)?(?:width|height)\s*:\s*0*[01](?:px)?\s*(?:;|!|$)", re.IGNORECASE)
_DRAWN = re.compile(r"(?:^|\s)(?:wp-smiley|emoji)(?:\s|$)")
# Those who count readers of pages and feeds, the smiles that WordPress draws, portraits of authors.
_COUNTERS = re.compile(
    r"(?:^|\.)(?:(?:pixel|stats)\.wp\.com|stats\.wordpress\.com|doubleclick\.net|google-analytics\.com"
    r"|scorecardresearch\.com|quantserve\.com|statcounter\.com|feedsportal\.com|gravatar\.com)$"
)
_FEEDS = re.compile(r"(?:^|\.)(?:feeds\d?\.feedburner\.com|feedproxy\.google\.com)$")
_FEED_MARKS = re.compile(r"/~(?:r|ff|a|f|\d)/")
_SMILES = re.compile(
    r"^(?:s\.w\.org/images/core/emoji/|(?:www\.)?facebook\.com/tr(?:[/?]|$)|.*/wp-includes/images/smilies/)"
)


def written_address(told: Attributes) -> str:
    """Where a picture lies, as it is written; one that is loaded late has a small one, or none, in its place."""
    written = (told.get("src") or "").strip()
    if written and not _stands_in_place(written):
        return written
    late = next((value.strip() for name in LATE if (value := told.get(name)) and value.strip()), "")
    return late or next((first for name in SETS if (first := _first_of(told.get(name) or ""))), "")


def is_of_a_release(told: Attributes, url: str) -> bool:
    """Whether a picture at `url` shows something of the release to those who read it."""
    if any(_TINY.fullmatch(told.get(side) or "") for side in ("width", "height")):
        return False
    style, is_late = told.get("style") or "", any(told.get(name) for name in LATE)
    if _STYLED_TINY.search(style) or (HIDDEN.search(style) and not is_late) or _DRAWN.search(told.get("class") or ""):
        return False
    return not is_a_mark(url)


def is_a_mark(url: str) -> bool:
    """Whether an address is that of a picture which counts readers, draws a smile or shows an author."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if _COUNTERS.search(host) or (_FEEDS.search(host) and _FEED_MARKS.match(parts.path)):
        return True
    return bool(_SMILES.match(f"{host}{parts.path}"))


def _stands_in_place(written: str) -> bool:
    """Whether an address is none, or that of a picture which only keeps the place of another."""
    lower = written[:12].lower()
    return lower.startswith(("data:", "about:", "javascript:", "#")) or bool(
        _IN_PLACE.search(written.partition("?")[0])
    )


def _first_of(candidates: str) -> str:
    """The first address of a `srcset`."""
    return candidates.strip().partition(" ")[0].rstrip(",")
