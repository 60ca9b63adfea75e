"""What a text says of itself, corrected or withdrawn, and what it says of others."""

import pytest

from parsers.notices import notices_in, says_it_corrects
from tests.effort import bounded
from tests.samples import QUAY, QUAY_TITLE, READING, READING_TITLE

ENGLISH, CHINESE = "\n\n".join(QUAY), "\n\n".join(READING)


def kinds(text: str) -> set[str]:
    return {kind for kind, _, _ in notices_in(text)}


WITHDRAWALS = [
    "This press release has been withdrawn.",
    "The Bureau has withdrawn its press release of 4 March on the pier.",
    "The Harbour Office regrets and withdraws its press statement of 4 March.",
    "We have withdrawn our news release about the pier.",
    "The statement issued on 4 March is withdrawn.",
    "The press release issued at 3.30pm on the pier has been retracted.",
    "The press release dated 4 March was issued in error.",
    "This release was issued in error. Please do not use it.",
    "This news release was mistakenly published before its time.",
    "[Removed] This item was published in error and has been taken down.",
    "[Withdrawn] Guidance on quays",
    "WITHDRAWN: fares at the ninth quay",
    "RECALL: the Bureau would like to recall the message \u201cPier\u201d.",
    "The Department of Harbours would like to recall the press release issued this morning.",
    "ADVISORY \u2013 withdrawn",
    "Media advisory: pier opening (withdrawn)",
    "Please disregard the release issued at 3.30pm.",
    "Editors should disregard the earlier press release.",
    "Please do not use the press release issued this morning.",
    "This statement has been superseded by the statement of 5 March.",
    "The press release entitled \u201cPier opens\u201d is withdrawn.",
    "Press release withdrawn",
    "Please note that this press release was sent out in error.",
    "本署今早發出的新聞稿有誤，現予撤回。",
    "以上新聞稿請勿採用。",
    "因作業疏失，本則新聞稿誤發，請勿引用。",
    "運輸局現撤回三月四日發出的新聞稿，並致歉意。",
    "本局撤回三月四日有關壺角碼頭的新聞公報。",
    "有關壺角碼頭的新聞稿現已撤回。",
    "三月四日發出的新聞公報現予取消。",
    "上述新聞公報現予取消。",
    "發稿有誤，請勿使用。",
    "本稿為誤發，現予撤銷，敬請見諒。",
    "本稿誤發。",
    "此新聞公報已作廢。",
    "作廢",
    "【撤稿】",
    "港務處開放第九碼頭（已撤回）",
    "各新聞單位：請撤下較早前發出的稿件。",
    "請各傳媒機構撤回今早發出的新聞稿。",
    "我处现撤销昨日发布的新闻通稿。",
    "政府新聞處已撤回有關碼頭收費的新聞稿。",
]
CORRECTIONS = [
    "（第二段內容更正）",
    "备注：文中数据已更正。",
    "(This is a corrected version of the release issued on 4 March)",
    "註：上文第二段數字已更正。",
    "本新聞公報第二段已作修訂。",
    "本新聞稿的標題及日期已於下午更正。",
    "（下午六時更新）",
    "（三月五日下午六時十分更正）",
    "（更正）",
    "更正：第二段應為「四月」。",
    "新聞稿第二段第三行應為「四月五日」。",
    "本稿取代較早前發出的新聞公報。",
    "此新聞稿取代三月四日發出的新聞稿。",
    "更新版本",
    "（修訂版）",
    "發稿有誤，請以此為準。",
    "請以此為準。",
    "編者按：上文第二段的數字有誤，現已更正。",
    "特此更正。",
    "（本文为更正稿，替代此前发布的版本）",
    "（重發新聞公報，以更正較早前發出的版本）",
    "Note: an error in the second paragraph has been corrected.",
    "We have corrected the cost in the second paragraph.",
    "Please note that the figure in paragraph two has been amended.",
    "The second paragraph has been amended.",
    "Re-issued with corrected date",
    "Amended 5 March: cost in paragraph two",
    "Corrected at 6pm on 5 March",
    "(Updated with figures for May)",
    "(Updated at 6.15pm to include the reply of the Office)",
    "Corrects spelling of name in 3rd paragraph",
    "***AMENDED***",
    "CORRECTION - the name of the quay",
    "Correction to press release of 4 March",
    "Corrected version",
    "The following release replaces that issued earlier today.",
    "Note: this replaces the release issued earlier.",
    "This list replaces the earlier version.",
    "An earlier version of this release gave another date.",
    "An earlier version misstated the name of the quay.",
    "The press release issued this morning contained an error in the second paragraph.",
    "The press release issued on 4 March has been corrected.",
    "The second paragraph should read: \u201cforty metres\u201d.",
    "Please disregard the earlier release and use this version instead.",
    "Editor's note: This story was updated at 5:45 p.m. to include details of the quay.",
]
OF_OTHERS = [
    "The Bill has been withdrawn.",
    "The company has recalled the product after three complaints.",
    "The company has withdrawn its press release.",
    "The firm has retracted its earlier statement.",
    "The offer issued on 4 March is withdrawn.",
    "The weather advisory issued at 3.30pm is cancelled.",
    "Recall: Harbour brand oysters in glass jars",
    "RECALLED: electric kettles sold at the pier",
    "Withdrawn: 12; allowed: 5",
    "Lot 5 (withdrawn) and lot 6 were not sold.",
    "Withdrawal: $500 a day at most",
    "Embargoed until 6pm. Please do not publish this release before then.",
    "The witness told the police otherwise. This statement was later withdrawn, the court heard.",
    "If this message was sent to you in error, please delete it.",
    "The concert of 5 March (cancelled) is not refunded.",
    "The tenders were published in error and opened by mistake.",
    "The court corrected the earlier ruling, and the clause in the second paragraph of the order was amended.",
    "The Companies (Amendment) Bill was gazetted today.",
    "Paragraph 2 of Schedule 3 has been amended.",
    "The second paragraph of section 5 was amended in 2019.",
    "This article was amended by the Harbours Act.",
    "This page is updated daily.",
    "(Updated weekly)",
    "(Updated with effect from 1 May)",
    "Updated: 5 March 2024",
    "Updated 5 March 2024",
    "Last updated at 6pm on 5 March",
    "Revised: 3.2 per cent",
    "Growth was 3.1 per cent (revised) in May, and the forecast was revised upwards.",
    "The guidance on quays has been updated, and the Correctional Services Department was told.",
    "An updated version of the guide is on the website.",
    "The new quay replaces the one at Lantern Bay.",
    "Editor's note: this is the third of five stories on quays.",
    "Pupils should read 20 books, the release said.",
    "The Board has withdrawn its notice of appeal.",
    "The recall notice issued on 4 March has been withdrawn.",
    "The figures in table 2 have been revised.",
    "該產品有誤導標籤，請勿使用。",
    "警方已收回有關聲明所指的牌照。",
    "Embargo: 6pm, 5 March",
    "政府撤回有關條例草案，並致歉意。",
    "議員要求撤回條例草案，並收回言論。",
    "政府撤回三項議案。",
    "我部要求對方撤回上述聲明。",
    "該公司已撤回有關新聞稿。",
    "公司發出的新聞稿已撤回。",
    "網上流傳的虛假新聞稿已刪除。",
    "政府取消三月四日的活動，詳情見新聞稿。",
    "衞生署即時回收產品，並取消展銷活動，詳見上述公告所載。",
    "申請編號五（撤回）及六（獲批）。",
    "更新設施的工程即將展開，修訂條例亦會生效。",
    "《2024年魚市場（修訂）規例》及《2023年稅務（修訂）（飛機租賃）條例》已生效。",
    "（修訂）條例草案委員會今日開會。",
    "《魚市場規例（修訂）》",
    "公司法（2023年修订）自七月起施行。",
    "（每日更新）",
    "更新：2024年3月5日",
    "最後更新日期：2024年3月5日",
    "編者按：這是碼頭專題的第三篇。",
    "如中英文版本有歧異，以本版本為準。",
    "法院更正判詞第二段的日期。",
    "發言人說，本局無意撤回此新聞稿。",
]


@pytest.mark.parametrize("notice", WITHDRAWALS)
def test_a_text_that_is_withdrawn_says_so(notice: str) -> None:
    assert "withdrawal" in kinds(notice)


@pytest.mark.parametrize("notice", CORRECTIONS)
def test_a_notice_of_correction_above_below_and_alone(notice: str) -> None:
    story, title = (ENGLISH, QUAY_TITLE) if notice.isascii() else (CHINESE, READING_TITLE)
    assert kinds(notice) == {"correction"}
    assert kinds(f"{story}\n\n{notice}") == {"correction"}
    assert says_it_corrects(title, f"{notice}\n\n{story}")
    assert says_it_corrects(title, f"{story}\n\n{notice}")


@pytest.mark.parametrize("words", OF_OTHERS)
def test_what_is_said_of_others_is_no_notice(words: str) -> None:
    story, title = (ENGLISH, QUAY_TITLE) if words.isascii() else (CHINESE, READING_TITLE)
    assert not kinds(words)
    assert not kinds(f"{story}\n\n{words}")
    assert not kinds(f"{story} {words}")
    assert not says_it_corrects(title, f"{words}\n\n{story}")


def test_a_notice_is_told_by_where_it_stands() -> None:
    text = f"{ENGLISH}\n\nThis press release has been withdrawn."
    ((kind, start, end),) = notices_in(text)
    assert (kind, text[start:end]) == ("withdrawal", "This press release has been withdrawn")


@pytest.mark.parametrize(
    "text", ["(" * 100_000 + "updated", "(a) " * 50_000 + "correction", "《" * 90_000 + "（修訂）條例"]
)
def test_heaps_of_brackets_are_read_at_once(text: str) -> None:
    with bounded(10):
        assert not says_it_corrects(text, text)
        assert not kinds(text)
