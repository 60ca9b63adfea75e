"""The page: every section told in its template. Text of releases is escaped; only the templates write markup."""

import re
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from warehouse.report import coverage, edits, health, news, people, vanished, volume
from warehouse.report.asking import Answer
from warehouse.report.period import Period
from warehouse.report.section import Desk

SECTIONS = (news, edits, vanished, volume, coverage, people, health)
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
ADDRESS = re.compile(r"https?://[^\s\x00-\x1f]+", re.I)
LANGUAGES = {
    "en": "English",
    "zh": "Chinese",
    "zh-Hant": "Traditional Chinese",
    "zh-Hans": "Simplified Chinese",
    "fr": "French",
    "es": "Spanish",
    "ru": "Russian",
    "ar": "Arabic",
    "de": "German",
    "pt": "Portuguese",
    "und": "Undetermined",
}


def rendered(desk: Desk, glance: Answer) -> bytes:
    """The whole page, as UTF-8. Same archive, same period, same bytes.

    :param glance: the answer to `glance.sql`, the figures at the head of the page.
    """
    period = desk.period
    sections = [one.tell(desk) for one in SECTIONS]
    template = _environment().get_template("page.html")
    page = template.render(
        period=period,
        heading=heading(period),
        glance=glance,
        sections=sections,
        instant=lambda at: _instant(at, period.zone),
        stretch=lambda since, until: stretch(since, until, period),
    )
    return page.encode()


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "said": said,
        "seen": seen,
        "linked": linked,
        "clipped": clipped,
        "number": lambda n: f"{n:,}",
        "day": lambda day: f"{day:%-d %B %Y}",
        "language": lambda tag: LANGUAGES.get(tag, tag),
        "size": _size,
    }
    made.globals |= {"style": _style(), "plural": _plural}
    return made


def _template(name: str) -> str:
    return (resources.files("warehouse.report") / "templates" / name).read_text(encoding="utf-8")


def _style() -> Markup:
    """Our own style sheet, the one text beside the charts that is not escaped."""
    return Markup(_template("page.css"))  # noqa: S704  -- a file of this program


def heading(period: Period) -> str:
    """The days of a period as a person says them, the last one included."""
    first, last = period.since, period.until - timedelta(days=1)
    if first == last:
        return f"{last:%-d %B %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {last:%-d %B %Y}"
    return f"{first:%-d %B}{'' if first.year == last.year else f' {first.year}'} – {last:%-d %B %Y}"


def stretch(since: date | None, until: date | None, period: Period) -> str:
    """Days from `since` to before `until`, as far as they are known; the year where the page's own does not tell it."""
    if since is None:
        return "—"
    last = until - timedelta(days=1) if until else None
    of_page = {period.since.year, (period.until - timedelta(days=1)).year}
    with_year = {day.year for day in (since, last) if day} | of_page != {since.year}
    first, end = (f"{day:%-d %b %Y}" if with_year else f"{day:%-d %b}" for day in (since, last or since))
    return first if last == since else f"{first} to {end if last else '…'}"


def seen(text: object) -> str:
    """A text without characters that are not seen but steer what is."""
    return UNSEEN.sub("", str(text))


def said(text: object, language: str | None = None) -> Markup:
    """Words of a release, kept apart from the page's: their own language and direction, nothing that steers either."""
    shown = seen(text)
    if language and TAG.fullmatch(language) and language != "und":
        return Markup('<bdi lang="{}">{}</bdi>').format(language, shown)
    return Markup("<bdi>{}</bdi>").format(shown)


def linked(shown: Markup, url: str | None) -> Markup:
    """A link where the address is one of the web, else the words alone."""
    if not url or not ADDRESS.fullmatch(url):
        return shown
    return Markup('<a href="{}" rel="noreferrer noopener external">{}</a>').format(seen(url), shown)


def clipped(text: str, letters: int = 200) -> str:
    """The beginning of a text, with a mark where it goes on."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def _instant(at: datetime | None, zone: str) -> Markup:
    """An instant in the zone of the report, with what a machine reads."""
    if at is None:
        return Markup("—")
    local = at.astimezone(ZoneInfo(zone))
    return Markup('<time datetime="{}">{}</time>').format(local.isoformat(), f"{local:%-d %b %Y, %H:%M}")


def _size(n: int) -> str:
    return f"{n / 1e6:,.1f} MB" if n >= 1e6 else f"{n / 1e3:,.0f} kB"


def _plural(n: int, one: str, many: str | None = None) -> str:
    return f"{n:,} {one if n == 1 else many or one + 's'}"
