"""The bodies that issue releases: names, hosts, zones, habits and rights, read from `publishers.toml`.

A publisher is known by its key (`info.gov.hk`). Where a document does not say who issued it, `infer` names
one from cues in the text, and says which; it prefers no answer to a guess.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from parsers.cues import Cue, CueIndex, Sample, Script, cue_from
from parsers.records import Rights

UNKNOWN = "unknown"  # the key of a publisher nobody named
UNKNOWN_ZONE = "Etc/UTC"  # for days of an unknown publisher: no instant is ever computed in it

ENOUGH = 3  # what the cues of a publisher must add up to before it is named
CLEAR_LEAD = 2  # over the next one: a wrong name is worse than none

_SITES = ("政府新聞網", "政府新闻网")  # short names that a site prints as its own


@dataclass(frozen=True, slots=True)
class Publisher:
    """One issuing body. `zone` is IANA; `moved` maps a host to the one its addresses are rewritten to.

    `updated_issues`: a day of update that stands alone is when it put the release up.
    """

    key: str
    names: dict[str, str]
    zone: str
    day_first: bool
    aliases: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    moved: dict[str, str] = field(default_factory=dict)
    ids: tuple[re.Pattern[str], ...] = ()
    query_ids: tuple[re.Pattern[str], ...] = ()
    rights: Rights | None = None
    cues: tuple[Cue, ...] = ()
    updated_issues: bool = False

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is known to publish in (BCP 47)."""
        return tuple(self.names)


class Inference(NamedTuple):
    """Who most probably issued a text: the rule, the words it rests on, and the weaker candidates."""

    publisher: Publisher
    rule: str
    cue: str
    weaker: tuple[tuple[str, str, str], ...] = ()  # (key, rule, words), strongest first


@cache
def publishers() -> tuple[Publisher, ...]:
    """Every publisher of `publishers.toml`, in its order."""
    told = tomllib.loads((Path(__file__).parent / "publishers.toml").read_text(encoding="utf-8"))
    return tuple(_publisher(entry) for entry in told["publisher"])


def by_host(host: str) -> Publisher | None:
    """The publisher that owns this exact host. Sub-domains do not count: clones live on other people's."""
    return _owners().get(host.lower().removesuffix("."))


def by_key(name: str) -> Publisher | None:
    """The publisher of this key, name or alias, whatever the case and spacing."""
    return _called().get(" ".join(name.split()).casefold())


def is_named(line: str) -> bool:
    """Whether a line is a publisher's name or host and nothing else, as sites print it above a release."""
    named = by_key(line)
    told = " ".join(line.split()).casefold()
    return named is not None and told in (name.casefold() for name in (*named.names.values(), *named.hosts, *_SITES))


def infer(text: str, language: str | None = None) -> Inference | None:
    """Who most probably issued a bare text, or None when the cues are too few or speak for two alike."""
    scores = sorted(_scores(_sample(text, language), language), key=lambda score: -score[0])
    if not scores or scores[0][0] < ENOUGH or (len(scores) > 1 and scores[0][0] - scores[1][0] < CLEAR_LEAD):
        return None
    _, publisher, rule, cue = scores[0]
    weaker = tuple((other.key, other_rule, words) for _, other, other_rule, words in scores[1:3])
    return Inference(publisher, rule, cue, weaker)


def _sample(text: str, language: str | None) -> Sample:
    if language in (None, "und"):
        return _index(None).sample(text)
    return _index("han" if str(language).startswith("zh") else "other").sample(text)


@cache
def _index(script: Script | None) -> CueIndex:
    return CueIndex((cue for publisher in publishers() for cue in publisher.cues), script)


def _scores(sample: Sample, language: str | None) -> Iterator[tuple[int, Publisher, str, str]]:
    for publisher, cues in _candidates(language, sample.script):
        seen = [(cue, words) for cue in cues if (words := cue.seen_in(sample)) is not None]
        if any(cue.weight > 0 for cue, _ in seen):
            strongest, words = max(seen, key=lambda pair: pair[0].weight)
            yield sum(cue.weight for cue, _ in seen), publisher, strongest.rule, words


@lru_cache(maxsize=64)
def _candidates(language: str | None, script: Script | None) -> tuple[tuple[Publisher, tuple[Cue, ...]], ...]:
    """The publishers that may have issued a text in this language, and their cues in its script."""
    told = [
        (publisher, tuple(cue for cue in publisher.cues if cue.is_written_in(script)))
        for publisher in publishers()
        if _publishes_in(publisher, language)
    ]
    return tuple((publisher, cues) for publisher, cues in told if cues)


def _publishes_in(publisher: Publisher, language: str | None) -> bool:
    """Scripts of Chinese are not told apart here: gateways rewrite one into the other."""
    if language in (None, "und"):
        return True
    wanted = str(language).split("-")[0]
    return any(known.split("-")[0] == wanted for known in publisher.names)


@cache
def _owners() -> dict[str, Publisher]:
    return {host: publisher for publisher in publishers() for host in publisher.hosts}


@cache
def _called() -> dict[str, Publisher]:
    named = {}
    for publisher in reversed(publishers()):
        for name in (*publisher.hosts, *publisher.aliases, *publisher.names.values(), publisher.key):
            named[" ".join(name.split()).casefold()] = publisher
    return named


def _publisher(told: dict[str, Any]) -> Publisher:
    return Publisher(
        key=told["key"],
        names=told["names"],
        zone=told["zone"],
        day_first=told["day_first"],
        aliases=tuple(told.get("aliases", ())),
        hosts=tuple(told["hosts"]),
        moved=told.get("moved", {}),
        ids=tuple(re.compile(pattern) for pattern in told.get("ids", ())),
        query_ids=tuple(re.compile(pattern, re.IGNORECASE) for pattern in told.get("query_ids", ())),
        rights=Rights(**told["rights"]) if "rights" in told else None,
        cues=tuple(cue_from(cue) for cue in told.get("cues", ())),
        updated_issues=told.get("updated_issues", False),
    )
