"""The text of an article without what frames it: the headline again, date lines, labelled facts, closing lines."""

from collections.abc import Sequence

from parsers.article import Part
from parsers.document import Provenance
from parsers.frame import Frame, peel
from parsers.pieces import OPAQUE


def story_of(parts: Sequence[Part], title: str, owner: Provenance) -> tuple[Frame, list[Part]]:
    """What frames the text within its box, and the text without it, by the rules for bare text."""
    lines = [part if isinstance(part, str) else OPAQUE for part in parts]
    frame = peel(lines, zone=owner.zone, day_first=owner.day_first, title=title or None, title_wanted=False)
    return frame, [parts[at] for at in frame.kept]
