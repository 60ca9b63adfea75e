"""The year of a date written without one, from a reference day near it."""

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
