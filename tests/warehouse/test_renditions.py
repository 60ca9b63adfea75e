"""One release met as feed item, page, print twin, gateway page and API answer in turn has one version."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from parsers.families.feed_item import MEDIA_TYPE
from tests.desk import Desk

PAGES = Path(__file__).parents[1] / "parsers" / "pages"
STATE = "https://www.state.gov/releases/2026/01/ferry-pier-reopens"
GIA = "https://www.info.gov.hk/gia/general/202603/04/P2026030400501"
GATEWAY = "https://sc.isd.gov.hk/TuniS/www.info.gov.hk/gia/general/202603/04/P2026030400501.htm"
PLACES = range(4)


@dataclass(frozen=True, slots=True)
class Met:
    """One of the ways a release is met, and the file of `tests/parsers/pages` that shows it."""

    page: str
    url: str
    media_type: str = "text/html"


PRESS_PAGE = (
    Met("feed_item-2.wordpress.json", f"{STATE}/", MEDIA_TYPE),
    Met("wordpress-2.state.html", f"{STATE}/?utm_source=feed"),
    Met("wordpress-2.state.html", f"{STATE}/?print=1"),
    Met("wordpress_post-2.state.json", "https://www.state.gov/wp-json/wp/v2/posts/664401", "application/json"),
)
NOTICE = (
    Met("feed_item-2.gia.json", f"{GIA}.htm", MEDIA_TYPE),
    Met("hk_gia-1.en_as_served.html", f"http://www.info.gov.hk/{GIA.partition('.hk/')[2]}.htm?fontSize=1"),
    Met("hk_gia-1.en_as_served.html", f"{GIA}p.htm"),
    Met("hk_gia-1.en_as_served.html", GATEWAY),
)


def met_in_turn(desk: Desk, ways: tuple[Met, ...], first: int) -> dict[str, int]:
    """A run for each way, beginning with the one at `first`; all outcomes."""
    total: dict[str, int] = {}
    for place in range(len(ways)):
        way = ways[(first + place) % len(ways)]
        name = f"{place}-{way.page}"
        text = (PAGES / way.page).read_text(encoding="utf-8")
        (desk.root / name).write_text(text + " " * place, encoding="utf-8")  # other bytes, or nobody would read them
        row = {"file": name, "url": way.url, "media_type": way.media_type, "seen_at": f"2026-03-04T1{place}:00:00Z"}
        for outcome, count in desk.ingest(desk.list_of([row], f"{place}.tsv")).items():
            total[outcome] = total.get(outcome, 0) + count
    return total


@pytest.mark.parametrize("first", PLACES)
@pytest.mark.parametrize("ways", [PRESS_PAGE, NOTICE], ids=["press_page", "notice"])
def test_however_a_release_is_met_it_has_one_version(desk: Desk, ways: tuple[Met, ...], first: int) -> None:
    outcomes = met_in_turn(desk, ways, first)

    told = desk.rows("SELECT release_id, version, changed_fields FROM versions")
    assert [row["version"] for row in told] == [1], told
    assert "revised" not in outcomes
    assert outcomes.pop("new") == 1
    assert sum(outcomes.values()) == len(ways) - 1
    assert desk.rows("FROM edits") == []
