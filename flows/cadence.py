"""When sources are visited: what their files say, moved apart so that hosts are not hit together.

A cron line is kept as written, but for one that begins with `*/N`: no minute was asked for there, and so it gets its
own, as every interval gets its own beginning. Both follow from the host's name and the source's place among the
sources of that host alone, so they are the same after a restart and on every machine.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sources.config import Source

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_EVERY_N_MINUTES = re.compile(r"\*/([0-9]{1,2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cadence:
    """Either a cron line of five fields in an IANA zone, or an interval and one instant it falls on."""

    zone: str
    cron: str | None = None
    interval: timedelta | None = None
    anchor: datetime = EPOCH


def cadences(sources: Iterable[Source], *, zone: str) -> dict[str, Cadence]:
    """When each source is visited, by name; those that run by hand alone are left out.

    :param zone: the zone of cron lines whose source names none.
    """
    by_host: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        if source.schedule or source.every:
            by_host[source.hosts[0] if source.hosts else source.name].append(source)
    return {
        source.name: _cadence(source, source.zone or zone, (_fraction(host) + place / len(neighbours)) % 1)
        for host, neighbours in by_host.items()
        for place, source in enumerate(sorted(neighbours, key=lambda one: one.name))
    }


def _cadence(source: Source, zone: str, moved: float) -> Cadence:
    """`moved` is the part of its own period, from 0 to 1, by which a source is moved."""
    if interval := source.interval:
        return Cadence(zone, interval=interval, anchor=EPOCH + timedelta(seconds=int(interval.total_seconds() * moved)))
    minutes, *others = (source.schedule or "").split()
    if (told := _EVERY_N_MINUTES.fullmatch(minutes)) and (first := int(int(told[1]) * moved)):
        minutes = f"{first}-59/{told[1]}"
    return Cadence(zone, cron=" ".join((minutes, *others)))


def _fraction(name: str) -> float:
    """From 0 to 1, evenly over names: Python's own hash is another in each process."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") / 2**32
