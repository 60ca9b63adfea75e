"""Editions of publishers that link them on their pages, told through whole runs: tied by what both sides say."""

from collections.abc import Mapping, Sequence

import pytest

from tests.desk import Desk
from warehouse.rebuilding import rebuild

TEXTS = {
    "en": ("Minister opens new research vessel", "The minister opened the new research vessel in the port on Tuesday.",
           "It will sail to the north in the spring with scientists of several universities, the ministry said."),
    "fr": ("La ministre inaugure un navire de recherche", "La ministre a inauguré mardi le navire dans le port.",
           "Il partira vers le nord au printemps avec des scientifiques de plusieurs universités, selon le ministère."),
    "de": ("Ministerin weiht Forschungsschiff ein", "Die Ministerin hat am Dienstag das Schiff im Hafen eingeweiht.",
           "Es wird im Frühjahr mit Forschenden mehrerer Universitäten nach Norden fahren, so das Ministerium."),
    "zh-Hant": ("部長主持新科研船啟用儀式", "部長星期二在港口主持新科研船的啟用儀式，並感謝船員多年來的努力。",
                "該船將於春季啟航往北方，多所大學的科學家將會隨船工作，部門發言人表示。"),
    "zh-Hans": ("部长主持新科研船启用仪式", "部长星期二在港口主持新科研船的启用仪式，并感谢船员多年来的努力。",
                "该船将于春季启航往北方，多所大学的科学家将会随船工作，部门发言人表示。"),
}  # fmt: skip
Links = Mapping[str, str]


def page(language: str, links: Links, head: str = "", header: str = "", subject: str = "") -> str:
    """A page no parser of a publisher takes, with `links` to other languages in its head."""
    title, *text = (line.replace("vessel", subject or "vessel") for line in TEXTS[language])
    written = "".join(f'<link rel="alternate" hreflang="{tag}" href="{url}">' for tag, url in links.items())
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{written}{head}'
        '<meta property="article:published_time" content="2025-12-09T09:00:00Z"></head>'
        f"<body><header>{header}</header><main><article><h1>{title}</h1>"
        f"{''.join(f'<p>{line}</p>' for line in text)}</article></main></body></html>"
    )


def ingest(desk: Desk, pages: Sequence[tuple[str, str]], name: str = "a") -> None:
    rows = []
    for number, (url, text) in enumerate(pages):
        path = desk.root / f"{name}{number}.html"
        path.write_text(text, encoding="utf-8")
        rows.append({"file": path.name, "url": url})
    assert desk.ingest(desk.list_of(rows)) == {"new": len(pages)}


def groups(desk: Desk) -> list[list[str]]:
    """The languages of each group."""
    return desk.column("SELECT list(language ORDER BY language) FROM editions GROUP BY edition_group ORDER BY 1")


HOSTS = {
    "https://www.harbour.gov.hk/{}/press/vessel.html": {"en": "en", "zh-HK": "tc", "zh-CN": "sc"},
    "https://www.admin.ch/{}/nsb/vessel": {"en": "en", "fr-CH": "fr", "de-CH": "de"},
    "https://ec.europa.eu/sea/news/vessel_{}": {"en": "en", "fr": "fr", "de": "de"},
    "https://www.harbour.canada.ca/{}/news/vessel.html": {"en-CA": "eng", "fr-CA": "fra"},
}
LANGUAGES = {"en": "en", "en-CA": "en", "zh-HK": "zh-Hant", "zh-CN": "zh-Hans"}


@pytest.mark.parametrize("shape", HOSTS)
@pytest.mark.parametrize("runs", ["one", "several"])
def test_alternates_in_the_head_tie(desk: Desk, shape: str, runs: str) -> None:
    links = {tag: shape.format(part) for tag, part in HOSTS[shape].items()}
    named = {tag: LANGUAGES.get(tag) or tag[:2] for tag in links}
    pages = [(url, page(named[tag], links | {"x-default": shape.format("en")})) for tag, url in links.items()]
    for number, some in enumerate([pages] if runs == "one" else [[one] for one in pages]):
        ingest(desk, some, f"run{number}-")
    assert groups(desk) == [sorted(named.values())]
    assert desk.rows("FROM missing_editions") == []
    assert desk.column("SELECT DISTINCT score FROM relations WHERE kind IN ('edition', 'script_variant')") == [1.0]
    assert rebuild(desk.home, now=lambda: desk.now, wait=1, seen=lambda _: None) == desk.content_hash()


EN, TC = "https://www.harbour.gov.hk/en/press/vessel", "https://www.harbour.gov.hk/tc/press/vessel"


@pytest.mark.parametrize(
    ("at", "written"),
    [
        ("", "/"),
        ("/", ""),
        ("/index.html", "/"),
        ("", "#top"),
        ("", "?utm_source=x"),
        ("/", "/index.html"),
        ("", "/amp"),
    ],
)
@pytest.mark.parametrize("runs", ["one", "several"])
def test_links_that_are_written_otherwise_lead_there(desk: Desk, at: str, written: str, runs: str) -> None:
    there = {tag: url.replace("https://www.", "http://") + written for tag, url in {"en": EN, "zh-HK": TC}.items()}
    pages = [(EN + at, page("en", there)), (TC + at, page("zh-Hant", there))]
    for number, some in enumerate([pages] if runs == "one" else [pages[:1], pages[1:]]):
        ingest(desk, some, f"run{number}-")
    assert groups(desk) == [["en", "zh-Hant"]]
    assert desk.column("SELECT score FROM relations WHERE kind = 'edition'") == [1.0]


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ('<a hreflang="zh-HK" href="/tc/press/vessel">繁體</a>', '<a hreflang="en" href="/en/press/vessel">ENG</a>'),
        ('<a href="/tc/press/vessel">中文</a><a href="/tc/">主頁</a>', '<a href="/en/press/vessel">English</a>'),
        ('<a lang="zh-Hant" href="../../tc/press/vessel"><span>繁體中文</span><abbr>繁</abbr></a>',
         '<a lang="en" href="../../en/press/vessel"><span>English</span> <abbr>EN</abbr></a>'),
    ],
)  # fmt: skip
def test_switches_in_print_tie(desk: Desk, chinese: str, english: str) -> None:
    ingest(desk, [(EN, page("en", {}, header=chinese)), (TC, page("zh-Hant", {}, header=english))])
    assert groups(desk) == [["en", "zh-Hant"]]


def test_home_pages_and_other_articles_never_tie(desk: Desk) -> None:
    home = {"zh-HK": "https://www.harbour.gov.hk/tc/", "en": "https://www.harbour.gov.hk/en/index.html"}
    menu = '<a hreflang="zh-HK" href="/tc/press/pier">中文</a><a href="/en/press/pier">English</a>'
    pages = [(EN, page("en", home, header=menu)), (TC, page("zh-Hant", home, header=menu))]
    ingest(desk, [*pages, (TC.replace("vessel", "pier"), page("zh-Hans", {}))])
    assert [one for one in groups(desk) if "en" in one] == []
    assert desk.rows("FROM missing_editions") == []


def test_one_alternate_that_stands_on_all_pages_ties_none_but_the_two_it_means(desk: Desk) -> None:
    wrong = {"en": EN, "zh-HK": TC}
    others = [(EN.replace("vessel", name), page("en", wrong, subject=name)) for name in ("pier", "lighthouse", "ferry")]
    ingest(desk, [*others[:2], (TC, page("zh-Hant", wrong)), (EN, page("en", wrong)), others[2]])
    assert desk.column("SELECT url FROM editions ORDER BY url") == [EN, TC]


def test_a_page_that_many_name_and_that_names_none_is_no_edition_of_theirs(desk: Desk) -> None:
    others = [(EN.replace("vessel", name), page("en", {"zh-HK": TC}, subject=name)) for name in ("pier", "ferry")]
    ingest(desk, [*others, (TC, page("zh-Hant", {}))])
    assert groups(desk) == []


def test_one_link_is_enough_where_nothing_speaks_against_it(desk: Desk) -> None:
    ingest(desk, [(EN, page("en", {"zh-HK": TC}))])
    ingest(desk, [(TC, page("zh-Hant", {}))], "later")
    assert desk.column("SELECT score FROM relations WHERE kind = 'edition'") == [0.9]
