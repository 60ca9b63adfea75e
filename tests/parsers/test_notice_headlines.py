"""Which headlines carry the mark of a correction, and which only have such a word in what they tell."""

import pytest

from parsers.notices import notices_in, says_it_corrects, unmarked
from tests.samples import QUAY, QUAY_TITLE

STORY = "\n\n".join(QUAY)


def kinds(text: str) -> set[str]:
    return {kind for kind, _, _ in notices_in(text)}


MARKED = [
    "Harbour office opens ninth quay (amended)",
    "Harbour office opens ninth quay (Amended) (with photos)",
    "Correction: Harbour office opens ninth quay",
    "Correction \u2013 Harbour office opens ninth quay",
    "Harbour office opens ninth quay - corrected",
    "Harbour office opens ninth quay \u2014 correction",
    "[UPDATED] Harbour office opens ninth quay",
    "***AMENDED*** Harbour office opens ninth quay",
    "Corrected version: Harbour office opens ninth quay",
    "(Re-issued) Harbour office opens ninth quay",
    "Erratum \u2013 Harbour office opens ninth quay",
    "Harbour office opens ninth quay (updated at 6pm)",
    "Corrigendum",
    "公共圖書館延長開放時間（更正）",
    "（更正）公共圖書館延長開放時間",
    "更正：公共圖書館延長開放時間",
    "（重發）公共圖書館延長開放時間",
    "公共圖書館延長開放時間（修訂版）",
    "公共圖書館延長開放時間（更新）（附圖）",
    "公共圖書館延長開放時間（下午六時更新）",
    "【更新】公共圖書館延長開放時間",
    "修訂：公共圖書館延長開放時間",
    "更正啟事",
]
UNMARKED = [
    "Fish Markets (Amendment) Regulation gazetted",
    "(Amendment) Bill on fish markets gazetted",
    "Fish Markets (Amendment) (No. 2) Bill",
    "Updated service at the north stairs",
    "Updated: 12 quays open",
    "Revised fares take effect",
    "New bus routes (revised fares)",
    "Tide tables (updated weekly)",
    "LCQ5: Correctional services",
    "Correctional Services Department holds open day",
    "Amendment to the law on quays",
    "Members debate the amended bill",
    "Corrected vision: free eye tests",
    "《魚市場（修訂）規例》刊憲",
    "《魚市場規例（修訂）》刊憲",
    "中華人民共和國海商法（修訂）",
    "修訂草案今日刊憲",
    "修訂條例生效",
    "更新設施工程展開",
    "市區更新：第二期",
    "重發牌照安排",
]


@pytest.mark.parametrize("headline", MARKED)
def test_a_mark_that_stands_apart_in_a_headline(headline: str) -> None:
    assert says_it_corrects(headline, STORY)
    assert kinds(headline) == {"correction"}


@pytest.mark.parametrize("headline", UNMARKED)
def test_a_word_of_correction_in_the_subject_of_a_headline(headline: str) -> None:
    assert not says_it_corrects(headline, STORY)
    assert not kinds(headline)


def test_a_headline_without_its_mark() -> None:
    plain = {unmarked(f"{QUAY_TITLE} (Amended)").strip(), unmarked(f"Correction: {QUAY_TITLE}").strip()}
    assert plain == {QUAY_TITLE}
    assert unmarked("Revised fares take effect") == "Revised fares take effect"
