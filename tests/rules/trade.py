"""A small shop and a small ERP in which every rule can be tried: made up, except for the unit table of the manual."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from pomost.model.branch import Branch
from pomost.model.conditions import Qualification
from pomost.model.known import Known
from pomost.model.offer import Basis, Offer, PriceKind, Stock
from pomost.model.policy import GoodsPolicy, Policy, PricePolicy, StockPolicy
from pomost.model.product import CatalogueProduct, Component, OnHand, Price, Product, ProductKind
from pomost.model.reason import Finding, Reason
from pomost.model.unit import SalesUnit, UnitTable, UnitType
from pomost.ports.capability import ShopCapabilities, yes
from pomost.rules.offering import Decision, Shop, decide

# The manual's table of sales units, row by row (Towary 4.2). The third row is printed "BKeg": symbol B, name Keg.
UNITS = UnitTable(
    (
        UnitType("PCE", "Sztuka", default=True),
        UnitType("CT", "Karton"),
        UnitType("B", "Keg"),
        UnitType("CR", "Skrzynka"),
        UnitType("PU", "Zgrzewka"),
    )
)

MAIN, EXTRA, OTHER = "1", "2", "3"
BRANCH = Branch(id="MAG", name="Magazyn Główny", main_warehouse=MAIN)
WITH_EXTRA = replace(BRANCH, extra_warehouses=(EXTRA,))
SECOND = Branch(id="FIL", name="Filia", main_warehouse=OTHER)

LEVEL = "retail"
TYPE_FIELD, MULTIPLIER_FIELD, MINIMUM_FIELD = "field:1", "field:2", "field:3"
EAN = "5900000000015"
VAT_RATES = frozenset({"23", "8", "5", "0", "zw", "np", "oo"})

SHOP = Shop(
    units=UNITS,
    can=ShopCapabilities(
        publish=yes(),
        amend=yes(),
        withdraw=yes(),
        stock=yes(),
        hide=yes(),
        min_quantity=yes(),
        vat_rates=VAT_RATES,
    ),
)

GOODS = GoodsPolicy(
    enabled=True,
    qualification=Qualification.ALL,
    min_quantity_field=MINIMUM_FIELD,
    unit_type_field=TYPE_FIELD,
    unit_multiplier_field=MULTIPLIER_FIELD,
)
PRICES = PricePolicy(enabled=True, level=LEVEL, kind=PriceKind.NET, currency="PLN")
STOCKS = StockPolicy(enabled=True, basis=Basis.AVAILABLE)
POLICY = Policy(goods=GOODS, prices=PRICES, stock=STOCKS, branches=(BRANCH,))


def packs(*listed: str) -> tuple[SalesUnit, ...]:
    """`PU×6` as the shop lists it; both signs of multiplication will do."""
    units = []
    for number, text in enumerate(listed, 1):
        symbol, _, size = text.replace("x", "×").partition("×")
        units.append(SalesUnit(symbol.strip(), int(size), id=f"unit-{number}"))
    return tuple(units)


def on_hand(quantity: str, reserved: str = "0") -> OnHand:
    return OnHand(Decimal(quantity), Decimal(reserved))


def card(
    *,
    price: str | None = "2.50",
    gross: str | None = "3.08",
    currency: str = "PLN",
    stock: Mapping[str, OnHand] | None = None,
    own: Mapping[str, str] | None = None,
    **facts: object,
) -> Product:
    """A plain card of goods in pieces; every test names only what it is about."""
    standard: dict[str, object] = {
        "key": 7,
        "symbol": "WODA15",
        "name": "Woda 1,5 l",
        "ean": EAN,
        "kind": ProductKind.GOODS,
        "active": True,
        "base_unit": "szt.",
        "vat": "23",
        "prices": {LEVEL: Price(_decimal(price), _decimal(gross), currency)},
        "stock": {MAIN: on_hand("20")} if stock is None else stock,
        "own_fields": own or {},
    }
    return Product(**{**standard, **facts})


def unit_fields(typed: str, multiplier: str = "") -> dict[str, str]:
    return {TYPE_FIELD: typed, MULTIPLIER_FIELD: multiplier}


def listed(*sizes: str, ean: str = EAN, **facts: object) -> CatalogueProduct:
    units = packs(*(sizes or ("PCE×1", "PU×6")))
    return CatalogueProduct(id=str(facts.pop("id", "P-1")), ean=ean, name="Woda", units=units, **facts)


def part(symbol: str, quantity: str, stock: Mapping[str, OnHand], kind: ProductKind = ProductKind.GOODS) -> Component:
    return Component(key=len(symbol), symbol=symbol, kind=kind, quantity=Decimal(quantity), stock=stock)


def known(
    offer: Offer | None = None, *, published: bool = True, stocks: Mapping[str, Stock] | None = None, **facts: object
) -> Known:
    return Known("P-1", 7, "WODA15", published, offer, stocks or {}, **facts)


def standing(unit: str = "PCE×1", *, recalculated: bool = False, price: str | None = "2.50") -> Offer:
    """An offer as the ledger holds it after an earlier run."""
    return Offer(
        sku="WODA15",
        unit=packs(unit)[0],
        recalculated=recalculated,
        vat="23",
        price=_decimal(price),
        price_kind=PriceKind.NET,
        currency="PLN",
    )


def decided(
    product: Product,
    match: CatalogueProduct | None = None,
    policy: Policy = POLICY,
    *,
    held: Known | None = None,
    shop: Shop = SHOP,
    rivals: int = 1,
) -> Decision:
    """`decide` for the usual case: one catalogue product carries the card's code and no other card does."""
    return decide(product, (listed() if match is None else match,), rivals, policy, shop, held)


def reasons(findings: tuple[Finding, ...]) -> list[Reason]:
    return [finding.reason for finding in findings]


def quantities(decision: Decision) -> dict[str, int]:
    return {stock.branch: stock.quantity for stock in decision.stocks}


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
