"""Language editions: which releases are one in several languages, and in which figures their texts differ.

What the publisher says comes first: a link in the header, the same number. Only where a release points to no other
language the figures of what the publisher issued that day decide. One fact joins a release to each group it belongs
to, so late editions join it; a better fact retires a guess. Renditions in the two Chinese scripts are script variants.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
from pydantic_core import from_json, to_json

from parsers.spellings import page_of, same_page
from warehouse.resolution.edition_evidence import best_partner, differences
from warehouse.resolution.edition_gathering import READABLE, Fact, Gathering, gather
from warehouse.resolution.edition_names import day_of, number_of, same_language, tongue

RULE = "edition/2"
_LINKED, _ONE_WAY = 1.0, 0.9

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tie:
    """One reason to join a reading to another; `by` is link, number or figures."""

    other: Row
    by: str
    score: float
    why: str
    measured: Mapping[str, Any] = field(default_factory=dict)


def tie(
    con: duckdb.DuckDBPyConnection, readings: Sequence[Row], joined: Sequence[Row], sketched: Sequence[Row] = ()
) -> tuple[list[Fact], list[Row]]:
    """Rows of `relations` and of `edition_differences` that the new readings of a batch add.

    `joined` and `sketched` are the relations and sketches that the batch adds already.
    """
    gathered = gather(con, readings, sketched)
    for fact in joined:
        if fact["kind"] == "script_variant":
            gathered.assert_(dict(fact))
    added: list[Fact] = []
    told: list[Row] = []
    for row in readings:
        gathered.take(row)
        held = list(gathered.tied.get(row["release_id"], {}).values())
        facts = list(facts_of(gathered, row))
        for fact in facts:
            gathered.assert_(fact)
        added += facts
        edited = held if "body" in row["changed_fields"] or "title" in row["changed_fields"] else []
        told += _compared(gathered, [fact for fact in facts if fact["state"] == "asserted"], edited)
    return added, told


def facts_of(gathered: Gathering, row: Row) -> Iterator[Fact]:
    """What joins a reading's release to others that it was not joined to, and the guesses that this overrules."""
    ties = {tied.other["release_id"]: tied for tied in (*_by_number(gathered, row), *links_of(gathered, row))}
    ties.pop(row["release_id"], None)
    if not ties and (guess := _by_figures(gathered, row)):
        ties[guess.other["release_id"]] = guess
    joined = {row["release_id"], *_reached(gathered, row["release_id"])}
    for name, tied in ties.items():
        held = gathered.tied.get(row["release_id"], {}).get(name)
        if not tied.measured.get("replaced"):
            yield from _overruled(gathered, row, tied)
        if name not in joined or (held and tied.by != "figures" and _told(held).get("by") == "figures"):
            yield _fact(row, tied)
            joined |= {name, *_reached(gathered, name)}


def _by_number(gathered: Gathering, row: Row) -> Iterator[Tie]:
    for other in gathered.under(number_of(row), row["language"]):
        yield Tie(other, "number", _LINKED, f"the publisher gave both the number {row['native_id']}")


def links_of(gathered: Gathering, row: Row) -> Iterator[Tie]:
    """Releases that a reading links to, or that link to it, as the same in another language.

    Where several of one language link to it and it to none of them, one link stands on all their pages.
    """
    addresses = [one["url"] for one in row["editions"]]
    pages = {page_of(url) for url in addresses}
    pointed_to = [other for url in addresses for other in gathered.under(f"at {url}", row["language"])]
    pointing = gathered.under(f"to {row['url']}", row["language"]) if row["url"] else []
    found = {other["release_id"]: other for other in (*pointed_to, *pointing)}
    said = [
        (other, bool(other["url"]) and page_of(other["url"]) in pages, _points_to(other, row["url"]))
        for other in sorted(found.values(), key=lambda one: int(one["reading_no"]))
    ]
    one_way = Counter(other["language"] for other, there, back in said if back and not there)
    for other, there, back in said:
        if there and back:
            yield Tie(other, "link", _LINKED, "each links to the other as the same release in another language")
        elif not ((back and one_way[other["language"]] > 1) or _promised_otherwise(gathered, row, other)):
            yield Tie(other, "link", _ONE_WAY, "one links to the other as the same release in another language")


def _points_to(row: Row, url: str | None) -> bool:
    return any(same_page(one["url"], url) for one in row["editions"])


def _promised_otherwise(gathered: Gathering, row: Row, other: Row) -> bool:
    return _promised(gathered, row, other) or _promised(gathered, other, row)


def _promised(gathered: Gathering, row: Row, other: Row) -> bool:
    """Whether a release has an edition in the language of the other, and it is not the other."""
    elsewhere = [one["url"] for one in row["editions"] if same_language(one["language"], other["language"])]
    found = any(same_page(url, other["url"]) for url in elsewhere)
    return bool(elsewhere and not found) or _has_edition(gathered, row, other)


def _has_edition(gathered: Gathering, row: Row, other: Row, *, surely: bool = False) -> bool:
    """Whether a release has another edition in the language of the other; `surely` without one figure that differs."""
    held = gathered.tied.get(row["release_id"], {}).items()
    counted = ((name, fact) for name, fact in held if not (surely and _told(fact).get("replaced")))
    languages = (_language(fact, name) for name, fact in counted if name != other["release_id"])
    return any(language and same_language(language, other["language"]) for language in languages)


def _by_figures(gathered: Gathering, row: Row) -> Tie | None:
    """The release of the same publisher and day that says the same in figures; a guess, so only where nobody knows."""
    if row["editions"] or tongue(row["language"]) not in READABLE or not row["body"]:
        return None
    free = [
        other
        for other in gathered.under(day_of(row), row["language"])
        if tongue(other["language"]) in READABLE - {tongue(row["language"])}
        and other["publisher"] == row["publisher"]
        and not other["editions"]
        and not _has_edition(gathered, row, other, surely=True)
        and not _has_edition(gathered, other, row, surely=True)
        and gathered.may_agree(row, other)
    ]
    if not free:
        return None
    gathered.fetch_bodies([other["reading_no"] for other in free])
    found = best_partner(gathered.text(row), [gathered.text(other) for other in free])
    if found is None:
        return None
    text, measured = found
    other = gathered.current[text.row["release_id"]]
    if measured.replaced and (_has_edition(gathered, row, other) or _has_edition(gathered, other, row)):
        return None
    but = f" but for {measured.replaced}" if measured.replaced else ""
    why = f"the same publisher and day, and the same figures{but} ({', '.join(measured.shared[:6])})"
    told: dict[str, Any] = {"share": measured.share, "peculiarity": measured.peculiarity, "minutes": measured.minutes}
    told |= {"figures": measured.shared[:40], "pictures": measured.pictures[:40], "names": measured.names[:40]}
    return Tie(other, "figures", measured.score, why, told | {"replaced": measured.replaced})


def _overruled(gathered: Gathering, row: Row, tied: Tie) -> Iterator[Fact]:
    """Guesses that joined either to a third release in the other's language; by figures those with one that differs."""
    for one, partner in ((row, tied.other), (tied.other, row)):
        for name, fact in list(gathered.tied.get(one["release_id"], {}).items()):
            told = _told(fact)
            is_weaker = told.get("by") == "figures" and (tied.by != "figures" or told.get("replaced"))
            is_other = name != partner["release_id"] and same_language(_language(fact, name) or "", partner["language"])
            if is_weaker and is_other:
                how = "agrees in all figures" if tied.by == "figures" else "is named by the publisher"
                why = {"why": f"another release {how} as this edition", "by": "figures"}
                yield fact | {"rule": RULE, "evidence": to_json(why).decode(), "state": "retired"}


def _fact(row: Row, tied: Tie) -> Fact:
    other = tied.other
    both_chinese = tongue(row["language"]) == tongue(other["language"]) == "zh"
    evidence = {"why": tied.why, "by": tied.by, "languages": [row["language"], other["language"]], **tied.measured}
    return {
        "kind": "script_variant" if both_chinese else "edition",
        "release_a": row["release_id"],
        "release_b": other["release_id"],
        "score": tied.score,
        "rule": RULE,
        "evidence": to_json(evidence).decode(),
        "series": None,
        "state": "asserted",
    }


def _compared(gathered: Gathering, fresh: Sequence[Fact], edited: Sequence[Fact]) -> Iterator[dict[str, Any]]:
    """In which figures editions differ: when they are tied, if they do, and whenever one of them was edited."""
    for fact in (*fresh, *edited):
        later, elder = (gathered.current.get(fact[end]) for end in ("release_a", "release_b"))
        if fact["kind"] != "edition" or later is None or elder is None:
            continue
        if not {tongue(later["language"]), tongue(elder["language"])} <= READABLE:
            continue
        found = differences(gathered.text(later), gathered.text(elder))
        if any(found) or fact in edited:
            yield {
                "release_a": later["release_id"],
                "version_a": later["version"],
                "release_b": elder["release_id"],
                "version_b": elder["version"],
                "rule": RULE,
                "only_a": sorted(found[0]),
                "only_b": sorted(found[1]),
            }


def _reached(gathered: Gathering, release: str) -> Iterator[str]:
    """The other editions of a release."""
    seen, waiting = {release}, [release]
    while waiting:
        for other in gathered.tied.get(waiting.pop(), {}):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
                yield other


def _told(fact: Row) -> dict[str, Any]:
    told: dict[str, Any] = from_json(fact["evidence"])
    return told


def _language(fact: Row, release: str) -> str | None:
    """The language of one end of a fact, as its evidence has it."""
    languages = _told(fact).get("languages")
    return languages[0 if fact["release_a"] == release else 1] if languages else None
