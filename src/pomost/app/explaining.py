"""Explain: why one product is in the shop as it is, or why it is not; decided anew before the reader's eyes."""

from typing import NoReturn

from pomost.app.explaining_entries import explain_entries
from pomost.app.reporting import error_item, shown
from pomost.app.results import Explanation
from pomost.model.code import match_key
from pomost.model.known import Known
from pomost.model.offer import Offer, Stock
from pomost.model.product import Product
from pomost.model.text import Text
from pomost.ports.fault import Refused
from pomost.rules.offering import Shop, decide
from pomost.runs.branch_stock import stock_to_send
from pomost.runs.channel import Channel
from pomost.runs.deciding import desk_for, matches_of


def explain(channel: Channel, text: str) -> list[Explanation]:
    """Every card with this symbol or EAN. Raises Refused when there is none."""
    if channel.shop.can.entries:
        return explain_entries(channel, text) or _nobody(text)
    keys = list(channel.erp.find(text))
    if not keys:
        _nobody(text)
    shop = Shop(channel.shop.units(), channel.shop.can)
    return [_explained(channel, shop, card) for card in channel.erp.products(keys)]


def _nobody(text: str) -> NoReturn:
    raise Refused(
        Text(
            "W ERP nie ma kartoteki o symbolu ani kodzie „{text}”.",
            "The ERP has no card with symbol or code “{text}”.",
        ).fill(text=text),
        Text("Wpisz cały symbol albo cały podstawowy kod kreskowy.", "Give the whole symbol or the whole barcode."),
    )


def _explained(channel: Channel, shop: Shop, card: Product) -> Explanation:
    matches = matches_of(channel, card)
    known = channel.ledger.known([matches[0].id]).get(matches[0].id) if len(matches) == 1 else None
    code = match_key(card.ean, literal=channel.policy.goods.ean_literal)
    rivals = desk_for(channel, card, code).rivals(card)
    decision = decide(card, matches, rivals, channel.policy, shop, known)
    stocks = decision.stocks
    if decision.match is not None:
        stocks, _ = stock_to_send(channel, frozenset(), decision.match.id, stocks, known)
    product_ids = [one.id for one in matches]
    held = next(iter(channel.shop.shelf(product_ids)), None) if product_ids and channel.shop.can.shelf else None
    return Explanation(
        key=card.key,
        symbol=card.symbol,
        name=card.name,
        ean=card.ean,
        verdict=decision.verdict,
        unit_rule=decision.unit_rule,
        matches=tuple(f"{one.id} {one.name}: {', '.join(str(unit) for unit in one.units)}" for one in matches),
        findings=decision.findings,
        erp=_card(card),
        wanted=_terms(decision.offer, stocks),
        known={} if known is None else _known(known),
        shelf={}
        if held is None
        else _terms(held.offer, held.stocks) | {"status": "active" if held.active else "withdrawn"},
        trail=tuple(shown(run, change, outcome) for run, change, outcome in channel.journal.trail(card.key)),
        unresolved=tuple(error_item(item) for item in channel.inbox.of_card(card.key)),
    )


def _card(card: Product) -> dict[str, str]:
    prices = {f"price level@{level}": f"{one.net} / {one.gross} {one.currency}" for level, one in card.prices.items()}
    stock = {
        f"in warehouse@{house}": f"{level.on_hand.normalize():f} ({level.reserved.normalize():f})"
        for house, level in card.stock.items()
    }
    own = {f"own field@{name}": value for name, value in card.own_fields.items() if value}
    fixed = {
        "kind": card.kind,
        "active": "yes" if card.active else "no",
        "base unit": card.base_unit,
        "vat": card.vat or "",
    }
    return {**fixed, **prices, **stock, **own, "traits": ", ".join(sorted(card.traits)), "group": card.group or ""}


def _known(known: Known) -> dict[str, str]:
    state = {"published": "yes" if known.published else "no", "held": "yes" if known.held else ""}
    state |= {} if known.owned else {"ours": "no"}  # then nothing ever takes it back
    doubts = {"in doubt": ", ".join(sorted(known.doubtful))} if known.doubtful else {}
    return {**state, **doubts, **_terms(known.offer, tuple(known.stocks.values()))}


def _terms(offer: Offer | None, stocks: tuple[Stock, ...]) -> dict[str, str]:
    told: dict[str, str] = {}
    if offer is not None:
        told = {
            "sku": offer.sku,
            "unit": str(offer.unit),
            "price": "" if offer.price is None else f"{offer.price} {offer.currency} {offer.price_kind}",
            "vat": offer.vat,
            "min_quantity": str(offer.min_quantity or ""),
        }
    for one in stocks:
        told[f"stock@{one.branch}"] = str(one.quantity)
        if one.visible is not None:
            told[f"visible@{one.branch}"] = "yes" if one.visible else "no"
    return told
