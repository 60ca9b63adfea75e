"""How long the tests wait for a server that misbehaves."""

from dataclasses import replace

from sources.http.limits import Limits

PATIENT = Limits(total=120.0, header=60.0, connect=60.0, rate_after=60.0, attempts=2, patience=1.0)
"""For every answer that comes: however busy the machine is, it comes sooner."""

HASTY = replace(PATIENT, total=2.0, header=0.6, connect=0.6, rate_after=0.5)
"""Only where waiting in vain is what is tested; whatever does come is asked for patiently."""
