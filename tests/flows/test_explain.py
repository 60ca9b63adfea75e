"""`communique explain` as a person types it."""

import json

from typer.testing import CliRunner

from flows.cli import app
from tests.desk import Desk
from tests.samples import QUAY, edited, news

ADDRESS = "https://www.news.gov.hk/eng/2025/06/20250625/20250625_120000_00{}.html"


def said(desk: Desk, *order: str) -> tuple[int, str]:
    found = CliRunner().invoke(app, ["--home", str(desk.home.root), "explain", *order])
    return found.exit_code, found.stdout


def test_it_says_why_two_releases_are_joined(desk: Desk) -> None:
    desk.drop("1.txt", news(), {"url": ADDRESS.format(1)})
    desk.drop("2.txt", news(paragraphs=edited(QUAY, "shelters, lifts", "shelters, ramps")), {"url": ADDRESS.format(2)})
    assert desk.ingest() == {"new": 2}
    first, second = desk.column("SELECT release_id FROM releases ORDER BY native_id")
    code, text = said(desk, first, second)
    assert code == 0
    assert f"{second} corrects {first}" in text
    assert "issued on the same day" in text
    code, text = said(desk, second, first, "--json")
    told = json.loads(text)
    assert code == 0
    assert [fact["kind"] for fact in told["facts"]] == ["corrects"]
    assert told["measured"]["contained_exactly"] > 0.8


def test_one_release_named_twice_is_an_error_with_a_way_out(desk: Desk) -> None:
    desk.drop("1.txt", news(), {"url": ADDRESS.format(1)})
    desk.ingest()
    name = desk.column("SELECT release_id FROM releases")[0]
    found = CliRunner().invoke(app, ["--home", str(desk.home.root), "explain", name, name])
    assert found.exit_code != 0
    assert "same release" in str(found.exception)
