"""An exchange with a web server as WARC 1.1 has it: a `response` record and the `request` record that goes with it.

The response's block is the head as received and the payload with its content coding still on. The transfer coding
is gone before a payload gets here, so in a chunked answer the fields that speak of it are put aside under the names
that Common Crawl gave them (`X-Crawl-Transfer-Encoding`): with them in force, tools would look for chunks.

https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/, sections 5.7, 5.11, 5.13, 6.3, 6.4
"""

import re
from collections.abc import Mapping
from io import BytesIO

from sources.capture import Capture, digest, rfc3339
from sources.errors import CommuniqueError
from sources.exchange import Exchange, Fields
from sources.http.decoding import decode
from sources.http.head import Head, read_head
from sources.http.limits import MB, Limits
from warehouse.vault.members import Record, header_text, member, uri_text

RESPONSE = "application/http;msgtype=response"
REQUEST = "application/http;msgtype=request"

# For what was fetched within limits before: wider than those, and bounded all the same.
READING = Limits(line=MB, head=4 * MB, fields=10_000, decoded=100 * MB, ratio=2_000)

_ASIDE = "X-Crawl-"
_FRAMING_FIELDS = ("transfer-encoding", "content-length")
_FRAMING_LINE = re.compile(rb"^(?=(?:transfer-encoding|content-length)[ \t]*:)", re.IGNORECASE | re.MULTILINE)


def response_member(exchange: Exchange, record_id: str, place: Mapping[str, str]) -> bytes:
    """The answer as a gzip member; `place` are further WARC headers."""
    head = exchange.head
    if exchange.framing == "chunked":
        head = _FRAMING_LINE.sub(_ASIDE.encode(), head)
    headers = {"WARC-Record-ID": record_id, **_place(exchange), **place}
    if exchange.truncated:
        headers["WARC-Truncated"] = exchange.truncated
    headers["WARC-Payload-Digest"] = f"sha256:{digest(exchange.payload)}"
    return member("response", head + exchange.payload, RESPONSE, headers)


def request_member(exchange: Exchange, record_id: str, response_id: str, place: Mapping[str, str]) -> bytes:
    """The request as a gzip member, without credentials."""
    headers = {"WARC-Record-ID": record_id, **_place(exchange), **place, "WARC-Concurrent-To": response_id}
    return member("request", exchange.request_head(), REQUEST, headers)


def identity(exchange: Exchange) -> tuple[object, ...]:
    """What makes two exchanges the same for keeping: where, and what came back but for dates and the like."""
    return exchange.url, exchange.status, exchange.header("location"), exchange.truncated, digest(exchange.payload)


def answer_of(capture: Capture) -> Exchange | None:
    """The exchange that the capture can be read back from; None when its body has to be kept by itself."""
    answer = capture.exchanges[-1] if capture.exchanges else None
    if answer is None or digest(answer.payload) != capture.payload_sha256:
        return None
    told = (answer.url, answer.started_at, answer.status, answer.headers)
    is_its = told == (capture.target_uri, capture.captured_at, capture.status, capture.headers)
    return answer if is_its and body_in(capture, answer.payload) == capture.body else None


def body_in(capture: Capture, payload: bytes) -> bytes:
    """The capture's body out of its payload: the content coding undone, unless it was left on when it was fetched."""
    if capture.content_sha256 == capture.payload_sha256:
        return payload
    coding = next((value for name, value in capture.headers if name.lower() == "content-encoding"), None)
    return decode(payload, coding, READING).content


def exchange_fault(response: Record, request: Record) -> str | None:
    """What is wrong with the two records of an exchange: their pairing, or the answer as HTTP."""
    if request.headers.get("warc-concurrent-to") != response.id:
        return "the request record behind it belongs to another record"
    for name in ("warc-target-uri", "warc-date", "warc-ip-address"):
        if request.headers.get(name) != response.headers.get(name):
            return f"its {name} is not that of its request"
    if (response.headers.get("content-type"), request.headers.get("content-type")) != (RESPONSE, REQUEST):
        return "it is not an HTTP response with its request"
    if "warc-payload-digest" not in response.headers:
        return "the record has no payload digest"
    head = head_of(response)
    if head is None or head.framing == "chunked":
        return "its block does not begin with the head of an HTTP response"
    sent = len(response.block) - response.payload_at
    if head.length is not None and head.length != sent and "warc-truncated" not in response.headers:
        return f"{sent} bytes of payload, the HTTP head says {head.length}"
    return None


def contradiction(capture: Capture, response: Record) -> str | None:
    """What of a response record is not as its metadata record has it."""
    head = head_of(response)
    if head is None or head.status != capture.status:
        return "its HTTP status is not what the metadata record says"
    if head.fields not in (capture.headers, _put_aside(capture.headers)):
        return "its HTTP header is not what the metadata record says"
    return None


def head_of(response: Record) -> Head | None:
    """The head in a response's block; None when there is none."""
    try:
        return read_head(BytesIO(response.block[: response.payload_at]), READING)
    except CommuniqueError:
        return None


def _put_aside(fields: Fields) -> Fields:
    return tuple((_ASIDE + name if name.lower() in _FRAMING_FIELDS else name, value) for name, value in fields)


def _place(exchange: Exchange) -> dict[str, str]:
    return {
        "WARC-Target-URI": uri_text(exchange.url),
        "WARC-Date": rfc3339(exchange.started_at),
        "WARC-IP-Address": header_text(exchange.peer),
    }
