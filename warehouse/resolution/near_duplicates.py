"""The verdict over two texts that resemble each other: what joins their releases, if anything.

Nothing is merged here: texts that are equal have been joined by their keys before. What tells an edit from the next
issue of a notice is not how alike two texts are but which figures and days were replaced, so the masked texts are
compared too. The rule and its limits were measured on planted edits and series (`bench/planted_edits.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from parsers.particulars import NUMERALS, others_named, replaced
from warehouse.resolution.headlines import headlines_alike, shared_topic
from warehouse.resolution.sketches import BANDS, Sketch

RULE = "near/4"
SAME_TEXT = 0.8  # contained in the other, estimated
SAME_MASKED = 0.75  # masked texts of two issues of one notice
SAME_HEADLINE = 0.9
ONE_TOPIC = 0.25  # of the words of two headlines are in both, for issues of one notice; in unrelated ones hardly any
SAME_IN_OTHER_SCRIPT = 0.6
RELATED = 0.5
HARDLY_CHANGED = 0.9  # likeness above which a few replaced figures are a correction
KEPT_IN_CORRECTION = 0.5  # of the figures, even where the text says that it corrects another
REWRITTEN = 0.6  # figures shared by a text and its rewriting on the same day
TELLING = 2  # of them are no small number, day or year, where hardly a word was kept
PIECE, PIECE_OF = 0.95, 0.8  # so much of the one is contained, and so alike are both at most
FEW_FIGURES = 4  # fewer say nothing by the share of them that was kept
SYNDICATED_WITHIN = 14  # days
COPIED_WITHIN = 60  # days, when not a word is otherwise
RECURRING_WITHIN = 1  # days, where the text comes again and again
CORRECTED_WITHIN = 60  # days, when the text says that it corrects another
FEW_SHINGLES = 8  # a text with fewer says too little to be told from another

Kind = Literal["corrects", "syndicated", "series", "script_variant", "related"]


@dataclass(frozen=True, slots=True)
class Likeness:
    """What was measured of two texts, the later one first. Shares are 0 to 1, None where nothing can be said."""

    likeness: float
    contained: float
    masked: float
    headline: float
    topic: float
    days: int | None
    figures_replaced: int
    figures: int
    figures_shared: float
    figures_telling: int
    words_replaced: int
    others_named: bool
    same_text: bool
    same_minute: bool | None
    marked: bool

    def told(self) -> dict[str, Any]:
        """As JSON values, rounded."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {name: round(value, 3) if isinstance(value, float) else value for name, value in values.items()}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What joins two releases and why, in words; `score` is the measure that decided."""

    kind: Kind
    score: float
    why: str


def compare(later: Sketch, earlier: Sketch) -> Likeness:
    """Everything the rule asks about."""
    likeness = later.likeness(earlier)
    one, other = later.numbers, earlier.numbers
    figures = min(len(one), len(other))
    return Likeness(
        likeness=likeness,
        contained=_contained(likeness, later, earlier),
        masked=later.masked_likeness(earlier),
        headline=headlines_alike(later.title, earlier.title),
        topic=shared_topic(later.title, earlier.title),
        days=_days(later.issued_on, earlier.issued_on),
        figures_replaced=min(len(one - other), len(other - one)),
        figures=figures,
        figures_shared=len(one & other) / figures if figures else 1.0,
        figures_telling=sum(map(_is_telling, one & other)),
        words_replaced=replaced(later.particulars, earlier.particulars),
        others_named=others_named(later.particulars, earlier.particulars),
        same_text=later.text_sha256 == earlier.text_sha256,
        same_minute=_same_minute(later.issued_at, earlier.issued_at),
        marked=later.is_marked and not earlier.is_marked,
    )


def worth_comparing(one: Sketch, others: Sequence[Sketch]) -> list[Sketch]:
    """The texts so alike that there may be a verdict; cheaper than to compare them."""
    alike = zip(others, one.likenesses(others), one.masked_likenesses(others), strict=True)
    return [
        other
        for other, likeness, masked in alike
        if masked >= SAME_MASKED
        or _contained(likeness, one, other) >= RELATED
        or one.text_sha256 == other.text_sha256
        or _under_one_headline(one, other)
    ]


def _under_one_headline(one: Sketch, other: Sketch) -> bool:
    """Whether a publisher issued both on one day under one headline, so that one may be the other in new words."""
    same_day = one.issued_on is not None and (one.publisher, one.issued_on) == (other.publisher, other.issued_on)
    return same_day and one.bands()[BANDS] == other.bands()[BANDS] != 0


def _contained(likeness: float, one: Sketch, other: Sketch) -> float:
    """The share of the smaller text that stands in the larger, from the likeness and the sizes of both."""
    shared = likeness * (one.shingles + other.shingles) / (1 + likeness)
    return min(1.0, shared / min(one.shingles, other.shingles))


def verdict(later: Sketch, earlier: Sketch, found: Likeness, *, recurring: bool) -> Verdict | None:
    """What joins the release of `later` to that of `earlier`; None when nothing does.

    :param recurring: whether one of the two publishers issues this text again and again.
    """
    scripts = {later.language, earlier.language}
    if len({language.partition("-")[0] for language in scripts}) > 1 and "und" not in scripts:
        return None
    if min(later.shingles, earlier.shingles) < FEW_SHINGLES and not found.same_text:
        return None
    if "unknown" not in (later.publisher, earlier.publisher) and later.publisher == earlier.publisher:
        if {"zh-Hant", "zh-Hans"} <= scripts:
            return _in_other_script(found)
        return _of_one_publisher(found, recurring=recurring)
    return _of_two_publishers(found, recurring=recurring)


def _in_other_script(found: Likeness) -> Verdict | None:
    if (
        found.contained >= SAME_IN_OTHER_SCRIPT
        and (found.days or 0) <= 1
        and found.figures_shared >= SAME_IN_OTHER_SCRIPT
        and not tells_of_others(found)
    ):
        return Verdict("script_variant", found.contained, "the same text in the other Chinese script")
    return None


def _of_one_publisher(found: Likeness, *, recurring: bool) -> Verdict | None:
    if _corrects_this(found):
        return Verdict("corrects", found.contained, "the same text, and the later one says that it corrects another")
    same_day = not found.days and found.headline >= SAME_HEADLINE and not recurring and not tells_of_others(found)
    if same_day and found.contained >= SAME_TEXT and _is_edit(found):
        return Verdict("corrects", found.contained, "the same text on the same day, with hardly a figure replaced")
    rewritten = same_day and found.figures >= FEW_FIGURES and found.figures_shared >= REWRITTEN
    if is_issue_of_one(found) and not rewritten:
        return Verdict("series", found.masked, "the same notice once figures and days are masked")
    if rewritten and found.figures_telling >= TELLING and found.contained < SAME_TEXT:
        if found.figures_shared >= SAME_TEXT and found.figures_replaced <= found.figures // 4:
            return Verdict("corrects", found.figures_shared, "the same headline, day and figures in other words")
        return Verdict("related", found.figures_shared, "the same headline and day, and most of the figures")
    return _related(found)


def _of_two_publishers(found: Likeness, *, recurring: bool) -> Verdict | None:
    within = RECURRING_WITHIN if recurring else SYNDICATED_WITHIN
    figures_kept = found.figures_shared >= SAME_TEXT or (_is_cut(found) and found.figures_replaced <= 1)
    kept = figures_kept and not tells_of_others(found)
    if found.same_text and not recurring:
        within = COPIED_WITHIN
    if found.contained >= SAME_TEXT and kept and (found.days is None or found.days <= within):
        return Verdict("syndicated", found.contained, "the text of another publisher, its figures included")
    if found.masked >= SAME_MASKED or _is_word_for_word(found):
        return Verdict("series", found.masked, "the same notice once figures and days are masked")
    return _related(found)


def _corrects_this(found: Likeness) -> bool:
    """Whether the later text says that it corrects another and may well mean this one."""
    kept = found.figures < FEW_FIGURES or found.figures_shared >= KEPT_IN_CORRECTION
    return found.marked and kept and found.contained >= SAME_TEXT and (found.days or 0) <= CORRECTED_WITHIN


def tells_of_others(found: Likeness) -> bool:
    """Whether another number in words, or other people, stand where the one has its own: `第三號` and `第四號`."""
    return found.words_replaced > int(_is_cut(found)) or found.others_named


def _is_edit(found: Likeness) -> bool:
    """Whether so few figures were replaced that it is the same issue."""
    if found.same_text and found.same_minute is False:
        return False
    if found.figures_replaced == 0:
        return True
    if found.figures_replaced == 1:
        return found.figures >= FEW_FIGURES or found.likeness >= HARDLY_CHANGED or _is_cut(found)
    return found.figures_replaced <= found.figures // 4 and found.likeness >= HARDLY_CHANGED


def _is_cut(found: Likeness) -> bool:
    """Whether one text is a piece of the other; a cut may go through a figure."""
    return found.contained >= PIECE and found.likeness <= PIECE_OF


def is_issue_of_one(found: Likeness) -> bool:
    """Whether two texts of a publisher are issues of one notice: alike once masked, under headlines of one topic.

    Unrelated items of a sentence or two read alike by the foot below them.
    """
    return (found.masked >= SAME_MASKED and found.topic >= ONE_TOPIC) or _is_word_for_word(found)


def _is_word_for_word(found: Likeness) -> bool:
    return found.same_text and found.headline >= SAME_HEADLINE


def _related(found: Likeness) -> Verdict | None:
    if found.contained >= RELATED:
        return Verdict("related", found.contained, "much of one text stands in the other")
    return None


def _is_telling(figure: str) -> bool:
    """Whether it is hardly in two texts by chance: three digits, and neither a year nor a day."""
    digits = [char for char in figure if char.isdecimal() or char in NUMERALS]
    is_year = len(digits) == 4 and figure.startswith(("19", "20"))
    return len(digits) >= 3 and not is_year and not any(char in figure for char in "年月日")


def _days(first: str | None, second: str | None) -> int | None:
    return abs((date.fromisoformat(first) - date.fromisoformat(second)).days) if first and second else None


def _same_minute(first: str | None, second: str | None) -> bool | None:
    if not first or not second:
        return None
    return datetime.fromisoformat(first).replace(second=0) == datetime.fromisoformat(second).replace(second=0)
