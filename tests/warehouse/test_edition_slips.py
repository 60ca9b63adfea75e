"""Editions that state one figure differently, and what says that two texts are no editions though all but one agree."""

import pytest

from tests.desk import Desk
from tests.warehouse.test_editions import tied

DAY = ("June 25, 2025", "2025年6月25日")
ENGLISH = (
    "Ferry traffic in the first quarter",
    "Ferries carried 5,196 passengers on March 18, the busiest day, and 384,270 in the quarter, 12.7 per cent more"
    " than a year ago. Repairs at the ninth quay cost $46.5 million and took 231 days. Enquiries: 2345 6789.",
)
CHINESE = (
    "首季渡輪客量",
    "渡輪於最繁忙的三月十八日載客5,196人次，全季載客384,270人次，按年上升12.7%。第九號碼頭的維修工程耗資4,650萬元，"
    "歷時231天。查詢電話：二三四五 六七八九。",
)


def put(desk: Desk, name: str, text: tuple[str, str], *, chinese: bool = False) -> None:
    url = f"https://www.info.gov.hk/gia/general/202506/25/P20250625{name}.htm"
    desk.drop(f"{name}.txt", f"{text[0]}\n\n{DAY[chinese]}\n\n{text[1]}\n", {"url": url, "publisher": "info.gov.hk"})


def with_figure(text: tuple[str, str], old: str, new: str) -> tuple[str, str]:
    assert old in text[1]
    return text[0], text[1].replace(old, new)


@pytest.mark.parametrize(
    ("old", "new", "differing"),
    [
        ("5,196", "5,916", {"5196", "5916"}),
        ("384,270", "384,720", {"384270", "384720"}),
        ("231", "213", {"231", "213"}),
        ("12.7%", "12.1%", {"12.7", "12.1"}),
    ],
)
def test_an_edition_that_states_one_figure_wrong_is_tied_and_told(
    desk: Desk, old: str, new: str, differing: set[str]
) -> None:
    put(desk, "00100", ENGLISH)
    put(desk, "00200", with_figure(CHINESE, old, new), chinese=True)
    desk.ingest()
    assert len(tied(desk)) == 1
    (told,) = desk.rows("FROM edition_differences")
    assert {*told["only_a"], *told["only_b"]} == differing
    assert desk.rows("FROM missing_editions") == []
    assert "but for 1" in desk.column("SELECT why FROM relations")[0]


def test_two_figures_that_differ_are_another_release(desk: Desk) -> None:
    put(desk, "00100", ENGLISH)
    put(desk, "00200", with_figure(with_figure(CHINESE, "5,196", "6,120"), "384,270", "391,884"), chinese=True)
    desk.ingest()
    assert tied(desk) == set()


def test_the_edition_that_agrees_in_all_figures_takes_the_place_of_one_that_does_not(desk: Desk) -> None:
    put(desk, "00100", ENGLISH)
    desk.ingest()
    put(desk, "00200", with_figure(CHINESE, "5,196", "5,916"), chinese=True)
    desk.ingest()
    (guess,) = tied(desk)
    assert guess[1].endswith("00200.htm")
    put(desk, "00300", CHINESE, chinese=True)
    desk.ingest()
    (sure,) = tied(desk)
    assert sure[1].endswith("00300.htm")
    put(desk, "00400", with_figure(ENGLISH, "5,196", "5,916"))
    desk.ingest()
    assert len(tied(desk)) == 2
    assert desk.wrong() == []


def test_figures_that_stand_apart_in_one_edition_do_not_differ(desk: Desk) -> None:
    put(desk, "00100", (ENGLISH[0], f"{ENGLISH[1]} Those who need help may call 18111 at any hour."))
    put(desk, "00200", (CHINESE[0], f"{CHINESE[1]}需要協助者可隨時致電18 111。"), chinese=True)
    desk.ingest()
    assert len(tied(desk)) == 1
    assert desk.rows("FROM edition_differences") == []


def test_names_in_latin_letters_speak_for_an_edition(desk: Desk) -> None:
    english = "The Harbour Office received Anneliese Brandt and Tomasz Wilk of the Baltic Pilots on March 18 at 3.45pm."
    chinese = "海港辦事處於三月十八日下午三時四十五分接待Baltic Pilots的Anneliese Brandt和Tomasz Wilk。"
    put(desk, "00100", ("Visitors at the quay", english))
    put(desk, "00200", ("訪客到訪碼頭", chinese), chinese=True)
    put(
        desk,
        "00300",
        ("遊客到訪燈塔", "海港辦事處於三月十八日下午三時四十五分開放燈塔，公眾可登塔參觀。"),
        chinese=True,
    )
    desk.ingest()
    (found,) = tied(desk)
    assert found[1].endswith("00200.htm")
