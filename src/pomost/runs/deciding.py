"""Deciding about a piece of cards: what both sides and the ledger say, and what the rules make of it."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime

from pomost.model.change import Change, Part, SetStock, Target, Withdraw
from pomost.model.code import match_key
from pomost.model.known import Known
from pomost.model.offer import Stock
from pomost.model.policy import Policy
from pomost.model.product import CatalogueProduct, Prints, Product
from pomost.model.reason import Finding, Reason
from pomost.rules.diff import Scope, differences, stock_differences
from pomost.rules.fit import fit
from pomost.rules.offering import Decision, Shop, Verdict, decide, stock_for
from pomost.rules.qualify import qualify
from pomost.runs.branch_stock import stock_to_send
from pomost.runs.channel import Channel
from pomost.store.sightings import Due


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of one card: the decision, the changes it leads to, and what the shop cannot take of them.

    `sold`: the card is faulty, and the shop goes on selling by what it took before.
    """

    key: int
    symbol: str
    decision: Decision
    changes: tuple[Change, ...]
    unfit: tuple[Finding, ...]
    prints: Prints
    gone: bool = False
    sold: bool = False


def decide_piece(channel: Channel, shop: Shop, scope: Scope, piece: Sequence[Due]) -> Iterator[Decided]:
    """Decide about a piece of due cards, in key order."""
    read_at = channel.clock()
    keys = [due.key for due in piece]
    cards = {card.key: card for card in channel.erp.products(keys)}
    # A reading that takes no locks may miss a row that moves: what is not known to be gone is asked for once more.
    missed = [due.key for due in piece if due.key not in cards and not due.gone]
    cards |= _read(channel, set(missed))
    literal = channel.policy.goods.ean_literal
    match_keys = {key: match_key(card.ean, literal=literal) for key, card in cards.items()}
    moved = [(due.key, match_keys[due.key]) for due in piece if match_keys.get(due.key, due.match_key) != due.match_key]
    if Part.CARD in scope.parts:
        channel.sightings.note(moved)  # the code changed between the scan and this reading
    desk = _Desk(channel, cards, match_keys)
    matches = channel.catalogue.matching(match_keys.values())
    by_product = channel.ledger.known(one.id for found in matches.values() for one in found)
    by_card = channel.ledger.known_by_card(keys)
    desk.standing = {one.product_id for group in by_card.values() for one in group}
    for key in keys:
        card = cards.get(key)
        standing = by_card.get(key, [])
        if card is None:
            yield _gone(key, standing, desk, scope, read_at)
            continue
        found = matches.get(match_keys[key], [])
        known = by_product.get(found[0].id) if len(found) == 1 else None
        decision = decide(card, found, desk.rivals(card), channel.policy, shop, known)
        if Part.STOCK in scope.parts and decision.match is not None:
            ready, undone = stock_to_send(channel, shop.lacks, decision.match.id, decision.stocks, known)
            decision = replace(decision, stocks=ready, findings=(*decision.findings, *undone))
        yield _decided(card, decision, known, standing, desk, shop, scope, read_at)


def decide_stock_piece(
    channel: Channel, shop: Shop, scope: Scope, keys: Sequence[int], *, every: bool
) -> Iterator[tuple[Product, tuple[Change, ...]]]:
    """Stock of products that stand on offer, in their offers' units; nothing is published or withdrawn.

    With `every` cards without an offer come too, without changes, so that they can be settled.
    """
    read_at = channel.clock()
    by_card = channel.ledger.known_by_card(keys)
    for card in channel.erp.products(sorted(keys if every else by_card)):
        changes: list[Change] = []
        for known in by_card.get(card.key, ()):
            if not known.published:
                continue
            stocks, findings = stock_for(card, channel.policy, known, shop.units)
            ready, undone = stock_to_send(channel, shop.lacks, known.product_id, stocks, known)
            target = Target(card.key, card.symbol, known.product_id)
            changes += stock_differences(target, ready, known, scope, (*findings, *undone))
        yield card, tuple(_stamped(change, channel.policy, read_at) for change in changes)


class _Desk:
    """What a piece's decisions take from neighbours, asked for only when somebody shares a code."""

    def __init__(self, channel: Channel, cards: Mapping[int, Product], match_keys: Mapping[int, str]) -> None:
        self._channel = channel
        self._match_keys = match_keys
        self._sharing = channel.sightings.sharing(match_keys.values())
        for key, code in match_keys.items():
            if code and key not in self._sharing.get(code, []):
                self._sharing.setdefault(code, []).append(key)
        shared = {key for keys in self._sharing.values() if len(keys) > 1 for key in keys}
        self._cards = {**cards, **_read(channel, shared - cards.keys())}
        self._listed: dict[str, tuple[CatalogueProduct, str]] = {}
        self.standing: AbstractSet[str] = frozenset()
        """Products these cards stand for: when one of them is asked about, all of them are looked up together."""

    @property
    def policy(self) -> Policy:
        return self._channel.policy

    def stock_to_send(
        self, shop: Shop, stocks: Sequence[Stock], known: Known
    ) -> tuple[tuple[Stock, ...], tuple[Finding, ...]]:
        return stock_to_send(self._channel, shop.lacks, known.product_id, stocks, known)

    def rivals(self, card: Product) -> int:
        """Qualified cards with this card's code, itself counted when it qualifies."""
        return len(self._qualified(self._match_keys[card.key]))

    def claimed(self, product_id: str, except_card: int) -> bool:
        """Whether another qualified card carries the code of this product, so that the product is that card's."""
        found = self._product(product_id)
        if found is None or found[0].deleted or not found[1]:
            return False
        code = found[1]
        if code not in self._sharing:
            self._sharing |= self._channel.sightings.sharing([code])
            self._cards |= _read(self._channel, set(self._sharing.get(code, [])) - self._cards.keys())
        return any(key != except_card for key in self._qualified(code))

    def still_carries(self, key: int, product_id: str) -> bool:
        """Whether a card has the code of this product, as it had when the product was offered."""
        found = self._product(product_id)
        return found is not None and found[1] == self._match_keys.get(key)

    def _product(self, product_id: str) -> tuple[CatalogueProduct, str] | None:
        """A product of the catalogue, deleted ones too, with its match key."""
        if product_id not in self._listed:
            self._listed |= self._channel.catalogue.products({product_id, *(self.standing - self._listed.keys())})
        return self._listed.get(product_id)

    def _qualified(self, code: str) -> list[int]:
        cards = (self._cards.get(key) for key in self._sharing.get(code, []))
        literal = self._channel.policy.goods.ean_literal
        return [
            card.key
            for card in cards
            if card is not None
            and match_key(card.ean, literal=literal) == code
            and not qualify(card, self._channel.policy.goods)
        ]


def _read(channel: Channel, keys: set[int]) -> dict[int, Product]:
    found: dict[int, Product] = {}
    ordered = sorted(keys)
    for start in range(0, len(ordered), channel.erp.can.batch):
        found |= {card.key: card for card in channel.erp.products(ordered[start : start + channel.erp.can.batch])}
    return found


def _decided(
    card: Product,
    decision: Decision,
    known: Known | None,
    standing: Sequence[Known],
    desk: _Desk,
    shop: Shop,
    scope: Scope,
    read_at: datetime,
) -> Decided:
    if known is not None and known.held:
        return _held(card, decision, known, desk, shop, scope, read_at)
    wanted: list[Change] = []
    match = decision.match
    if match is not None:
        # Only the card an offer stands for withdraws it, and not while another qualified card claims the product.
        owner = known is not None and known.key == card.key
        theirs = decision.verdict is Verdict.OUT and (not owner or desk.claimed(match.id, card.key))
        target = Target(card.key, card.symbol, match.id)
        wanted += differences(target, decision, None if theirs else known, scope)
    wanted += _leavings(card.key, standing, None if match is None else match.id, decision, desk, scope)
    leaving = {change.target.product_id for change in wanted if isinstance(change, Withdraw)}
    selling = [one for one in standing if one.published and one.product_id not in leaving]
    if decision.verdict is Verdict.SKIPPED and match is None:
        decision, more = _stock_goes_on(card, decision, selling, desk, shop, scope)
        wanted += more
    changes, unfit = _fitted(wanted, shop, desk.policy, read_at)
    sold = bool(selling) and decision.verdict in {Verdict.KEPT, Verdict.SKIPPED}
    return Decided(card.key, card.symbol, decision, changes, unfit, card.prints, sold=sold)


def _stock_goes_on(
    card: Product, decision: Decision, selling: Sequence[Known], desk: _Desk, shop: Shop, scope: Scope
) -> tuple[Decision, list[Change]]:
    """A card that cannot be told from others, and what it stands for in the shop: that goes on getting its stock."""
    wanted: list[Change] = []
    for known in selling:
        counted, why = stock_for(card, desk.policy, known, shop.units)
        if Part.STOCK in scope.parts and not known.held:
            stocks, undone = desk.stock_to_send(shop, counted, known)
            why = (*why, *undone)
            wanted += stock_differences(Target(card.key, card.symbol, known.product_id), stocks, known, scope, why)
        decision = replace(decision, findings=(*decision.findings, *why))
    return decision, wanted


def _held(
    card: Product, decision: Decision, known: Known, desk: _Desk, shop: Shop, scope: Scope, read_at: datetime
) -> Decided:
    """An item a person holds: its card stays as it is, its stock goes on."""
    kept = replace(decision, verdict=Verdict.SKIPPED, findings=(Finding.of(Reason.HELD), *decision.findings))
    wanted: list[Change] = []
    if known.published and Part.STOCK in scope.parts:
        stocks, why = stock_for(card, desk.policy, known, shop.units)
        ready, undone = desk.stock_to_send(shop, stocks, known)
        target = Target(card.key, card.symbol, known.product_id)
        wanted += stock_differences(target, ready, known, scope, (*why, *undone))
    changes, unfit = _fitted(wanted, shop, desk.policy, read_at)
    return Decided(card.key, card.symbol, kept, changes, unfit, card.prints)


def _leavings(
    key: int, standing: Sequence[Known], matched: str | None, decision: Decision, desk: _Desk, scope: Scope
) -> Iterator[Change]:
    """Products this card stood for before and no longer does: withdrawn, unless another card claims them."""
    for known in standing:
        if known.product_id == matched or known.held or desk.claimed(known.product_id, key):
            continue
        if decision.verdict is not Verdict.OUT and matched is None and desk.still_carries(key, known.product_id):
            continue  # identification failed for a reason a person must mend; what the shop shows stays
        why = decision.findings if decision.verdict is Verdict.OUT else (Finding.of(Reason.EAN_MOVED),)
        out = Decision(Verdict.OUT, None, None, (), why)
        yield from differences(Target(key, known.symbol, known.product_id), out, known, scope)


def _gone(key: int, standing: Sequence[Known], desk: _Desk, scope: Scope, read_at: datetime) -> Decided:
    decision = Decision(Verdict.OUT, None, None, (), (Finding.of(Reason.CARD_GONE),))
    leaving = _leavings(key, standing, None, decision, desk, scope)
    changes = tuple(_stamped(change, desk.policy, read_at) for change in leaving)
    symbol = standing[0].symbol if standing else str(key)
    return Decided(key, symbol, decision, changes, (), Prints(), gone=True)


def _fitted(
    wanted: Sequence[Change], shop: Shop, policy: Policy, read_at: datetime
) -> tuple[tuple[Change, ...], tuple[Finding, ...]]:
    fitted = [fit(_stamped(change, policy, read_at), shop.can) for change in wanted]
    unfit = tuple(one for one in fitted if isinstance(one, Finding))
    return tuple(one for one in fitted if not isinstance(one, Finding)), unfit


def _stamped(change: Change, policy: Policy, read_at: datetime) -> Change:
    """With the moment the ERP was read; the noughts of a withdrawal also with the kind of stock the channel shows."""
    match change:
        case SetStock():
            return SetStock(change.target, change.before, change.after, read_at, change.why)
        case Withdraw():
            return replace(change, basis=policy.stock.basis, as_of=read_at)
        case _:
            return change


def desk_for(channel: Channel, card: Product, code: str) -> "_Desk":
    """The neighbours of one card (for explain)."""
    return _Desk(channel, {card.key: card}, {card.key: code})


def matches_of(channel: Channel, card: Product) -> list[CatalogueProduct]:
    """What the shop lists under a card's code (for explain)."""
    code = match_key(card.ean, literal=channel.policy.goods.ean_literal)
    return channel.catalogue.matching([code]).get(code, [])
