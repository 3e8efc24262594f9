"""Made-up orders and cards for the rules about orders."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

from pomost.model.branch import Address, Branch
from pomost.model.code import match_key
from pomost.model.offer import PriceKind
from pomost.model.order import Buyer, LineCard, Order, OrderLine
from pomost.model.order_policy import OrderPolicy
from pomost.model.policy import Policy
from pomost.model.unit import SalesUnit, UnitTable, UnitType
from pomost.ports.capability import ErpCapabilities
from pomost.rules.order_lines import Cards
from pomost.rules.ordering import Facts, decide_order, key_of
from tests.worlds import ean

NIP = "1234563218"
TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
UNITS = UnitTable(
    (
        UnitType("PCE", "Sztuka", default=True),
        UnitType("CT", "Karton"),
        UnitType("B", "Keg"),
        UnitType("CR", "Skrzynka"),
        UnitType("PU", "Zgrzewka"),
    )
)
PIECE, PACK, CARTON = SalesUnit("PCE", 1), SalesUnit("PU", 6), SalesUnit("CT", 24)
POLICY = Policy(
    branches=(Branch("MAG", "Magazyn", "1"), Branch("KRA", "Kraków", "3")),
    orders=OrderPolicy(enabled=True, status="new"),
)
SEAT = Address("Jutrzenki", "116", "", "02-230", "Warszawa")
GROSZ = Decimal("0.01")


def money(amount):
    return Decimal(amount).quantize(GROSZ, ROUND_HALF_UP)


def line(number=1, quantity=3, price="15.00", unit=PACK, vat="23", kind=PriceKind.NET, **facts):
    """Line `number` of product p`number`, its totals reckoned as a shop reckons them."""
    price = Decimal(price)
    rate = Decimal(vat) if vat.isdecimal() else Decimal(0)
    total = money(price * quantity)
    net = total if kind is PriceKind.NET else money(total * 100 / (100 + rate))
    tax = money(net * rate / 100) if kind is PriceKind.NET else total - net
    made = OrderLine(
        f"l{number}", f"p{number}", ean(number), f"S{number}", f"Towar {number}", unit, quantity, price, kind, vat,
        net, tax, net + tax,
    )  # fmt: skip
    return replace(made, **facts)


def order(*lines, **facts):
    """A sound order of customer c1 in branch MAG; without lines, one of three packs."""
    lines = lines or (line(),)
    made = Order(
        id="or1",
        number="ZAM/000001",
        status="new",
        branch="MAG",
        customer_id="c1",
        buyer=Buyer(NIP, "Bar Luna", SEAT),
        currency="PLN",
        net=sum((one.net for one in lines), Decimal(0)),
        tax=sum((one.tax for one in lines), Decimal(0)),
        gross=sum((one.gross for one in lines), Decimal(0)),
        placed_at=NOW,
        updated_at=NOW,
        version="v1",
        lines=lines,
    )
    return replace(made, **facts)


def line_card(number=1, base_unit="szt.", **facts):
    return replace(LineCard(number, f"S{number}", ean(number), active=True, base_unit=base_unit, vat="23"), **facts)


def cards(*found):
    by_symbol, by_ean = {}, {}
    for one in found:
        by_symbol[one.symbol] = (*by_symbol.get(one.symbol, ()), one)
        by_ean[match_key(one.ean)] = (*by_ean.get(match_key(one.ean), ()), one)
    return Cards(by_symbol, by_ean)


def facts(*found, can=None, **more):
    """Both sides as they should be: cards 1 and 2, customer c1 with the key 7 and the order's tax number."""
    known = Facts(
        cards=cards(*(found or (line_card(1), line_card(2)))),
        customers={"c1": 7},
        tax_numbers={7: f"{NIP[:3]}-{NIP[3:6]}-{NIP[6:8]}-{NIP[8:]}"},
        told={},
        currencies={"PLN", "EUR"},
        vat_rates={"23", "8", "5", "0", "zw"},
        units=UNITS,
        can=can or ErpCapabilities(),
    )
    return replace(known, **more)


def decide(ordered=None, known=None, policy=POLICY):
    ordered, known = ordered or order(), known or facts()
    key = key_of(policy.orders.mark, ordered.number, known.can.original_number)
    return decide_order(ordered, key, policy, known, TODAY)


def reasons(decision):
    return [str(one.reason) for one in decision.findings]
