"""The links of a text, by every kind of document that has them; those of menus, boxes and buttons are not its own."""

import json
from email.message import EmailMessage
from pathlib import Path

import pytest

from parsers.links import MOST, linked
from parsers.records import EVIDENCE_TEXT_LIMIT, Link, Release
from tests.parsers.captures import release_of
from tests.parsers.test_docx import WORD
from tests.parsers.test_rtf import RTF
from tests.parsers.word_files import docx, odt
from tests.parsers.word_files import p as word_p
from tests.samples import QUAY, QUAY_TITLE

PAGES = Path(__file__).parent / "pages"
ODT = "application/vnd.oasis.opendocument.text"
ITEM = "application/vnd.communique.feed-item+json"
TIDE = Link(url="https://tide.example/tables", label="tide tables")
ANCHOR = '<a href="https://tide.example/tables#may"> tide\n tables</a>'
ADDRESSES = {"hk_gia_2007-1": "https://www.info.gov.hk/gia/general/201308/27/P201308270980.htm"}
INNER = (
    f'<nav><a href="https://x.example/menu">Menu</a></nav> {ANCHOR} <a href="mailto:a@b.example">mail</a>'
    ' <a href="#top">top</a> <span style="display: none"><a href="https://x.example/hidden">x</a></span>'
    ' <a href="javascript:go()">go</a>'
)


def page(name: str) -> str:
    raw = (PAGES / name).read_bytes()
    return raw.decode("big5hkscs" if b"charset=big5" in raw else "utf-8")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("hk_gia-1.en_as_served.html", "Enquiries may be made at"),
        ("hk_gia-1.en_saved_by_browser.html", "Enquiries may be made at"),
        ("hk_gia_2007-1.print_2022.html", "Enquiries may be made at"),
        ("hk_gia_2007-1.en_2013.html", "a spokesman for the office said."),
        ("hk_news-2.en.html", "The lamp was made in 1892."),
        ("trs_cms-3.portal_head_twice.html", ""),
        ("trs_cms-3.wb_en.html", "Enquiries may be made at the garden."),
        ("govcn-2.gazette.html", "　　为保障航行安全，"),
        ("govcn_english-2.news.html", ""),
        ("europarl-1.press_release.html", "The Council has to approve the regulation"),
        ("drupal-2.node10.html", ""),
        ("wordpress-2.block_theme.html", ""),
        ("govuk_page-1.speech.html", "Good evening."),
        ("generic_html-4.ministry.html", "The work is paid for by the coastal levy,"),
    ],
)
def test_a_page_keeps_the_links_of_its_text_and_no_others(name: str, words: str) -> None:
    markup = page(name)
    before = release_of(markup, kind="html", url=ADDRESSES.get(name.split(".", maxsplit=1)[0]))
    words = words or max((block.text for block in before.blocks if block.kind == "paragraph"), key=len)[-16:]
    assert words in markup
    more = markup.replace(words, f"{words} {INNER} ")
    release = release_of(more, kind="html", url=ADDRESSES.get(name.split(".", maxsplit=1)[0]))
    assert release.parser.replace("/", "-") == name.split(".", maxsplit=1)[0]
    assert release.related == before.related
    assert TIDE in release.links
    assert [one for one in release.links if one != TIDE] == list(before.links)
    assert not any(chrome in one.url for one in before.links for chrome in ("social", "/nav", "related", "index"))
    assert release.evidence["links"].text.startswith("https://")


def test_what_pages_say_already() -> None:
    news = release_of(page("hk_news-2.en.html"), kind="html")
    assert news.links == (Link(url="https://www.lighthouses.example/", label="website"),)
    assert news.evidence["links"].rule == ".newsdetail-content"
    ministry = release_of(page("generic_html-4.ministry.html"), kind="html", url="https://ports.example/a/b")
    assert [one.label for one in ministry.links][:2] == ["last autumn's budget", "Little Haven"]
    assert not any("dredger" in one.url or "contact" in one.url for one in ministry.links)


@pytest.mark.parametrize(
    "link", ["https://www.news.gov.hk/eng/2026/03/20260304/20260304_092922_819.html", "https://a.example/b"]
)
def test_an_item_of_a_feed(link: str) -> None:
    told = {"title": QUAY_TITLE, "link": link, "content_html": f"<p>{QUAY[0]} {INNER}</p><p>{QUAY[1]}</p>"}
    release = release_of(json.dumps(told), kind=ITEM)
    assert release.links == (TIDE,)


def test_a_mail_in_html() -> None:
    message = EmailMessage()
    message["Subject"] = QUAY_TITLE
    message["From"] = "press@harbour.example"
    message.set_content(f"<html><body><p>{QUAY[0]} {INNER}</p><p>{QUAY[1]}</p></body></html>", subtype="html")
    assert release_of(message.as_bytes(), kind="message/rfc822").links == (TIDE,)


@pytest.mark.parametrize(
    "written",
    [
        "[tide *tables*](https://tide.example/tables)",
        "[tide tables][1]\n\n[1]: https://tide.example/tables",
        '<a class="x" href="https://tide.example/tables">tide tables</a>',
    ],
)
def test_markdown(written: str) -> None:
    release = release_of(f"# {QUAY_TITLE}\n\n{QUAY[0]}\n\n{QUAY[1]} See the {written}", kind="md")
    assert release.links == (TIDE,)
    assert "tide tables" in release.body
    block = release_of(f"# {QUAY_TITLE}\n\n{QUAY[0]}\n\n<div>\n{ANCHOR}\n</div>\n\n{QUAY[1]}", kind="md")
    assert block.links == (TIDE,)


def test_word() -> None:
    relations = (
        '<Relationships><Relationship Id="r1" Target="https://tide.example/tables" TargetMode="External"/>'
        '<Relationship Id="r2" Target="styles.xml"/></Relationships>'
    )
    words = "<w:r><w:t>tide </w:t></w:r><w:r><w:t>tables</w:t></w:r>"
    related = "".join(f'<w:hyperlink r:id="{name}" xmlns:r="r">{words}</w:hyperlink>' for name in ("r1", "r2"))
    instruction = ' HYPERLINK "https://tide.example/tables" '
    simple = f"<w:fldSimple w:instr='{instruction}'>{words}</w:fldSimple>"
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    field = f"{mark('begin')}<w:r><w:instrText>{instruction}</w:instrText></w:r>{mark('separate')}{words}{mark('end')}"
    deleted = f'<w:del><w:hyperlink r:id="r1" xmlns:r="r">{words}</w:hyperlink></w:del>'
    for markup, links in ((related, (TIDE,)), (simple, (TIDE,)), (field, (TIDE,)), (deleted, ())):
        body = word_p(QUAY_TITLE, "a") + "".join(map(word_p, QUAY)) + f"<w:p>{markup}</w:p>"
        release = release_of(docx(body, **{"word/_rels/document.xml.rels": relations}), kind=WORD)
        assert release.links == links, markup


def test_opendocument() -> None:
    words = "tide <text:span>tables</text:span>"
    link = f'<text:a xmlns:xlink="xlink" xlink:href="https://tide.example/tables">{words}</text:a>'
    noted = f"<text:note><text:note-body><text:p>{link.replace('tables', 'x')}</text:p></text:note-body></text:note>"
    body = "".join(f"<text:p>{text}</text:p>" for text in (QUAY_TITLE, *QUAY, f"See the {link}{noted}."))
    assert release_of(odt(body), kind=ODT).links == (TIDE,)


def test_rtf() -> None:
    field = (
        r'{\field{\*\fldinst {\rtlch\fcs1 HYPERLINK "https://tide.example/tables" }{\*\datafield 00d0}}'
        r"{\fldrslt {\ul tide }{\b tables}}}"
    )
    page_number = r"{\field{\*\fldinst PAGE}{\fldrslt 1}}"
    text = r"\par ".join((QUAY_TITLE, *QUAY, f"See the {field} of May. {page_number}"))
    release = release_of((r"{\rtf1\ansi " + text + r"\par}").encode(), kind=RTF)
    assert release.links == (TIDE,)
    assert release.body.endswith("See the tide tables of May. 1")


def test_each_address_once_within_limits() -> None:
    many = [(f"https://a.example/{number % (MOST + 9)}", "w " * number) for number in range(3 * MOST)]
    links = linked([("ftp://a.example/", "x"), ("https://own.example/", "own"), *many], "https://own.example/")
    assert [one.url for one in links] == [f"https://a.example/{number}" for number in range(MOST)]
    assert max(len(one.label or "") for one in links) == EVIDENCE_TEXT_LIMIT
    assert links[0].label is not None  # said only where the address is met again


def test_every_record_has_them() -> None:
    release = release_of("\n\n".join((QUAY_TITLE, *QUAY)))
    assert isinstance(release, Release)
    assert json.loads(release.model_dump_json())["links"] == []
