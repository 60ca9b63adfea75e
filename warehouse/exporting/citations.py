"""A release to be cited: what it is, where it stood, when we took it, and the digest that proves the bytes.

Forms: BibTeX (`@misc`, with the fields that biblatex knows), CSL-JSON 1.0.2 (Zotero, Pandoc) and a line of text.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Literal

import duckdb

from parsers.publishers import by_key
from sources.capture import rfc3339
from sources.errors import ArchiveError
from warehouse.connection import sql

Row = Mapping[str, Any]
Form = Literal["bibtex", "csl", "text"]

_SPECIAL = re.compile(r"[\\{}$&%#_^~]")
_AS_TEX = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


def cited(con: duckdb.DuckDBPyConnection, release: str, version: int | None, form: Form) -> str:
    """The citation of a release, of its newest version unless another is named.

    :param form: a key of `FORMS`.
    :raises ArchiveError: when there is no such version.
    """
    found = con.execute(sql("exporting/cited"), {"release": release, "version": version})
    columns = [column[0] for column in found.description or ()]
    row = found.fetchone()
    if row is None:
        raise ArchiveError(f"{release}: no version {version}; `communique show {release} --versions` lists them")
    return FORMS[form](dict(zip(columns, row, strict=True)))


def as_bibtex(row: Row) -> str:
    """BibTeX; texts in double braces, so that no style changes their case."""
    fields = {
        "author": f"{{{_tex(_publisher(row))}}}",
        "title": f"{{{_tex(row['title'])}}}",
        "date": _day(row).isoformat(),
        "year": str(_day(row).year),
        "howpublished": "Press release",
        "url": _address(row["url"]),
        "urldate": _taken(row)[:10],
        "number": _tex(row["native_id"] or ""),
        "note": _tex(_proof(row)),
    }
    told = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{communique-{row['release_id']}-{row['version']},\n{told}}}\n"


def as_csl(row: Row) -> str:
    """CSL-JSON, a list of one item."""
    item = {
        "id": f"communique-{row['release_id']}-{row['version']}",
        "type": "webpage" if row["url"] else "document",
        "genre": "Press release",
        "author": [{"literal": _publisher(row)}],
        "publisher": _publisher(row),
        "title": row["title"],
        "language": row["language"],
        "issued": {"date-parts": [_parts(_day(row))]},
        "accessed": {"date-parts": [_parts(row["captured_at"])]} if row["captured_at"] else None,
        "URL": row["url"],
        "number": row["native_id"],
        "version": str(row["version"]),
        "note": _proof(row),
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


def as_line(row: Row) -> str:
    """One line for a footnote."""
    address = f" {row['url']}." if row["url"] else ""
    title = " ".join(row["title"].split())
    return f"{_publisher(row)}. “{title}.” Press release, {_day(row).isoformat()}.{address} {_proof(row)}.\n"


FORMS: Mapping[Form, Callable[[Row], str]] = {"bibtex": as_bibtex, "csl": as_csl, "text": as_line}


def _publisher(row: Row) -> str:
    known = by_key(row["publisher"])
    named = known.names.get(row["language"], next(iter(known.names.values()), "")) if known else ""
    return " ".join((named or row["publisher"]).split())


def _day(row: Row) -> date:
    day: date = row["published_on"] or row["day"]
    return day


def _taken(row: Row) -> str:
    return rfc3339(row["captured_at"]) if row["captured_at"] else ""


def _proof(row: Row) -> str:
    day = "" if row["published_on"] else f"day of issue by: {row['day_basis']}; "
    taken = f"archived {_taken(row)}, " if row["captured_at"] else ""
    name = f"Communiqué release {row['release_id']}, version {row['version']}"
    return f"{name}; {day}{taken}sha256 {row['content_sha256']}"


def _parts(value: date | datetime) -> list[int]:
    return [value.year, value.month, value.day]


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda found: _AS_TEX.get(found[0], "\\" + found[0]), " ".join(text.split()))


def _address(url: str | None) -> str:
    """An address for `url`, which BibTeX styles print as it stands; braces would end the field."""
    return (url or "").replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
