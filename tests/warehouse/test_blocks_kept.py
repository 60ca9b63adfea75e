"""A body is kept once, with the places of its blocks: they are given back as they were, whatever stands in them."""

from itertools import accumulate

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from warehouse.connection import sql

LINES = st.text("a字 \n\r𝒳é", min_size=1, max_size=8)


@pytest.fixture(scope="module")
def con() -> duckdb.DuckDBPyConnection:
    """The macros of a published copy in memory."""
    con = duckdb.connect(config={"threads": 1})
    con.execute(sql("schema/published"))
    return con


@given(st.lists(LINES, max_size=5))
@example(["one\n\ntwo", "three"])  # as many blank lines as between three blocks
@example(["one\n", "two"])  # the first blank line is not the one between them
def test_blocks_are_given_back_as_they_were(con: duckdb.DuckDBPyConnection, texts: list[str]) -> None:
    starts = accumulate((len(text) + 2 for text in texts), initial=0)
    spans = [
        {"kind": "heading" if i else "paragraph", "level": i or None, "start": start, "length": len(text)}
        for i, (text, start) in enumerate(zip(texts, starts, strict=False))
    ]
    asked = "SELECT published.blocks_of($1, $2::STRUCT(kind VARCHAR, level TINYINT, start INTEGER, length INTEGER)[])"
    ((blocks,),) = con.execute(asked, ["\n\n".join(texts), spans]).fetchall()
    assert [block["text"] for block in blocks] == texts
    assert [(block["kind"], block["level"]) for block in blocks] == [(span["kind"], span["level"]) for span in spans]
