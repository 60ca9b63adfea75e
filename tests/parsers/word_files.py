"""Office documents made by hand: ZIP archives of the few XML files a reader needs, with what a test puts into them."""

import zipfile
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:styleId="a"><w:name w:val="Title"/></w:style>
<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="own"><w:name w:val="Section"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:styleId="dots"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>
</w:styles>"""
_NUMBERING = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="8"><w:abstractNumId w:val="1"/></w:num>
</w:numbering>"""


def zipped(members: dict[str, str | bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these members, in their order."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else None)  # as its standard asks
    return out.getvalue()


def docx(body: str, *, title: str = "", made: str = "", **more: str | bytes) -> bytes:
    """A Word document whose body is this WordprocessingML."""
    core = (
        '<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:dcterms="http://purl.org/dc/terms/"><dc:title>{title}</dc:title>'
        f"<dcterms:created>{made}</dcterms:created></cp:coreProperties>"
    )
    document = f'<w:document xmlns:w="{W}" xmlns:mc="m"><w:body>{body}</w:body></w:document>'
    members: dict[str, str | bytes] = {
        "word/document.xml": document,
        "word/styles.xml": _STYLES,
        "word/numbering.xml": _NUMBERING,
        "docProps/core.xml": core,
    }
    return zipped(members | more)


def p(text: str, style: str = "", *, listed: tuple[int, int] | None = None) -> str:
    """A paragraph; `listed` is its list and depth."""
    number = f'<w:numPr><w:ilvl w:val="{listed[1]}"/><w:numId w:val="{listed[0]}"/></w:numPr>' if listed else ""
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{look}{number}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def tbl(*rows: tuple[str, ...]) -> str:
    """A table; a cell is the markup of its paragraphs, or their text."""
    cells = ("".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


_ODT = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="text" xmlns:style="style"'
    ' xmlns:table="table" xmlns:draw="draw" xmlns:dc="dc" xmlns:meta="meta"'
)
_ODT_STYLES = """<office:automatic-styles><style:style style:name="P1" style:parent-style-name="Title"/>
<text:list-style style:name="L1"><text:list-level-style-bullet text:level="1"/></text:list-style>
<text:list-style style:name="L2"><text:list-level-style-number text:level="1"/></text:list-style>
</office:automatic-styles>"""


def odt(body: str, *, title: str = "", made: str = "", **more: str | bytes) -> bytes:
    """An OpenDocument text with this body."""
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    members: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {_ODT}>{_ODT_STYLES}{text}</office:document-content>",
        "meta.xml": f"<office:document-meta {_ODT}><office:meta><dc:title>{title}</dc:title>"
        f"<meta:creation-date>{made}</meta:creation-date></office:meta></office:document-meta>",
    }
    return zipped(members | {name.replace("__", "/"): data for name, data in more.items()})
