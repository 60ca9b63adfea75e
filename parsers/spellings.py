"""The page that an address leads to, however it is written: what servers answer alike is one page.

Scheme and `www.` say how a page is fetched and not which it is; a slash or the name of an index at the end, `/amp` and
`/print` behind an article, doubled slashes and the order of parameters say no more. Addresses are kept as publishers
write them, so this is for comparing and looking up.
"""

import re
from functools import lru_cache

from parsers.urls import canonical

_SCHEMES = ("https://", "http://", "https://www.", "http://www.")
_SLASHES = re.compile(r"(?<!:)//+")
_ENDS = re.compile(r"(?:/(?:index\.(?:html?|php|shtml))?|(?<=[^/])/(?:amp|print))+$", re.IGNORECASE)


@lru_cache(maxsize=4_096)
def page_of(address: str) -> str | None:
    """The page as `//host/path`, the same for each of its spellings; None for what is no address."""
    told = canonical(address)
    if told is None:
        return None
    place, _, query = _bare(told).partition("?")
    host, _, path = place.partition("/")
    path = _ENDS.sub("", _SLASHES.sub("/", f"/{path}"))
    return f"//{host}{path}" + (f"?{'&'.join(sorted(query.split('&')))}" if query else "")


def spellings(page: str) -> tuple[str, ...]:
    """The usual spellings of a page, as addresses of the archive may have them: the plain one of each scheme first."""
    place, mark, query = page[2:].partition("?")
    ends = ("", "/") if "/" in place else ("/",)
    return tuple(f"{scheme}{place}{end}{mark}{query}" for end in ends for scheme in _SCHEMES)


def wanted(address: str) -> tuple[str, ...]:
    """Every spelling under which an address is looked for: the usual ones, and its own where that is another."""
    told, page = canonical(address), page_of(address)
    if told is None or page is None:
        return (address,)
    usual = spellings(page)
    return usual if told in usual else (*usual, *(f"{scheme}{_bare(told)}" for scheme in _SCHEMES))


def plain(address: str) -> str | None:
    """The plain spelling of an address that is written in none of the usual ones; None where it is."""
    told, page = canonical(address), page_of(address)
    usual = spellings(page) if page else ()
    return usual[0] if told and usual and told not in usual else None


def same_page(one: str | None, other: str | None) -> bool:
    """Whether both are known and lead to one page."""
    return bool(one and other and page_of(one) == page_of(other) is not None)


def _bare(address: str) -> str:
    return address.partition("://")[2].removeprefix("www.")
