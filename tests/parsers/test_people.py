"""Who and what releases name: the two seeds in full, what each rule is for, and what no text may do."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.people.mention import SENTENCE_LIMIT, Mention
from parsers.people.naming import mentions
from tests.effort import bounded

SEEDS = Path(__file__).resolve().parents[2] / ".." / "shared" / "seeds"
SNIPPETS = (
    "Chief Executive",
    "Mr ",
    "John Lee",
    "Office of the ",
    "(",
    "OCMFA)",
    "行政長官",
    "李家超",
    "局長",
    "（",
    "委員會",
    "\n",
    ", ",
)


def seed(name: str) -> tuple[Mention, ...]:
    if not SEEDS.is_dir():
        pytest.skip(f"{SEEDS} is not there")
    title, _, body = (SEEDS / name).read_text(encoding="utf-8").partition("\n")
    return mentions(title, body, "en")


def people(body: str, language: str = "en") -> dict[str, str | None]:
    return {one.name: one.role for one in mentions("", body, language) if one.kind == "person"}


def bodies(body: str, language: str = "en") -> list[str]:
    return list(dict.fromkeys(one.name for one in mentions("", body, language) if one.kind == "body"))


def test_the_first_seed() -> None:
    found = seed("000_6961ff75e0de9fba.txt")
    assert {one.name: one.role for one in found if one.kind == "person"} == {
        "Cui Jianchun": "Commissioner of the Ministry of Foreign Affairs in the Hong Kong SAR",
        "John Lee": "Chief Executive",
        "Ingrid Yeung": "Secretary for the Civil Service",
    }
    assert {one.name for one in found if one.kind == "body"} == {
        "Civil Service College",
        "Office of the Ministry of Foreign Affairs Commissioner",
        "International Organization for Mediation",
    }
    assert ("OCMFA",) in {one.short for one in found}
    named = {one.surface: found[one.of].name for one in found}
    assert (named["Mr Lee"], named["Mr Cui"], named["Mrs Yeung"]) == ("John Lee", "Cui Jianchun", "Ingrid Yeung")
    assert [one.name for one in found if one.surface == "Chief Executive"] == ["John Lee"]


def test_the_second_seed() -> None:
    found = seed("004_5dddf3dd6bad3571.txt")
    assert {one.name: one.role for one in found if one.kind == "person"} == {"Xiong Jiuling": "Director-General"}
    named = " ".join(one.name for one in found if one.kind == "body")
    assert "Office of Foreign Affairs Committee of the CPC Beijing Municipal Committee" in named
    assert "Foreign Affairs Office (Hong Kong and Macao Affairs Office)" in named


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("The Minister for Tides, Mr Arno Velt, spoke.", "Arno Velt", "Minister for Tides"),
        ("Secretary for Food and Health Ada Quill spoke.", "Ada Quill", "Secretary for Food and Health"),
        ("Arno Velt, Minister of Foreign Affairs, spoke.", "Arno Velt", "Minister of Foreign Affairs"),
        ("Ada Quill (ABC, XY), co-rapporteur, said so.", "Ada Quill", "co-rapporteur"),
        ("The fisheries minister Ada Quill said so.", "Ada Quill", "fisheries minister"),
        ("They met Secretary Ada Quill (Secretary for Health).", "Ada Quill", "Secretary for Health"),
        ("Dr Ada Quill spoke.", "Ada Quill", None),
    ],
)
def test_an_office_stands_before_or_behind_a_name(text: str, name: str, role: str | None) -> None:
    assert people(text) == {name: role}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("行政長官方知遠今日表示歡迎。", {"方知遠": "行政長官"}),
        ("今日方知遠主席到訪。", {"方知遠": "主席"}),
        (
            "會上，海洋局局長歐陽晴、潮汐處副處長（行動）何達和港口署署長林帆出席。",
            {"歐陽晴": "海洋局局長", "何達": "潮汐處副處長（行動）", "林帆": "港口署署長"},
        ),
        ("财政部部长周明远表示，情况良好。", {"周明远": "财政部部长"}),
        ("各區民政專員和區議會主席出席。", {}),
    ],
)
def test_offices_and_names_in_chinese(text: str, found: dict[str, str]) -> None:
    assert people(text, "zh-Hant") == found


def test_somebody_is_named_again_by_family_name_and_title() -> None:
    found = mentions("", "海洋局局長麥清出席。麥局長表示歡迎，海洋局局長其後離開。", "zh-Hant")
    assert [(one.surface, one.name) for one in found] == [("麥清", "麥清"), ("麥局長", "麥清"), ("海洋局局長", "麥清")]


def test_bodies_and_their_short_forms() -> None:
    assert bodies("The Food and Tides Department (FTD) and the Office for Sea Regulation met. The FTD left.") == [
        "Food and Tides Department",
        "Office for Sea Regulation",
    ]
    assert bodies("社會福利署（社署）表示，港口管理局（下稱「港管局」）配合。社署感謝港管局。", "zh-Hant") == [
        "社會福利署",
        "港口管理局",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Wang Hoi Court and Lok Sin Court are housing estates.",
        "The Buildings Ordinance (BO) applies; the BO is a law. The BO stands.",
        "The Department will see to it. District Offices help. The Office is open.",
        "Secretary for Security is an office, and so is Director of Health.",
    ],
)
def test_places_laws_and_common_words_are_no_bodies_and_no_people(text: str) -> None:
    assert bodies(text) == []
    assert people(text) == {}


def test_an_office_nobody_is_named_in_is_told_as_one() -> None:
    (one,) = mentions("", "A letter from the Deputy Financial Secretary came.", "en")
    assert (one.kind, one.name, one.role) == ("post", "Deputy Financial Secretary", None)


def test_other_languages_have_no_mentions() -> None:
    assert mentions("Präsident Jan Modell", "Präsident Jan Modell", "de") == ()


@given(
    st.lists(st.one_of(st.sampled_from(SNIPPETS), st.text(max_size=6)), max_size=40).map("".join),
    st.lists(st.sampled_from(SNIPPETS), max_size=6).map("".join),
    st.sampled_from(("en", "zh-Hant")),
)
def test_every_mention_stands_where_it_says(body: str, title: str, language: str) -> None:
    found = mentions(title, body, language)
    assert found == mentions(title, body, language)
    for number, one in enumerate(found):
        text = title if one.field == "title" else body
        assert text[one.start : one.end] == one.surface
        begin, end = one.sentence
        assert begin <= one.start and one.end <= max(end, one.start + SENTENCE_LIMIT)
        assert end - begin <= max(SENTENCE_LIMIT, one.end - one.start)
        assert one.of <= number and found[one.of].of == one.of
        assert found[one.of].name == one.name and 0 < one.confidence <= 1


@pytest.mark.parametrize(
    "part",
    [
        "Mr Aa Bb. ",
        "Secretary for ",
        "Fire Bureau (FB) ",
        "局長",
        "局",
        "委員會",
        "消防處（",
        "王小明局長",
        "于署長于國",
        "「委員會」主席",
        "俄羅斯總統普京",
        "林先生",
        "Justice Aa ",
        "Mr Aa Bb KCB, ",
    ],
)
def test_a_text_made_to_hurt_takes_no_longer_than_others(part: str) -> None:
    with bounded():
        mentions("x", part * (300_000 // len(part)), "en" if part.isascii() else "zh")


def test_a_sentence_that_ends_and_a_day_belong_to_no_office_or_body() -> None:
    text = (
        "The harbour opened on Friday. The Minister for Tides, Ms Ada Quill, thanked the Lighthouse Board on Tuesday."
        " Dr. Arno Velt, Director of Lamps, spoke in March."
    )
    told = {(one.kind, one.name, one.role) for one in mentions("", text, "en")}
    assert ("person", "Ada Quill", "Minister for Tides") in told
    assert ("body", "Lighthouse Board", None) in told
    assert not [one for one in told if "day" in one[1] or "March" in one[1] or "Friday" in (one[2] or "")]
    assert ("person", "Arno Velt", "Director of Lamps") in told
