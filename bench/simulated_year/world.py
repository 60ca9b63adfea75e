"""The invented world of a year: ten publications, what they issue, edit, take down, put up again and move, by a seed.

Everything that stands anywhere is a function of the instant alone, so that whoever knows when somebody asked knows what
there was to be seen.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from random import Random
from typing import Literal

from bench.simulated_year.texts import paragraphs_of, sentence, title_of

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
Kind = Literal["feed", "notes", "listing", "calendar", "sitemap", "api"]
Gone = Literal["404", "410", "soft"]
EDITED, REMOVED, RETURNED, MOVED = 0.3, 0.1, 0.35, 0.03


@dataclass(frozen=True, slots=True)
class Site:
    """One publication: where it stands, what lists it, how much it issues a day, and what it shows for nothing."""

    name: str
    host: str
    kinds: Mapping[str, Kind]  # of the sources that read it, by name
    per_day: float
    language: str = "en"
    soft: bool = False
    series: bool = False
    files: bool = False
    twin: str | None = None  # the site that has the same releases in another language
    chrome: bool = False  # pages show what changes with every hour, too


SITES = (
    Site("harbour", "127.0.0.2", {"harbour": "feed"}, 1.4, files=True),
    Site("tides_en", "127.0.0.3", {"tides_en": "listing"}, 0.8, twin="tides_zh"),
    Site("tides_zh", "127.0.0.3", {"tides_zh": "listing"}, 0.8, language="zh", twin="tides_en"),
    Site("treasury", "127.0.0.4", {"treasury": "calendar"}, 1.2, files=True),
    Site("parks", "127.0.0.5", {"parks": "sitemap"}, 0.6, soft=True),
    Site("customs", "127.0.0.6", {"customs": "api"}, 0.9, chrome=True),
    Site("weather", "127.0.0.7", {"weather": "notes"}, 1.0, series=True),
    Site("police", "127.0.0.8", {"police_feed": "feed", "police_list": "listing"}, 1.0, soft=True),
    Site("statistics", "127.0.0.9", {"statistics": "listing"}, 0.5, series=True),
)


@dataclass(frozen=True, slots=True)
class Text:
    """What a release says. `file` is the name and revision of what it hands out."""

    title: str
    paragraphs: tuple[str, ...]
    issued: datetime
    updated: datetime | None = None
    image: str | None = None
    file: tuple[str, int] | None = None
    twin: str | None = None

    @property
    def key(self) -> tuple[str, str, str | None, str | None, str | None]:
        """What makes a version: headline, text, stated update, picture and file, as the archive would name them."""
        updated = self.updated.isoformat() if self.updated else None
        return (self.title, "\n\n".join(self.paragraphs), updated, self.image, self.file[0] if self.file else None)


@dataclass(frozen=True, slots=True)
class Turn:
    """From `at` on this stands at an address: a text, or nothing in one of its ways."""

    at: datetime
    text: Text | None
    gone: Gone | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One address and what stands there over the year; `elder` is where the same text stood before."""

    site: Site
    path: str
    turns: tuple[Turn, ...]
    elder: str | None = None

    @property
    def issued(self) -> datetime:
        return self.turns[0].at

    def at(self, now: datetime) -> tuple[int, Turn] | None:
        """What stands there, and which turn that is; None before it was issued."""
        place = bisect_right(self.turns, now, key=lambda turn: turn.at) - 1
        return (place, self.turns[place]) if place >= 0 else None


def digest_of(path: str, revision: int) -> bytes:
    """The bytes of a file that a release hands out."""
    return b"%PDF-1.4\n" + hashlib.sha256(f"{path} {revision}".encode()).hexdigest().encode() * 8


@dataclass(frozen=True)
class World:
    """All pages of all sites; `outages` are times at which a site answers 404 for everything."""

    seed: int
    days: int
    volume: float = 1.0
    outages: Mapping[str, tuple[datetime, datetime]] = field(default_factory=dict)

    @property
    def end(self) -> datetime:
        """From when on nothing goes wrong any more."""
        return BEGIN + timedelta(days=self.days)

    @cached_property
    def pages(self) -> dict[tuple[str, str], Page]:
        """By host and path."""
        return {(page.site.host, page.path): page for site in SITES for page in _pages(self, site)}

    def of(self, site: Site) -> list[Page]:
        """The pages of a site in the order of their issue."""
        return self._by_site[site.name]

    @cached_property
    def _by_site(self) -> dict[str, list[Page]]:
        found: dict[str, list[Page]] = {site.name: [] for site in SITES}
        for page in self.pages.values():
            found[page.site.name].append(page)
        return {name: sorted(pages, key=lambda page: (page.issued, page.path)) for name, pages in found.items()}

    def listed(self, site: Site, now: datetime) -> list[tuple[Page, Text]]:
        """What a site lists: all that stands, the newest first."""
        found = []
        for page in self.of(site):
            state = page.at(now)
            if state is None:
                break
            if text := state[1].text:
                found.append((page, text))
        return sorted(found, key=lambda one: (one[1].issued, one[0].path), reverse=True)

    def is_out(self, site_name: str, now: datetime) -> bool:
        since, until = self.outages.get(site_name, (now, now))
        return since <= now < until


def _pages(world: World, site: Site) -> Iterator[Page]:
    name = min(site.name, site.twin) if site.twin else site.name
    clock, words = Random(f"{world.seed} {name}"), Random(f"{world.seed} {site.name} words")
    number = 0
    for day in range(world.days):
        count = 1 if site.series else int(site.per_day * world.volume + clock.random())
        for _ in range(count):
            number += 1
            issued = BEGIN + timedelta(days=day, seconds=clock.randint(6 * 3_600, 19 * 3_600))
            issued = issued.replace(second=0)
            yield from _release(site, number, issued, words)


def _release(site: Site, number: int, issued: datetime, rng: Random) -> Iterator[Page]:
    path = _path(site.name, number, issued)
    title = f"Daily notice of the {site.name} office" if site.series else f"{title_of(rng, site.language)}"
    image = f"picture{number}.jpg" if rng.random() < 0.2 and site.files else None
    file = (f"annex{number}.pdf", 1) if site.files and rng.random() < 0.4 else None
    twin = _path(site.twin, number, issued) if site.twin else None
    first = Text(title, paragraphs_of(rng, site.language), issued, None, image, file, twin)
    turns = [Turn(issued, first)]
    fate = rng.random()
    if "notes" in site.kinds.values():
        told = _edits(first, issued, site.language, rng) if fate < EDITED else ()
        turns += [replace(turn, text=turn.text and replace(turn.text, updated=None)) for turn in told]
        yield Page(site, path, tuple(turns))
    elif fate < MOVED and not site.series and not site.twin:
        left = issued + timedelta(hours=rng.choice((5, 30, 200)))
        moved = Page(site, path.replace(f"-{number}", f"-{number}m"), (Turn(left + timedelta(hours=2), first),), path)
        yield Page(site, path, (*turns, Turn(left, None, _way(site, rng))))
        yield moved
    else:
        if fate < MOVED + EDITED:
            turns += _edits(first, issued, site.language, rng)
        if rng.random() < REMOVED:
            turns += _removal(turns[-1], site, rng)
        yield Page(site, path, tuple(turns))


def _path(name: str, number: int, issued: datetime) -> str:
    return f"/{name}/{issued:%Y%m}/note-{number}.html"


def _edits(text: Text, at: datetime, language: str, rng: Random) -> Iterator[Turn]:
    """One to three edits, most within hours: openly or without a word, of text, headline, picture or file, or back."""
    first = text
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        at += timedelta(seconds=max(120, int(rng.lognormvariate(8.5, 1.6))))
        kind = rng.choice(("text", "text", "title", "figure", "image", "file", "back"))
        place = rng.randrange(len(text.paragraphs))
        if kind == "back" and text.key != first.key:
            text = replace(first, file=text.file)
        elif kind == "image" and text.image:
            text = replace(text, image=f"new-{text.image}")
        elif kind == "file" and text.file:
            text = replace(text, file=(text.file[0], text.file[1] + 1))
        elif kind == "title":
            text = replace(text, title=f"{text.title} – amended" if language == "en" else f"{text.title}（更正）")
        else:
            said = list(text.paragraphs)
            said[place] = f"{said[place]} {sentence(rng, language)}"
            text = replace(text, paragraphs=tuple(said))
        if rng.random() < 0.3 and kind != "back":
            text = replace(text, updated=at.replace(second=0, microsecond=0))
        yield Turn(at, text)


def _removal(last: Turn, site: Site, rng: Random) -> Iterator[Turn]:
    """Taken down after hours, days or weeks; some come back, as they were or changed."""
    at = last.at + timedelta(hours=rng.choice((1, 4, 20, 60, 200, 900)) * (0.5 + rng.random()))
    yield Turn(at, None, _way(site, rng))
    if rng.random() < RETURNED and last.text:
        back = at + timedelta(hours=rng.choice((3, 30, 90, 400, 900)) * (0.5 + rng.random()))
        said = replace(last.text, paragraphs=(*last.text.paragraphs, sentence(rng, site.language)))
        yield Turn(back, said if rng.random() < 0.3 else last.text)


def _way(site: Site, rng: Random) -> Gone:
    return "soft" if site.soft and rng.random() < 0.7 else rng.choice(("404", "404", "410"))
