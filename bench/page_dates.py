"""On how many pages of unknown publishers the day of publication is right, wrong or not given.

`python -m bench.page_dates` reads the 200 pages of `../shared/corpora/dates` through the public door, without their
addresses and once more with them, and htmldate beside it on the same trees in the same run. Every page that is not
right is named. For an archive a wrong day is worse than none.
"""

import gzip
import importlib
import json
import logging
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.info_gov_hk import capture_of
from parsers.decoding import decode
from parsers.extraction.tree import plant
from parsers.records import Rejection, Release
from parsers.registry import read

CORPUS = Path(__file__).resolve().parents[1] / ".." / "shared" / "corpora" / "dates"
RIGHT, WRONG = 0.88, 0.06

Answers = dict[str, dict[str, str]]


def judged(given: str | None, answer: str) -> str:
    """`right`, `wrong` or `none`."""
    return "none" if given is None else "right" if given == answer else "wrong"


def ours(pages: dict[str, bytes], answers: Answers, *, with_address: bool) -> tuple[Counter[str], float]:
    """Print what is not right; how many are what, and the seconds it took."""
    counts: Counter[str] = Counter()
    seconds = 0.0
    for name, body in pages.items():
        capture = capture_of(body, answers[name]["url"] if with_address else None)
        started = time.process_time()
        found = read(capture)[0]
        seconds += time.process_time() - started
        stamp = found.published if isinstance(found, Release) else None
        verdict = judged(str(stamp.on) if stamp else None, answers[name]["date"])
        counts[verdict] += 1
        if verdict != "right" and not with_address:
            why = f"{stamp.on} by {stamp.rule}" if stamp else _withheld(found)
            print(f"  {verdict}: {name.removesuffix('.html.gz')}: {answers[name]['date']}, read {why}")
    return counts, seconds


def _withheld(found: Release | Rejection) -> str:
    if isinstance(found, Rejection):
        return f"nothing: {found.reason}"
    evidence = found.evidence.get("published")
    return f"none: {evidence.text}" if evidence else "none: no date was found"


def htmldate(pages: dict[str, bytes], answers: Answers, *, extensive: bool) -> tuple[Counter[str], float]:
    """The same by htmldate, on a parsed tree, original date."""
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    find: Any = importlib.import_module("htmldate").find_date
    counts: Counter[str] = Counter()
    seconds = 0.0
    for name, body in pages.items():
        started = time.process_time()
        tree = plant(getattr(decode(body, declared=None, markup=True), "text", ""))
        given = find(tree, original_date=True, extensive_search=extensive) if tree is not None else None
        seconds += time.process_time() - started
        counts[judged(given, answers[name]["date"])] += 1
    return counts, seconds


def line(name: str, counts: Counter[str], seconds: float) -> str:
    """One result as text."""
    total = sum(counts.values())
    shares = ", ".join(f"{kind} {counts[kind]} ({counts[kind] / total:.3f})" for kind in ("right", "wrong", "none"))
    return f"{name}: {shares} of {total}, {total / seconds:.0f}/s"


def main() -> int:
    """Print all; 1 when below a bar."""
    if not CORPUS.is_dir():
        print(f"skipped: {CORPUS} is not there")
        return 0
    answers: Answers = json.loads((CORPUS / "answers.json").read_text(encoding="utf-8"))
    pages = {name: gzip.decompress((CORPUS / "html" / name).read_bytes()) for name in sorted(answers)}
    counts, seconds = ours(pages, answers, with_address=False)
    print(line("whole record, no address given", counts, seconds), f"(bars: right {RIGHT}, wrong {WRONG})")
    print(line("whole record, address given", *ours(pages, answers, with_address=True)))
    print(line("htmldate, date alone, quick", *htmldate(pages, answers, extensive=False)))
    print(line("htmldate, date alone, extensive", *htmldate(pages, answers, extensive=True)))
    return 0 if counts["right"] >= RIGHT * len(pages) and counts["wrong"] <= WRONG * len(pages) else 1


if __name__ == "__main__":
    sys.exit(main())
