"""A backfill over real HTTP on this machine: windows with a state each, kills, gaps, a network that is cut."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from flows.backfilling import Order, backfill_all
from flows.filling_progress import courses
from flows.windows import Asked
from sources.discovery.window import Window
from tests.desk import Desk, WarmReaders
from tests.launching import Ended, Launcher
from tests.press_site import PressSite, configure, page, rebuilt, settings_of, told_of
from tests.sources.hostile_server import says, whole

GAZETTE = "gazette"
FIRST = date(2025, 3, 1)
ITEMS = '[items]\neach = "li"\nlink = "a@href"\ntitle = "a"\n'
HTML = "Content-Type: text/html; charset=utf-8"


class Gazette(PressSite):
    """A site with a list for each day, and releases that differ from each other."""

    def issue_on(self, day: date, *names: str) -> None:
        for name in names:
            self.put(f"{day:%Y%m%d}/{name}.html", page(f"Notice about {name}", told_of(name), day.isoformat()))
        items = "".join(f'<li><a href="/{day:%Y%m%d}/{name}.html">Notice about {name}</a></li>' for name in names)
        listed = f"<!DOCTYPE html><html><body><h1>Notices of {day}</h1><ul>{items}</ul></body></html>"
        self.put(f"days/{day:%Y/%m%d}.html", listed.encode())

    def issue_daily(self, count: int, each: int) -> None:
        for number in range(count):
            day = FIRST + timedelta(days=number)
            self.issue_on(day, *(f"matter-{number}-{one}" for one in range(each)))

    def requests(self) -> Counter[str]:
        """How often each path was asked for."""
        return Counter(hit.path for hit in self.server.hits)


@pytest.fixture
def site() -> Iterator[Gazette]:
    made = Gazette()
    yield made
    made.server.close()


def of_days(desk: Desk, site: PressSite, name: str = GAZETTE, more: str = ITEMS, **keys: Any) -> None:
    urls = [site.server.url("/days/{yyyy}/{mm}{dd}.html")]
    configure(desk, site, name=name, more=more, **({"kind": "calendar", "urls": urls} | keys))


def fill(desk: Desk, launcher: Launcher, *more: str, days: int = 10, source: str = GAZETTE) -> Ended:
    """`communique backfill --direct` over so many days."""
    return launcher.run(desk, *order(days, source), *more, env=settings_of(desk))


def order(days: int, source: str = GAZETTE) -> tuple[str, ...]:
    until = FIRST + timedelta(days=days)
    return ("backfill", source, "--since", str(FIRST), "--until", str(until), "--direct", "--json")


def told(ended: Ended) -> dict[str, Any]:
    assert ended.code == 0, ended.err
    answer: dict[str, Any] = json.loads(ended.out)
    return answer


def states(desk: Desk) -> dict[str, int]:
    found = desk.rows("SELECT state, count(*)::INT AS n FROM windows GROUP BY state")
    return {row["state"]: row["n"] for row in found}


def test_each_day_is_a_window_of_its_own(desk: Desk, site: Gazette, launcher: Launcher) -> None:
    site.issue_daily(10, 2)
    of_days(desk, site)

    made = told(fill(desk, launcher))

    assert made["outcomes"]["new"] == 20
    assert made["sources"][0]["windows"] == {"done": 10, "partial": 0, "gap": 0, "failed": 0, "left": 0}
    assert states(desk) == {"done": 10}
    assert desk.wrong() == []
    assert rebuilt(desk) == desk.content_hash()
    assert states(desk) == {"done": 10}


def test_what_is_done_is_not_asked_for_again(desk: Desk, site: Gazette, launcher: Launcher) -> None:
    site.issue_daily(12, 1)
    of_days(desk, site)
    fill(desk, launcher, days=8)
    site.server.hits.clear()

    made = told(fill(desk, launcher, days=12))

    assert made["outcomes"]["new"] == 4
    asked = {path for path in site.requests() if path.startswith("/days/")}
    assert asked == {f"/days/{FIRST + timedelta(days=number):%Y/%m%d}.html" for number in range(8, 12)}
    site.server.hits.clear()
    told(fill(desk, launcher, "--again", days=12))
    assert sum(path.startswith("/days/") for path in site.requests()) == 12
