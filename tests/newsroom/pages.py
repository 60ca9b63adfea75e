"""The ministry's pages in the shapes of the TRS content system: articles in two layouts, lists, a feed, a sitemap."""

from collections.abc import Sequence
from email.utils import format_datetime
from html import escape

from tests.newsroom.story import COLUMNS, Release

NAMES = {"en": "Ministry of Tides", "zh": "潮汐部"}
LANGUAGES = {"en": "en", "zh": "zh-CN"}


def article(release: Release, twin: Release | None, *, new_layout: bool) -> str:
    """The page of a release."""
    tongue = release.column[:2]
    words = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in release.paragraphs)
    date, source = ("Date:", "Source:") if tongue == "en" else ("发布时间：", "来源：")
    facts = f"<span>{date} {release.stated:%Y-%m-%d %H:%M}</span> <span>{source} {escape(release.source)}</span>"
    if release.updated:
        facts += f" <span>Updated: {release.updated:%Y-%m-%d %H:%M}</span>"
    if twin:
        facts += f' <a href="{twin.path}">{"中文" if tongue == "en" else "English"}</a>'
    head = "".join(
        f'<meta name="{name}" content="{escape(value)}">\n'
        for name, value in (
            ("SiteName", NAMES[tongue]),
            ("ColumnName", COLUMNS[release.column]),
            ("ArticleTitle", release.title),
            ("PubDate", f"{release.stated:%Y-%m-%d %H:%M}"),
            ("ContentSource", release.source),
        )
    )
    title = escape(release.title)
    if new_layout:
        main = (
            f'<main><header class="top"><h1 class="headline">{title}</h1>\n<p class="meta">{facts}</p></header>\n'
            f'<section id="zoom">{words}</section></main>\n<aside><h2>{NAMES[tongue]}</h2></aside>'
        )
    else:
        main = f'<h1>{title}</h1>\n<div class="info">{facts}</div>\n<div class="TRS_Editor">{words}</div>'
    return _page(tongue, f"{title}_{NAMES[tongue]}", head, main)


def column_list(column: str, listed: Sequence[Release], page: int, pages: int) -> str:
    """One page of a column's list, `page` from 0."""
    tongue = column[:2]
    items = "\n".join(_item(one) for one in listed)
    script = f'<div class="page"><script>createPageHTML({pages}, {page}, "index", "html");</script></div>'
    main = f'<h1>{COLUMNS[column]}</h1>\n<ul class="list">\n{items}\n</ul>\n{script}'
    return _page(tongue, f"{COLUMNS[column]}_{NAMES[tongue]}", "", main)


def _item(release: Release) -> str:
    tongue, title = release.column[:2], escape(release.title)
    link = f".{release.path.removeprefix(f'/{release.column}')}"
    return (
        f'<li lang="{LANGUAGES[tongue]}"><a href="{link}" title="{title}">{title}</a>'
        f"<span>{release.stated:%Y-%m-%d}</span></li>"
    )


def front_page() -> str:
    """The door of the site."""
    feed = '<link rel="alternate" type="application/rss+xml" title="Ministry of Tides: news" href="/en/rss.xml">\n'
    main = f"<h1>{NAMES['en']}</h1>\n<p>The ministry looks after harbours, lights and the height of the water.</p>"
    return _page("en", NAMES["en"], feed, main)


def maintenance() -> str:
    """What stands in place of a list while the system is down, with status 200."""
    return _page("en", NAMES["en"], "", "<h1>Please come back later</h1>\n<p>The system is under maintenance.</p>")


def feed(listed: Sequence[Release], origin: str) -> str:
    """RSS 2.0 of the newest releases with their first paragraph."""
    items = "".join(
        f"<item><title>{escape(one.title)}</title><link>{origin}{one.path}</link><guid>{origin}{one.path}</guid>"
        f"<pubDate>{format_datetime(one.stated)}</pubDate><description>{escape(one.paragraphs[0])}</description></item>\n"
        for one in listed
    )
    channel = f"<title>{NAMES['en']}</title><link>{origin}/</link><language>en</language>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>{channel}\n{items}</channel></rss>\n'


def sitemap(listed: Sequence[Release], origin: str) -> str:
    """Every page of a release with the day it last said it changed."""
    urls = "".join(
        f"<url><loc>{origin}{one.path}</loc><lastmod>{(one.updated or one.stated).date()}</lastmod></url>\n"
        for one in listed
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n'
    )


def robots(origin: str) -> str:
    """What machines may fetch: all but the search."""
    return f"User-agent: *\nDisallow: /so/\nSitemap: {origin}/sitemap.xml\n"


def _page(tongue: str, title: str, head: str, main: str) -> str:
    menu = " ".join(
        f'<a href="/{column}/index.html">{name}</a>' for column, name in COLUMNS.items() if column.startswith(tongue)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{LANGUAGES[tongue]}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'{head}</head>\n<body>\n<div class="nav"><a href="/">{NAMES[tongue]}</a> {menu}</div>\n{main}\n'
        f'<div class="footer"><a href="/about.html">{NAMES[tongue]}</a></div>\n</body>\n</html>\n'
    )
