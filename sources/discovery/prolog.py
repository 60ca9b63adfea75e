"""What a markup document begins with: the name of its first element tells a feed from a page that says sorry."""

import re

_LEAD_IN = {"<!--": "-->", "<?": "?>", "<!": ">"}
_NAME = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?([A-Za-z_][\w.-]{0,40})")
_FAR_ENOUGH = 50_000  # characters


def first_element(text: str) -> str:
    """The local name of the first element, past comments, instructions, a DOCTYPE and stray text; empty for none."""
    at = 0
    while 0 <= (at := text.find("<", at)) < _FAR_ENOUGH:
        close = next((close for lead, close in _LEAD_IN.items() if text.startswith(lead, at)), None)
        if close is None and (match := _NAME.match(text, at)):
            return match[1]
        at = text.find(close, at) if close else at + 1
        if at < 0:
            break
    return ""
