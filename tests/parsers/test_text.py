"""The text gate and the forms that are compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.text import fingerprint, first_sentence, fold_title, gate, squeeze

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)  # lone surrogates and controls too


@given(ANY_TEXT)
def test_a_gated_text_can_be_stored_and_gating_it_again_changes_nothing(text: str) -> None:
    once = gate(text).text
    once.encode("utf-8")
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(char) == "Cc" and char not in "\t\n" for char in once)
    assert gate(once).text == once


@pytest.mark.parametrize(
    ("raw", "text", "notes"),
    [
        ("plain\ttext\n", "plain\ttext\n", {}),
        ("a\r\nb\rc\x85d\u2028e\x0cf", "a\nb\nc\nd\ne\nf", {}),
        ("e\u0301t\u00e9", "\u00e9t\u00e9", {}),
        ("a\x00b\x1fc\x9dd", "abcd", {"control": 3}),
        ("half \ud83d of a pair", "half \ufffd of a pair", {"surrogate": 1}),
        ("\ud83d\ude00", "\U0001f600", {}),
        ("\ufeffhead", "head", {"zero_width": 1}),
        ("pay\u202eexe.\u202cnow", "pay\u202eexe.\u202cnow", {"bidi": 2}),
        ("co\u200bop\u2060", "co\u200bop\u2060", {"zero_width": 2}),
    ],
)
def test_what_the_gate_drops_replaces_or_only_counts(raw: str, text: str, notes: dict[str, int]) -> None:
    assert (gate(raw).text, gate(raw).notes) == (text, notes)


def test_a_long_run_of_combining_marks_is_broken_up_and_loses_none() -> None:
    marks = "\u0301\u0316" * 50_000  # without the joiners, sorting these would take minutes
    gated = gate(f"a{marks}").text
    assert sorted(unicodedata.normalize("NFD", gated).replace("\u034f", "")[1:]) == sorted(marks)
    assert "\u034f" in gated


def test_squeeze_makes_one_space_of_any_white_space_and_nothing_of_zero_width() -> None:
    assert squeeze("\u3000\u3000Public\u00a0\u00a0 notice\r\n\tNo.\u200b 5\ufeff ") == "Public notice No. 5"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["The “new” rate is 1.5 %."], ['the "new" rate\nis 1.5%.']),
        (["本港今日\n公布，新安排。"], ["本港今日公布，新安排。"]),
        (["Ｔａｂｌｅ　２：Ｆｅｅｓ"], ["Table 2: fees"]),
        (["Title", "Body of it"], ["TitleBody", "of it"]),
        (["2024–25"], ["2024-25"]),
        (["soft\u00adware \u200ehere"], ["software here"]),
        (["cafe\u0301"], ["CAFÉ"]),
    ],
)
def test_fingerprints_agree_across_format_spacing_and_wrapping(one: list[str], other: list[str]) -> None:
    assert fingerprint(one) == fingerprint(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.5 million", "15 million"), ("8,000", "8.000"), ("a-b", "ab"), ("會議", "会议"), ("yes?", "yes!")],
)
def test_fingerprints_differ_where_a_mark_or_a_character_does(one: str, other: str) -> None:
    assert fingerprint([one]) != fingerprint([other])


@given(st.text(max_size=80), st.lists(st.sampled_from([" ", "\n", "\u3000", "\u200b", "\ufeff", "\t"]), min_size=1))
def test_white_space_never_changes_a_fingerprint(text: str, spaces: list[str]) -> None:
    scattered = "".join(char + spaces[place % len(spaces)] for place, char in enumerate(text))
    assert fingerprint([scattered]) == fingerprint([text])


@pytest.mark.parametrize(
    "title",
    [
        "Harbour office opens (with photos)",
        "Harbour  office opens (with photo)",
        "* HARBOUR OFFICE OPENS *",
        "Harbour office opens (with photos/video)",
        "Harbour office opens (With photos and video clip)",
        "Ｈarbour office opens （with video）",
    ],
)
def test_list_decorations_do_not_change_the_key_of_a_headline(title: str) -> None:
    assert fold_title(title) == "harbour office opens"


def test_chinese_decorations_go_and_other_brackets_stay() -> None:
    assert fold_title("海港處開幕（附圖／短片）") == fold_title("海港處開幕（附圖）") == fold_title("海港處開幕")
    assert fold_title("海港處開幕（二）") != fold_title("海港處開幕（一）")
    assert fold_title("Rates (second quarter)") == "rates (second quarter)"
    assert fold_title("(with photo)")  # a headline that is nothing else is still a key


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Mr. Tam met the U.S. envoy. They talked.", "Mr. Tam met the U.S. envoy."),
        ("Prices rose 1.5 per cent. More follows.", "Prices rose 1.5 per cent."),
        ("Fire No. 5 was put out. Good.", "Fire No. 5 was put out."),
        ("Did it? Yes.", "Did it?"),
        ("海港處今日開幕。處長致辭。", "海港處今日開幕。"),
        ("「請小心。」他說。", "「請小心。」"),
        ("A short headline\nAnd then the story begins here.", "A short headline"),
        ("  \n\n One line only", "One line only"),
        ("", ""),
    ],
)
def test_the_first_sentence(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


def test_a_wrapped_first_sentence_is_put_on_one_line() -> None:
    wrapped = "The office for harbours and piers announced that the eastern pier\nwould open in May. More follows."
    assert first_sentence(wrapped) == wrapped.replace("\n", " ").split(" More")[0]


def test_a_long_first_sentence_is_cut_at_a_word_or_a_pause() -> None:
    english, chinese = "The office " * 30, "海港處今日開幕，" * 30
    assert first_sentence(english, 50) == ("The office " * 30)[:47]
    assert first_sentence(chinese, 50) == chinese[:47]
    assert first_sentence("海" * 300, 50) == "海" * 50


@given(st.text(max_size=400), st.integers(min_value=10, max_value=120))
def test_a_first_sentence_never_exceeds_its_limit_nor_holds_a_line_break(text: str, limit: int) -> None:
    sentence = first_sentence(text, limit)
    assert len(sentence) <= limit
    assert "\n" not in sentence
