"""Addresses of releases: one spelling for each, and what an address says by itself.

Rules from RFC 3986 section 6 (normalisation) and the publishers' own habits in `publishers.toml`. An address
that cannot be understood is None, never an error: addresses come from strangers.
"""

import re
from datetime import date
from functools import lru_cache
from posixpath import normpath
from typing import Literal
from urllib.parse import SplitResult, quote, unquote, urlsplit

from parsers.publishers import Publisher, by_host

LONGEST = 4_096  # characters; longer ones are never an address of a page

_UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\\<>\"{}|^`\ud800-\udfff]")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?")
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
_PLAIN = re.compile(r"[A-Za-z0-9._~-]")

# Query parameters that change the look of a page or tell who sent the reader, never which page it is.
_TRACKING_NAMES = (
    r"(?:utm|mtm|matomo|pk|piwik|vero|hsa|_hs|__hs|wt\.|fb_(?:action|ref|source)|guce_referr)[\w.-]*"
    r"|fontsize|print|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|gad_(?:source|campaignid)|srsltid|msclkid|ym?clid"
    r"|twclid|ttclid|li_fat_id|rdt_cid|epik|igshid?|mc_[ce]id|mkt_tok|s_k?wcid|s_cid|ef_id|elqtrack(?:id)?|elqa[tk]|elqaid"
    r"|oly_(?:enc|anon)_id|dm_i|spm|_ga|_gac|_gl|ga_(?:source|medium|campaign|term|content)|_openstat|cmpid|ocid|ref_src"
    r"|at_(?:medium|campaign|creation|variant|format|link|send_date|recipient_\w+|custom\d)"
    r"|ns_(?:mchannel|source|campaign|linkname|fee)|isappinstalled|nsukey|__twitter_impression"
    r"|printable|replytocom|phpsessid|jsessionid|aspsessionid[a-z]*|cftoken"
)
# The same, where only the value tells: `from` may well say whose page it is, `view` which one, `sid` which story.
_TRACKING_VALUES = (
    r"(?:from|ref|source|src|via|origin)=(?:rss|atom|feed|newsfeed|newsletter|timeline|singlemessage|groupmessage)"
    r"|amp(?:=(?:1|true|yes)?)?|output(?:type)?=amp|(?:view|format|layout|mode|display)=print(?:er|able)?|tmpl=component"
    r"|share=[a-z-]+|_=\d*|s(?:ession)?_?id=[0-9a-f]{16,}"
)
_TRACKING = re.compile(rf"(?:{_TRACKING_NAMES})(?:=.*)?|{_TRACKING_VALUES}", re.IGNORECASE)
# What Java servers put behind a path for readers who take no cookies.
_SESSION = re.compile(r";jsessionid=[^/?]*", re.IGNORECASE)
OUTDATED = rf"(?i)[?&](?:(?:{_TRACKING_NAMES})(?:[=&]|$)|(?:{_TRACKING_VALUES})(?:&|$))|;jsessionid="
"""What stands in addresses that were canonical before some of these parameters were known; in RE2's tongue too."""

# The script-converting gateways of the Hong Kong Government: sc.isd.gov.hk/TuniS//www.info.gov.hk/gia/...
_GATEWAY_HOSTS = frozenset({"sc.isd.gov.hk", "sc.news.gov.hk", "sc.info.gov.hk", "sc.hkma.gov.hk"})
_GATEWAY_PATH = re.compile(r"/(?:TuniS|gb|uni)/+([a-z0-9.-]+\.gov\.hk)(/.*)?$", re.IGNORECASE | re.DOTALL)

# info.gov.hk prints a release at P2022092700448p.htm, until about 2016 at P201508270980_print.htm.
_PRINT_TWIN = re.compile(r"(/P\d{12,13})(?:p|_print)(\.html?)$")

# TRS, the content system of most Chinese government sites: <column>/202502/t20250226_4019481.html
_TRS_ID = re.compile(r"/(t\d{8}_\d+)\.s?html?$")

# Days in addresses, the surest first: a folder tree of days, then a day inside the number of the release.
_DAYS = tuple(
    re.compile(pattern)
    for pattern in (
        r"/(?P<y>\d{4})(?P<m>\d{2})/(?P<d>\d{2})/",
        r"/(?P<y>\d{4})[/-](?P<m>\d{2})[/-](?P<d>\d{2})/",
        r"/\d{4}/\d{2}/(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})/",
        r"/t(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})_\d+\.s?html?$",
        r"/(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:/|IPR|-\d|_\d{6})",
        r"/P-?(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:-?\d+)",
    )
)
_NUMBERED = re.compile(r"[Pt]?(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:\d{4,5}$|_|IPR)")
_EARLIEST_YEAR, _LATEST_YEAR = 1990, 2099


@lru_cache(maxsize=1_024)  # the steps of one record ask for the same few addresses again and again
def canonical(url: str) -> str | None:
    """The one spelling of a page's address, or None for what is no http or https address.

    Gateways are unwrapped, print twins point to their page, hosts that serve the same pages become one,
    known publishers are https, and display or tracking parameters, fragments and default ports are gone.
    """
    parts = _split(url)
    if parts is None:
        return None
    host, path = _unwrapped(parts.hostname or "", _tidy(_SESSION.sub("", parts.path)))
    owner = by_host(host)
    if owner:
        host = owner.moved.get(host, host)
        path = _PRINT_TWIN.sub(r"\1\2", path)
    scheme = "https" if owner else parts.scheme
    port = parts.port if parts.port not in (None, 80, 443) else None
    told = _tidy(parts.query).split("&") if parts.query else ()
    query = "&".join(one for one in told if one and not _TRACKING.fullmatch(one))
    return f"{scheme}://{host}{f':{port}' if port else ''}{path}{f'?{query}' if query else ''}"


def host_of(url: str) -> str | None:
    """The host an address finally leads to: lower case, behind any gateway."""
    parts = _split(url)
    return _unwrapped(parts.hostname or "", parts.path)[0] if parts else None


def publisher_of(url: str) -> Publisher | None:
    """The publisher whose own host this is."""
    host = host_of(url)
    return by_host(host) if host else None


def native_id(url: str) -> str | None:
    """The publisher's own number for the release, where its addresses carry one (`P2025112700501`).

    It stands in the path, whatever a query says besides; in the query only for the few who ask for releases so.
    """
    address = canonical(url)
    if address is None:
        return None
    page, _, query = address.partition("?")
    owner = by_host(page.split("/", 3)[2].partition(":")[0])  # taking it apart again would double the cost
    for pattern in owner.ids if owner else ():
        if match := pattern.search(page):
            return match[1]
    if query and owner and (number := _number_asked_for(owner, query)):
        return number
    match = _TRS_ID.search(page)
    return match[1] if match else None


def _number_asked_for(owner: Publisher, query: str) -> str | None:
    for written in map(unquote, query.split("&")):
        for pattern in owner.query_ids:
            if match := pattern.fullmatch(written):
                return "_".join(match.groups()).lower() if len(match.groups()) > 1 else match[1]
    return None


def address_day(url: str) -> date | None:
    """The day an address carries: that of its folder, else the one inside the release's number."""
    address = canonical(url)
    for pattern in _DAYS if address else ():
        for match in pattern.finditer(address or ""):
            if day := _day(match):
                return day
    return None


def number_day(number: str) -> date | None:
    """The day inside a release's own number (`P2025112700501`, `t20250226_4019481`, `20250625_192922_819`)."""
    match = _NUMBERED.match(number)
    return _day(match) if match else None


def rendition_of(url: str) -> Literal["page", "print", "gateway"]:
    """Which form of a release an address serves."""
    parts = _split(url)
    if parts and parts.hostname in _GATEWAY_HOSTS and _GATEWAY_PATH.match(parts.path):
        return "gateway"
    return "print" if parts and _PRINT_TWIN.search(parts.path) else "page"


def _split(url: str) -> SplitResult | None:
    """The parts of an http or https address with a plausible host and no user name, else None."""
    url = url.strip()
    if len(url) > LONGEST or _UNSAFE.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        host = host if host.isascii() else host.encode("idna").decode("ascii")
        port = parts.port
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host) or ".." in host:
        return None
    return parts._replace(netloc=host if port is None else f"{host}:{port}")


def _unwrapped(host: str, path: str) -> tuple[str, str]:
    """Host and path behind a gateway; a gateway may stand behind another."""
    for _ in range(3):
        match = _GATEWAY_PATH.match(path) if host in _GATEWAY_HOSTS else None
        if match is None:
            break
        host, path = match[1].lower(), match[2] or "/"
    return host, path


def _tidy(path: str) -> str:
    """Escapes in one spelling: unreserved characters plain, others upper-case; dot segments resolved."""
    plain = _ESCAPED.sub(_unescaped, path)
    escaped = quote(plain, safe="%/:;@!$&'()*+,=~?-._[]#")
    if "/." in escaped:
        trail = "/" if escaped.endswith(("/", "/.", "/..")) else ""
        escaped = normpath(escaped).rstrip("/") + trail
    return escaped or "/"


def _unescaped(match: re.Match[str]) -> str:
    char = unquote(match[0], errors="replace")
    return char if _PLAIN.fullmatch(char) else match[0].upper()


def _day(match: re.Match[str]) -> date | None:
    year = int(match["y"])
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return None
    try:
        return date(year, int(match["m"]), int(match["d"]))
    except ValueError:
        return None
