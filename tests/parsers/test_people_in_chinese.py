"""People, offices and bodies in Chinese: where a name, an office and a body begin and end, and what is none of them."""

import pytest

from parsers.people.naming import mentions


def found(text: str, kind: str) -> dict[str, str | None]:
    return {one.name: one.role for one in mentions("", text, "zh") if one.kind == kind}


@pytest.mark.parametrize(
    "name",
    [
        "陳國基",
        "張大中",
        "周一鳴",
        "方有為",
        "林鄭月娥",
        "歐陽台生",
        "刘国中",
        "陈一新",
        "王小洪",
        "韓國瑜",
    ],
)
def test_a_given_name_may_have_any_common_character(name: str) -> None:
    assert found(f"港口署署長{name}表示歡迎。", "person") == {name: "港口署署長"}


@pytest.mark.parametrize(
    "name", ["丘應樺", "谌贻琴", "諶貽琴", "顏同", "司徒永晴", "上官明", "鮮于清", "第五倫", "佟麗", "邢台生"]
)
def test_rare_and_compound_family_names(name: str) -> None:
    assert found(f"海洋局局長{name}今日出席。", "person") == {name: "海洋局局長"}


@pytest.mark.parametrize(
    "said",
    [
        "署長周一晚表示，船期照舊。",
        "部长于今日出席会议。",
        "主席于北京出席会议。",
        "代表任中國大使三年。",
        "署長中午出席，局長大家歡迎。",
        "一名女士和三名議員到場，各國大使出席。",
        "各區民政專員和區學校校長會出席。",
        "署長成功表示，署長應邀出席。",
        "各方主席盛大出席。",
    ],
)
def test_words_that_begin_like_a_name_are_none(said: str) -> None:
    assert found(said, "person") == {}


def test_a_family_name_that_is_a_word_is_one_where_the_name_stands_again() -> None:
    assert found("港口署署長于伟国表示欢迎。于伟国又说，于伟国会再来。", "person") == {"于伟国": "港口署署長"}


def test_a_name_of_two_characters_ends_before_a_word_and_one_of_three_behind_its_last() -> None:
    assert found("環境局局長孫東為對方主禮。", "person") == {"孫東": "環境局局長"}
    assert found("環境局局長孫東日前表示歡迎。", "person") == {"孫東": "環境局局長"}


@pytest.mark.parametrize(
    "land",
    [
        "俄羅斯",
        "古巴",
        "黎巴嫩",
        "安哥拉",
        "盧旺達",
        "盧安達",
        "湯加",
        "葉門",
        "也門",
        "羅馬尼亞",
        "蘇格蘭",
        "索馬利亞",
        "乔治亚",
        "馬爾他",
    ],
)
@pytest.mark.parametrize("office", ["總統", "主席", "總理", "首相"])
def test_a_land_is_no_person_nor_is_a_piece_of_its_name(land: str, office: str) -> None:
    assert found(f"會見{land}{office}。今日{land}{office}到訪。", "person") == {}


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("俄羅斯總統普京會見記者。", "普京", "俄羅斯總統"),
        ("格魯吉亞財政部長塔瑪什維利會面時說。", "塔瑪什維利", "格魯吉亞財政部長"),
        ("安哥拉總統馬科斯．維爾特到訪。", "馬科斯．維爾特", "安哥拉總統"),
        ("聯合國維也納辦事處總幹事安娜·林格到訪。", "安娜·林格", "聯合國維也納辦事處總幹事"),
        ("中華人民共和國駐羅馬尼亞特命全權大使方知遠出席。", "方知遠", "中華人民共和國駐羅馬尼亞特命全權大使"),
        ("他在海邊雙年展參觀文化推廣大使方晴的展覽。", "方晴", "文化推廣大使"),
        ("該會主席方知遠表示歡迎。", "方知遠", "主席"),
        ("「海豹2」號訪港執行委員會主席方知遠到訪。", "方知遠", "「海豹2」號訪港執行委員會主席"),
        ("代表團團長方知遠致辭。", "方知遠", "代表團團長"),
    ],
)
def test_names_and_offices_of_other_lands_are_whole(text: str, name: str, role: str) -> None:
    assert found(text, "person") == {name: role}


def test_what_joins_two_offices_belongs_to_neither() -> None:
    told = {"方知遠": "海洋局局長", "麥清": "常任秘書長"}
    assert found("海洋局局長方知遠及常任秘書長麥清出席。", "person") == told


@pytest.mark.parametrize(
    "post", ["保安局發言人", "外交部駐港公署發言人", "外交部發言人", "社署發言人", "保安局新聞發言人"]
)
def test_whoever_speaks_for_a_body_holds_a_post_of_it(post: str) -> None:
    assert found(f"{post}今日表示，情況良好。", "post") == {post: None}
    assert found(f"{post}方知遠表示，情況良好。", "person") == {"方知遠": post}


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("措施由上月潮汐監督管理委員會宣布。", "潮汐監督管理委員會"),
        ("我知道廖議員作為燈塔法案委員會成員。", "燈塔法案委員會"),
        ("他得知明德學院成立。", "明德學院"),
        ("香港八所燈塔教育資助委員會資助。", "燈塔教育資助委員會"),
        ("亞太經合組織理事會開會。", "亞太經合組織理事會"),
        ("個案轉介予燈塔監管委員會。", "燈塔監管委員會"),
        ("「向漁民家屬提供經濟援助委員會」主席到場。", "向漁民家屬提供經濟援助委員會"),
        ("聯合國毒品和犯罪問題辦公室到訪。", "聯合國毒品和犯罪問題辦公室"),
        ("（學術領域）和國家語言燈塔委員會開會。", "國家語言燈塔委員會"),
    ],
)
def test_a_body_begins_behind_verbs_times_and_numbers(text: str, body: str) -> None:
    assert found(text, "body") == {body: None}


@pytest.mark.parametrize(
    "text",
    [
        "香港重視理事會的意見。",
        "所有註冊局成員須宣誓。",
        "查詢可致電5678聯絡燈塔基金秘書處。",
        "「海豹2」號訪港執行委員會開會。",
        "評委員會從中挑選。",
        "部門立刻清理學院的渠道。",
        "政府正仔細考慮委員會的建議。",
    ],
)
def test_where_a_body_begins_that_cannot_be_told_there_is_none(text: str) -> None:
    assert found(text, "body") == {}


def test_offices_printed_together_are_all_told() -> None:
    (one,) = [one for one in mentions("", "潮汐委員會主席、海洋局局長方知遠出席。", "zh") if one.kind == "person"]
    assert (one.role, one.also) == ("海洋局局長", ("潮汐委員會主席",))
