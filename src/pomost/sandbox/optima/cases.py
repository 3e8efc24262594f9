"""Catalogue of every troublesome case of the company, by name, with the keys by which it is found."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from pomost.sandbox.optima.cases_of_customers import CUSTOMERS
from pomost.sandbox.optima.cases_of_files import file_cases
from pomost.sandbox.optima.cases_of_products import BY_PRODUCT
from pomost.sandbox.optima.cases_of_trade import BUNDLES, DISCOUNTS, note
from pomost.sandbox.optima.company import OLD_SHOP
from pomost.sandbox.optima.groups import GROUP_CASES
from pomost.sandbox.optima.plan import cards_of
from pomost.sandbox.optima.special import BURIED, FAMILY_CASES

KEY_COLUMNS = MappingProxyType(
    {
        "product": ("Towary", "Twr_Kod"),
        "file": ("Towary", "Twr_Kod"),
        "group": ("TwrGrupy", "TwG_Kod"),
        "discount": ("Rabaty", "Rab_Opis"),
        "set": ("ZestawyTwr", "ZTw_Kod"),
        "customer": ("Kontrahenci", "Knt_Kod"),
        "shop": ("eSklepStanowiska", "ESS_ESSId"),
        "deleted": ("UsunieteObiekty", "UOb_ImportRowId"),
    }
)
"""Table and column the keys of a case stand in, by what the case is about."""


@dataclass(frozen=True, slots=True)
class Case:
    """A troublesome case: what it is about (see `KEY_COLUMNS`), what is wrong, where it is."""

    about: str
    sentence: str
    keys: tuple[str, ...]


_SPECIAL = {
    "substitute_gone": Case("product", "a substitute that was deleted", ()),
    "substitute_itself": Case("product", "a substitute of itself", ()),
    "substitute_unpublished": Case("product", "a substitute that is not in the shop", ()),
    "picture_shared": Case("file", "one file of two products", ()),
    "picture_on_disk": Case("file", "a picture kept on a disk, and there it is", ()),
}


@cache
def cases() -> Mapping[str, Case]:
    """All cases; names and keys are the same in every built company."""
    return MappingProxyType(dict(_all()))


def _all() -> Iterator[tuple[str, Case]]:
    for name, product in BY_PRODUCT.items():
        yield name, Case("product", product.sentence, tuple(cards_of(name)))
    for name, (sentence, codes) in FAMILY_CASES.items():
        yield name, Case("product", sentence, codes)
    for name, (sentence, _) in file_cases().items():
        yield name, Case("file", sentence, tuple(cards_of(name)))
    for name, case in _SPECIAL.items():
        yield name, Case(case.about, case.sentence, tuple(cards_of(name)))
    for name, (sentence, codes) in GROUP_CASES.items():
        yield name, Case("group", sentence, codes)
    for name, rule in DISCOUNTS.items():
        notes = tuple(note(name, number) for number in range(1, len(rule.rules) + 1))
        yield name, Case("discount", rule.sentence, notes)
    for name, (sentence, bundles) in BUNDLES.items():
        yield name, Case("set", sentence, tuple(one.code for one in bundles))
    for name, (sentence, customers) in CUSTOMERS.items():
        yield name, Case("customer", sentence, tuple(one.code for one in customers))
    yield "shop_inactive", Case("shop", "a shop that is no longer used", (str(OLD_SHOP),))
    yield "product_deleted", Case("deleted", "a card that was deleted", (BURIED,))
