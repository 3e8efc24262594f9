"""Discounts and fixed prices as the company grants them, one row of `Rabaty` each."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pomost.sandbox.optima import tables_parties as parties
from pomost.sandbox.optima.books import Books, Row
from pomost.sandbox.optima.columns import FOR_EVER, LONG_AGO
from pomost.sandbox.optima.company import CUSTOMER, NET

ONE_CUSTOMER, GROUP_OF_CUSTOMERS, EVERYBODY = "customer", "customer_group", "all"
ONE_PRODUCT, GROUP_OF_PRODUCTS, EVERYTHING = "product", "group", "all_products"
KINDS: dict[int, tuple[str, str]] = {
    1: (GROUP_OF_CUSTOMERS, EVERYTHING),
    2: (ONE_CUSTOMER, EVERYTHING),
    3: (GROUP_OF_CUSTOMERS, GROUP_OF_PRODUCTS),
    4: (GROUP_OF_CUSTOMERS, ONE_PRODUCT),
    5: (ONE_CUSTOMER, GROUP_OF_PRODUCTS),
    6: (ONE_CUSTOMER, ONE_PRODUCT),
    7: (EVERYBODY, GROUP_OF_PRODUCTS),
    8: (EVERYBODY, ONE_PRODUCT),
    11: (EVERYBODY, ONE_PRODUCT),
    12: (GROUP_OF_CUSTOMERS, ONE_PRODUCT),
    13: (ONE_CUSTOMER, ONE_PRODUCT),
}
"""Whom and what each kind of row (`Rab_Typ`) is about; 11 to 13 are fixed prices, the others per cents."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is granted; to whom and for what is said when it is granted."""

    kind: int
    percent: str = "0"
    price: str = "0"
    basis: int = NET
    currency: str = ""
    since: str = ""
    until: str = ""
    note: str = ""
    """`Rab_Opis`."""
    group: int = 0
    """Which group of products, counted from the one named: -1 is the number before it."""


def rule_row(rule: Rule, *, who: int | None, what: int | None) -> Row:
    """The row for ids of the subject and of the object; None leaves the column empty."""
    return {
        "Rab_Typ": rule.kind,
        "Rab_TypCenyNB": rule.basis,
        "Rab_TwrId": what,
        "Rab_PodmiotTyp": CUSTOMER if KINDS.get(rule.kind, (EVERYBODY,))[0] == ONE_CUSTOMER else None,
        "Rab_PodmiotId": who,
        "Rab_Rabat": Decimal(rule.percent),
        "Rab_Cena": Decimal(rule.price),
        "Rab_Waluta": rule.currency,
        "Rab_Opis": rule.note,
        "Rab_DataOd": datetime.fromisoformat(rule.since) if rule.since else LONG_AGO,
        "Rab_DataDo": datetime.fromisoformat(rule.until) if rule.until else FOR_EVER,
    }


def grant(
    books: Books,
    rule: Rule,
    *,
    product: int | None = None,
    group: int | None = None,
    customer: int | None = None,
    among: int | None = None,
) -> int:
    """Enter a rule; its kind chooses which of the ids given it is about. `among` is a group of customers."""
    subject, what = KINDS[rule.kind]
    moved = None if group is None else group + rule.group
    row = rule_row(
        rule,
        who={ONE_CUSTOMER: customer, GROUP_OF_CUSTOMERS: among, EVERYBODY: None}[subject],
        what={ONE_PRODUCT: product, GROUP_OF_PRODUCTS: moved, EVERYTHING: None}[what],
    )
    return books.add(parties.rabaty, **row)
