"""Notices: an alarm and its end are told once each, to whoever is named, and nothing secret is told to anybody else."""

import json
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from flows.notifying import addresses, message, notify
from flows.settings import Settings, load_settings
from sources.errors import ConfigError
from tests.desk import Desk
from tests.press_site import SOURCE, PressSite, configure, visit

SECRET = "open-sesame"
ALARM = {"source": "harbour", "cause": "stale", "state": "raised", "reason": "the newest release is of 2026-01-01"}


@dataclass
class Mailbox:
    """A chat service on this machine; `told` are the messages it was sent."""

    status: int = 200
    told: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        box = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                box.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(box.status)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    @property
    def address(self) -> str:
        return f"json://user:{SECRET}@127.0.0.1:{self.server.server_port}/"

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    made = Mailbox()
    yield made
    made.close()


def settings(tmp_path: Path, *places: str) -> Settings:
    return Settings(home=tmp_path, project=tmp_path, notify=places)


def test_an_alarm_and_its_end_are_sent_once_each(desk: Desk, mailbox: Mailbox) -> None:
    site = PressSite()
    site.issue("one", day="2026-01-20")
    configure(desk, site, more="[expects]\nitems_per_day = 4\n")
    desk.settings_given["notify"] = (mailbox.address,)
    visit(desk)
    visit(desk)
    site.issue("two", day="2026-01-31")
    visit(desk)
    visit(desk)
    site.server.close()

    titles = [one["title"] for one in mailbox.told]
    assert titles == ["Communiqué alarms: 1 raised", "Communiqué alarms: 1 over"]
    assert f"{SOURCE}: silence" in mailbox.told[0]["message"]
    in_archive = b"".join(path.read_bytes() for path in desk.home.root.rglob("*") if path.is_file())
    assert SECRET.encode() not in in_archive


def test_what_cannot_be_sent_fails_nothing_and_betrays_nothing(
    tmp_path: Path, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    mailbox.status = 500
    notify(settings(tmp_path, mailbox.address, f"nonsense://{SECRET}", "env:NOT_SET_ANYWHERE"), [ALARM])
    assert mailbox.told == [], "what is named wrongly is said before anything is sent"

    notify(settings(tmp_path, f"nonsense://{SECRET}", mailbox.address), [ALARM])

    assert len(mailbox.told) == 1
    assert SECRET not in caplog.text
    assert [record.getMessage().split(";")[0] for record in caplog.records if record.name == "flows.notifying"] == [
        "notify: env:NOT_SET_ANYWHERE: there is no such variable",
        "notify: a message could not be sent by nonsense",
        "notify: a message could not be sent by json",
    ]


def test_nothing_is_sent_where_nothing_happened(tmp_path: Path, mailbox: Mailbox) -> None:
    notify(settings(tmp_path, mailbox.address), [])
    assert mailbox.told == []


def test_addresses_may_lie_in_a_variable_or_a_file(tmp_path: Path) -> None:
    place = tmp_path / "secret"
    place.write_text("slack://a/b/c\nmailto://d\n")
    told = ("json://plain", "env:BOX", f"file:{place}")
    found = list(addresses(told, {"BOX": "json://one json://two"}))
    assert found == ["json://plain", "json://one", "json://two", "slack://a/b/c", "mailto://d"]
    with pytest.raises(ConfigError, match="no such variable"):
        list(addresses(["env:BOX"], {}))


def test_what_was_raised_stands_before_what_is_over() -> None:
    title, body = message([ALARM | {"state": "cleared", "source": "quay"}, ALARM])
    assert title == "Communiqué alarms: 1 raised, 1 over"
    assert body.index("harbour: stale") < body.index("quay: over: stale")


def test_no_secret_is_shown_with_the_settings(tmp_path: Path) -> None:
    toml = tmp_path / "communique.toml"
    toml.write_text(f'notify = ["json://user:{SECRET}@host"]\n')
    made = load_settings(config=toml, env={})
    assert (made.notify, SECRET in repr(made)) == ((f"json://user:{SECRET}@host",), False)
    toml.write_text(f'notify = [["json://user:{SECRET}@host"]]\n')
    with pytest.raises(ConfigError) as wrong:
        load_settings(config=toml, env={})
    assert SECRET not in str(wrong.value)
