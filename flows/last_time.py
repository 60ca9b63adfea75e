"""What the archive knows of a source of the web before it is visited again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flows.holdings import FULL_EVERY, Holding, visits_so_far
from flows.presence import Presence
from sources.answers import ANSWER
from sources.discovery.watermark import NEVER_VISITED, Watermark
from warehouse.connection import sql
from warehouse.writing import Writer


@dataclass(frozen=True, slots=True)
class LastTime:
    """Where a source was left off and how it looked then.

    `lists` are digests by address, of lists as they last looked when they were read without a fault; `counted` how
    many items stood on each the last ten times it changed; `held` is the newest body of each, by ref; `refused` how
    many answers that were no list are kept, by ref and status; `in_lists` who stood in the lists, by ref; `raised` the
    causes of open alarms; `visits` how many runs there were.
    """

    watermark: Watermark = NEVER_VISITED
    lists: Mapping[str, str] = field(default_factory=dict)
    counted: Mapping[str, Sequence[int]] = field(default_factory=dict)
    held: Mapping[str, Holding] = field(default_factory=dict)
    refused: Mapping[tuple[str, int], int] = field(default_factory=dict)
    in_lists: Mapping[str, Presence] = field(default_factory=dict)
    raised: frozenset[str] = frozenset()
    visits: int = 0

    @property
    def in_full(self) -> bool:
        """Whether this visit asks for everything in full."""
        return self.visits % FULL_EVERY == 0

    def wants(self, ref: str, status: int) -> bool:
        """Whether an answer that is no list is worth keeping: the first and the one that confirms it."""
        return self.refused.get((f"{ANSWER}{ref}", status), 0) < 2


def last_time(writer: Writer, source: str) -> LastTime:
    """Looks all of that up."""
    asked = {"source": source}

    def told(query: str) -> list[Any]:
        return writer.con.execute(sql(query), asked).fetchall()

    left_off = told("left_off")
    return LastTime(
        watermark=Watermark.from_json(json.loads(left_off[0][0]) if left_off else {}),
        lists=dict(told("lists_known")),
        counted=dict(told("lists_counted")),
        held={ref: Holding(*where) for ref, *where in told("lists_held")},
        refused={(ref, status): n for ref, status, n in told("list_answers_held")},
        in_lists={ref: Presence(*seen) for ref, *seen in told("in_lists")},
        raised=frozenset(cause for (cause,) in told("alarms_raised")),
        visits=visits_so_far(writer, source),
    )
