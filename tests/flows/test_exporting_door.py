"""`export` and `cite` as a person types them."""

import json

from tests.desk import Desk
from tests.launching import Launcher
from tests.samples import news, news_tc

USAGE = 2


def test_export_and_cite(desk: Desk, launcher: Launcher) -> None:
    desk.drop("a.txt", news(), {"publisher": "news.gov.hk"})
    desk.drop("tc.txt", news_tc(), {"publisher": "news.gov.hk"})
    desk.ingest()
    place = desk.root / "taken"
    done = launcher.run(desk, "export", "jsonl", "--language", "zh", "--to", str(place), "--json")
    assert done.code == 0, done.err
    assert json.loads(done.out) == {"place": str(place), "counts": {"rows": 1, "releases": 1}}
    record = json.loads((place / "releases.jsonl").read_text(encoding="utf-8"))
    assert record["language"] == "zh-Hant"

    shown = launcher.run(desk, "export", "csv", "--since", "2025-06-25", "--until", "2025-06-26")
    assert (shown.code, "rows: 1" in shown.out) == (0, True)
    assert (desk.home.root / "exports" / "csv" / "releases.csv").exists()
    assert launcher.run(desk, "export", "parquet", "--lossless").code == USAGE
    assert launcher.run(desk, "export", "papyrus").code == USAGE
    assert "no_such" in launcher.run(desk, "export", "csv", "--where", "no_such = 1").err

    told = launcher.run(desk, "cite", record["release_id"][:12], "--format", "csl")
    assert json.loads(told.out)[0]["title"] == record["title"]
