"""Edits of one letter or one character that turn what a release says, beside slips of the pen that do not."""

import pytest

from tests.warehouse.test_changes import edit, row
from warehouse.resolution.changes import WEIGHTS, Kind, describe

ENGLISH = (
    "The board approved the plan, which includes a legal review, and expects fees to increase in the east of the town."
    " Employers are now able to apply; more than half did. The county was charged for the internal works.\n\n"
    "It was -3 degrees when HK$37m was paid within six weeks for 10 kg of seed, at 5 per cent, at 9.30 am on the pier."
    " Fares rose by $4 million and the 20 km road has three lanes.\n\n"
    "Sangster agreed on the government's terms. The minister met David Sangster and Anna Wray in the separate building."
)
CHINESE = (
    "政府撥款300萬港元，較上月升百分之三，撥款會增五百萬元。事故造成一名男子受傷，東行線下午五時開通，居民可於六月上旬領取。\n\n"
    "工程歷時六星期，長三公里，升幅為3％，設有三間商店。氣溫為零下三度，公布後一直繼續，逾千人受惠，雙方允許進入室內。"
)


@pytest.mark.parametrize(
    ("text", "old", "new", "kind"),
    [
        *(
            (ENGLISH, old, new, "figure")
            for old, new in [
                *[("-3 degrees", "3 degrees"), ("HK$37m", "US$37m"), ("six weeks", "six months"), ("10 kg", "10 g")],
                *[("$4 million", "$4 billion"), ("20 km", "20 m"), ("5 per cent", "5 percentage points")],
            ]
        ),
        *(
            (CHINESE, old, new, "figure")
            for old, new in [
                *[("300萬港元", "300萬美元"), ("300萬港元", "300億港元"), ("六星期", "六個月"), ("三公里", "三公尺")],
                *[("零下三度", "三度"), ("3％", "3個百分點"), ("百分之三", "百分之四")],
            ]
        ),
        *((CHINESE, old, new, "date") for old, new in [("下午五時", "上午五時"), ("上旬", "下旬")]),
        (ENGLISH, "9.30 am", "9.30 pm", "date"),
        (ENGLISH, "Sangster agreed", "Wray agreed", "name"),
        *(
            (ENGLISH, old, new, "wording")
            for old, new in [
                *[
                    ("increase", "decrease"),
                    ("approved", "disapproved"),
                    ("legal", "illegal"),
                    ("includes", "excludes"),
                ],
                *[("east", "west"), ("now", "not"), ("more", "less"), ("able", "unable"), ("Employers", "Employees")],
                *[("charged", "changed"), ("internal", "external"), ("county", "country"), ("did", "died")],
            ]
        ),
        *(
            (CHINESE, old, new, "wording")
            for old, new in [
                *[
                    ("月升", "月跌"),
                    ("會增", "會減"),
                    ("男子", "女子"),
                    ("受傷", "受死"),
                    ("東行", "西行"),
                    ("民可", "民須"),
                ],
                *[("逾千", "近千"), ("允許", "禁許"), ("進入", "退入"), ("室內", "室外")],
            ]
        ),
    ],
)
def test_what_turns_the_meaning_is_no_typo_in_either_direction(text: str, old: str, new: str, kind: Kind) -> None:
    there, back = edit(text, old, new), describe(row(text.replace(old, new)), row(text))
    assert (there.kinds, back.kinds) == ((kind,), (kind,))
    assert there.figures == back.figures == int(kind == "figure")
    assert there.names == back.names == int(kind == "name")
    assert min(there.weight, back.weight) > WEIGHTS["typo"]


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        (ENGLISH, "government's", "goverment's"),
        (ENGLISH, "government's", "govrenment's"),
        (ENGLISH, "separate", "seperate"),
        (ENGLISH, "which", "whcih"),
        (ENGLISH, "three lanes", "3 lanes"),
        (ENGLISH, "5 per cent", "5%"),
        (ENGLISH, "HK$37m", "HK$37 million"),
        (ENGLISH, "The minister", "The Minister"),
        (ENGLISH, "town. Employers", "town; employers"),
        (CHINESE, "3％", "3%"),
        (CHINESE, "三間", "3間"),
        (CHINESE, "百分之三", "3%"),
        (CHINESE, "公布", "公佈"),
        (CHINESE, "一直", "一值"),
        (CHINESE, "三公里", "3公里"),
    ],
)
def test_a_slip_of_the_pen_and_another_way_to_write_it_weigh_least(text: str, old: str, new: str) -> None:
    found = edit(text, old, new)
    assert (found.kinds, found.weight) == (("typo",), WEIGHTS["typo"])


def test_two_changes_side_by_side_have_both_kinds() -> None:
    found = edit(ENGLISH, "Fares rose by $4 million", "Fares fell by $5 million")
    assert (found.kinds, found.figures) == (("figure", "wording"), 1)
    joined = edit(CHINESE, "升百分之三", "跌百分之四")
    assert (joined.kinds, joined.figures) == (("figure", "wording"), 1)
    both = describe(row(ENGLISH), row(ENGLISH.replace("HK$37m", "US$37m").replace("Anna Wray", "Anna Bell")))
    assert (both.kinds, both.figures, both.names) == (("figure", "name"), 1, 1)
    slip = describe(row(ENGLISH), row(ENGLISH.replace("separate", "seperate").replace("six weeks", "six months")))
    assert (slip.kinds, slip.figures) == (("figure", "typo"), 1)
    agreeing = edit(ENGLISH, "three lanes", "one lane")
    assert (agreeing.kinds, agreeing.figures) == (("figure",), 1)


@pytest.mark.parametrize(
    "notice", ["Correction: the second paragraph has been amended today.\n\n", "(Corrected version)\n\n"]
)
def test_a_notice_is_no_addition_besides(notice: str) -> None:
    assert describe(row(ENGLISH), row(notice + ENGLISH)).kinds == ("correction",)
    more = f"{notice}Residents may comment on the drawings of the works until the end of the week.\n\n"
    assert describe(row(ENGLISH), row(more + ENGLISH)).kinds == ("correction", "addition")


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("mortgagor", "mortgagee", "wording"),
        ("chairman", "chairwoman", "wording"),
        ("endorsed", "enforced", "wording"),
        ("accommodation", "acomodation", "typo"),
        ("organised", "organized", "typo"),
        ("their", "there", "typo"),
    ],
)
def test_real_words_are_told_from_misspelt_ones(old: str, new: str, kind: Kind) -> None:
    text = f"{ENGLISH} The council heard of the {old} case."
    assert edit(text, old, new).kinds == (kind,)


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ("Nine Killed in Harbour Fire", "Twelve Killed in Harbour Fire", ("figure", "title")),
        ("Minister to Meet Ms Keller in Oslo", "Minister to Meet Ms Kessler in Oslo", ("name", "title")),
        ("Office Opens Quay on 5 May", "Office Opens Quay on 6 May", ("date", "title")),
        ("Office Opens Ninth Quay", "Office Shuts Ninth Quay", ("title",)),
    ],
)
def test_figures_and_who_is_called_are_told_among_capitals(before: str, after: str, kinds: tuple[str, ...]) -> None:
    assert describe(row(ENGLISH) | {"title": before}, row(ENGLISH) | {"title": after}).kinds == kinds


def test_once_says_when_or_how_often() -> None:
    assert edit(ENGLISH + " Doors shut once full.", "once full", "when full").kinds == ("wording",)
    assert edit(ENGLISH + " It sails once a day.", "once a day", "twice a day").kinds == ("figure",)
