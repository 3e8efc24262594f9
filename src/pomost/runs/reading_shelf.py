"""The whole shelf read: what the shop holds takes the place of what was known, and what carries our symbols is ours."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from pomost.model.known import Known
from pomost.model.offer import Offer, Stock
from pomost.model.order import LineCard
from pomost.model.text import Text, alike
from pomost.model.unit import UnitTable
from pomost.ports.shop import ShelfItem
from pomost.rules.units import resolve
from pomost.rules.went_back import as_shown
from pomost.runs.channel import Channel
from pomost.runs.order_items import pieces
from pomost.runs.session import Session
from pomost.store.database import one_transaction

_SHELF = Text("Oferta w sklepie", "The shop's offer")
_PIECE = 500


def read_shelf(channel: Channel, session: Session, attempt: str) -> None:
    """What the shop holds takes the place of what was known; what it does not show and had withdrawn is not there.

    What was on offer and is not shown stays in doubt under `attempt`: a reading may lose a page.
    """
    units, seen = channel.shop.units(), set[str]()
    for piece in in_pieces(channel, channel.shop.shelf()):
        session.tell(_SHELF, len(seen))
        seen |= {item.product_id for item in piece}
        told = [item for item in piece if item.active is not None]
        known = channel.ledger.known(item.product_id for item in told)
        cards = cards_by_symbol(channel, [item for item in told if not _as_known(item, known.get(item.product_id))])
        found = []
        for item in told:
            card = cards.get(symbol_of(item))
            held = _whose(channel, item, known.get(item.product_id), card)
            if held is not None:
                found.append(_shown(channel, item, held, card, units))
        others = channel.ledger.of_others(one.product_id for one in found if one.product_id not in known)
        with one_transaction():
            session.confirm()
            channel.ledger.keep([one for one in found if one.product_id not in others], attempt)
    for rest in channel.ledger.everything(doubtful=True):
        absent = [one for one in rest if not one.published and one.product_id not in seen]
        with one_transaction():
            session.confirm()
            channel.ledger.keep([replace(one, doubtful=frozenset()) for one in absent], attempt)
            channel.sightings.recall(one.key for one in rest)


def _as_known(item: ShelfItem, known: Known | None) -> bool:
    """Whether it is the card's it was, in the pack it was sold in: then the card need not be asked for."""
    if known is None or item.offer is None:
        return known is not None
    return item.offer.sku == known.symbol and known.offer is not None and _pack(item.offer) == _pack(known.offer)


def _whose(channel: Channel, item: ShelfItem, known: Known | None, card: LineCard | None) -> Known | None:
    """What was known of it, on the card whose symbol it carries; ours again, if we do not know it and it is on offer.

    A channel that keeps no goods in step owns nothing: it notes what stands before it sends stock.
    """
    if known is not None:
        return known if card is None else replace(known, key=card.key, symbol=card.symbol)
    if card is None or not item.active or not channel.policy.goods.enabled:
        return None
    return Known(item.product_id, card.key, card.symbol, published=True, offer=None)


def _shown(channel: Channel, item: ShelfItem, held: Known, card: LineCard | None, units: UnitTable) -> Known:
    policy = channel.policy
    return as_shown(
        item,
        held,
        recalculated=_recalculated(channel, item, held, card, units),
        minimum=bool(policy.goods.min_quantity_field),
        hides=policy.stock.hide_when_out,
    )


def _recalculated(
    channel: Channel, item: ShelfItem, held: Known, card: LineCard | None, units: UnitTable
) -> bool | None:
    """Whether price and stock of the offer that stands were turned into its pack; None where nobody can tell."""
    if item.offer is None:
        return None
    if held.offer is not None and _pack(item.offer) == _pack(held.offer):
        return held.offer.recalculated
    if card is None:
        return None
    pack, goods = item.offer.unit, channel.policy.goods
    size = str(pack.multiplier)
    unit = resolve(
        pack.type, size, card.base_unit, (pack,), units, goods.unit_dictionary, pack_base=goods.pack_base
    )  # fmt: skip
    return None if unit.unit is None else unit.recalculated


def _pack(offer: Offer) -> tuple[str, int]:
    return offer.unit.type, offer.unit.multiplier


def symbol_of(item: ShelfItem) -> str:
    return "" if item.offer is None else item.offer.sku


def cards_by_symbol(channel: Channel, items: Sequence[ShelfItem]) -> Mapping[str, LineCard]:
    """Cards of the ERP by the symbols these offers carry; a symbol two cards have is nobody's."""
    symbols = sorted({symbol_of(item) for item in items} - {""})
    found: dict[str, list[LineCard]] = {}
    for piece in pieces(symbols, channel.erp.can.batch):
        for card in channel.erp.line_cards(piece, []):
            found.setdefault(card.symbol, []).append(card)
    return {symbol: cards[0] for symbol, cards in found.items() if len(cards) == 1 and symbol in symbols}


def in_pieces(channel: Channel, items: Iterable[ShelfItem]) -> Iterator[list[ShelfItem]]:
    """Branches under the names the settings have them by, as the ledger knows them."""
    names = {alike(branch.id): branch.id for branch in channel.policy.branches}
    rest = iter(items)
    while piece := list(islice(rest, _PIECE)):
        yield [replace(item, stocks=tuple(_named(stock, names) for stock in item.stocks)) for item in piece]


def _named(stock: Stock, names: Mapping[str, str]) -> Stock:
    return replace(stock, branch=names.get(alike(stock.branch), stock.branch))
