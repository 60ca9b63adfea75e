"""Address templates: `https://example.gov/{yyyy}{mm}/{dd}.htm`, `...?page={page}&from={since}`, `{value}.htm`.

Only the placeholders named here mean anything; a value is put in as it is written in the list, so an address is
resolved and checked after filling, never before.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import quote, urljoin, urlsplit

from parsers.urls import canonical

_PLACE = re.compile(r"\{([^{}]*)\}")
_PLAIN = re.compile(r"https?://[a-z0-9.-]+/[A-Za-z0-9_~/.-]*")
_KEPT = "%/:;@!$&'()*+,=~?-._[]"

OF_DAY = ("yyyy", "yy", "mm", "dd", "m", "d")
OF_PAGES = ("page", "offset", "cursor", "n")
OF_RANGE = ("since", "until", "ms", *(f"{end}_{part}" for end in ("since", "until") for part in OF_DAY))


def placeholders(template: str) -> list[str]:
    """The names between braces, in their order."""
    return _PLACE.findall(template)


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with each `{name}` that has a value replaced; others stay."""
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), template)


def of_day(day: date) -> dict[str, str]:
    """What a day puts into a template: yyyy, yy, mm, dd, and m and d without leading zeros."""
    return {
        "yyyy": f"{day.year:04}", "yy": f"{day.year % 100:02}", "mm": f"{day.month:02}", "dd": f"{day.day:02}",
        "m": str(day.month), "d": str(day.day),
    }  # fmt: skip


def of_range(since: date, last: date, now: datetime) -> dict[str, str]:
    """What a range of days puts in: since (first day), until (last day), their parts such as since_yyyy, and ms (now,
    for servers that want it)."""
    parts = {
        f"{end}_{name}": value
        for end, day in (("since", since), ("until", last))
        for name, value in of_day(day).items()
    }
    return parts | {"since": since.isoformat(), "until": last.isoformat(), "ms": str(int(now.timestamp() * 1_000))}


def of_pages(*, page: int, offset: int, cursor: str) -> dict[str, str]:
    """What paging puts in; a cursor comes from the server and is escaped whole."""
    return {"page": str(page), "offset": str(offset), "n": str(page), "cursor": quote(cursor, safe="")}


def resolve(base: str, link: str | None) -> str | None:
    """The http or https address a link leads to from the page it stands on, else None.

    White space inside is dropped or escaped as browsers do (WHATWG URL, section 4.4).
    """
    if not link:
        return None
    written = re.sub(r"[\t\r\n]", "", link).strip(" \x00\x0b\x0c").replace(" ", "%20")
    if _PLAIN.fullmatch(written):
        return written if canonical(written) else None
    try:
        parts = urlsplit(urljoin(base, written))
    except ValueError:
        return None
    whole = parts._replace(path=quote(parts.path, safe=_KEPT), query=quote(parts.query, safe=_KEPT)).geturl()
    return whole if canonical(whole) else None
