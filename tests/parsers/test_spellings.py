"""Which addresses lead to one page, and that each spelling of a page is looked for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.spellings import page_of, plain, same_page, spellings, wanted

QUAY = "https://press.example.gov/news/ninth-quay"


@pytest.mark.parametrize(
    "written",
    [f"{QUAY}/", f"{QUAY}/amp", f"{QUAY}/amp/", f"{QUAY}/print", f"{QUAY}/index.html", f"{QUAY}/index.php",
     f"{QUAY}?amp=1", f"{QUAY}?outputType=amp", f"{QUAY}?printable=1", f"{QUAY}?view=print", f"{QUAY}/?amp",
     f"{QUAY};jsessionid=4F1A.node1", f"{QUAY}?PHPSESSID=ab12", f"{QUAY}?sid=0123456789abcdef0123", f"{QUAY}?_=1733",
     f"{QUAY}?share=twitter&replytocom=12", f"{QUAY}?tmpl=component&print=1",
     "http://www.press.example.gov//news//ninth-quay/#top"],
)  # fmt: skip
def test_one_page(written: str) -> None:
    assert same_page(written, QUAY)


@pytest.mark.parametrize(
    "written",
    [f"{QUAY}-2", f"{QUAY}/2", f"{QUAY}?id=2", f"{QUAY}?sid=2", f"{QUAY}?view=list", f"{QUAY}?share=4711",
     "https://press.example.gov/news", "https://press.example.gov/news/ninth-quay.html", f"{QUAY}/print-works",
     "https://m.press.example.gov/news/ninth-quay", "not an address"],
)  # fmt: skip
def test_other_pages(written: str) -> None:
    assert not same_page(written, QUAY)


def test_a_site_is_not_the_page_of_its_printers() -> None:
    assert not same_page("https://press.example.gov/print", "https://press.example.gov/")


def test_the_order_of_parameters_says_nothing_and_their_values_do() -> None:
    assert same_page(f"{QUAY}?id=1&cat=2", f"{QUAY}/?cat=2&id=1")
    assert not same_page(f"{QUAY}?id=1&cat=2", f"{QUAY}?id=2&cat=1")


def test_an_address_within_an_address_keeps_its_slashes() -> None:
    assert (
        page_of("https://archive.example/web/2020/http://a.example/b/")
        == "//archive.example/web/2020/http://a.example/b"
    )


@given(st.text("/abmpinterdx.hl=&?;1", max_size=40).map(QUAY.__add__))
def test_every_spelling_means_the_page_and_is_looked_for(written: str) -> None:
    page = page_of(written)
    assert page is not None
    assert {page_of(one) for one in (*spellings(page), *wanted(written), plain(written) or written)} == {page}
    assert set(spellings(page)) <= set(wanted(written))
    assert plain(written) is None or plain(written) in wanted(written)
