"""Which releases are wanted, as SQL with its values written out: what is run is what the manifest tells."""

from dataclasses import dataclass
from datetime import date

import duckdb

from sources.errors import ArchiveError
from warehouse.commenting import quoted

EXAMPLE = '`communique query "FROM releases LIMIT 5"` shows the columns'


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for; nothing given means every release as it reads now.

    :param since: the first day, by the column `day`.
    :param until: the day after the last.
    :param publishers: keys of publishers.
    :param languages: BCP 47; `zh` takes `zh-Hant` and `zh-Hans` too (RFC 4647, basic filtering).
    :param where: one SQL condition over the columns of the view.
    :param versions: every version and reading instead of the current ones.
    """

    since: date | None = None
    until: date | None = None
    publishers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    where: str | None = None
    versions: bool = False

    @property
    def view(self) -> str:
        """The view that is asked: its rows are exported, and its comments describe them."""
        return "versions" if self.versions else "releases"

    @property
    def condition(self) -> str:
        """All that is asked for as one SQL condition; a comment in `where` ends with its line."""
        told = []
        if self.since:
            told.append(f"\"day\" >= DATE '{self.since.isoformat()}'")
        if self.until:
            told.append(f"\"day\" < DATE '{self.until.isoformat()}'")
        if self.publishers:
            told.append(f"publisher IN ({', '.join(map(quoted, self.publishers))})")
        if self.languages:
            told.append(f"({' OR '.join(map(_in_language, self.languages))})")
        if self.where:
            told.append(f"({self.where}\n)")
        return " AND ".join(told) or "true"

    @property
    def query(self) -> str:
        """The rows, in the order they were loaded."""
        return f"SELECT * FROM {self.view} WHERE {self.condition}"

    @property
    def keys(self) -> str:
        """The rows by their key alone, which is cheap."""
        return f"SELECT release_id, version, reading FROM {self.view} WHERE {self.condition}"


def checked(con: duckdb.DuckDBPyConnection, selection: Selection) -> Selection:
    """The selection, when the archive understands it.

    :raises ArchiveError: with DuckDB's own words when it does not.
    """
    try:
        con.execute(f"{selection.keys} LIMIT 0")
    except duckdb.Error as error:
        raise ArchiveError(f"the selection cannot be read: {error}; {EXAMPLE}") from error
    return selection


def _in_language(tag: str) -> str:
    return f'"language" = {quoted(tag)} OR starts_with("language", {quoted(tag + "-")})'
