"""The sample archive, and the pages of `docs/` that it answers: `python -m tests.sample [FOLDER]`."""

import sys
import tempfile
from pathlib import Path

from flows.console import out
from flows.dictionary_page import dictionary_page
from tests.sample.making import make_sample
from tests.sample.queries_page import queries_page
from warehouse.connection import opened_read_only
from warehouse.dictionary import described

DOCS = Path(__file__).parents[2] / "docs"


def main(folder: str | None = None) -> None:
    """Makes the archive in `folder` and names it; without one, in a folder that goes away, to write the pages."""
    if folder:
        archive = make_sample(Path(folder).absolute()).place.archive
        out.print(f"duckdb -readonly {archive}", markup=False)
        return
    with tempfile.TemporaryDirectory(prefix="communique-sample-") as made:
        archive = make_sample(Path(made)).place.archive
        with opened_read_only(archive) as con:
            (DOCS / "dictionary.md").write_text(dictionary_page(described(con)), encoding="utf-8")
        (DOCS / "queries.md").write_text(queries_page(archive), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
