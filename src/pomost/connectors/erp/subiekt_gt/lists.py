"""Lists for settings, read from Subiekt GT: warehouses, price levels, own fields, groups, traits and the like."""

from collections.abc import Callable

from pomost.connectors.erp.subiekt_gt import sql, sql_of_documents
from pomost.connectors.erp.subiekt_gt.translation import is_extended_field
from pomost.model.branch import Address, Contact, Warehouse
from pomost.model.setting import Choice, ChoiceKind
from pomost.transport.sql import SqlReader

DICTIONARY_FIELD, QUERY_FIELD = 5, 6  # pw_Pole.pwp_Typ: a user's dictionary; an id only GT's own query can explain


def warehouses(reader: SqlReader) -> list[Warehouse]:
    """Each warehouse once, with its address and e-mail."""
    found: dict[str, Warehouse] = {}
    for row in reader.rows(sql.warehouses()):
        ident, symbol, name, main, street, house, flat, code, city, phone, email = row
        texts = [str(value or "").strip() for value in (street, house, flat, code, city)]
        contact = Contact(email=str(email or "").strip(), phone=str(phone or "").strip())
        found.setdefault(str(ident), Warehouse(str(ident), symbol, name, bool(main), Address(*texts), contact))
    return list(found.values())


def price_levels(reader: SqlReader) -> list[Choice]:
    """Named levels; the id is the level's number, the detail its currency."""
    row = (reader.rows(sql.price_level_names()) or [("",) * 20])[0]
    pairs = zip(row[::2], row[1::2], strict=True)
    return [
        Choice(str(number), str(name).strip(), str(currency or "PLN").strip())
        for number, (name, currency) in enumerate(pairs, 1)
        if str(name or "").strip()
    ]


def own_fields(reader: SqlReader) -> list[Choice]:
    """Simple fields (unnamed ones too: they may hold values) and extended ones a whitelist lets through."""
    names = (reader.rows(sql.simple_field_names()) or [("",) * 8])[0]
    simple = [
        Choice(f"tw_Pole{number}", str(name or "").strip() or f"Pole {number}") for number, name in enumerate(names, 1)
    ]
    extended = [
        Choice(column, str(name).strip(), str(kind))
        for column, kind, name in reader.rows(sql.extended_fields())
        if is_extended_field(column) and kind != QUERY_FIELD
    ]
    return simple + extended


def currencies(reader: SqlReader) -> list[Choice]:
    """The dictionary of currencies; where a version has none, those of the price levels."""
    known = sql_of_documents.WALUTA
    if reader.columns(known.name):
        symbols = [str(row[0]).strip() for row in reader.rows(sql_of_documents.currencies())]
    else:
        symbols = sorted({"PLN", *(level.detail for level in price_levels(reader))})
    return [Choice(one, one) for one in dict.fromkeys(symbols)]


def choices(reader: SqlReader, kind: ChoiceKind) -> list[Choice] | None:
    """A list by its kind, or None for a kind Subiekt GT does not know."""
    tables = {
        ChoiceKind.GROUPS: sql.GRUPA_TW,
        ChoiceKind.TRAITS: sql.CECHA_TW,
        ChoiceKind.CUSTOMER_GROUPS: sql.GRUPA_KH,
        ChoiceKind.CUSTOMER_TRAITS: sql.CECHA_KH,
        ChoiceKind.INDUSTRIES: sql.BRANZA,
    }
    if kind in tables:
        return [Choice(str(ident), str(name).strip()) for ident, name in reader.rows(sql.dictionary(tables[kind]))]
    others: dict[ChoiceKind, Callable[[], list[Choice]]] = {
        ChoiceKind.WAREHOUSES: lambda: [Choice(one.id, one.name, one.symbol) for one in warehouses(reader)],
        ChoiceKind.PRICE_LEVELS: lambda: price_levels(reader),
        ChoiceKind.OWN_FIELDS: lambda: own_fields(reader),
        ChoiceKind.UNITS_IN_USE: lambda: [Choice(str(row[0]), str(row[0])) for row in reader.rows(sql.units_in_use())],
        ChoiceKind.CATEGORIES: lambda: [Choice(str(ident), name) for ident, name in reader.rows(sql.categories())],
        ChoiceKind.CURRENCIES: lambda: currencies(reader),
        ChoiceKind.VAT_RATES: lambda: [
            Choice(str(row[0]).strip(), str(row[0]).strip()) for row in reader.rows(sql_of_documents.vat_rates())
        ],
        ChoiceKind.OPERATORS: lambda: [_operator(*row) for row in reader.rows(sql.operators())],
    }
    return others[kind]() if kind in others else None


def _operator(first_name: str, last_name: str) -> Choice:
    name = f"{first_name} {last_name}".strip()
    return Choice(name, name)
