"""Which of several addresses is that of an article: pages are shown at more than one, and interfaces have their own."""

import re

from parsers.language_names import is_part
from parsers.spellings import page_of
from parsers.translations import PECULIAR
from parsers.urls import canonical, host_of

_SHOWN_AS = frozenset({"amp", "print", "printable", "printer-friendly", "m", "mobile"})
_FOR_SCREENS = re.compile(r"^(?:m|mobile|amp)\.(?=[^.]+\.)")
_FOR_MACHINES = re.compile(
    r"//(?:api\.|[^?]*?/(?:api|wp-json|jsonapi)/)|[?&]rest_route=|^[^?]*\.(?:json|atom|rss)(?:\?|$)", re.IGNORECASE
)
_OF_THE_SAME = re.compile(r"^(?:api|content|data)\.")


def is_same_article(named: str, visited: str) -> bool:
    """Whether the address that a page names for itself is plainly that of the article visited at another.

    Pages that name a home page, a list or their translation, by an oversight that stands on all pages, name nothing.
    """
    one, other = page_of(named), page_of(visited)
    if one is None or other is None:
        return False
    (host, path, query), (own_host, own_path, own_query) = _taken_apart(one), _taken_apart(other)
    if host != own_host or query != own_query or not path:
        return False
    if path == own_path:
        return len(path) > 1 or bool(query) or bool(PECULIAR.match(path[-1]))
    apart = {*path, *own_path} - ({*path} & {*own_path})
    return path[-1:] == own_path[-1:] and bool(PECULIAR.match(path[-1])) and not any(map(is_part, apart))


def is_for_machines(address: str, shown_at: str) -> bool:
    """Whether an address is that of an interface that answers with the item whose page is shown at another."""
    told, page = canonical(address), page_of(shown_at)
    if told is None or page is None or not _FOR_MACHINES.search(told) or _FOR_MACHINES.search(f"https:{page}"):
        return False
    host, shown = (_OF_THE_SAME.sub("", (host_of(one) or "").removeprefix("www.")) for one in (address, shown_at))
    return host == shown


def _taken_apart(page: str) -> tuple[str, list[str], str]:
    """Host, path and query without what says for which screens a page is made."""
    place, _, query = page[2:].partition("?")
    host, *path = place.split("/")
    return _FOR_SCREENS.sub("", host), [part for part in path if part.lower() not in _SHOWN_AS], query
