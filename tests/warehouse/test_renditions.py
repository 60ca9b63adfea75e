"""One release met as feed item, page, print twin, gateway page and API answer in turn has one version."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from parsers.families.feed_item import MEDIA_TYPE
from tests.desk import Desk
from tests.press_site import page
from tests.samples import ORCHARD, QUAY, QUAY_TITLE, edited

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

    told = desk.rows("SELECT DISTINCT release_id, version, changed_fields FROM versions")
    assert [row["version"] for row in told] == [1], told
    assert desk.column("SELECT rendition FROM releases") != ["feed_item"], "a page or an answer has more of it"
    assert "revised" not in outcomes
    assert outcomes.pop("new") == 1
    assert sum(outcomes.values()) == len(ways) - 1
    assert desk.rows("FROM edits") == []


UNKNOWN = "https://press.example.gov/news/ninth-quay"


@dataclass(frozen=True, slots=True)
class Look:
    """What stands at one address at one visit."""

    text: str
    media_type: str


def feed_item(text: str, title: str = QUAY_TITLE) -> Look:
    return Look(json.dumps({"id": UNKNOWN, "title": title, "link": UNKNOWN} | {"summary_html": text}), MEDIA_TYPE)


def whole_page(paragraphs: tuple[str, ...], title: str = QUAY_TITLE) -> Look:
    return Look(page(title, paragraphs).decode(), "text/html")


def looked(desk: Desk, looks: list[Look]) -> dict[str, int]:
    """A run for each look at the same address; all outcomes."""
    total: dict[str, int] = {}
    for place, look in enumerate(looks):
        (desk.root / f"{place}.txt").write_text(look.text, encoding="utf-8")
        row = {"file": f"{place}.txt", "url": UNKNOWN, "media_type": look.media_type}
        row["seen_at"] = f"2026-03-04T1{place}:00:00Z"
        for outcome, count in desk.ingest(desk.list_of([row], f"{place}.tsv")).items():
            total[outcome] = total.get(outcome, 0) + count
    return total


BEGINNING = f"<p>{QUAY[0][:90]}...</p>"


def test_a_page_takes_the_place_of_what_a_feed_said_of_it_and_is_followed_from_then_on(desk: Desk) -> None:
    corrected = edited(QUAY, "4,000", "5,200")
    looks = [feed_item(BEGINNING), whole_page(QUAY), feed_item(f"{BEGINNING}<!-- -->"), whole_page(corrected)]
    assert looked(desk, looks) == {"new": 1, "duplicate": 2, "revised": 1}
    assert desk.column("SELECT body FROM releases") == ["\n\n".join(corrected)]
    assert desk.column("SELECT rendition FROM versions ORDER BY version, reading") == ["feed_item", "page", "page"]
    (edit,) = desk.rows("SELECT kinds, figures FROM edits")
    assert (edit["kinds"], edit["figures"]) == (["figure"], 1)
    assert desk.wrong() == []


def test_a_page_first_met_in_a_feed_is_withdrawn_or_replaced_as_any_other(desk: Desk) -> None:
    gone = whole_page(("This press release has been withdrawn.",))
    assert looked(desk, [feed_item(BEGINNING), whole_page(QUAY), gone]) == {"new": 1, "duplicate": 1, "revised": 1}
    assert desk.column("SELECT kinds[1] FROM edits") == ["withdrawal"]


def test_another_text_on_the_page_of_a_feeds_item_is_another_release(desk: Desk) -> None:
    other = whole_page(ORCHARD, "Seedlings for growers after the storm")
    assert looked(desk, [feed_item(BEGINNING), other]) == {"new": 2}
    assert desk.column("SELECT kind FROM relations") == ["replaced_at_address"]


def test_a_feed_that_has_now_the_whole_and_now_the_beginning_makes_no_edits(desk: Desk) -> None:
    full = "".join(f"<p>{part}</p>" for part in QUAY)
    looks = [feed_item(BEGINNING), feed_item(full), feed_item(f"{BEGINNING} "), feed_item(f"{full} ")]
    looks.append(feed_item(full.replace("4,000", "5,200")))
    found = looked(desk, looks)
    assert (found["new"], found["revised"]) == (1, 1)
    assert desk.column("SELECT max(version) FROM versions") == [2]
