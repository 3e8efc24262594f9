"""Building of whole sandbox companies: a believable wholesaler, an empty one, and the ones a reader must refuse."""

from pathlib import Path

from pomost.sandbox.optima import tables_goods as goods
from pomost.sandbox.optima.books import Books
from pomost.sandbox.optima.cards import PRODUCERS, enter
from pomost.sandbox.optima.cases_of_customers import CUSTOMERS
from pomost.sandbox.optima.cases_of_trade import bundle_troubled, grant_troubled
from pomost.sandbox.optima.company import COMPANY_DATABASE, connect_shops, furnish
from pomost.sandbox.optima.configuration import build_configuration
from pomost.sandbox.optima.connection import Clock, Ticking, create_empty, database_file
from pomost.sandbox.optima.customers import everyday_customers, register
from pomost.sandbox.optima.examples import scene_groups, set_the_scenes
from pomost.sandbox.optima.groups import ROOTS, plant
from pomost.sandbox.optima.plan import cards_of, case_cards, everyday_cards
from pomost.sandbox.optima.sandbox import OptimaSandbox
from pomost.sandbox.optima.schema import company
from pomost.sandbox.optima.special import beside_goods, complete_the_cases, families, troubled_families
from pomost.sandbox.optima.trade import everyday_discounts, everyday_sets, price_history
from pomost.sandbox.optima.triggers import pull

PRODUCTS, CUSTOMERS_COUNT = 1500, 800


def build(
    folder: str | Path,
    *,
    seed: int = 1,
    products: int = PRODUCTS,
    customers: int = CUSTOMERS_COUNT,
    clock: Clock | None = None,
) -> OptimaSandbox:
    """Build the wholesaler in a folder that plays its SQL server.

    So many everyday products and customers, and beside them every troublesome case (`cases`) and every priced example
    (`examples`). The seed decides prices, stocks and the like; codes, cases and examples never change. All days are
    counted back from the clock's first moment, except those of the examples, which are in November 2026.

    Raises ValueError when the folder holds a company already, or for more products than the assortment has.
    """
    home, time = Path(folder), clock or Ticking()
    books = _opened(home, time, seed, troubled=True)
    families(books)
    troubled_families(books)
    for _, card in case_cards():
        enter(books, card)
    for _, troubled in CUSTOMERS.values():
        for customer in troubled:
            register(books, customer)
    set_the_scenes(books)
    complete_the_cases(books, home)
    everyday = [card for card in everyday_cards(books, products) if enter(books, card)]
    known = set(books.customers)
    everyday_customers(books, customers)
    on_sale = [card.code for card in everyday if card.shops and card.published]
    everyday_discounts(books, on_sale, [code for code in books.customers if code not in known])
    everyday_sets(books, on_sale)
    price_history(books, [card.code for card in everyday if "Promocja" in card.flags])
    first, second = cards_of("default_group_on_card_only")
    grant_troubled(books, product=first)
    bundle_troubled(books, {"@1": first, "@2": second, "@withdrawn": cards_of("withdrawn")[0]})
    return _written(books, home, time)


def minimal(folder: str | Path, *, clock: Clock | None = None) -> OptimaSandbox:
    """A company of the first day: dictionaries, groups, shops and services; no goods and no customers."""
    home, time = Path(folder), clock or Ticking()
    return _written(_opened(home, time, seed=1, troubled=False), home, time)


def _opened(home: Path, clock: Clock, seed: int, *, troubled: bool) -> Books:
    """The books of a company with everything it has before its goods, its database still empty."""
    home.mkdir(parents=True, exist_ok=True)
    create_empty(database_file(home, COMPANY_DATABASE), company())
    books = Books(clock(), seed)
    build_configuration(home, books.now)
    furnish(books)
    plant(books, scene_groups() if troubled else (), troubled=troubled)
    for number in range(1, PRODUCERS + 1):
        stamp = books.days_ago(500 + number)
        books.add(goods.producenci, Prd_Kod=f"PROD{number:02}", Prd_Nazwa=f"Producent {number}", Prd_TS_Mod=stamp)
        books.add(goods.marki, Mrk_PrdId=number, Mrk_Nazwa=f"Marka {number}", Mrk_TS_Mod=stamp)
    connect_shops(books, delivery=beside_goods(books), roots=ROOTS)
    return books


def _written(books: Books, home: Path, clock: Clock) -> OptimaSandbox:
    sandbox = OptimaSandbox(home, clock)
    with sandbox.office.engine.begin() as connection:
        books.write(connection)
        pull(connection)
    # The last connection to close brings everything into the file itself.
    sandbox.close()
    return sandbox
