"""Which parser reads a capture, and the one door through which captures become records.

A parser is a short file that reads one kind of document. Those for the pages of certain publishers stand
before the families; the first that takes a capture reads it. Adding one is one line in `PARSERS`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import ValidationError

from parsers import item
from parsers.families import (
    docx,
    drupal,
    email,
    feed_item,
    generic,
    govuk,
    markdown,
    pdf,
    text,
    trs_cms,
    wordpress,
    wordpress_post,
)
from parsers.records import Rejection, Release
from parsers.sites import (
    ec_presscorner,
    english_gov_cn,
    europarl,
    federal_register,
    federal_register_text,
    gov_cn,
    govuk_page,
    info_gov_hk,
    info_gov_hk_2007,
    news_gov_hk,
    news_gov_hk_feed,
)
from sources.capture import Capture

LONGEST_REASON = 500  # characters


def _always(_: Capture) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Parser:
    """One way to read a capture. `label` is `name/version`; `recognises` narrows the media types down."""

    label: str
    media_types: frozenset[str]
    read: Callable[[Capture], list[Release | Rejection]]
    recognises: Callable[[Capture], bool] = _always

    @property
    def name(self) -> str:
        return self.label.partition("/")[0]

    @property
    def version(self) -> int:
        return int(self.label.partition("/")[2])


_HTML = frozenset({"text/html", "application/xhtml+xml"})

PARSERS: tuple[Parser, ...] = (
    Parser(info_gov_hk.PARSER, _HTML, info_gov_hk.read, info_gov_hk.recognises),
    Parser(info_gov_hk_2007.PARSER, _HTML, info_gov_hk_2007.read, info_gov_hk_2007.recognises),
    Parser(news_gov_hk.PARSER, _HTML, news_gov_hk.read, news_gov_hk.recognises),
    Parser(
        news_gov_hk_feed.PARSER,
        frozenset({news_gov_hk_feed.MEDIA_TYPE}),
        news_gov_hk_feed.read,
        news_gov_hk_feed.recognises,
    ),
    Parser(govuk.PARSER, item.MEDIA_TYPES, govuk.read, govuk.recognises),
    Parser(ec_presscorner.PARSER, item.MEDIA_TYPES, ec_presscorner.read, ec_presscorner.recognises),
    Parser(federal_register.PARSER, item.MEDIA_TYPES, federal_register.read, federal_register.recognises),
    Parser(
        federal_register_text.PARSER,
        frozenset({"text/plain"}),
        federal_register_text.read,
        federal_register_text.recognises,
    ),
    Parser(europarl.PARSER, _HTML, europarl.read, europarl.recognises),
    Parser(govuk_page.PARSER, _HTML, govuk_page.read, govuk_page.recognises),
    Parser(english_gov_cn.PARSER, _HTML, english_gov_cn.read, english_gov_cn.recognises),
    Parser(gov_cn.PARSER, _HTML, gov_cn.read, gov_cn.recognises),
    Parser(trs_cms.PARSER, _HTML, trs_cms.read, trs_cms.recognises),
    Parser(wordpress.PARSER, _HTML, wordpress.read, wordpress.recognises),
    Parser(wordpress_post.PARSER, item.MEDIA_TYPES, wordpress_post.read, wordpress_post.recognises),
    Parser(drupal.PARSER, _HTML, drupal.read, drupal.recognises),
    Parser(generic.PARSER, _HTML, generic.read),
    Parser(feed_item.PARSER, frozenset({feed_item.MEDIA_TYPE}), feed_item.read),
    Parser(markdown.PARSER, frozenset({"text/markdown"}), markdown.read),
    Parser(text.PARSER, frozenset({"text/plain"}), text.read),
    Parser(pdf.PARSER, frozenset({"application/pdf"}), pdf.read),
    Parser(docx.PARSER, docx.MEDIA_TYPES, docx.read),
    Parser(email.PARSER, frozenset({"message/rfc822"}), email.read),
    Parser(email.PARSER, frozenset({"application/mbox"}), email.read_box),
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
    kind = _kind(capture)
    return next((parser for parser in PARSERS if kind in parser.media_types and parser.recognises(capture)), None)


def _kind(capture: Capture) -> str:
    return capture.media_type.partition(";")[0].strip().lower()


def parser_versions() -> dict[str, int]:
    """Name and version of every parser, as the journal of a batch records them."""
    return {parser.name: parser.version for parser in PARSERS}


def supported() -> list[str]:
    """The media types that can be read."""
    return sorted({media_type for parser in PARSERS for media_type in parser.media_types})


def _unsupported(capture: Capture) -> str:
    kind = _kind(capture)
    readers = [parser.name for parser in PARSERS if kind in parser.media_types]
    if readers:
        return f"{kind} of a shape that is not known; it is read by {', '.join(readers)}"
    return f"media type {capture.media_type} is not read yet; supported are {', '.join(supported())}"


def _validation_reason(error: ValidationError) -> str:
    """The fields at fault in plain words, without the library's own framing."""
    faults = []
    for fault in error.errors(include_url=False, include_context=False, include_input=False)[:5]:
        field = ".".join(str(step) for step in fault["loc"])
        message = fault["msg"].removeprefix("Value error, ")
        faults.append(f"{field}: {message}" if field else message)
    return "; ".join(faults)[:LONGEST_REASON]
