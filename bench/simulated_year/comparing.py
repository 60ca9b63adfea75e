"""The archive held against the model: every difference in words, with what was seen and what is held."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bench.simulated_year.expected import Away, absences, holds, states_of, versions_of
from bench.simulated_year.held import Address, led_to, new_releases, same_as, states_held, versions_held
from bench.simulated_year.living import Lived
from bench.simulated_year.punctual import unasked
from bench.simulated_year.schedule import CLOSING_DAYS
from bench.simulated_year.witness import Sight, sights, visits_seen


@dataclass(slots=True)
class Compared:
    """How much was compared, and what differs."""

    releases: int = 0
    versions: int = 0
    vanished: int = 0
    returned: int = 0
    open_to_doubt: int = 0
    differences: list[str] = field(default_factory=list)


def compare(lived: Lived) -> Compared:
    """Holds releases, versions and disappearances of the archive against what was there to be seen."""
    visits = visits_seen(lived)
    seen, away = sights(lived, visits), absences(visits)
    told = Compared()
    made, held = new_releases(lived), versions_held(lived)
    told.differences += [*_never_seen(lived, seen), *unasked(lived, visits)]
    vanished = {
        (host, path): [at for state, at in states_of(asked) if state == "vanished"]
        for (_, host, path), asked in away.items()
    }
    for address, some in sorted(seen.items()):
        page = lived.world.pages[address]
        names = made.pop(address, [])
        certain = any(sight.is_certain for sight in some)
        if page.elder:
            told.differences += _moved(lived, address, some, names, vanished.get((address[0], page.elder), []), seen)
        elif len(names) != 1 and (certain or names):
            told.differences.append(f"{address}: {len(names)} releases were made of it\n{_story(some)}")
        for name in names:
            told.releases += 1
            told.open_to_doubt += not all(sight.is_certain for sight in some)
            told.versions += len(held.get(name, ()))
            if not holds(held.pop(name, []), some, versions_of):
                told.differences.append(f"{address}: its versions differ\n{_story(some)}\n{_held(lived, name)}")
    told.differences += [f"{address}: {names} made of what nobody could see" for address, names in made.items()]
    told.differences += [f"{name}: a release that no input made" for name in held]
    _compare_states(lived, away, told)
    return told


def _compare_states(lived: Lived, away: dict[tuple[str, str, str], list[Away]], told: Compared) -> None:
    states = states_held(lived)
    for key, asked in sorted(away.items()):
        actual = states.pop(key, [])
        told.vanished += sum(state == "vanished" for state, _ in actual)
        told.returned += sum(state == "returned" for state, _ in actual)
        if not holds(actual, asked, states_of):
            seen = "\n".join(f"  {one.at} {'stands' if one.is_there else 'gone'} {one.is_certain}" for one in asked)
            told.differences.append(f"{key}: its states differ: {_dated(actual)}, by what was seen\n{seen}")
    told.differences += [f"{key}: {_dated(rows)}, though nobody was told so" for key, rows in states.items()]


def _never_seen(lived: Lived, seen: dict[Address, list[Sight]]) -> Iterator[str]:
    """What stands at the end and was listed then has to have been seen."""
    for address, page in lived.world.pages.items():
        end = lived.world.end
        states = [page.at(end + timedelta(days=late)) for late in range(max(CLOSING_DAYS) + 2)]
        stands = all(state and state[1].text for state in states)
        if stands and end - page.issued < timedelta(days=5) and address not in seen:
            yield f"{address}: listed to the end, and never read"


def _moved(
    lived: Lived,
    address: Address,
    some: list[Sight],
    names: list[str],
    vanished: list[datetime],
    seen: dict[Address, list[Sight]],
) -> Iterator[str]:
    """A text that stood elsewhere before: repeats that release, or is its heir once that is known to have vanished."""
    elder_seen = seen.get((address[0], str(lived.world.pages[address].elder)), [])
    first = some[0].at
    certain = some[0].is_certain and all(one.is_certain for one in elder_seen)
    heir = not elder_seen or any(at < first for at in vanished)
    if certain and len(names) != int(heir):
        yield f"{address}: {len(names)} releases, elder vanished {vanished}, first seen {first}\n{_story(some)}"
    elif not names and len(led_to(lived).get(address, ())) != 1:
        yield f"{address}: moved, and led to nothing\n{_story(some)}"
    elif names and elder_seen and certain and not any(younger == names[0] for younger, _ in same_as(lived)):
        yield f"{address}: the heir of {lived.world.pages[address].elder} is not told to be one\n{_story(some)}"


def _story(some: list[Sight]) -> str:
    lines, last = [], None
    for sight in some:
        told = (sight.text.key, sight.file)
        if told != last:
            words = f"{sight.text.title!r} {len(sight.text.key[1])} characters, updated {sight.text.updated}"
            more = f"image {sight.text.image}, file {sight.text.file} had {sight.file}"
            sure = "" if sight.is_certain else " (killed)"
            lines.append(f"  seen {sight.at} by {sight.source} in {sight.number}{sure}: {words}, {more}")
        last = told
    return "\n".join(lines)


def _held(lived: Lived, name: str) -> str:
    found = versions_held(lived)[name]
    return "\n".join(
        f"  held {name} v{number}: {key[0]!r} {len(key[1])} characters, updated {key[2]}, image {key[3]},"
        f" file {key[4]} revision {revision}"
        for number, (key, revision) in enumerate(found, 1)
    )


def _dated(states: list[tuple[str, datetime]]) -> str:
    return ", ".join(f"{state} {at}" for state, at in states) or "none"
