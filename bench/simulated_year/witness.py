"""What visitors could have seen, by the server's own log: nothing here looks at the archive."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bench.simulated_year.living import Lived
from bench.simulated_year.rendering import IN_FEED
from bench.simulated_year.world import SITES, Page, Site, Text, digest_of


@dataclass(slots=True)
class Seen:
    """What one visit was answered. `pages`, `files`, `lists` hold the last answer to each path; `is_certain` says that
    the visit came to its end: what one saw that was killed may have been preserved, or not."""

    number: int
    source: str
    site: Site
    at: datetime
    is_certain: bool
    order: int
    pages: dict[str, str] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)

    @property
    def lists_came(self) -> bool:
        return bool(self.lists) and all(saw == "sound" for saw in self.lists.values())


@dataclass(frozen=True, slots=True)
class Sight:
    """A page seen to stand at `at` with this text; `file` is the revision of its file that came whole with it."""

    at: datetime
    text: Text
    file: int | None
    is_certain: bool
    source: str
    number: int


def visits_seen(lived: Lived) -> list[Seen]:
    """All visits that asked for anything, in the order in which they began to ask."""
    found: dict[int, Seen] = {}
    sites = {source: site for site in SITES for source in site.kinds}
    for order, line in enumerate(lived.log.read_text(encoding="utf-8").splitlines()):
        number, _, path, what, saw = json.loads(line)
        if number not in lived.visits:
            continue
        visit = lived.visits[number]
        certain = number in lived.ended
        new = Seen(number, visit.source, sites[visit.source], visit.at, certain, order)
        seen = found.setdefault(number, new)
        if what == "page":
            seen.pages[path] = saw
        elif what == "file" and saw.isdigit():
            seen.files[path.rpartition("/")[2]] = int(saw)
        elif what == "list":
            seen.lists[path] = saw
    return sorted(found.values(), key=lambda one: (one.at, one.order))


def sights(lived: Lived, visits: list[Seen]) -> dict[tuple[str, str], list[Sight]]:
    """By host and path, what was seen to stand there, in order."""
    found: dict[tuple[str, str], list[Sight]] = defaultdict(list)
    pages_of: dict[tuple[str, str], tuple[str, str]] = {}  # host and name of a file -> the page that names it
    for seen in visits:
        for page, text in _stood(lived, seen):
            file = seen.files.get(text.file[0]) if text.file else None
            place = page.site.host, page.path
            found[place].append(Sight(seen.at, text, file, seen.is_certain, seen.source, seen.number))
            if text.file:
                pages_of[page.site.host, text.file[0]] = place
        _add_files_alone(seen, found, pages_of)
    return found


def _add_files_alone(
    seen: Seen, found: dict[tuple[str, str], list[Sight]], pages_of: Mapping[tuple[str, str], tuple[str, str]]
) -> None:
    """Files of a page that a killed visit had read: asked for without their page, they come to the text that it had."""
    for name, revision in seen.files.items():
        place = pages_of.get((seen.site.host, name))
        if place and place[1] not in seen.pages:
            found[place].append(replace(found[place][-1], at=seen.at, file=revision, is_certain=seen.is_certain))


def _stood(lived: Lived, seen: Seen) -> Iterator[tuple[Page, Text]]:
    if seen.site.kinds[seen.source] == "notes":
        if seen.lists_came:
            yield from lived.world.listed(seen.site, seen.at)[:IN_FEED]
        return
    for path, saw in seen.pages.items():
        page = lived.world.pages[seen.site.host, path]
        text = page.turns[int(saw)].text if saw.isdigit() else None
        if text:
            yield page, text


def file_digest(name: str, revision: int) -> bytes:
    """The bytes of a revision of a file."""
    return digest_of(f"/files/{name}", revision)
