"""A short release of our own invention, for tests of what stands around a text."""

FEED_ITEM = "application/vnd.communique.feed-item+json"
TEXT = (
    "The Harbour Office said today that the ninth quay will reopen after repairs that took two years.",
    "Visitors are asked to use the eastern gate until the end of May, when the western gate is finished.",
)


def page_of(text: str) -> str:
    """A page that has this markup as its article."""
    article = f"<article><h1>Ninth quay</h1>{text}</article>"
    return f"<html><head><title>Ninth quay</title></head><body>{article}</body></html>"
