"""What stands around the story of a release: headline, date lines, labelled facts, closing lines, buttons.

Works from both ends of a list of lines towards the story and stops at the first line that belongs to it.
A date counts only where it stands alone, behind a label or in the closing lines; a date in the story is
never taken. Closing lines as on info.gov.hk: `Ends/Wednesday, June 25, 2025`, `Issued at HKT 17:30`, `NNNN`;
in Chinese `完`, `2025年11月29日（星期六）`, `香港時間9時00分`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from parsers.datelines import (
    LONGEST_DATE_LINE,
    Dated,
    ReadDate,
    combined,
    date_of,
    date_or_month,
    inline,
    is_issue_time,
    is_time,
    reader,
)
from parsers.furniture import (
    Labelled,
    LabelMeaning,
    is_end_mark,
    is_furniture,
    is_imprint,
    is_masthead,
    labels,
)
from parsers.headline import LETTERHEAD, LONGEST_LINE, headline_at, letterhead, without_site
from parsers.layout import Wrap, tidy
from parsers.page_edges import within_page
from parsers.text import fold_title

DEEPEST = 30  # lines looked at from either end
LONGEST_FACT = 160  # characters


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


def peel(
    lines: Sequence[str],
    *,
    zone: str,
    day_first: bool,
    title: str | None = None,
    title_wanted: bool = True,
    wrap: Wrap | None = None,
) -> Frame:
    """The frame of a text given as raw lines.

    `title` is a headline known from elsewhere: the story's own copies of it are dropped. With `title_wanted`
    false no line is taken for one. `wrap` tells where the lines are wrapped, if they are.
    """
    read = reader(zone, day_first)
    frame = Frame()
    known = fold_title(title) if title else ""
    filled = [index for index, line in enumerate(lines) if line and not line.isspace()]
    tidied = {index: tidy(lines[index]) for index in filled if len(lines[index]) <= LONGEST_LINE}
    furniture = {index for index, line in tidied.items() if is_furniture(line, at_edge=False)}
    body = within_page(lines, [index for index in filled if index not in furniture])
    start = _open(frame, lines, tidied, body, read, known=known, title_wanted=title_wanted, wrap=wrap)
    end = _close(frame, tidied, body[start:], read)
    if not end and frame.title_at:  # a headline and a date alone: then the headline is the text
        frame.title, frame.kept = None, list(frame.title_at)
    elif end:
        mine = set(body[start : start + end])
        frame.kept = [at for at in range(body[start], body[start + end - 1] + 1) if at in mine or not lines[at].strip()]
        opening = inline(lines[body[start]], read)
        frame.published += [opening] if opening else []
    return frame


def take_scattered(frame: Frame, lines: Sequence[str], *, zone: str, day_first: bool) -> set[int]:
    """Dates and labelled facts among short lines of a page's head; the indices of the lines they were on."""
    read = reader(zone, day_first)
    taken: set[int] = set()
    for index, line in enumerate(lines):
        if line and _take_labels(frame, line, read):
            taken.add(index)
        elif line and (found := date_of(line, read)):
            frame.published.append(Dated(found, "date line above the story", line))
            taken.add(index)
    return taken


def _is_chrome(line: str) -> bool:
    return is_furniture(line, at_edge=True) or is_imprint(line)


def _open(
    frame: Frame,
    lines: Sequence[str],
    tidied: Mapping[int, str],
    body: Sequence[int],
    read: ReadDate,
    *,
    known: str,
    title_wanted: bool,
    wrap: Wrap | None,
) -> int:
    """How many lines of `body` stand above the story. `tidied` has no lines too long to be part of a frame."""

    def is_frame(line: str) -> bool:
        return is_furniture(line, at_edge=True) or date_of(line, read) is not None or _labelled(line, read) is not None

    days: list[str] = []
    times: list[str] = []
    position = 0
    while position < min(len(body), DEEPEST):
        line = tidied.get(body[position])
        if not line:
            break
        if _is_chrome(line) or _repeats(line, known) or (is_masthead(line) and not (known or days)):
            position += 1
        elif days and is_time(line):
            times.append(line)
            position += 1
        elif _take_labels(frame, line, read):
            position += 1
        elif date_of(line, read):
            days.append(line)
            position += 1
        elif (
            title_wanted
            and not known
            and (headline := headline_at(lines, body[position], wrap=wrap, is_frame=is_frame))
        ):
            near = [(index, tidied.get(index, "")) for index in body[position : position + LETTERHEAD]]
            if heads := letterhead(lines, near, wrap=wrap, is_frame=is_frame):
                position += heads
                continue
            text, after = headline
            frame.title = Fact(without_site(text), "first line", text)
            known = fold_title(frame.title.value)
            frame.title_at = range(body[position], after)
            position += sum(1 for index in body[position:] if index < after)
        else:
            break
    frame.published.extend(combined(days, times, read, "date line above the story"))
    return position


def _repeats(line: str, known: str) -> bool:
    """Whether a line is the known headline again."""
    return bool(known) and len(line) <= 2 * len(known) + 40 and fold_title(line) == known


def _close(frame: Frame, tidied: Mapping[int, str], body: Sequence[int], read: ReadDate) -> int:
    """How many lines of `body` are left when the lines below the story are gone."""
    days: list[str] = []
    times: list[str] = []
    end = len(body)
    story_may_end = end  # a bare `12.30` without a date beside it is the last line of the story
    while end and len(body) - end < DEEPEST:
        line = tidied.get(body[end - 1])
        if not line:
            break
        if is_time(line):
            times.insert(0, line)
        elif date_of(line, read):
            days.insert(0, line)
        elif not (_is_chrome(line) or is_end_mark(line) or _take_labels(frame, line, read)):
            break
        end -= 1
        if not times or days or is_issue_time(line):
            story_may_end = end
    if days:
        frame.published.extend(combined(days, times, read, "closing lines"))
        return end
    if times and any(map(is_issue_time, times)):
        _complete_with_time(frame, times, read)
    return story_may_end


def _complete_with_time(frame: Frame, times: Sequence[str], read: ReadDate) -> None:
    """A time among the closing lines belongs to the date line above the story."""
    for dated in frame.published:
        together = f"{dated.found.text} {' '.join(times)}"
        found = read(together) if dated.found.at is None else None
        if found and found.at:
            frame.published.insert(0, Dated(found, "date line above the story, time below it", together))
            return


def _labelled(line: str, read: ReadDate) -> tuple[str, Sequence[Labelled]] | None:
    """What `labels` says of a line made up of facts we understand; a date may lead (`2025-01-13 来源：...`)."""
    if len(line) > LONGEST_FACT + LONGEST_DATE_LINE or not (":" in line or "：" in line):
        return None
    lead, found = labels(line)
    if not found or (lead and not date_of(lead, read)):
        return None
    understood = all(
        len(value) <= LONGEST_FACT
        and (meaning not in ("published", "updated") or not value or date_or_month(value, read) is not None)
        for meaning, _, value in found
    )
    return (lead, found) if understood else None


def _take_labels(frame: Frame, line: str, read: ReadDate) -> bool:
    """Whether a line consists of labelled facts; they are taken over if so."""
    labelled = _labelled(line, read)
    if labelled is None:
        return False
    lead, found = labelled
    if lead:
        frame.published.extend(combined([lead], (), read, "date line beside labels"))
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
    elif meaning != "ignored" and (found := date_or_month(fact.value, read)):
        into = frame.published if meaning == "published" else frame.updated
        into.append(Dated(found, fact.rule, fact.text))
