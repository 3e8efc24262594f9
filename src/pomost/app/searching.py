"""Finding whatever a person may mean by a few letters or digits: a product, a customer, an order."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pomost.model.assortment import ProductEntry
from pomost.model.nip import nip_digits
from pomost.model.subject import Area
from pomost.model.text import tidy
from pomost.ports.fault import Fault
from pomost.runs.channel import Channel
from pomost.runs.entry_desk import erp_of

_MOST = 20


class Found(StrEnum):
    """Kinds of thing that can be explained."""

    PRODUCT = "product"
    CUSTOMER = "customer"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. `text` is what its explanation is asked by; `detail` what else people know it by."""

    kind: Found
    text: str
    label: str
    detail: str = ""


def search(channel: Channel, text: str) -> list[Hit]:
    """Everything the text may mean, whole symbols, codes and numbers first, then names; at most some of each kind.

    An ERP that does not answer leaves what is known here.
    """
    wanted = tidy(text)
    if not wanted:
        return []
    found = [*_orders(channel, wanted), *_customers(channel, wanted), *_cards(channel, wanted)]
    if found:  # a whole symbol, code or number says what is meant; only without one is it worth looking at every name
        return found
    named: dict[str, Hit] = {}
    for hit in _names(channel, wanted):
        named.setdefault(hit.text, hit)
    return list(named.values())


def _orders(channel: Channel, text: str) -> Iterator[Hit]:
    for link in channel.links.find(text)[:_MOST]:
        yield Hit(Found.ORDER, link.order_id, link.number, str(link.document or ""))


def _customers(channel: Channel, text: str) -> Iterator[Hit]:
    found = [*channel.customers.of([text]).values()]
    if nip_digits(text):
        found += channel.customers.with_nip(text)
    for one in {one.customer.id: one.customer for one in found}.values():
        yield Hit(Found.CUSTOMER, one.id, one.nip or one.id, one.address.city)


def _cards(channel: Channel, text: str) -> Iterator[Hit]:
    try:
        if channel.shop.can.entries:
            yield from _published(channel, text)
            return
        keys = list(channel.erp.find(text))[:_MOST]
        for card in channel.erp.products(sorted(keys)) if keys else ():
            yield Hit(Found.PRODUCT, card.symbol, card.symbol, card.name)
    except Fault:
        return


def _published(channel: Channel, text: str) -> Iterator[Hit]:
    """Products of a shop that takes entries, as the ERP holds them."""
    erp = erp_of(channel)
    keys = list(erp.find_entries(Area.PRODUCT, text))[:_MOST]
    for one in erp.entries(Area.PRODUCT, sorted(keys)) if keys else ():
        name = one.content.texts[0].name if isinstance(one.content, ProductEntry) and one.content.texts else ""
        yield Hit(Found.PRODUCT, one.label, one.label, name)


def _names(channel: Channel, text: str) -> Iterator[Hit]:
    """Products by the beginning of a symbol we have sent or that waits in the inbox, then by a word of their name."""
    sent = channel.entries.labels_like if channel.shop.can.entries else channel.ledger.symbols_like
    symbols = [*sent(text, _MOST), *channel.inbox.symbols_like(text, _MOST)]
    for symbol in sorted(set(symbols)):
        yield Hit(Found.PRODUCT, symbol, symbol)
    for product in channel.catalogue.named(text, _MOST - len(symbols)) if len(symbols) < _MOST else ():
        yield Hit(Found.PRODUCT, product.ean or product.id, product.ean or product.id, product.name)
