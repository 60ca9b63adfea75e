"""How well and how fast pages of info.gov.hk become records.

`python -m bench.info_gov_hk` reads the 43 pages of `../shared/corpora/pages/info.gov.hk`, compares every field with
`expected.jsonl` and names what differs. Speed is bytes to validated record on one core, beside BeautifulSoup with
lxml over the whole page for the same fields, both in this process, rounds interleaved.
"""

import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag

from parsers import dates
from parsers.records import Release
from parsers.registry import read
from sources.capture import NOTHING_STATED, Capture, digest, facts_digest

CORPUS = Path(__file__).resolve().parents[1] / ".." / "shared" / "corpora" / "pages"
PER_SECOND, TIMES_FASTER = 500, 5.0
ROUNDS = 9

_BLANK = re.compile("[\\s\u200b-\u200d\u2060\ufeff]+")
_TABLE_MARKS = re.compile(r"^\|(?: --- \|)+$|(?<!\\)\|", re.MULTILINE)
_LIST_MARKS = re.compile(r"^ *- ", re.MULTILINE)

Answer = dict[str, Any]


def capture_of(body: bytes, url: str | None) -> Capture:
    """A page as fetched from its address."""
    return Capture(
        source="bench",
        ref=url or "page",
        name="page.html",
        target_uri=url or "file:///page.html",
        captured_at=datetime(2026, 1, 1, tzinfo=UTC),
        media_type="text/html",
        body=body,
        payload_sha256=digest(body),
        content_sha256=digest(body),
        facts_sha256=facts_digest(NOTHING_STATED),
        url=url,
    )


def bare(text: str) -> str:
    """A text without white space, unseen characters and the marks of Markdown tables and lists."""
    return _BLANK.sub("", _LIST_MARKS.sub("", _TABLE_MARKS.sub("", text)))


def compared(release: Release, answer: Answer) -> Iterator[tuple[str, bool]]:
    """Each field of the answers, and whether the record has it right."""
    body, published = bare(release.body), release.published
    issued = datetime.fromisoformat(answer["published_at"])
    yield "canonical_url", release.url == answer["canonical_url"]
    yield "publisher", release.publisher == answer["publisher"]
    yield "native_id", release.native_id == answer["native_id"]
    yield "language", release.language == answer["language"]
    yield "title", bare(release.title) == bare(answer["title"])
    yield "published_at", published is not None and published.at == issued
    yield "precision", published is not None and published.precision == answer["published_precision"]
    yield "body_start", body.startswith(bare(answer["body_start"]))
    yield "body_end", body.endswith(bare(answer["body_end"]))
    yield "photos", len(release.images) == answer["n_photos"]
    yield "attachments", len(release.attachments) == answer["n_attachments"]
    yield "videos", len(release.videos) == answer["n_videos"]
    yield (
        "other_language_url",
        [one.url for one in release.editions] == [answer["other_language_url"]] * bool(answer["other_language_url"]),
    )
    yield "related_urls", list(release.related) == answer["related_urls"]


def score(pages: list[tuple[Answer, bytes]], *, with_address: bool) -> int:
    """Print the fields that are right on all pages and the pages that fail; how many fail."""
    right: dict[str, int] = {}
    failures = []
    for answer, body in pages:
        (found,) = read(capture_of(body, answer["source_url"] if with_address else None))
        if not isinstance(found, Release):
            failures.append(f"{answer['file']}: {found.reason}")
            continue
        for field, fine in compared(found, answer):
            right[field] = right.get(field, 0) + fine
            if not fine:
                failures.append(f"{answer['file']}: {field} is {getattr(found, field, None)!r}")
    given = "address given" if with_address else "no address given"
    print(f"{given}: " + ", ".join(f"{field} {count}" for field, count in right.items()) + f" of {len(pages)}")
    for failure in failures:
        print(f"  {failure[:300]}")
    return len(failures)


def with_beautiful_soup(capture: Capture) -> Answer:
    """The same fields by BeautifulSoup with lxml over the whole page: values only, no evidence, no validation."""
    soup = BeautifulSoup(capture.body, "lxml", from_encoding="utf-8")
    body = soup.select_one("#pressrelease")
    assert body is not None
    for tag in body.select(".controlDisplay2, script"):
        tag.decompose()
    footer = " ".join(tag.get_text(" ", strip=True) for tag in body.select(".mB15.f15"))
    for tag in body.select(".mB15.f15, .mB15.f15 ~ *"):
        tag.decompose()
    for tag in body.select("br"):
        tag.replace_with("\n")
    title = soup.select_one("#PRHeadlineSpan")
    other = soup.select_one("a:has(img#hdrTCLnk), a:has(img#hdrENLnk)")
    return {
        "title": title.get_text(strip=True) if title else None,
        "published": dates.read(footer, zone="Asia/Hong_Kong"),
        "body": [line.strip() for line in body.get_text().split("\n") if line.strip()],
        "photos": {(tag["href"], str(tag.get("title"))) for tag in soup.select("a.fancybox[href]")},
        "attachments": {(tag["href"], tag.get_text(strip=True)) for tag in soup.select("a.attach_text[href]")},
        "videos": {tag["href"] for tag in soup.select(".resAV a[href]")},
        "related": {tag["href"] for tag in soup.select("a.contentref_text[href]")},
        "other": other["href"] if isinstance(other, Tag) else None,
    }


def per_second(captures: list[Capture], reader: Callable[[Capture], object]) -> float:
    """Pages a second of CPU time in one round."""
    started = time.process_time()
    for capture in captures:
        reader(capture)
    return len(captures) / (time.process_time() - started)


def speed(captures: list[Capture]) -> tuple[float, float]:
    """Print and answer records a second and how many times faster than BeautifulSoup that is (medians)."""
    ours, soups = [], []
    for _ in range(ROUNDS):
        ours.append(per_second(captures, read))
        soups.append(per_second(captures, with_beautiful_soup))
    rate, ratio = statistics.median(ours), statistics.median(a / b for a, b in zip(ours, soups, strict=True))
    print(
        f"bytes to validated record: {rate:.0f}/s ({min(ours):.0f} to {max(ours):.0f}; bar {PER_SECOND}), BeautifulSoup"
        f" with lxml, fields alone: {statistics.median(soups):.0f}/s, {ratio:.1f} times (bar {TIMES_FASTER:.0f})"
    )
    return rate, ratio


def main() -> int:
    """Print accuracy and speed; 1 when below a bar."""
    if not CORPUS.is_dir():
        print(f"skipped: {CORPUS} is not there")
        return 0
    answers = [json.loads(line) for line in (CORPUS / "expected.jsonl").read_text(encoding="utf-8").splitlines()]
    pages = [(answer, (CORPUS / answer["file"]).read_bytes()) for answer in answers]
    wrong = score(pages, with_address=True) + score(pages, with_address=False)
    rate, ratio = speed([capture_of(body, answer["source_url"]) for answer, body in pages])
    return 0 if not wrong and rate >= PER_SECOND and ratio >= TIMES_FASTER else 1


if __name__ == "__main__":
    sys.exit(main())
