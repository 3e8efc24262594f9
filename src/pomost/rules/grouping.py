"""The tree of groups as the shop takes it: which hang soundly below its root, and what is wrong with the rest."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from pomost.model.reason import Finding, Reason

DEEPEST = 10
"""Levels of groups below the root (contract, section 4)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A group in the ERP's tree: its name, and the key of the group above, None for the root."""

    name: str
    parent: int | None


@dataclass(frozen=True, slots=True)
class Tree:
    """Sound groups with their level below the root and the group above, and what is wrong with each of the others."""

    levels: Mapping[int, int] = field(default_factory=dict)
    above: Mapping[int, int | None] = field(default_factory=dict)
    astray: Mapping[int, Finding] = field(default_factory=dict)


def tree(places: Mapping[int, Place], unsendable: Collection[int], root: int) -> Tree:
    """Every group that can hang where it is; those that cannot be sent for themselves (`unsendable`) are in neither."""
    levels: dict[int, int] = {}
    astray: dict[int, Finding] = {}
    for key in places:
        if key == root or key in unsendable:
            continue
        found = _line(key, places, root)
        wrong = _wrong(found, places, unsendable, root)
        if wrong is None:
            levels[key] = len(found)
        else:
            astray[key] = wrong
    return Tree(levels, {key: places[key].parent for key in levels}, astray)


def _line(key: int, places: Mapping[int, Place], root: int) -> list[int]:
    """The group and those above it: up to the root, which is left out, to where it ends, or until one is met again."""
    line = [key]
    at = places[key].parent
    while at is not None and at != root:
        line.append(at)
        if at in line[:-1] or at not in places:
            break
        at = places[at].parent
    return line


def _wrong(line: list[int], places: Mapping[int, Place], unsendable: Collection[int], root: int) -> Finding | None:
    facts = {"group": _name(line[0], places), "path": " > ".join(_name(key, places) for key in reversed(line))}
    if len(set(line)) < len(line):
        return Finding.of(Reason.GROUP_IN_RING, **facts)
    if line[-1] not in places or places[line[-1]].parent != root:
        return Finding.of(Reason.GROUP_OUT_OF_TREE, **facts)
    above = next((key for key in line[1:] if key in unsendable), None)
    if above is not None:
        return Finding.of(Reason.GROUP_BELOW_UNSENT, **facts, above=_name(above, places))
    if len(line) > DEEPEST:
        return Finding.of(Reason.GROUP_TOO_DEEP, **facts, most=DEEPEST)
    return None


def _name(key: int, places: Mapping[int, Place]) -> str:
    found = places.get(key)
    return f"#{key}" if found is None else found.name


def in_the_way(
    held: Mapping[int, int | None], wanted: Mapping[int, int | None], order: list[int], root: int
) -> set[int]:
    """Groups that have to hang below the root for the time being, so that others may move where they are to hang.

    `held`: the group above each group the shop knows, also of those it hides; `wanted`: above each sound one. `order`:
    sound ones that are sent, from the top down. A group takes along what hangs below it in the shop, and then there
    may be more levels than the shop takes, although in the end there are not.
    """
    tree_now = dict(held)
    below: defaultdict[int | None, set[int]] = defaultdict(set)
    for key, parent in tree_now.items():
        below[parent].add(key)

    def move(key: int, parent: int | None) -> None:
        if key in tree_now:
            below[tree_now[key]].discard(key)
        tree_now[key] = parent
        below[parent].add(key)

    found: set[int] = set()
    for key in order:
        if tree_now.get(key, -1) == wanted[key]:
            continue
        if _level(wanted[key], tree_now, root) + _height(key, below) > DEEPEST:
            for loose in _leaving(key, below, wanted):
                found.add(loose)
                move(loose, root)
        move(key, wanted[key])
    return found


def _level(parent: int | None, parents: Mapping[int, int | None], root: int) -> int:
    count = 0
    while parent is not None and parent != root and count <= DEEPEST:
        count += 1
        parent = parents.get(parent)
    return count


def _height(key: int, below: Mapping[int | None, Collection[int]]) -> int:
    levels, tier = 0, {key}
    while tier and levels <= DEEPEST:
        levels += 1
        tier = {one for above in tier for one in below.get(above, ())}
    return levels


def _leaving(key: int, below: Mapping[int | None, Collection[int]], wanted: Mapping[int, int | None]) -> list[int]:
    """Of what hangs below a group, the uppermost that are not to hang where they do."""
    found: list[int] = []
    waiting = [(one, key) for one in sorted(below.get(key, ()))]
    while waiting:
        one, above = waiting.pop()
        if wanted.get(one, -1) != above:
            found.append(one)
        else:
            waiting += [(other, one) for other in sorted(below.get(one, ()))]
    return found
