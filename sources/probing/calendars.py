"""Addresses of lists that carry a day or a month: `/gia/general/202511/27.htm`, `?date=202511`."""

import re
from calendar import monthrange
from datetime import date, timedelta

from sources.discovery.window import Window

_MONTH = r"(?<=[/=_-])(?P<y>20\d\d)(?P<gap>[-/_]?)(?P<m>0[1-9]|1[0-2])"
_DAY = re.compile(_MONTH + r"(?P<gap2>[-/_]?)(?P<d>0[1-9]|[12]\d|3[01])(?=[/.&#?]|$)", re.ASCII)
_ONLY_MONTH = re.compile(_MONTH + r"(?=[/.&#?]|$)", re.ASCII)

# Behind the date stands the name of a list at most; a slug is that of a release.
_REST = re.compile(r"(?:/?|\.\w{2,5}|/[a-z_]{1,12}\.\w{2,5})(?:[?&#].*)?", re.ASCII)


def dated_template(url: str) -> tuple[str, Window] | None:
    """The address with places for the date in it, and the days that this one list covers; None where there is no date.

    The last date in an address is the one that counts.
    """
    if "{" in url:
        return None
    for pattern in (_DAY, _ONLY_MONTH):
        for found in reversed(list(pattern.finditer(url))):
            window = _window(found.groupdict())
            if window is not None and _REST.fullmatch(url, found.end()):
                return f"{url[: found.start()]}{_places(found)}{url[found.end() :]}", window
    return None


def _places(found: re.Match[str]) -> str:
    parts = found.groupdict()
    month = f"{{yyyy}}{parts['gap']}{{mm}}"
    return f"{month}{parts['gap2']}{{dd}}" if "d" in parts else month


def _window(parts: dict[str, str]) -> Window | None:
    year, month = int(parts["y"]), int(parts["m"])
    days = monthrange(year, month)[1]
    first = int(parts.get("d", "1"))
    if first > days:
        return None
    start = date(year, month, first)
    return Window(start, start + timedelta(days=1 if "d" in parts else days))
