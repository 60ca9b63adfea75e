"""The report: one page of an archive whose releases do what they can to break it."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from sources.errors import ArchiveError, ConfigError
from tests.desk import NOON, Desk, WarmReaders
from tests.samples import QUAY, QUAY_TITLE, READING_TITLE, edited, news, news_tc
from warehouse.connection import opened_read_only
from warehouse.home import Home
from warehouse.report.asking import filled
from warehouse.report.charts import columns_of, whole_steps
from warehouse.report.coverage import heads
from warehouse.report.edits import LETTERS, ROOM, compared
from warehouse.report.making import Report, make_report
from warehouse.report.period import Period
from warehouse.report.rendering import heading, linked, said, stretch

ZONE = "Asia/Hong_Kong"
SCRIPT = "<script>alert(1)</script> & \"quays\" 'open'"
HOSTILE = (
    'The <img src="http://127.0.0.1:9/pixel" onerror="alert(2)"> Harbour Office today opened a ninth quay for ferries.',
    "{{ 7 * 7 }} and {% raw %} stand in this text, and [-nothing-] of {+it+} is more than words to be read by people.",
    "</style></section><style>body { display: none }</style> A spokesman said that 4,000 passengers are expected.",
)
FACTS = {"title": SCRIPT, "publisher": "<i>Press</i> Office", "url": "https://press.example/a?b=%3Ci%3E&c=1"}
SECTIONS = ["news", "edits", "vanished", "volume", "coverage", "people", "health"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, readers: WarmReaders) -> Iterator[Desk]:
    """A quay and its edit, a notice in Chinese, and one whose words are markup; all of June, seen in January."""
    made = Desk(tmp_path_factory.mktemp("report"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("flows.direct.Readers", readers)
        made.drop("quay.txt", news(day="June 25, 2025"))
        made.drop("hostile.txt", news(SCRIPT, "June 20, 2025", HOSTILE), FACTS)
        made.drop("reading.txt", news_tc(day="2025年6月9日"))
        made.ingest()
        made.drop("quay.txt", news(day="June 25, 2025", paragraphs=edited(QUAY, "60 metres", "45 metres")))
        changed = edited(HOSTILE, "4,000 passengers", '<b onclick="alert(3)">5,000</b> passengers')
        made.drop("hostile.txt", news(SCRIPT, "June 20, 2025", changed), FACTS)
        made.ingest()
        assert not made.rows("FROM quarantine_open")
        yield made


@pytest.fixture(scope="module")
def report(desk: Desk) -> Report:
    """Of the whole of it: June, when all was issued, and January, when the edits were seen."""
    return make_report(desk.home, zone=ZONE, since=date(2025, 6, 1), until=date(2026, 2, 1))


@pytest.fixture(scope="module")
def page(report: Report) -> LexborHTMLParser:
    return LexborHTMLParser(report.path.read_bytes())


def texts(page: LexborHTMLParser, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(selector)]


def test_every_section_stands_there_and_can_be_gone_to(page: LexborHTMLParser) -> None:
    assert [node.attributes["id"] for node in page.css("main > section")] == SECTIONS
    assert [node.attributes["href"] for node in page.css("nav a")] == [f"#{name}" for name in SECTIONS]
    assert texts(page, "h1") == ["1 June 2025 – 31 January 2026"]


def test_the_figures_at_the_head_are_those_of_the_archive(page: LexborHTMLParser) -> None:
    told = dict(zip(texts(page, ".figures dt"), texts(page, ".figures dd"), strict=True))
    assert (told["Releases"], told["Edits"], told["Silent edits"], told["Vanished"]) == ("3", "2", "2", "0")


def test_words_of_releases_never_become_markup(page: LexborHTMLParser) -> None:
    assert not page.css("script, img, iframe, object, embed, form, b, i, [onclick], [onerror], [onload]")
    assert len(page.css("style")) == 1
    assert SCRIPT in texts(page, "#news .headline")
    assert any("{{ 7 * 7 }}" in told or "</style>" in told for told in texts(page, ".edit .text"))


def test_edits_stand_side_by_side_with_their_words_marked(page: LexborHTMLParser) -> None:
    marked = {
        " ".join(n.text() for n in article.css("h3")): (
            [n.text() for n in article.css("del")],
            [n.text() for n in article.css("ins")],
        )
        for article in page.css("article.edit")
    }
    assert marked[QUAY_TITLE] == (["60"], ["45"])
    lost, gained = marked[SCRIPT]
    assert "4,000" in " ".join(lost)
    assert 'onclick="alert(3)"' in " ".join(gained)
    assert not [side for side in page.css(".before") if side.css("ins")]
    assert not [side for side in page.css(".after") if side.css("del")]


def test_chinese_is_marked_as_such_in_its_script(page: LexborHTMLParser) -> None:
    (found,) = page.css('#news bdi[lang="zh-Hant"]')
    assert found.text() == READING_TITLE


def test_every_question_that_is_shown_gives_what_was_shown(desk: Desk, report: Report, page: LexborHTMLParser) -> None:
    questions = [node.text() for node in page.css(".query code")]
    assert len(questions) >= len(SECTIONS)
    with opened_read_only(desk.home.archive) as con:
        for question in questions:
            con.execute(question).fetchall()
        assert con.execute(questions[0]).fetchall() == [tuple(report.glance.rows[0].values())]
    assert questions[0] == report.glance.question


def test_the_same_archive_and_period_give_the_same_bytes(desk: Desk, report: Report, tmp_path: Path) -> None:
    again = make_report(
        desk.home, zone=ZONE, since=report.period.since, until=report.period.until, to=tmp_path / "deep" / "again.html"
    )
    assert again.path.read_bytes() == report.path.read_bytes()
    assert again.size == len(again.path.read_bytes())


def test_nothing_is_loaded_and_every_link_leads_within_or_to_the_web(page: LexborHTMLParser) -> None:
    (policy,) = page.css('meta[http-equiv="Content-Security-Policy"]')
    assert (policy.attributes["content"] or "").startswith("default-src 'none';")
    loading = page.css("[src], [srcset], [data], link:not([rel=icon]), [style*=url], use, image")
    assert not loading
    assert [node.attributes["href"] for node in page.css("link")] == ["data:,"]
    (style,) = (node.text() for node in page.css("style"))
    assert not re.search(r"url\(|@import", style)
    assert all(re.match(r"#|https?://", node.attributes["href"] or "") for node in page.css("a"))


def test_tables_and_charts_can_be_heard(page: LexborHTMLParser) -> None:
    assert page.css("table")
    assert not [table for table in page.css("table") if table.css_first("caption") is None]
    assert not [head for head in page.css("th") if head.attributes.get("scope") not in ("col", "row")]
    drawn = page.css("svg")
    assert drawn
    assert not [svg for svg in drawn if not _named(svg)]
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))
    assert {node.attributes["aria-labelledby"] for node in page.css("[aria-labelledby]")} <= set(ids)


def _named(svg: LexborNode) -> bool:
    parent = svg.parent
    return parent is not None and parent.attributes.get("role") == "img" and bool(parent.attributes.get("aria-label"))


def test_the_usual_period_ends_with_the_newest_day_that_has_releases(desk: Desk) -> None:
    made = make_report(desk.home, zone=ZONE)
    assert (made.period.since, made.period.until) == (date(2025, 5, 27), date(2025, 6, 26))
    assert made.path == desk.home.reports / "report-2025-06-26.html"
    assert made.period.stands_at == NOON


def test_one_publisher_alone(desk: Desk) -> None:
    made = make_report(desk.home, zone=ZONE, publisher="news.gov.hk")
    assert made.path.name == "report-2025-06-26-news.gov.hk.html"
    assert "publisher = 'news.gov.hk'" in made.glance.question
    with pytest.raises(ArchiveError, match='no release of "x\' OR 1=1"'):
        make_report(desk.home, zone=ZONE, publisher="x' OR 1=1")


def test_a_period_that_ends_before_it_begins_is_refused(desk: Desk) -> None:
    with pytest.raises(ConfigError, match="the first day must be before the second"):
        make_report(desk.home, zone=ZONE, since=date(2025, 6, 2), until=date(2025, 6, 2))


def test_an_archive_without_releases_has_a_report_too(tmp_path: Path, readers: WarmReaders) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("flows.direct.Readers", readers)
        empty = Desk(tmp_path)
        empty.ingest()
    made = make_report(empty.home, zone=ZONE)
    told = texts(LexborHTMLParser(made.path.read_bytes()), ".none")
    assert "No release counts for a day of this period." in told
    assert made.glance.rows[0]["releases"] == 0
    assert made.path.name == "report-2026-02-01.html"


def test_no_archive_says_so(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no archive yet"):
        make_report(Home(tmp_path), zone=ZONE)


def test_an_archive_that_lacks_a_view_says_so_and_tells_the_rest(desk: Desk, tmp_path: Path) -> None:
    older = Home(tmp_path)
    older.archive.write_bytes(desk.home.archive.read_bytes())
    with duckdb.connect(str(older.archive)) as con:
        con.execute("DROP VIEW mentions")
        con.execute("DROP VIEW source_health")
    made = make_report(older, zone=ZONE)
    page = LexborHTMLParser(made.path.read_bytes())
    assert len([told for told in texts(page, ".none") if "cannot tell" in told]) == 3
    assert QUAY_TITLE in texts(page, "#news .headline")


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        (date(2025, 6, 3), date(2025, 6, 4), "3 June 2025"),
        (date(2025, 6, 1), date(2025, 7, 1), "1\u2009–\u200930 June 2025"),
        (date(2025, 5, 31), date(2025, 7, 1), "31 May – 30 June 2025"),
        (date(2024, 12, 1), date(2025, 2, 1), "1 December 2024 – 31 January 2025"),
    ],
)
def test_a_period_is_named_by_its_first_and_last_day(since: date, until: date, told: str) -> None:
    assert heading(Period(since, until, ZONE, NOON)) == told


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (1, "day"),
        (62, "day"),
        (63, "week"),
        (434, "week"),
        (435, "month"),
        (1860, "month"),
        (1861, "year"),
        (9000, "year"),
    ],
)
def test_columns_cover_the_period_without_a_hole(days: int, step: str) -> None:
    since = date(2023, 12, 13)
    period = Period(since, date.fromordinal(since.toordinal() + days), ZONE, NOON)
    columns = period.columns
    assert period.step == step
    assert columns[0] <= since < period.next_to(columns[0])
    assert columns[-1] < period.until <= period.next_to(columns[-1])
    assert [period.next_to(column) for column in columns[:-1]] == list(columns[1:])


def test_only_addresses_of_the_web_become_links() -> None:
    shown = said("words")
    for bad in (
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        " https://a b",
        None,
    ):
        assert linked(shown, bad) == shown
    assert 'href="https://a.example/?a=1&amp;b=&#34;2"' in linked(shown, 'https://a.example/?a=1&b="2')


def test_what_is_not_seen_cannot_steer_what_is() -> None:
    assert said("a\u202egnp.exe\x00\x1b[2J", "en") == '<bdi lang="en">agnp.exe[2J</bdi>'
    assert said("x", 'en" onload="y') == "<bdi>x</bdi>"


def test_a_question_is_filled_in_and_held_to_a_publisher_only_when_one_is_asked_for() -> None:
    question = "SELECT 1\nWHERE day >= $since\n    AND $of_publisher\n"
    assert filled(question, {"since": "DATE '2025-06-01'"}) == "SELECT 1\nWHERE day >= DATE '2025-06-01'"
    assert filled(question, {"since": "1", "of_publisher": "publisher = '$since'"}).endswith("AND publisher = '$since'")


def test_a_chart_has_shapes_and_titles_and_nothing_that_runs_or_differs() -> None:
    columns = [date(2025, 6, n) for n in (1, 2, 3)]
    drawn = columns_of({"en": [1, 0, 4], "<zh>": [2, 0, 0]}, columns, "day")
    assert drawn == columns_of({"en": [1, 0, 4], "<zh>": [2, 0, 0]}, columns, "day")
    assert re.findall(r"<title>([^<]+)</title>", drawn) == [
        "1 June 2025: 1 en",
        "3 June 2025: 4 en",
        "1 June 2025: 2 &lt;zh&gt;",
    ]
    assert set(re.findall(r"<(\w+)", drawn)) == {"svg", "g", "rect", "path", "text", "title"}


@pytest.mark.parametrize(("most", "steps"), [(0, [0]), (1, [0, 1]), (4, [0, 1, 2, 3, 4]), (293, [0, 100, 200, 300])])
def test_an_axis_has_round_numbers(most: int, steps: list[int]) -> None:
    assert whole_steps(most) == steps


def test_an_edit_of_any_length_takes_no_more_than_its_room() -> None:
    pieces = [{"field": "body", "op": op, "text": "長" * 20_000} for op in "=-+" * 30]
    told = compared("Text", pieces)
    assert told.is_cut
    assert sum(len(text) for _, text in (*told.before, *told.after)) < 2 * (ROOM + LETTERS + 10)


def test_torn_words_beside_what_is_left_out_are_not_shown() -> None:
    ops = (("=", "The quay takes ves"), ("~", ""), ("=", "up to 60 metres and "), ("-", "sixty"), ("+", "forty"))
    told = compared("Text", [{"field": "body", "op": op, "text": text} for op, text in ops])
    assert told.before == (("=", "The quay takes"), ("~", ""), ("=", "to 60 metres and "), ("-", "sixty"))
    assert told.after[-1] == ("+", "forty")
    assert not told.is_cut


@pytest.mark.parametrize(
    ("since", "until", "labels"),
    [
        (date(2025, 6, 10), date(2025, 7, 10), {0: "Jun", 21: "Jul"}),
        (date(2025, 6, 30), date(2025, 7, 10), {1: "Jul"}),
        (date(2025, 1, 1), date(2025, 4, 1), {1: "Jan", 5: "Feb", 9: "Mar"}),
        (date(2023, 11, 1), date(2025, 3, 1), {2: "2024", 14: "2025"}),
    ],
)
def test_a_calendar_names_its_months_where_they_begin(since: date, until: date, labels: dict[int, str]) -> None:
    found = heads(Period(since, until, ZONE, NOON))
    assert {place: label for place, (_, label) in enumerate(found) if label} == labels


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        (date(2025, 6, 3), date(2025, 6, 4), "3 Jun"),
        (date(2025, 6, 3), date(2025, 6, 9), "3 Jun to 8 Jun"),
        (date(2025, 6, 3), None, "3 Jun to …"),
        (date(2024, 12, 30), date(2025, 1, 3), "30 Dec 2024 to 2 Jan 2025"),
        (date(2024, 6, 3), None, "3 Jun 2024 to …"),
        (None, None, "—"),
    ],
)
def test_the_days_of_a_gap_have_a_year_where_the_page_does_not_tell_it(
    since: date | None, until: date | None, told: str
) -> None:
    assert stretch(since, until, Period(date(2025, 6, 1), date(2025, 7, 1), ZONE, NOON)) == told
