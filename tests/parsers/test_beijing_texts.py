"""Invented texts in the manner of wb.beijing.gov.cn: meetings, visits, notices; when they took place and who tells."""

from datetime import date

import pytest

from tests.parsers.captures import release_of

REVIEW = (
    "1月10日下午，北京市委外办、市政府外办召开2024年度总结大会，回顾2024年工作，部署2025年重点任务。\n会议指出\n"
    "2024年，各处室团结协作，圆满完成全年任务，服务保障水平进一步提升。\n会议强调\n"
    "2025年要准确把握形势，提高工作质量，推动各项工作再上新台阶。"
)


def test_a_review_of_the_old_year_in_the_new_one() -> None:
    release = release_of(REVIEW)
    assert release.published is None
    assert release.event is not None
    assert (release.event.on, release.event.basis) == (date(2025, 1, 10), "inferred")
    assert [block.text for block in release.blocks if block.kind == "heading"] == ["会议指出", "会议强调"]
    assert (release.publisher, release.language) == ("wb.beijing.gov.cn", "zh-Hans")


@pytest.mark.parametrize(
    ("story", "day"),
    [
        ("12月26日，北京市政府外办召开会议，总结2024年工作，研究2025年工作思路。", date(2024, 12, 26)),
        ("On the morning of January 17, the Beijing Foreign Affairs Office held its 2024 annual review meeting to sum"
         " up the work of 2024 and lay out tasks for 2025.", date(2025, 1, 17)),
        ("On September 5, the 2025 Beijing Friendship Forum opened in Shijingshan District.", date(2025, 9, 5)),
        ("On May 6, the Beijing Foreign Affairs Office met sister cities. The first of them joined in 1979, and the"
         " Central Axis was listed in 2024.", None),
        ("On January 10, the Beijing Foreign Affairs Office held a seminar. It reviewed the work accomplished in 2020"
         " and plans for 2021, and what was achieved in 2022 with the tasks for 2023.", None),
    ],
)  # fmt: skip
def test_the_year_of_a_meeting(story: str, day: date | None) -> None:
    release = release_of(f"{story}\n\nAll divisions reported and the meeting lasted for two hours.")
    assert (release.event.on if release.event else None) == day
    assert release.published is None


def test_buttons_of_its_page_go() -> None:
    release = release_of(
        "Home>Express\nBeijing Opens Talent Service Week\nDate: 2025-06-11\nfontSize:\nbig\nmiddle\nsmall\n"
        "Beijing opened its talent service week on June 9, with help from the Beijing Foreign Affairs Office.\n\n"
        "The week will run until June 15.\nShare\nPrint"
    )
    assert release.title == "Beijing Opens Talent Service Week"
    assert len(release.blocks) == 2
    assert release.published is not None
    assert release.published.on == date(2025, 6, 11)


def test_the_foot_of_a_chinese_page_goes() -> None:
    foot = "扫一扫在手机打开当前页\n\n分享：\n\n【打印】【关闭】\n\n主办：北京市人民政府外事办公室\n\n京ICP备00000000号"
    release = release_of(
        f"北京推出支付便利化措施\n\n日期：2024-04-12\n\n北京市推出十项措施，方便外籍人士支付。\n\n{foot}"
    )
    assert release.body == "北京市推出十项措施，方便外籍人士支付。"


def test_its_name_over_the_end_of_a_line() -> None:
    release = release_of(
        "On the afternoon of January 16, the Foreign Affairs Office of the People's\n"
        "Government of Beijing Municipality held a meeting to review the work done in\n"
        "2023 and plan the tasks of 2024. Leaders of all divisions attended the event.\n"
    )
    assert release.publisher == "wb.beijing.gov.cn"


@pytest.mark.parametrize(
    ("text", "not_this"),
    [
        ("1月17日，上海市外办召开年度工作会议，总结2024年工作。友城工作取得新进展，北京等地代表参加。",
         "wb.beijing.gov.cn"),
        ("全国政协副主席在深圳考察，国务院港澳办和香港特区政府有关官员参加，听取香港经济情况汇报。", "news.gov.hk"),
        ("Hong Kong (CNN) - Fares will rise, the Transport Department and the Government said.", "news.gov.hk"),
        ("The Director of Buildings, Mr Lam, said a spokesman of the Buildings Department (BD) in Hong Kong was heard.",
         "news.gov.hk"),
    ],
)  # fmt: skip
def test_a_publisher_that_did_not_issue_it_is_not_named(text: str, not_this: str) -> None:
    assert release_of(text).publisher != not_this
