"""`python -m bench` measures everything; `python -m bench NAME…` only that.

An entry is a module of this folder with `main() -> int`, 0 when every bar was met; its name goes into `ENTRIES`.
"""

import importlib
import sys

ENTRIES = (
    "ingest",
    "startup",
    "orchestration",
    "charset",
    "language",
    "feeds",
    "info_gov_hk",
    "extraction",
    "page_dates",
    "fetching",
    "backfilling",
    "sameness",
    "editions",
    "lookalikes",
    "answers",
    "searching",
    "people",
    "rereading",
    "report",
    "exporting",
    "simulated_year",
)


def main(names: list[str]) -> int:
    """Runs the named entries, or all; 1 when one missed a bar, 2 for a name that is none."""
    unknown = [name for name in names if name not in ENTRIES]
    if unknown:
        sys.stderr.write(f"no entry {unknown[0]!r}; there are {', '.join(ENTRIES)}\n")
        return 2
    return max(int(importlib.import_module(f"bench.{name}").main()) for name in names or ENTRIES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
