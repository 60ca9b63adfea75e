"""Which of the dates a release gives for itself is its publication, and how exactly it is known.

Stated by an operator beats all; then a label, closing lines, a date line. A time of day is taken from wherever
it agrees with the chosen day; from an address only to complete a stated day, and then it is marked inferred.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from parsers import dates, urls
from parsers.datelines import Dated
from parsers.publishers import UNKNOWN_ZONE
from parsers.records import Basis, Evidence, Other, Precision, Stamp, clip

TIME_FROM_ADDRESS = ", time from the address"
"""What the rule of a date ends with whose day is stated, and whose time of day is not."""

_RANKS = ("metadata", "label", "closing lines", "date line")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DOTTED = re.compile(r"\d\.\s?\d{1,2}\.\s?\d")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?P<seconds>:\d\d(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d\d:\d\d)")

# news.gov.hk numbers an article by the Hong Kong time of its creation: 20250625_192922_819
_OBJECT_TIME = re.compile(r"(\d{8})_(\d{2})(\d{2})(\d{2})(?:_\d{3})?")


def chosen(readings: Sequence[Dated], preferred: Dated | None = None) -> tuple[Stamp, Evidence] | None:
    """The strongest of the dates read from a document, with the others and why they were not taken.

    `preferred` is that one of them which is known to be the strongest by more than its rule.
    """
    ranked = sorted(readings, key=lambda dated: _rank(dated.rule))
    if not ranked:
        return None
    best = preferred or ranked[0]
    timed = [d for d in ranked if d.found.on == best.found.on and d.found.at]
    if timed and best.found.at is None:
        best = timed[0]
    others = [
        Other(rule=d.rule, text=clip(d.text), value=_value(d), why_not=doubt or _why_not(d, best))
        for d, doubt in sorted(((d, _doubt(d)) for d in ranked), key=lambda told: not told[1])
        if doubt or (d is not best and _value(d) != _value(best))
    ]
    exchanged = _exchanged(best, ranked)
    if exchanged:
        why_not = f"day and month could change places: {best.found.rule}, by habit"
        others.insert(0, Other(rule=best.rule, text=clip(best.text), value=exchanged.isoformat(), why_not=why_not))
    basis: Basis = "inferred" if exchanged else "stated"
    found = best.found
    timed_nowhere = found.zone == UNKNOWN_ZONE  # a time of day without a zone is no instant
    stamp = Stamp(
        at=None if timed_nowhere else found.at,
        on=found.on,
        precision="month" if found.on is None else "day" if timed_nowhere else found.precision,
        zone=found.zone,
        text=clip(best.text),
        rule=best.rule,
        basis=basis,
    )
    return stamp, Evidence(rule=best.rule, text=clip(best.text), basis=basis, others=tuple(others[:5]))


def unsure(readings: Sequence[Dated]) -> bool:
    """Whether nothing but figures tells the day, and day and month of them could change places."""
    ranked = sorted(readings, key=lambda dated: _rank(dated.rule))
    return bool(ranked) and _exchanged(ranked[0], ranked) is not None


def withheld(readings: Sequence[Dated], why: str) -> Evidence:
    """What was read where no date is taken, and why none is."""
    others = {_value(d): Other(rule=d.rule, text=clip(d.text), value=_value(d), why_not=why) for d in readings[:20]}
    return Evidence(rule="none taken", text=clip(why), basis="inferred", others=tuple(others.values())[:5])


def from_operator(written: str, *, zone: str, day_first: bool) -> Stamp:
    """What an operator states as publication: a day, or an instant after RFC 3339; ValueError otherwise."""
    text = written.strip()
    if _DAY.fullmatch(text) and (day := _day(text)):
        return _stated(None, day, "day", zone, text)
    if match := _INSTANT.fullmatch(text):
        try:
            instant = datetime.fromisoformat(text.upper()).astimezone(UTC)
        except (ValueError, OverflowError):
            raise ValueError(f"published: {clip(text)!r} names no instant of the calendar") from None
        on = instant.astimezone(ZoneInfo(zone)).date()
        return _stated(instant, on, "second" if match["seconds"] else "minute", zone, text)
    found = dates.read(text, zone=zone, day_first=day_first)
    if found is None or found.on is None or not found.year_given or found.ambiguous:
        raise ValueError(f"published: {clip(text)!r} is neither a day such as 2025-06-25 nor an RFC 3339 instant")
    return _stated(found.at, found.on, found.precision, found.zone, text)


def with_address_time(
    stamp: Stamp, evidence: Evidence, *, publisher: str, native_id: str | None
) -> tuple[Stamp, Evidence]:
    """A stated day completed by the time of day in the address, when both name the same day."""
    match = _OBJECT_TIME.fullmatch(native_id or "")
    if publisher != "news.gov.hk" or stamp.precision != "day" or match is None or stamp.on is None:
        return stamp, evidence
    try:
        local = datetime.strptime("".join(match.groups()), "%Y%m%d%H%M%S").replace(tzinfo=ZoneInfo(stamp.zone))
    except ValueError:
        return stamp, evidence
    if local.date() != stamp.on:
        why_not = "another day than the one stated"
        other = Other(rule="time in the address", text=match[0], value=local.date().isoformat(), why_not=why_not)
        return stamp, evidence.model_copy(update={"others": (*evidence.others, other)})
    rule = f"{evidence.rule}{TIME_FROM_ADDRESS}"
    text = f"{evidence.text}; {match[0]}"
    other = Other(rule=evidence.rule, text=evidence.text, value=stamp.on.isoformat(), why_not="lacks the time of day")
    added = {"at": local.astimezone(UTC), "precision": "second", "text": clip(text), "rule": rule, "basis": "inferred"}
    return stamp.model_copy(update=added), Evidence(
        rule=rule, text=clip(text), basis="inferred", others=(*evidence.others, other)
    )


def beside_address(
    stamp: Stamp, evidence: Evidence, *, address: str | None, native_id: str | None
) -> tuple[Stamp, Evidence]:
    """The date as it is, and in its evidence the days that address and number of the release give instead."""
    filed = urls.address_day(address) if address else None
    numbered = urls.number_day(native_id) if native_id else None
    told = {str(numbered): ("day in the number", native_id), str(filed): ("day in the address", address)}
    known = {str(stamp.on), str(None), *(other.value for other in evidence.others)}
    others = tuple(
        Other(rule=rule, text=clip(text or ""), value=day, why_not="tells when it was filed, not when it was issued")
        for day, (rule, text) in told.items()
        if day not in known
    )
    return stamp, evidence.model_copy(update={"others": evidence.others + others}) if others else evidence


def _rank(rule: str) -> int:
    return next((rank for rank, start in enumerate(_RANKS) if rule.startswith(start)), len(_RANKS))


def _value(dated: Dated) -> str:
    found = dated.found
    if found.at:
        return found.at.isoformat().replace("+00:00", "Z")
    return found.on.isoformat() if found.on else found.text


def _doubt(dated: Dated) -> str:
    """What speaks against a date in its own words, be it the chosen one."""
    found = dated.found
    if found.weekday_agrees is not False or found.on is None:
        return ""
    return f"the weekday disagrees: {found.on} is a {_WEEKDAYS[found.on.weekday()]}"


def _exchanged(best: Dated, readings: Sequence[Dated]) -> date | None:
    """The other day that the figures of a date may name; None where anything settles which of them it is."""
    on = best.found.on
    settled = any(dated.found.on == on and not _could_change_places(dated) for dated in readings)
    return date(on.year, on.day, on.month) if on and _could_change_places(best) and not settled else None


def _could_change_places(dated: Dated) -> bool:
    """Whether it is a date such as 03/04/2025; where full stops stand between the figures, the day is the first."""
    found = dated.found
    by_weekday = found.weekday_agrees and not found.ambiguous
    if found.on is None or not found.rule.startswith("numeric") or by_weekday:
        return False
    return found.on.day <= 12 and found.on.day != found.on.month and not _DOTTED.search(found.text)


def _why_not(dated: Dated, best: Dated) -> str:
    if dated.found.on == best.found.on and dated.found.at is None:
        return "the same day without its time"
    return f"{best.rule} comes first"


def _stated(at: datetime | None, on: date, precision: Precision, zone: str, text: str) -> Stamp:
    return Stamp(at=at, on=on, precision=precision, zone=zone, text=clip(text), rule="stated", basis="stated")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
