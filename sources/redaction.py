"""Secrets in addresses, kept out of everything that is written: `?api_key=…` becomes `?api_key=redacted-1f0c9a27`.

The stand-in is made of the secret, so that two addresses stay two and the same one stays the same in every run. A list
whose address carries a secret is known by its redacted address everywhere; only the request itself has the real one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from sources.capture import Capture, digest
from sources.exchange import Exchange, Fields
from sources.web import Failure, NotModified

PARAMETERS = (
    "token", "access_token", "auth_token", "key", "api_key", "apikey", "api-key", "subscription-key", "sig",
    "signature", "password", "passwd", "secret", "client_secret", "session", "sessionid", "jsessionid", "auth",
    "x-amz-signature", "x-amz-credential", "x-amz-security-token", "x-goog-signature", "x-goog-credential",
)  # fmt: skip
"""Names of query parameters that carry secrets by all experience; a source's file may name more."""

STAND_IN = "redacted-"


@dataclass(frozen=True, slots=True)
class Redaction:
    """The rules of one source. `secrets` goes from stand-ins back to what they stand for."""

    pattern: re.Pattern[str]
    secrets: dict[str, str] = field(default_factory=dict, repr=False)

    def text(self, text: str) -> str:
        """Any text with addresses in it, without the secrets in them."""
        return self.pattern.sub(_stand_in, text) if "=" in text else text

    def reveal(self, url: str) -> str:
        """The address to ask for; the inverse of `text` for the addresses that the source's file has."""
        for stand_in, secret in self.secrets.items():
            url = url.replace(stand_in, secret)
        return url

    def answer(self, answer: Capture | NotModified | Failure) -> Capture | NotModified | Failure:
        """What came back for a visit, without secrets; bodies are as they were sent."""
        if not any("=" in text and self.pattern.search(text) for text in _texts(answer)):
            return answer
        exchanges = tuple(self._exchange(one) for one in answer.exchanges)
        if isinstance(answer, NotModified):
            return replace(answer, exchanges=exchanges)
        if isinstance(answer, Failure):
            request = replace(answer.request, url=self.text(answer.request.url))
            return replace(answer, request=request, reason=self.text(answer.reason), exchanges=exchanges)
        return replace(
            answer,
            target_uri=self.text(answer.target_uri),
            url=self.text(answer.url or "") or None,
            final_url=self.text(answer.final_url or "") or None,
            hops=tuple(self.text(hop) for hop in answer.hops),
            headers=self._fields(answer.headers),
            exchanges=exchanges,
        )

    def _exchange(self, exchange: Exchange) -> Exchange:
        return replace(
            exchange,
            url=self.text(exchange.url),
            request_target=self.text(exchange.request_target),
            headers=self._fields(exchange.headers),
            head=self.text(exchange.head.decode("latin-1")).encode("latin-1"),
        )

    def _fields(self, fields: Fields) -> Fields:
        return tuple((name, self.text(value)) for name, value in fields)


def _texts(answer: Capture | NotModified | Failure) -> Iterator[str]:
    """Where addresses may stand that are written somewhere."""
    for exchange in answer.exchanges:
        yield exchange.url
        yield exchange.head.decode("latin-1")
    if isinstance(answer, Capture):
        yield from (answer.url or "", answer.final_url or "", *answer.hops)
    else:
        yield answer.request.url
    if isinstance(answer, Failure):
        yield answer.reason


def redaction(urls: Iterable[str] = (), parameters: Iterable[str] = ()) -> Redaction:
    """:param urls: addresses of a source's file, whose secrets have to be sent all the same.
    :param parameters: names of query parameters beside `PARAMETERS` that carry secrets.
    """
    names = "|".join(re.escape(name) for name in sorted({*PARAMETERS, *parameters}, key=len, reverse=True))
    before, value = rf"(?:[?&;]|%3f|%26)(?:{names})=", rf"(?!{STAND_IN})[^&#;\s\"'<>]+"
    pattern = re.compile(rf"(?P<name>{before})(?P<secret>{value})", re.IGNORECASE)
    secrets = {_made_of(found["secret"]): found["secret"] for url in urls for found in pattern.finditer(url)}
    return Redaction(pattern, secrets)


def _stand_in(found: re.Match[str]) -> str:
    return f"{found['name']}{_made_of(found['secret'])}"


def _made_of(secret: str) -> str:
    return f"{STAND_IN}{digest(secret.encode())[:8]}"
