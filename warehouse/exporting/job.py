"""What a format is handed to write an export."""

from dataclasses import dataclass
from datetime import datetime

import duckdb

from warehouse.exporting.package import Package
from warehouse.exporting.selection import Selection
from warehouse.home import Home


@dataclass(frozen=True, slots=True)
class Options:
    """How rows are written as CSV.

    :param lossless: exact text, though a spreadsheet may take some of it for formulas.
    :param bom: begin with a byte order mark, by which Excel knows UTF-8.
    """

    lossless: bool = False
    bom: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One export being made. `con` is the published archive, where the view `rows_wanted` has the wanted rows.

    `as_at` is when the newest decision in the archive was sealed: the date an export bears, as it has no clock.
    `name` tells this export from every other of the same archive and format.
    """

    con: duckdb.DuckDBPyConnection
    home: Home
    selection: Selection
    package: Package
    options: Options
    as_at: datetime
    name: str
