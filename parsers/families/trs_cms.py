"""TRS, the content system of most Chinese government sites: wb.beijing.gov.cn, mfa.gov.cn, ocmfa.gov.cn, hmo.gov.cn.

https://wb.beijing.gov.cn/en/express/202502/t20250226_4019481.html
https://www.mfa.gov.cn/eng/xw/fyrbt/202410/t20241017_11509439.html

- Metas (`ArticleTitle`, `PubDate`, `ContentSource`) in any case, at times twice; `PubDate` may be two dates in one.
- The day in the address tells when a page was uploaded: months after the day it states where it is a translation.
- `Updated:` stands for the publication where nothing else does or the metas name the same day.
- At an address of ours a page without the known boxes is believed only if it prints the headline above a real text.
- `..._ewm.shtml` is a picture of the address for telephones, not a page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from parsers import dates, urls
from parsers.article import blocks_of, opening, parts_of
from parsers.datelines import Dated
from parsers.document import Provenance, provenance
from parsers.draft import Draft, complete
from parsers.families import trs_page
from parsers.families.trs_editions import PLACES, editions
from parsers.families.trs_unboxed import in_no_known_box
from parsers.frame import Fact, Frame, take_scattered
from parsers.layout import join_wrapped, tidy
from parsers.media import links
from parsers.page import Page, known_address, open_page, own_address
from parsers.publishers import UNKNOWN_ZONE, by_host
from parsers.records import Evidence, Rejection, Release, clip
from parsers.story import story_of
from sources.capture import Capture

ZONE = "Asia/Shanghai"
CHROME = ".share, .bdsharebuttonbox, .ewm, .related, .xg-list, #qr_container, .pages_print"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where pages of one kind keep their text, and the metas with their dates."""

    parser: str
    boxes: tuple[str, ...]
    published: tuple[str, ...]
    updated: tuple[str, ...] = ()
    site: str = ""  # the host, where the pages do not name it


PARSER = "trs_cms/3"
LAYOUT = Layout(
    parser=PARSER,
    boxes=(".TRS_Editor", ".TRS_UEDITOR", ".trs_editor_view", "#zoom", "#Zoom", "#mainText", "#UCAP-CONTENT")
    + ("#ivs_content", "#News_Body_Txt_A", ".content_text", ".pages_content"),
    published=("pubdate",),
)

_BOXES = (
    *(b"TRS_", b"trs_editor_view", b"content_text", b"pages_content", b"zoom", b"Zoom", b"mainText"),
    *(b"UCAP-CONTENT", b"ivs_content", b"News_Body_Txt_A"),
)
_METAS = re.compile(rb"name\s?=\s?[\"']?ArticleTitle\b", re.IGNORECASE)
_BOX = re.compile(
    rb"class\s?=\s?[\"']?(?:[^\"'<>]{0,80}\s)?(?:TRS_Editor|TRS_UEDITOR|trs_editor_view|content_text|pages_content)\b"
    rb"|id\s?=\s?[\"']?(?:zoom|Zoom|mainText|UCAP-CONTENT|ivs_content|News_Body_Txt_A)\b"
)
_LABELLED = re.compile(rb"Date\s?:|Source\s?:|" + "来源".encode())
_NUMBER = re.compile(r"t\d{8}_\d+")
_QR_TWIN = re.compile(r"\.gov\.cn/.{0,200}/t\d{8}_\d+_ewm\.s?html?$")
_SITE_NAME = re.compile(r"_|\s[-–—|]\s")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_FIRST_OF_TWO = re.compile(r"\d{4}([-./])\d{1,2}\1\d{2}(?:[ T-]\d\d:\d\d(?::\d\d)?)?(?=[\s;,]*\d{4}[-./])")
_MIDNIGHT = re.compile(r"[ T-]00:00(?::00)?$")
_LABEL = re.compile(
    r"(?<![\s\[【(（|发布更新信息文章稿件消表])"
    r"(?=(?:发布|更新)?(?:时间|日期)\s?[:：]|(?:信息|文章|稿件)?来源\s?[:：]|字[号体]\s?[:：]|(?:Source|Date|fontSize)\s?:)"
)
_RUN_ON = re.compile(r"(Updated: ?[A-Z][a-z]+ \d{1,2}, ?\d{4}(?: \d{1,2}:\d\d)?)[ |]+([^:：]{2,60})$")
_HEAD = 12  # lines above the text that may hold its facts
_SAMPLE = 800  # characters that tell the language


def recognises(capture: Capture) -> bool:
    """Whether it is an article of TRS: by metas and boxes, or at an address of ours, where it may be a mere notice."""
    boxed = any(name in capture.body for name in _BOXES) and _BOX.search(capture.body) is not None
    address = known_address(capture) or ""
    ours = urls.publisher_of(address) is not None and bool(_NUMBER.fullmatch(urls.native_id(address) or ""))
    named = (boxed or ours) and _METAS.search(capture.body) is not None
    empty = ours and not named and not _LABELLED.search(capture.body)
    return (boxed and (named or ours)) or (ours and named) or empty or _QR_TWIN.search(address) is not None


def read(capture: Capture) -> list[Release | Rejection]:
    """The one article of a page."""
    if _QR_TWIN.search(known_address(capture) or ""):
        return [Rejection("parse", "it is the picture of an address for telephones; read the page itself", PARSER)]
    page = open_page(capture, PARSER)
    if isinstance(page, Rejection):
        return [page]
    found = article(page, LAYOUT)
    elsewhere = in_no_known_box(page) if isinstance(found, Rejection) else None
    return [elsewhere or found]


def article(page: Page, layout: Layout) -> Release | Rejection:
    """The article of a page in one of the layouts of this kind."""
    found = trs_page.text_box(page, layout.boxes)
    if found is None:
        return Rejection("parse", f"body: the page has none of {', '.join(layout.boxes)}", layout.parser)
    (place, box), facts = found, trs_page.metas(page)
    titles, printed = headlines(page, box, place, facts)
    pictures, captions = trs_page.pictures(page, box)
    apart = [*captions, *page.all(CHROME)]
    parts = parts_of(page, box, without=apart)
    title = titles[0].value if titles else ""
    parts = trs_page.below_headline(parts, title)
    owner = whose(page, facts, layout.site, f"{title}\n{opening(parts, _SAMPLE)}")
    head, (tail, story) = head_of(page, box, printed, owner), story_of(parts, title, owner)
    base = owner.url or ""
    published, updated = stated_dates(facts, layout, head, tail, owner)
    draft = Draft(
        parser=layout.parser,
        rendition=urls.rendition_of(known_address(page.capture) or ""),
        blocks=blocks_of(story),
        body_at=place,
        titles=titles,
        subtitle=trs_page.subtitle(page, printed),
        published=published,
        updated=updated,
        source=source_of(facts, head) or tail.source,
        office=head.office or tail.office,
        images=trs_page.images(pictures, base),
        attachments=trs_page.attachments(page, box, base),
        videos=trs_page.videos(page, box, base),
        editions=editions(page, base, owner.language),
        links=links(page, [box], base, owner.url, without=apart),
        places={"images": f"{place} img", "attachments": f"{place} a", "videos": trs_page.VIDEOS}
        | {"editions": PLACES},
    )
    return numbered(complete(page.document(), owner, draft), facts)


def headlines(page: Page, box: LexborNode, place: str, facts: dict[str, str]) -> tuple[list[Fact], LexborNode | None]:
    """The headline as printed, then as the metas name it, and the element that prints it."""
    named = join_wrapped([tidy(line) for line in _BREAK.split(facts.get("articletitle", ""))])
    whole = page.words(page.first("title"))
    printed = trs_page.headline(page, box, place, named=named, whole=whole)
    words = trs_page.words_of(page, printed)
    titles = [Fact(words, trs_page.place_of(printed), words)] if printed is not None and words else []
    if named:
        titles.append(Fact(named, "meta ArticleTitle", facts["articletitle"]))
    elif not titles and (short := _SITE_NAME.split(whole)[0].strip()):
        titles.append(Fact(short, "title", whole))
    return titles, printed


def whose(page: Page, facts: dict[str, str], site: str, sample: str) -> Provenance:
    """Publisher, language and address; a site that is no publisher of ours goes by its host."""
    address, place = own_address(page) or (facts.get("url"), "meta Url")
    root = page.first("html[lang]")
    declared = page.attribute(root, "lang") if root is not None else None
    owner = provenance(
        page.document(), page_url=address, page_url_at=place, page_language=declared or None, sample=sample
    )
    if owner.evidence["publisher"].rule not in ("stated", "host of the address"):
        rule, host = "host of the address", (urls.host_of(owner.url) if owner.url else None) or ""
        if not owner.url:
            rule, host = "meta SiteDomain", urls.host_of(f"https://{facts.get('sitedomain', '')}") or site
        if host.endswith(".gov.cn"):
            known = by_host(host)
            named = Evidence(rule=rule, text=clip(host), basis="stated")
            key = known.key if known else host.removeprefix("www.")
            owner = replace(owner, publisher=key, known=known, evidence=owner.evidence | {"publisher": named})
    return replace(owner, zone=ZONE) if owner.zone == UNKNOWN_ZONE else owner


def head_of(page: Page, box: LexborNode, printed: LexborNode | None, owner: Provenance) -> Frame:
    """The labelled facts and dates between headline and text."""
    lines = [_RUN_ON.sub(r"\1 Source: \2", _LABEL.sub(" ", line)) for line in trs_page.lines_above(page, box, printed)]
    head = Frame()
    take_scattered(head, lines[-_HEAD:], zone=owner.zone, day_first=owner.day_first)
    return head


def stated_dates(
    facts: dict[str, str], layout: Layout, head: Frame, tail: Frame, owner: Provenance
) -> tuple[list[Dated], list[Dated]]:
    """Publication and update: what the page prints above the text comes before its metas and the text's own lines."""
    named = meta_dates(facts, layout.published, owner.zone)
    printed = [to_the_second(date, named) for date in head.published]
    changed = head.updated + tail.updated
    acts = not head.published and all(date.found.at is None for date in named)
    acting = [date for date in changed if acts and all(date.found.on == other.found.on for other in named)]
    inside = [replace(date, rule=f"within the text: {date.rule}") for date in tail.published]
    updated = [date for date in changed if date not in acting] + meta_dates(facts, layout.updated, owner.zone)
    return [*printed, *acting, *named, *inside], updated


def to_the_second(printed: Dated, named: Sequence[Dated]) -> Dated:
    """A printed minute with the second that a meta adds to it."""
    for finer in named:
        at = finer.found.at
        if at and finer.found.precision == "second" and at.replace(second=0) == printed.found.at:
            return Dated(finer.found, f"{printed.rule}, second from {finer.rule}", f"{printed.text}; {finer.text}")
    return printed


def meta_dates(facts: dict[str, str], names: Sequence[str], zone: str) -> list[Dated]:
    """The dates of metas; of two in one the first, and midnight stands for a day."""
    stated: list[Dated] = []
    for name in names:
        written = facts.get(name, "")
        first = _FIRST_OF_TWO.match(written)
        found = dates.read(first[0] if first else written, zone=zone)
        if found and found.on and found.year_given:
            if found.at and _MIDNIGHT.search(found.text):
                found = replace(found, at=None, precision="day")
            stated.append(Dated(found, f"meta {name}", written))
    return stated


def source_of(facts: dict[str, str], head: Frame) -> Fact | None:
    """Who the page says issued it: as printed, unless the metas show that buttons follow on the same line."""
    named, printed = facts.get("contentsource", ""), head.source
    if printed and (not named or named == printed.value or named not in printed.value):
        return printed
    return Fact(named, "meta ContentSource", named) if named else None


def numbered(release: Release, facts: dict[str, str]) -> Release:
    """The release with the number its metas give, where its address is not known."""
    told = _NUMBER.search(facts.get("url", ""))
    if release.url or told is None:
        return release
    evidence = release.evidence | {"native_id": Evidence(rule="meta Url", text=clip(facts["url"]), basis="stated")}
    return release.model_copy(update={"native_id": told[0], "evidence": evidence})
