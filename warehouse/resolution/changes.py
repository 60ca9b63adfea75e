"""What an edit changed, in kinds, counts and words: a version held against the one before it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from warehouse.resolution.file_names import file_name
from warehouse.resolution.versions import FILES, changed_fields
from warehouse.resolution.word_diff import Op, Piece, shortened
from warehouse.resolution.wordings import Compared, compared, word_count

RULE = "changes/3"
Kind = Literal[
    "withdrawal",
    "correction",
    "figure",
    "name",
    "date",
    "quotation",
    "title",
    "cut",
    "addition",
    "attachment",
    "wording",
    "image",
    "typo",
]
WEIGHTS: Mapping[Kind, int] = {  # heaviest first
    "withdrawal": 1000,
    "correction": 500,
    "figure": 240,
    "name": 120,
    "date": 80,
    "quotation": 50,
    "title": 30,
    "cut": 16,
    "addition": 12,
    "attachment": 8,
    "wording": 5,
    "image": 2,
    "typo": 1,
}
PER_FIGURE, PER_NAME, MOST_COUNTED = 20, 10, 10
NOTICES: tuple[Literal["correction", "withdrawal"], ...] = ("correction", "withdrawal")
MARKS: tuple[Literal["figure", "name", "date", "quotation"], ...] = ("figure", "name", "date", "quotation")
TEXTS = ("title", "subtitle", "body")
DATES = ("published", "updated")
MARKED: Mapping[Op, str] = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}", "~": " \u2026 "}  # how people are shown a piece
LEFT_OVER = 0.25  # of the words of a text; a notice that replaces it has some of them by chance
DIFF_LIMIT = 20_000  # characters of each field; the versions themselves stand whole in the archive

Row = Mapping[str, Any]


class Told(NamedTuple):
    """A piece of the difference in one field; see `Piece`."""

    field: str
    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit. `kinds` is heaviest first; `figures` and `names` count those that changed; `silent` says that the
    text, the stated day or a document did, and that the new version states neither a new update nor a correction."""

    kinds: tuple[Kind, ...] = ()
    weight: int = 0
    figures: int = 0
    names: int = 0
    words_added: int = 0
    words_removed: int = 0
    silent: bool = False
    diff: tuple[Told, ...] = field(default=(), repr=False)


def describe(before: Row, after: Row) -> Edit:
    """What became of a release between two of its readings, rows as `kept.readings` has them."""
    changed = changed_fields(before, after)
    texts = {
        name: compared(before[name] or "", after[name] or "", headline=name == "title")
        for name in TEXTS
        if name in changed
    }
    weighed = {} if _is_taken_away(texts) else texts
    figures, names = (sum(one.changed(kind) for one in weighed.values()) for kind in ("figure", "name"))
    kinds = set(_kinds(changed, texts))
    if not weighed and texts:
        kinds = (kinds - {*MARKS, "addition", "wording", "typo"}) | {"cut"}
    counted = PER_FIGURE * min(figures, MOST_COUNTED) + PER_NAME * min(names, MOST_COUNTED)
    stated = "updated" in changed and after["updated_basis"] == "stated"
    return Edit(
        kinds=tuple(kind for kind in WEIGHTS if kind in kinds),
        weight=sum(WEIGHTS[kind] for kind in kinds) + counted,
        figures=figures,
        names=names,
        words_added=round(sum(one.words_gained for one in texts.values())),
        words_removed=round(sum(one.words_lost for one in texts.values())),
        silent=(bool(texts) or _says_otherwise(before, changed)) and not stated and kinds.isdisjoint(NOTICES),
        diff=tuple(_told(before, after, changed, texts)),
    )


def _is_taken_away(texts: Mapping[str, Compared]) -> bool:
    """Whether a notice of withdrawal stands in place of the whole text: nothing that stood in it was changed."""
    body = texts.get("body")
    if body is None or not body.appeared("withdrawal"):
        return False
    kept = sum(word_count(piece.text) for piece in body.pieces if piece.op == "=")
    return kept < LEFT_OVER * (body.words_lost + kept)


def _says_otherwise(before: Row, changed: Sequence[str]) -> bool:
    """Whether the day of issue was moved, or a document exchanged."""
    return "attachments" in changed or ("published" in changed and before["published_basis"] == "stated")


def _kinds(changed: Sequence[str], texts: Mapping[str, Compared]) -> Iterator[Kind]:
    for name, found in texts.items():
        yield from (kind for kind in NOTICES if found.appeared(kind))
        yield from (kind for kind in MARKS if found.changed(kind))
        if name == "title":
            yield "title"
        else:
            yield from found.changes
            if not found.changes and not (found.lost or found.gained):
                yield "typo"  # unseen characters alone
    if "published" in changed or list(changed) == ["updated"]:
        yield "date"  # an update stated beside other changes is their date, not one of them
    if "attachments" in changed:
        yield "attachment"
    if "images" in changed:
        yield "image"


def _told(before: Row, after: Row, changed: Sequence[str], texts: Mapping[str, Compared]) -> Iterator[Told]:
    for name in changed:
        if name in texts:
            pieces: Sequence[Piece] = shortened(texts[name].pieces, DIFF_LIMIT)
        elif name in DATES:
            pieces = _replaced([_date(before, name)], [_date(after, name)])
        else:
            pieces = _replaced(_files(before, name), _files(after, name))
        yield from (Told(name, op, text) for op, text in pieces)


def _replaced(before: Sequence[str], after: Sequence[str]) -> tuple[Piece, ...]:
    lost, gained = ", ".join(filter(None, before)), ", ".join(filter(None, after))
    pieces = Piece("-", lost[:DIFF_LIMIT]), Piece("+", gained[:DIFF_LIMIT])
    return tuple(piece for piece in pieces if piece.text)


def _date(row: Row, name: str) -> str:
    if row[f"{name}_basis"] != "stated":
        return ""
    return str(row[f"{name}_at"] or row[f"{name}_on"] or "")


def _files(row: Row, name: str) -> list[str]:
    """Names of files, each with the beginning of its digest where that is known."""
    if name not in FILES:
        return []
    return [file_name(part["url"]) + (f" ({part['sha256'][:8]})" if part["sha256"] else "") for part in row[name]]
