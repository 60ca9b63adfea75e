"""`sources check` and `sources add`: a source tried before it is trusted."""

import json

from tests.desk import Desk
from tests.launching import Launcher
from tests.press_site import SOURCE, PressSite, configure, settings_of
from tests.sources.hostile_server import says, whole


def test_a_pass_tells_what_was_found_and_stores_nothing(desk: Desk, site: PressSite, launcher: Launcher) -> None:
    site.issue(*(f"n{number}" for number in range(5)))
    configure(desk, site)

    ended = launcher.run(desk, "sources", "check", SOURCE, "--json", env=settings_of(desk))

    assert ended.code == 0, ended.err
    told = json.loads(ended.out)
    assert told["works"] is True
    assert (told["listed"], told["pages"], told["fetched"], told["records"]) == (5, 3, 3, 3)
    assert told["lists"] == [
        {"url": site.server.url("/feed.xml"), "items": 5, "newest": "2026-01-30", "oldest": "2026-01-30"}
    ]
    assert told["first"]["title"] == "Notice about n4"
    assert sorted(path.name for path in desk.home.root.iterdir()) == ["hosts", "sources"], "nothing but courtesy"
    shown = launcher.run(desk, "sources", "check", SOURCE, env=settings_of(desk))
    assert "listed 5, asked for 3, fetched 3, records 3" in shown.out
    assert "Notice about n4" in shown.out


def test_what_does_not_work_is_said_with_the_reason(desk: Desk, site: PressSite, launcher: Launcher) -> None:
    site.issue("one", "undated", "gone")
    site.put("undated.html", site.bodies["undated.html"].replace(b"article:published_time", b"x"))
    site.say("gone.html", says(whole(b"", status="410 Gone"), close=False))
    configure(desk, site, more='[expects]\nrequired = ["published"]\n')

    ended = launcher.run(desk, "sources", "check", SOURCE, "--json", env=settings_of(desk))

    told = json.loads(ended.out)
    assert (ended.code, told["works"], told["fetched"], told["records"]) == (1, False, 2, 1)
    assert len(told["trouble"]) == 2
    assert "410" in told["trouble"][0]
    assert "without published" in told["trouble"][1]


def test_a_list_that_cannot_be_read(desk: Desk, site: PressSite, launcher: Launcher) -> None:
    configure(desk, site, urls=[site.server.url("/nowhere.xml")])
    ended = launcher.run(desk, "sources", "check", SOURCE, env=settings_of(desk))
    assert ended.code == 1
    assert "404" in ended.out


def test_a_file_is_taken_in_when_it_is_right(desk: Desk, site: PressSite, launcher: Launcher) -> None:
    configure(desk, site)
    file = desk.home.sources / f"{SOURCE}.toml"
    given = file.rename(desk.root / "quays.toml")

    assert launcher.run(desk, "sources", "add", str(given)).code == 0
    assert (desk.home.sources / "quays.toml").read_bytes() == given.read_bytes()
    assert launcher.run(desk, "sources", "enable", "quays").code == 0

    given.write_text(given.read_text(encoding="utf-8") + "nonsense = 1\n", encoding="utf-8")
    wrong = launcher.run(desk, "sources", "add", str(given))
    assert wrong.code == 2
    assert "nonsense" in wrong.err
    misspelt = desk.root / "piers.toml"
    demand = '[expects]\nrequired = ["title", "titel"]\n'
    misspelt.write_text((desk.home.sources / "quays.toml").read_text(encoding="utf-8") + demand, encoding="utf-8")
    strange = launcher.run(desk, "sources", "add", str(misspelt))
    assert strange.code == 2
    assert "'titel'" in strange.err
    sound = (desk.home.sources / "quays.toml").read_text(encoding="utf-8")
    misspelt.write_text('parser = "trs_cmss"\n' + sound, encoding="utf-8")
    assert "'trs_cmss'" in launcher.run(desk, "sources", "add", str(misspelt)).err
    other = desk.root / "other" / "quays.toml"
    other.parent.mkdir()
    other.write_bytes((desk.home.sources / "quays.toml").read_bytes())
    again = launcher.run(desk, "sources", "add", str(other))
    assert again.code == 2
    assert "there already" in again.err
    assert launcher.run(desk, "sources", "check", "folder").code == 2
