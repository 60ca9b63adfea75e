"""A secret in an address is sent to its server and written nowhere."""

import gzip

import pytest

from sources.redaction import redaction
from tests.desk import Desk
from tests.press_site import SOURCE, PressSite, configure, rebuilt, visit
from tests.sources.hostile_server import Hit, Wire, says, whole

CANARY = "canary5b1f77"


def written(desk: Desk) -> list[str]:
    """The files of the data folder that have the canary, but for the source file that says it."""
    found = []
    for path in desk.home.root.rglob("*"):
        if path.is_file() and path.parent != desk.home.sources:
            data = path.read_bytes()
            whole_text = gzip.decompress(data) if path.suffix == ".gz" else data
            found += [str(path)] if CANARY.encode() in data or CANARY.encode() in whole_text else []
    return found


def test_a_canary_is_sent_and_found_nowhere(desk: Desk, site: PressSite) -> None:
    feed = site.server.behaviours["feed.xml"]

    def guarded(wire: Wire, hit: Hit) -> None:
        if f"api_key={CANARY}" in hit.path:
            feed(wire, hit)
        else:
            wire.send(whole(b"who are you?", status="401 Unauthorized"))

    site.say("feed.xml", guarded)
    site.issue("one", "gone", "moved")
    site.say("moved.html", says(whole(b"", f"Location: /one.html?ticket={CANARY}", status="302 Found"), close=False))
    site.listed = [f"{path}?ticket={CANARY}" for path in site.listed]
    site.titles = {f"{path}?ticket={CANARY}": title for path, title in site.titles.items()}
    site.days = {f"{path}?ticket={CANARY}": day for path, day in site.days.items()}
    del site.server.behaviours["gone.html"]
    url = site.server.url(f"/feed.xml?api_key={CANARY}")
    configure(desk, site, urls=[url], secret_parameters=["ticket"])
    body_of_the_list = site.feed()

    for _ in range(3):
        outcomes = visit(desk, revisit=True)
        assert outcomes["failed"] == 1

    assert CANARY.encode() in body_of_the_list
    pages = [path for path in written(desk) if not path.endswith("-0.warc.gz")]
    assert pages == [], "but for the list, which the publisher itself has printed it in"
    assert desk.rows("SELECT outcome FROM kept.outcomes WHERE outcome = 'new'") != []
    assert [hit.headers.get("if-none-match") for hit in site.server.asked(f"/feed.xml?api_key={CANARY}")][1:] != [
        None
    ] * 2
    assert len(desk.column("SELECT watermark FROM kept.source_state")) == 1, "known by the same name each time"
    assert desk.wrong() == []
    assert rebuilt(desk) == desk.content_hash()
    assert SOURCE in desk.column("SELECT source FROM kept.runs")


def test_a_broken_address_with_a_secret_is_not_told_in_an_alarm(desk: Desk, site: PressSite) -> None:
    configure(desk, site, urls=[site.server.url(f"/nothing.xml?token={CANARY}")])
    visit(desk)
    (reason,) = desk.column("SELECT reason FROM alarms_open")
    assert "token=redacted-" in reason
    assert written(desk) == []


@pytest.mark.parametrize(
    ("url", "hidden"),
    [
        (f"https://a.example/x?token={CANARY}", True),
        (f"https://a.example/x?a=1&API_KEY={CANARY}#b", True),
        (f"https://a.example/x?back=https%3A%2F%2Fb.example%3Ftoken={CANARY}", True),
        (f"https://a.example/x?X-Amz-Signature={CANARY}&y=1", True),
        (f"https://a.example/x?ticket={CANARY}", True),
        (f"https://a.example/x?id={CANARY}", False),
        (f"https://a.example/token={CANARY}", False),
    ],
)
def test_what_counts_as_a_secret(url: str, hidden: bool) -> None:
    veil = redaction([url], ["ticket"])
    told = veil.text(url)
    assert (CANARY not in told) == hidden
    assert veil.text(told) == told
    assert veil.reveal(told) == url
