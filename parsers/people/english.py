"""People, their offices and bodies in an English text."""

from collections.abc import Iterator

from parsers.people.english_beside import with_posts
from parsers.people.english_bodies import bodies
from parsers.people.english_posts import Name, Post, is_honorific, read
from parsers.people.mention import Found
from parsers.people.runs import Token, runs


def people(text: str) -> list[Found]:
    """People, posts and bodies of a text, each where it is named in full, in order; places of one kind may overlap."""
    found: list[Found] = []
    parts = [part for run in runs(text) for part in _parted(run)]
    posts: list[Post] = []
    names: list[Name] = []
    for part in parts:
        found.extend(bodies(text, part))
        held_posts, held_names = read(text, part)
        posts.extend(held_posts)
        names.extend(held_names)
    held = with_posts(text, posts, names)
    found.extend(held)
    found.extend(
        Found("post", post.start, post.end, post.role, None, 0.9, "office", (post.start, post.end))
        for post in posts
        if post.formal
    )
    return found


def _parted(run: list[Token]) -> Iterator[list[Token]]:
    """A run cut before each Mr, Dr and so on that follows another word."""
    start = 0
    for at in range(len(run)):
        if at > start and is_honorific(run, at) and not is_honorific(run, at - 1):
            yield _trimmed(run[start:at])
            start = at
    yield _trimmed(run[start:])


def _trimmed(part: list[Token]) -> list[Token]:
    while part and part[-1].joins:
        part = part[:-1]
    return part
