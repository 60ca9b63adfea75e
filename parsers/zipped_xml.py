"""Parts of an office document, a ZIP archive of XML files (ECMA-376, ISO/IEC 26300), read within bounds.

Nothing is unpacked to disk, nothing outside the file is asked for, and no entity is expanded.
"""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree
from lxml.etree import _Element as Element

LARGEST_PART = 12_000_000  # bytes, unpacked; a tree takes up to ten times that
MOST_MEMBERS = 4_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Unopened(Exception):
    """Why a document could not be opened; the message is for a person."""


def opened(body: bytes) -> zipfile.ZipFile:
    """The archive.

    :raises Unopened: it is none, or not a whole one.
    """
    if body.startswith(_OLE):
        raise Unopened("an encrypted document, or one of an old format; save it again without a password")
    try:
        archive = zipfile.ZipFile(BytesIO(body))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise Unopened(f"a damaged document, or none: {error}; get the whole file again") from None
    if len(archive.filelist) > MOST_MEMBERS:
        raise Unopened(f"an archive of {len(archive.filelist):,} files: no document has more than {MOST_MEMBERS:,}")
    return archive


def part(archive: zipfile.ZipFile, name: str) -> Element | None:
    """The root element of a part; None where there is no such part.

    :raises Unopened: it is encrypted, damaged, or too large.
    """
    try:
        member = archive.getinfo(name)
    except KeyError:
        return None
    if member.flag_bits & 1:
        raise Unopened("an encrypted document: it opens only with a password; put an open copy in its place")
    try:
        with archive.open(member) as stream:
            data = stream.read(LARGEST_PART + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise Unopened(f"a damaged document: {name} cannot be unpacked ({error}); get the whole file again") from None
    if len(data) > LARGEST_PART:
        raise Unopened(f"{name} unpacks to more than {LARGEST_PART:,} bytes: no release is that long")
    return tree(data, name)


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a file in the archive; empty where it is absent, too large or cannot be unpacked."""
    try:
        with archive.open(name) as stream:
            data = stream.read(LARGEST_PART + 1)
    except (KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError):
        return b""
    return data if len(data) <= LARGEST_PART else b""


def tree(data: bytes, name: str) -> Element:
    """The root element of an XML file.

    :raises Unopened: it is damaged, or declares a document type: entities come with one, and office files have none.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unopened(f"a damaged document: {name} is no XML ({str(error)[:120]})") from None
    if root.getroottree().docinfo.doctype:
        raise Unopened(f"{name} declares a document type, which documents of this kind never do; not read")
    return root


def local(element: Element) -> str:
    """The name of an element without its namespace: documents come in a transitional and a strict one."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """An attribute by its name without namespace; empty where it is absent."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def child(element: Element | None, *names: str) -> Element | None:
    """The element that a path of names leads to, the first of each name."""
    for name in names:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner) == name), None)
    return element


def below(element: Element, name: str) -> Iterator[Element]:
    """All elements of a name below another."""
    return (inner for inner in element.iter() if local(inner) == name)
