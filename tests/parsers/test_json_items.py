"""JSON from strangers: whatever stands where a known member should be, there is a release or a reason."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.records import Rejection, Release
from parsers.registry import chosen, read
from tests.parsers.captures import capture_of

PAGES = Path(__file__).parent / "pages"
ITEM = "application/vnd.communique.feed-item+json"
KNOWN = {path.stem.partition("-")[0]: json.loads(path.read_text(encoding="utf-8")) for path in PAGES.glob("*.json")}

texts = st.text(max_size=40) | st.sampled_from(
    [
        "<p>Lamps</p>",
        "2026-01-15",
        "9999-99-99T99:99:99Z",
        "https://www.gov.uk/a",
        "http://[",
        "\ud800",
        "&#0;",
        "a" * 600,
    ]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


def places(told: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value, as the keys that lead there."""
    pairs = told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ()
    return [path] * bool(path) + [place for key, inner in pairs for place in places(inner, (*path, key))]


def with_value(told: Any, path: tuple[Any, ...], value: Any) -> Any:
    """A copy of a JSON value with another at one place."""
    if not path:
        return value
    copied = dict(told) if isinstance(told, dict) else list(told)
    copied[path[0]] = with_value(told[path[0]], path[1:], value)
    return copied


@pytest.mark.parametrize("name", sorted(KNOWN))
@settings(max_examples=40, deadline=None)  # the first reading imports the parser
@given(data=st.data())
def test_any_member_may_be_anything(name: str, data: st.DataObject) -> None:
    told = KNOWN[name]
    for _ in range(data.draw(st.integers(1, 3))):
        told = with_value(told, data.draw(st.sampled_from(places(told) or [()])), data.draw(values))
    (found,) = read(capture_of(json.dumps(told), kind=ITEM))
    assert isinstance(found, Release | Rejection)
    if isinstance(found, Rejection):
        assert "could not read it" not in found.reason, found
    else:
        found.model_dump_json().encode()


@settings(deadline=None)
@given(values)
def test_any_json_is_a_release_or_a_reason(told: Any) -> None:
    for kind in (ITEM, "application/json"):
        for found in read(capture_of(json.dumps(told), kind=kind)):
            assert isinstance(found, Release | Rejection)
            assert not (isinstance(found, Rejection) and "could not read it" in found.reason), found


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_each_is_known_by_its_shape(name: str) -> None:
    parser = chosen(capture_of(json.dumps(KNOWN[name]), kind=ITEM))
    assert parser is not None and parser.name == name
