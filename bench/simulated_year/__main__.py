"""`python -m bench.simulated_year DAYS SEED FOLDER`: fewer days, another year, an archive to look at."""

import sys
from pathlib import Path

from bench.simulated_year import DAYS, SEED, main

if __name__ == "__main__":
    given = [*sys.argv[1:], *("", "", "")]
    sys.exit(main(int(given[0] or DAYS), int(given[1] or SEED), Path(given[2]) if given[2] else None))
