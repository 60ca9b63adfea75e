"""A server with many pages on many addresses of this machine, each answer a while after its question.

`python -m bench.slow_site HOSTS SECONDS` serves on 127.0.0.2 and up, prints its port, and stops with its stdin.
"""

import asyncio
import sys

BODY_BYTES = 20_000


def body_of(path: bytes) -> bytes:
    """A page that differs from all others; its ETag is its path."""
    text = b"<p>A paragraph of a notice that nobody will ever read.</p>\n" * (BODY_BYTES // 60)
    return b"<!DOCTYPE html><title>" + path + b"</title><article><h1>" + path + b"</h1>" + text + b"</article>"


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            await asyncio.sleep(seconds)
            writer.write(_answer(head))
    except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
        pass
    finally:
        writer.close()


def _answer(head: bytes) -> bytes:
    path = head.split(b" ", 2)[1]
    etag = b'"' + path + b'"'
    if path == b"/robots.txt":
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    if b"If-None-Match: " + etag in head:
        return b"HTTP/1.1 304 Not Modified\r\nETag: " + etag + b"\r\n\r\n"
    body = body_of(head.split(b"Host: ", 1)[1].split(b"\r\n")[0] + path)
    length = str(len(body)).encode()
    fields = b"Content-Type: text/html; charset=utf-8\r\nETag: " + etag + b"\r\nContent-Length: " + length
    return b"HTTP/1.1 200 OK\r\n" + fields + b"\r\n\r\n" + body


async def _main(hosts: int, seconds: float) -> None:
    port = 0
    for number in range(hosts):
        server = await asyncio.start_server(lambda r, w: _serve(r, w, seconds), f"127.0.0.{2 + number}", port)
        port = port or server.sockets[0].getsockname()[1]
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]), float(sys.argv[2])))
