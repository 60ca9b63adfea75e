"""How many of the people, offices and bodies that releases name are found, and how many found are right.

`python -m bench people` holds what `parsers.people` finds in 61 releases of `../shared/corpora/pages` against
`people_labels.toml`, English and Chinese apart, the half that rules were tuned on apart from the final one, and names
every item that is missed or wrong. A person counts with the office, so a right name with a wrong office is wrong.
"""

import hashlib
import html
import json
import re
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.figures import Figure, report
from bench.info_gov_hk import capture_of
from parsers.people.mention import Mention
from parsers.people.naming import mentions
from parsers.records import Release
from parsers.registry import read

CORPUS = Path(__file__).resolve().parents[1] / ".." / "shared" / "corpora" / "pages"
LABELS = Path(__file__).parent / "people_labels.toml"
PRECISION, RECALL = 0.95, 0.85
MILLISECONDS = 3.0  # for one release
Entry = tuple[str, str, str]  # kind, name, office


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled release: its text, and what is named in it; each name in all its ways."""

    file: str
    language: str
    title: str
    body: str
    wanted: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]  # kind, names, offices
    also: frozenset[str]

    @property
    def half(self) -> str:
        """`final` or `dev`, by the digest of the name."""
        return "final" if int(hashlib.sha256(self.file.encode()).hexdigest()[-1], 16) % 2 else "dev"


def labelled() -> Iterator[Labelled]:
    """The labelled releases with their texts."""
    for told in tomllib.loads(LABELS.read_text(encoding="utf-8"))["release"]:
        title, body = _text(told["file"])
        yield Labelled(
            told["file"], told["language"], title, body, tuple(_wanted(told)), frozenset(told.get("also", ()))
        )


def _wanted(told: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    for person in told.get("people", ()):
        name, _, roles = person.partition(" | ")
        yield "person", (name,), tuple(roles.split("/"))
    for kind in ("post", "body"):
        for names in told.get({"post": "posts", "body": "bodies"}[kind], ()):
            yield kind, tuple(names.split("/")), ("",)


def _text(file: str) -> tuple[str, str]:
    path, _, item = file.partition("#")
    if item:
        return _of_feed(CORPUS / path, item)
    page = capture_of((CORPUS / path).read_bytes(), "https://" + path if path.startswith("info") else None)
    record = next(one for one in read(page) if isinstance(one, Release))
    return record.title, record.body


def _of_feed(path: Path, item: str) -> tuple[str, str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        if told["objectId"] == item:
            newest = told["versions"][-1]
            paragraphs = re.sub(r"</?p>", "\n", html.unescape(newest["description"]))
            return newest["title"], html.unescape(re.sub(r"<[^>]+>", "", paragraphs))
    raise LookupError(item)


def compare(one: Labelled, found: tuple[Mention, ...]) -> tuple[int, list[str], list[str]]:
    """How many are right, what is wrong, what is missed."""
    entries = dict.fromkeys((mention.kind, mention.name, mention.role or "") for mention in found)
    hit: set[int] = set()
    right, wrong = 0, []
    for kind, name, role in entries:
        number = _label(one, kind, name, role)
        if number is None:
            if name not in one.also:
                wrong.append(f"{kind} {name} | {role}")
        elif number not in hit:
            hit.add(number)
            right += 1
    missed = [f"{kind} {names[0]} | {roles[0]}" for n, (kind, names, roles) in enumerate(one.wanted) if n not in hit]
    return right, wrong, missed


def _label(one: Labelled, kind: str, name: str, role: str) -> int | None:
    for number, (wanted, names, roles) in enumerate(one.wanted):
        if wanted == kind and _plain(name) in map(_plain, names) and _plain(role) in map(_plain, roles):
            return number
    return None


def _plain(text: str) -> str:
    return text.casefold().removeprefix("the ").replace("’", "'").strip()


def main(halves: tuple[str, ...] = ("dev", "final")) -> int:
    """Prints precision and recall; 1 when below a bar."""
    if not CORPUS.is_dir():
        print(f"skipped: {CORPUS} is not there")
        return 0
    told: Counter[tuple[str, str, str]] = Counter()
    releases = [one for one in labelled() if one.half in halves]
    seconds = 0.0
    for one in releases:
        started = time.process_time()
        found = mentions(one.title, one.body, one.language)
        seconds += time.process_time() - started
        right, wrong, missed = compare(one, found)
        for key, count in (("right", right), ("wrong", len(wrong)), ("missed", len(missed))):
            told[one.language, one.half, key] += count
        for what, items in (("wrong", wrong), ("missed", missed)):
            for item in items:
                print(f"{one.half} {one.file}: {what}: {item}")
    figures = [figure for half in halves for language in ("en", "zh") for figure in _figures(told, language, half)]
    each = seconds / len(releases) * 1000
    figures.append(Figure("one release", f"{each:.2f} ms", f"{MILLISECONDS} ms", each <= MILLISECONDS))
    return report("People, offices and bodies", figures)


def _figures(told: Counter[tuple[str, str, str]], language: str, half: str) -> Iterator[Figure]:
    right, wrong, missed = (told[language, half, key] for key in ("right", "wrong", "missed"))
    for name, of, bar in (("precision", right + wrong, PRECISION), ("recall", right + missed, RECALL)):
        share = right / of if of else 1.0
        yield Figure(f"{language}, {half}: {name}", f"{right} of {of} = {share:.3f}", f"{bar}", share >= bar)


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:]) or ("dev", "final")))
