"""Which share of short texts gets the right language and script, and how many the wrong script.

`python -m bench.language` takes the first 24 characters of the English and the first 12 of the Chinese sentences in
`../shared/corpora/lang`, once without and once with a declared language that says only `zh`. Traditional Chinese is
made with OpenCC (s2hk) when that package can be imported; it is no dependency of the project.
"""

import importlib
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from parsers.language import detect

CORPUS = Path(__file__).resolve().parents[1] / ".." / "shared" / "corpora" / "lang"
BAR = 0.98
ENGLISH, CHINESE = 24, 12  # characters
Sample = tuple[str, str]


def sentences(name: str) -> list[str]:
    """The sentences of one file, blank lines aside."""
    return [line for line in (CORPUS / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def samples() -> Iterator[tuple[str, list[Sample]]]:
    """Sets of (expected language, text)."""
    yield "en", [("en", line[:ENGLISH]) for line in sentences("sentences_en.txt")]
    chinese = sentences("sentences_zh.txt")
    yield "zh-Hans", [("zh-Hans", line[:CHINESE]) for line in chinese]
    try:
        convert = importlib.import_module("opencc").OpenCC("s2hk").convert
    except ImportError:
        print("zh-Hant: skipped, OpenCC is not installed here")
        return
    yield "zh-Hant", [("zh-Hant", convert(line)[:CHINESE]) for line in chinese]


def conversion_cases() -> list[Sample]:
    """OpenCC's own cases as whole sentences: what converts to Hong Kong or from there is Traditional, the rest not."""
    told: list[Sample] = []
    for case in json.loads((CORPUS / "opencc_testcases.json").read_text(encoding="utf-8"))["cases"]:
        for direction, output in case["expected"].items():
            if direction in ("s2hk", "hk2s") and output != case["input"]:
                target = "zh-Hant" if direction == "s2hk" else "zh-Hans"
                told.append((target, output))
    return told


def report(name: str, texts: list[Sample]) -> tuple[int, int, int]:
    """Print one set; right, wrong script, and size."""
    started = time.process_time()
    verdicts = [(expected, text, detect(text).language) for expected, text in texts]
    seconds = time.process_time() - started
    misses = [(expected, text, got) for expected, text, got in verdicts if got != expected]
    wrong_script = sum({expected, got} == {"zh-Hant", "zh-Hans"} for expected, _, got in misses)
    right = len(texts) - len(misses)
    print(
        f"{name}: {right} of {len(texts)} = {right / len(texts):.3f}, wrong script {wrong_script},"
        f" {len(texts) / seconds:.0f}/s"
    )
    for expected, text, got in misses:
        print(f"  {expected}, read as {got}: {text}")
    return right, wrong_script, len(texts)


def main() -> int:
    """Print each set and the whole; 1 when below the bar."""
    if not CORPUS.is_dir():
        print(f"skipped: {CORPUS} is not there")
        return 0
    totals = [report(name, texts) for name, texts in samples()]
    report("conversion cases, whole", conversion_cases())
    right, wrong_script, size = (sum(column) for column in zip(*totals, strict=True))
    print(f"together: {right} of {size} = {right / size:.3f} (bar {BAR}), wrong script {wrong_script} (bar 0)")
    return 0 if right / size >= BAR and wrong_script == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
