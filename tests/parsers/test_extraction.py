"""The article on pages of unknown publishers: what is kept, what is left out, and what stands beside it."""

from itertools import pairwise

import pytest

from parsers.extraction.outline import outline_of, size_of
from parsers.extraction.tree import TooLarge, plant
from tests.parsers.captures import kinds, rejection_of, release_of
from tests.samples import ORCHARD, QUAY, QUAY_TITLE, READING, READING_TITLE

ADDRESS = "https://www.smallports.example/news/quay"
MENU = "<nav><ul><li><a href=/>Home</a><li><a href=/news>News</a></ul></nav>"
FOOT = "<footer><p>Copyright Ministry of Small Ports. All rights reserved, in every harbour.</p></footer>"


def paragraphs(texts: tuple[str, ...] = QUAY) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(body: str, lang: str = "en") -> str:
    return f'<html lang="{lang}"><head><title>{QUAY_TITLE}</title></head><body>{MENU}{body}{FOOT}</body></html>'


def texts(markup: str, **stated: str) -> list[str]:
    return [block.text for block in release_of(markup, kind="html", **stated).blocks]


def test_menus_teasers_and_footers_are_left_out() -> None:
    teasers = "".join(f"<div class=teaser><h3><a href=/{n}>{text}</a></h3></div>" for n, text in enumerate(ORCHARD))
    markup = page(f"<h1>{QUAY_TITLE}</h1><div class=text>{paragraphs()}</div><div class=related>{teasers}</div>")
    assert texts(markup) == list(QUAY)


def test_an_article_cut_into_boxes_is_kept_whole() -> None:
    boxes = "".join(f"<div class=grid><div class=cell>{paragraphs((text,) * 1)}</div></div>" for text in QUAY + ORCHARD)
    assert texts(page(f"<h1>{QUAY_TITLE}</h1><div class=story>{boxes}</div>")) == list(QUAY + ORCHARD)


def test_the_copy_for_print_is_dropped() -> None:
    markup = page(f"<h1>{QUAY_TITLE}</h1><div class=text>{paragraphs()}</div><div class=printable>{paragraphs()}</div>")
    assert texts(markup) == list(QUAY)


def test_pointers_between_paragraphs_are_no_text() -> None:
    pointer = "<p><a href=/other>Read more about the other quays of the bay</a></p>"
    first, *rest = [f"<p>{text}</p>" for text in QUAY]
    markup = page(f"<h1>{QUAY_TITLE}</h1><div class=text>{first}{pointer}{''.join(rest)}</div>")
    assert texts(markup) == list(QUAY)


def test_structure_is_kept_inside_the_article() -> None:
    table = "<table><tr><th>Quay<th>Metres<tr><td>Ninth<td>60<tr><td>Tenth<td>80</table>"
    quotation = "<blockquote>We have waited for this quay since the old pier was closed.</blockquote>"
    structured = f"<h2>In figures</h2>{table}<ol><li>tickets<li>lifts</ol>{quotation}"
    inner = f"{paragraphs(QUAY[:2])}{structured}{paragraphs(QUAY[2:])}"
    release = release_of(page(f"<h1>{QUAY_TITLE}</h1><div class=text>{inner}</div>"), kind="html")
    assert kinds(release) == ["paragraph"] * 2 + ["heading", "table", "list", "quote"] + ["paragraph"] * 2
    assert release.blocks[3].text == "| Quay | Metres |\n| --- | --- |\n| Ninth | 60 |\n| Tenth | 80 |"
    assert release.blocks[4].text == "1. tickets\n2. lifts"


def test_a_table_that_lays_out_the_page_is_no_table() -> None:
    markup = page(f"<table><tr><td width=100>Harbours<td><h1>{QUAY_TITLE}</h1>{paragraphs(QUAY + ORCHARD * 4)}</table>")
    release = release_of(markup, kind="html")
    assert set(kinds(release)) == {"paragraph"}
    assert release.blocks[0].text == QUAY[0]


def test_what_stands_beside_the_text() -> None:
    figure = (
        "<figure><img src=/a.jpg alt=quay><figcaption>The ninth quay</figcaption></figure><img src=/i.png width=16>"
    )
    linked = "<p>See the <a href=/plan.pdf>plan</a> and the <a href='/tenth#top'>tenth quay</a>, where works begin.</p>"
    video = "<iframe src='https://www.youtube.com/embed/x' title='The opening'></iframe>"
    aside = "<aside><img src=/ad.jpg><a href=/ad.pdf>An offer</a></aside>"
    markup = page(f"<article><h1>{QUAY_TITLE}</h1>{figure}{paragraphs()}{linked}{video}{aside}</article>")
    release = release_of(markup, kind="html", url=ADDRESS)
    host = "https://www.smallports.example"
    assert [(image.url, image.caption) for image in release.images] == [(f"{host}/a.jpg", "The ninth quay")]
    assert [(file.url, file.label) for file in release.attachments] == [(f"{host}/plan.pdf", "plan")]
    assert [(one.url, one.label) for one in release.videos] == [("https://www.youtube.com/embed/x", "The opening")]
    assert [(one.url, one.label) for one in release.links] == [
        (f"{host}/plan.pdf", "plan"),
        (f"{host}/tenth", "tenth quay"),
    ]
    assert release.related == ()
    assert "The ninth quay" not in release.body
    assert release.evidence["images"].rule == "article img"


def test_a_noscript_left_open_does_not_swallow_the_page() -> None:
    filler = "<span>.</span>" * 200
    markup = f"<body><noscript><div></noscript><h1>{QUAY_TITLE}</h1>{paragraphs()}{filler}"
    assert texts(markup)[: len(QUAY)] == list(QUAY)


def test_a_page_closed_by_its_header_goes_on() -> None:
    header = f"<html><head><title>{QUAY_TITLE}</title></head><body>{MENU}</body></html><!-- end of header -->"
    assert texts(f"{header}<div class=text><h1>{QUAY_TITLE}</h1>{paragraphs()}</div></body></html>") == list(QUAY)


def test_a_page_too_large_for_the_first_opinion_is_still_read() -> None:
    rows = "".join(f"<li><a href=/{number}>{number}</a>" for number in range(9_000))
    release = release_of(page(f"<div class=text>{paragraphs(QUAY + ORCHARD)}</div><ul>{rows}</ul>"), kind="html")
    assert [block.text for block in release.blocks] == list(QUAY + ORCHARD)


def test_chinese_characters_weigh_as_much_as_words() -> None:
    assert size_of("quay") == 4
    assert size_of("碼頭quay") == 10
    markup = f'<html lang="zh-HK"><head><title>{READING_TITLE}</title></head><body>{MENU}<h1>{READING_TITLE}</h1>'
    markup += (
        f"<div class=text>{paragraphs(READING)}</div><div class=side>{paragraphs(('熱門新聞', '更多'))}</div></body>"
    )
    assert texts(markup) == list(READING)


def test_the_outline_counts_each_text_once() -> None:
    tree = plant(page("<div><p>one <a href=/>two</a></p>three<br>four<ul><li>five<li>six</ul></div><p hidden>no</p>"))
    assert tree is not None
    outline = outline_of(tree.find("body"))
    assert [unit.text for unit in outline.units] == ["one two", "three", "four", "five six"]
    assert outline.boxes[0].size == sum(unit.size for unit in outline.units)
    assert outline.units[0].linked == 3


def test_too_deep_is_said_before_anything_is_walked() -> None:
    with pytest.raises(TooLarge, match="deep"):
        plant("<b>" * 1_100 + "text")
    assert plant("<!-- nothing -->") is None


def test_a_page_without_text_names_the_place_it_looked_in() -> None:
    reason = rejection_of("<html><body><div id=main><p><a href=/>Home</a></p></div></body></html>", kind="html").reason
    assert reason.startswith("body: there is no text")
    assert reason.endswith("(body)")


def test_the_same_bytes_give_the_same_record() -> None:
    markup = page(f"<h1>{QUAY_TITLE}</h1><div class=text>{paragraphs()}</div>")
    readings = [release_of(markup, kind="html").model_dump_json() for _ in range(3)]
    assert all(one == other for one, other in pairwise(readings))
