"""`communique search`: what a person sees, what a script gets, and what is said when it cannot be."""

import json

from tests.desk import Desk
from tests.launching import Launcher


def test_search_finds_marks_and_narrows(desk: Desk, launcher: Launcher) -> None:
    desk.drop("a.txt", "Ferry notice\n\nThe pier is closed [bold]for painting[/bold] until the summer.\n")
    desk.drop("b.txt", "Lighthouse notice\n\nA painting of the ferry piers hangs in the lighthouse.\n")
    desk.ingest()
    shown = launcher.run(desk, "search", "paint ferry").out
    assert "Ferry notice" in shown
    assert "closed [bold]for «painting»[/bold] until" in shown
    assert "A «painting» of the «ferry» piers" in shown
    told = launcher.run(desk, "search", "painting", "ferry piers", "--most", "5", "--json")
    (row,) = json.loads(told.out)
    assert row["title"] == "Lighthouse notice"
    assert list(row) == ["release_id", "version", "title", "publisher", "day", "language", "url", "score", "snippet"]
    assert launcher.run(desk, "search", "painting", "--until", "1999-12-31", "--json").out == "[]\n"
    assert "nothing has all of these words" in launcher.run(desk, "search", "volcano").out
    wrong = launcher.run(desk, "search", "painting", "--since", "spring")
    assert (wrong.code, wrong.out) == (1, "")
    assert "days are written 2025-06-25" in wrong.err
