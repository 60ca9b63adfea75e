"""What a page says about its site: the software behind it, its feeds and interfaces, its language, its name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from sources.discovery.templates import resolve

MOST_FEEDS = 3
MOST_LISTS = 8
LONGEST = 120  # characters of a name

_FEED = re.compile(r"application/(?:rss|atom|rdf)\+xml|application/feed\+json|(?:text|application)/xml")
_COMMENTS = re.compile(r"comments?\b|oembed|评论|留言", re.IGNORECASE)
_TRS_PAGE = re.compile(r"/t20\d{6}_\d+\.s?html?$")
_LIST_WORDS = re.compile(
    r"press|news|release|statement|speech|announcement|media|新闻|新聞|公告|动态|動態|要闻|要聞|发布|發布|讲话|講話",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"(?:copyright\s{0,3}(?:©|\(c\)|\d{4})|©|\(c\)\s{0,3}\d{4}|版权所有|版權所有)[^\n]{2,100}", re.IGNORECASE
)
_JOINTS = re.compile(r"[_|｜»]|\s[-–—·:]\s")
_LANGUAGES = {"zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-hk": "zh-Hant", "zh-tw": "zh-Hant", "zh-mo": "zh-Hant"}
_UNSEEN = ("script", "style", "figcaption", "noscript")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signs:
    """What was seen. `family` is the page family and `family_why` the sign it rests on.

    `feeds` are addresses that the page names as its feeds, `interface` that of WordPress's JSON, `lists` those of
    links which may lead to a list of releases, with their words.
    """

    family: str | None = None
    family_why: str = ""
    language: str | None = None
    site: str | None = None
    column: str | None = None
    rights: str | None = None
    feeds: tuple[str, ...] = ()
    interface: str | None = None
    lists: tuple[tuple[str, str], ...] = ()


def read_signs(soup: BeautifulSoup, base: str) -> Signs:
    """Everything a page gives away about where its releases are listed."""
    family, why = _family(soup) or (None, "")
    interface = soup.select_one('link[rel="https://api.w.org/"][href]')
    return Signs(
        family=family,
        family_why=why,
        language=_language(soup),
        site=_site(soup),
        column=_meta(soup, "ColumnName") or _alone(soup, "h1"),
        rights=_rights(soup),
        feeds=tuple(dict.fromkeys(_feeds(soup, base)))[:MOST_FEEDS],
        interface=resolve(base, str(interface["href"])) if interface is not None else None,
        lists=tuple(dict(_lists(soup, base)).items())[:MOST_LISTS],
    )


def _family(soup: BeautifulSoup) -> tuple[str, str] | None:
    generator = (_meta(soup, "generator") or "").lower()
    for name, key in (("WordPress", "wordpress"), ("Drupal", "drupal"), ("Joomla", "joomla")):
        if name.lower() in generator:
            return key, f"meta generator names {name}"
    if _meta(soup, "SiteIDCode") or _meta(soup, "ColumnName"):
        return "trs_cms", "the metas of TRS"
    articles = [str(tag["href"]) for tag in soup.select('a[href*="/t20"]') if _TRS_PAGE.search(str(tag["href"]))]
    if len(articles) >= 3:
        return "trs_cms", f"{len(articles)} addresses as TRS makes them"
    if soup.select_one('link[rel="https://api.w.org/"], link[href*="/wp-content/"], script[src*="/wp-content/"]'):
        return "wordpress", "its files lie in /wp-content/"
    if soup.select_one('[data-drupal-selector], link[href*="/sites/default/files/"], [src*="/sites/default/files/"]'):
        return "drupal", "its files lie where Drupal keeps them"
    if soup.select_one('meta[name^="govuk:"]'):
        return "govuk", "the metas of GOV.UK"
    return None


def _feeds(soup: BeautifulSoup, base: str) -> Iterator[str]:
    for tag in soup.select('link[rel~="alternate"][href]'):
        named = _FEED.fullmatch(str(tag.get("type") or "").partition(";")[0].strip().lower())
        about = f"{tag.get('title') or ''} {tag['href']}"
        url = resolve(base, str(tag["href"]))
        if named and url and not _COMMENTS.search(about):
            yield url


def _lists(soup: BeautifulSoup, base: str) -> Iterator[tuple[str, str]]:
    for tag in soup.select("a[href]"):
        words = " ".join(tag.get_text(" ").split())
        url = resolve(base, str(tag["href"]))
        if url and url != base and 2 <= len(words) <= 40 and _LIST_WORDS.search(words):
            yield url, words


def _language(soup: BeautifulSoup) -> str | None:
    root = soup.select_one("html[lang]")
    told = str(root["lang"]).strip() if root is not None else ""
    return _LANGUAGES.get(told.lower(), told) if _LANGUAGE.fullmatch(told) else None


def _site(soup: BeautifulSoup) -> str | None:
    return _meta(soup, "SiteName") or _meta(soup, "og:site_name") or _end_of_title(soup)


def _end_of_title(soup: BeautifulSoup) -> str | None:
    """Titles end with the site's name: `News_Ministry of Tides`, `Releases | Ministry of Tides`."""
    whole = _short(soup.select_one("title"))
    parts = [part.strip() for part in _JOINTS.split(whole or "") if part.strip()]
    return parts[-1] if parts else None


def _rights(soup: BeautifulSoup) -> str | None:
    """The last notice of rights on the page: those above it are of pictures."""
    found = [text for text in soup.find_all(string=_RIGHTS) if text.parent and text.parent.name not in _UNSEEN]
    match = _RIGHTS.search(" ".join(str(found[-1]).split())) if found else None
    return match[0].strip() if match else None


def _meta(soup: BeautifulSoup, name: str) -> str | None:
    """The content of a meta, whatever the case of its name."""
    tag = soup.select_one(f'meta[name="{name}" i][content], meta[property="{name}" i][content]')
    words = " ".join(str(tag["content"]).split()) if tag is not None else ""
    return words[:LONGEST] or None


def _alone(soup: BeautifulSoup, name: str) -> str | None:
    tags = soup.select(name)
    return _short(tags[0]) if len(tags) == 1 else None


def _short(tag: Tag | None) -> str | None:
    words = " ".join(tag.get_text(" ").split()) if tag is not None else ""
    return words if 0 < len(words) <= LONGEST else None
