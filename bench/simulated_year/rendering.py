"""What the sites of the world send: pages, and lists in the shapes of feeds, day lists, paged lists, sitemaps, JSON."""

import json
from datetime import datetime
from email.utils import format_datetime
from html import escape

from bench.simulated_year.world import Page, Site, Text, World

PER_PAGE = 15
IN_FEED = 30
SOFT = b"<html><head><title>Our site</title></head><body><p>There is nothing here any more.</p></body></html>"
CHALLENGE = b"<html><head><title>Just a moment...</title></head><body><p>Checking your browser.</p></body></html>"
MAINTENANCE = b"<html><head><title>Site maintenance</title></head><body><p>Back in an hour.</p></body></html>"
HTML, RSS, JSON, XML, PDF = (
    "text/html; charset=utf-8",
    "application/rss+xml; charset=utf-8",
    "application/json",
    "application/xml",
    "application/pdf",
)


def article(site: Site, text: Text, now: datetime) -> bytes:
    """The page of a release."""
    tongue = "zh-Hans" if site.language == "zh" else "en"
    said = "\n".join(f"<p>{escape(part)}</p>" for part in text.paragraphs)
    meta = f'<meta property="article:published_time" content="{text.issued.isoformat()}">'
    if text.updated:
        meta += f'<meta property="article:modified_time" content="{text.updated.isoformat()}">'
    more = f'<figure><img src="/img/{text.image}" alt="A view"></figure>\n' if text.image else ""
    if text.file:
        more += f'<p><a href="/files/{text.file[0]}">Annex (PDF)</a></p>\n'
    if text.twin:
        other = "en" if site.language == "zh" else "zh-Hans"
        meta += f'<link rel="alternate" hreflang="{other}" href="{text.twin}">'
    foot = f"<footer><p>Copyright {site.name}</p>{_chrome(site, now)}</footer>"
    return (
        f'<!DOCTYPE html><html lang="{tongue}"><head><meta charset="utf-8"><title>{escape(text.title)}</title>{meta}'
        f"</head><body><nav><a href=/>Home</a></nav><article><h1>{escape(text.title)}</h1>\n{said}\n{more}</article>"
        f"{foot}</body></html>"
    ).encode()


def _chrome(site: Site, now: datetime) -> str:
    return f"<p>Visitors: {int(now.timestamp()) // 3_600}</p>" if site.chrome else ""


def render_list(world: World, site: Site, path: str, now: datetime) -> tuple[bytes, str] | None:
    """A list of a site as it stands, and its media type; None where there is no such list."""
    name, _, query = path.partition("?")
    listed = world.listed(site, now)
    if name == f"/{site.name}/feed.xml":
        return _feed(site, listed), RSS
    if name == f"/{site.name}/sitemap.xml":
        return _sitemap(site, listed), XML
    if name == f"/{site.name}/api":
        return _api(site, listed, query), JSON
    if name.startswith(f"/{site.name}/days/"):
        day = name.rpartition("/")[2].removesuffix(".html")
        return _links([one for one in listed if f"{one[1].issued:%Y%m%d}" == day]), HTML
    if name.startswith(f"/{site.name}/index"):
        number = int(name.rpartition("/")[2].removesuffix(".html").removeprefix("index").strip("_") or 0)
        pages = max(1, -(-len(listed) // PER_PAGE))
        some = listed[number * PER_PAGE : (number + 1) * PER_PAGE]
        told = f'<script>createPageHTML({pages}, {number}, "index", "html");</script>'.encode()
        return (_links(some) + told, HTML) if number < pages else None
    return None


def empty_list(path: str) -> bytes:
    """A list in its shape with nothing on it."""
    if "feed" in path:
        return b'<?xml version="1.0"?><rss version="2.0"><channel><title>News</title></channel></rss>'
    if "sitemap" in path:
        return b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'
    return b'{"total": 0, "results": []}' if "/api" in path else _links([])


def _feed(site: Site, listed: list[tuple[Page, Text]]) -> bytes:
    items = "".join(_entry(site, page, text) for page, text in listed[:IN_FEED])
    home = f"http://{site.host}:PORT/"
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{site.name}</title><link>{home}</link>{items}</channel></rss>"
    ).encode()


def _entry(site: Site, page: Page, text: Text) -> str:
    told = f"<title>{escape(text.title)}</title><pubDate>{format_datetime(text.issued)}</pubDate>"
    if "notes" not in site.kinds.values():
        return f"<item>{told}<link>http://{site.host}:PORT{page.path}</link></item>"
    said = "".join(f"<p>{escape(part)}</p>" for part in text.paragraphs)
    guid = f'<guid isPermaLink="false">{page.path}</guid>'
    return f"<item>{told}{guid}<content:encoded><![CDATA[{said}]]></content:encoded></item>"


def _links(listed: list[tuple[Page, Text]]) -> bytes:
    items = "".join(
        f'<li><a href="{page.path}">{escape(text.title)}</a><span>{text.issued:%Y-%m-%d}</span></li>\n'
        for page, text in listed
    )
    head = "<!DOCTYPE html><html><head><title>News</title></head>"
    return f'{head}<body><ul class="list">{items}</ul></body></html>'.encode()


def _sitemap(site: Site, listed: list[tuple[Page, Text]]) -> bytes:
    urls = "".join(
        f"<url><loc>http://{site.host}:PORT{page.path}</loc>"
        f"<lastmod>{(text.updated or text.issued):%Y-%m-%d}</lastmod></url>"
        for page, text in listed
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><urlset xmlns="{space}">{urls}</urlset>'.encode()


def _api(site: Site, listed: list[tuple[Page, Text]], query: str) -> bytes:
    told = dict(part.split("=", 1) for part in query.split("&"))
    since, offset = told["since"], int(told["offset"])
    wanted = [one for one in listed if f"{one[1].issued:%Y-%m-%d}" >= since]
    results = [
        {"link": page.path, "title": text.title, "date": text.issued.isoformat()}
        for page, text in wanted[offset : offset + PER_PAGE]
    ]
    return json.dumps({"total": len(wanted), "results": results}, ensure_ascii=False).encode()
