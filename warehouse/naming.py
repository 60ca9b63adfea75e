"""Who and what readings name, found once for each reading and kept in the writer's database.

It is made from the readings alone and is in no journal: `rebuild` finds the same again, and rules of another version
begin anew. It takes about a millisecond for a release, so that a run takes up only so many and the next goes on.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from parsers.chineseforms import simplified
from parsers.people.mention import RULES, Mention
from parsers.people.naming import LONGEST, mentions
from warehouse.connection import sql
from warehouse.resolution.known import with_table

AT_MOST = 2_000  # readings taken up before publishing; two seconds
CHUNK = 200  # readings at once
Connection = duckdb.DuckDBPyConnection
Subject = tuple[str, str, str | None]  # kind, name, office
_TABLES = ("subjects", "abbreviations", "also_held", "mentions", "looked_at")


@dataclass(frozen=True, slots=True)
class Named:
    """One mention of one reading."""

    reading_no: int
    mention: Mention
    is_first: bool

    @property
    def subject(self) -> Subject:
        """What it names."""
        return self.mention.kind, self.mention.name, self.mention.role


def take_up(con: Connection, *, at_most: int | None = AT_MOST, rules: str = RULES) -> int:
    """Finds who and what is named in the readings not looked at yet, oldest first; returns how many these were.

    Call it with the writer's database open, between transactions.

    :param at_most: readings; all of them for None.
    """
    taken = 0
    con.execute("BEGIN")
    after = _looked_at(con, rules)
    ((newest,),) = con.execute("SELECT coalesce(max(reading_no), 0) FROM kept.readings").fetchall()
    while after < newest and (at_most is None or taken < at_most):
        first, after = after + 1, min(after + CHUNK, newest)
        asked = {"first": first, "last": after, "longest": LONGEST}
        some = con.execute(sql("not_named_yet"), asked).fetchall()
        _keep(con, [named for row in some for named in _named(*row)])
        taken += len(some)
    if taken:
        newest = "SELECT max(batch_no), ?, ? FROM kept.batches"
        con.execute(f"INSERT INTO named.looked_at {newest}", [rules, after])
    con.execute("COMMIT")
    return taken


def _looked_at(con: Connection, rules: str) -> int:
    """The last reading looked at by these rules; what others found is removed, as all of it is found anew."""
    told = con.execute("SELECT count_if(rules != $1), max(reading_no) FROM named.looked_at", [rules]).fetchall()
    ((by_others, last),) = told
    if by_others:
        for table in _TABLES:
            con.execute(f"DELETE FROM named.{table}")
        return 0
    return int(last or 0)


def _named(reading_no: int, title: str, body: str, language: str) -> Iterator[Named]:
    for number, mention in enumerate(mentions(title, body, language)):
        yield Named(reading_no, mention, mention.of == number)


def _keep(con: Connection, found: Sequence[Named]) -> None:
    numbers = _numbered(con, dict.fromkeys(named.subject for named in found))
    short = {(numbers[named.subject], form) for named in found if named.is_first for form in named.mention.short}
    told = sorted(short)
    with_table(
        con, "found_short", pa.table({"subject_no": _whole(n for n, _ in told), "short": _text(s for _, s in told)})
    )
    con.execute(sql("abbreviations_found"))
    held = sorted({(numbers[named.subject], role) for named in found if named.is_first for role in named.mention.also})
    together = {
        "subject_no": _whole(n for n, _ in held),
        "role": _text(role for _, role in held),
        "role_key": _text(_key(role) for _, role in held),
    }
    with_table(con, "found_together", pa.table(together))
    con.execute(sql("also_held_found"))
    with_table(con, "found_mentions", pa.Table.from_pylist([_row(named, numbers) for named in found], schema=_MENTIONS))
    newest = "(SELECT max(batch_no) FROM kept.batches) AS batch_no"
    con.execute(f"INSERT INTO named.mentions BY NAME SELECT *, {newest} FROM found_mentions")


_MENTIONS = pa.schema(
    [("reading_no", pa.int64()), ("subject_no", pa.int64()), ("kind", pa.string()), ("field", pa.string())]
    + [(name, pa.int32()) for name in ("start", "length", "sentence_start", "sentence_length")]
    + [("is_first", pa.bool_()), ("confidence", pa.float32()), ("rule", pa.string())]
)


def _row(named: Named, numbers: dict[Subject, int]) -> dict[str, object]:
    one = named.mention
    begin, end = one.sentence
    return {
        "reading_no": named.reading_no,
        "subject_no": numbers[named.subject],
        "kind": one.kind,
        "field": one.field,
        "start": one.start,
        "length": one.end - one.start,
        "sentence_start": begin,
        "sentence_length": end - begin,
        "is_first": named.is_first,
        "confidence": one.confidence,
        "rule": one.rule,
    }


def _numbered(con: Connection, subjects: Iterable[Subject]) -> dict[Subject, int]:
    """The numbers of subjects, given to those that have none yet in the order they came in."""
    told = list(subjects)
    table = {
        "place": _whole(range(len(told))),
        "kind": _text(kind for kind, _, _ in told),
        "name": _text(name for _, name, _ in told),
        "role": _text(role for _, _, role in told),
        "name_key": _text(_key(name) for _, name, _ in told),
        "role_key": _text(role and _key(role) for _, _, role in told),
    }
    with_table(con, "found_subjects", pa.table(table))
    con.execute(sql("subjects_found"))
    return {(kind, name, role): number for kind, name, role, number in con.execute(sql("subjects_numbered")).fetchall()}


def _key(text: str) -> str:
    return " ".join(simplified(text).casefold().replace("’", "'").removeprefix("the ").split())


def _whole(values: Iterable[int]) -> pa.Array:
    return pa.array(values, type=pa.int64())


def _text(values: Iterable[str | None]) -> pa.Array:
    return pa.array(values, type=pa.string())
