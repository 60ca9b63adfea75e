"""Markdown files: headings, lists, tables, quotations, and the same frame as in bare text."""

from datetime import UTC, date, datetime

import pytest

from parsers.blocks import body_fingerprint
from tests.parsers.captures import kinds, rejection_of, release_of
from tests.samples import QUAY, QUAY_TITLE, news

STORY = "\n\n".join(QUAY)


def test_a_release_in_markdown() -> None:
    release = release_of(
        f"# {QUAY_TITLE}\n\nJune 25, 2025\n\n{STORY}\n\n## What it *offers*\n\n- **shelters**\n- [lifts](http://x.example/)\n"
        "  - two of them\n\n1. tickets\n2. timetables\n\n| Quay | Metres |\n|---|---:|\n| Ninth \\| old | 60 |\n\n"
        "> It is long\n> and `wide`.\n\nEnds/Wednesday, June 25, 2025\nIssued at HKT 17:30\n\nNNNN\n",
        kind="md",
    )
    assert release.title == QUAY_TITLE
    assert (release.evidence["title"].rule, release.evidence["title"].basis) == ("heading 1", "stated")
    assert release.published is not None
    assert release.published.at == datetime(2025, 6, 25, 9, 30, tzinfo=UTC)
    assert release.publisher == "info.gov.hk"
    assert kinds(release) == ["paragraph"] * 4 + ["heading", "list", "list", "table", "quote"]
    heading, bullets, numbers, table, quote = release.blocks[4:]
    assert (heading.text, heading.level) == ("What it offers", 2)
    assert bullets.text == "- shelters\n- lifts\n  - two of them"
    assert numbers.text == "1. tickets\n2. timetables"
    assert table.text == "| Quay | Metres |\n| --- | --- |\n| Ninth \\| old | 60 |"
    assert quote.text == "> It is long and wide."
    assert release.rendition == "file"


def test_text_and_markdown_have_the_same_fingerprint() -> None:
    listed = f"{QUAY[0]}\n\n- shelters\n- lifts\n\n{QUAY[1]}"
    plain = release_of(f"{QUAY_TITLE}\n\n{listed}")
    marked = release_of(f"# {QUAY_TITLE}\n\n{listed.replace('- ', '* ').replace('Lantern', '**Lantern**')}", kind="md")
    assert body_fingerprint(marked) == body_fingerprint(plain)
    assert kinds(marked) == kinds(plain)


def test_wrapped_lines_are_one_paragraph() -> None:
    release = release_of("# 碼頭\n\n碼頭署今日開放\n新碼頭。\n\nA quay was opened and\nis in use.", kind="md")
    assert [block.text for block in release.blocks] == ["碼頭署今日開放新碼頭。", "A quay was opened and is in use."]


def test_front_matter_is_read_as_labels() -> None:
    release = release_of(
        f'---\ntitle: "{QUAY_TITLE}"\ndate: 2025-06-25\nsource: Harbour Office\n---\n\n{STORY}', kind="md"
    )
    assert release.title == QUAY_TITLE
    assert release.published is not None
    assert release.published.on == date(2025, 6, 25)
    assert release.source_label == "Harbour Office"
    assert release.body == STORY


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: 'A quay: opens'\ndate: 2025-06-25T09:30:00+08:00\nlang: en\ntags:\n  - quays\n"
        "lastmod: 2025-06-27\n---",
        '+++\ntitle = "A quay: opens"\ndate = 2025-06-25T09:30:00+08:00\ndraft = false\nlastmod = 2025-06-27\n+++',
    ],
)
def test_other_keys_of_front_matter_are_no_text(front: str) -> None:
    release = release_of(f"{front}\n\n{STORY}", kind="md")
    assert (release.title, release.body) == ("A quay: opens", STORY)
    assert release.published is not None and release.updated is not None
    assert release.published.at == datetime(2025, 6, 25, 1, 30, tzinfo=UTC)
    assert release.updated.on == date(2025, 6, 27)


def test_a_bare_text_named_md_reads_the_same() -> None:
    release = release_of(news(), kind="md")
    assert release.title == QUAY_TITLE
    assert release.published is not None
    assert release.body == STORY


def test_markup_does_not_reach_the_fields() -> None:
    release = release_of(
        "# A <b>bold</b> quay &amp; more\n\n<div onclick='x()'>Inside &lt;b&gt;</div>\n\nText <i>here</i>.", kind="md"
    )
    assert release.title == "A bold quay & more"
    assert [block.text for block in release.blocks] == ["Inside <b>", "Text here."]


def test_too_much_markdown_is_told() -> None:
    assert "2000000" in rejection_of("word " * 500_000, kind="md").reason


@pytest.mark.parametrize("unit", ["[", "*a ", "![](", "[a](b", "<", "`a``", "> ", "- ", "|a", "_a_ ", "word\n"])
def test_hostile_markdown_ends(unit: str) -> None:
    release = release_of("Some words.\n\n" + unit * 50_000, kind="md")
    assert release.body.startswith("Some words.")


def test_pictures_are_kept_with_their_words() -> None:
    text = (
        "# A quay opens\n\n![The quay at dawn](https://www.harbour.example/img/quay.jpg)\n\n"
        "The ninth quay opens today.\n\n"
        "It has ![](map.png) lifts, and ![again](https://www.harbour.example/img/quay.jpg) shelters.\n"
    )
    release = release_of(text, kind="md", url="https://www.harbour.example/news/1.html")
    assert [(image.url, image.caption) for image in release.images] == [
        ("https://www.harbour.example/img/quay.jpg", "The quay at dawn"),
        ("https://www.harbour.example/news/map.png", None),
    ]
    assert "dawn" not in release.body
    assert release.evidence["images"].rule == "pictures in the text"
    without_address = release_of("# A quay opens\n\nIt has ![](map.png) lifts and shelters.", kind="md")
    assert without_address.images == ()
