"""The ministry's whole site as a pure function of the day."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.newsroom import pages
from tests.newsroom.story import COLUMNS, MAINTENANCE_ON, NEW_LAYOUT_FROM, Release, releases

PER_PAGE = 4
IN_FEED = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gives."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)


NOT_THERE = Answer(404, (("Content-Type", "text/html; charset=utf-8"),), b"<h1>404</h1><p>There is no such page.</p>")


def site(day: int, origin: str) -> dict[str, Answer]:
    """What stands at every path on a day, counted from 1; all else is `NOT_THERE`.

    :param origin: where the site stands (`http://127.0.0.1:8080`), for the addresses in its feed and sitemap.
    """
    standing = releases(day)
    listed = [one for one in standing if one.listed]
    english = [one for one in listed if one.column.startswith("en/")]
    found = {
        "/": _html(pages.front_page()),
        "/robots.txt": _answer("text/plain; charset=utf-8", pages.robots(origin)),
        "/sitemap.xml": _answer("application/xml", pages.sitemap([one for one in listed if not one.withdrawn], origin)),
        "/en/rss.xml": _answer("application/rss+xml", pages.feed(english[:IN_FEED], origin)),
    }
    for column in COLUMNS:
        found |= _lists(column, [one for one in listed if one.column == column])
    if day == MAINTENANCE_ON:
        found["/en/news/index.html"] = _html(pages.maintenance())
    return found | {one.path: _article(one, standing, day) for one in standing if not one.withdrawn}


def _article(release: Release, standing: Sequence[Release], day: int) -> Answer:
    twin = next((one for one in standing if one.number == release.twin), None)
    page = pages.article(release, twin, new_layout=day >= NEW_LAYOUT_FROM)
    return _html(page, "gb18030" if release.garbled else "utf-8")


def _lists(column: str, listed: Sequence[Release]) -> dict[str, Answer]:
    parts = [listed[start : start + PER_PAGE] for start in range(0, len(listed), PER_PAGE)] or [[]]
    names = ["index.html", *(f"index_{number}.html" for number in range(1, len(parts)))]
    return {
        f"/{column}/{name}": _html(pages.column_list(column, part, number, len(parts)))
        for number, (name, part) in enumerate(zip(names, parts, strict=True))
    }


def _html(text: str, encoding: str = "utf-8") -> Answer:
    """A page that says it is UTF-8, whatever it is."""
    return Answer(200, (("Content-Type", "text/html; charset=utf-8"),), text.encode(encoding))


def _answer(media_type: str, text: str) -> Answer:
    return Answer(200, (("Content-Type", media_type),), text.encode())
