"""Health: how the sources are, what is wrong with which, and how much was asked of whom."""

from warehouse.report.section import Desk, Section

SOURCES, ALARMS, HOSTS, FIELDS = 40, 20, 20, 20


def tell(desk: Desk) -> Section:
    """Sources by state, open alarms, fields that parsers no longer find, and requests by host."""
    facts = {
        "sources": desk.ask("health", SOURCES),
        "alarms": desk.ask("alarms", ALARMS),
        "lacking": desk.ask("lacking", FIELDS),
        "requests": desk.ask("requests", HOSTS),
    }
    return Section("health", "Sources", "How the sources are", facts)
