"""Everyday discounts, promotional sets and price history of the company."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random

from pomost.sandbox.optima import tables_goods as goods
from pomost.sandbox.optima.books import Books
from pomost.sandbox.optima.bundles import AMOUNT, FIXED_PRICE, PERCENT, Bundle, Part, bundle
from pomost.sandbox.optima.company import CUSTOMER_GROUP_IDS, GROSS, NET, RETAIL
from pomost.sandbox.optima.discounts import Rule, grant
from pomost.sandbox.optima.groups import BY_KIND

_HOW_MANY = {1: 4, 2: 30, 3: 20, 4: 60, 5: 40, 6: 120, 7: 3, 8: 40, 11: 25, 12: 25, 13: 60}
"""Rules of each kind in a company of the usual size; a smaller one has fewer."""
_USUAL = 1000
_SETS = 20


def everyday_discounts(books: Books, products: Sequence[str], customers: Sequence[str]) -> None:
    """Rules of every kind for ordinary products and customers, never two alike for the same pair."""
    if not products or not customers:
        return
    random = books.random("discounts")
    for kind, usual in _HOW_MANY.items():
        seen = set()
        for number in range(max(1, usual * min(len(products), _USUAL) // _USUAL)):
            product, customer = random.choice(products), random.choice(customers)
            group = random.choice(tuple(BY_KIND.values()))
            among = random.choice(tuple(CUSTOMER_GROUP_IDS.values()))
            pair = {1: (among,), 2: (customer,), 3: (among, group), 5: (customer, group), 7: (group,)}.get(
                kind, (product, among) if kind in (4, 12) else (product,) if kind in (8, 11) else (product, customer)
            )
            if pair not in seen:
                seen.add(pair)
                grant(
                    books,
                    _rule(kind, number, random),
                    product=books.products[product],
                    group=group,
                    customer=books.customers[customer],
                    among=among,
                )


def _rule(kind: int, number: int, random: Random) -> Rule:
    note = f"Rabat {kind}/{number + 1}"
    if kind > max(range(1, 9)):
        return Rule(kind, price=f"{random.randint(200, 1500) / 100:.2f}", basis=(NET, GROSS)[number % 2], note=note)
    return Rule(kind, str(random.choice((3, 5, 7, 10, 12, 15))), note=note)


def everyday_sets(books: Books, products: Sequence[str]) -> None:
    """A few sets of three kinds of reduction."""
    random = books.random("sets")
    for number in range(1, min(_SETS, len(products) // 4) + 1):
        main, *others = random.sample(products, random.randint(2, 4))
        kind = (PERCENT, AMOUNT, FIXED_PRICE)[number % 3]
        value = "10" if kind == PERCENT else "1.00"
        parts = tuple(Part(code, str(random.randint(1, 3)), value, kind) for code in others)
        hours = ("08:00", "20:00") if number % 5 == 0 else None
        bundle(books, Bundle(f"ZES{number:03}", main, parts, "5", f"Zestaw promocyjny {number}", hours=hours))


def price_history(books: Books, products: Sequence[str]) -> None:
    """Earlier retail prices of products on promotion."""
    for code in products:
        random = books.random("history", code)
        for days in sorted(random.sample(range(5, 120), 3), reverse=True):
            books.add(
                goods.twr_przeceny,
                TPC_TwrID=books.products[code],
                TPC_TwCNumer=RETAIL.key,
                TPC_Data=books.days_ago(days),
                TPC_Wartosc=Decimal(random.randint(199, 2999)) / 100,
                TPC_Waluta=RETAIL.currency,
            )
