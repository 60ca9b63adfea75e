"""What the tests of web captures share: exchanges made by hand, and raw files seen through another tool's eyes."""

from contextlib import redirect_stdout
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.cli import main as warcio

from sources.capture import NOTHING_STATED, Capture, digest, facts_digest
from sources.exchange import Exchange
from sources.http.decoding import decode
from sources.http.limits import Limits
from warehouse.home import Home
from warehouse.vault.warc import Sealed, preserve

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
CODED = '<p>北京 — "today"</p>'.encode() * 20


def exchange(url: str = "http://site.example/notice", payload: bytes = CODED, **facts: Any) -> Exchange:
    """A plain answer with a length, or what `facts` make of it."""
    status = facts.pop("status", 200)
    headers = facts.pop("headers", (("Content-Type", "text/html"), ("Content-Length", str(len(payload)))))
    lines = (f"{name}: {value}\r\n" for name, value in headers)
    return Exchange(
        url=url,
        request_target="/notice",
        request_headers=(("Host", "site.example"), ("User-Agent", "tests")),
        status=status,
        reason="Fine",
        version="HTTP/1.1",
        headers=headers,
        head=facts.pop("head", f"HTTP/1.1 {status} Fine\r\n{''.join(lines)}\r\n".encode("latin-1")),
        payload=payload,
        started_at=NOW,
        seconds=0.1,
        peer=facts.pop("peer", "203.0.113.7"),
        wire_bytes=0,
        framing=facts.pop("framing", "length"),
        **facts,
    )


def capture_of(answer: Exchange, *before: Exchange, **facts: Any) -> Capture:
    """What a visit makes of its last exchange."""
    body = decode(answer.payload, answer.header("content-encoding"), Limits()).content
    made = Capture(
        source="a_source",
        ref=answer.url,
        name="a name",
        target_uri=answer.url,
        captured_at=answer.started_at,
        media_type="text/html",
        body=body,
        payload_sha256=digest(answer.payload),
        content_sha256=digest(body),
        facts_sha256=facts_digest(NOTHING_STATED),
        url=answer.url,
        status=answer.status,
        final_url=answer.url,
        headers=answer.headers,
        proof=answer.framing,
        exchanges=(*before, answer),
    )
    return replace(made, **facts)


def keep(home: Home, *captures: Capture, others: tuple[Exchange, ...] = (), number: int = 1) -> Sealed:
    return preserve(
        home, captures, source="a_source", run_id="r", number=number, written_at=NOW, others=others
    )  # fmt: skip


def bare(*captures: Capture) -> list[Capture]:
    """As they are read back: the exchanges are records of their own."""
    return [replace(capture, exchanges=()) for capture in captures]


def records_of(path: Path) -> list[tuple[int, Any, bytes]]:
    """Offset, record and decoded content, as warcio reads them while checking digests."""
    found = []
    with path.open("rb") as file:
        reader = ArchiveIterator(file, check_digests="raise")
        for record in reader:
            content = record.content_stream().read()
            found.append((reader.get_record_offset(), record, content))
            assert record.digest_checker.passed is True
    return found


def kinds(path: Path) -> list[str]:
    return [record.rec_type for _, record, _ in records_of(path)]


def warcio_says(*arguments: str | Path) -> tuple[object, str]:
    """Exit code and output of the `warcio` command."""
    said = StringIO()
    code: object = 0
    with redirect_stdout(said):
        try:
            code = warcio([str(one) for one in arguments]) or 0
        except SystemExit as ended:
            code = ended.code or 0
    return code, said.getvalue()
