"""Which zone a time is in: the zone written beside it, read in the light of the source's own.

Abbreviations are not unique (CST is China's time and America's), so one counts only where it is the source's
own abbreviation on that day, or means one thing everywhere.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

_GREATER_CHINA = {
    "Asia/Shanghai": "Asia/Shanghai",
    "Asia/Hong_Kong": "Asia/Shanghai",
    "Asia/Macau": "Asia/Shanghai",
    "Asia/Taipei": "Asia/Taipei",
    "Asia/Urumqi": "Asia/Shanghai",
    "Asia/Chongqing": "Asia/Shanghai",
    "PRC": "Asia/Shanghai",
}
_PLACES = {
    "hkt": "Asia/Hong_Kong",
    "hong kong time": "Asia/Hong_Kong",
    "hong kong standard time": "Asia/Hong_Kong",
    "hk time": "Asia/Hong_Kong",
    "香港時間": "Asia/Hong_Kong",
    "香港时间": "Asia/Hong_Kong",
    "beijing time": "Asia/Shanghai",
    "bjt": "Asia/Shanghai",
    "china standard time": "Asia/Shanghai",
    "北京時間": "Asia/Shanghai",
    "北京时间": "Asia/Shanghai",
    "澳門時間": "Asia/Macau",
    "澳门时间": "Asia/Macau",
    "台北時間": "Asia/Taipei",
    "臺北時間": "Asia/Taipei",
    "台灣時間": "Asia/Taipei",
    "brussels time": "Europe/Brussels",
    "london time": "Europe/London",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "sgt": "Asia/Singapore",
    "gmt": "UTC",
    "utc": "UTC",
    "ut": "UTC",
    "z": "UTC",
}
_FIXED = {"cet": 1, "cest": 2, "wet": 0, "west": 1, "eet": 2, "eest": 3, "msk": 3, "aest": 10, "aedt": 11} | {
    "nzst": 12,
    "nzdt": 13,
}
_AMERICAN = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}
_AMERICAN_FIXED = {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}
_ELSEWHERE = ("bst", "ist", "local time", "當地時間", "当地时间")

OFFSET = r"(?:(?:GMT|UTC) ?)?[+-]\d{1,2}(?::?\d{2})?(?![\d:])"
NAMED = "|".join(
    sorted(
        (re.escape(word) for word in (*_PLACES, *_FIXED, *_AMERICAN, *_AMERICAN_FIXED, *_ELSEWHERE)),
        key=len,
        reverse=True,
    )
)
_OFFSET_PARTS = re.compile(r"([+-])(\d{1,2}):?(\d{2})?(?= \(|$)")


def resolve(word: str | None, source_zone: str, local: datetime) -> tuple[str, tzinfo] | None:
    """The zone for a naive local time: its name or offset, and itself.

    `word` is what was written beside the time, None when nothing was; `source_zone` an IANA name. None when the
    word names a zone that cannot be told from here: better no instant than a wrong one.
    """
    if word is None:
        return source_zone, ZoneInfo(source_zone)
    if offset := _OFFSET_PARTS.search(word):
        return _fixed((-1 if offset[1] == "-" else 1) * (60 * int(offset[2]) + int(offset[3] or 0)))
    name = word.strip("() ").lower()
    if name == "cst" and source_zone in _GREATER_CHINA:
        return _named(_GREATER_CHINA[source_zone])
    if place := _PLACES.get(name):
        return _named(place)
    own = ZoneInfo(source_zone)
    if (local.replace(tzinfo=own).tzname() or "").lower() == name:
        return source_zone, own
    if name in _FIXED:
        return _fixed(60 * _FIXED[name])
    if source_zone.startswith(("America/", "US/")):
        if name in _AMERICAN:
            return _named(_AMERICAN[name])
        if name in _AMERICAN_FIXED:
            return _fixed(60 * _AMERICAN_FIXED[name])
    return None


def _named(name: str) -> tuple[str, tzinfo]:
    return name, UTC if name == "UTC" else ZoneInfo(name)


def _fixed(minutes: int) -> tuple[str, tzinfo] | None:
    if abs(minutes) > 14 * 60:
        return None
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    return f"{sign}{hours:02}:{rest:02}", timezone(timedelta(minutes=minutes))
