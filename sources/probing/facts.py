"""The lines of a source file that do not depend on how releases are found: who, in which language, how often."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from parsers import urls
from sources.discovery.discovered import Discovered
from sources.probing.proposal import Confidence, Line
from sources.probing.signs import Signs

REQUIRED = ("title", "published", "body")
NO_RIGHTS = "not looked up"

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """What the lines are drawn from: the address, the page's own signs, what was listed, the first records read.

    `pace` is in seconds; `live` says that the site itself was asked.
    """

    url: str
    signs: Signs
    found: Discovered
    records: Sequence[Record]
    zone: tuple[str, Confidence, str]
    pace: float
    live: bool


def lines_of(known: Known) -> tuple[list[Line], list[Line]]:
    """The lines for the head of the file, and those of its table `expects`."""
    owner = urls.publisher_of(known.url)
    host = (urls.host_of(known.url) or "").removeprefix("www.")
    language = _language(known)
    head = [_title(known, host), _publisher(owner.key if owner else None, host), language]
    head.append(_zone(known))
    head.append(_schedule(known, host))
    head.append(_rendition(known))
    head += _parser(known)
    head.append(Line("pace", known.pace, "likely", "seconds between two requests; robots.txt may ask for more"))
    head.append(_rights(known, owner.rights.label if owner and owner.rights else None))
    if known.live:
        head.append(Line("verified", True, "sure", "its addresses worked when they were probed"))
    else:
        head.append(Line("verified", False, "sure", "read from a saved file; the site was not asked"))
    head.append(_overlap(known))
    return head, [*_rhythm(known), *_required(known)]


def _title(known: Known, host: str) -> Line:
    names = [name for name in (known.signs.site, known.signs.column) if name]
    owner = urls.publisher_of(known.url)
    if owner:
        tongue = known.signs.language or "en"
        names[:1] = [owner.names.get(tongue) or next(iter(owner.names.values()))]
    told = ": ".join(dict.fromkeys(names))
    return Line("title", told or host, "likely" if told else "guess", "as the site calls itself; for people")


def _publisher(key: str | None, host: str) -> Line:
    if key:
        return Line("publisher", key, "sure", "its host is known")
    return Line("publisher", host, "guess", "its host; any name will do, the same one for all its sources")


def _language(known: Known) -> Line:
    read = Counter(record["language"] for record in known.records if record["language"] != "und")
    said = known.signs.language
    if read:
        most, n = read.most_common(1)[0]
        confidence: Confidence = "sure" if said in (None, most) or most.startswith(str(said)) else "likely"
        return Line("language", most, confidence, f"{n} of {len(known.records)} records are in it")
    if said:
        return Line("language", said, "likely", "the page says so")
    return Line("language", "und", "guess", "nothing tells; en, zh-Hant, zh-Hans or another tag of BCP 47")


def _zone(known: Known) -> Line:
    """The zone by the site, or, where that is a guess, by what reads its pages."""
    read = {record["published"]["zone"] for record in known.records if record["published"]}
    if known.zone[1] == "guess" and len(read) == 1 and _is_place(zone := str(read.pop())):
        return Line("zone", zone, "likely", "the first records are read in it")
    return Line("zone", *known.zone)


def _is_place(zone: str) -> bool:
    """Whether it is a zone with a place in its name, rather than an offset."""
    return "/" in zone and not zone.startswith("Etc/")


def _schedule(known: Known, host: str) -> Line:
    """A visit every quarter of an hour for busy lists, seldom for quiet ones; not all sources at the same minute."""
    minute = hashlib.sha256(f"{host} {known.url}".encode()).digest()[0] % 15
    rate = _per_day(known.found)
    if rate is None:
        return Line(
            "schedule", f"{minute} */3 * * *", "guess", "every three hours; how often it publishes is not known"
        )
    if rate >= 8:
        minutes = ",".join(str(minute + quarter) for quarter in (0, 15, 30, 45))
        return Line("schedule", f"{minutes} * * * *", "likely", f"every 15 minutes, for about {rate:.0f} items a day")
    if rate >= 1:
        return Line("schedule", f"{minute} * * * *", "likely", f"every hour, for about {rate:.0f} items a day")
    return Line("schedule", f"{minute} */6 * * *", "likely", f"every six hours, for about {7 * rate:.1g} items a week")


def _rendition(known: Known) -> Line:
    """Which form of a release leads its versions: its page, unless only the feed could be read."""
    if known.records:
        return Line("rendition", "page", "sure", f"{len(known.records)} of the first pages could be read")
    if any("content_html" in (one.hints.payload or "") for one in known.found.candidates):
        return Line("rendition", "feed_item", "guess", "no page was read, and the feed carries whole texts")
    return Line("rendition", "page", "guess", "no page was read as yet")


def _parser(known: Known) -> list[Line]:
    names = Counter(str(record["parser"]).partition("/")[0] for record in known.records)
    if not names:
        return []
    name, n = names.most_common(1)[0]
    return [Line("parser", name, "sure" if len(names) == 1 else "likely", f"read {n} of the first records")]


def _rights(known: Known, label: str | None) -> Line:
    if label:
        return Line("rights", label, "sure", "known of this publisher")
    if known.signs.rights:
        return Line("rights", known.signs.rights, "likely", "the foot of the page; look for its terms of use")
    return Line("rights", NO_RIGHTS, "guess", "look for the site's terms of use before you pass texts on")


def _overlap(known: Known) -> Line:
    """How far listed days and those in addresses lie apart tells how late items appear among older ones."""
    gaps = []
    for one in known.found.candidates:
        day = urls.address_day(one.url) if one.url else None
        if day and one.hints.published_on:
            gaps.append(abs(day - one.hints.published_on))
    if gaps and max(gaps) > timedelta(days=3):
        return Line(
            "overlap_days", 30, "likely", f"days of items and of their addresses differ by up to {max(gaps).days}"
        )
    return Line("overlap_days", 3, "likely", "how far a visit looks back for late items")


def _rhythm(known: Known) -> list[Line]:
    rate = _per_day(known.found)
    if rate is None:
        return []
    found, why = known.found, f"{known.found.listed} items from {known.found.oldest} to {known.found.newest}"
    confidence: Confidence = "likely" if found.listed >= 10 else "guess"
    if rate >= 1:
        return [Line("items_per_day", float(f"{rate:.1g}"), confidence, why)]
    return [Line("items_per_week", float(f"{7 * rate:.1g}"), confidence, why)]


def _required(known: Known) -> list[Line]:
    whole = [field for field in REQUIRED if known.records and all(record[field] for record in known.records)]
    if not whole:
        return []
    confidence: Confidence = "likely" if len(known.records) >= 3 else "guess"
    return [Line("required", tuple(whole), confidence, f"all of the first {len(known.records)} records have them")]


def _per_day(found: Discovered) -> float | None:
    """Items a day on average, where the list spans enough days to tell."""
    if found.newest is None or found.oldest is None or found.newest == found.oldest:
        return None
    return (found.listed - found.undated) / ((found.newest - found.oldest).days + 1)
