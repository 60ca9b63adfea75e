"""A press office with a list for each day, and backfills of it through the command line."""

import json
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flows.backfilling import Order, backfill_all, summary
from flows.filling_progress import Course, Watch
from flows.holes import orders_for
from flows.windows import Asked
from sources.discovery.window import Window
from tests.blank import lay_out
from tests.desk import Desk
from tests.launching import Ended
from tests.press_site import PressSite, configure, page, told_of

GAZETTE = "gazette"
FIRST = date(2025, 3, 3)  # a Monday
ITEMS = '[items]\neach = "li"\nlink = "a@href"\ntitle = "a"\n'


class Gazette(PressSite):
    """Lists at `days/2025/0303.html`, pages at `20250303/0.html`; what is on a page comes from its day and number."""

    def issue_on(self, day: date, count: int, more: str = "") -> None:
        names = [f"{day:%Y%m%d}/{number}.html" for number in range(count)]
        for name in names:
            title = f"Notice about {day:%A} {name}"
            self.put(name, page(title, told_of(title), day.isoformat(), more))
        items = "".join(f'<li><a href="/{name}">Notice about {day:%A} {name}</a></li>' for name in names)
        body = f"<!DOCTYPE html><html><body><h1>Notices of {day}</h1><ul>{items}</ul></body></html>"
        self.put(list_of(day)[1:], body.encode())

    def issue_daily(self, days: int, each: int) -> None:
        for number in range(days):
            self.issue_on(on(number), each)

    def requests(self) -> Counter[str]:
        """How often each path was asked for."""
        return Counter(hit.path for hit in self.server.hits)

    def lists_asked(self) -> list[str]:
        """The days whose lists were asked for, in order."""
        return [hit.path[6:-5].replace("/", "") for hit in self.server.hits if hit.path.startswith("/days/")]


def on(number: int) -> date:
    return FIRST + timedelta(days=number)


def list_of(day: date) -> str:
    return f"/days/{day:%Y/%m%d}.html"


def of_days(desk: Desk, site: PressSite, name: str = GAZETTE, more: str = ITEMS, **keys: Any) -> None:
    """A source file for the lists of days."""
    urls = [site.server.url("/days/{yyyy}/{mm}{dd}.html")]
    configure(desk, site, name=name, more=more, **({"kind": "calendar", "urls": urls} | keys))


def order(days: int, *sources: str) -> tuple[str, ...]:
    """`communique backfill` of so many days from the first on."""
    return ("backfill", *(sources or (GAZETTE,)), "--since", str(FIRST), "--until", str(on(days)), "--direct", "--json")


def backfill(desk: Desk, days: int = 0, *sources: str, named: Sequence[Order] = (), **asked: Any) -> dict[str, Any]:
    """A backfill in this process, of so many days from the first on or of what is `named`: its summary."""
    lay_out(desk.home)
    orders = [Order(name, Asked(Window(FIRST, on(days)), **asked)) for name in sources or (GAZETTE,) if days]
    made = backfill_all(desk.settings(), orders or named, _unwatched, now=lambda: desk.now)
    return summary(made)


def fill_gaps(desk: Desk, *sources: str) -> dict[str, Any]:
    """`communique backfill --gaps` in this process."""
    return backfill(desk, named=orders_for(desk.settings(), sources or (GAZETTE,), None, oldest_first=False))


def answer(ended: Ended) -> dict[str, Any]:
    """What a command that went well printed as JSON."""
    assert ended.code == 0, ended.err
    told: dict[str, Any] = json.loads(ended.out)
    return told


def states(desk: Desk) -> dict[str, int]:
    """Windows by state."""
    found = desk.rows("SELECT state, count(*)::INT AS n FROM windows GROUP BY state")
    return {row["state"]: row["n"] for row in found}


def _unwatched(source: str) -> Watch:
    return Course(source, time.monotonic, lambda _: None)
