"""Troublesome discounts and promotional sets of the company, each with a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pomost.sandbox.optima import tables_parties as parties
from pomost.sandbox.optima.books import Books
from pomost.sandbox.optima.bundles import NO_REDUCTION, Bundle, Part, bundle
from pomost.sandbox.optima.cases_of_products import GONE
from pomost.sandbox.optima.company import GROSS
from pomost.sandbox.optima.discounts import (
    EVERYTHING,
    GROUP_OF_CUSTOMERS,
    GROUP_OF_PRODUCTS,
    KINDS,
    ONE_CUSTOMER,
    ONE_PRODUCT,
    Rule,
    rule_row,
)
from pomost.sandbox.optima.groups import BY_KIND, NOWHERE

BUYER = "KLIENT-RABATY"
"""Code of the customer the troublesome discounts are granted to, where it is not the customer who is missing."""
_GROUP = BY_KIND["Nabiał"]


@dataclass(frozen=True, slots=True)
class RuleCase:
    """A sentence and the rules; `customer`, `group`, `product` say what is wrong, None that it is as it should be."""

    sentence: str
    rules: tuple[Rule, ...]
    who: int | None = None
    what: int | None = None
    nothing: bool = False
    """Leave the column of the object empty."""


DISCOUNTS: dict[str, RuleCase] = {
    "discount_group_gone": RuleCase(
        "for a group of products that was deleted", (Rule(5, "10"), Rule(3, "10"), Rule(7, "10")), what=NOWHERE
    ),
    "discount_product_gone": RuleCase("for a product that was deleted", (Rule(6, "10"), Rule(8, "10")), what=GONE),
    "discount_customer_gone": RuleCase("for a customer who was deleted", (Rule(2, "10"), Rule(6, "10")), who=GONE),
    "discount_customer_group_gone": RuleCase(
        "for a group of customers that was deleted", (Rule(1, "10"), Rule(4, "10")), who=GONE
    ),
    "discount_object_missing": RuleCase("says of no product", (Rule(8, "10"),), nothing=True),
    "discount_kind_unknown": RuleCase("a kind nobody knows", (Rule(9, "10"), Rule(10, "10"), Rule(0, "10"))),
    "discount_ends_before_it_begins": RuleCase(
        "ends before it begins", (Rule(6, "10", since="2026-12-01", until="2026-11-01"),)
    ),
    "discount_over_hundred": RuleCase("more than the whole price", (Rule(6, "150"),)),
    "discount_surcharge": RuleCase("a surcharge", (Rule(6, "-10"),)),
    "discount_nought": RuleCase("nought per cent, which still wins over the others", (Rule(6, "0"),)),
    "discount_over": RuleCase("over long ago", (Rule(6, "10", since="2020-01-01", until="2020-12-31"),)),
    "discount_to_come": RuleCase("not begun yet", (Rule(6, "10", since="2031-01-01"),)),
    "discount_twice": RuleCase("two of one kind from one day", (Rule(6, "10"), Rule(6, "20"))),
    "fixed_price_nought": RuleCase("a fixed price of nought", (Rule(13, price="0", basis=GROSS),)),
    "fixed_price_currency": RuleCase("a fixed price in dollars", (Rule(13, price="9.90", currency="USD"),)),
}

BUNDLES: dict[str, tuple[str, tuple[Bundle, ...]]] = {
    "set_unpublished_part": (
        "a part is not in the shop",
        (Bundle("ZES-NIEPUBL", "@1", (Part("@withdrawn"), Part("@2")), percent="10"),),
    ),
    "set_unpublished_main": (
        "the main product is not in the shop",
        (Bundle("ZES-GLOWNY", "@withdrawn", (Part("@1"),)),),
    ),
    "set_without_parts": ("no parts", (Bundle("ZES-PUSTY", "@1", ()),)),
    "set_part_gone": ("a part was deleted", (Bundle("ZES-BRAK", "@1", (Part(None), Part("@2"))),)),
    "set_main_gone": ("the main product was deleted", (Bundle("ZES-BEZ-GL", None, (Part("@1"),)),)),
    "set_quantity_nought": ("nought of a part", (Bundle("ZES-ZERO", "@1", (Part("@2", "0"),)),)),
    "set_unit_unknown": ("a part in a unit it does not have", (Bundle("ZES-JM", "@1", (Part("@2", unit="paleta"),)),)),
    "set_reduction_unknown": ("an unknown kind of reduction", (Bundle("ZES-TYP", "@1", (Part("@2", "1", "5", 9),)),)),
    "set_main_among_parts": ("the main product repeated among the parts", (Bundle("ZES-SAM", "@1", (Part("@1"),)),)),
    "set_over_midnight": (
        "sold over midnight",
        (Bundle("ZES-NOC", "@1", (Part("@2", "1", "15"),), hours=("22:00", "06:00")),),
    ),
    "set_over": ("over long ago", (Bundle("ZES-STARY", "@1", (Part("@2"),), since="2020-01-01", until="2020-12-31"),)),
    "set_not_for_shop": ("not meant for the shop", (Bundle("ZES-LADA", "@1", (Part("@2"),), in_shop=False),)),
    "set_no_reduction": ("nothing is cheaper", (Bundle("ZES-BEZ-R", "@1", (Part("@2", kind=NO_REDUCTION),), kind=0),)),
}
"""Sentence and sets of each case; `@1` and `@2` are sound products, `@name` is the first product of another case."""


def note(case: str, number: int) -> str:
    """What stands in `Rab_Opis` of a case's rules: their only name."""
    return f"{case} {number}"


def grant_troubled(books: Books, *, product: str) -> None:
    """Enter the troublesome discounts; unless a case says otherwise they are for this product and the usual buyer."""
    for name, case in DISCOUNTS.items():
        for number, rule in enumerate(case.rules, 1):
            subject, what = KINDS.get(rule.kind, (ONE_CUSTOMER, ONE_PRODUCT))
            who = {ONE_CUSTOMER: books.customers[BUYER], GROUP_OF_CUSTOMERS: 1}.get(subject)
            about = {ONE_PRODUCT: books.products[product], GROUP_OF_PRODUCTS: _GROUP, EVERYTHING: None}[what]
            row = rule_row(
                rule,
                who=case.who if case.who is not None and who is not None else who,
                what=None if case.nothing else case.what if case.what is not None else about,
            )
            books.add(parties.rabaty, **(row | {"Rab_Opis": note(name, number)}))


def bundle_troubled(books: Books, products: Mapping[str, str]) -> None:
    """Enter the troublesome sets; `products` gives the codes behind the names with an `@`."""
    for _, bundles in BUNDLES.values():
        for one in bundles:
            bundle(books, _resolved(one, products))


def _resolved(one: Bundle, products: Mapping[str, str]) -> Bundle:
    def code(name: str | None) -> str | None:
        return None if name is None else products[name]

    parts = tuple(replace(part, product=code(part.product)) for part in one.parts)
    return replace(one, main=code(one.main), parts=parts)
