"""CSV by RFC 4180: UTF-8, CRLF, every text in quotes, lists as JSON, instants as RFC 3339 in UTC.

A cell that is empty without quotes is null, `""` is an empty text. A text that a spreadsheet would take for a formula
gets an apostrophe in front, by the rule of OWASP's page on CSV injection widened to full-width signs and to signs
behind white space or characters that do not show; lossless, it stays as it is.
"""

from warehouse.commenting import quoted
from warehouse.exporting.columns import columns_told
from warehouse.exporting.job import Job
from warehouse.exporting.json_lines import write_lines

BOM = b"\xef\xbb\xbf"
ENDED = "chr(13) || chr(10)"
UNSEEN = (
    r"\x00-\x20\x7f\x{85}\x{A0}\x{AD}\x{1680}\x{180E}\x{2000}-\x{200F}"
    r"\x{2028}-\x{202F}\x{205F}-\x{206F}\x{3000}\x{FEFF}"
)
FORMULA = rf"^(?:[\t\r\n]|[{UNSEEN}]*[=+\-@＝＋－＠﹦﹢﹣﹫−])"
# Digits, letters and ideographs begin nearly all texts; looking for a formula takes ten times as long.
PLAIN = "unicode({0}) BETWEEN 48 AND 57 OR unicode({0}) BETWEEN 65 AND 122 OR unicode({0}) BETWEEN 19968 AND 40959"


def write(job: Job) -> None:
    """Writes `releases.csv` (or `versions.csv`)."""
    view = job.selection.view
    columns = columns_told(job.con, view)
    header = ",".join(f'"{column.name}"' for column in columns) + "\r\n"
    cells = (cell(column.name, column.type, lossless=job.options.lossless) for column in columns)
    query = f"SELECT concat_ws(',', {', '.join(cells)}) || {ENDED} AS line FROM rows_wanted"
    begin = (BOM if job.options.bom else b"") + header.encode()
    job.package.about["csv"] = {"lossless": job.options.lossless, "bom": job.options.bom}
    job.package.counts["rows"] = write_lines(job.con, query, job.package.path(f"{view}.csv"), begin=begin)


def cell(name: str, kind: str, *, lossless: bool) -> str:
    """SQL that makes the cell of a column of this DuckDB type; never null."""
    text = _text(name, kind)
    if kind == "VARCHAR" and not lossless:
        harmful = f"regexp_matches({text}, {quoted(FORMULA)})"
        text = f"CASE WHEN {PLAIN.format(text)} THEN {text} WHEN {harmful} THEN chr(39) || {text} ELSE {text} END"
    return f"""coalesce('"' || replace({text}, '"', '""') || '"', '')"""


def _text(name: str, kind: str) -> str:
    if kind == "VARCHAR":
        return f'"{name}"'
    if kind.endswith("[]") or kind.startswith("STRUCT"):
        return f'CAST(to_json("{name}") AS VARCHAR)'
    if kind.startswith("TIMESTAMP"):
        return f"replace(strftime(\"{name}\", '%Y-%m-%dT%H:%M:%S.%fZ'), '.000000Z', 'Z')"
    return f'CAST("{name}" AS VARCHAR)'
