"""One page of a list, as discovery is handed it. Discovery never fetches: it asks the function it was given."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Page:
    """A list page as it came back: the address it was finally read from, and its body with transfer coding undone.

    For a 304 the body is the one held from before. `media_type` is lower case and without parameters, `charset` the
    parameter of the header; both None when the header says nothing.
    """

    url: str
    status: int
    body: bytes = field(repr=False)
    media_type: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class NoPage:
    """An address that gave no page at all: refused by robots.txt, out of reach, over a limit, challenged."""

    url: str
    reason: str
    status: int | None = None


Get = Callable[[str], Page | NoPage]
"""How discovery asks for an address. It answers; it raises only for faults of our own."""

_FOUND = 200
_GONE = (404, 410)


def why_unusable(answer: Page | NoPage) -> str | None:
    """Why an answer cannot be read as a list, in words that name its address; None for one that can be tried."""
    if isinstance(answer, NoPage):
        return f"{answer.url}: {answer.reason}"
    if answer.status != _FOUND:
        return f"{answer.url}: answered with status {answer.status}"
    return None if answer.body.strip() else f"{answer.url}: an empty body"


def is_gone(answer: Page | NoPage) -> bool:
    """Whether the server says that there is no such page (404, 410), rather than that it cannot give it."""
    return answer.status in _GONE
