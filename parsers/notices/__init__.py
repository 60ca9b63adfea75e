"""What a text says of itself: that it corrects or replaces another, or that it is withdrawn.

A bill that is amended or an offer that is withdrawn says nothing of the text, so the text has to be named, or the
notice has to stand apart from the story. `finding` looks for it; the other modules have the words.
"""

from parsers.notices.finding import LOOKED_AT, Notice, notices_in, says_it_corrects
from parsers.notices.headlines import unmarked

__all__ = ["LOOKED_AT", "Notice", "notices_in", "says_it_corrects", "unmarked"]
