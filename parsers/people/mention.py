"""What is found: one place of a text where a person, an office or a body is named."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["person", "post", "body"]
Field = Literal["title", "body"]

RULES = "people/3"  # raised when the same text gives other mentions; the archive then derives them again
SENTENCE_LIMIT = 200  # characters kept of the sentence around a mention


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention. `start`, `end` and `sentence` (where it begins and ends) count characters of `field`.

    `name` is the fullest form the release gives: of a person without Mr or Dr, of a post its title, of a body its
    own name; `short` are the abbreviations it defines. `surface` is what stands at the place. `role` is the office
    the release gives a person, None for posts and bodies and where it gives none; `also` are others it gives.
    `of` is the index of the first mention of the same person, post or body (its own for the first one);
    `confidence` from 0 to 1 says how often its rule is right.
    """

    kind: Kind
    name: str
    role: str | None
    short: tuple[str, ...]
    also: tuple[str, ...]
    field: Field
    start: int
    end: int
    surface: str
    sentence: tuple[int, int]
    of: int
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Found:
    """A mention before it is put beside the others: `start` and `end` count characters of the text searched.

    `also` are the offices that stand right before its own: 委員會主席、行政長官.
    `cover` is what it takes up together with the office beside it; nothing else is named in there.
    """

    kind: Kind
    start: int
    end: int
    name: str
    role: str | None
    confidence: float
    rule: str
    cover: tuple[int, int]
    also: tuple[str, ...] = ()
