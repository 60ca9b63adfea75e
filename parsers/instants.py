"""Dates as systems write them, in metas, feeds and interfaces, told as day and time in the zone of their publisher.

One release may say `2026-07-01T23:30:00Z` in an interface and `2026-07-02T00:30:00+01:00` on its page: the same
instant and the same local day. Midnight is what systems write where they know only the day.
"""

import re
from dataclasses import replace
from zoneinfo import ZoneInfo

from parsers import dates
from parsers.datelines import Dated
from parsers.layout import tidy
from parsers.publishers import UNKNOWN_ZONE

_MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0{1,9})?)?(?=Z|\s?[+-]|\s?[A-Z]{1,4}$|$)")


def system_date(written: str, rule: str, zone: str, *, day_first: bool = True) -> list[Dated]:
    """The date that a system wrote, or none where it is no whole date.

    Midnight is the day as written where it is written so, the local day where it is midnight there.
    """
    written = tidy(written)
    found = dates.read(written, zone=zone, day_first=day_first)
    if found is None or found.on is None or not found.year_given:
        return []
    local = found.at.astimezone(ZoneInfo(zone)) if found.at and zone != UNKNOWN_ZONE else None
    if found.at and _MIDNIGHT.search(written):
        found = replace(found, at=None, precision="day", zone=zone)
    elif local and not any((local.hour, local.minute, local.second, local.microsecond)):
        found = replace(found, at=None, on=local.date(), precision="day", zone=zone)
    elif local:
        found = replace(found, on=local.date(), zone=zone)
    return [Dated(found, rule, written)]
