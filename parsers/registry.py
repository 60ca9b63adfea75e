"""Which parser reads a capture, and the one door through which captures become records.

A parser is a short file that reads one kind of document. Those for the pages of certain publishers stand
before the families; the first that takes a capture reads it. Adding one is one line in `PARSERS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from pydantic import ValidationError

from parsers.magic import kind_of
from parsers.records import Rejection, Release
from sources.capture import Capture
from sources.media_types import endings

LONGEST_REASON = 500  # characters
Read = Callable[[Capture], list[Release | Rejection]]
Recognise = Callable[[Capture], bool]


def _always(_: Capture) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Parser:
    """One way to read a capture. `label` is `name/version`; `recognises` narrows the media types down."""

    label: str
    media_types: frozenset[str]
    read: Read
    recognises: Recognise = _always
    module: str = ""

    @property
    def name(self) -> str:
        return self.label.partition("/")[0]

    @property
    def version(self) -> int:
        return int(self.label.partition("/")[2])


def _parser(label: str, media_types: frozenset[str], module: str, door: str = "read") -> Parser:
    """The parser in a module of this room, which is imported when it is first needed.

    Trees, patterns and readers of office files take longer to import than a run over some texts takes.
    """
    name = f"parsers.{module}"

    def read(capture: Capture) -> list[Release | Rejection]:
        found: list[Release | Rejection] = _door(name, door)(capture)
        return found

    def recognises(capture: Capture) -> bool:
        return bool(_door(name, "recognises")(capture))

    return Parser(label, media_types, read, recognises, name)


@cache
def _door(module: str, name: str) -> Callable[[Capture], Any]:
    """A function of a module; one that narrows nothing down where a module says nothing."""
    return getattr(import_module(module), name, _always)


_HTML = frozenset({"text/html", "application/xhtml+xml"})
_WARC = frozenset({"application/warc", "application/x-warc", "application/x-arc"})
_TEXT = frozenset({"text/plain"})
_FEED_ITEM = frozenset({"application/vnd.communique.feed-item+json"})
_ITEM = _FEED_ITEM | {"application/json"}

PARSERS: tuple[Parser, ...] = (
    _parser("hk_gia/1", _HTML, "sites.info_gov_hk"),
    _parser("hk_gia_2007/1", _HTML, "sites.info_gov_hk_2007"),
    _parser("hk_news/2", _HTML, "sites.news_gov_hk"),
    _parser("hk_news_item/3", _FEED_ITEM, "sites.news_gov_hk_feed"),
    _parser("govuk/2", _ITEM, "families.govuk"),
    _parser("ec_presscorner/2", _ITEM, "sites.ec_presscorner"),
    _parser("federal_register/2", _ITEM, "sites.federal_register"),
    _parser("federal_register_text/1", _TEXT, "sites.federal_register_text"),
    _parser("europarl/1", _HTML, "sites.europarl"),
    _parser("govuk_page/1", _HTML, "sites.govuk_page"),
    _parser("govcn_english/2", _HTML, "sites.english_gov_cn"),
    _parser("govcn/2", _HTML, "sites.gov_cn"),
    _parser("trs_cms/3", _HTML, "families.trs_cms"),
    _parser("wordpress/2", _HTML, "families.wordpress"),
    _parser("wordpress_post/2", _ITEM, "families.wordpress_post"),
    _parser("drupal/2", _HTML, "families.drupal"),
    _parser("generic_html/4", _HTML, "families.generic"),
    _parser("feed_item/2", _FEED_ITEM, "families.feed_item"),
    _parser("markdown/2", frozenset({"text/markdown"}), "families.markdown"),
    _parser("bare_text/2", _TEXT, "families.text"),
    _parser("pdf/2", frozenset({"application/pdf"}), "families.pdf"),
    _parser(
        "docx/2",
        frozenset({"application/vnd.openxmlformats-officedocument.wordprocessingml.document"}),
        "families.docx",
    ),
    _parser("odt/2", frozenset({"application/vnd.oasis.opendocument.text"}), "families.odt"),
    _parser("rtf/1", frozenset({"application/rtf", "text/rtf"}), "families.rtf"),
    _parser("warc/1", _WARC, "families.warc"),
    _parser("mhtml/2", frozenset({"multipart/related"}), "families.mhtml"),
    _parser("email/1", frozenset({"message/rfc822"}), "families.email"),
    _parser("email/1", frozenset({"application/mbox"}), "families.email", "read_box"),
)


def read(capture: Capture) -> list[Release | Rejection]:
    """The records of a capture, or why there are none; one item or more, and no exception but MemoryError.

    What a parser raises concerns this capture alone: it becomes a Rejection that says what was wrong.
    """
    if capture.fault:
        return [Rejection("parse", capture.fault, "none/1")]
    parser = chosen(capture)
    if parser is None:
        return [Rejection("parse", _unsupported(capture), "none/1")]
    try:
        return parser.read(capture)
    except ValidationError as error:
        return [Rejection("validate", _validation_reason(error), parser.label)]
    except ValueError as error:
        return [Rejection("validate", str(error)[:LONGEST_REASON], parser.label)]
    except RecursionError:
        return [Rejection("parse", "its parts are nested too deeply to be read", parser.label)]
    except MemoryError:
        raise  # a fresh child may have the memory, and can say how much there was
    except Exception as error:  # noqa: BLE001  -- one bad document must not take its neighbours with it
        reason = f"{parser.name} could not read it: {type(error).__name__}: {error}"
        return [Rejection("parse", reason[:LONGEST_REASON], parser.label)]


def chosen(capture: Capture) -> Parser | None:
    """The parser that reads this capture; None when its media type is not supported."""
    kind = kind_of(capture)
    return next((parser for parser in PARSERS if kind in parser.media_types and parser.recognises(capture)), None)


def parser_versions() -> dict[str, int]:
    """Name and version of every parser, as the journal of a batch records them."""
    return {parser.name: parser.version for parser in PARSERS}


def supported() -> list[str]:
    """The endings of the files that can be read."""
    return endings({media_type for parser in PARSERS for media_type in parser.media_types})


def _unsupported(capture: Capture) -> str:
    kind = kind_of(capture)
    readers = [parser.name for parser in PARSERS if kind in parser.media_types]
    if readers:
        return f"{kind} of a shape that is not known; it is read by {', '.join(readers)}"
    return f"media type {capture.media_type} is not read; what is: {' '.join(supported())}"


def _validation_reason(error: ValidationError) -> str:
    """The fields at fault in plain words, without the library's own framing."""
    faults = []
    for fault in error.errors(include_url=False, include_context=False, include_input=False)[:5]:
        field = ".".join(str(step) for step in fault["loc"])
        message = fault["msg"].removeprefix("Value error, ")
        faults.append(f"{field}: {message}" if field else message)
    return "; ".join(faults)[:LONGEST_REASON]
