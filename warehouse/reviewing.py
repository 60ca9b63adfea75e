"""Review: what joins releases under today's rules, for an archive that was made under older ones."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from itertools import chain

from sources.capture import rfc3339
from warehouse.home import Home
from warehouse.publishing import publish
from warehouse.resolution.rejudging import all_sketches, rejudged
from warehouse.resolution.reviewing import newest_readings, reviewed
from warehouse.staging import Batch, batch_id
from warehouse.writing import writing

FLOW = SOURCE = "relate"


def review(home: Home, *, run_id: str, now: Callable[[], datetime], wait: float) -> Counter[str]:
    """Adds and retires facts throughout the archive, in journals like any batch; how many of each state."""
    told: Counter[str] = Counter()
    run_at = rfc3339(now())
    with writing(home, now=now, wait=wait, then=publish) as writer:
        of_texts = (rejudged(writer.con, some) for some in all_sketches(writer.con))
        of_editions = (reviewed(writer.con, readings) for readings in newest_readings(writer.con))
        for number, facts in enumerate(chain(of_texts, of_editions), 1):
            if facts:
                batch = Batch(batch_id(run_id, number), run_id, SOURCE, FLOW, run_at, None, ())
                writer.commit(batch, {"relations": facts}, {})
                told.update(fact["state"] for fact in facts)
    return told
