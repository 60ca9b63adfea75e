"""Laws of resolving: how inputs are cut into batches, and how often they come by, leaves no trace."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.desk import Desk, WarmReaders
from tests.samples import ORCHARD, QUAY, edited, news, news_tc

NUMBERS = [f"https://www.info.gov.hk/gia/general/202506/25/P20250625004{number}.htm" for number in (11, 22)]
TEXTS = [
    news(),
    news(paragraphs=edited(QUAY, "4,000", "5,200")),
    news(paragraphs=ORCHARD),
    news(day="June 26, 2025"),
    news_tc(),
    "\x00\x01 nothing that anybody could read \x02" * 3,
    "",
]
VISIT = st.fixed_dictionaries(
    {"text": st.sampled_from(TEXTS), "url": st.sampled_from(["", *NUMBERS]), "hour": st.integers(0, 23)}
)


def manifest(desk: Desk, visits: list[dict[str, object]]) -> Path:
    rows = []
    for number, visit in enumerate(visits):
        (desk.root / f"{number}.txt").write_text(str(visit["text"]), encoding="utf-8")
        seen_at = f"2025-06-27T{visit['hour']:02}:00:00Z" if visit["url"] else ""
        rows.append({"file": f"{number}.txt", "url": str(visit["url"]), "seen_at": seen_at})
    return desk.list_of(rows)


@pytest.mark.slow
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(visits=st.lists(VISIT, min_size=2, max_size=9), size=st.integers(1, 4), times=st.integers(1, 2))
def test_batches_and_repeated_runs_leave_no_trace(
    readers: WarmReaders, visits: list[dict[str, object]], size: int, times: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.direct.Readers", readers)
        folder = Path(tempfile.mkdtemp())
        whole, cut = Desk(folder / "whole"), Desk(folder / "cut")
        first = whole.ingest(manifest(whole, visits), publish=False)
        listed = manifest(cut, visits)
        assert cut.ingest(listed, publish=False, batch_size=size) == first
        assert sum(first.values()) == len(visits)
        expected = whole.content_hash()
        assert cut.content_hash() == expected
        before = cut.sizes()
        for _ in range(times):
            again = cut.ingest(listed, publish=False)
            assert sum(again.values()) == len(visits)
            assert not {"new", "revised", "duplicate"} & set(again)
        assert cut.sizes() == before | {name: before[name] + times for name in ("runs", "batches")}
        assert cut.content_hash() == expected
        shutil.rmtree(folder)
