"""What the sample archive is made of: every page as it stood when it was seen, in order.

Two publishers: the ministry of the newsroom, with its eight days, and the council of a harbour, with a notice on the
height of the water every other working day.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

from tests.newsroom import pages, story
from tests.newsroom.story import ZONE

MINISTRY, COUNCIL = "tides", "gull_point"
PUBLISHERS = {MINISTRY: "Ministry of Tides", COUNCIL: "Harbour Council of Gull Point"}
ORIGINS = {MINISTRY: "https://www.tides.example", COUNCIL: "https://news.gullpoint.example"}
FIRST_NOTICE, LAST_NOTICE = date(2026, 1, 5), date(2026, 3, 6)
NO_NOTICE = date(2026, 2, 11)
DAYS_OF_NOTICES = (0, 2, 4)


@dataclass(frozen=True, slots=True)
class Seen:
    """A page at one moment. `source` is whose, `at` when it was seen."""

    source: str
    path: str
    at: datetime
    html: str

    @property
    def url(self) -> str:
        """Its address."""
        return ORIGINS[self.source] + self.path


def whole_story() -> list[Seen]:
    """Everything that was seen, the oldest first."""
    return sorted([*_told(), *_eight_days(), *_heights()], key=lambda seen: (seen.at, seen.path))


def _eight_days() -> Iterator[Seen]:
    """The newsroom's pages, each when it was first seen and when it had changed."""
    before: dict[str, story.Release] = {}
    for day in story.days():
        standing = story.releases(day.number)
        for one in standing:
            twin = next((other for other in standing if other.number == one.twin), None)
            if before.get(one.path) != one and not one.withdrawn and not one.garbled:
                yield Seen(MINISTRY, one.path, day.evening, pages.article(one, twin, new_layout=False))
            before[one.path] = one


def _told() -> Iterator[Seen]:
    releases = tomllib.loads((Path(__file__).parent / "releases.toml").read_text(encoding="utf-8"))["release"]
    for one in releases:
        at = _instant(one["seen"]) if "seen" in one else _instant(one["stated"]) + timedelta(minutes=30)
        yield Seen(one["source"], one["path"], at, _page(one))
        for edit in one.get("edit", ()):
            old, new = edit.get("replace", ("", ""))
            body = f"{edit['notice']}\n\n{one['body']}" if "notice" in edit else one["body"]
            changed = one | {"body": body.replace(old, new) if old else body, "updated": edit.get("updated")}
            yield Seen(one["source"], one["path"], _instant(edit["seen"]), _page(changed))


def _heights() -> Iterator[Seen]:
    """The council's notice on Monday, Wednesday and Friday; one was never issued."""
    for number in range((LAST_NOTICE - FIRST_NOTICE).days + 1):
        on = FIRST_NOTICE + timedelta(days=number)
        if on.weekday() not in DAYS_OF_NOTICES or on == NO_NOTICE:
            continue
        high, low = 340 + number * 37 % 160, 20 + number * 23 % 70
        body = (
            f"High water at Gull Point is expected at {6 + number % 6}.{10 + number * 7 % 50} in the morning, {high}"
            f" centimetres above the datum, and low water at noon, {low} centimetres above it.\n\n"
            "The gate of the inner harbour is shut for two hours around high water. Boats wait at the outer buoys and"
            " answer the lamp of the harbour office.\n\nThe heights are measured at the old quay and corrected for the"
            f" wind. The office counted {3 + number * 5 % 17} boats on the day before."
        )
        stated = datetime(on.year, on.month, on.day, 5, 30, tzinfo=ZONE)
        told = {"source": COUNCIL, "path": f"/heights/{on:%Y%m}/t{on:%Y%m%d}_0001.html", "body": body}
        told |= {"title": f"Height of the water on {on.day} {on:%B}", "office": "Harbour Office"}
        at = stated + timedelta(hours=2)
        yield Seen(COUNCIL, told["path"], at, _page(told | {"stated": f"{stated:%Y-%m-%d %H:%M}"}))


def _instant(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=ZONE)


def _page(one: dict[str, Any]) -> str:
    """A page that states its date and office, in the shape of the newsroom's."""
    chinese = one["path"].startswith("/zh/")
    stated, office = ("发布时间：", "发布机构：") if chinese else ("Date:", "Issued by:")
    facts = f"<span>{stated} {one['stated']}</span> <span>{office} {one['office']}</span>"
    if one.get("updated"):
        facts += f" <span>Updated: {one['updated']}</span>"
    other = f'<a href="{one["twin"]}">{"English" if chinese else "中文"}</a>\n' if "twin" in one else ""
    words = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in one["body"].strip().split("\n\n"))
    if "link" in one:
        words += f'\n<p>See <a href="{one["link"]}">the rules of the houses</a>.</p>'
    title, language = escape(one["title"]), "zh-CN" if chinese else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="ArticleTitle" content="{title}">\n<meta name="PubDate" content="{one["stated"]}">\n</head>\n'
        f'<body>\n{other}<h1>{title}</h1>\n<div class="info">{facts}</div>\n<div class="TRS_Editor">{words}</div>\n'
        "</body>\n</html>\n"
    )
