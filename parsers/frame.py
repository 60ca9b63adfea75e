"""What stands around the story of a release: headline, date lines, labelled facts, closing lines, buttons.

Works from both ends of a list of lines towards the story and stops at the first line that belongs to it.
A date counts only where it stands alone, behind a label or in the closing lines; a date in the story is
never taken. Closing lines as on info.gov.hk: `Ends/Wednesday, June 25, 2025`, `Issued at HKT 17:30`, `NNNN`;
in Chinese `完`, `2025年11月29日（星期六）`, `香港時間9時00分`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from parsers import dates
from parsers.dates import Found
from parsers.furniture import LabelMeaning, is_end_mark, is_furniture, labels
from parsers.headline import LONGEST_LINE, headline_at
from parsers.layout import tidy
from parsers.text import fold_title

DEEPEST = 30  # lines looked at from either end
LONGEST_DATE_LINE = 120  # characters
LONGEST_FACT = 160

_DIGIT = re.compile("[0-9\uff10-\uff19〇○零一二三四五六七八九十]")
_TIME_LINE = re.compile(
    r"(?:issued\s(?:at|on)\s)?(?:at\s)?(?:(?:hkt|hong\skong\stime|beijing\stime|香港[時时][間间]|北京[時时][間间])\s?[:：]?\s?)?"
    r"(?:上午|下午|凌晨|中午|晚上)?\s?\d{1,2}\s?(?:[:：.]\s?\d{2}|[時时点點]\s?(?:\d{1,2}\s?分)?)"
    r"\s?(?:[ap]\.?m\.?)?(?:\s?hkt)?",
    re.IGNORECASE,
)
_CLOSING_MARK = re.compile(r"^(?:完\s(?=\d)|ends?\s?/\s?)|\sNNNN$", re.IGNORECASE)
_PLACE = re.compile(r"^[(（【]?(?:[A-Z][\w.'’-]*\s?){1,4}[,，]\s?(?=\S)")
_INLINE = re.compile(
    r"^[(（【\[]?(?P<place>[A-Z][\w.'’ -]{1,40}|[\u4e00-\u9fff]{2,10})?[,，\s(（]*"
    r"(?P<date>[^\n]{6,40}?)[)）\]】]?\s?(?:[-–—]{1,2}\s|[电電讯訊][\s(（，,)])"
)
_YEAR = re.compile(r"(?:19|20)\d\d|二[〇○零0][一二三四五六七八九〇○零]{2}年")


@dataclass(frozen=True, slots=True)
class Dated:
    """One date that a release states about itself, and the rule that found it."""

    found: Found
    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One labelled value: what it says, and the line it was read from."""

    value: str
    rule: str
    text: str


@dataclass(slots=True)
class Frame:
    """All that was found around the story, by the indices of the lines given.

    `kept` are the lines of the story, blank ones too; `title_at` those of a headline taken from the text.
    """

    title: Fact | None = None
    title_at: range = range(0)
    published: list[Dated] = field(default_factory=list)
    updated: list[Dated] = field(default_factory=list)
    source: Fact | None = None
    office: Fact | None = None
    kept: list[int] = field(default_factory=list)


ReadDate = Callable[[str], Found | None]


def peel(
    lines: Sequence[str],
    *,
    zone: str,
    day_first: bool,
    title: str | None = None,
    title_wanted: bool = True,
    width: int | None = None,
) -> Frame:
    """The frame of a text given as raw lines.

    `title` is a headline known from elsewhere: the story's own copies of it are dropped. With `title_wanted`
    false no line is taken for one. `width` is the column the lines are wrapped at, if they are.
    """

    seen: dict[str, Found | None] = {}

    def read(line: str) -> Found | None:
        if line not in seen:
            seen[line] = dates.read(line, zone=zone, day_first=day_first)
        return seen[line]

    frame = Frame()
    known = fold_title(title) if title else ""
    filled = [index for index, line in enumerate(lines) if line and not line.isspace()]
    furniture = {index for index in filled if len(lines[index]) <= LONGEST_LINE and _is_button(lines[index])}
    body = [index for index in filled if index not in furniture]
    start = _open(frame, lines, body, read, known=known, title_wanted=title_wanted, width=width)
    end = _close(frame, lines, body[start:], read)
    if not end and frame.title_at:  # a headline and a date alone: then the headline is the text
        frame.title, frame.kept = None, list(frame.title_at)
    elif end:
        frame.kept = [at for at in range(body[start], body[start + end - 1] + 1) if at not in furniture]
        _take_inline(frame, lines[body[start]], read)
    return frame


def take_scattered(frame: Frame, lines: Sequence[str], *, zone: str, day_first: bool) -> set[int]:
    """Dates and labelled facts among short lines of a page's head; the indices of the lines they were on."""

    def read(line: str) -> Found | None:
        return dates.read(line, zone=zone, day_first=day_first)

    taken: set[int] = set()
    for index, line in enumerate(lines):
        if line and _take_labels(frame, line, read):
            taken.add(index)
        elif line and (found := _date_of(line, read)):
            frame.published.append(Dated(found, "date line above the story", line))
            taken.add(index)
    return taken


def _is_button(line: str) -> bool:
    return is_furniture(tidy(line), at_edge=False)


def _open(
    frame: Frame,
    lines: Sequence[str],
    body: Sequence[int],
    read: ReadDate,
    *,
    known: str,
    title_wanted: bool,
    width: int | None,
) -> int:
    """How many lines of `body` stand above the story."""

    def is_frame(line: str) -> bool:
        return is_furniture(line, at_edge=True) or _is_date(line, read) or _is_labelled(line, read)

    days: list[str] = []
    times: list[str] = []
    position = 0
    while position < min(len(body), DEEPEST):
        raw = lines[body[position]]
        line = tidy(raw) if len(raw) <= LONGEST_LINE else ""
        if not line:
            break
        if is_furniture(line, at_edge=True) or _repeats(line, known):
            position += 1
        elif _is_time(line) and days:
            times.append(line)
            position += 1
        elif _take_labels(frame, line, read):
            position += 1
        elif _is_date(line, read):
            days.append(line)
            position += 1
        elif (
            title_wanted
            and not known
            and (headline := headline_at(lines, body[position], width=width, is_frame=is_frame))
        ):
            text, after = headline
            frame.title, known = Fact(text, "first line", text), fold_title(text)
            frame.title_at = range(body[position], after)
            position += sum(1 for index in body[position:] if index < after)
        else:
            break
    _combine(frame.published, days, times, read, "date line above the story")
    return position


def _repeats(line: str, known: str) -> bool:
    """Whether a line is the known headline again."""
    return bool(known) and len(line) <= 2 * len(known) + 40 and fold_title(line) == known


def _close(frame: Frame, lines: Sequence[str], body: Sequence[int], read: ReadDate) -> int:
    """How many lines of `body` are left when the lines below the story are gone."""
    days: list[str] = []
    times: list[str] = []
    end = len(body)
    while end and len(body) - end < DEEPEST:
        raw = lines[body[end - 1]]
        line = tidy(raw) if len(raw) <= LONGEST_LINE else ""
        if not line:
            break
        if _is_time(line):
            times.insert(0, line)
        elif _is_date(line, read):
            days.insert(0, line)
        elif not (is_furniture(line, at_edge=True) or is_end_mark(line) or _take_labels(frame, line, read)):
            break
        end -= 1
    if days:
        _combine(frame.published, days, times, read, "closing lines")
    elif times:
        _complete_with_time(frame, times, read)
    return end


def _is_time(line: str) -> bool:
    return len(line) <= 40 and _TIME_LINE.fullmatch(line) is not None


def _is_date(line: str, read: ReadDate) -> bool:
    return _date_of(line, read) is not None


def _date_of(line: str, read: ReadDate) -> Found | None:
    """The date a whole line is, with its year; a place before it (`Brussels, 12 March 2026`) is allowed."""
    if len(line) > LONGEST_DATE_LINE or not _DIGIT.search(line):
        return None
    bare = _CLOSING_MARK.sub("", line)
    found = read(bare)
    if found is None and (place := _PLACE.match(bare)):
        found = read(bare[place.end() :])
    return found if found and found.year_given and found.on else None


def _combine(into: list[Dated], days: Iterable[str], times: Sequence[str], read: ReadDate, rule: str) -> None:
    for day in days:
        found = _date_of(day, read)
        text = day
        if found and found.at is None and times:
            together = f"{day} {' '.join(times)}"
            timed = read(_CLOSING_MARK.sub("", together))
            if timed and timed.on == found.on:
                found, text = timed, together
        if found:
            into.append(Dated(found, rule, text))


def _complete_with_time(frame: Frame, times: Sequence[str], read: ReadDate) -> None:
    """A time among the closing lines belongs to the date line above the story."""
    for dated in frame.published:
        together = f"{dated.found.text} {' '.join(times)}"
        found = read(together) if dated.found.at is None else None
        if found and found.at:
            frame.published.insert(0, Dated(found, "date line above the story, time below it", together))
            return


def _is_labelled(line: str, read: ReadDate) -> bool:
    """Whether a line consists of labelled facts we understand, if need be after a date (`2025-01-13 来源：...`)."""
    if len(line) > LONGEST_FACT + LONGEST_DATE_LINE or not (":" in line or "：" in line):
        return False
    lead, found = labels(line)
    if not found or (lead and not _is_date(lead, read)):
        return False
    return all(
        len(value) <= LONGEST_FACT
        and (meaning not in ("published", "updated") or not value or _date_or_month(value, read) is not None)
        for meaning, _, value in found
    )


def _take_labels(frame: Frame, line: str, read: ReadDate) -> bool:
    """Whether a line consists of labelled facts; they are taken over if so."""
    if not _is_labelled(line, read):
        return False
    lead, found = labels(line)
    if lead:
        _combine(frame.published, [lead], (), read, "date line beside labels")
    for meaning, label, value in found:
        if value:
            _take_fact(frame, meaning, Fact(value, f"label {label}", f"{label}: {value}"), read)
    return True


def _take_fact(frame: Frame, meaning: LabelMeaning, fact: Fact, read: ReadDate) -> None:
    if meaning == "title":
        frame.title = frame.title or fact
    elif meaning == "source":
        frame.source = frame.source or fact
    elif meaning == "office":
        frame.office = frame.office or fact
    elif meaning != "ignored" and (found := _date_or_month(fact.value, read)):
        into = frame.published if meaning == "published" else frame.updated
        into.append(Dated(found, fact.rule, fact.text))


def _date_or_month(value: str, read: ReadDate) -> Found | None:
    found = read(value)
    return found if found and found.year_given else None


def _take_inline(frame: Frame, line: str, read: ReadDate) -> None:
    """`HONG KONG, June 25, 2025 - ...`: a date line that opens the first paragraph. It stays in the text."""
    head = tidy(line[:120])
    if not _YEAR.search(head[:60]):
        return
    match = _INLINE.match(head)
    found = read(match["date"]) if match else None
    if match and found and found.year_given and found.on:
        frame.published.append(Dated(found, "date line in the first paragraph", match[0].strip()))
