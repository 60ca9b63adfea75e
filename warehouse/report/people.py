"""People and offices: who is named in the period."""

from warehouse.report.section import Desk, Section

MOST = 24


def tell(desk: Desk) -> Section:
    """Who is named in most releases, and which offices and bodies are."""
    facts = {"people": desk.ask("people", MOST), "offices": desk.ask("offices", MOST)}
    return Section("people", "People and offices", "Who was named", facts)
