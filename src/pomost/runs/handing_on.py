"""Putting entries of an area whose values the shop takes once: whoever has such a value lets go of it first.

Entries are decided wave by wave: those the shop knows, which may let go of something, then new ones, then variants,
which come after their products. Whoever changes a value others may want waits for the end, when it is known what all
of them want, and is decided anew there: what waits is remembered by its values alone.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pomost.model.account import CustomerEntry
from pomost.model.change import Area, Drop, Put
from pomost.model.entry import Content, Reading, key_of, subject, unique_values
from pomost.model.reason import Finding, Reason
from pomost.rules.unique import Turn, asleep, on_the_way, turns
from pomost.runs.deciding_entries import Decided, decide, read_piece, store
from pomost.runs.entry_desk import Desk
from pomost.store.database import one_transaction
from pomost.store.entries import Held

_WHY = (Finding.of(Reason.VALUE_HANDED_ON),)


@dataclass(slots=True)
class _Waiting:
    """What waits for the end of an area. `released`: values somebody lets go of; `late`: variants of what waits."""

    turns: dict[int, Turn] = field(default_factory=dict)
    released: set[str] = field(default_factory=set)
    leaving: dict[int, Held] = field(default_factory=dict)
    variants: list[int] = field(default_factory=list)
    late: list[int] = field(default_factory=list)
    drops: list[Decided] = field(default_factory=list)

    def leaves(self, held: Held) -> None:
        """What is withdrawn lets go of everything, if anybody asks for it."""
        values = held.values
        if values:
            self.released |= values
            self.leaving[held.key] = held
            self.turns[held.key] = Turn(held.key, values, frozenset(), leaves=True)


def put_unique(desk: Desk, area: Area, keys: Collection[int], leaving: Sequence[Drop], *, full: bool) -> list[Drop]:
    """Decide and store these entries; the rest of what has to be dropped once they are put."""
    channel, waiting = desk.channel, _Waiting()
    if keys:
        gone = {key_of(one.target) for one in leaving}
        for held in channel.entries.known(area, gone).values():
            waiting.leaves(held)
        for held in channel.entries.everything(area, dropped=True):
            if held.key not in keys and not held.doubtful:
                waiting.leaves(held)
    known = channel.entries.met(area, keys)
    for wave in (sorted(known), sorted(set(keys) - known)):
        _wave(desk, area, wave, waiting, full=full)
    desk.variants.update(waiting.variants)
    _wave(desk, area, waiting.variants, waiting, full=full, variants=True)
    return _take_turns(desk, area, waiting, full=full)


def _wave(
    desk: Desk, area: Area, keys: Sequence[int], waiting: _Waiting, *, full: bool, variants: bool = False
) -> None:
    """Decide entries and store those that neither take nor let go of anything another one may be waiting for."""
    for asked in desk.pieces(area, keys):
        piece = read_piece(desk, area, asked)
        now = asked
        if not variants:
            later = [key for key in asked if getattr(_content(piece.readings.get(key)), "variant_of", None)]
            waiting.variants += later
            for key in later:
                if key in piece.known:
                    waiting.released |= piece.known[key].values - unique_values(piece.readings[key].content)
            now = [key for key in asked if key not in later]
        decided = decide(desk, area, now, piece, full=full)
        store(desk, area, [one for one in decided if not _waits(one, piece.known.get(one.key), waiting)])


def _content(reading: Reading | None) -> Content | None:
    return None if reading is None else reading.content


def _waits(one: Decided, held: Held | None, waiting: _Waiting) -> bool:
    """Whether it is left for the end of the area."""
    values = frozenset[str]() if held is None else held.values
    match one.change:
        case Put(after=after):
            wanted = unique_values(after)
            if values != wanted if held is not None else wanted & waiting.released:
                waiting.turns[one.key] = Turn(one.key, values, wanted)
                waiting.released |= values - wanted
                return True
            parent = waiting.turns.get(getattr(after, "variant_of", None) or 0)
            if parent is not None and not parent.held:
                waiting.late.append(one.key)
                return True
        case Drop() if held is not None:
            waiting.leaves(held)
            waiting.drops.append(one)
            return True
    return False


def _take_turns(desk: Desk, area: Area, waiting: _Waiting, *, full: bool) -> list[Drop]:
    """Store what waited: first what lets go, as it is to be or on the way there, then what takes, then what leaves."""
    plan = turns(list(waiting.turns.values()))
    taken = {value for one in waiting.turns.values() for value in one.held | one.wanted}
    standing = {key: without for key, without in plan.passing.items() if key not in waiting.leaving}
    for decided in _anew(desk, area, plan.first | standing.keys(), full=full):
        store(desk, area, [one for one in decided if one.key not in standing])
        passing = [one.change for one in decided if one.key in standing and isinstance(one.change, Put)]
        _write(desk, [_passing(one, one.after, standing[key_of(one.target)], taken) for one in passing])
    again = _let_go(desk, area, waiting, plan.passing, taken)
    for decided in _anew(desk, area, plan.after | {*waiting.late}, full=full):
        store(desk, area, [_from_there(one, standing.get(one.key), taken) for one in decided])
    store(desk, area, waiting.drops)
    return again


def _anew(desk: Desk, area: Area, keys: Collection[int], *, full: bool) -> Iterator[list[Decided]]:
    """These entries decided once more, piece by piece, variants last."""
    for part in (sorted(set(keys) - desk.variants), sorted(set(keys) & desk.variants)):
        for asked in desk.pieces(area, part):
            yield decide(desk, area, asked, read_piece(desk, area, asked), full=full)


def _passing(change: Put[Content], content: Content, without: Collection[str], taken: Collection[str]) -> Put[Content]:
    """The step on the way: of no fingerprint, so that whatever comes between makes the next run go on from there."""
    meanwhile = on_the_way(content, key_of(change.target), without, taken)
    return replace(change, after=meanwhile, print=b"", why=_WHY)


def _from_there(one: Decided, without: Collection[str] | None, taken: Collection[str]) -> Decided:
    """What takes its turn, seen from what it holds meanwhile."""
    change = one.change
    if without is None or not isinstance(change, Put):
        return one
    return replace(one, change=replace(change, before=_passing(change, change.after, without, taken).after))


def _let_go(
    desk: Desk, area: Area, waiting: _Waiting, passing: Mapping[int, Collection[str]], taken: Collection[str]
) -> list[Drop]:
    """What is withdrawn lets go of values others want; what had been withdrawn before is dropped once more for it."""
    steps: list[Put[Content]] = []
    size = desk.channel.shop.can.batch
    again: list[Drop] = []
    for key, held in waiting.leaving.items():
        content = held.content or _nobody(area, held.label)
        if key not in passing or content is None:
            continue
        target = subject(area, key, held.label)
        standing = held.content if held.published else None
        put = Put(target, standing, content, read_at=desk.read_at, again=held.doubtful)
        steps.append(_passing(put, asleep(content), passing[key], taken))
        if not held.published and not held.doubtful:
            again.append(Drop(target, (), _WHY, again=True))
    for start in range(0, len(steps), size):
        _write(desk, steps[start : start + size])
    return again


def _nobody(area: Area, label: str) -> Content | None:
    """What stands for an entry of which only the name is known: the shop may hold it, for nobody answered."""
    return CustomerEntry(label, company=False, names=(label,)) if area is Area.CUSTOMER else None


def _write(desk: Desk, steps: Sequence[Put[Content]]) -> None:
    with one_transaction():
        desk.session.confirm()
        desk.draft.write(steps, ())
