"""A range of days divided into windows as a source can be asked for them.

A day where each day has a list of its own, a month where a month has or where an interface is asked by days; all of
it at once where lists are read from their top: a month of it would cost as many requests as the whole.
"""

from datetime import date, timedelta

from sources.config import Source
from sources.discovery.templates import placeholders
from sources.discovery.window import Window

_DAY = frozenset({"dd", "d"})


def divided(source: Source, whole: Window, *, today: date) -> tuple[Window, ...]:
    """The windows of a source, the newest first; none begins after today.

    :param today: in the source's zone.
    """
    if whole.start > today:
        return ()
    days = Window(whole.start, min(whole.end, today + timedelta(days=1)))
    names = [frozenset(placeholders(url)) for url in source.urls]
    if source.kind == "calendar" and all(one & _DAY for one in names):
        return tuple(Window(day, day + timedelta(days=1)) for day in days.days())
    by_days = all(any(name.startswith("since") for name in one) for one in names)
    if source.kind == "calendar" or (source.kind == "api" and by_days):
        return tuple(_within(days, month) for month in days.months())
    return (days,)


def _within(days: Window, month: date) -> Window:
    after = (month + timedelta(days=32)).replace(day=1)
    return Window(max(days.start, month), min(days.end, after))
