"""Mr, Mrs, Justice and the letters behind a name: what they say of who is meant, and what of an office."""

import pytest

from parsers.people.naming import mentions


def people(text: str) -> dict[str, str | None]:
    return {one.name: one.role for one in mentions("", text, "en") if one.kind == "person"}


def meant(text: str, language: str = "en") -> list[str]:
    return [one.surface for one in mentions("", text, language) if one.kind == "person"]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("The Secretary for Justice, Mr Arno Velt, spoke.", "Arno Velt", "Secretary for Justice"),
        ("The Deputy Secretary for Justice, Ms Ada Quill, spoke.", "Ada Quill", "Deputy Secretary for Justice"),
        ("Chief Justice Ada Quill spoke.", "Ada Quill", "Chief Justice"),
        ("Minister of Justice Arno Velt spoke.", "Arno Velt", "Minister of Justice"),
        ("Justice Secretary Ada Quill spoke.", "Ada Quill", "Justice Secretary"),
        ("The Secretary of State for Justice, Ada Quill, said so.", "Ada Quill", "Secretary of State for Justice"),
        ("Mr Justice Arno Velt spoke.", "Arno Velt", None),
        ("Justice Ada Quill agreed.", "Ada Quill", None),
    ],
)
def test_justice_is_an_honorific_and_part_of_an_office(text: str, name: str, role: str | None) -> None:
    assert people(text) == {name: role}


def test_justice_is_part_of_a_body() -> None:
    told = [one.name for one in mentions("", "The Department of Justice asked the Court of Justice.", "en")]
    assert told == ["Department of Justice", "Court of Justice"]


def test_a_justice_is_called_so_again_and_no_secretary_for_justice_is() -> None:
    assert meant("Mr Justice Arno Velt spoke. Justice Velt agreed.") == ["Arno Velt", "Justice Velt"]
    assert meant("Mr Arno Velt met the Secretary for Justice Velt Quill.") == ["Arno Velt", "Velt Quill"]


@pytest.mark.parametrize(
    "letters", [" KCB", " KCB KC MP", ", KCB, MP", " K.C.B.", ", GBM, GBS, MH, JP", ", O.B.E., J.P."]
)
def test_letters_behind_a_name_are_no_part_of_it(letters: str) -> None:
    assert people(f"Prime Minister Arno Velt{letters} said so.") == {"Arno Velt": "Prime Minister"}
    assert people(f"Arno Velt{letters}, Director of Lamps, said so.") == {"Arno Velt": "Director of Lamps"}


def test_initials_before_a_family_name_are_part_of_it() -> None:
    assert people("Mr KC Chan and Professor S C Quill spoke.") == {"KC Chan": None, "S C Quill": None}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Mr Arno Velt spoke. Mr Velt left. Mrs Velt stayed. Mr and Mrs Velt dined.", ["Arno Velt", "Mr Velt"]),
        ("Dame Ada Quill spoke. Mr Quill left. Dr Quill stayed.", ["Ada Quill", "Dr Quill"]),
        ("Chief Executive Jo Velt spoke. Mr Velt left. Ms Velt stayed.", ["Jo Velt", "Mr Velt"]),
        ("Chief Executive Jo Velt spoke. Ms Velt left. Mr Velt stayed.", ["Jo Velt", "Ms Velt"]),
        (
            "Chief Executive Jo Velt spoke. Ms Velt, a teacher, asked. Ms Velt left. Mr Velt stayed.",
            ["Jo Velt", "Mr Velt"],
        ),
        (
            "Mr Arno Velt met Ms Ada Velt. Ms Velt left. Mr Velt stayed.",
            ["Arno Velt", "Ada Velt", "Ms Velt", "Mr Velt"],
        ),
        ("Governor Jo Velt met Mayor Ada Velt. Ms Velt left.", ["Jo Velt", "Ada Velt"]),
    ],
)
def test_a_family_name_with_a_courtesy_means_who_can_be_called_so(text: str, told: list[str]) -> None:
    assert meant(text) == told


def test_of_two_of_one_family_name_the_courtesy_tells_who_is_meant() -> None:
    found = mentions("", "Mr Arno Velt met Ms Ada Velt. Ms Velt left. Mr Velt stayed.", "en")
    assert [one.name for one in found] == ["Arno Velt", "Ada Velt", "Ada Velt", "Arno Velt"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("方知遠先生出席。方先生致辭。方女士離開。", ["方知遠", "方先生"]),
        ("海洋局局長方晴出席。方女士致辭。方先生離開。", ["方晴", "方女士"]),
        ("海洋局局長方晴出席。方女士是一名教師。方女士離開。", ["方晴"]),
        ("海洋局局長方知遠出席。教師方先生離開，方太太到場。", ["方知遠"]),
        ("海洋局局長歐陽晴出席。歐陽女士致辭，歐陽局長離開。", ["歐陽晴", "歐陽女士", "歐陽局長"]),
    ],
)
def test_courtesies_in_chinese(text: str, told: list[str]) -> None:
    assert meant(text, "zh") == told
