"""Who and what a release names: `parsers.people.naming` is the door, one module each for what it needs."""
