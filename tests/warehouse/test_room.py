"""Memory: what takes more than is given at first gets it, and loses nothing on the way."""

from pathlib import Path

import pytest

from sources.errors import ArchiveError, NeedsRoom
from tests.desk import Desk
from tests.samples import news
from warehouse import connection, writing
from warehouse.connection import LOADING, attached, with_room

GATHERED = "CREATE TABLE told AS SELECT list(repeat(md5(n::VARCHAR), 2000)) AS one FROM range(3000) AS t(n)"
LITTLE = "10MB"


def test_what_takes_more_memory_is_tried_again_with_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []

    def gather(path: Path) -> int:
        with attached(path, memory_limit=LOADING) as con:
            given.extend(con.execute("SELECT current_setting('memory_limit')").fetchone() or ())
            con.execute(GATHERED)
            ((size,),) = con.execute("SELECT len(one) FROM told").fetchall()
        return int(size)

    for place in ("a", "b"):
        (tmp_path / place / "staging").mkdir(parents=True)
    assert with_room(lambda: gather(tmp_path / "a" / "a.duckdb")) == 3000
    assert len(set(given)) == len(given) == 2
    monkeypatch.setattr(connection, "ROOMIER", ())
    with pytest.raises(ArchiveError, match="a machine with more memory") as told:
        with_room(lambda: gather(tmp_path / "b" / "a.duckdb"))
    assert not isinstance(told.value, NeedsRoom)


def test_texts_too_long_for_the_usual_memory_are_archived_like_others(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "LOADING", LITTLE)
    monkeypatch.setitem(connection.THREADS, LITTLE, 1)
    for number in range(24):
        words = " ".join(f"harbour{number}x{place}" for place in range(16_000))
        desk.drop(f"{number}.txt", news(f"Book {number}", paragraphs=(words,)))
    assert desk.ingest() == {"new": 24}
    assert desk.column("SELECT count(*) FROM releases WHERE length(body) > 200000") == [24]
    assert desk.wrong() == []
    assert int((desk.home.staging / "duckdb.room").read_text()) >= 1  # later runs begin with what it took
