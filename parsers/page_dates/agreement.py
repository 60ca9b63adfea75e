"""Which day a page was published, by what its places agree on; abstains rather than guesses.

A declared day (meta tag, JSON-LD, microdata) and a printed one are independent of each other: what is printed is
read by people, what is declared by machines, and each is kept up by other hands.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from parsers.datelines import Dated
from parsers.page_dates.printed import NAMED

# Names that systems also fill with the day a page was built, fetched or changed.
WEAK = frozenset({"metadata date", "metadata dc.date", "metadata dcterms.date", "metadata dcterms.created"})
ENOUGH = 2  # printed places that must agree against others


@dataclass(frozen=True, slots=True)
class Verdict:
    """The reading that is taken, or None and why none is."""

    best: Dated | None
    withheld: str = ""


NOTHING = Verdict(None)


def decide(
    declared: Sequence[Dated], printed: Sequence[Dated], updated: Sequence[Dated], address_day: date | None
) -> Verdict:
    """The reading of the publication day, the surest of those that name it."""
    strong = [dated for dated in declared if dated.found.on and dated.rule not in WEAK]
    weak = [dated for dated in declared if dated.found.on and dated.rule in WEAK]
    shown = [dated for dated in printed if dated.found.on]
    if strong and shown:
        return _of_both(strong, shown, {dated.found.on for dated in updated}, address_day)
    if strong:
        return _of_declared(strong, address_day)
    if shown:
        return _of_printed(shown, weak, address_day)
    return Verdict(weak[0]) if weak else NOTHING


def _of_both(
    strong: Sequence[Dated], shown: Sequence[Dated], updates: set[date | None], address_day: date | None
) -> Verdict:
    days = {dated.found.on for dated in shown}
    agreed = next((dated for dated in strong if dated.found.on in days), None)
    agreed = agreed or next((dated for dated in strong if dated.found.on in set(map(_exchanged, shown))), None)
    if agreed:
        return Verdict(agreed)
    if address_day and (named := _on(address_day, [*strong, *shown])):
        return Verdict(named)
    neighbour = next((dated for dated in shown for other in strong if _next_to(dated, other)), None)
    if neighbour:  # the declared one is in another zone; the printed one is the publisher's own day
        return Verdict(neighbour)
    if len({dated.rule for dated in strong if dated.found.on == strong[0].found.on}) > len(
        {dated.text for dated in shown}
    ):
        return Verdict(strong[0])
    if days <= updates:  # it declares when it was published and prints when it was changed
        return Verdict(strong[0])
    return Verdict(None, f"{strong[0].rule} and {shown[0].rule} contradict each other")


def _of_declared(strong: Sequence[Dated], address_day: date | None) -> Verdict:
    if len({dated.found.on for dated in strong}) == 1:
        return Verdict(strong[0])
    if address_day and (named := _on(address_day, strong)):
        return Verdict(named)
    if any(_next_to(strong[0], other) for other in strong[1:]):
        return Verdict(strong[0])
    return Verdict(None, f"{strong[0].rule} and {strong[1].rule} contradict each other")


def _of_printed(shown: Sequence[Dated], weak: Sequence[Dated], address_day: date | None) -> Verdict:
    counts = Counter(dated.found.on for dated in shown)
    backing = {dated.found.on for dated in weak} | {address_day}
    backed = next((dated for dated in shown if dated.found.on in backing), None)
    if backed:
        return Verdict(backed)
    if len(counts) > 1:
        (day, most), (_, next_most) = counts.most_common(2)
        if most < ENOUGH or most == next_most or day is None:
            return Verdict(None, f"{shown[0].rule} and others contradict each other")
        return Verdict(_on(day, shown))
    if all(dated.found.ambiguous for dated in shown):
        return Verdict(None, "day and month could change places, and nothing else tells")
    if all(dated.rule == NAMED for dated in shown):
        return Verdict(None, f"nothing but an {NAMED}")
    return Verdict(shown[0])


def _exchanged(dated: Dated) -> date | None:
    """The day that a numeric date names when day and month change places; None for all other dates."""
    on = dated.found.on
    return date(on.year, on.day, on.month) if on and on.day <= 12 and dated.found.rule.startswith("numeric") else None


def _on(day: date, readings: Sequence[Dated]) -> Dated | None:
    return next((dated for dated in readings if dated.found.on == day), None)


def _next_to(one: Dated, other: Dated) -> bool:
    days = (one.found.on, other.found.on)
    return days[0] is not None and days[1] is not None and abs((days[0] - days[1]).days) == 1
