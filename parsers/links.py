"""The links of a text: where they lead in the one spelling of addresses, each once, and the words they stand on."""

from collections.abc import Iterable
from itertools import islice

from parsers.layout import tidy
from parsers.records import Link, clip
from parsers.text import gate
from parsers.urls import canonical

MOST = 200  # addresses that are kept
MOST_READ = 5_000  # links that are looked at


def linked(written: Iterable[tuple[str, str]], own: str | None = None) -> tuple[Link, ...]:
    """Links from (address, words) in the order of the text, without the page's own address and what is not http(s)."""
    labels: dict[str, str] = {}
    for address, words in islice(written, MOST_READ):
        url = canonical(address)
        if url and url != own and (url in labels or len(labels) < MOST):
            labels[url] = labels.get(url) or clip(tidy(gate(words).text))
    return tuple(Link(url=url, label=label or None) for url, label in labels.items())
