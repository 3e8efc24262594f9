"""How many parameters the driver is given, for every combination of settings: keys once, and within SQL Server's 2,100."""

from itertools import product

import pytest

from pomost.connectors.erp.optima import OPTIMA
from pomost.connectors.erp.subiekt_gt import SUBIEKT_GT, sql
from pomost.connectors.erp.subiekt_gt.settings import SubiektSettings
from pomost.model.order import DocumentRef, OrderKey
from pomost.ports.erp import Aspect, Focus
from pomost.transport.sql import SqlAddress, SqlReader
from tests.connectors import test_optima_sql as optima
from tests.connectors import test_subiekt_gt_sql as subiekt
from tests.connectors.fake_driver import install
from tests.connectors.tsql import compiled

LIMIT = 2_098
"""Parameters a statement may have: two of SQL Server's 2,100 carry the text and the declaration."""
BATCH = 500
# No key looks like anything else that is bound.
KEYS = list(range(7_000_000, 7_000_000 + BATCH))
LISTS = {
    "keys": KEYS,
    "numbers": [f"hurt-{number}" for number in range(BATCH)],
    "symbols": [f"S{number}" for number in range(BATCH)],
    "codes": [f"59{number:011}" for number in range(BATCH)],
    "until": "2026-11-17",
    "file": 1,
    "link": 1,
}
MANY = range(1, 3_001)
"""More traits, warehouses or levels than anybody has; they come from settings, which no number bounds."""


def bound(statement, driver):
    """Parameters of a statement as the driver gets them."""
    address = SqlAddress(driver, "KASA", "Firma", encryption="no")
    names = statement.compile().params
    reader = SqlReader(address)
    _, values = reader._compiled(statement, {name: value for name, value in LISTS.items() if name in names})
    return list(values.values()) if isinstance(values, dict) else list(values)


def assert_keys_once(statement, what):
    for driver in ("mssql-python", "python-tds"):
        values = bound(statement, driver)
        assert len(values) <= LIMIT, what
        asked = [value for value in values if value in set(KEYS)]
        assert len(asked) in {0, BATCH}, what


def test_a_batch_is_what_the_connectors_say(monkeypatch):
    for module in ("mssql_python", "pytds"):
        install(monkeypatch, module)
    assert SUBIEKT_GT.connect(SubiektSettings("Firma"), Focus()).can.batch == BATCH
    assert OPTIMA.connect(OPTIMA.settings("Firma"), Focus()).can.batch == BATCH


@pytest.mark.parametrize("name", [*subiekt.STATEMENTS, *optima.STATEMENTS])
def test_every_statement_takes_a_whole_batch(name):
    for one in (*subiekt.STATEMENTS.get(name, ()), *optima.STATEMENTS.get(name, ())):
        assert_keys_once(one, name)


LEVELS = ([], [1], list(range(1, 11)))
SIMPLE = ([], ["tw_Pole1"], subiekt.SIMPLE)
EXTENDED = ({}, {"pwd_Liczba01": False}, {"pwd_Fk01": True}, subiekt.EXTENDED)


@pytest.mark.parametrize("traits", range(11))
def test_cards_for_every_combination_of_settings(traits):
    """Four traits with a batch of 500 keys were 2,505 parameters: each trait repeated the keys."""
    for levels, simple, extended in product(LEVELS, SIMPLE, EXTENDED):
        statement = sql.cards(levels, simple, extended, list(MANY[:traits]), keys=True)
        assert_keys_once(statement, (traits, levels, simple, extended))


def test_more_traits_than_a_server_joins_tables():
    """A query of SQL Server names 256 tables at most."""
    statement = sql.cards([1], [], {}, list(MANY[:300]), keys=True)
    assert_keys_once(statement, "300 traits")
    assert compiled(statement, keys=[1]).count(" JOIN ") < 10


@pytest.mark.parametrize("count", [0, 1, 10, len(MANY)])
def test_lists_of_the_settings_are_not_bound(count):
    """However many warehouses, levels and traits there are, the parameters are left to the keys."""
    many = list(MANY[:count])
    statements = [
        sql.stock(many, keys=True),
        sql.stock_of_parts(many),
        sql.customer_traits(many, keys=True),
        optima.goods.prices(1, many, keys=True),
        *(optima.goods.stock(1, many, reserved=one, keys=True) for one in (False, True)),
    ]
    for one in statements:
        assert_keys_once(one, count)
        assert len(bound(one, "mssql-python")) <= BATCH + 10


def test_a_whole_batch_of_everything_goes_through_the_connector(monkeypatch):
    """Through the connector itself and the driver's own call, at its largest."""
    driver = install(monkeypatch, "mssql_python")
    traits = frozenset(map(str, MANY[:10]))
    focus = Focus(
        price_levels=frozenset(map(str, range(1, 11))),
        warehouses=frozenset(map(str, MANY[:60])),
        own_fields=frozenset([*subiekt.SIMPLE, *subiekt.EXTENDED]),
        traits=traits,
        customer_traits=traits,
    )
    erp = SUBIEKT_GT.connect(SubiektSettings("Firma", "KASA", "pomost", "tajne"), focus)
    list(erp.scan(frozenset(Aspect)))
    list(erp.products(KEYS))
    list(erp.customers(KEYS))
    list(erp.sight_customers())
    list(erp.line_cards(LISTS["symbols"], LISTS["codes"]))
    erp.find_orders([OrderKey("hurt", str(number), f"hurt-{number}") for number in range(BATCH)])
    list(erp.progress([DocumentRef("ZK", key, "") for key in KEYS]))
    erp.close()
    assert len(driver.asked) > 8
    for text, values in driver.asked:
        assert len(values) <= LIMIT, text
        assert sum(value in set(KEYS) for value in values) in {0, BATCH}, text
