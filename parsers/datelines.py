"""Lines that are a date or a time of day and nothing else, and the date line that opens a first paragraph.

Seen as `June 25, 2025`, `Ends/Wednesday, June 25, 2025` with `Issued at HKT 17:30` below it, `Brussels, 12 March
2026`, `2025年11月29日（星期六）` with `香港時間9時00分` below it, and `HONG KONG, June 25, 2025 - ...`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from parsers import dates
from parsers.dates import Found
from parsers.furniture import is_masthead
from parsers.layout import tidy

LONGEST_DATE_LINE = 120  # characters
LONGEST_TIME_LINE = 40
INLINE_WITHIN = 120  # characters of the first paragraph

# What every date with its year holds: four figures, the sign for year, or the time behind a year of two figures.
_TELLS_A_YEAR = re.compile(r"[1１][89８９]\d\d|[2２][01０１]\d\d|年|\d\d\s\d\d[:：]\d\d")
_CLOCK = (
    r"(?:上午|下午|凌晨|中午|晚上)?\s?\d{1,2}\s?(?:[:：.]\s?\d{2}|[時时点點]\s?(?:\d{1,2}\s?分)?)\s?(?:[ap]\.?m\.?)?"
)
_ISSUED_AT = re.compile(
    r"(?:issued\s(?:at|on)\s)?(?:at\s)?(?:hkt|hong\skong\stime|beijing\stime|香港[時时][間间]|北京[時时][间間])\s?[:：]?\s?"
    + _CLOCK,
    re.IGNORECASE,
)
_BARE_TIME = re.compile(_CLOCK + r"\s?(?:hkt)?", re.IGNORECASE)
_CLOSING_MARK = re.compile(r"^(?:完\s(?=\d)|ends?\s?/\s?)|\sNNNN$", re.IGNORECASE)
_PLACE = re.compile(r"^[(（【]?(?:[A-Z][\w.'’-]{0,30}\s?){1,4}[,，]\s?(?=\S)")
_INLINE = re.compile(
    r"^[(（【\[]?(?P<place>[A-Z][\w.'’ -]{1,40}|[\u4e00-\u9fff]{2,10})?[,，\s(（]{0,4}"
    r"(?P<date>[^\n]{6,40}?)(?:[)）\]】]?\s?(?:[-–—]{1,2}\s|[电電讯訊][\s(（，,)])|(?<=[\d日])[)）\]】](?=.))"
)
_REPUBLIC = re.compile(r"(?:[89]\d|1\d\d)\s?年")
_BARS = re.compile(r"\s?[|｜]\s?")
_BEFORE_FIGURES = re.compile(r"[^\d二]{2,40}(?=\d|二)")
_YEAR = re.compile(r"(?:19|20)\d\d|二[〇○零0][一二三四五六七八九〇○零]{2}年")

ReadDate = Callable[[str], Found | None]


@dataclass(frozen=True, slots=True)
class Dated:
    """One date that a release states about itself, and the rule that found it."""

    found: Found
    rule: str
    text: str


def reader(zone: str, day_first: bool) -> ReadDate:
    """Reads a string that is a date as a whole; asked the same again, it remembers."""
    seen: dict[str, Found | None] = {}

    def read(line: str) -> Found | None:
        if line not in seen:
            seen[line] = dates.read(line, zone=zone, day_first=day_first)
        return seen[line]

    return read


def date_of(line: str, read: ReadDate) -> Found | None:
    """The date a whole line is, with its year; a place before it is allowed."""
    if len(line) > LONGEST_DATE_LINE or not _TELLS_A_YEAR.search(line):
        return None
    bare = _CLOSING_MARK.sub("", line)
    found = read(bare)
    if found is None and (place := _PLACE.match(bare)):
        found = read(bare[place.end() :])
    if found is None and (own := _beside_masthead(bare)):
        found = read(own)
    return found if found and found.year_given and found.on else None


def _beside_masthead(line: str) -> str:
    """What a line says beside the name of the site: `news.gov.hk | June 25, 2025`, `香港政府新聞網 2025年6月25日`."""
    parts = [part.strip() for part in _BARS.split(line)]
    if len(parts) > 1:
        return " ".join(part for part in parts if not is_masthead(part))
    name = _BEFORE_FIGURES.match(line)
    return line[name.end() :] if name and is_masthead(name[0].strip()) else ""


def date_or_month(value: str, read: ReadDate) -> Found | None:
    """The date or month that a labelled value is, with its year; one of two or three figures is Taiwan's."""
    found = read(value) or (read(f"民國{value}") if _REPUBLIC.match(value) else None)
    return found if found and found.year_given else None


def is_issue_time(line: str) -> bool:
    """Whether a line is a time that says whose it is (`Issued at HKT 17:30`)."""
    return len(line) <= LONGEST_TIME_LINE and _ISSUED_AT.fullmatch(line) is not None


def is_time(line: str) -> bool:
    """Whether a line is a time of day at all; one without its zone means something only beside a date."""
    return is_issue_time(line) or (len(line) <= LONGEST_TIME_LINE and _BARE_TIME.fullmatch(line) is not None)


def combined(days: Iterable[str], times: Sequence[str], read: ReadDate, rule: str) -> Iterator[Dated]:
    """The dates of date lines, with the time of day that stands on lines of its own beside them."""
    for day in days:
        found = date_of(day, read)
        text = day
        if found and found.at is None and times:
            together = f"{day} {' '.join(times)}"
            timed = read(_CLOSING_MARK.sub("", together))
            if timed and timed.on == found.on:
                found, text = timed, together
        if found:
            yield Dated(found, rule, text)


def inline(line: str, read: ReadDate) -> Dated | None:
    """The date line that opens a first paragraph, if one does. It stays in the text."""
    head = tidy(line[:INLINE_WITHIN])
    if not _YEAR.search(head[:60]):
        return None
    match = _INLINE.match(head)
    found = read(match["date"]) if match else None
    if match and found and found.year_given and found.on:
        return Dated(found, "date line in the first paragraph", match[0].strip())
    return None
