"""Putting groups from the top of the tree down, and making room where the shop's tree is in the way of the ERP's."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from pomost.model.assortment import GroupEntry
from pomost.model.change import Area, Drop, Put
from pomost.model.entry import key_of, subject
from pomost.model.reason import Finding, Reason
from pomost.rules.grouping import DEEPEST, Tree, in_the_way
from pomost.runs.deciding_entries import Decided, decide, read_piece, store
from pomost.runs.entry_desk import Desk
from pomost.store.database import one_transaction
from pomost.store.entries import Held

_WHY = (Finding.of(Reason.GROUP_IN_THE_WAY),)


def put_groups(desk: Desk, keys: Collection[int], leaving: Sequence[Drop], *, full: bool) -> list[Drop]:
    """Decide and store these groups, those above first; what has to be dropped besides, once they are put.

    A group that moves takes along whatever hangs below it in the shop. What is to hang elsewhere, or must not be there
    any more, may then be deeper than the shop allows: it is hung below the root first.
    """
    if not keys:
        return []
    root, tree = desk.shop.root, desk.around.groups or Tree()
    known = {held.key: held for held in desk.channel.entries.everything(Area.GROUP)}
    above = {key: held.content.parent for key, held in known.items() if isinstance(held.content, GroupEntry)}
    ordered = sorted(keys, key=lambda key: (_level(key, tree, root), key))
    loose = in_the_way(above, tree.above, [key for key in ordered if key in tree.above], root)
    hung = _below_root(desk, [known[key] for key in sorted(loose)])
    moving = loose & tree.above.keys()
    ordered += sorted(moving - set(ordered), key=lambda key: (_level(key, tree, root), key))
    for piece in desk.pieces(Area.GROUP, ordered):
        decided = decide(desk, Area.GROUP, piece, read_piece(desk, Area.GROUP, piece), full=full)
        store(desk, Area.GROUP, [_from_root(one, hung.get(one.key)) for one in decided])
    gone = {key_of(one.target) for one in leaving}
    return [
        Drop(subject(Area.GROUP, key, known[key].label), (), _WHY, again=not known[key].published)
        for key in sorted(loose - moving - gone)
    ]


def _level(key: int, tree: Tree, root: int) -> int:
    """Levels below the root; what hangs nowhere comes last."""
    return 0 if key == root else tree.levels.get(key, DEEPEST + 1)


def _below_root(desk: Desk, groups: Sequence[Held]) -> dict[int, GroupEntry]:
    """Hang these groups below the root for the time being; what each holds then."""
    if not groups:
        return {}
    steps: dict[int, Put[GroupEntry]] = {}
    for held in groups:
        content = held.content
        if isinstance(content, GroupEntry):
            target, before = subject(Area.GROUP, held.key, held.label), content if held.published else None
            hung = replace(content, parent=desk.shop.root)
            step = Put(target, before, hung, read_at=desk.read_at, again=held.doubtful, why=_WHY)
            steps[held.key] = step
    with one_transaction():
        desk.session.confirm()
        desk.draft.write(list(steps.values()), ())
    return {key: step.after for key, step in steps.items()}


def _from_root(one: Decided, hung: GroupEntry | None) -> Decided:
    """What goes on from there, seen from there."""
    if hung is None or not isinstance(one.change, Put):
        return one
    return replace(one, change=replace(one.change, before=hung))
