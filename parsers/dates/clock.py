"""The time of day written beside a date: 17:30, 5.30pm, noon, 下午5時30分, with the zone named there.

Every repetition in these patterns is bounded, so that reading stays linear on hostile text.
"""

import re
from dataclasses import dataclass

from parsers.dates.words import NUMERAL, number_of
from parsers.dates.zones import NAMED, OFFSET


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in its own words. `second` is None when only minutes were given; `hour` may be 24 (ISO 8601).

    `start` and `end` are places in the text; `zone` is the zone word beside it, if any.
    """

    hour: int
    minute: int
    second: int | None
    microsecond: int
    zone: str | None
    start: int
    end: int


_ZONE_BEFORE = rf"(?:(?P<zone_before>{NAMED}) ?:? ?)?"
_ZONE_AFTER = rf"(?:[ ]?(?P<zone_after>{OFFSET}(?:[ ]\([A-Za-z ]{{3,40}}\))?|[ ]?\(?(?:{NAMED})\)?(?![A-Za-z])))?"
_ENGLISH_TIME = (
    r"(?:"
    r"(?P<h12>\d{1,2})(?:[:.](?P<m12>[0-5]\d)(?:[:.](?P<s12>[0-5]\d))?)?[ ]?(?P<half>[ap])\.?[ ]?m(?![A-Za-z])\.?"
    r"|(?P<h24>[01]?\d|2[0-4]):(?P<m24>[0-5]\d)"
    r"(?::(?P<s24>[0-5]\d|60)(?:[.,](?P<fraction>\d{1,9}))?)?(?:(?![\d:])|(?=\d{4}-\d))(?:[ ]?(?:hours|hrs)\b)?"
    r"|(?P<hmil>[01]\d|2[0-4])[.:]?(?P<mmil>[0-5]\d)[ ]?(?:hours|hrs)\b"
    r"|(?:12 )?(?P<word>noon|midnight)\b"
    r")"
)
_CHINESE_TIME = (
    r"(?P<part>凌晨|清晨|早上|上午|中午|正午|午間|午间|下午|傍晚|晚上|晚間|晚间|深夜|早|晚)?[ ]?"
    rf"(?:(?P<hcn>{NUMERAL}{{1,3}})[ ]?(?:時|时|點|点)(?:[ ]?(?:(?P<mcn>{NUMERAL}{{1,3}})[ ]?分"
    rf"(?:(?P<scn>{NUMERAL}{{1,3}})秒)?|(?P<halfcn>半)|正|整|鐘|钟)?)"
    r"|(?P<hcol>[01]?\d|2[0-4]):(?P<mcol>[0-5]\d)(?::(?P<scol>[0-5]\d))?(?![\d:]))"
)
_LABEL = (
    r"(?:(?:issued|published|posted|updated|released|time|last updated|發佈時間|发布时间|發布時間|時間|时间)?[ ]?:?[ ]?"
    r"(?:at|as at|on|@)?[ ]?)"
)
# A date may be followed by its time on the same line, or on the next when that line holds nothing else.
_AFTER = re.compile(
    rf"(?P<gap>[ ]?[T,|;·、，-]?\s{{0,8}}){_LABEL}{_ZONE_BEFORE}(?:{_ENGLISH_TIME}|{_CHINESE_TIME}){_ZONE_AFTER}",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?<![\d.:/$-]){_ZONE_BEFORE}{_ENGLISH_TIME}{_ZONE_AFTER}[ ]?[,|]?[ ]?(?:on[ ])?\Z", re.IGNORECASE
)
_COMPACT = re.compile(
    rf"T?(?P<h24>[01]\d|2[0-4])(?P<m24>[0-5]\d)(?P<s24>[0-5]\d)?{_ZONE_AFTER}\s{{0,9}}\Z", re.IGNORECASE
)
_MAY_TELL_TIME = re.compile(rf"{NUMERAL}|noon|midnight", re.IGNORECASE)
_REACH_ON = 48
_REACH_BACK = 48  # characters before a date in which its time may stand
_AFTERNOON = frozenset(("下午", "傍晚", "晚上", "晚間", "晚间", "晚", "深夜"))
_MIDDAY = frozenset(("中午", "正午", "午間", "午间"))


def after(text: str, end: int) -> Clock | None:
    """The time that follows a date which ends at `end`."""
    if not _MAY_TELL_TIME.search(text, end, end + _REACH_ON):
        return None
    match = _AFTER.match(text, end)
    if match is None:
        compact = _COMPACT.match(text, end)
        return _clock(compact, end) if compact else None
    if "\n" in match["gap"] and text[match.end() : match.end() + 80].split("\n", 1)[0].strip(" .。)）\t\r"):
        return None
    return _clock(match, end)


def before(text: str, start: int, floor: int) -> Clock | None:
    """The time that stands before a date which starts at `start`, not reaching back beyond `floor`."""
    window_start = max(floor, start - _REACH_BACK)
    if not _MAY_TELL_TIME.search(text, window_start, start):
        return None
    match = _BEFORE.search(text[window_start:start])
    return _clock(match, window_start + match.start()) if match else None


def _clock(match: re.Match[str], start: int) -> Clock | None:
    told = {name: value for name, value in match.groupdict().items() if value}
    hour, minute, second = _hands(told)
    if hour is None or minute is None or not (0 <= hour < 24 or (hour, minute) == (24, 0)) or minute > 59:
        return None
    zone = told.get("zone_after", told.get("zone_before"))
    second = min(second, 59) if second is not None else None  # a leap second has no place in datetime
    fraction = int(told.get("fraction", "0")[:6].ljust(6, "0"))
    end = start + match.end() - match.start()
    return Clock(hour, minute, second, fraction, zone.strip() if zone else None, start, end)


def _hands(told: dict[str, str]) -> tuple[int | None, int | None, int | None]:
    if "word" in told:
        return (12 if told["word"].lower() == "noon" else 0), 0, None
    if "half" in told:
        return _half_day(told)
    if "hmil" in told:
        return int(told["hmil"]), int(told["mmil"]), None
    if "hcn" in told:
        minute = 30 if "halfcn" in told else number_of(told.get("mcn", "0"))
        return _chinese_hour(told), minute, number_of(told["scn"]) if "scn" in told else None
    if "hcol" in told:
        return _chinese_hour(told), int(told["mcol"]), _optional(told, "scol", None)
    return int(told["h24"]), int(told["m24"]), _optional(told, "s24", None)


def _half_day(told: dict[str, str]) -> tuple[int | None, int | None, int | None]:
    hour, afternoon = int(told["h12"]), told["half"] in "pP"
    minute, second = _optional(told, "m12", 0), _optional(told, "s12", None)
    if 1 <= hour <= 12:
        return hour % 12 + 12 * afternoon, minute, second
    return (hour if afternoon and 12 < hour < 24 else None), minute, second  # 15:24pm is careless but clear


def _optional(told: dict[str, str], name: str, otherwise: int | None) -> int | None:
    return int(told[name]) if name in told else otherwise


def _chinese_hour(told: dict[str, str]) -> int | None:
    hour, part = number_of(told.get("hcn") or told["hcol"]), told.get("part")
    if hour is None or part is None or hour > 12:
        return hour
    if part in _AFTERNOON:
        if hour == 12:  # twelve at night may be either end of the day
            return None if part in ("晚上", "晚間", "晚间", "晚", "深夜") else 12
        return hour + 12 if part != "深夜" or hour > 6 else hour
    if part in _MIDDAY:
        return hour if hour >= 10 else hour + 12
    return 0 if hour == 12 and part == "凌晨" else hour
