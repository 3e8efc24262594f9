"""Unit, price and quantity of an offer move together: stock counted anew, in the unit that stands or is about to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pomost.model.change import Amend, Area, Change, Publish, SetStock, Target, Withdraw
from pomost.model.known import Known
from pomost.model.offer import Offer
from pomost.rules.diff import Scope, stock_differences
from pomost.rules.offering import Shop, stock_for
from pomost.runs.branch_stock import stock_to_send
from pomost.runs.channel import Channel
from pomost.store.journal import Head
from pomost.store.models import Run

_NOTHING = Scope(frozenset())


@dataclass(frozen=True, slots=True)
class Moves:
    """Offers of a plan approved late that will be sold in another unit than today, or are put back on sale.

    `growing`: those that move to a larger pack. Their lower stock has to be there before the pack is.
    """

    offers: Mapping[str, tuple[Target, Offer]] = field(default_factory=dict)
    growing: frozenset[str] = frozenset()

    def offer(self, product_id: str) -> Offer | None:
        found = self.offers.get(product_id)
        return None if found is None else found[1]


def moves_of(channel: Channel, run: Run, heads: Sequence[Head]) -> Moves:
    """What of these batches moves a unit, as the shop is known to hold it now, and what is put on sale without stock.

    A plan may be a person's undo, or older than runs of a part that went on meanwhile, so it need not hold any stock.
    """
    offers: dict[str, tuple[Target, Offer]] = {}
    growing: set[str] = set()
    with_stock: set[str] = set()
    published: set[str] = set()
    for head in heads:
        changes = channel.journal.load(run, head.number).changes if head.area == Area.OFFER else []
        known = channel.ledger.known(one.target.product_id for one in changes if isinstance(one, Amend))
        for change in changes:
            match change:
                case SetStock(target=target):
                    with_stock.add(target.product_id)
                case Publish(target=target, offer=offer):
                    published.add(target.product_id)
                    offers[target.product_id] = target, offer
                case Amend(target=target, after=offer):
                    held = known.get(target.product_id)
                    standing = None if held is None else held.offer
                    if standing is None or not standing.unit.counts_like(offer.unit):
                        offers[target.product_id] = target, offer
                        if standing is not None and standing.unit.multiplier < offer.unit.multiplier:
                            growing.add(target.product_id)
    for product_id in published & with_stock:
        del offers[product_id]  # its stock is in the plan, and is read anew when its turn comes
    return Moves(offers, frozenset(growing))


def stock_of_moves(channel: Channel, shop: Shop, moves: Moves, *, before: bool) -> Iterator[list[Change]]:
    """Stock that goes before the offers themselves (lower, for larger packs), or what is left to tell after them."""
    ids = sorted(moves.growing if before else moves.offers)
    for start in range(0, len(ids), channel.erp.can.batch):
        piece = ids[start : start + channel.erp.can.batch]
        known = channel.ledger.known(piece)
        targets = [moves.offers[one][0] for one in piece]
        cards = {card.key: card for card in channel.erp.products(sorted({one.key for one in targets}))}
        read_at = channel.clock()
        found: list[Change] = []
        for target in targets:
            held, card = known.get(target.product_id), cards.get(target.key)
            if held is None or card is None or not held.published:
                continue
            will = replace(held, offer=moves.offer(target.product_id)) if before else held
            counted, why = stock_for(card, channel.policy, will, shop.units)
            stocks, _ = stock_to_send(channel, shop.lacks, held.product_id, counted, held)
            changes = (replace(one, as_of=read_at) for one in stock_differences(target, stocks, held, _NOTHING, why))
            found += [one for one in changes if one.lowers or not before]
        yield from (found[place : place + shop.can.batch] for place in range(0, len(found), shop.can.batch))


def as_of_now(channel: Channel, shop: Shop, changes: Sequence[Change], moves: Moves) -> list[Change | None]:
    """A batch of a plan approved late with stock as the ERP has it now; None for what stands no more.

    Stock is counted in the unit that will stand once the plan is sent. What is not ours by now is not taken back; a
    withdrawal that stands has noughts of now, for stock has gone out since the plan was made.
    """
    concerned = [one for one in changes if isinstance(one, SetStock | Withdraw)]
    if not concerned:
        return [*changes]
    known = channel.ledger.known(one.target.product_id for one in concerned)
    keys = sorted({one.target.key for one in concerned if isinstance(one, SetStock)})
    cards = {card.key: card for card in channel.erp.products(keys)} if keys else {}
    read_at = channel.clock()
    fresh: list[Change | None] = []
    for change in changes:
        match change:
            case SetStock(target=target):
                held, card = known.get(target.product_id), cards.get(target.key)
                again: Change | None = None
                if held is not None and card is not None:
                    stocks, why = stock_for(card, channel.policy, _standing(held, moves), shop.units)
                    of_branch = [stock for stock in stocks if stock.branch == change.after.branch]
                    same_branch, _ = stock_to_send(channel, shop.lacks, held.product_id, of_branch, held)
                    found = stock_differences(target, same_branch, held, _NOTHING, why, fresh=True)
                    again = next((replace(one, as_of=read_at) for one in found), None)
                fresh.append(again)
            case Withdraw(target=target) if target.product_id not in known or not known[target.product_id].owned:
                fresh.append(None)
            case Withdraw():
                fresh.append(replace(change, as_of=read_at))
            case _:
                fresh.append(change)
    return fresh


def _standing(held: Known, moves: Moves) -> Known:
    will = moves.offer(held.product_id)
    return held if will is None else replace(held, offer=will)
