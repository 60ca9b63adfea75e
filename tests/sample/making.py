"""The sample archive: the same story gives the same rows, whoever makes it and when."""

import os
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from flows.direct import ingest_directly
from flows.publication import Publication
from flows.run import open_run
from flows.settings import Settings
from sources.capture import rfc3339
from tests.desk import LONG_AGO
from tests.sample.story import COUNCIL, MINISTRY, PUBLISHERS, Seen, whole_story
from warehouse.publishing import publish
from warehouse.staging import Batch
from warehouse.writing import writing

HALF_TIME = datetime(2026, 2, 15, 12, tzinfo=UTC)
END = datetime(2026, 3, 10, 12, tzinfo=UTC)
GONE = "/en/news/202602/t20260217_0861.html"
SPOILT = {"minutes-of-the-council.pdf": b"%PDF-1.4\nnothing follows\n", "blank.html": b"<html><body></body></html>"}
SOURCE = 'title = "{title}"\nkind = "folder"\npath = "{name}"\n'
LATER = Publication(every=1, is_due=False)  # the last run publishes for all


def make_sample(home: Path) -> Settings:
    """Makes the archive in a folder that is empty or not there; what was read lies below it in `pages/`."""
    settings = Settings(home=home, project=home, workers=1)
    (home / "sources").mkdir(parents=True, exist_ok=True)
    for name, title in PUBLISHERS.items():
        (home / "sources" / f"{name}.toml").write_text(SOURCE.format(name=name, title=title), encoding="utf-8")
    read: list[Seen] = []
    for source, now in ((MINISTRY, HALF_TIME), (MINISTRY, END), (COUNCIL, END)):
        new = [one for one in whole_story() if one.source == source and one.at <= now and one not in read]
        _read(settings, source, new, now)
        read += new
    _spoilt(settings)
    _left_by_visits(settings)
    return settings


def _read(settings: Settings, source: str, seen: Iterable[Seen], now: datetime) -> None:
    folder = settings.home / "pages"
    folder.mkdir(exist_ok=True)
    lines = ["file\turl\tpublisher\tseen_at"]
    for one in seen:
        name = f"{one.at:%Y%m%d%H%M}-{source}-{one.path.rpartition('/')[2]}"
        _put(folder / name, one.html.encode())
        lines.append(f"{name}\t{one.url}\t{PUBLISHERS[source]}\t{rfc3339(one.at.astimezone(UTC))}")
    manifest = folder / f"{source}-{now:%Y%m%d}.tsv"
    manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _run(settings, source, now, manifest=manifest)


def _put(path: Path, content: bytes) -> None:
    """A file that nobody changed lately, so that it need not be watched."""
    path.write_bytes(content)
    os.utime(path, (LONG_AGO, LONG_AGO))


def _run(
    settings: Settings, source: str, now: datetime, *, manifest: Path | None = None, inbox: Path | None = None
) -> None:
    name = f"{now:%Y%m%dT%H%M%SZ}-{source}"
    run = open_run(settings, source, flow="ingest", now=lambda: now, run_id=name, manifest=manifest, inbox=inbox)
    ingest_directly(run, publication=LATER)


def _spoilt(settings: Settings) -> None:
    """Two files in the inbox that cannot be read."""
    inbox = settings.home / "inbox"
    inbox.mkdir(exist_ok=True)
    for name, content in SPOILT.items():
        _put(inbox / name, content)
    _run(settings, "folder", END, inbox=inbox)


def _left_by_visits(settings: Settings) -> None:
    """What only visits of the web and backfills leave behind: a page that went, two windows. Then it is published."""
    name = f"{END:%Y%m%dT%H%M%SZ}-visits"
    batch = Batch(name, name, MINISTRY, "revisit", rfc3339(END), None, ())
    with writing(settings.place, now=lambda: END, wait=5, then=publish) as writer:
        found = writer.con.execute("SELECT release_id FROM kept.readings WHERE ends_with(url, ?)", [GONE]).fetchone()
        assert found
        rows = {"absences": _absences(str(found[0])), "windows": _windows()}
        told = {table: [{"run_id": name, "source": MINISTRY, **row} for row in made] for table, made in rows.items()}
        writer.commit(batch, told, {})


def _absences(release: str) -> list[dict[str, Any]]:
    gone = {"ref": f"https://www.tides.example{GONE}", "release_id": release, "reason": "status 404"}
    gone["url"] = gone["ref"]
    first = datetime(2026, 2, 25, 12, tzinfo=UTC)
    moments = zip(("missing", "missing", "vanished"), (0, 12, 60), strict=True)
    return [gone | {"state": state, "observed_at": rfc3339(first + timedelta(hours=hours))} for state, hours in moments]


def _windows() -> list[dict[str, Any]]:
    whole = {"listed": 9, "held": 9, "failed": 0, "reason": "", "state": "done", "observed_at": rfc3339(END)}
    lost = {"listed": 0, "held": 0, "state": "gap", "reason": "its lists begin on 2026-01-05"}
    return [
        whole | {"since": str(date(2026, 1, 5)), "until": str(date(2026, 2, 1))},
        whole | lost | {"since": str(date(2025, 12, 1)), "until": str(date(2026, 1, 1)), "listed_from": "2026-01-05"},
    ]
