"""Bare texts: headline, dates, frame and blocks, in the shapes extractors leave behind."""

import html
import re
import textwrap
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

import pytest

from parsers.blocks import body_fingerprint
from parsers.registry import read
from tests.parsers.captures import capture_of, kinds, rejection_of, release_of, shared, shared_json_lines
from tests.samples import QUAY, QUAY_TITLE, READING, READING_TITLE, news, news_tc

FOOT = "Ends/Wednesday, June 25, 2025\nIssued at HKT 17:30\n\nNNNN\n"
FOOT_TC = "完\n2025年9月8日（星期一）\n香港時間9時05分\n"
MEETING = (
    "On the afternoon of January 10, the Foreign Affairs Office of the People’s Government of Beijing Municipality met"
    " to review the work accomplished in 2024 and outline key tasks for 2025. All divisions reported."
)


# The two documents an operator is known to have.


def test_seed_of_news_gov_hk() -> None:
    release = release_of(shared("seeds/000_6961ff75e0de9fba.txt").read_bytes())
    assert release.title == "China foreign relations session held"
    assert release.evidence["title"].basis == "stated"
    assert release.published is not None
    assert (release.published.on, release.published.at) == (date(2025, 6, 25), None)
    assert (release.published.precision, release.published.basis) == ("day", "stated")
    assert release.published.zone == "Asia/Hong_Kong"
    assert kinds(release) == ["paragraph"] * 10
    assert "Back to top" not in release.body
    assert release.language == "en"
    assert (release.publisher, release.evidence["publisher"].basis) == ("news.gov.hk", "inferred")
    assert release.rendition == "file"


def test_seed_of_beijing() -> None:
    release = release_of(shared("seeds/004_5dddf3dd6bad3571.txt").read_bytes())
    assert release.evidence["title"].basis == "inferred"
    assert len(release.title) < 120
    assert release.body.startswith(release.title)
    headings = [block.text for block in release.blocks if block.kind == "heading"]
    assert headings == ["As pointed out in the meeting", "As stressed in the meeting", "As required by the meeting"]
    assert release.published is None
    assert "published" not in release.evidence
    assert release.event is not None
    assert (release.event.on, release.event.basis, release.event.precision) == (date(2025, 1, 10), "inferred", "day")
    assert "2024" in release.evidence["event"].text
    assert (release.publisher, release.evidence["publisher"].basis) == ("wb.beijing.gov.cn", "inferred")
    assert (release.native_id, release.url, release.address_on) == (None, None, None)


def test_seed_of_beijing_with_its_address() -> None:
    address = "https://wb.beijing.gov.cn/en/express/202502/t20250226_4019481.html"
    release = release_of(shared("seeds/004_5dddf3dd6bad3571.txt").read_bytes(), url=f"{address}?utm_source=x")
    assert release.native_id == "t20250226_4019481"
    assert release.address_on == date(2025, 2, 26)
    assert release.published is None
    assert release.url == address
    assert (release.publisher, release.evidence["publisher"].basis) == ("wb.beijing.gov.cn", "stated")


# Headlines.


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n**********\n", "\n\n＊＊＊＊＊\n\n", "\nDate: 2025-06-25\n"])
def test_headline_stands_apart(gap: str) -> None:
    release = release_of(QUAY_TITLE + gap + "\n\n".join(QUAY))
    assert release.title == QUAY_TITLE
    assert release.body == "\n\n".join(QUAY)


@pytest.mark.parametrize(
    "opening",
    [
        QUAY[0],
        "The following is issued on behalf of the Harbour Office:",
        "Reporter: When will the quay open?",
        "　　消防處今日接獲報告",
        "下稿代碼頭管理局發出：",
        "Attention radio duty announcers:",
        "which was the longest of all quays",
    ],
)
def test_the_story_s_first_line_is_no_headline(opening: str) -> None:
    release = release_of(f"{opening}\n\n" + "\n\n".join(QUAY))
    assert release.evidence["title"].basis == "inferred"
    assert release.blocks[0].text == opening.strip("　")


def test_headline_over_two_wrapped_lines() -> None:
    title = "Harbour office opens ninth quay for ferries that serve outlying islands of the western bay"
    lines = [textwrap.fill(part, 60) for part in (title, *QUAY)]
    release = release_of("\n\n".join(lines))
    assert release.title == title
    assert release.body == "\n\n".join(QUAY)


def test_one_line_is_text_with_a_derived_title() -> None:
    release = release_of("A quay was opened")
    assert (release.title, release.body) == ("A quay was opened", "A quay was opened")
    assert release.evidence["title"].basis == "inferred"


def test_headline_and_date_alone_keep_the_headline_as_text() -> None:
    release = release_of(f"{QUAY_TITLE}\n\nJune 25, 2025\n")
    assert release.body == QUAY_TITLE
    assert release.published is not None


def test_banner_and_repeated_headline_go() -> None:
    release = release_of(f"PRESS RELEASE\n\n{QUAY_TITLE}\n\n{QUAY_TITLE}\n\n" + "\n\n".join(QUAY))
    assert release.title == QUAY_TITLE
    assert release.body == "\n\n".join(QUAY)


# Dates.


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (f"{QUAY_TITLE}\n\n" + "\n\n".join(QUAY) + f"\n\n{FOOT}", datetime(2025, 6, 25, 9, 30, tzinfo=UTC)),
        (f"{QUAY_TITLE}\n\n" + "\n\n".join(QUAY) + "\n\nEnds/Wednesday, June 25, 2025 Issued at HKT 0:56 NNNN",
         datetime(2025, 6, 24, 16, 56, tzinfo=UTC)),
        (f"{READING_TITLE}\n" + "\n".join(READING) + f"\n{FOOT_TC}", datetime(2025, 9, 8, 1, 5, tzinfo=UTC)),
        (f"{READING_TITLE}\n2025年9月8日（星期一）\n香港時間9時05分\n\n" + "\n".join(READING),
         datetime(2025, 9, 8, 1, 5, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_closing_lines_give_the_minute(text: str, at: datetime) -> None:
    release = release_of(text)
    assert release.published is not None
    assert (release.published.at, release.published.precision) == (at, "minute")
    assert release.evidence["published"].basis == "stated"
    assert release.blocks[-1].text in (QUAY[-1], READING[-1])


@pytest.mark.parametrize(
    "text",
    [
        news(),
        f"June 25, 2025\n\n{QUAY_TITLE}\n\n" + "\n\n".join(QUAY),
        f"{QUAY_TITLE}\n\n" + "\n\n".join(QUAY) + "\n\nJune 25, 2025",
        f"{QUAY_TITLE}\nWednesday, 25 June 2025\n" + "\n".join(QUAY),
        f"{QUAY_TITLE}\n\nDate: 2025-06-25\nSource: Harbour Office\n\n" + "\n\n".join(QUAY),
        f"{QUAY_TITLE}\n\nBrussels, 25 June 2025\n\n" + "\n\n".join(QUAY),
    ],
)
def test_a_date_line_gives_the_day(text: str) -> None:
    release = release_of(text)
    assert release.title == QUAY_TITLE
    assert release.published is not None
    assert (release.published.on, release.published.at) == (date(2025, 6, 25), None)
    assert release.body == "\n\n".join(QUAY)


def test_an_untitled_text_below_its_date() -> None:
    release = release_of("2025年9月8日\n\n" + "\n\n".join(READING))
    assert release.published is not None
    assert release.published.on == date(2025, 9, 8)
    assert release.evidence["title"].basis == "inferred"
    assert release.body == "\n\n".join(READING)


def test_a_date_in_the_story_is_not_the_publication() -> None:
    release = release_of(f"{QUAY_TITLE}\n\nThe quay opened on June 25, 2025, after two years of work.\n\n{QUAY[1]}")
    assert release.published is None


def test_a_date_line_without_its_year_stays_text() -> None:
    release = release_of(f"{QUAY_TITLE}\n\nDate: December 5 (Friday)\n\n{QUAY[1]}")
    assert release.published is None
    assert release.blocks[0].text == "Date: December 5 (Friday)"


def test_two_dates_that_agree_leave_the_finer() -> None:
    release = release_of(f"{QUAY_TITLE}\n\nJune 25, 2025\n\n" + "\n\n".join(QUAY) + f"\n\n{FOOT}")
    assert release.published is not None
    assert release.published.precision == "minute"
    (other,) = release.evidence["published"].others
    assert (other.value, other.why_not) == ("2025-06-25", "the same day without its time")


def test_a_label_comes_before_a_date_line_and_the_other_is_told() -> None:
    release = release_of(f"{QUAY_TITLE}\n\nJune 27, 2025\nDate: 2025-06-25\n\n" + "\n\n".join(QUAY))
    assert release.published is not None
    assert release.published.on == date(2025, 6, 25)
    assert [other.value for other in release.evidence["published"].others] == ["2025-06-27"]


def test_a_time_below_completes_the_date_above() -> None:
    release = release_of(f"{QUAY_TITLE}\n\nJune 25, 2025\n\n" + "\n\n".join(QUAY) + "\n\nIssued at HKT 17:30")
    assert release.published is not None
    assert release.published.at == datetime(2025, 6, 25, 9, 30, tzinfo=UTC)


def test_a_bare_time_at_the_end_is_a_figure_of_the_story() -> None:
    release = release_of(f"{QUAY_TITLE}\n\nJune 25, 2025\n\n{QUAY[0]}\n\nLast ferry\n\n12.30")
    assert release.blocks[-1].text == "12.30"
    assert release.published is not None
    assert release.published.at is None


def test_rendered_order_of_beijing() -> None:
    release = release_of(
        f'Chinese\nTopics:\n{QUAY_TITLE}\nDate: 2025-10-16\nSource: WeChat Official Account "beijingfabu"\n'
        "fontSize:   big middle small\n\n" + "\n\n".join(QUAY)
    )
    assert release.title == QUAY_TITLE
    assert release.published is not None
    assert release.published.on == date(2025, 10, 16)
    assert release.published.zone == "Asia/Shanghai"
    assert release.source_label == 'WeChat Official Account "beijingfabu"'
    assert release.body == "\n\n".join(QUAY)


def test_labels_in_one_line() -> None:
    head = "码头开放新泊位\n2025-01-13 09:12 来源：北京日报 字号：大 中 小\n"
    release = release_of(head + "北京外办今日宣布开放新泊位，方便各区居民出行。")
    assert release.title == "码头开放新泊位"
    assert release.source_label == "北京日报"
    assert release.published is not None
    assert release.published.at == datetime(2025, 1, 13, 1, 12, tzinfo=UTC)


def test_updated_and_office_are_kept_apart() -> None:
    release = release_of(
        f"{QUAY_TITLE}\nPublished: 25 June 2025\nLast updated: 27 June 2025\n\n"
        + "\n\n".join(QUAY)
        + "\n\nIssued by: Harbour Office"
    )
    assert release.published is not None
    assert release.updated is not None
    assert (release.published.on, release.updated.on) == (date(2025, 6, 25), date(2025, 6, 27))
    assert release.office == "Harbour Office"


def test_an_inline_date_line_counts_and_stays_in_the_text() -> None:
    release = release_of(f"{QUAY_TITLE}\n\nHONG KONG, June 25, 2025 - {QUAY[0]}\n\n{QUAY[1]}")
    assert release.published is not None
    assert release.published.on == date(2025, 6, 25)
    assert release.blocks[0].text.startswith("HONG KONG, June 25, 2025 - ")


# Events.


def test_the_year_of_an_event_comes_from_the_text() -> None:
    event = release_of(MEETING).event
    assert event is not None
    assert (event.on, event.basis) == (date(2025, 1, 10), "inferred")


def test_the_year_of_an_event_comes_from_the_publication_day() -> None:
    release = release_of(
        f"{QUAY_TITLE}\n\nJanuary 2, 2026\n\nOn the morning of December 30, a Hong Kong quay opened.\n\n{QUAY[1]}"
    )
    assert release.event is not None
    assert (release.event.on, release.event.basis) == (date(2025, 12, 30), "inferred")


def test_an_event_whose_year_nothing_tells_is_none() -> None:
    assert release_of("On the morning of June 26, a quay was opened.\n\nIt is the ninth.").event is None


def test_an_event_with_its_year_is_stated() -> None:
    event = release_of("2025年1月10日下午，市政府外办召开会议，研究码头开放事宜。").event
    assert event is not None
    assert (event.on, event.basis) == (date(2025, 1, 10), "stated")


# Layout and blocks.


@pytest.mark.parametrize("width", [60, 72, 100])
def test_wrapped_lines_are_joined(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(part, width) for part in (QUAY_TITLE, *QUAY))
    release = release_of(f"{wrapped}\n\n{FOOT}")
    assert release.title == QUAY_TITLE
    assert release.body == "\n\n".join(QUAY)


def test_wrapped_chinese_is_joined_without_spaces() -> None:
    wrapped = "\n\n".join("\n".join(part[at : at + 24] for at in range(0, len(part), 24)) for part in READING)
    assert release_of(f"{READING_TITLE}\n\n{wrapped}\n\n{FOOT_TC}").body == "\n\n".join(READING)


def test_indented_paragraphs_without_blank_lines() -> None:
    text = "\n".join(textwrap.fill(part, 70, initial_indent="     ") for part in QUAY)
    assert release_of(f"{QUAY_TITLE}\n\n{text}").body == "\n\n".join(QUAY)


def test_the_same_words_have_the_same_fingerprint_however_they_are_laid_out() -> None:
    plain = body_fingerprint(release_of(news()))
    wrapped = "\n\n".join(textwrap.fill(part, 64) for part in QUAY)
    assert body_fingerprint(release_of(f"{QUAY_TITLE}\n\n{wrapped}\n\n{FOOT}")) == plain
    assert body_fingerprint(release_of(f"{QUAY_TITLE}\n" + "\n".join(QUAY))) == plain
    assert body_fingerprint(release_of(news().replace("4,000", "5,000"))) != plain


def test_short_lines_before_paragraphs_are_headings() -> None:
    text = f"{QUAY_TITLE}\n{QUAY[0]}\nWhat it offers\n{QUAY[1]}\n2. What comes next\n{QUAY[3]}"
    release = release_of(text)
    assert [(block.text, block.level) for block in release.blocks if block.kind == "heading"] == [
        ("What it offers", 2),
        ("2. What comes next", 2),
    ]


def test_rows_of_short_lines_are_no_headings() -> None:
    cells = "Name\nAddress\nLantern Bay Hall\n12 Quay Road\nHill Hall\n3 Hill Street"
    release = release_of(f"{QUAY_TITLE}\n\n{QUAY[0]}\n\n{cells}\n\n{QUAY[1]}")
    assert set(kinds(release)) == {"paragraph"}


def test_lists_and_tables() -> None:
    text = (
        f"{QUAY_TITLE}\n\n{QUAY[0]}\n\n- shelters\n- lifts\n\n(a) tickets\n(b) timetables\n\n"
        f"Quay\tMetres\nNinth | old\t60\nTenth\t70\n\n{QUAY[1]}"
    )
    release = release_of(text)
    assert kinds(release) == ["paragraph", "list", "list", "table", "paragraph"]
    assert release.blocks[1].text == "- shelters\n- lifts"
    assert release.blocks[2].text == "(a) tickets\n(b) timetables"
    assert release.blocks[3].text == ("| Quay | Metres |\n| --- | --- |\n| Ninth \\| old | 60 |\n| Tenth | 70 |")


def test_furniture_goes_and_words_inside_the_story_stay() -> None:
    release = release_of(
        f"跳至主要內容\n\n{READING_TITLE}\n\n" + "\n\n".join(READING) + "\n\n工程已於上月完\n\n完\n\n打印\n\n回到頁首"
    )
    assert release.blocks[-1].text == "工程已於上月完"


def test_blank_paragraphs_of_every_kind_go() -> None:
    release = release_of(f"{QUAY_TITLE}\n\n\u00a0\n\n{QUAY[0]}\n\n\u3000\u3000\u200b\n\n{QUAY[1]}\n\ufeff\n")
    assert release.body == f"{QUAY[0]}\n\n{QUAY[1]}"


# What an operator states.


def test_stated_facts_come_first_and_displace() -> None:
    release = release_of(
        news(),
        publisher="Beijing Foreign Affairs Office",
        title="Another title",
        published="2025-07-01",
        language="zh-HK",
    )
    assert (release.publisher, release.title, release.language) == ("wb.beijing.gov.cn", "Another title", "zh-Hant")
    assert release.published is not None
    assert release.published.on == date(2025, 7, 1)
    for name, displaced in (("title", QUAY_TITLE), ("published", "2025-06-25"), ("language", "en")):
        evidence = release.evidence[name]
        assert (evidence.rule, evidence.basis) == ("stated", "stated")
        assert displaced in [other.value for other in evidence.others]


def test_a_headline_the_operator_contradicts_stays_in_the_text() -> None:
    assert release_of(news(), title="Another title").body.startswith(QUAY_TITLE)
    assert release_of(news(), title=f"{QUAY_TITLE} (with photos)").body == "\n\n".join(QUAY)


def test_a_stated_instant() -> None:
    published = release_of(news(), published="2025-06-25T17:30:05+08:00").published
    assert published is not None
    assert (published.at, published.on) == (datetime(2025, 6, 25, 9, 30, 5, tzinfo=UTC), date(2025, 6, 25))
    assert published.precision == "second"


def test_an_unknown_publisher_is_taken_by_its_word() -> None:
    release = release_of("A bridge was opened in the village on Sunday.", publisher="Village Council")
    assert release.publisher == "Village Council"


def test_nothing_known_of_the_publisher() -> None:
    release = release_of("A bridge\n\n12 March 2026 10:15\n\nA bridge was opened in the village.")
    assert release.publisher == "unknown"
    assert release.published is not None
    assert (release.published.on, release.published.at) == (date(2026, 3, 12), None)


def test_the_address_adds_the_time_to_the_day_it_agrees_with() -> None:
    address = "https://www.news.gov.hk/eng/2025/06/20250625/20250625_192922_819.html"
    release = release_of(news(), url=address)
    assert release.published is not None
    assert release.published.at == datetime(2025, 6, 25, 11, 29, 22, tzinfo=UTC)
    assert (release.published.precision, release.published.basis) == ("second", "inferred")
    later = release_of(news(day="June 26, 2025"), url=address)
    assert later.published is not None
    assert (later.published.on, later.published.at) == (date(2025, 6, 26), None)


@pytest.mark.parametrize(
    ("key", "value"),
    [("published", "last Tuesday"), ("published", "05/06/2025"), ("published", "2025-02-30"), ("url", "not an address"),
     ("url", "ftp://host/x"), ("language", "the Queen's English")],
)  # fmt: skip
def test_a_stated_fact_that_cannot_be_is_named(key: str, value: str) -> None:
    rejection = rejection_of(news(), **{key: value})
    assert rejection.stage == "validate"
    assert rejection.reason.startswith(f"{key}: ")
    assert value in rejection.reason


# Bytes.


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "big5", "big5hkscs"])
def test_traditional_chinese_in_other_encodings(encoding: str) -> None:
    release = release_of(news_tc().replace("\u00a0", " ").encode(encoding))
    assert release.title == READING_TITLE
    assert release.language == "zh-Hant"
    assert release.evidence["encoding"].text


def test_what_is_no_text_is_told() -> None:
    assert rejection_of(bytes(range(256)) * 40).stage == "decode"
    assert rejection_of("").reason
    assert "blanks" in rejection_of(" \n\u3000\n").reason
    assert rejection_of("Back to top\n\nNNNN\n").reason.startswith("body: there is no text in it")


@pytest.mark.parametrize("kind", ["txt", "md"])
def test_a_text_larger_than_any_release_is_refused_with_its_size(kind: str) -> None:
    assert rejection_of("字" * 7_000_000, kind=kind).reason.startswith("text of 21.0 MB is longer than the 8 MB")


def test_marks_in_the_text_are_counted() -> None:
    release = release_of(f"{QUAY_TITLE}\n\n\u202e{QUAY[0]}\u202c\u200b\x00")
    assert "bidi 2" in release.evidence["text"].text
    assert "\x00" not in release.body


@pytest.mark.parametrize(
    "text",
    ["word\n" * 50_000, "2025\n" * 50_000, "Date: 2025-01-01\n" * 20_000, "- (a\n" * 50_000,
     "(" + "word " * 13 + "\n- x" * 50_000,
     "word " * 1_600_000, "a  " * 2_000_000, "\n" * 5_000_000 + "a", "字。" * 1_000_000, "\u00a0" * 1_000_000 + "a"],
    ids=["lines", "years", "labels", "items", "brackets", "one line", "two blanks", "blank lines",
         "chinese", "no-break"],
)  # fmt: skip
def test_huge_and_odd_texts_are_read(text: str) -> None:
    assert release_of(text).body


def test_the_same_bytes_give_the_same_record() -> None:
    capture = capture_of(news())
    assert read(capture) == read(capture)


# Real releases, where the shared folder is at hand.


def test_recorded_articles_of_news_gov_hk_read_as_bare_text() -> None:
    wrong = []
    articles = shared_json_lines("corpora/pages/news.gov.hk/feed_revisions.jsonl")
    for article in articles:
        version = article["versions"][-1]
        parts = re.split("</?p>|<br/?>", version["description"])
        story = [words for part in parts if (words := html.unescape(re.sub("<[^>]+>", "", part))).strip()]
        day = parsedate_to_datetime(version["pubDate"]).date()
        written = f"{day.year}年{day.month}月{day.day}日"
        release = release_of("\n\n".join([version["title"], written, *story, "回到頁首"]))
        seen = (release.title, release.published.on if release.published else None, release.publisher, release.language)
        if seen != (" ".join(version["title"].split()), day, "news.gov.hk", "zh-Hant"):
            wrong.append(seen)
    assert len(articles) > 200
    assert wrong == []
