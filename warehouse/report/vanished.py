"""What vanished: pages that went from where they stood, and those that came back."""

from warehouse.report.section import Desk, Section

MOST = 30


def tell(desk: Desk) -> Section:
    """The pages that were confirmed to be gone in the period, or returned in it."""
    return Section("vanished", "Vanished", "What vanished", {"answer": desk.ask("vanished", MOST)})
