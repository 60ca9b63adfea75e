"""What is new: the releases of the period, day by day."""

from itertools import groupby
from operator import itemgetter

from warehouse.report.section import Desk, Section

MOST = 60


def tell(desk: Desk) -> Section:
    """The newest releases under their days."""
    answer = desk.ask("news", MOST)
    days = [(day, list(rows)) for day, rows in groupby(answer.rows, key=itemgetter("day"))]
    return Section("news", "New", "What is new", {"answer": answer, "days": days})
