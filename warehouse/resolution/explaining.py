"""Why two releases are joined, or are not: the facts that are kept, and the two texts measured once more.

Measured against each other alone: what decided at the time may also have been what else the publisher had issued.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
from pydantic_core import from_json

from sources.errors import ArchiveError
from warehouse.connection import sql
from warehouse.resolution.containment import containment
from warehouse.resolution.edition_evidence import agreement, text_of
from warehouse.resolution.edition_names import tongue
from warehouse.resolution.editions import RULE as EDITIONS
from warehouse.resolution.known import rows
from warehouse.resolution.near_duplicates import RELATED, RULE, Likeness, Verdict, compare, verdict
from warehouse.resolution.relating import in_order
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
    sentences = [*_of_facts(facts), *_of_series(facts, series)]
    texts = sketches(found)
    if len(texts) < 2:
        return Explanation(
            facts, series, None, [*sentences, "One of them has no text, so there is nothing to compare."]
        )
    later, earlier = in_order(*texts)
    if tongue(later.language) != tongue(earlier.language):
        return Explanation(facts, series, None, [*sentences, _of_figures(found)])
    measured = compare(later, earlier)
    exact = containment(*(str(row["body"]) for row in found))
    judged = verdict(later, earlier, measured, recurring=False)
    sentences += [*_of_texts(later, earlier, measured, exact), _conclusion(measured, judged, facts)]
    return Explanation(facts, series, measured.told() | {"contained_exactly": round(exact, 3)}, sentences)


def _of_figures(found: list[Row]) -> str:
    """Texts in two languages have nothing in common but what they state in figures."""
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
    yield f"The headlines are {measured.headline:.0%} alike."
    if measured.figures:
        kept = f"{measured.figures_shared:.0%} of the figures of the one that has fewer stand in both"
        yield f"{kept}; {measured.figures_replaced} were replaced by others."
    if measured.days is None:
        yield "The day of issue of one is unknown."
    else:
        yield f"They were issued {_days(measured.days)}."
    same = later.publisher == earlier.publisher
    yield (
        f"Both were issued by {later.publisher}." if same else f"Publishers: {later.publisher} and {earlier.publisher}."
    )
    if measured.marked:
        yield f"{later.release_id} says of itself that it corrects or replaces another."


def _days(days: int) -> str:
    return {0: "on the same day", 1: "a day apart"}.get(days, f"{days} days apart")


def _conclusion(measured: Likeness, judged: Verdict | None, facts: list[Row]) -> str:
    if judged:
        told = f"Seen by themselves, rule {RULE} calls them {judged.kind}: {judged.why}."
        if not any(fact["state"] == "asserted" for fact in facts):
            return f"{told} No fact says so, because each release is joined to the nearest of its kind alone."
        return told
    if measured.contained < RELATED:
        return f"By rule {RULE} nothing joins them: less than {RELATED:.0%} of either text stands in the other."
    return f"By rule {RULE} nothing joins them: they differ in language or script, or say too little."
