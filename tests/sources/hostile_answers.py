"""Sixty ways to answer a request, most of them wrong."""

import gzip
import time
import zlib

from tests.sources.hostile_server import Behaviour, Hit, Wire, says, whole

BODY = b"<!DOCTYPE html><title>Notice</title><p>" + b"The office is open on weekdays. " * 600 + b"</p>"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def bomb(size: int) -> bytes:
    """`size` zero bytes under gzip, a thousandth of that on the wire."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    piece = bytes(1_000_000)
    return b"".join(packer.compress(piece) for _ in range(size // len(piece))) + packer.flush()


def stacked(layers: int) -> bytes:
    data = BODY
    for _ in range(layers):
        data = gzip.compress(data, mtime=0)
    return whole(data, f"Content-Encoding: {', '.join(['gzip'] * layers)}")


def _drip_body(wire: Wire, hit: Hit) -> None:
    wire.send(OK + b"Content-Length: 50000\r\n\r\n")
    wire.drip(b"x" * 50_000)


def _drip_header(wire: Wire, hit: Hit) -> None:
    wire.drip(OK * 100)


def _flood_1xx(wire: Wire, hit: Hit) -> None:
    wire.forever(b"HTTP/1.1 100 Continue\r\n\r\n", every=0.01)


def _loop(wire: Wire, hit: Hit) -> None:
    to = "/redirect_loop?b" if hit.path.endswith("?a") else "/redirect_loop?a"
    wire.send(whole(b"", f"Location: {to}", status="302 Found"))


def _endless_hops(wire: Wire, hit: Hit) -> None:
    number = int(hit.path.partition("?")[2] or 0)
    wire.send(whole(b"", f"Location: /redirect_endless?{number + 1}", status="301 Moved Permanently"))


def _reset_mid_body(wire: Wire, hit: Hit) -> None:
    wire.send(OK + b"Content-Length: 20000\r\n\r\n" + BODY[:5000])
    time.sleep(0.05)
    wire.reset()


def _other_port(wire: Wire, hit: Hit) -> None:
    wire.send(whole(b"moved", f"Location: http://127.0.0.1:{wire.server.forbidden_port}/inside", status="302 Found"))


def _endless_body(wire: Wire, hit: Hit) -> None:
    wire.send(OK + b"\r\n")
    wire.forever(b"x" * 65_536)


def _endless_chunks(wire: Wire, hit: Hit) -> None:
    wire.send(OK + b"Transfer-Encoding: chunked\r\n\r\n")
    wire.forever(b"10000\r\n" + b"x" * 65_536 + b"\r\n")


def _endless_trailers(wire: Wire, hit: Hit) -> None:
    wire.send(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n")
    wire.forever(b"X-More: of the same\r\n", every=0.001)


def _silent(wire: Wire, hit: Hit) -> None:
    wire.stay()


def _stalls(wire: Wire, hit: Hit) -> None:
    wire.send(OK + b"Content-Length: 20000\r\n\r\n" + BODY[:5000])
    wire.stay()


def _interim_then_answer(wire: Wire, hit: Hit) -> None:
    wire.send(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n" + whole(BODY))


def redirect(location: str) -> Behaviour:
    return says(whole(b"moved", f"Location: {location}", status="302 Found"), close=False)


GZIP = gzip.compress(BODY, mtime=0)
HALF_GZIP = gzip.compress(BODY * 20, mtime=0)[:-200]
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"

BEHAVIOURS: dict[str, Behaviour] = {
    "stacked_gzip_5": says(stacked(5)),
    "stacked_gzip_6": says(stacked(6)),
    "body_drip": _drip_body,
    "header_drip": _drip_header,
    "flood_of_1xx": _flood_1xx,
    "header_line_70000": says(OK + b"X-Long: " + b"a" * 70_000 + b"\r\n\r\n" + BODY),
    "headers_150": says(OK + b"".join(b"X-%d: a\r\n" % n for n in range(150)) + b"\r\n" + BODY),
    "redirect_loop": _loop,
    "short_content_length": says(OK + b"Content-Length: 50000\r\n\r\n" + BODY),
    "short_chunked": says(CHUNKED + b"1000\r\n" + BODY[:0x1000] + b"\r\n1000\r\n" + BODY[0x1000:0x1800]),
    "no_length_closed": says(OK + b"\r\n" + BODY),
    "gzip_cut_short_matching_length": says(whole(HALF_GZIP, "Content-Encoding: gzip")),
    "not_gzip_under_gzip": says(whole(BODY, "Content-Encoding: gzip")),
    "junk_after_gzip": says(whole(GZIP + b"<script>", "Content-Encoding: gzip")),
    "huge_chunk_size": says(CHUNKED + b"FFFFFFFFFFFFFFFF\r\n" + BODY),
    "chunk_extension_200k": says(CHUNKED + b"5;" + b"e" * 200_000 + b"\r\nhello\r\n0\r\n\r\n"),
    "length_and_chunked_together": says(
        OK + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
    ),
    "two_different_lengths": says(OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"),
    "rst_mid_body": _reset_mid_body,
    "redirect_to_file": redirect("file:///etc/passwd"),
    "redirect_to_ftp": redirect("ftp://127.0.0.1/notice"),
    "redirect_to_other_loopback_port": _other_port,
    "redirect_to_broken_address": redirect("http://[::1"),
    "redirect_to_nowhere": redirect(""),
    "not_modified_with_length": says(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5000\r\n\r\n", close=False),
    "no_content_204": says(b"HTTP/1.1 204 No Content\r\n\r\n", close=False),
    "http_0_9": says(BODY),
    "bad_status_line": says(b"HTTP/1.1 OK fine\r\nContent-Length: 2\r\n\r\nhi"),
    "nul_in_header": says(whole(BODY, "X-Odd: a\0b")),
    "charset_utf_7": says(whole(b"<p>+ADw-script+AD4-</p>", "Content-Type: text/html; charset=utf-7")),
    "charset_unknown": says(whole(BODY, "Content-Type: text/html; charset=x-nobody")),
    "charset_none_meta_utf_8": says(whole('<meta charset="utf-8">香港'.encode(), "Content-Type: text/html")),
    # Beyond the measured table: what else a server may do.
    "redirect_endless": _endless_hops,
    "cut_in_mid_header": says(OK + b"Content-Le"),
    "closes_without_a_word": says(b""),
    "silent": _silent,
    "stalls_in_mid_body": _stalls,
    "endless_body": _endless_body,
    "endless_chunks": _endless_chunks,
    "endless_trailers": _endless_trailers,
    "endless_headers": says(OK + b"".join(b"X: %s\r\n" % (b"a" * 4_000) for _ in range(99)) + b"\r\n"),
    "interim_then_answer": _interim_then_answer,
    "announced_too_large": says(OK + b"Content-Length: 99999999999\r\n\r\n" + BODY),
    "negative_length": says(OK + b"Content-Length: -1\r\n\r\n" + BODY),
    "negative_chunk": says(CHUNKED + b"-5\r\n" + BODY + b"\r\n0\r\n\r\n"),
    "chunk_size_no_number": says(CHUNKED + b"many\r\n" + BODY + b"\r\n0\r\n\r\n"),
    "transfer_coding_gzip": says(OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
    "odd_header_line": says(OK + b"this is no header\r\nX-Fold: one\r\n  two\r\nContent-Length: 5\r\n\r\nhello"),
    "two_answers_at_once": says(whole(b"first") + whole(b"second, unasked"), close=False),
    "partial_content_206": says(whole(BODY, "Content-Range: bytes 0-9/99", status="206 Partial Content")),
    "empty_200": says(whole(b"")),
    "gzip_bomb": says(whole(bomb(60_000_000), "Content-Encoding: gzip")),
    "gzip_bomb_in_redirect": says(
        whole(bomb(60_000_000), "Content-Encoding: gzip", "Location: /empty_200", status="302 Found"), close=False
    ),
    "zstd_unasked": says(whole(b"\x28\xb5\x2f\xfd\x04\x00", "Content-Encoding: zstd")),
    "gzip_whole_no_length": says(OK + b"Content-Encoding: gzip\r\n\r\n" + GZIP),
    "deflate_raw": says(whole(zlib.compress(BODY)[2:-4], "Content-Encoding: deflate")),
    "deflate_zlib": says(whole(zlib.compress(BODY), "Content-Encoding: deflate")),
    "fine_chunked": says(CHUNKED + b"5\r\nhello\r\n0\r\n\r\n", close=False),
    "fine": says(whole(BODY, 'ETag: "v1"', "Content-Type: text/html; charset=utf-8"), close=False),
}
