"""Adopting offers somebody else made, so that a channel without goods synchronisation can keep their stock."""

from dataclasses import replace

from pomost.model.code import is_in_store, match_key
from pomost.model.known import Known
from pomost.model.text import Text
from pomost.runs.channel import Channel
from pomost.runs.reading import mirror_catalogue
from pomost.runs.session import Session

_SHELF = Text("Oferta w sklepie", "The shop's offer")


def adopt_shelf(channel: Channel, session: Session) -> None:
    """Note the offers that stand in the shop and are not known, each with the card whose EAN it carries.

    They are not ours: they get stock in their own unit and are never withdrawn (decision tables part 7).
    """
    if not channel.shop.can.shelf:
        return
    mirror_catalogue(channel, session, full=False)
    goods = channel.policy.goods
    cards: dict[str, list[int]] = {}
    for key, ean, _, _ in channel.erp.scan(frozenset()):
        code = match_key(ean, literal=goods.ean_literal)
        if code and (goods.in_shop_codes or not is_in_store(ean)):
            cards.setdefault(code, []).append(key)
    shelf = list(channel.shop.shelf())
    listed = channel.catalogue.products(item.product_id for item in shelf)
    found: list[Known] = []
    for done, item in enumerate(shelf):
        session.tell(_SHELF, done, len(shelf))
        keys = cards.get(listed[item.product_id][1], []) if item.product_id in listed else []
        if item.active and item.offer is not None and len(keys) == 1:
            # Never `visible` from the shelf: only what we hid ourselves may be shown again by us.
            stocks = {stock.branch: replace(stock, visible=None) for stock in item.stocks}
            sku = item.offer.sku
            found.append(
                Known(item.product_id, keys[0], sku, published=True, offer=item.offer, stocks=stocks, owned=False)
            )
    channel.ledger.adopt(found)
