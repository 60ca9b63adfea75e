"""What is said of an edit: its kinds, what weighs in it, the words lost and gained; and the laws of differences."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.text import fingerprint, without_blanks
from sources.capture import digest
from tests.effort import bounded
from tests.samples import ORCHARD, QUAY, QUAY_TITLE, READING, READING_TITLE
from warehouse.resolution.changes import WEIGHTS, Edit, describe
from warehouse.resolution.word_diff import Piece, shortened, word_diff

ENGLISH = (
    "The Harbour Office opened a ninth quay at Lantern Bay on Monday, June 23, 2025. Mr John Lam, who led "
    "the office since 2019, said about 4,000 passengers are expected on a working day.\n\n"
    "\u201cThe quay will serve the outlying islands for many years,\u201d he said. The hall stays open all night."
)
CHINESE = (
    "康樂署今日公布，十二間公共圖書館由六月二十四日起延長開放時間。局長徐志文表示，預計每日約有3,200人受惠。\n\n"
    "他說：「我們希望市民多加利用圖書館的設施，並提出意見。」平日開放至晚上十時，周末則維持現有安排不變。"
)
ADDED = " Works on the next one will begin in spring, and residents may comment on the drawings."
ADDED_CHINESE = "署方會在半年後檢視使用情況，並徵詢各區居民的意見。"


def row(body: str, **facts: Any) -> dict[str, Any]:
    """A reading, as far as it is compared."""
    dates = {f"{name}_{part}": None for name in ("published", "updated") for part in ("basis", "on", "at")}
    made: dict[str, Any] = {
        "title": QUAY_TITLE,
        "title_basis": "stated",
        "subtitle": None,
        "images": [],
        "attachments": [],
    }
    return made | dates | {"body": body, "body_sha256": digest(without_blanks(body).encode())} | facts


def edit(before: str, old: str, new: str) -> Edit:
    assert before.count(old) == 1, f"{old!r} should stand once in the text"
    return describe(row(before), row(before.replace(old, new)))


ONE_CHANGE = [
    (ENGLISH, "4,000", "5,200", "figure"),
    (ENGLISH, "a ninth", "an eighth", "figure"),
    (ENGLISH, "Mr John", "Mr Tom", "name"),
    (ENGLISH, "Lantern Bay", "Lamp Bay", "name"),
    (ENGLISH, "June 23", "June 24", "date"),
    (ENGLISH, "Monday", "Tuesday", "date"),
    (ENGLISH, "2019", "2018", "date"),
    (ENGLISH, "all night.", "all night." + ADDED, "addition"),
    (ENGLISH, " The hall stays open all night.", "", "cut"),
    (ENGLISH + ADDED, ADDED, "", "cut"),
    (ENGLISH, "working day", "weekday", "wording"),
    (ENGLISH, "are expected", "are not expected", "wording"),
    (ENGLISH, "passengers", "pasengers", "typo"),
    (ENGLISH, "4,000", "4000", "typo"),
    (ENGLISH, "quay at", "quay, at", "typo"),
    (CHINESE, "十二間", "十三間", "figure"),
    (CHINESE, "3,200", "3,300", "figure"),
    (CHINESE, "二十四日", "二十五日", "date"),
    (CHINESE, "今日", "昨日", "date"),
    (CHINESE, "十時", "九時半", "date"),
    (CHINESE, "徐志文", "陳大文", "name"),
    (CHINESE, "不變。", "不變。" + ADDED_CHINESE, "addition"),
    (CHINESE, "延長", "縮短", "wording"),
    (CHINESE, "預計每日", "預計不會每日", "wording"),
    (CHINESE, "公布", "公佈", "typo"),
    (CHINESE, "安排不變", "安排，不變", "typo"),
]


COUNTED = (
    "颱風達八級，氣溫為五度，五死九傷，四男被捕，六戶受影響，發出兩張傳票，處理八件申訴。三公頃林木被毀，全長七公里。\n\n"
    "四分之三受訪者同意，比例為一比五，增長百分之三點五。第三號拍賣會在15:00舉行，共有八間學校參加。\n\n"
    "他與張曉明會面，獲委任的是陳大文和李小燕，由主任歐陽志文主持。農曆正月初五，二○二五年，下午三點開始。\n\n"
    "衛生局統一安排，十分重要，一些人一直三思而行，萬一有事，一定會說。Boats leave at six."
)
ONE_CHANGE += [
    *(
        (COUNTED, old, new, "figure")
        for old, new in [
            *[("八級", "九級"), ("五度", "六度"), ("五死", "六死"), ("四男", "五男"), ("六戶", "七戶")],
            *[("兩張", "三張"), ("八件", "九件"), ("三公頃", "四公頃"), ("七公里", "八公里"), ("八間", "九間")],
            *[("四分之三", "三分之二"), ("一比五", "一比六"), ("三點五", "三點六"), ("第三號", "第四號")],
            ("at six", "at nine"),
        ]
    ),
    *(
        (COUNTED, old, new, "date")
        for old, new in [("15:00", "16:00"), ("初五", "初六"), ("二○二五", "二○二六"), ("三點開始", "四點開始")]
    ),
    *(
        (COUNTED, old, new, "name")
        for old, new in [("張曉明", "張小明"), ("李小燕", "李小玲"), ("歐陽志文", "歐陽志民"), ("陳大文", "陳太文")]
    ),
    *((COUNTED, old, new, "typo") for old, new in [("衛生局", "衞生局"), ("一直", "一值")]),
    *((COUNTED, old, new, "wording") for old, new in [("一些", "有些"), ("三思", "再思"), ("一定", "必定")]),
    (COUNTED, "十分重要", "非常重要", "wording"),
    (COUNTED, "萬一", "如果", "wording"),
]


@pytest.mark.parametrize(("text", "old", "new", "kind"), ONE_CHANGE)
def test_one_change_has_one_kind(text: str, old: str, new: str, kind: str) -> None:
    found = edit(text, old, new)
    assert (found.kinds, found.silent) == ((kind,), True)
    assert (found.figures, found.names) == (int(kind == "figure"), int(kind == "name"))
    assert all(piece.text in (old if piece.op == "-" else new) for piece in found.diff if piece.op in "-+")


def test_other_words_in_a_quotation_are_a_quotation() -> None:
    assert edit(ENGLISH, "many years", "some years").kinds == ("quotation",)
    assert edit(CHINESE, "多加利用", "善用").kinds == ("quotation",)
    assert edit(ENGLISH, "many years", "ten years").kinds == ("figure", "quotation")
    school = "他說：「我們會讓每所學校如常上課，請家長放心。」"
    assert edit(school, "每所", "大部分").kinds == ("quotation",)


def test_figures_that_change_places_have_changed() -> None:
    assert edit(f"{CHINESE}\n\n受影響的為三男兩女。", "三男兩女", "兩男三女").figures == 2
    people = edit(f"{ENGLISH} Three men and two women came.", "Three men and two women", "Two men and three women")
    assert (people.kinds, people.figures) == (("figure",), 2)


@pytest.mark.parametrize("notice", ["(Correction: the second paragraph has been amended.)", "(Amended on March 6)"])
def test_what_a_notice_names_has_not_changed_itself(notice: str) -> None:
    found = describe(row(ENGLISH), row(f"{notice}\n\n{ENGLISH}"))
    assert {"figure", "date", "name"}.isdisjoint(found.kinds)
    assert found.figures == 0


SAID_OTHERWISE = [
    ("Some twelve boats came.", "Some 12 boats came."),
    ("Fares rose by 5 per cent.", "Fares rose by 5%."),
    ("We met on 24 June 2025 at 9.30 p.m. sharp.", "We met on June 24, 2025 at 9.30pm sharp."),
    ("六月二十四日起，百分之十二的圖書館延長開放。", "6月24日起，12%的圖書館延長開放。"),
    ("The guests were Mr Lam and Ms Chan.", "The guests were Ms Chan and Mr Lam."),
]


@pytest.mark.parametrize(("before", "after"), SAID_OTHERWISE)
def test_the_same_said_otherwise_is_wording(before: str, after: str) -> None:
    found = describe(row(before), row(after))
    assert set(found.kinds) <= {"wording", "typo"}
    assert (found.figures, found.names) == (0, 0)


@pytest.mark.parametrize(
    ("old", "new"), [("about 4,000", "about $4,000"), ("4,000", "4,000%"), ("4,000", "4,000 million")]
)
def test_another_unit_is_another_figure(old: str, new: str) -> None:
    assert edit(ENGLISH, old, new).kinds == ("figure",)


CORRECTIONS = (
    "（更正）第二段應為徐志文。\n\n",
    "【更正】上文的人名有誤。\n\n",
    "（修訂）\n\n",
    "重發：圖書館延長開放。\n\n",
    "本新聞稿取代六月二十三日發出的新聞稿。\n\n",
    "請各傳媒以此稿為準。\n\n",
    "本稿取代今日較早前發出的文稿。\n\n",
    "*新聞稿已於6月25日更新\n\n",
    "CORRECTION - the name of the quay\n\n",
    "Erratum: the name of the quay.\n\n",
    "(Amended) On the new quay\n\n",
    "Updated version\n\n",
    "This version corrects the name in the second paragraph.\n\n",
    "(Amended on June 25)\n\n",
)
WITHDRAWALS = (
    "此新聞公報已被取消。\n\n",
    "此新闻稿已取消。\n\n",
    "本局現撤回此聲明。\n\n",
    "請各傳媒撤銷較早前發出的新聞公報。\n\n",
    "The Bureau has retracted this release.\n\n",
    "The Department has withdrawn this statement.\n\n",
    "The press release issued earlier today is withdrawn.\n\n",
)
NOTICES = [
    ("Correction\n\nThe number of passengers in the second paragraph was wrong. The text now reads:\n\n", "correction"),
    ("(Corrected version)\n\n", "correction"),
    ("This press release was amended on June 25 to name the right quay.\n\n", "correction"),
    ("更正：本新聞稿第一段的數字有誤。\n\n", "correction"),
    *((notice, "correction") for notice in CORRECTIONS),
    ("This press release has been withdrawn.\n\n", "withdrawal"),
    ("本新聞稿已撤回。\n\n", "withdrawal"),
    *((notice, "withdrawal") for notice in WITHDRAWALS),
]


@pytest.mark.parametrize(("notice", "kind"), NOTICES)
def test_a_notice_on_the_text_itself_comes_first_and_breaks_the_silence(notice: str, kind: str) -> None:
    appeared = describe(row(ENGLISH), row(notice + ENGLISH))
    assert (appeared.kinds[0], appeared.silent) == (kind, False)
    gone = describe(row(notice + ENGLISH), row(ENGLISH))
    assert kind not in gone.kinds
    assert gone.silent


@pytest.mark.parametrize(
    "words",
    [
        " The Correctional Service and the bill on corrections were discussed at length that day.",
        "\n\n更新設施的工程即將展開，條例亦會修訂，以配合各項新的服務安排。",
        " Members agreed that the motion would be withdrawn before the vote took place at noon.",
        " This statement explains why the offer was retracted and how the rules on quays were revised.",
        " The Office has not withdrawn this statement, and the company has retracted its offer to build a hall.",
        " Recalled by many, the press release said that the bill issued in May has been withdrawn.",
        "\n\n政府撤回有關條例草案，本公告所述的新規例取代舊規例，並取消三項活動。",
        "\n\n發言人說，本局無意撤回此聲明，並要求對方收回言論，以免市民有所誤會。",
    ],
)
def test_what_the_release_tells_of_others_is_no_notice(words: str) -> None:
    assert describe(row(ENGLISH), row(ENGLISH + words)).kinds == ("addition",)


@pytest.mark.parametrize(
    "notice",
    [
        "This press release has been withdrawn.",
        "The Harbour Office has withdrawn its press release of 4 March on the ninth quay at Lantern Bay.",
    ],
)
def test_what_stood_in_a_text_that_was_taken_away_was_not_changed(notice: str) -> None:
    found = describe(row(f"{ENGLISH} \u201cWe expected far fewer of them,\u201d said Mr Lam on 24 June."), row(notice))
    assert (found.kinds, found.figures, found.names, found.silent) == (("withdrawal", "cut"), 0, 0, False)
    below = describe(row(ENGLISH), row(f"{notice}\n\n{ENGLISH.replace('4,000', '5,200')}"))
    assert {"withdrawal", "figure"} <= set(below.kinds)


def test_a_stated_update_breaks_the_silence() -> None:
    now = {"updated_basis": "stated", "updated_on": "2025-06-25", "updated_at": None}
    edited = ENGLISH.replace("4,000", "5,200")
    assert not describe(row(ENGLISH), row(edited, **now)).silent
    assert describe(row(ENGLISH, **now), row(edited, **now)).silent
    assert describe(row(ENGLISH), row(ENGLISH, **now)).kinds == ("date",)


def test_fields_that_are_no_text() -> None:
    one, two = ({"url": f"https://site.example/a/{name}", "sha256": None} for name in ("1.jpg", "2.jpg"))
    swapped = describe(row(ENGLISH, images=[one]), row(ENGLISH, images=[two]))
    assert (swapped.kinds, swapped.silent) == (("image",), False)
    assert [tuple(piece) for piece in swapped.diff] == [("images", "-", "1.jpg"), ("images", "+", "2.jpg")]
    replaced = describe(
        row(ENGLISH, attachments=[one | {"sha256": "aa" * 32}]), row(ENGLISH, attachments=[one | {"sha256": "bb" * 32}])
    )
    assert replaced.kinds == ("attachment",)
    titled = describe(row(ENGLISH), row(ENGLISH, title=QUAY_TITLE.replace("ninth", "tenth")))
    assert (titled.kinds, titled.figures) == (("figure", "title"), 1)
    capitals = describe(row(ENGLISH, title="Office Opens Quay"), row(ENGLISH, title="Office Closes Quay"))
    assert capitals.kinds == ("title",)


def test_a_paragraph_that_moved_changed_nothing_that_weighs() -> None:
    parts = [ENGLISH, " ".join(QUAY), " ".join(ORCHARD)]
    assert describe(row("\n\n".join(parts)), row("\n\n".join(parts[::-1]))).kinds == ("wording",)


def test_edits_sort_by_what_they_changed() -> None:
    weights = [edit(ENGLISH, old, new).weight for old, new in [("4,000", "5,200"), ("Mr John", "Mr Tom")]]
    weights += [edit(ENGLISH, "June 23", "June 24").weight, edit(ENGLISH, "all night.", "all night." + ADDED).weight]
    weights += [edit(ENGLISH, "working day", "weekday").weight, edit(ENGLISH, "passengers", "pasengers").weight]
    assert weights == sorted(weights, reverse=True)
    two = describe(row(ENGLISH), row(ENGLISH.replace("4,000", "5,200").replace("ninth", "tenth")))
    assert (two.figures, two.weight > weights[0]) == (2, True)
    assert list(WEIGHTS.values()) == sorted(WEIGHTS.values(), reverse=True)


STRETCH = st.one_of(
    st.sampled_from([*QUAY, *READING, READING_TITLE, "4,000", "五", " ", "\n\n", ".", "。", "the ", "a", "b"]),
    st.text(alphabet="ab .\n。一1,\u3000\U00020001", max_size=6),
)
TEXT = st.lists(STRETCH, max_size=8).map("".join)


@given(TEXT)
def test_nothing_has_become_of_what_is_the_same(text: str) -> None:
    assert describe(row(text), row(text)) == Edit()
    assert {piece.op for piece in word_diff(text, text)} <= {"="}


def applied(before: str, pieces: tuple[Piece, ...]) -> str:
    """The text after, from the one before and the difference."""
    place, made = 0, []
    for op, text in pieces:
        length = int(text) if op == "~" else len(text)
        if op in "=-":
            assert before.startswith(text, place)
        if op in "=~":
            made.append(before[place : place + length])
        elif op == "+":
            made.append(text)
        place += 0 if op == "+" else length
    assert place == len(before)
    return "".join(made)


@settings(max_examples=150)
@given(TEXT, TEXT)
def test_a_difference_turns_one_text_into_the_other(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    assert applied(before, pieces) == after
    assert applied(before, shortened(pieces, 1_000_000)) == after
    assert all(piece.text for piece in pieces)


@settings(max_examples=150)
@given(TEXT, TEXT)
def test_what_was_lost_is_gained_on_the_way_back(before: str, after: str) -> None:
    there, back = word_diff(before, after), word_diff(after, before)
    for op, other in ("-+", "+-", "=="):
        assert [piece.text for piece in there if piece.op == op] == [piece.text for piece in back if piece.op == other]
    done, undone = describe(row(before), row(after)), describe(row(after), row(before))
    assert (done.figures, done.names) == (undone.figures, undone.names)
    assert (done.words_added, done.words_removed) == (undone.words_removed, undone.words_added)


@given(TEXT, TEXT, st.integers(1, 400))
def test_what_is_kept_of_a_difference_is_bounded(before: str, after: str, limit: int) -> None:
    kept = sum(len(piece.text) for piece in shortened(word_diff(before, after), limit))
    assert kept <= limit + len("\u2026")


LONG = {
    "rewritten": (" ".join(f"w{n}" for n in range(2000)), " ".join(f"v{n}" for n in range(2000))),
    "shuffled": ("a b " * 30_000, "b a " * 30_000),
    "one word": ("ab" * 200_000, "ba" * 200_000),
    "figures": ("一二三" * 20_000, "三二一" * 20_000),
    "paragraphs": ("a\n\nb\n\n" * 30_000, "b\n\na\n\n" * 30_000),
    "quotation marks": ("\u201ca \u300c字" * 30_000, "\u201cb \u300c學" * 30_000),
}


@pytest.mark.parametrize("name", LONG)
def test_long_texts_take_no_more_than_moments(name: str) -> None:
    with bounded():
        describe(*map(row, LONG[name]))


def test_white_space_is_no_change() -> None:
    spaced = ENGLISH.replace("\n\n", "\n\n\u3000").replace(" quay", "  quay")
    assert describe(row(ENGLISH), row(spaced)) == Edit()
    assert fingerprint([ENGLISH]) == fingerprint([spaced])
