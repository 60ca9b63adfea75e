"""Which share of texts in declared-nowhere encodings comes out as it went in.

`python -m bench.charset` reads the 425 labelled files of `../shared/corpora/charset` without their labels,
and once more cut to 200 bytes' worth of text for the Chinese ones, and names every file that comes out otherwise.
"""

import csv
import sys
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

from parsers.decoding import Decoded, decode

CORPUS = Path(__file__).resolve().parents[1] / ".." / "shared" / "corpora" / "charset"
BAR = 0.953
SHORT = 200  # bytes
CHINESE = {"Big5", "GB2312", "EUC-TW"}


def labelled() -> Iterator[tuple[str, str, bytes]]:
    """Member name, label and bytes of each file of the corpus."""
    with (CORPUS / "index.tsv").open(encoding="utf-8") as index:
        labels = {row["member"]: row["encoding"] for row in csv.DictReader(index, delimiter="\t")}
    with tarfile.open(CORPUS / "chardet-tests.tar.gz") as archive:
        for member in archive:
            stream = archive.extractfile(member)
            if stream is not None and member.name in labels:
                yield member.name, labels[member.name], stream.read()


def as_labelled(body: bytes, label: str) -> str | None:
    """The text by the label, None where the label itself does not read the bytes or is no encoding."""
    try:
        return body.decode(label)
    except (LookupError, UnicodeDecodeError):
        return None


def same(body: bytes, expected: str) -> bool:
    """Whether the text comes out the same; a mark at the start is no text."""
    got = decode(body)
    return isinstance(got, Decoded) and got.text.lstrip("\ufeff") == expected.lstrip("\ufeff")


def shortened(body: bytes, label: str) -> bytes:
    """The first stretch of about 200 bytes that begins at the first character beyond ASCII, whole characters only."""
    text = body.decode(label)
    start = next((place for place, char in enumerate(text) if ord(char) > 127), 0)
    return text[start:].encode(label)[:SHORT].decode(label, "ignore").encode(label)


def main() -> int:
    """Print the share, the failing files, and the speed; 1 when below the bar."""
    if not CORPUS.is_dir():
        print(f"skipped: {CORPUS} is not there")
        return 0
    files = list(labelled())
    started = time.process_time()
    wrong = [
        (name, label, describe(body))
        for name, label, body in files
        if (expected := as_labelled(body, label)) is None or not same(body, expected)
    ]
    seconds = time.process_time() - started
    right = len(files) - len(wrong)
    share = right / len(files)
    print(f"same text: {right} of {len(files)} = {share:.3f} (bar {BAR}), {len(files) / seconds:.0f} files/s")
    for name, label, got in wrong:
        print(f"  {name}: labelled {label}, read as {got}")
    report_short(files)
    return 0 if share >= BAR else 1


def report_short(files: list[tuple[str, str, bytes]]) -> None:
    """The same for the Chinese files cut short."""
    short = [
        (name, label, shortened(body, label))
        for name, label, body in files
        if label in CHINESE and as_labelled(body, label) is not None
    ]
    wrong = [(name, describe(body)) for name, label, body in short if not same(body, body.decode(label))]
    print(f"Chinese, first {SHORT} bytes: {len(short) - len(wrong)} of {len(short)}")
    for name, got in wrong:
        print(f"  {name}: {got}")


def describe(body: bytes) -> str:
    got = decode(body)
    return f"{got.encoding} ({got.rule})" if isinstance(got, Decoded) else got.reason


if __name__ == "__main__":
    sys.exit(main())
