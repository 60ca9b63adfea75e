"""A letterhead above the headline of a bare text: it names who issued the release and is no headline."""

from datetime import date

import pytest

from tests.parsers.captures import release_of

STORY = (
    "The Ministry of Ports has opened a new quay at Elm Haven, which lets two ferries land at the same time.\n\n"
    "It was built in fourteen months and is lit at night.\n"
)
CHINESE = "航港局表示，自今日起往來小島的渡船每日加開六班，以應付連續假期的人潮。\n"


@pytest.mark.parametrize(
    "above",
    [
        "Ministry of Ports\nPress release\n\n{}\n\nFor immediate release\n14 March 2025\n\n",
        "Ministry of Ports\n\nNEWS RELEASE\n\n14 March 2025\n\n{}\n\n",
        "Ministry of Ports Press Release\n\n{}\n\n14 March 2025\n\n",
        "Press release\n\n{}\n\n14 March 2025\n\n",
    ],
)
def test_the_headline_stands_below_the_letterhead(above: str) -> None:
    release = release_of(above.format("New quay opens at Elm Haven") + STORY)
    assert release.title == "New quay opens at Elm Haven"
    assert release.published and release.published.on == date(2025, 3, 14)
    assert release.body == STORY.strip()


def test_a_chinese_letterhead() -> None:
    release = release_of(f"交通部新聞稿\n\n小島渡船加班\n\n民國114年3月14日\n\n{CHINESE}")
    assert (release.title, release.body) == ("小島渡船加班", CHINESE.strip())
    assert release.published and release.published.on == date(2025, 3, 14)


@pytest.mark.parametrize("banner", ["Press release\n", "新聞稿\n", ""])
def test_a_headline_with_a_banner_below_it_and_no_other_stays_one(banner: str) -> None:
    release = release_of(f"New quay opens at Elm Haven\n{banner}14 March 2025\n\n{STORY}")
    assert (release.title, release.body) == ("New quay opens at Elm Haven", STORY.strip())


def test_a_letterhead_alone_is_the_headline() -> None:
    release = release_of(f"Ministry of Ports Press Release\n\n14 March 2025\n\n{STORY}")
    assert (release.title, release.body) == ("Ministry of Ports Press Release", STORY.strip())
