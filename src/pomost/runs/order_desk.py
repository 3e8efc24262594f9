"""The desk where orders are decided: what both sides say of a piece of them, and what the rules make of it."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from pomost.model.code import match_key, spellings
from pomost.model.offer import Offer
from pomost.model.order import LineCard, Order, OrderKey
from pomost.model.setting import ChoiceKind
from pomost.rules.order_identity import Claim, claim
from pomost.rules.order_lines import Cards
from pomost.rules.ordering import Facts, OrderDecision, decide_order, key_of
from pomost.rules.pricing import bare_rate
from pomost.runs.channel import Channel
from pomost.store.links import Link

Recognise = Callable[[Sequence[str]], Mapping[str, int]]
"""ERP keys of recognised customers by the shop's ids; those nobody recognised are left out."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One order and what was decided about it."""

    order: Order
    decision: OrderDecision


_FRESH = timedelta(minutes=1)
OWN_DOCUMENT = 0
"""A person's answer: none of the documents under the order's number is its own, a new one is to be made."""


class OrderDesk:
    """What does not change while a run decides about orders is asked for once; cards and customers once a minute."""

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
        self._begin_anew()

    def keys(self, orders: Sequence[Order], known: Mapping[str, Link]) -> dict[str, OrderKey]:
        """The number each order's document carries, or will: once given to an order it stays.

        The first order of a number has it plain. Another one of the same number, and one for which a person wants a
        document of its own, is kept apart by its id.
        """
        channel, mark = self._channel, self._channel.policy.orders.mark
        holders = channel.links.of_numbers(mark, {order.number for order in orders})
        found: dict[str, OrderKey] = {}
        for order in orders:
            link = known.get(order.id)
            held = holders.setdefault(order.number, set())
            own = link is not None and link.answer == OWN_DOCUMENT
            limit = channel.erp.can.original_number
            if link is not None and link.original and link.shop == mark and not own:
                found[order.id] = OrderKey(mark, order.number, link.original)
            else:
                found[order.id] = key_of(mark, order.number, limit, order.id if own or held - {order.id} else "")
            held.add(order.id)
        return found

    def decide(self, orders: Sequence[Order], keys: Mapping[str, OrderKey]) -> list[Decided]:
        """Decide about orders with what both sides say now. `keys`: the numbers of their documents, by order."""
        if not orders:
            return []
        channel, now = self._channel, self._channel.clock()
        if now - self._read_at >= _FRESH:
            self._begin_anew()
        customers = dict(self._recognise(sorted({one.customer_id for one in orders})))
        self._ask_customers(sorted({*customers.values()} - self._asked_customers))
        self._ask_cards(orders)
        facts = Facts(
            cards=Cards(self._by_symbol, self._by_ean),
            customers=customers,
            tax_numbers=self._tax_numbers,
            told=self._told(orders),
            currencies=self._currencies,
            vat_rates=self._vat_rates,
            units=self._units,
            can=channel.erp.can,
            deposit=self._deposit,
        )
        today = now.date()
        return [Decided(one, decide_order(one, keys[one.id], channel.policy, facts, today)) for one in orders]

    def claimed(
        self, decided: Sequence[Decided], keys: Mapping[str, OrderKey], known: Mapping[str, Link]
    ) -> tuple[list[Decided], list[tuple[Decided, Claim]]]:
        """Orders without a document, or that wait for a person to say whose one is; and those that have their own."""
        channel, tolerance = self._channel, self._channel.policy.orders.tolerance
        found = channel.erp.find_orders([keys[one.order.id] for one in decided]) if decided else {}
        unrecognised = {keys[one.order.id] for one in decided if one.decision.customer is None}
        payers = {each.customer for key, documents in found.items() if key in unrecognised for each in documents}
        self._ask_customers(sorted(payers - self._asked_customers))
        owners = channel.links.owners(each.ref.id for documents in found.values() for each in documents)
        rest: list[Decided] = []
        met: list[tuple[Decided, Claim]] = []
        for one in decided:
            order, link = one.order, known.get(one.order.id)
            owned = {key for key, held in owners.items() if held - {(channel.name, order.id)}}
            answer = None if link is None else link.answer
            documents = found.get(keys[order.id], ())
            own = claim(order, one.decision, documents, owned, self._tax_numbers, tolerance, answer)
            if own.document is not None:
                met.append((one, own))
            elif own.findings:
                waits = replace(one.decision, draft=None, findings=(*own.findings, *one.decision.findings))
                rest.append(replace(one, decision=waits))
            else:
                rest.append(one)
        return rest, met

    def _begin_anew(self) -> None:
        """Forget what was read of cards and customers."""
        self._read_at = self._channel.clock()
        self._symbols: set[str] = set()
        self._codes: set[str] = set()
        self._keys: set[int] = set()
        self._by_symbol: defaultdict[str, tuple[LineCard, ...]] = defaultdict(tuple)
        self._by_ean: defaultdict[str, tuple[LineCard, ...]] = defaultdict(tuple)
        self._asked_customers: set[int] = set()
        self._tax_numbers: dict[int, str] = {}

    def _ask_customers(self, keys: Sequence[int]) -> None:
        size = self._channel.erp.can.batch
        for start in range(0, len(keys), size):
            told = self._channel.erp.customers(keys[start : start + size])
            self._tax_numbers |= {one.key: one.nip for one in told}
        self._asked_customers |= {*keys}

    def _ask_cards(self, orders: Sequence[Order]) -> None:
        """Cards the lines of these orders may mean, by symbol and by code."""
        lines = [line for order in orders for line in order.lines]
        symbols = sorted({line.sku.strip() for line in lines} - {""} - self._symbols)
        codes = sorted({code for line in lines for code in spellings(line.ean)} - self._codes)
        size, literal = self._channel.erp.can.batch, self._channel.policy.goods.ean_literal
        for start in range(0, max(len(symbols), len(codes)), size):
            part = (symbols[start : start + size], codes[start : start + size])
            for card in self._channel.erp.line_cards(*part):
                if card.key not in self._keys:
                    self._keys.add(card.key)
                    self._by_symbol[card.symbol] += (card,)
                    self._by_ean[match_key(card.ean, literal=literal)] += (card,)
        self._symbols |= {*symbols}
        self._codes |= {*codes}

    def _told(self, orders: Sequence[Order]) -> dict[str, Offer]:
        """Offers the shop last confirmed, of the products in these orders."""
        known = self._channel.ledger.known({line.product_id for order in orders for line in order.lines})
        return {product_id: one.offer for product_id, one in known.items() if one.offer is not None}
