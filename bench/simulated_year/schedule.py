"""When which source is visited over the year, which of these visits are killed, and which are started twice."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from bench.simulated_year.world import BEGIN

PER_DAY: dict[str, int] = {
    "harbour": 2,
    "tides_en": 1,
    "tides_zh": 1,
    "treasury": 1,
    "parks": 1,
    "customs": 1,
    "weather": 1,
    "police_feed": 2,
    "police_list": 1,
    "statistics": 1,
}
"""Visits a day, each at some hour between six and midnight."""
KILLED, TWICE = 20, 50
"""Of so many visits that follow each other, one is killed, and one is started twice."""
CRASHES = ("after_warc_write", "after_seal", "after_staging", "after_journal", "before_commit", "after_commit")
BY_ALL = ("after_journal", "before_commit", "after_commit")  # crash points that every visit comes by
SECOND = 1_000_000  # is added to the number of a visit for the same visit started a second time
CLOSING_DAYS = (1, 3, 5)
"""Days after the last on which every source is visited once more, with nothing going wrong any more."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One run to be. `crash` is a crash point at which it dies, `request` the number of the request at which it does;
    `twice` says that another process starts the same run: it waits, or is kept out."""

    number: int
    source: str
    at: datetime
    crash: str | None = None
    request: int | None = None
    twice: str | None = None


def schedule(seed: int, days: int, share: float = 1.0) -> list[list[Visit]]:
    """The visits of each day in the order of their time; `share` of them take place."""
    rng = Random(f"{seed} schedule")
    by_day: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    for day in range(days):
        for source, count in PER_DAY.items():
            for _ in range(sum(rng.random() < share for _ in range(count))):
                at = BEGIN + timedelta(days=day, seconds=rng.randrange(6 * 3_600, 24 * 3_600))
                by_day[day].append((at, source))
    fates = _fates(rng, sum(map(len, by_day.values())))
    number, planned = 0, []
    for day in range(days):
        visits = []
        for at, source in sorted(by_day[day]):
            number += 1
            visits.append(replace(fates.get(number, Visit(number, source, at)), source=source, at=at))
        planned.append(visits)
    for late in CLOSING_DAYS:
        closing = [BEGIN + timedelta(days=days + late, hours=12, minutes=place) for place in range(len(PER_DAY))]
        planned.append([Visit(number + place, source, closing[place - 1]) for place, source in enumerate(PER_DAY, 1)])
        number += len(PER_DAY)
    return planned


def _fates(rng: Random, count: int) -> dict[int, Visit]:
    """What befalls which of the visits from 1 to `count`. Every other kill is certain; what the rest are to die of may
    not come by."""
    twice = {first + rng.randrange(TWICE): rng.choice(("waits", "is kept out")) for first in range(1, count + 1, TWICE)}
    fates = {number: Visit(number, "", BEGIN, twice=how) for number, how in twice.items()}
    for place, first in enumerate(range(1, count + 1, KILLED)):
        number, is_certain = first + rng.randrange(KILLED), place % 2 == 0
        if rng.random() < 0.3:
            fates[number] = Visit(number, "", BEGIN, request=1 if is_certain else rng.randint(2, 6))
        else:
            crash = f"{rng.choice(BY_ALL)}:1" if is_certain else f"{rng.choice(CRASHES)}:{rng.randint(1, 2)}"
            fates[number] = Visit(number, "", BEGIN, crash=crash)
    return fates
