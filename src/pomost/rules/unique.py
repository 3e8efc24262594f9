"""Values the shop takes from one entry alone (codes, logins): how they pass from one of ours to another in one run.

Whoever takes a value must wait until the one who has it has let go of it. In a chain the last one lets go first; in a
ring nobody can be the first, so that those in it hold something else for a moment.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from pomost.model.account import CustomerEntry
from pomost.model.assortment import AttributeEntry, ProductEntry
from pomost.model.entry import Content
from pomost.model.trade import PromotionEntry

_LONG_AGO = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Turn:
    """An entry whose unique values change: those the shop holds or may hold of it, and those it is to hold.

    `leaves`: it is withdrawn, or was before, and wants nothing.
    """

    key: int
    held: frozenset[str]
    wanted: frozenset[str]
    leaves: bool = False


@dataclass(frozen=True, slots=True)
class Turns:
    """Who goes when, each by its key. `first`: as it is to be. `passing`: with it, but on the way to something else.

    Of those that pass, what they have to do without meanwhile. `after`: as they are to be, once all those have gone.
    What leaves and nobody waits for has no turn.
    """

    first: frozenset[int]
    passing: Mapping[int, frozenset[str]]
    after: frozenset[int]


def turns(entries: Collection[Turn]) -> Turns:
    """Put entries whose values change in an order in which nothing is taken before it is let go."""
    given: defaultdict[str, set[int]] = defaultdict(set)
    asked: defaultdict[str, set[int]] = defaultdict(set)
    for one in entries:
        for value in one.held - one.wanted:
            given[value].add(one.key)
        for value in one.wanted:
            asked[value].add(one.key)
    waits = {one.key: frozenset(value for value in one.wanted if given[value] - {one.key}) for one in entries}
    passing = {}
    for one in entries:
        lets_go = frozenset(value for value in one.held - one.wanted if asked[value] - {one.key})
        if lets_go and (one.leaves or waits[one.key]):
            passing[one.key] = lets_go | waits[one.key]
    standing = {one.key for one in entries if not one.leaves}
    waiting = {key for key in standing if waits[key]}
    return Turns(frozenset(standing - waiting), passing, frozenset(waiting))


def on_the_way(content: Content, key: int, without: Collection[str], taken: Collection[str]) -> Content:
    """What an entry holds meanwhile: everything it is to be, but for values it has to let go or wait for.

    A code must be something: it is the entry's own key behind a mark, one that no entry has or wants.
    """
    match content:
        case ProductEntry() | PromotionEntry() | AttributeEntry():
            return replace(content, code=_code(key, taken))
        case CustomerEntry(logins=logins):
            return replace(content, logins=tuple(one for one in logins if one.email.casefold() not in without))
        case _:
            return content


def asleep(content: Content) -> Content:
    """The same, doing nothing while it is there: what was withdrawn shows itself again for as long as it is told."""
    match content:
        case PromotionEntry():
            return replace(content, valid_from=None, valid_to=_LONG_AGO)
        case CustomerEntry():
            return replace(content, blocked=True)
        case _:
            return content


def _code(key: int, taken: Iterable[str]) -> str:
    """Short enough for the shortest of codes, 20 signs; `taken` are unique values, which end in a code."""
    found, ends = f"~{key}", tuple(taken)
    while any(value.endswith(found) for value in ends):
        found = f"~{found}"
    return found
