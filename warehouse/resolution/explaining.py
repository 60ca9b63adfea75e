"""Why two releases are joined, or are not: the facts that are kept, and the two texts measured once more.

Measured against each other alone: what decided at the time may also have been what else the publisher had issued.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
from pydantic_core import from_json

from parsers.chineseforms import simplified
from sources.errors import ArchiveError
from warehouse.connection import sql
from warehouse.resolution.containment import containment
from warehouse.resolution.edition_evidence import agreement, text_of
from warehouse.resolution.edition_gathering import READABLE
from warehouse.resolution.edition_names import tongue
from warehouse.resolution.editions import RULE as EDITIONS
from warehouse.resolution.known import rows
from warehouse.resolution.likeness import RELATED, Likeness, compare
from warehouse.resolution.near_duplicates import (
    CORRECTED_WITHIN,
    FEW_FIGURES,
    FEW_SHINGLES,
    KEPT_IN_CORRECTION,
    RULE,
    SAME_IN_OTHER_SCRIPT,
    SAME_TEXT,
    Verdict,
    tells_of_others,
    verdict,
)
from warehouse.resolution.pairing import in_order
from warehouse.resolution.sketches import Sketch, sketches

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Explanation:
    """`facts` are kept ones, oldest first; `sentences` say it all in words; `measured` is None without two texts."""

    facts: list[Row]
    series: list[str]
    measured: dict[str, Any] | None
    sentences: list[str]


def explain(con: duckdb.DuckDBPyConnection, first: str, second: str) -> Explanation:
    """Why the releases are joined, or are not, by what a published archive says.

    :raises ArchiveError: when they are one and the same.
    """
    if first == second:
        raise ArchiveError(
            f"{first}: both are the same release; `communique show {first} --versions` tells its history"
        )
    ends = {"first": first, "second": second}
    found = rows(con, sql("resolution/compared"), ends)
    facts = rows(con, sql("resolution/facts_between"), ends)
    series = [name for (name,) in con.execute(sql("resolution/series_shared"), ends).fetchall()]
    sentences = [*_of_facts(facts), *_of_series(facts, series), *_of_group(con, facts, ends)]
    texts = sketches(found)
    if len(texts) < 2:
        return Explanation(
            facts, series, None, [*sentences, "One of them has no text, so there is nothing to compare."]
        )
    later, earlier = in_order(*texts)
    if tongue(later.language) != tongue(earlier.language):
        return Explanation(facts, series, None, [*sentences, _of_figures(found)])
    measured = compare(later, earlier)
    exact = containment(*(simplified(str(row["body"])) for row in found))
    sentences += _of_texts(later, earlier, measured, exact)
    judged, conclusion = _conclusion(later, earlier, measured, recurring=_recurs(facts, series))
    if judged and not any(fact["state"] == "asserted" for fact in facts):
        conclusion = f"{conclusion} {_untold(con, judged.kind, ends)}"
    sentences.append(conclusion)
    return Explanation(facts, series, measured.told() | {"contained_exactly": round(exact, 3)}, sentences)


def _untold(con: duckdb.DuckDBPyConnection, kind: str, ends: dict[str, str]) -> str:
    """Why there is no fact, though the texts by themselves speak for one."""
    (joined,) = con.execute(sql("resolution/joined_elsewhere"), ends | {"kind": kind}).fetchone() or (False,)
    if joined:
        return "No fact says so, because each release is joined to the nearest of its kind alone."
    return (
        "No fact says so: when the later was met, the search for texts that resemble it did not bring up the other, or"
        " what they share stands in many texts of their publisher."
    )


def _of_group(con: duckdb.DuckDBPyConnection, facts: list[Row], ends: dict[str, str]) -> Iterator[str]:
    if not any(fact["kind"] in ("edition", "script_variant") and fact["state"] == "asserted" for fact in facts):
        for (first,) in con.execute(sql("resolution/editions_shared"), ends).fetchall():
            yield f"Both belong to the editions of {first}, to which each is joined, if only through others."


def _of_figures(found: list[Row]) -> str:
    """Texts in two languages have nothing in common but what they state in figures."""
    if not {tongue(row["language"]) for row in found} <= READABLE:
        return "They are in different languages, and figures are only read in English and Chinese."
    one, other = (text_of({**row, "images": []}) for row in found)
    measured = agreement(one, other)
    if not measured.shared:
        return "They are in different languages and have no figure in common."
    enough = "more than chance" if measured.convinces else "not enough to say that they are one release"
    return (
        f"They are in different languages. In both stand {', '.join(measured.shared[:12])}; {measured.replaced} of the"
        f" figures have another in their place. Rule {EDITIONS} calls that {enough}."
    )


def _of_facts(facts: list[Row]) -> Iterator[str]:
    for fact in facts:
        why = from_json(fact["evidence"]).get("why") or "see its evidence"
        told = f"{fact['release_a']} {_JOINS.get(fact['kind'], fact['kind'])} {fact['release_b']}"
        since = (
            f"since {fact['journal_at']}" if fact["state"] == "asserted" else f"no longer, since {fact['journal_at']}"
        )
        yield f"{told} ({since}, by rule {fact['rule']}, score {fact['score']:g}): {why}."
    if not facts:
        yield "No fact joins these two releases."


_JOINS = {
    "corrects": "corrects",
    "syndicated": "carries the text of",
    "series": "is the next of a series after",
    "script_variant": "is in the other Chinese script what is",
    "related": "has much in common with",
    "edition": "is in another language what is",
    "same_as": "is proven to be the same release as",
    "replaced_at_address": "took the address of",
}


def _of_series(facts: list[Row], series: list[str]) -> Iterator[str]:
    if series and not any(fact["kind"] == "series" for fact in facts):
        yield f"Both are issues of the series that {series[0]} begins; each is joined to the issue nearest to it."


def _of_texts(later: Sketch, earlier: Sketch, measured: Likeness, exact: float) -> Iterator[str]:
    if measured.same_text:
        yield "Their texts are equal, but for format, spacing and case."
    else:
        yield f"Of the shorter text {exact:.0%} stands in the other, in runs of five words or characters."
        yield f"With figures and days masked, the two read {measured.masked:.0%} alike (estimated)."
    yield f"The headlines are {measured.headline:.0%} alike, figures and days aside."
    yield from _of_numbers(measured)
    if measured.days is None:
        yield "The day of issue of one is unknown."
    else:
        yield f"They were issued {_days(measured.days)}."
    same = later.publisher == earlier.publisher
    yield (
        f"Both were issued by {later.publisher}." if same else f"Publishers: {later.publisher} and {earlier.publisher}."
    )
    if measured.marked:
        said = f"{later.release_id} says of itself that it corrects or replaces another"
        reasons = list(_against_correction(later, earlier, measured))
        yield f"{said}, but that does not count here: {'; '.join(reasons)}." if reasons else f"{said}."


def _of_numbers(measured: Likeness) -> Iterator[str]:
    aside = ""
    if measured.words_replaced:
        yield f"Numbers in words that have another in their place: {measured.words_replaced}."
        aside = ", single numerals and number words aside,"
    if measured.figures:
        kept = f"{measured.figures_shared:.0%} of the figures of the one that has fewer{aside} stand in both"
        yield f"{kept}; {measured.figures_replaced} were replaced by others."
    if measured.others_named:
        yield "The people they name with an age are not the same."


def _against_correction(later: Sketch, earlier: Sketch, measured: Likeness) -> Iterator[str]:
    """Why a text that says it corrects another is not taken to mean this one."""
    if later.publisher != earlier.publisher:
        yield "the publishers differ"
    if (measured.days or 0) > CORRECTED_WITHIN:
        yield f"a correction is looked for within {CORRECTED_WITHIN} days, and these are {measured.days} apart"
    if measured.contained < SAME_TEXT:
        yield f"less than {SAME_TEXT:.0%} of the shorter text stands in the other"
    if measured.figures >= FEW_FIGURES and measured.figures_shared < KEPT_IN_CORRECTION:
        yield f"less than {KEPT_IN_CORRECTION:.0%} of the figures were kept"


def _days(days: int) -> str:
    return {0: "on the same day", 1: "a day apart"}.get(days, f"{days} days apart")


def _recurs(facts: list[Row], series: list[str]) -> bool:
    return bool(series) or any(fact["kind"] == "series" and fact["state"] == "asserted" for fact in facts)


def _conclusion(later: Sketch, earlier: Sketch, measured: Likeness, *, recurring: bool) -> tuple[Verdict | None, str]:
    """What the rule says of the two by themselves, and that in words."""
    judged = verdict(later, earlier, measured, recurring=False)
    if judged:
        told = f"Seen by themselves, rule {RULE} calls them {judged.kind}: {judged.why}."
        again = verdict(later, earlier, measured, recurring=True) if recurring else judged
        if again is None or again.kind != judged.kind:
            instead = f"calls them {again.kind}: {again.why}" if again else "says nothing of the two"
            told = f"{told} But the text comes again and again, and of such a text the rule {instead}."
        return judged, told
    return None, f"By rule {RULE} nothing joins them: {'; '.join(_against(later, earlier, measured))}."


def _against(later: Sketch, earlier: Sketch, measured: Likeness) -> Iterator[str]:
    """Why texts that have much in common are joined by nothing."""
    if min(later.shingles, earlier.shingles) < FEW_SHINGLES:
        yield "one of them says too little to be told from another"
        return
    if measured.contained < RELATED:
        yield f"less than {RELATED:.0%} of either text stands in the other"
        return
    yield "they are in the two Chinese scripts, which takes one text of one day"
    if measured.contained < SAME_IN_OTHER_SCRIPT:
        yield f"less than {SAME_IN_OTHER_SCRIPT:.0%} of the shorter stands in the other"
    if (measured.days or 0) > 1:
        yield f"they were issued {_days(measured.days or 0)}"
    if measured.figures_shared < SAME_IN_OTHER_SCRIPT:
        yield f"less than {SAME_IN_OTHER_SCRIPT:.0%} of the figures stand in both"
    if tells_of_others(measured):
        yield "other numbers or people stand where the one has its own"
