"""The verdicts over planted edits and series, and over a public set of near-copies."""

from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.planted_series import OPEN, issues_of
from bench.sameness import figures, reading
from parsers.chineseforms import simplified
from parsers.text import fingerprint
from warehouse.resolution.likeness import compare
from warehouse.resolution.lookalikes import found_under
from warehouse.resolution.near_duplicates import verdict
from warehouse.resolution.sketches import Sketch, from_row, sketches

ARTICLES = Path(__file__).parents[2] / ".." / "shared" / "corpora" / "dedup"


def test_edits_copies_and_series_are_told_apart() -> None:
    assert [one for one in figures("open", 10) if not one.met] == []


def article(number: int, name: str, text: str) -> dict[str, Any]:
    dates = dict.fromkeys(("published_on", "published_at", "published_basis", "address_on"))
    told = {"title": text[:80], "body": text, "language": "en", "publisher": "unknown"}
    return dates | told | {"reading_no": number, "release_id": name, "text_sha256": fingerprint((text,))}


def test_the_planted_pairs_of_a_public_set_are_found_and_no_other() -> None:
    if not ARTICLES.is_dir():
        pytest.skip("the public set of a thousand articles is not on this machine")
    lines = (ARTICLES / "articles_1000.train").read_text(encoding="utf-8").splitlines()
    told = [line.partition(" ") for line in lines]
    made = sketches([article(number, name, text) for number, (name, _, text) in enumerate(told)])
    under: dict[int, list[Sketch]] = {}
    for one in made:
        for key in found_under(one):
            under.setdefault(key, []).append(one)
    met = {pair for group in under.values() for pair in combinations(group, 2)}
    found = {
        frozenset((first.release_id, second.release_id))
        for first, second in met
        if verdict(second, first, compare(second, first), recurring=False)
    }
    pairs = (ARTICLES / "articles_1000.truth").read_text(encoding="utf-8").splitlines()
    assert found == {frozenset(pair.split()) for pair in pairs}


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=200)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(first=TEXTS, second=TEXTS)
def test_laws_of_sketches(first: str, second: str) -> None:
    one, other = sketches([article(1, "one", first), article(2, "other", second)])
    assert from_row(one.row()) == one
    assert one.likeness(one) == one.masked_likeness(one) == 1.0
    assert one.likeness(other) == other.likeness(one)
    assert [one, other] == [sketches([article(1, "one", first)])[0], sketches([article(2, "other", second)])[0]]
    measured = compare(one, other)
    assert 0 <= measured.contained <= 1
    assert simplified(simplified(first)) == simplified(first)


def test_a_sketch_that_knows_no_numbers_in_words_is_compared_without() -> None:
    text = "The gate at Lantern Bay opened at {} for the {} of the boats. John Tarr, aged forty, was there."
    one, other = sketches(
        [article(1, "one", text.format("six", "first")), article(2, "two", text.format("nine", "last"))]
    )
    bare = replace(one, figures=" ".join(one.numbers))
    assert (one.particulars != frozenset(), bare.particulars) == (True, frozenset())
    assert (compare(other, one).words_replaced, compare(other, bare).words_replaced) == (1, 0)
    assert not compare(other, bare).others_named
    assert compare(other, bare).figures_replaced == 0
    assert compare(other, bare).likeness == compare(other, one).likeness
    assert compare(other, bare).masked == compare(other, one).masked


def test_issues_of_a_notice_read_alike_once_masked() -> None:
    for series in OPEN:
        made = sketches([reading(issue) for issue in issues_of("open", series, 4)])
        assert min(one.masked_likeness(made[0]) for one in made) > 0.6, series.name
