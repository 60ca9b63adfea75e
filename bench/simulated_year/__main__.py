"""`python -m bench.simulated_year DAYS SEED FOLDER SHARE`: fewer days, another year, where to, that share of visits."""

import sys
from pathlib import Path

from bench.simulated_year import DAYS, SEED, main

if __name__ == "__main__":
    given = [*sys.argv[1:], *("", "", "", "")]
    place = Path(given[2]) if given[2] else None
    sys.exit(main(int(given[0] or DAYS), int(given[1] or SEED), place, float(given[3] or 1)))
