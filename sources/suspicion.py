"""Pages that are not what was asked for, though the server says 200: told by marks, by title, by where they led.

A challenge, a wall, a notice of maintenance and an error page are short and say what they are in their title; the home
page in place of an article is told by the address that answered. A wrong suspicion costs a release, so each needs more
than one sign, and a long page is never suspected for its words.
"""

import re
from html import unescape
from urllib.parse import urlsplit

from sources.capture import Capture, digest
from sources.gone_pages import says_it_is_gone

LARGEST = 200_000  # bytes; such pages are small, and a large one is not looked through
SAYS_LITTLE = 60_000  # bytes of a page that may say no more than that it is gone, menus and styles included
SHORT, TERSE = 4_000, 1_500  # characters of visible text: of a page with a telling title, of one with a telling mark

NOT_FOUND, FRONT = "an error page", "the front of the site in place of the page"

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{1,300})", re.IGNORECASE)
_HEAD_TITLE = re.compile(rb"<title[^>]{0,200}>[^<]{0,300}", re.IGNORECASE)
_PARTS = re.compile(r"\s+[|·–—_-]\s+|\s*[|_]\s*")
_TAG = re.compile(rb"<[^<>]*>")
_UNSEEN = (b"script", b"style", b"template", b"noscript")

# Marks that vendors of walls leave in the page they put before a site's own.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"_cf_chl_opt", "Cloudflare"),
    (b"/_Incapsula_Resource", "Imperva"),
    (b"window.gokuProps", "AWS WAF"),
    (b"awsWafCookieDomainList", "AWS WAF"),
    (b"__jsl_clearance", "Jiasule"),
    (b"sucuri_cloudproxy_js", "Sucuri"),
    (b"/.well-known/ddos-guard/", "DDoS-Guard"),
    (b"px-captcha", "HUMAN"),
    (b"captcha-delivery.com", "DataDome"),
)

# A whole title, or the part of it before the name of the site, in lower case.
_TITLES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), what)
    for pattern, what in (
        (
            r"just a moment\W*|attention required\W*|(?:security|robot|browser) check|(?:human|bot) verification|"
            r"checking your browser.*|ddos-guard|pardon our interruption\W*|are you (?:a robot|human)\W*|"
            r"verify(?:ing)? (?:that )?you are (?:a )?human\W*|please wait\W*|request rejected|access (?:is )?denied|"
            r"(?:403 )?forbidden|(?:安全|人机|人機|访问|訪問)(?:验证|驗證)|验证码|驗證碼|访问被(?:拒绝|阻断|拦截)|"
            r"您的(?:访问|请求).{0,8}(?:阻断|拦截|拒绝)|网站防火墙|請求被拒絕",
            "a challenge",
        ),
        (
            r"(?:(?:web)?site|system|service|page)?s?(?: is)?(?: currently| temporarily)?"
            r"(?: under| down for| undergoing| in)?(?: scheduled| routine)? ?maintenance(?: mode| in progress| notice)?"
            r"\W*|"
            r"(?:50[234] )?(?:service (?:temporarily )?unavailable|bad gateway|gateway time-?out)|"
            r"temporarily unavailable|we(?:'|’)ll be (?:right )?back(?: soon)?\W*|"
            r"(?:系统|系統|网站|網站|平台)?(?:正在)?(?:维护|維護|升级|升級)(?:中|公告|通知)?",
            "a notice of maintenance",
        ),
        (
            r"before you continue.*|(?:your )?cookie(?:s)?(?: settings| consent| preferences)?|consent(?: required)?|"
            r"we value your privacy\W*",
            "a consent wall",
        ),
        (r"(?:log ?in|sign ?in|登录|登錄|登入|统一身份认证)", "a login page"),
        (
            r"(?:error )?40[04](?: error)?\W*|(?:404\W+)?(?:page|file|document)?\s?(?:could )?not (?:be )?found\W*|"
            r"404\W*(?:页面|頁面|错误|錯誤)?(?:不存在|未找到)?|(?:页面|頁面|网页|網頁|文件)(?:不存在|未找到|找不到)|"
            r"找不到(?:页面|頁面|网页|網頁)|抱歉，.{0,20}不存在",
            NOT_FOUND,
        ),
    )
)
_WALLS = re.compile(r"(?:^|[/.])(?:consent|cookiewall|login|signin|sso)(?:[/.]|$)", re.IGNORECASE)
_FRONT = re.compile(r"/(?:index|home|default|main)\.\w{3,5}$|/home$", re.IGNORECASE)


def impostor(capture: Capture) -> str | None:
    """Why a page with status 200 cannot be what was asked for; None where nothing speaks against it."""
    return _led_astray(capture) or _by_words(capture)


def may_mean_absence(reason: str) -> bool:
    """Whether an impostor of that reason is what some hosts show for what they have not; a wall or a notice is not."""
    return reason.startswith(NOT_FOUND) or reason.endswith(FRONT)


def says_not_found(reason: str) -> bool:
    """Whether an impostor of that reason says itself that the page is not there, whatever its host shows elsewhere."""
    return reason.startswith(NOT_FOUND)


def fingerprint(capture: Capture, *, numbers: bool) -> str | None:
    """A digest of what a page shows, blind to its own address and to markup; None for what is no small page.

    :param numbers: whether numbers count: they do where daily notices are compared, which differ by nothing else.
    """
    if capture.media_type not in _HTML or len(capture.body) > LARGEST:
        return None
    name = urlsplit(capture.url or "").path.rpartition("/")[2].encode()
    body = capture.body.replace(name, b"") if len(name) > 4 else capture.body
    shown = _visible(body) if numbers else _visible(body).translate(None, b"0123456789")
    return digest(b" ".join(shown.split()))


def _led_astray(capture: Capture) -> str | None:
    """Whether redirects led to the front of the site, or to a wall, in place of the page."""
    if not capture.hops or not capture.url or not capture.final_url:
        return None
    asked, landed = urlsplit(capture.url), urlsplit(capture.final_url)
    place = f"{landed.netloc}{landed.path}"
    if _WALLS.search(place) and not _WALLS.search(f"{asked.netloc}{asked.path}"):
        return f"the server sent us to {capture.final_url}, a wall in place of the page"
    front, wanted = (_FRONT.sub("/", path).rstrip("/") for path in (landed.path, asked.path))
    if wanted.count("/") > front.count("/") and not landed.query and _is_front(front, wanted):
        return f"the server sent us to {capture.final_url}, {FRONT}"
    return None


def _is_front(front: str, asked: str) -> bool:
    """Whether a path of one step at most is the root of a site or the part of it that the page belongs to."""
    return front == "" or (len(front) <= 6 and asked.startswith(f"{front}/"))


def _by_words(capture: Capture) -> str | None:
    if capture.media_type not in _HTML or len(capture.body) > LARGEST:
        return None
    if any(name.lower() == "cf-mitigated" for name, _ in capture.headers):
        return "a challenge in place of the page, by its header field cf-mitigated"
    title = title_of(capture)
    for pattern, what in _TITLES:
        if any(pattern.fullmatch(part) for part in (title, _PARTS.split(title)[0])):
            return f"{what} in place of the page, by its title {title!r}" if _shows(capture, SHORT) else None
    if _is_gone(capture, _PARTS.split(title)[0]):
        return f"{NOT_FOUND} in place of the page, by its words, under the title {title!r}"
    for mark, whose in _MARKS:
        if mark in capture.body:
            return f"a challenge of {whose} in place of the page" if _shows(capture, TERSE) else None
    return None


def _is_gone(capture: Capture, title: str) -> bool:
    """Whether a page of a sentence or two says that it is gone; most pages are too large to say so little."""
    if len(capture.body) > SAYS_LITTLE:
        return False
    shown = _visible(_HEAD_TITLE.sub(b"", capture.body), between=b"\n").decode("utf-8", "replace")
    lines = (" ".join(unescape(line).split()) for line in shown.split("\n"))
    return says_it_is_gone(title, "\n".join(line for line in lines if line and line.lower() != title))


def title_of(capture: Capture) -> str:
    """The title of a page in lower case; pages that show the same have the same one, and it is found at once."""
    found = _TITLE.search(capture.body, 0, 65_536)
    return " ".join(found[1].decode("utf-8", "replace").split()).lower() if found else ""


def _shows(capture: Capture, at_most: int) -> bool:
    return len(_visible(capture.body).decode("utf-8", "replace")) <= at_most


def _visible(body: bytes, between: bytes = b" ") -> bytes:
    """The text between the tags, scripts and styles left out. Linear, and good enough to compare and to count."""
    for name in _UNSEEN:
        body = _without(body, name)
    return _TAG.sub(between, body)


def _without(body: bytes, name: bytes) -> bytes:
    """A page without the elements of that name; one that is never closed hides the rest."""
    lower, shown, at = body.lower(), [], 0
    while (begins := lower.find(b"<" + name, at)) >= 0:
        shown.append(body[at:begins])
        ends = lower.find(b"</" + name, begins)
        at = ends if ends >= 0 else len(body)
    return b"".join([*shown, body[at:]])
