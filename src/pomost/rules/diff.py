"""Desired minus known is change: one comparison for every mode of running."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pomost.model.change import Amend, Change, OfferChange, Part, Publish, SetStock, Target, Withdraw, changed_terms
from pomost.model.known import Known
from pomost.model.offer import Offer, Stock
from pomost.model.reason import Finding
from pomost.rules.offering import Decision, Verdict

_NOTHING: frozenset[Part] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """Parts a run may touch, and parts it sends again although the ledger says they are held already."""

    parts: frozenset[Part]
    again: frozenset[Part] = _NOTHING


def differences(target: Target, decision: Decision, known: Known | None, scope: Scope) -> Iterator[OfferChange]:
    """Changes that turn what the shop is known to hold into what is wanted.

    Only a run with cards in its scope publishes or withdraws. Items the ledger does not own are never withdrawn. An
    offer that gets another unit takes its stock along, also where stock is not in the scope: what was told before
    counts other packs.
    """
    standing = known is not None and (known.published or known.offer_in_doubt)
    published_now = moved = False
    match decision.verdict:
        case Verdict.OFFERED if decision.offer is not None:
            for change in _terms(target, decision.offer, known, scope, decision.findings):
                published_now = published_now or isinstance(change, Publish)
                moved = moved or (isinstance(change, Amend) and change.before is not None and change.moves_unit)
                yield change
        case Verdict.OUT if known is not None and standing and known.owned and Part.CARD in scope.parts:
            yield Withdraw(target, known.offer, known.branches, decision.findings)
            return
        case _:
            pass
    if (Part.STOCK in scope.parts or moved) and (standing or published_now):
        yield from stock_differences(target, decision.stocks, known, scope, decision.findings, fresh=published_now)


def _terms(
    target: Target,
    wanted: Offer,
    known: Known | None,
    scope: Scope,
    why: tuple[Finding, ...],
) -> Iterator[OfferChange]:
    priced = wanted if Part.PRICE in scope.parts else _without_price(wanted)
    if known is None or not known.published:
        if Part.CARD in scope.parts:
            yield Publish(target, priced, why)
        return
    held = known.offer
    if Part.CARD not in scope.parts:
        if held is None or known.offer_in_doubt or Part.PRICE not in scope.parts:
            return
        # Prices only: the standing terms stay, in the standing unit; a price for another unit would be a lie.
        if not held.unit.counts_like(wanted.unit):
            return
        priced = replace(held, price=wanted.price, price_kind=wanted.price_kind, currency=wanted.currency)
        if Part.PRICE in scope.again:
            held = _without_price(held)
        if changed_terms(held, priced):
            yield Amend(target, held, priced, why=why)
        return
    resend = known.offer_in_doubt or bool(scope.again & {Part.CARD, Part.PRICE})
    if resend or held is None or changed_terms(held, priced):
        yield Amend(target, held, priced, again=resend, why=why)


def growing_units(changes: Sequence[Change]) -> set[str]:
    """Products whose offers move to a larger pack: fewer of them are in stock, so lower stock goes before the pack."""
    return {
        change.target.product_id
        for change in changes
        if isinstance(change, Amend)
        and change.before is not None
        and change.before.unit.multiplier < change.after.unit.multiplier
    }


def stock_differences(
    target: Target,
    wanted: tuple[Stock, ...],
    known: Known | None,
    scope: Scope,
    why: tuple[Finding, ...],
    *,
    fresh: bool = False,
) -> Iterator[SetStock]:
    """Stocks that differ; all of them for a `fresh` publication, whose withdrawal may have zeroed them."""
    for stock in wanted:
        held = None if known is None else known.stocks.get(stock.branch)
        told = (stock.quantity, stock.basis)
        same = held is not None and (held.quantity, held.basis) == told and stock.visible in {None, held.visible}
        unsure = Part.STOCK in scope.again or (known is not None and known.stock_in_doubt(stock.branch))
        if not same or fresh or unsure:
            yield SetStock(target, held, stock, why=why)


def _without_price(offer: Offer) -> Offer:
    return replace(offer, price=None, price_kind=None, currency=None)
