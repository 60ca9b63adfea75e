"""The verdict over two texts that resemble each other: what joins their releases, if anything.

Nothing is merged here: texts that are equal have been joined by their keys before. What tells an edit from the next
issue of a notice is not how alike two texts are but which figures and days were replaced, so the masked texts are
compared too. The rule and its limits were measured on planted edits and series (`bench/planted_edits.py`).
"""

from dataclasses import dataclass
from typing import Literal

from warehouse.resolution.likeness import RELATED, SAME_MASKED, TELLING, Likeness
from warehouse.resolution.sketches import Sketch

RULE = "near/4"
SAME_TEXT = 0.8  # contained in the other, estimated
SAME_HEADLINE = 0.9
ONE_SUBJECT = 0.6  # of what the headlines tell is in both, where one says that it corrects another
ONE_TOPIC = 0.25  # of the words of two headlines are in both, for issues of one notice; in unrelated ones hardly any
SAME_IN_OTHER_SCRIPT = 0.6
HARDLY_CHANGED = 0.9  # likeness above which a few replaced figures are a correction
KEPT_IN_CORRECTION = 0.5  # of the figures, even where the text says that it corrects another
REWRITTEN = 0.6  # figures shared by a text and its rewriting on the same day
PIECE, PIECE_OF = 0.95, 0.8  # so much of the one is contained, and so alike are both at most
FEW_FIGURES = 4  # fewer say nothing by the share of them that was kept
SYNDICATED_WITHIN = 14  # days
COPIED_WITHIN = 60  # days, when not a word is otherwise
RECURRING_WITHIN = 1  # days, where the text comes again and again
CORRECTED_WITHIN = 60  # days, when the text says that it corrects another
FEW_SHINGLES = 8  # a text with fewer says too little to be told from another

Kind = Literal["corrects", "syndicated", "series", "script_variant", "related"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What joins two releases and why, in words; `score` is the measure that decided."""

    kind: Kind
    score: float
    why: str


def verdict(later: Sketch, earlier: Sketch, found: Likeness, *, recurring: bool) -> Verdict | None:
    """What joins the release of `later` to that of `earlier`; None when nothing does.

    :param recurring: whether one of the two publishers issues this text again and again.
    """
    scripts = {later.language, earlier.language}
    if len({language.partition("-")[0] for language in scripts}) > 1 and "und" not in scripts:
        return None
    if min(later.shingles, earlier.shingles) < FEW_SHINGLES and not found.same_text:
        return None
    if later.publisher != earlier.publisher:
        return _of_two_publishers(found, recurring=recurring)
    if {"zh-Hant", "zh-Hans"} <= scripts:
        return _in_other_script(found)
    if later.publisher == "unknown":
        return _of_nobody(found, recurring=recurring)
    return _of_one_publisher(found, recurring=recurring)


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
    if same_day and found.contained_at_most >= SAME_TEXT and _is_edit(found):
        return Verdict("corrects", found.contained, "the same text on the same day, with hardly a figure replaced")
    rewritten = same_day and found.figures >= FEW_FIGURES and found.figures_shared >= REWRITTEN
    if is_issue_of_one(found) and not rewritten:
        return Verdict("series", found.masked, "the same notice once figures and days are masked")
    if rewritten and found.figures_telling >= TELLING and found.contained_at_most < SAME_TEXT:
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
    if found.contained_at_most >= SAME_TEXT and kept and (found.days is None or found.days <= within):
        return Verdict("syndicated", found.contained, "the text of another publisher, its figures included")
    if found.masked >= SAME_MASKED or _is_word_for_word(found):
        return Verdict("series", found.masked, "the same notice once figures and days are masked")
    return _related(found)


def _of_nobody(found: Likeness, *, recurring: bool) -> Verdict | None:
    """Of two texts whose publishers nobody knows neither can be said to carry the other's."""
    told = _of_two_publishers(found, recurring=recurring)
    if told and told.kind == "syndicated":
        return Verdict("related", told.score, "nearly the same text, and of neither is known who issued it")
    return told


def _corrects_this(found: Likeness) -> bool:
    """Whether the later text says that it corrects another and may well mean this one."""
    few = found.figures < FEW_FIGURES and not found.days
    kept = few or found.figures_replaced <= max(1, KEPT_IN_CORRECTION * found.figures)
    near = found.contained_at_most >= SAME_TEXT and (found.days or 0) <= CORRECTED_WITHIN
    return found.marked and kept and near and (found.subject >= ONE_SUBJECT or found.same_text)


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
    return found.contained_at_most >= PIECE and found.likeness <= PIECE_OF


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
