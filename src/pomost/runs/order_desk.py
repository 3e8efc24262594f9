"""The desk where orders are decided: what both sides say of a piece of them, and what the rules make of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pomost.model.code import match_key, spellings
from pomost.model.offer import Offer
from pomost.model.order import LineCard, Order, OrderKey
from pomost.model.setting import ChoiceKind
from pomost.rules.order_lines import Cards
from pomost.rules.ordering import Facts, OrderDecision, decide_order, key_of
from pomost.rules.pricing import bare_rate
from pomost.runs.channel import Channel

Recognise = Callable[[Sequence[str]], Mapping[str, int]]
"""ERP keys of recognised customers by the shop's ids; those nobody recognised are left out."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One order and what was decided about it."""

    order: Order
    decision: OrderDecision


class OrderDesk:
    """What does not change while a run decides about orders is asked for once."""

    def __init__(self, channel: Channel, recognise: Recognise) -> None:
        self._channel = channel
        self._recognise = recognise
        erp = channel.erp
        self._units = channel.shop.units()
        self._currencies = {one.id for one in erp.choices(ChoiceKind.CURRENCIES)}
        self._vat_rates = {bare_rate(one.id) for one in erp.choices(ChoiceKind.VAT_RATES)}
        symbol = channel.policy.orders.deposit_card
        cards = [one for one in erp.line_cards([symbol], []) if one.symbol == symbol] if symbol else []
        self._deposit = next((one for one in cards if one.active), None)

    def key(self, order: Order) -> OrderKey:
        return key_of(self._channel.policy.orders.mark, order.number, self._channel.erp.can.original_number)

    def decide(self, orders: Sequence[Order]) -> list[Decided]:
        """Decide about orders with what both sides say now."""
        if not orders:
            return []
        channel, today = self._channel, self._channel.clock().date()
        customers = dict(self._recognise(sorted({one.customer_id for one in orders})))
        keys = sorted(set(customers.values()))
        facts = Facts(
            cards=self._cards(orders),
            customers=customers,
            tax_numbers={
                one.key: one.nip for part in _cut(keys, channel.erp.can.batch) for one in channel.erp.customers(part)
            },
            told=self._told(orders),
            currencies=self._currencies,
            vat_rates=self._vat_rates,
            units=self._units,
            can=channel.erp.can,
            deposit=self._deposit,
        )
        return [Decided(order, decide_order(order, channel.policy, facts, today)) for order in orders]

    def _cards(self, orders: Sequence[Order]) -> Cards:
        """Cards the lines of these orders may mean, by symbol and by code."""
        lines = [line for order in orders for line in order.lines]
        symbols = sorted({line.sku.strip() for line in lines} - {""})
        eans = sorted({code for line in lines for code in spellings(line.ean)})
        found: dict[int, LineCard] = {}
        size = self._channel.erp.can.batch
        for start in range(0, max(len(symbols), len(eans)), size):
            part = (symbols[start : start + size], eans[start : start + size])
            found |= {card.key: card for card in self._channel.erp.line_cards(*part)}
        by_symbol: defaultdict[str, tuple[LineCard, ...]] = defaultdict(tuple)
        by_ean: defaultdict[str, tuple[LineCard, ...]] = defaultdict(tuple)
        literal = self._channel.policy.goods.ean_literal
        for card in found.values():
            by_symbol[card.symbol] += (card,)
            by_ean[match_key(card.ean, literal=literal)] += (card,)
        return Cards(by_symbol, by_ean)

    def _told(self, orders: Sequence[Order]) -> dict[str, Offer]:
        """Offers the shop last confirmed, of the products in these orders."""
        known = self._channel.ledger.known({line.product_id for order in orders for line in order.lines})
        return {product_id: one.offer for product_id, one in known.items() if one.offer is not None}


def _cut(items: Sequence[int], size: int) -> Iterable[Sequence[int]]:
    return (items[start : start + size] for start in range(0, len(items), size))
