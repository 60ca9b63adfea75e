"""Bare texts copied from a browser: what stands around the release goes, the release stays whole."""

from datetime import UTC, date, datetime

import pytest

from tests.parsers.captures import rejection_of, release_of
from tests.samples import QUAY, QUAY_TITLE, READING, READING_TITLE

BODY = "\n\n".join(QUAY)
BODY_TC = "\n\n".join(READING)
FOOT = "Ends/Wednesday, June 25, 2025\nIssued at HKT 17:30\n\nNNNN"
ISSUED = datetime(2025, 6, 25, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "head",
    [
        "Go to main content\nBrand Hong Kong\n|\nFont Size:\n|\nSitemap\n{title}\n**********",
        "GovHK\nOur services\nSearch\nText Size: A A A\n{title}\n* * * * * * * *",
        "news.gov.hk\n\n{title}",
        "The Government of the Hong Kong Special Administrative Region\nPress Releases\n\n{title}",
        "Home>Press Releases>Details\n{title}\n",
        "https://www.info.gov.hk/gia/general/202506/25/P2025062500999.htm\n{title}\n",
        "{title} | news.gov.hk\n\n{title}",
        "{title} - Hong Kong SAR Government Press Releases\n",
        "{title}\n(With photos)",
        "{title}\nShare\nFacebook\nX\nEmail\nPrint\nFont size\nA\nA\nA",
        "{title}\nPrint | Share | Email",
    ],
)
def test_above_the_story(head: str) -> None:
    release = release_of(f"{head.format(title=QUAY_TITLE)}\n\n{BODY}\n\n{FOOT}")
    assert (release.title, release.body) == (QUAY_TITLE, BODY)
    assert release.published is not None
    assert release.published.at == ISSUED


@pytest.mark.parametrize(
    "tail",
    [
        "Related links\nTimetables of all ferries\nHarbour map (May 2, 2024)",
        "Related News\nMay 2, 2024\nFerry fares unchanged\nBack to top",
        "Share this on Facebook\nTweet\nPrint this page",
        "2025 © | Important notices | Privacy policy\nLast revision date: July 9, 2026",
        "Page 1 of 1",
        "https://www.info.gov.hk/gia/general/202506/25/P2025062500999.htm",
        "Archives\nYesterday's Press Releases\nBack to Index Page\nBack to top\nToday's Press Releases",
    ],
)
def test_below_the_story(tail: str) -> None:
    release = release_of(f"{QUAY_TITLE}\n\n{BODY}\n\n{FOOT}\n\n{tail}")
    assert release.body == BODY
    assert release.published is not None
    assert release.published.at == ISSUED
    assert release.updated is None


def test_a_day_among_links_is_not_the_publication() -> None:
    release = release_of(f"{QUAY_TITLE}\n\n{BODY}\n\nRelated News\nMay 2, 2024\nFerry fares unchanged")
    assert release.body == BODY
    assert release.published is None


def test_captions_between_the_story_and_its_closing_lines_go() -> None:
    release = release_of(f"{READING_TITLE}\n\n{BODY_TC}\n圖片\n圖書館外觀\n完\n2025年9月8日（星期一）\n香港時間9時05分")
    assert release.body == BODY_TC
    assert release.published is not None
    assert release.published.at == datetime(2025, 9, 8, 1, 5, tzinfo=UTC)


def test_a_heading_with_text_below_it_is_no_list_of_links() -> None:
    release = release_of(f"{QUAY_TITLE}\n\n{QUAY[0]}\n\nRelated information\n\n{QUAY[1]}")
    assert [block.text for block in release.blocks] == [QUAY[0], "Related information", QUAY[1]]


def test_stars_further_down_leave_the_text_above_them() -> None:
    release = release_of(f"{QUAY_TITLE}\n\n{QUAY[0]}\n\nSearch\n\n*****\n\n{QUAY[1]}")
    assert (release.title, release.blocks[0].text) == (QUAY_TITLE, QUAY[0])


@pytest.mark.parametrize(
    "line",
    [
        "news.gov.hk | June 25, 2025",
        "June 25, 2025 | Press Releases",
        "香港政府新聞網 2025年6月25日",
        "新聞公報 | 二〇二五年六月二十五日",
        "(June 25, 2025)",
    ],
)
def test_a_date_beside_the_name_of_the_site(line: str) -> None:
    release = release_of(f"{QUAY_TITLE}\n\n{line}\n\n{BODY}")
    assert release.body == BODY
    assert release.published is not None
    assert release.published.on == date(2025, 6, 25)


@pytest.mark.parametrize("line", ["Deadline | June 25, 2025", "第三屆 2025年6月25日"])
def test_a_date_beside_other_words_stays_in_the_text(line: str) -> None:
    release = release_of(f"{QUAY_TITLE}\n\n{line}\n\n{BODY}")
    assert release.published is None
    assert line.split(" ", 1)[0] in release.body


def test_a_bracketed_date_line_that_opens_the_first_paragraph() -> None:
    release = release_of(f"{QUAY_TITLE}\n\n(Hong Kong, June 25, 2025) {QUAY[0]}\n\n{QUAY[1]}")
    assert release.published is not None
    assert release.published.on == date(2025, 6, 25)
    assert release.blocks[0].text.startswith("(Hong Kong, June 25, 2025) ")


def test_a_labelled_title_keeps_its_closing_bracket() -> None:
    assert release_of(f"Title: {QUAY_TITLE} (with photos)\n\n{BODY}").title == f"{QUAY_TITLE} (with photos)"


def test_a_file_of_too_many_lines_is_told_to_be_none() -> None:
    assert "200,000 lines" in rejection_of("word\n" * 200_001).reason
