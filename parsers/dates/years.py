"""The year of a date written without one: from a reference day, or from the text around it."""

import re
from datetime import date, timedelta

_AHEAD = timedelta(days=2)


def nearest_year(month: int, day: int, weekday: int | None, reference: date) -> int | None:
    """The year that puts the day latest without lying more than two days after the reference.

    A weekday that only the neighbouring years agree with moves it there.
    """
    days = [candidate for offset in (0, -1, 1, -2) if (candidate := _day(reference.year + offset, month, day))]
    past = sorted((day for day in days if day <= reference + _AHEAD), reverse=True)
    if not past:
        return None
    if weekday is not None and past[0].weekday() != weekday:
        agreeing = [day for day in days if day.weekday() == weekday]
        if agreeing:
            return min(agreeing, key=lambda day: abs(day - reference)).year
    return past[0].year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_REVIEWED = re.compile(
    r"(?:review|accomplish|summari[sz]|achiev|completed|concluded)[^.。\n]{0,60}?\b(?P<year>20\d\d)\b", re.I
)
_PLANNED = re.compile(r"(?:task|plan|priorit|outlin|deploy|goal)[^.。\n]{0,60}?\b(?P<year>20\d\d)\b", re.I)


def infer_year(month: int, day: int, body: str) -> tuple[int, str] | None:
    """The year of an undated event from the text alone, with the reason; None when the text does not settle it."""
    reviewed, planned = _REVIEWED.search(body), _PLANNED.search(body)
    if reviewed and planned and int(planned["year"]) == int(reviewed["year"]) + 1:
        year = int(planned["year"]) if month <= 6 else int(reviewed["year"])
        return year, f"{reviewed['year']} reviewed, {planned['year']} planned"
    return None
