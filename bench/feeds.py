"""How many feeds of the public test sets give their entries and their values, and which do not.

`python -m bench.feeds` reads `../shared/corpora/feeds`: the inputs of feedvalidator that have no error, those of gofeed
with an answer, and feedparser's well-formed ones. feedparser states the right values as Python expressions; those of
the form `entries[i]['field'] == 'value'` on id, link, title, summary, content and dates are read as data, never run.
"""

import ast
import calendar
import json
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sources.discovery.feed_entries import Entry, Feed
from sources.discovery.feed_reader import read_feed
from sources.discovery.page import Page
from sources.discovery.stamps import read_stamp
from sources.discovery.xml_gate import Passed, Refused, local_name, pass_xml

SERVED = "http://127.0.0.1:8097/tests/"
"""Where feedparser's own tests serve the members named http_*: links in them are relative to it."""

CORPUS = Path(__file__).resolve().parents[1] / ".." / "shared" / "corpora" / "feeds"
FIELDS = {
    "id": "id", "guid": "id", "link": "link", "title": "title", "description": "summary", "summary": "summary",
    "content": "content", "published": "published", "updated": "updated", "created": "published",
    "published_parsed": "published", "updated_parsed": "updated", "created_parsed": "published",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """One input, and what is said of it."""

    archive: str
    member: str
    body: bytes
    expect: str
    headers: tuple[str, ...]
    answer: str | None = None

    @property
    def page(self) -> Page:
        """The input as a fetched page, with the headers the case assumes."""
        told = dict(line.split(":", 1) for line in self.headers if ":" in line)
        headers = {name.strip().lower(): value.strip() for name, value in told.items()}
        charset = headers.get("content-type", "").lower().partition("charset=")[2].strip("\"' ;")
        served = f"{SERVED}{self.member}" if "/http_" in self.member else ""
        return Page(headers.get("content-location", served), 200, self.body, None, charset or None)


def cases(corpus: Path = CORPUS) -> Iterator[Case]:
    """Every input that must parse."""
    rows = [json.loads(line) for line in (corpus / "index.jsonl").read_text(encoding="utf-8").splitlines()]
    told = {(row["archive"], row["member"]): row for row in rows}
    for archive in sorted({row["archive"] for row in rows}):
        with tarfile.open(corpus / archive) as opened:
            members = {info.name: held.read() for info in opened if (held := opened.extractfile(info))}
        for name, body in sorted(members.items()):
            row = told.get((archive, name), {"archive": ""})
            if _must_parse(row):
                answer = members.get(row.get("expected_member", ""), b"").decode("utf-8", "replace") or None
                expect, headers = row.get("expect") or "", tuple(row.get("http_headers") or ())
                yield Case(archive.partition(".")[0], name, body, expect, headers, answer)


def _must_parse(row: dict[str, Any]) -> bool:
    match row["archive"].partition(".")[0]:
        case "feedparser":
            return bool(row["member"].startswith("wellformed/"))
        case "feedvalidator":
            return (row.get("expect") or "").startswith("!Error")
        case _:
            return row.get("role") == "input" and bool(row.get("expected_member"))


def entries_there(case: Case) -> int | None:
    """How many entries an input has: by its answer, else counted in its tree; None for what is no feed at all."""
    if case.answer is not None:
        told = json.loads(case.answer)
        return len(told.get("items") or told.get("entries") or ())
    passed = pass_xml(case.body, case.page.charset)
    if not isinstance(passed, Passed) or passed.root is None:
        return None
    root = passed.root
    if local_name(root).lower() not in {"rss", "rdf", "feed", "channel", "entry"}:
        return None
    if local_name(root) == "entry":
        return 1
    names = [str(element.tag).lower() for element in root.iter() if "/modules/" not in str(element.tag)]
    return sum(1 for name in names if name.rpartition("}")[2] in ("item", "entry"))


def yields_its_entries(case: Case) -> str | None:
    """What is wrong with the entries that came out, None when nothing is."""
    feed = read_feed(case.page)
    there = entries_there(case)
    if isinstance(feed, Refused):
        return None if there is None and "declares" not in feed.reason else feed.reason
    return None if there == len(feed.entries) else f"{len(feed.entries)} entries of {there}"


@dataclass(frozen=True, slots=True)
class Claim:
    """`entries[index].field` has this value."""

    index: int
    field: str
    value: Any


def claims(expect: str) -> list[Claim]:
    """What an expectation says of fields we have; parts of other kinds are left out."""
    try:
        tree = ast.parse(expect.strip(), mode="eval").body
    except SyntaxError:
        return []
    parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    return [claim for part in parts if (claim := _claim(part))]


def _claim(part: ast.expr) -> Claim | None:
    if not isinstance(part, ast.Compare) or len(part.ops) != 1 or not isinstance(part.ops[0], ast.Eq):
        return None
    steps = _steps(part.left)
    try:
        value = ast.literal_eval(part.comparators[0])
    except ValueError:
        return None
    match steps:
        case ["entries", int(index), "content", 0, "value"]:
            return Claim(index, "content", value)
        case ["entries", int(index), ("title_detail" | "summary_detail") as field, "value"]:
            return Claim(index, field.partition("_")[0], value)
        case ["entries", int(index), str(field)] if field in FIELDS and field != "content":
            return Claim(index, field, value)
        case _:
            return None


def _steps(node: ast.expr) -> list[str | int]:
    match node:
        case ast.Name(id=name):
            return [name]
        case ast.Attribute(value=inner, attr=name):
            return [*_steps(inner), name]
        case ast.Subscript(value=inner, slice=ast.Constant(value=(str() | int()) as key)):
            return [*_steps(inner), key]
        case _:
            return []


def holds(feed: Feed | Refused, claim: Claim) -> bool:
    """Whether a claim is true of a feed as read. Dates are compared as instants."""
    if isinstance(feed, Refused) or claim.index >= len(feed.entries):
        return False
    entry: Entry = feed.entries[claim.index]
    ours = getattr(entry, FIELDS[claim.field])
    if claim.field.endswith("_parsed"):
        stamp = read_stamp(ours, "Etc/UTC")
        at = stamp.at.timestamp() if stamp and stamp.at else None
        return at == calendar.timegm(claim.value) if claim.value else at is None
    return (ours or "") == (claim.value.strip() if isinstance(claim.value, str) else claim.value or "")


def main() -> int:
    """Prints the figures; 1 when an input that must parse gave other than its entries."""
    if not CORPUS.exists():
        print(f"skipped: no test sets at {CORPUS}")
        return 0
    parsed, stated, failing, false = Counter[str](), Counter[str](), list[str](), list[str]()
    started = time.perf_counter()
    for case in cases():
        fault = yields_its_entries(case)
        parsed[f"{case.archive} {'ok' if fault is None else 'not'}"] += 1
        if fault:
            failing.append(f"{case.archive} {case.member}: {fault}")
        found = claims(case.expect) if case.archive == "feedparser" else []
        feed = read_feed(case.page) if found else None
        for claim in found:
            right = feed is not None and holds(feed, claim)
            stated[f"{claim.field} {'ok' if right else 'not'}"] += 1
            if not right:
                false.append(f"{case.member}: entries[{claim.index}] {claim.field}")
    print(f"{time.perf_counter() - started:.1f} s")
    for title, counts, names in (("entries", parsed, failing), ("values", stated, false)):
        print(title, *(f"  {key}: {count}" for key, count in sorted(counts.items())), sep="\n")
        print(*(f"  FAILS {name}" for name in names), sep="\n")
    return 1 if failing else 0


if __name__ == "__main__":
    sys.exit(main())
