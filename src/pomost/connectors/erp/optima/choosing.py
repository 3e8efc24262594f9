"""Lists for settings, read from an Optima company and from its configuration database."""

from collections.abc import Callable

from pomost.connectors.erp.optima.company import Company
from pomost.connectors.erp.optima.sql import goods, lists
from pomost.connectors.erp.optima.translation.values import text
from pomost.model.branch import Address, Contact, Warehouse
from pomost.model.setting import Choice, ChoiceKind


def warehouses(company: Company) -> list[Warehouse]:
    """Warehouses in use; the main one is the default of the shop's configuration. Optima keeps no addresses of them."""
    rows = company.reader.rows(lists.warehouses())
    first = next(iter(company.warehouses()), rows[0][0] if rows else None)
    return [
        Warehouse(str(key), text(symbol), text(name) or text(symbol), key == first, Address(), Contact())
        for key, symbol, name in rows
    ]


def choices(company: Company, kind: ChoiceKind) -> list[Choice] | None:
    """A list by its kind, or None for a kind Optima does not know."""
    reader = company.reader

    def numbered(rows: list[tuple[int, str]]) -> list[Choice]:
        return [Choice(str(key), text(name)) for key, name in rows]

    def attributes(of: int) -> list[Choice]:
        rows = reader.rows(lists.attributes())
        return [
            Choice(str(key), text(name) or text(code), text(code)) for key, code, name, about, _ in rows if about == of
        ]

    known: dict[ChoiceKind, Callable[[], list[Choice]]] = {
        ChoiceKind.STATIONS: lambda: [
            Choice(str(one.id), one.name or str(one.id), one.currency) for one in company.stations() if one.active
        ],
        ChoiceKind.COMPANIES: lambda: [
            Choice(name, name, base) for name, base, in_use in company.companies() if in_use
        ],
        ChoiceKind.WAREHOUSES: lambda: [Choice(one.id, one.name, one.symbol) for one in warehouses(company)],
        ChoiceKind.PRICE_LEVELS: lambda: [
            Choice(str(key), text(name), text(currency) or "PLN")
            for key, _, name, currency, _ in reader.rows(lists.price_levels())
        ],
        ChoiceKind.GROUPS: lambda: list(
            {
                str(row[0]): Choice(str(row[0]), text(row[3]) or text(row[2]), text(row[2]))
                for row in reversed(reader.rows(goods.groups()))
                if text(row[3]) or text(row[2])
            }.values()
        )[::-1],
        ChoiceKind.TRAITS: lambda: attributes(1),
        ChoiceKind.CUSTOMER_TRAITS: lambda: attributes(2),
        ChoiceKind.CUSTOMER_GROUPS: lambda: numbered(reader.rows(lists.customer_groups())),
        ChoiceKind.UNITS_IN_USE: lambda: [
            Choice(str(row[0]), str(row[0])) for row in reader.rows(lists.units_in_use())
        ],
        ChoiceKind.CURRENCIES: lambda: [
            Choice(one, one)
            for one in dict.fromkeys(text(row[0]) for row in reader.rows(lists.shop_currencies(company.station.id)))
            if one
        ],
        ChoiceKind.OPERATORS: lambda: [
            Choice(text(code), text(name) or text(code)) for code, name in company.configuration.rows(lists.operators())
        ],
    }
    return known[kind]() if kind in known else None
