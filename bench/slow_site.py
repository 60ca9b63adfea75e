"""A server with many pages on many addresses of this machine, each answer a while after its question.

`python -m bench.slow_site HOSTS SECONDS` serves on 127.0.0.2 and up, prints its port, and stops with its stdin.
"""

import asyncio
import sys

SENTENCES = (
    "The Harbour Office opened quay %d at Lantern Bay for ferries that serve the outlying islands from this month.",
    "Quay %d takes vessels of up to 60 metres and has shelters, lifts and a ticket hall that stays open all night.",
    "A spokesman said about 4,000 passengers are expected at quay %d on a working day, and twice that on holidays.",
    "Works on the quay after quay %d will begin in spring, and residents may comment until the end of the year.",
)
TEXT = "".join(f"<p>{SENTENCES[n % 4] % n}</p>\n" for n in range(180)).encode()  # 20 kB


def body_of(path: bytes) -> bytes:
    """A page that differs from all others; its ETag is its path."""
    title = b"Notice " + path.replace(b".html", b"")
    head = b'<head><meta charset="utf-8"><title>' + title + b"</title></head>"
    article = b"<article><h1>" + title + b"</h1>\n" + TEXT + b"</article>"
    return b'<!DOCTYPE html><html lang="en">' + head + b"<body>" + article + b"</body></html>"


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
    if path == b"/robots.txt" or b"no-such-page" in path:
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
