"""Any HTML page: its article, title, dates and blocks by a plain reading; hostile pages end in words."""

import gzip
import json
from datetime import UTC, date, datetime

import pytest

from parsers.blocks import body_fingerprint
from tests.parsers.captures import SHARED, kinds, rejection_of, release_of, shared, shared_json_lines
from tests.samples import QUAY, QUAY_TITLE, READING, READING_TITLE, news

PARAGRAPHS = "".join(f"<p>{part}</p>" for part in QUAY)


def page(body: str, head: str = "", lang: str = "en") -> str:
    return f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def test_a_page_with_menus_and_an_article() -> None:
    release = release_of(
        page(
            "<nav><ul><li><a href=/>Home</a></li></ul></nav><header>Harbour Office</header>"
            f"<main><h1>{QUAY_TITLE}</h1><p>June 25, 2025</p>{PARAGRAPHS}<h2>What it offers</h2>"
            "<ul><li>shelters<li>lifts<ul><li>two of them</ul></ul><ol><li>tickets</ol>"
            "<table><tr><th>Quay<th>Metres<tr><td>Ninth | old<td>60</table><blockquote>It is <b>long</b>.</blockquote>"
            "<script>x()</script><style>p{}</style><p hidden>unseen</p><p style='display: none'>unseen</p>"
            "<p>Back to top</p></main><footer>Copyright</footer>",
        ),
        kind="html",
    )
    assert release.title == QUAY_TITLE
    assert release.published is not None
    assert (release.published.on, release.published.rule) == (date(2025, 6, 25), "date line above the story")
    assert kinds(release) == ["paragraph"] * 4 + ["heading", "list", "list", "table", "quote"]
    heading, bullets, numbers, table, quote = release.blocks[4:]
    assert (heading.text, heading.level) == ("What it offers", 2)
    assert bullets.text == "- shelters\n- lifts\n  - two of them"
    assert numbers.text == "1. tickets"
    assert table.text == "| Quay | Metres |\n| --- | --- |\n| Ninth \\| old | 60 |"
    assert quote.text == "> It is long."
    assert "unseen" not in release.body
    assert release.rendition == "page"
    assert release.evidence["body"].rule == "main"


def test_text_and_page_have_the_same_fingerprint() -> None:
    as_page = release_of(page(f"<h1>{QUAY_TITLE}</h1><p>June 25, 2025</p>{PARAGRAPHS}<p>Back to top</p>"), kind="html")
    assert body_fingerprint(as_page) == body_fingerprint(release_of(news()))
    assert as_page.title == QUAY_TITLE


def test_a_page_of_line_breaks_with_closing_lines() -> None:
    story = "<br><br>".join(f"&nbsp; &nbsp; {part}" for part in READING)
    foot = "完<br>2025年9月8日（星期一）<br>香港時間9時05分"
    release = release_of(page(f"<h1>{READING_TITLE}</h1><div>{story}<br><br>{foot}</div>", lang="zh-HK"), kind="html")
    assert [block.text for block in release.blocks] == list(READING)
    assert release.published is not None
    assert release.published.at == datetime(2025, 9, 8, 1, 5, tzinfo=UTC)
    assert (release.publisher, release.language) == ("info.gov.hk", "zh-Hant")


LD = json.dumps({"@graph": [{"@type": "NewsArticle", "headline": QUAY_TITLE, "datePublished": "2025-06-25T09:30:00Z"}]})


@pytest.mark.parametrize(
    ("head", "precision"),
    [
        ('<meta property="article:published_time" content="2025-06-25T17:30:00+08:00">', "second"),
        ('<meta name="PubDate" content="2025-06-25">', "day"),
        ('<meta name="pubdate" content="2025-06-25T00:00:00+08:00">', "day"),  # midnight is what systems write
        ('<meta name="PubDate" content="2025-06-252025-06-26">', "day"),  # two dates run together
        (f'<script type="application/ld+json">{LD}</script>', "second"),
    ],
)
def test_dates_of_the_head(head: str, precision: str) -> None:
    release = release_of(page(f"<h1>{QUAY_TITLE}</h1>{PARAGRAPHS}", head), kind="html", publisher="news.gov.hk")
    assert release.published is not None
    assert (release.published.on, release.published.precision) == (date(2025, 6, 25), precision)
    assert release.published.rule.startswith("metadata")


@pytest.mark.parametrize(
    ("head", "body", "rule"),
    [
        ("<title>Site</title>", f"<h1>{QUAY_TITLE}</h1>", "h1"),
        (f'<meta property="og:title" content="{QUAY_TITLE}"><title>Site</title>', "", "metadata og:title"),
        (f"<title>{QUAY_TITLE} | Harbour Office</title>", "", "title tag"),
        (f'<meta name="ArticleTitle" content="{QUAY_TITLE}">', "<h1>Harbour Office</h1>", "metadata articletitle"),
        ("", f"<p>{QUAY_TITLE}</p>", "first line"),
    ],
)
def test_titles(head: str, body: str, rule: str) -> None:
    release = release_of(page(body + PARAGRAPHS, head), kind="html")
    assert (release.title, release.evidence["title"].rule) == (QUAY_TITLE, rule)
    assert release.body.endswith(QUAY[-1])
    assert QUAY_TITLE not in release.body


def test_the_page_names_its_address() -> None:
    address = "https://wb.beijing.gov.cn/en/express/202502/t20250226_4019481.html"
    head = f'<link rel="canonical" href="{address}?utm_source=x">'
    release = release_of(page(f"<h1>{QUAY_TITLE}</h1>{PARAGRAPHS}", head), kind="html")
    assert (release.url, release.native_id, release.publisher) == (address, "t20250226_4019481", "wb.beijing.gov.cn")
    assert release.evidence["url"].rule == "link rel=canonical"
    stated = release_of(page(PARAGRAPHS, head), kind="html", url="https://www.news.gov.hk/a.html")
    assert stated.publisher == "news.gov.hk"
    assert [other.value for other in stated.evidence["url"].others] == [address]


@pytest.mark.parametrize(
    ("address", "rendition"),
    [
        ("http://sc.isd.gov.hk/TuniS//www.info.gov.hk/gia/general/202511/26/P2025112600487.htm", "gateway"),
        ("https://www.info.gov.hk/gia/general/202511/26/P2025112600487p.htm", "print"),
        ("https://www.info.gov.hk/gia/general/202511/26/P2025112600487.htm", "page"),
    ],
)
def test_renditions_of_one_release(address: str, rendition: str) -> None:
    release = release_of(page(PARAGRAPHS), kind="html", url=address)
    assert (release.rendition, release.native_id) == (rendition, "P2025112600487")


def test_images_and_attachments_get_absolute_addresses() -> None:
    body = (
        f"<article><h1>{QUAY_TITLE}</h1>{PARAGRAPHS}<img src=a.jpg alt='The quay'><img src=a.jpg><img src=javascript:x>"
        "<p>See the <a href='/files/Plan.PDF'>plan</a> and <a href=b.html>more</a>.</p></article>"
    )
    release = release_of(page(body), kind="html", url="https://www.news.gov.hk/eng/x.html")
    assert [(image.url, image.caption) for image in release.images] == [
        ("https://www.news.gov.hk/eng/a.jpg", "The quay")
    ]
    assert [(file.url, file.label, file.media_type) for file in release.attachments] == [
        ("https://www.news.gov.hk/files/Plan.PDF", "plan", "application/pdf")
    ]


def test_a_page_in_big5_is_read_by_its_own_word() -> None:
    text = page(f"<h1>{READING_TITLE}</h1>" + "".join(f"<p>{part}</p>" for part in READING)).replace("utf-8", "big5")
    release = release_of(text.encode("big5"), kind="html")
    assert release.title == READING_TITLE
    assert release.evidence["encoding"].rule == "meta"


def test_a_page_without_text_is_told() -> None:
    assert "no text" in rejection_of(page("<nav><a href=/>Home</a></nav>"), kind="html").reason
    assert rejection_of("<!-- nothing -->", kind="html").reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<!--" * 200_000, "tags"),
        ("<div>" * 50_000 + "text", "deep"),
        ("<ul><li>" * 30_000 + "text", "deep"),
        ("<table><tr><td>" * 20_000 + "text", "deep"),
        ("<p>" + "word " * 2_000_000, "characters"),
    ],
    ids=["comments", "boxes", "lists", "tables", "size"],
)
def test_hostile_pages_end_in_words(text: str, reason: str) -> None:
    assert reason in rejection_of(text, kind="html").reason


@pytest.mark.parametrize(
    "text",
    ["<p>word</p>" * 5_000, "<ul>" + "<li>a word" * 10_000, "<p " + "a=b " * 100_000 + ">text", "a <b>" * 900 + "text"],
    ids=["paragraphs", "items", "attributes", "nested"],
)
def test_odd_pages_are_read(text: str) -> None:
    assert release_of(text, kind="html").body


def test_recorded_pages_give_title_and_text() -> None:
    for answer in shared_json_lines("corpora/pages/expected.jsonl")[:12]:
        release = release_of(
            shared(f"corpora/pages/{answer['file']}").read_bytes(), kind="html", url=answer["source_url"]
        )
        assert "".join(release.title.split()) == "".join(answer["title"].split())
        assert "".join(answer["body_end"].split()) in "".join(release.body.split())
        assert release.published is not None
        assert release.published.at == datetime.fromisoformat(answer["published_at"])


def test_articles_of_the_public_set_are_found() -> None:
    """A floor, not a goal: the plain reading keeps most of the article on pages it was not made for."""
    answers = json.loads(shared("corpora/extraction/ground-truth.json").read_text(encoding="utf-8"))
    kept = []
    for name in sorted(answers)[:20]:
        text = gzip.decompress((SHARED / f"corpora/extraction/html/{name}.html.gz").read_bytes())
        words = answers[name]["articleBody"].split()
        body = " ".join(release_of(text, kind="html").body.split())
        runs = [" ".join(words[at : at + 4]) for at in range(0, len(words) - 4, 4)]
        kept.append(sum(run in body for run in runs) / max(1, len(runs)))
    assert sum(kept) / len(kept) > 0.85
