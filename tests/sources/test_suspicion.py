"""Which pages with status 200 are taken for walls, notices and home pages, and that releases are not."""

import gzip
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sources.capture import NOTHING_STATED, Capture, digest, facts_digest
from sources.expectations import shortfall, silence
from sources.suspicion import LARGEST, fingerprint, impostor, says_not_found
from tests.effort import bounded

CORPORA = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpora"
URL = "https://site.example/news/2026/01/notice.html"


def page(body: str | bytes, url: str = URL, **facts: object) -> Capture:
    data = body.encode() if isinstance(body, str) else body
    made = Capture(
        source="a_source",
        ref=url,
        name="a notice",
        target_uri=url,
        captured_at=datetime(2026, 1, 31, tzinfo=UTC),
        media_type="text/html",
        body=data,
        payload_sha256=digest(data),
        content_sha256=digest(data),
        facts_sha256=facts_digest(NOTHING_STATED),
        url=url,
        status=200,
        final_url=url,
    )
    return replace(made, **facts)  # type: ignore[arg-type]


def titled(title: str, text: str = "A few words.") -> Capture:
    return page(f"<html><head><title>{title}</title></head><body><p>{text}</p></body></html>")


@pytest.mark.parametrize(
    ("title", "what"),
    [
        ("Just a moment...", "a challenge"),
        ("Attention Required! | Cloudflare", "a challenge"),
        ("Access Denied", "a challenge"),
        ("Request Rejected", "a challenge"),
        ("安全验证", "a challenge"),
        ("您的访问请求被阻断", "a challenge"),
        ("Site Maintenance", "a notice of maintenance"),
        ("Site under maintenance - Harbour Office", "a notice of maintenance"),
        ("System maintenance", "a notice of maintenance"),
        ("503 Service Temporarily Unavailable", "a notice of maintenance"),
        ("系统维护中", "a notice of maintenance"),
        ("網站維護", "a notice of maintenance"),
        ("Before you continue to the Harbour Office", "a consent wall"),
        ("Cookie settings", "a consent wall"),
        ("统一身份认证", "a login page"),
        ("404 Not Found", "an error page"),
        ("Page not found | Harbour Office", "an error page"),
        ("页面不存在", "an error page"),
    ],
)  # fmt: skip
def test_short_pages_that_say_in_their_title_what_they_are(title: str, what: str) -> None:
    reason = impostor(titled(title))
    assert reason is not None
    assert reason.startswith(what)


@pytest.mark.parametrize(
    "title",
    [
        "Temporary suspension of online services for system maintenance",
        "Minister opens centre for cookie research",
        "Court denied access to documents in harbour case",
        "Page 404 of the report was not found in error, says office",
        "Harbour Office | Press releases",
        "关于系统维护期间暂停办理业务的公告",
        "",
    ],
)
def test_releases_that_only_speak_of_such_things(title: str) -> None:
    assert impostor(titled(title)) is None


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Error", "您访问的页面不存在或已删除。"),
        ("提示信息", "该文章已被删除。"),
        ("提示", "您访问的内容已下线，请返回首页浏览其他内容。"),
        ("Harbour Office", "很抱歉，你要找的網頁已被移除、更改名稱或暫時無法使用。"),
        ("Notice", "This page has been removed."),
        ("Sorry", "The article you are looking for is no longer available."),
        ("Archived | Harbour Office", "This content has been archived and is no longer available on this site."),
        ("Content removed", "The content you&rsquo;re looking for has been removed by the publisher."),
        ("Harbour Office", "We&#39;re sorry, but this page no longer exists!"),
    ],
)
def test_short_pages_that_say_that_they_are_gone(title: str, text: str) -> None:
    reason = impostor(titled(title, f"{text}</p><p>Home</p><p>Contact"))
    assert reason is not None
    assert says_not_found(reason)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Notice about the quay", "This press release has been withdrawn."),
        ("Notice", "This page has been removed. The release that stood here was withdrawn by the office."),
        ("新聞公報", "本新聞公報已被撤回。"),
        ("Office removes old page", "The office said the page has been removed after complaints of residents."),
        ("Minister on archives", "The content which the court named is no longer available to the public, he said."),
        ("关于废止办法的公告", "经研究决定，该文件已失效，现予公布。"),
        ("Notice", "This page has been removed. " + "The works on the ninth quay go on as planned. " * 50),
        ("Ninth quay reopens", "The ninth quay reopens. " * 20 + "This page has been removed."),
    ],
)
def test_releases_that_tell_of_a_removal_are_none(title: str, text: str) -> None:
    assert impostor(titled(title, text)) is None


def test_a_long_page_is_never_suspected_for_its_title() -> None:
    assert impostor(titled("Maintenance", "The works on the ninth quay go on as planned. " * 200)) is None


@pytest.mark.parametrize(
    "mark", ["_cf_chl_opt", "/_Incapsula_Resource?x=1", "window.gokuProps = {}", "__jsl_clearance"]
)
def test_marks_that_walls_leave(mark: str) -> None:
    script = f"<script>var a = '{mark}';</script>"
    assert impostor(page(f"<html><body>{script}<p>One moment.</p></body></html>"))
    long = "<p>The works on the ninth quay go on as planned.</p>" * 100
    assert impostor(page(f"<html><body>{script}{long}</body></html>")) is None


@pytest.mark.parametrize(
    ("final", "suspected"),
    [
        ("https://site.example/", True),
        ("https://site.example/index.html", True),
        ("https://site.example/news/", True),
        ("https://www.site.example/", True),
        ("https://consent.site.example/?continue=x", True),
        ("https://site.example/sso/login?back=1", True),
        ("https://site.example/news/2026/01/notice-2.html", False),
        ("https://www.site.example/news/2026/01/notice.html", False),
        ("https://site.example/releases/notice", False),
    ],
)
def test_where_redirects_led(final: str, suspected: bool) -> None:
    text = "<p>The works on the ninth quay go on as planned.</p>" * 100
    assert bool(impostor(page(text, final_url=final, hops=(URL,)))) == suspected


def test_an_index_that_goes_by_its_folder_is_the_page_asked_for() -> None:
    asked = "https://site.example/news/index.htm"
    assert impostor(page("<p>Releases</p>", asked, final_url="https://site.example/news/", hops=(asked,))) is None


def test_a_fingerprint_is_blind_to_markup_and_its_own_address_and_sees_numbers_when_asked() -> None:
    one = page("<p>Nothing at <b>notice.html</b> as of 12:03</p>")
    other = page("<div>Nothing at other-notice.html as of 12:04</div>", "https://site.example/other-notice.html")
    assert fingerprint(one, numbers=False) == fingerprint(other, numbers=False)
    assert fingerprint(one, numbers=True) != fingerprint(other, numbers=True)
    assert fingerprint(page(b"x" * (LARGEST + 1)), numbers=True) is None


@pytest.mark.parametrize("piece", [b"<", b"<a ", b"<script>", b"<!--", b"<title>", b"<p>&", b"<script></"])
def test_hostile_markup_costs_no_time(piece: bytes) -> None:
    capture = page(piece * (LARGEST // len(piece)))
    with bounded():
        impostor(capture)
        fingerprint(capture, numbers=False)


def test_real_pages_are_not_suspected() -> None:
    if not CORPORA.is_dir():
        pytest.skip("no pages beside the project: ../shared/corpora is not there")
    prints: Counter[str] = Counter()
    found = [path for path in CORPORA.rglob("*") if path.name.endswith((".html", ".htm", ".html.gz"))]
    pages = [path for path in found if "hostile" not in path.parts and "charset" not in path.parts]
    for path in pages:
        body = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        assert impostor(page(body)) is None, path.name
        prints.update(filter(None, [fingerprint(page(body), numbers=True)]))
    assert max(prints.values()) <= 2, "no page shows the same as two others"


def test_what_counts_as_short() -> None:
    assert shortfall(4, [10, 10, 9, 10])
    assert shortfall(5, [10, 10, 9, 10]) is None
    assert shortfall(1, [10, 10, 10]) is None, "too little history"
    assert shortfall(1, [6, 6, 6, 6]) is None, "too few to tell"


def test_what_counts_as_silence() -> None:
    today = datetime(2026, 1, 31, tzinfo=UTC).date()
    assert silence(today.replace(day=20), today, 3.0)
    assert silence(today.replace(day=28), today, 30.0) is None, "a weekend and a holiday"
    assert silence(today.replace(day=20), today, 0.2) is None, "two items are missing"
    assert silence(None, today, 3.0) is None
