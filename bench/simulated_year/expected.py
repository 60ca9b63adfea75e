"""What the archive has to hold, given what was there to be seen.

A release for every address at which a text was seen, under the first sight of it; a version for every sight that
differs from the one before. A page that was read and is gone at a visit is missing, at the third such visit, 48 hours
or more after the first, vanished, and returned when it is seen again; an absence counts where something else of the
host stood at the same visit, or fewer than three pages were gone and the lists came.

Sights of a visit that was killed may have been preserved or not: whatever holds with some of them is right. All else is
held to exactly.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any, TypeVar

from bench.simulated_year.witness import Seen, Sight

THREE, APART, MANY = 3, timedelta(hours=48), 3
MOST_OPEN = 10  # sights of killed visits of one page; more would take long to go through

Version = tuple[tuple[str, str, str | None, str | None, str | None], int | None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Away:
    """One answer to whoever asked for a page that was read before: it stands, or is gone.

    `is_certain` is false where the log does not tell whether the answer was kept, or believed.
    """

    at: datetime
    is_there: bool
    is_certain: bool


def versions_of(seen: Sequence[Sight]) -> list[Version]:
    """The versions these sights make, each with the revision of its file as far as it was had."""
    made: list[Version] = []
    for sight in seen:
        key, file = sight.text.key, sight.file
        if not made:
            made.append((key, file))
            continue
        held, had = made[-1]
        if key != held:
            same_file = key[4] is not None and key[4] == held[4]
            made.append((key, file if file is not None else had if same_file else None))
        elif file is not None and had is not None and file != had:
            made.append((key, file))
        elif file is not None:
            made[-1] = (held, file)
    return made


def states_of(asked: Sequence[Away]) -> list[tuple[str, datetime]]:
    """What becomes of a page: missing, vanished, returned, each at its time."""
    states: list[tuple[str, datetime]] = []
    times, since, gone = 0, None, False
    for one in asked:
        if one.is_there:
            if times:
                states.append(("returned", one.at))
            times, since, gone = 0, None, False
        elif not gone:
            times, since = times + 1, since or one.at
            gone = times >= THREE and one.at - since >= APART
            states.append(("vanished" if gone else "missing", one.at))
    return states


def holds(actual: Any, seen: Sequence[T], make: Callable[[Sequence[T]], Any]) -> bool:
    """Whether what is held follows from what was seen, with some of what is not certain."""
    open_places = [place for place, one in enumerate(seen) if not one.is_certain]  # type: ignore[attr-defined]
    fixed, chosen = open_places[:-MOST_OPEN], open_places[-MOST_OPEN:]
    for choice in product((True, False), repeat=len(chosen)):
        left_out = {place for place, taken in zip(chosen, choice, strict=True) if not taken}
        if make([one for place, one in enumerate(seen) if place not in left_out]) == actual:
            return True
    return bool(fixed) and holds(actual, [one for place, one in enumerate(seen) if place not in fixed], make)


def absences(visits: Sequence[Seen]) -> dict[tuple[str, str, str], list[Away]]:
    """By source, host and path, what came of asking for pages that had been read before."""
    found: dict[tuple[str, str, str], list[Away]] = defaultdict(list)
    read: dict[tuple[str, str, str], bool] = {}  # whether that is certain
    there: dict[tuple[str, str, str], bool] = {}
    for seen in visits:
        if seen.site.kinds[seen.source] == "notes":
            continue
        asked = {(seen.source, seen.site.host, path): saw for path, saw in seen.pages.items()}
        for key, away in _judged(seen, asked, read, there):
            found[key].append(away)
        for key, saw in asked.items():
            if saw.isdigit():
                read[key] = read.get(key, False) or seen.is_certain
            if saw.isdigit() or saw == "absent":
                there[key] = saw.isdigit()
    return found


def _judged(
    seen: Seen, asked: dict[tuple[str, str, str], str], read: dict[Any, bool], there: dict[Any, bool]
) -> Iterator[tuple[tuple[str, str, str], Away]]:
    gone = [key for key, saw in asked.items() if saw == "absent" and key in read]
    stands = any(saw.isdigit() for saw in asked.values())
    vouched = len(gone) < MANY and seen.lists_came
    # Where pages that were gone before are asked for, one that stood may have been asked for only to tell whether the
    # site stands; then the lists do not vouch.
    checked = {there[key] for key in asked if key in there} == {True, False}
    for key, saw in asked.items():
        if saw.isdigit() and key in read:
            yield key, Away(seen.at, True, seen.is_certain)
        elif key in gone and (stands or vouched or not seen.is_certain):
            certain = seen.is_certain and read[key] and (stands or not checked)
            yield key, Away(seen.at, False, certain)
