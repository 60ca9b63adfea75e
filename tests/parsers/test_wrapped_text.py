"""Bare texts wrapped at a column: headlines and paragraphs are whole again, nothing else is glued."""

import textwrap

import pytest

from tests.parsers.captures import kinds, release_of
from tests.samples import QUAY, QUAY_TITLE, READING, READING_TITLE

TABLE = "Quay\tWhere\tLength in metres\nNinth\tLantern Bay, below the lighthouse and the old custom house\t60"
MIXED = (
    "市民可在 Lantern Bay Reading Room 或其他十二間公共圖書館索取小冊子，亦可致電 2345 6789 或 2345 6780 查詢詳情。",
    "署方發言人表示，計劃名為 Books After Dinner，首年涵蓋港島、九龍和新界，其後視乎使用情況逐步擴展至其他地區。",
)


def wrapped(text: str, width: int) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


def test_a_table_does_not_hide_the_width() -> None:
    parts = [textwrap.fill(part, 60) for part in (QUAY_TITLE, *QUAY)]
    release = release_of("\n\n".join([*parts[:3], TABLE, *parts[3:]]))
    assert kinds(release) == ["paragraph", "paragraph", "table", "paragraph", "paragraph"]
    assert [block.text for block in release.blocks if block.kind == "paragraph"] == list(QUAY)


@pytest.mark.parametrize("width", [24, 30, 36])
def test_chinese_wrapped_by_characters_with_latin_words_inside(width: int) -> None:
    text = "\n\n".join([READING_TITLE, *(wrapped(part, width) for part in (*READING, *MIXED))])
    squeezed = ["".join(block.text.split()) for block in release_of(text).blocks]
    assert squeezed == ["".join(part.split()) for part in (*READING, *MIXED)]


def test_a_chinese_headline_over_two_lines() -> None:
    title = "康樂署宣布十二間公共圖書館由下月起延長開放時間至晚上十時並檢視使用情況"
    text = "\n\n".join([wrapped(title, 24), *(wrapped(part, 24) for part in READING)])
    release = release_of(text)
    assert (release.title, release.body) == (title, "\n\n".join(READING))


def test_one_wrapped_paragraph_above_closing_lines() -> None:
    story = "The Harbour Office has set up a hotline 1234 567 for passengers of the ninth quay at Lantern Bay."
    release = release_of(
        f"{QUAY_TITLE}\n\n{textwrap.fill(story, 60)}\n\nEnds/Wednesday, June 25, 2025\nIssued at HKT 17:30"
    )
    assert release.body == story


def test_an_indent_opens_a_paragraph_where_all_of_them_begin_with_one() -> None:
    parts = ["The following is issued on behalf of the Harbour Board today:", *QUAY]
    text = "\n".join(textwrap.fill(part, 66, initial_indent="     ") for part in parts)
    release = release_of(f"{QUAY_TITLE}\n\n{text}")
    assert [block.text for block in release.blocks] == parts


def test_a_day_that_falls_on_the_next_line_is_no_item_of_a_list() -> None:
    story = (
        "A ferry ran aground at the ninth quay of Lantern Bay on November\n"
        "26. The ferry was towed to the tenth quay in the evening, said the\noffice, and nobody was hurt."
    )
    release = release_of(f"{QUAY_TITLE}\n\n{story}")
    assert kinds(release) == ["paragraph"]


def test_two_chinese_paragraphs_without_a_blank_line_stay_two() -> None:
    text = (
        "碼頭辦到石景山區調研\n5月8日，碼頭辦負責人赴石景山區調研國際社區建設情況，實地走訪新社區。\n"
        "調研組聽取了工作匯報，並與企業代表座談交流。"
    )
    assert len(release_of(text).blocks) == 2
