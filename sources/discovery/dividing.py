"""A range of days divided into windows as a source can be asked for them.

A day where each day has a list of its own, a month where a month has or where an interface is asked by days; all of
it at once where lists are read from their top: a month of it would cost as many requests as the whole.
"""

from datetime import date, timedelta

from sources.config import Source
from sources.discovery.templates import placeholders
from sources.discovery.window import Window

_DAY = frozenset({"dd", "d"})


def is_read_at_once(source: Source) -> bool:
    """Whether a part of its lists costs as much as all of them."""
    return source.kind != "calendar" and not (source.kind == "api" and _asks_by_days(source))


def divided(source: Source, whole: Window, *, today: date) -> tuple[Window, ...]:
    """The windows of a source, the newest first; none begins after today.

    :param today: in the source's zone.
    """
    if whole.start > today:
        return ()
    days = Window(whole.start, min(whole.end, today + timedelta(days=1)))
    if is_read_at_once(source):
        return (days,)
    if source.kind == "calendar" and all(_DAY.intersection(placeholders(url)) for url in source.urls):
        return tuple(Window(day, day + timedelta(days=1)) for day in days.days())
    return tuple(_within(days, month) for month in days.months())


def _asks_by_days(source: Source) -> bool:
    return all(any(name.startswith("since") for name in placeholders(url)) for url in source.urls)


def _within(days: Window, month: date) -> Window:
    after = (month + timedelta(days=32)).replace(day=1)
    return Window(max(days.start, month), min(days.end, after))
