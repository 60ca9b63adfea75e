"""A server that lists so many releases for each day, and counts who asks for what.

`python -m bench.day_lists ITEMS` prints its port. On stdin `count` gives the number of requests so far and `take` the
paths asked for since the last time, as JSON; it stops with its stdin.
"""

import asyncio
import json
import sys

HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
SENTENCES = (
    "The Harbour Office answered request %s of the island councils today and said what it will do about the quay.",
    "Works under number %s begin in spring; the ferry keeps to its timetable, and residents may comment until then.",
)


class Site:
    """The lists `/days/2020-01-31.html` and the pages `/2020-01-31/7.html`."""

    def __init__(self, items: int) -> None:
        self.items = items
        self.count = 0
        self.asked: list[str] = []

    def answer(self, path: str) -> bytes:
        self.count += 1
        self.asked.append(path)
        folder, _, name = path.strip("/").removesuffix(".html").partition("/")
        if folder == "days":
            return self._whole(
                "".join(f'<li><a href="/{name}/{n}.html">Notice {n}</a></li>' for n in range(self.items))
            )
        if name.isdigit():
            title, text = f"Notice {folder}-{name}", "".join(f"<p>{one % f'{folder}/{name}'}</p>" for one in SENTENCES)
            return self._whole(f"<article><h1>{title}</h1><time>{folder}</time>{text}</article>", title)
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

    @staticmethod
    def _whole(body: str, title: str = "Notices") -> bytes:
        page = f'<!DOCTYPE html><html lang="en"><head><title>{title}</title></head><body>{body}</body></html>'.encode()
        return HTML % len(page) + page

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                writer.write(self.answer(head.split(b" ", 2)[1].decode()))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


async def _main(items: int) -> None:
    site = Site(items)
    server = await asyncio.start_server(site.serve, "127.0.0.1", 0)
    _say(server.sockets[0].getsockname()[1])
    loop = asyncio.get_running_loop()
    while order := await loop.run_in_executor(None, sys.stdin.readline):
        if order.strip() == "count":
            _say(site.count)
        else:
            _say(site.asked)
            site.asked = []


def _say(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1])))
