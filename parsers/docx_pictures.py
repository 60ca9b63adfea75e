"""The pictures of a Word document (ECMA-376 part 1, 20.4 and 14.1): drawings name a relation, relations a part."""

import posixpath
import zipfile
from collections.abc import Iterator

from lxml.etree import _Element as Element

from parsers.zipped_xml import attribute, local, member

_LEFT_OUT = frozenset({"del", "moveFrom", "Fallback"})


def pictures_in(
    root: Element, relations: Element | None, archive: zipfile.ZipFile, main: str
) -> Iterator[tuple[bytes, str]]:
    """Bytes and description of each picture in reading order, where the file holds it."""
    parts = {
        attribute(one, "Id"): posixpath.normpath(posixpath.join("/", posixpath.dirname(main), attribute(one, "Target")))
        for one in (relations if relations is not None else ())
        if attribute(one, "TargetMode") != "External" and attribute(one, "Type").endswith("/image")
    }
    said = ""
    waiting = list(reversed(root))
    while waiting:
        element = waiting.pop()
        name = local(element)
        if name in _LEFT_OUT:
            continue
        if name == "docPr":
            said = attribute(element, "descr")
        elif name in ("blip", "imagedata"):
            place = parts.get(attribute(element, "embed" if name == "blip" else "id"), "")
            if data := member(archive, place.lstrip("/")):
                yield data, said
            said = ""
        waiting.extend(reversed(element))
