"""Language and script, from the text and against what is declared."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.language import detect, normalised

SENTENCES = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpora" / "lang"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The harbour office announced today that", "en"),
        ("Harbour office opens new pier", "en"),
        ("New pier opened by Secretary for Harbours Tam Wing-sum in Sai Kung", "en"),
        ("海港工程局局長公布新安排", "zh-Hant"),
        ("港口工程局局长公布新安排", "zh-Hans"),
        ("説明書及税務表格已派發", "zh-Hant"),
        ("中国气象局", "zh-Hans"),
        ("天文台", "zh"),
        ("金管局公布", "zh"),
        ("皇后大道中", "zh"),
        ("HKPO今日公布pier名單", "zh-Hant"),
        ("港湾局は本日発表した", "ja"),
        ("海の日推介：新界西貢碼頭開放安排及注意事項", "zh-Hant"),
        ("항만청은 오늘 발표했습니다", "ko"),
        ("Портовые службы объявили сегодня", "ru"),
        ("Портове управління оголосило сьогодні", "uk"),
        ("أعلنت هيئة الموانئ اليوم عن افتتاح الرصيف", "ar"),
        ("Το λιμεναρχείο ανακοίνωσε", "el"),
        ("L'autorité portuaire a annoncé que la jetée est ouverte", "fr"),
        ("Das Hafenamt hat heute mitgeteilt, dass die Brücke geöffnet ist", "de"),
        ("La autoridad portuaria anunció que el muelle está abierto para los vecinos", "es"),
        ("A autoridade portuária anunciou que o cais não será aberto", "pt"),
        ("L'autorità portuale ha annunciato che il molo è aperto anche oggi", "it"),
        ("Otoritas pelabuhan mengumumkan bahwa dermaga ini akan dibuka untuk umum", "id"),
        ("P2025112600489", "und"),
        ("2025-06-25", "und"),
        ("", "und"),
    ],
)
def test_what_the_text_alone_says(text: str, language: str) -> None:
    verdict = detect(text)
    assert (verdict.language, verdict.basis, verdict.note) == (language, "inferred", None)


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("天文台", "zh-HK", "zh-Hant"),
        ("天文台", "zh-CN", "zh-Hans"),
        ("天文台", "zh", "zh"),
        ("海港工程局局長公布", "zh", "zh-Hant"),
        ("海港工程局局長公布", "zh-TW", "zh-Hant"),
        ("港湾局長会見", "ja", "ja"),
        ("Harbour office opens", "en-GB", "en"),
        ("P2025112600489", "fr", "fr"),
    ],
)
def test_a_declaration_fills_in_what_the_text_leaves_open(text: str, declared: str, language: str) -> None:
    verdict = detect(text, declared)
    assert (verdict.language, verdict.basis, verdict.note) == (language, "stated", None)


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("港口工程局局长发布新闻公报，说明东面码头的开放时间", "zh-HK", "zh-Hans"),
        ("海港工程局局長公布新安排", "zh-CN", "zh-Hant"),
        ("新闻", "en", "zh-Hans"),
        ("The harbour office announced today that the pier is open to the public", "zh-Hant", "en"),
        ("Das Hafenamt hat heute mitgeteilt, dass die Brücke geöffnet ist", "en", "de"),
    ],
)
def test_strong_text_wins_over_a_declaration_and_says_why(text: str, declared: str, language: str) -> None:
    verdict = detect(text, declared)
    assert (verdict.language, verdict.basis) == (language, "inferred")
    assert verdict.note is not None and declared in verdict.note and verdict.text in verdict.note


@pytest.mark.parametrize(
    ("declared", "language"),
    [
        ("zh_HK", "zh-Hant"),
        ("zh-Hans-HK", "zh-Hans"),
        ("ZH-SG", "zh-Hans"),
        ("tc", "zh-Hant"),
        ("en_US", "en"),
        ("English", "en"),
        ("pt-BR", "pt"),
        ("und", None),
        ("", None),
        (None, None),
        ("not a language", None),
        ("x" * 100_000, None),
    ],
)
def test_declared_languages_in_our_terms(declared: str | None, language: str | None) -> None:
    assert normalised(declared) == language


def test_a_long_chinese_text_without_kana_is_not_japanese_whatever_its_page_declares() -> None:
    assert detect("港口工程局局长公布新的安排。" * 5, "ja").language == "zh-Hans"


@given(st.text(max_size=200), st.one_of(st.none(), st.text(max_size=12)))
def test_every_text_gets_a_verdict_and_a_note_only_where_one_was_declared(text: str, declared: str | None) -> None:
    verdict = detect(text, declared)
    assert verdict.language
    assert verdict.note is None or declared


def test_the_first_words_of_real_sentences() -> None:
    if not SENTENCES.is_dir():
        pytest.skip(f"{SENTENCES} is not there")
    for name, length, right, wrong in (
        ("sentences_en.txt", 24, "en", "zh"),
        ("sentences_zh.txt", 12, "zh-Hans", "zh-Hant"),
    ):
        lines = (SENTENCES / name).read_text(encoding="utf-8").splitlines()
        verdicts = [detect(line[:length]).language for line in lines if line.strip()]
        assert verdicts.count(right) >= 0.975 * len(verdicts)
        assert wrong not in verdicts
