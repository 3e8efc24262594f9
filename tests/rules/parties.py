"""Customers of a small shop and of a small ERP in which every rule of theirs can be tried; made up."""

from dataclasses import replace

from pomost.model.branch import Address, Branch
from pomost.model.conditions import Qualification
from pomost.model.customer import CustomerCard, ShopCustomer
from pomost.model.policy import CustomerPolicy

NIP = "5223145123"
ALL = CustomerPolicy(enabled=True, qualification=Qualification.ALL)
WARSAW = Branch("WAW", "Warszawa", "1", customer_trait="t1")
CRACOW = Branch("KRK", "Kraków", "3", customer_trait="t2")


def at(city: str = "Warszawa", street: str = "Jutrzenki", house: str = "116", **more: str) -> Address:
    return Address(street=street, house_number=house, city=city, **more)


def buyer(ident: str = "cu1", nip: str = NIP, address: Address | None = None, name: str = "Sklep") -> ShopCustomer:
    return ShopCustomer(ident, nip, at() if address is None else address, name)


def partner(key: int = 1, **facts: object) -> CustomerCard:
    """A sound card; `traits` as words: `traits="t1 vip"`."""
    traits = facts.pop("traits", "")
    sound = CustomerCard(key, f"K{key}", f"Kontrahent {key}", NIP, at(), traits=frozenset(str(traits).split()))
    return replace(sound, **facts)
