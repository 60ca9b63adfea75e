"""Which addresses are of one page in two languages, and what languages are called where they are offered."""

import pytest

from parsers.language_names import named
from parsers.own_address import is_for_machines, is_same_article
from parsers.translations import is_translation

HK = "https://www.harbour.gov.hk"


@pytest.mark.parametrize(
    ("own", "other"),
    [
        (f"{HK}/en/news/quay.html", f"{HK}/tc/news/quay.html"),
        (f"{HK}/en/news/quay.html", "http://www.harbour.gov.hk/sc/news/quay.html#top"),
        (f"{HK}/news/quay.html", f"{HK}/zh-hk/news/quay.html"),
        (f"{HK}/news/quay_e.htm", f"{HK}/news/quay_c.htm"),
        (f"{HK}/news/quay.html", f"{HK}/news/quay-fr.html"),
        (f"{HK}/news/view?id=12&lang=en", f"{HK}/news/view?lang=tc&id=12"),
        ("https://en.harbour.example/a/quay", "https://fr.harbour.example/a/quay"),
        ("https://www.harbour.example/en/news/msg-id-104512.html", "https://www.harbour.example/fr/actualites/msg-id-104512.html"),
        ("https://press.un.org/en/2025/sgsm22703.doc.htm", "https://press.un.org/fr/2025/sgsm22703.doc.htm"),
    ],
)  # fmt: skip
def test_one_page_in_two_languages(own: str, other: str) -> None:
    assert is_translation(other, own)
    assert is_translation(own, other)


@pytest.mark.parametrize(
    "other",
    [f"{HK}/", f"{HK}/tc/", f"{HK}/tc/index.html", f"{HK}/tc/news/", f"{HK}/tc/news/pier.html",
     f"{HK}/en/news/quay.html",
     f"{HK}/tc/about/contact.html", f"{HK}/en/old/quay.html", "https://www.other.gov.hk/tc/news/quay.html",
     f"{HK}/tc/news/quay.html?id=2", "not an address"],
)  # fmt: skip
def test_a_home_page_or_another_article_is_no_translation(other: str) -> None:
    assert not is_translation(other, f"{HK}/en/news/quay.html")


def test_an_index_of_some_year_is_peculiar_to_no_article() -> None:
    assert not is_translation(f"{HK}/tc/press/index_2025.html", f"{HK}/en/news/index_2025.html")


@pytest.mark.parametrize(
    ("words", "language"),
    [("Français", "fr"), ("Français\n fr", "fr"), ("繁體", "zh-Hant"), ("简体中文", "zh-Hans"), ("中文", "zh"),
     ("ENG", "en"), ("日本語", "ja"), ("Bahasa Indonesia", "id"), ("French news", None), ("English | Français", None),
     ("Contact", None), ("", None)],
)  # fmt: skip
def test_what_languages_are_called(words: str, language: str | None) -> None:
    assert named(words) == language


QUAY = "https://press.example.gov/news/ninth-quay-reopens-in-march"


@pytest.mark.parametrize(
    ("named_so", "visited", "is_same"),
    [
        (QUAY, QUAY.replace("/news", "/amp/news"), True),
        (QUAY, QUAY.replace("://press", "://m.press"), True),
        (QUAY, QUAY.replace("/news", "/news/2026/harbour"), True),
        (QUAY, "https://press.example.gov/news", False),
        ("https://press.example.gov/news", QUAY, False),
        ("https://press.example.gov/", "https://press.example.gov/amp", False),
        ("https://press.example.gov/news/detail", "https://press.example.gov/news/detail?id=5", False),
        (QUAY.replace("/news", "/en"), QUAY.replace("/news", "/fr"), False),
        (QUAY, QUAY.replace("press.", "pier."), False),
    ],
)
def test_which_address_a_page_may_name_as_its_own(named_so: str, visited: str, is_same: bool) -> None:
    assert is_same_article(named_so, visited) is is_same


@pytest.mark.parametrize(
    ("address", "is_interface"),
    [("https://press.example.gov/wp-json/wp/v2/posts/12", True), ("https://api.press.example.gov/items/12", True),
     ("https://press.example.gov/api/content/news/quay", True),
     ("https://press.example.gov/?rest_route=/wp/v2/posts/12", True),
     ("https://press.example.gov/news/quay.json", True), ("https://press.example.gov/news/pier", False),
     ("https://other.example.gov/api/content/news/quay", False), (QUAY, False)],
)  # fmt: skip
def test_addresses_of_interfaces(address: str, is_interface: bool) -> None:
    assert is_for_machines(address, QUAY) is is_interface
