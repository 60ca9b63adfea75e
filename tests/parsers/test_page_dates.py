"""The publication date of unknown pages: what agrees is taken, what contradicts itself is not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.page_dates.month_names import in_english
from parsers.records import Release
from tests.parsers.captures import release_of
from tests.samples import QUAY, QUAY_TITLE

STORY = "".join(f"<p>{text}</p>" for text in QUAY)
DECLARED = '<meta property="article:published_time" content="2026-02-03T09:15:00+00:00">'
WEAK = '<meta name="date" content="2026-02-09">'


def read(head: str = "", above: str = "", *, below: str = "", lang: str = "de", story: str = STORY) -> Release:
    head = f'<html lang="{lang}"><head><meta charset="utf-8"><title>{QUAY_TITLE}</title>{head}</head>'
    return release_of(
        f"{head}<body><h1>{QUAY_TITLE}</h1>{above}<div class=text>{story}</div>{below}</body></html>", kind="html"
    )


def day_of(release: Release) -> date | None:
    return release.published.on if release.published else None


@pytest.mark.parametrize(
    "printed",
    [
        "3. Februar 2026", "Dienstag, 3. Februar 2026, 10:15 Uhr", "le 3 février 2026", "3 de febrero de 2026",
        "Von Anna Kai | 03.02.2026 | 2 Kommentare", "3.2.2026", "2026-02-03", "February 3, 2026", "3 февраля 2026",
        "03.02.26",
    ],
)  # fmt: skip
def test_printed_dates(printed: str) -> None:
    assert day_of(read(above=f"<p>{printed}</p>")) == date(2026, 2, 3)


def test_declared_and_printed_agree() -> None:
    release = read(DECLARED, "<p>Published 3 February 2026</p>")
    assert release.published is not None
    assert (release.published.on, release.published.precision) == (date(2026, 2, 3), "second")
    assert release.published.rule == "metadata article:published_time"


def test_contradictions_are_withheld_and_kept() -> None:
    release = read(DECLARED, "<p>1 December 2025</p>")
    assert release.published is None
    evidence = release.evidence["published"]
    assert "contradict" in evidence.text
    assert {other.value for other in evidence.others} >= {"2026-02-03T09:15:00Z", "2025-12-01"}


def test_the_printed_day_is_the_publishers_own_where_the_declared_one_is_next_to_it() -> None:
    late = '<meta property="article:published_time" content="2026-02-03T23:30:00Z">'
    assert day_of(read(late, "<p>4 February 2026</p>")) == date(2026, 2, 4)


def test_a_page_that_prints_its_update() -> None:
    head = DECLARED + '<meta property="article:modified_time" content="2026-03-01T10:00:00Z">'
    release = read(head, "<p>1 March 2026</p>")
    assert day_of(release) == date(2026, 2, 3)
    assert release.updated is not None and release.updated.on == date(2026, 3, 1)


def test_an_update_alone_is_no_publication() -> None:
    release = read(above="<p>Aktualisiert am 3. Februar 2026</p>")
    assert release.published is None
    assert release.updated is not None and release.updated.on == date(2026, 2, 3)


def test_two_declarations_outweigh_one_printed_date() -> None:
    marked = DECLARED + '<meta name="parsely-pub-date" content="2026-02-03">'
    assert day_of(read(marked, "<p>1 December 2025</p>")) == date(2026, 2, 3)


def test_month_and_day_exchanged_agree_with_a_declaration() -> None:
    assert day_of(read(DECLARED, "<p>02/03/2026</p>", lang="en")) == date(2026, 2, 3)


@pytest.mark.parametrize(("lang", "day"), [("en", None), ("de", date(2026, 2, 3))])
def test_numeric_dates_follow_the_habit_of_the_language(lang: str, day: date | None) -> None:
    story = (
        STORY
        if lang == "en"
        else "<p>Das Amt hat heute einen neuen Anleger für die Fähren zu den Inseln eröffnet.</p>" * 3
    )
    release = read(above="<p>03/02/2026</p>", lang=lang, story=story)
    assert day_of(release) == day
    assert day or "change places" in release.evidence["published"].text


def test_a_name_that_systems_fill_anyhow_gives_way_to_what_is_printed() -> None:
    assert day_of(read(WEAK, "<p>3 February 2026</p>")) == date(2026, 2, 3)
    assert day_of(read(WEAK)) == date(2026, 2, 9)


@pytest.mark.parametrize("opening", ["Karlsruhe, (12.11.2021). ", "(12.11.2021) ", "12.11.2021 – "])
def test_the_date_line_that_opens_the_story(opening: str) -> None:
    story = STORY.replace("<p>", f"<p>{opening}", 1)
    assert day_of(read(story=story)) == date(2021, 11, 12)


def test_dates_of_events_in_the_story_are_not_taken() -> None:
    story = STORY + "<p>The tenth quay was promised on 12 November 2021, and works shall end on 3 May 2027.</p>"
    assert read(story=story).published is None


def test_microdata_and_labels_below_the_story() -> None:
    marked = "<span itemprop=datePublished content=2026-02-03>yesterday</span>"
    assert day_of(read(above=marked)) == date(2026, 2, 3)
    assert day_of(read(below="<div>Author: A. Kai, 03.02.2026, 13:36</div>")) == date(2026, 2, 3)


@pytest.mark.parametrize(
    ("written", "english"),
    [
        ("16. Oktober 2019", "16 October 2019"),
        ("15 de enero de 2021", "15 January 2021"),
        ("7 марта 2022", "7 March 2022"),
        ("16.10.19", "16.10.2019"),
        ("am 12 mars inköpt", "am 12 mars inköpt"),
        ("1.2.19.4", "1.2.19.4"),
    ],
)
def test_month_names(written: str, english: str) -> None:
    assert in_english(written) == english


@given(st.text(max_size=200))
def test_a_text_without_figures_is_left_alone(text: str) -> None:
    assert any(character.isdigit() for character in text) or in_english(text) == text


COMMENT = '<div class="comments"><div><p>I miss the old quay.</p><p>Posted on 2 June 2026</p></div></div>'
RELATED = '<ul class="related"><li>The ferry <time datetime="2026-05-30">30 May 2026</time></li></ul>'


@pytest.mark.parametrize("below", [COMMENT, RELATED, COMMENT.replace("p>", "span>"), f"<aside>{RELATED}</aside>"])
def test_dates_of_comments_and_of_other_articles_are_not_taken(below: str) -> None:
    short = f"<p>{QUAY[0]}</p><p>{QUAY[1]}</p>"
    assert day_of(read(below=below, story=short)) is None
    assert day_of(read(DECLARED, below=below, story=short)) == date(2026, 2, 3)


def test_a_short_sentence_tells_of_an_event() -> None:
    told = "<p>Join us for a walk on the quay.</p><p>The walk starts at the harbour on June 1, 2026.</p>"
    assert day_of(read(story=told, lang="en")) is None
    assert day_of(read(DECLARED, story=told, lang="en")) == date(2026, 2, 3)
    stated = "<p>This was published on February 3, 2026.</p>"
    assert day_of(read(above=stated, story=told, lang="en")) == date(2026, 2, 3)


@pytest.mark.parametrize(
    "stated",
    [
        "Publié le 3 février 2026 à 9h30, mis à jour le 4 février 2026",
        "Veröffentlicht am 03.02.2026, zuletzt aktualisiert am 04.02.2026",
        "3 February 2026 (updated 4 February 2026)",
    ],
)
def test_publication_and_update_on_one_line(stated: str) -> None:
    release = read(above=f"<p>{stated}</p>", lang="fr")
    assert release.updated is not None
    assert (day_of(release), release.updated.on) == (date(2026, 2, 3), date(2026, 2, 4))
    assert release.body.startswith(QUAY[0][:40])


@pytest.mark.parametrize("line", ["Publié le 3 février 2026 à 9h30", "Stand: 03.02.2026, 9:30 Uhr", "令和8年2月3日"])
def test_lines_of_dates_are_no_text(line: str) -> None:
    release = read(story=f"<p>{line}</p>{STORY}")
    assert day_of(release) == date(2026, 2, 3) or line.startswith("Stand")
    assert release.body.startswith(QUAY[0][:40])


@pytest.mark.parametrize("kind", ['"WebSite"', '"ImageObject"', '["WebSite"]', '"https://schema.org/Comment"'])
def test_dates_that_json_ld_gives_other_things(kind: str) -> None:
    other = f'{{"@type": {kind}, "headline": "Harbours", "datePublished": "2019-01-01"}}'
    article = '{"@type": "NewsArticle", "datePublished": "2026-02-03T09:15:00+00:00"}'
    release = read(f'<script type="application/ld+json">{{"@graph": [{other}, {article}]}}</script>')
    assert day_of(release) == date(2026, 2, 3)
    assert day_of(read(f'<script type="application/ld+json">{other}</script>')) is None
