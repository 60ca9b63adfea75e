"""How much of an article is found on pages of unknown publishers, and what is taken beside it.

`python -m bench.extraction` reads the 181 pages of `../shared/corpora/extraction` through the public door, scores the
body by runs of four words (precision and recall, macro average; F1 of the averages), and trafilatura's default beside
it in the same run, page by page in turns. Speed is told twice: from bytes to the text of the article, which is what
trafilatura does, and from bytes to the whole validated record.
"""

import gzip
import importlib
import json
import logging
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.info_gov_hk import capture_of
from parsers.decoding import decode
from parsers.extraction.decision import story_of
from parsers.extraction.outline import outline_of
from parsers.extraction.tree import plant
from parsers.records import Release
from parsers.registry import read

CORPUS = Path(__file__).resolve().parents[1] / ".." / "shared" / "corpora" / "extraction"
F1, PRECISION, SPEED = 0.970, 0.955, 0.8
SHOWN = 30  # worst pages that are named
RUN = 4  # words

_WORD = re.compile(r"\w+")
_LIST_NUMBER = re.compile(r"^ *\d+\. ", re.MULTILINE)  # of Markdown; the answers do not number items


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall of one page; None where prediction or answer are empty."""

    page: str
    precision: float | None
    recall: float | None
    exact: bool

    @property
    def f1(self) -> float:
        both = (self.precision or 0.0) + (self.recall or 0.0)
        return 2 * (self.precision or 0.0) * (self.recall or 0.0) / both if both else 0.0


def runs(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words of a text, with repeats; a shorter text is one run."""
    words = _WORD.findall(text)
    return Counter(tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)) if words)


def scored(page: str, predicted: str, answer: str) -> Score:
    """One page, by the metric of the corpus."""
    ours, theirs = runs(predicted), runs(answer)
    hits = sum((ours & theirs).values())
    same = _WORD.findall(predicted) == _WORD.findall(answer)
    precision = hits / sum(ours.values()) if ours else None
    return Score(page, precision, hits / sum(theirs.values()) if theirs else None, same)


def averages(scores: list[Score]) -> tuple[float, float, float]:
    """Precision, recall and F1 over all pages."""
    precisions = [score.precision for score in scores if score.precision is not None]
    recalls = [score.recall for score in scores if score.recall is not None]
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return precision, recall, 2 * precision * recall / (precision + recall)


def article_text(body: bytes) -> str:
    """The text of the article alone, from bytes."""
    decoded = decode(body, declared=None, markup=True)
    tree = plant(getattr(decoded, "text", ""))
    outline = outline_of(tree.find("body")) if tree is not None else None
    if tree is None or outline is None:
        return ""
    return "\n".join(outline.units[at].text for at in story_of(tree, outline).units)


def record_text(body: bytes) -> str:
    """The body of the record, from bytes, without the numbers of list items."""
    found = read(capture_of(body, None))[0]
    return _LIST_NUMBER.sub("", found.body) if isinstance(found, Release) else ""


def peer() -> Callable[[bytes], str]:
    """Trafilatura as it comes, without comments."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    extract = importlib.import_module("trafilatura").extract
    return lambda body: extract(body, include_comments=False) or ""


def main() -> int:
    """Print scores, speed and the worst pages; 1 when below a bar."""
    if not CORPUS.is_dir():
        print(f"skipped: {CORPUS} is not there")
        return 0
    answers = json.loads((CORPUS / "ground-truth.json").read_text(encoding="utf-8"))
    readers = {"record": record_text, "article": article_text, "trafilatura": peer()}
    scores: dict[str, list[Score]] = {name: [] for name in readers}
    seconds = dict.fromkeys(readers, 0.0)
    for page, answer in sorted(answers.items()):
        body = gzip.decompress((CORPUS / "html" / f"{page}.html.gz").read_bytes())
        for name, reader in readers.items():
            started = time.process_time()
            predicted = reader(body)
            seconds[name] += time.process_time() - started
            scores[name].append(scored(page, predicted, answer["articleBody"]))
    for name, told in scores.items():
        precision, recall, f1 = averages(told)
        exact, pace = sum(score.exact for score in told), len(told) / seconds[name]
        ratio = seconds["trafilatura"] / seconds[name]
        print(
            f"{name}: F1 {f1:.4f}, precision {precision:.4f}, recall {recall:.4f}, {exact} of {len(told)} exact,"
            f" {pace:.1f}/s, {ratio:.2f} of trafilatura's speed"
        )
    print(f"bars: F1 {F1}, precision {PRECISION}, speed {SPEED} of trafilatura's; the worst pages of the record:")
    for score in sorted(scores["record"], key=lambda score: score.f1)[:SHOWN]:
        address = str(answers[score.page]["url"])[:90]
        print(f"  {score.page[:12]} precision {score.precision or 0:.2f} recall {score.recall or 0:.2f} {address}")
    precision, _, f1 = averages(scores["record"])
    fast = seconds["trafilatura"] / seconds["article"] >= SPEED
    return 0 if f1 >= F1 and precision >= PRECISION and fast else 1


if __name__ == "__main__":
    sys.exit(main())
