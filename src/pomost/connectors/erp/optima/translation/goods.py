"""Cards of products, prices and stock turned into entries."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from html import escape
from typing import Any

from pomost.connectors.erp.optima.sql.goods import FLAGS
from pomost.connectors.erp.optima.translation.rows import CardRow
from pomost.connectors.erp.optima.translation.values import (
    SIDES,
    Groups,
    Languages,
    Row,
    code,
    day,
    decimal,
    key,
    prose,
    some,
    text,
    unknown_language,
)
from pomost.model.assortment import (
    AttributeFormat,
    AttributeValue,
    Barcode,
    DeliveryCost,
    Flag,
    Maker,
    PackUnit,
    ProductEntry,
    Tax,
    Vat,
    Wording,
)
from pomost.model.offer import Basis
from pomost.model.reason import Finding, Reason
from pomost.model.trade import PriceLine, PricesEntry, StockLine, StocksEntry

TAXES = {1: Tax.EXEMPT, 2: Tax.TAXED, 4: Tax.NOT_SUBJECT}
"""Twr_Flaga."""
FORMATS = {
    1: AttributeFormat.TEXT,
    2: AttributeFormat.NUMBER,
    3: AttributeFormat.LIST,
    4: AttributeFormat.DATE,
    5: AttributeFormat.FILE,
}
"""DeA_Format. Only 5 is documented; the others are assumed and told by `check`."""
_FLAGS = dict(zip(FLAGS, Flag, strict=True))
_FIXED = len(CardRow._fields)
_MOST_DIGITS = 100  # of a number somebody typed; an exponent can ask for a million


def is_shown(published: Any, inactive: Any) -> bool:
    """Whether a product is shown in the shop: ticked there, and in use."""
    return published == 1 and not inactive


def product(row: Row, groups: Groups, languages: Languages) -> tuple[ProductEntry | None, tuple[Finding, ...]]:
    """A card with what hangs on it, as `sql.goods.cards` and `beside_cards` give them; None where taxes are unclear."""
    card, flags = CardRow._make(row[:_FIXED]), row[_FIXED:]
    texts, traits, units, codes, abroad, substitutes, memberships = groups
    findings: list[Finding] = []
    if card.tax not in TAXES or any(one[3] not in TAXES for one in abroad):
        unclear = next((one for one in abroad if one[3] not in TAXES), None) if card.tax in TAXES else None
        where, number = ("", card.tax) if unclear is None else (text(unclear[1]), unclear[3])
        return None, (Finding.of(Reason.VAT_KIND_UNKNOWN, kind=number, country=where or "PL"),)
    base = text(card.unit)
    entry = ProductEntry(
        code=text(card.code),
        texts=tuple(_wordings(texts, text(card.name), prose(card.description), languages, findings)),
        vat=Vat(decimal(card.rate, 2), TAXES[card.tax]),
        base_unit=base,
        service=card.kind == 0,
        complex=bool(card.complex),
        whole_units_only=bool(card.whole_only),
        price_places=4 if card.four_places else 2,
        default_group=key(card.group_in_shop) or key(card.group),
        groups=tuple(dict.fromkeys(int(one[1]) for one in memberships)),
        availability=code(card.availability),
        available_from=day(card.later_day) if card.later else None,
        shop_status=code(card.status),
        catalogue_number=text(card.catalogue_number),
        producer_code=text(card.producer_code),
        pkwiu=text(card.pkwiu),
        producer=_maker(card.producer, card.producer_name),
        brand=_maker(card.brand, card.brand_name),
        eans=tuple(_barcodes(text(card.ean), codes, base)),
        vat_abroad=tuple(Vat(decimal(one[2], 2), TAXES[one[3]], text(one[1]).upper()) for one in abroad),
        units=tuple(
            PackUnit(text(symbol), decimal(up, 2), decimal(down, 0), bool(default), place)
            for _, symbol, up, down, default, place in units
            if text(symbol) != base
        ),
        min_quantity=some(card.minimum, 4),
        weight_kg=some(card.weight, 4),
        flags=tuple(_FLAGS[name] for name, on in zip(FLAGS, flags, strict=True) if on),
        reward=bool(card.reward),
        no_discount=bool(card.no_discount or card.no_discount_in_shop),
        ask_for_price=bool(card.ask),
        ignore_stock=bool(card.unchecked),
        delivery_cost=DeliveryCost(str(card.delivery), decimal(card.delivery_cost, 2)) if card.delivery else None,
        split_payment=bool(card.split_payment),
        variant_of=key(card.parent),
        variant_attributes=tuple(dict.fromkeys(text(one[1]) for one in traits if one[6])),
        substitutes=tuple(dict.fromkeys(int(one[1]) for one in substitutes if one[1])),
        attributes=tuple(_attributes(traits, languages, findings)),
    )
    return entry, tuple(findings)


def _maker(number: Any, name: Any) -> Maker | None:
    return Maker(int(number), text(name)) if number and text(name) else None


def _wordings(
    rows: tuple[Row, ...], name: str, plain: str, languages: Languages, findings: list[Finding]
) -> Iterator[Wording]:
    """Texts by language; what the shop's own language lacks is taken from the card."""
    found: dict[str, Wording] = {}
    for row in rows:
        _, number, title, title_html, short, body, body_html, *meta = row
        language = languages.named(number)
        if language is None:
            findings.append(unknown_language(number))
            continue
        heading, words, about, link, search = (text(one) for one in meta)
        found[language] = Wording(
            language,
            text(title) or (name if language == languages.own else ""),
            prose(title_html),
            prose(short),
            prose(body_html) or as_html(prose(body)),
            heading,
            words,
            about,
            link,
            search,
        )
    if languages.own not in found:
        yield Wording(languages.own, name, description=as_html(plain))
    # A translation without a name cannot be shown under one.
    yield from (one for one in found.values() if one.name)


def as_html(plain: str) -> str:
    """A plain description as HTML."""
    return escape(plain, quote=False).replace("\r\n", "\n").replace("\n", "<br>")


def _barcodes(ean: str, rows: tuple[Row, ...], base: str) -> Iterator[Barcode]:
    """The card's own code is the default; each code once."""
    seen = {ean} - {""}
    if ean:
        yield Barcode(ean, default=True)
    has_default = bool(ean)
    for _, typed, unit, default in rows:
        found = text(typed)
        if found and found not in seen:
            seen.add(found)
            yield Barcode(found, "" if text(unit) == base else text(unit), bool(default) and not has_default)
            has_default = has_default or bool(default)


def _attributes(rows: tuple[Row, ...], languages: Languages, findings: list[Finding]) -> Iterator[AttributeValue]:
    """Values that can be read for what their format says; a value in one language alone is of every language."""
    translated = {text(row[1]) for row in rows if languages.of_thing(row[4])}
    for _, symbol, form, typed, language, place, _, file in rows:
        name, value = text(symbol), text(typed)
        if not value and not file:
            continue
        spoken = languages.named(language) if name in translated else languages.of_thing(language)
        if languages.named(language) is None:
            findings.append(unknown_language(language))
            continue
        match FORMATS.get(form):
            case None:
                # Told of its definition: the shop has no attribute of such a format.
                yield AttributeValue(name, value, spoken, None, place)
            case AttributeFormat.FILE if not file:
                findings.append(Finding.of(Reason.ATTRIBUTE_FILE_MISSING, attribute=name, file=value))
            case AttributeFormat.FILE:
                yield AttributeValue(name, value, spoken, int(file), place)
            case known:
                read = readable(known, value)
                if read is None:
                    findings.append(Finding.of(Reason.ATTRIBUTE_VALUE_WRONG, attribute=name, value=value, format=known))
                else:
                    yield AttributeValue(name, read, spoken, None, place)


def readable(form: AttributeFormat, value: str) -> str | None:
    """A value in the form a shop can compare: a plain number, an ISO day; None where it is no such thing."""
    match form:
        case AttributeFormat.NUMBER:
            return _plain_number(value.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", "."))
        case AttributeFormat.DATE:
            return _iso_day(value)
        case _:
            return value


def _plain_number(value: str) -> str | None:
    """A number without idle noughts, every digit of it kept: serial numbers are long, and arithmetic rounds."""
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    if not found.is_finite() or abs(found.adjusted()) > _MOST_DIGITS:
        return None
    if not found:
        return "0"
    written = f"{found:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _iso_day(value: str) -> str | None:
    """Days as people and Optima write them: 2026-11-25, 25.11.2026, 25-11-2026."""
    parts = value.replace(".", "-").replace("/", "-").split("-")
    numbers = [int(one) for one in parts if one.isdecimal()]
    if len(parts) != len(numbers) or len(numbers) != 3:  # noqa: PLR2004  (year, month, day)
        return None
    year, month, number = numbers if len(parts[0]) == 4 else reversed(numbers)  # noqa: PLR2004  (digits of a year)
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return None


def prices(rows: tuple[Row, ...], currencies: Mapping[int, str]) -> tuple[PricesEntry, tuple[Finding, ...]]:
    """Rows of `sql.goods.prices` for one product; `currencies`: of each level, where a price names none."""
    lines, findings = [], []
    for _, level, value, side, currency, points in rows:
        if side not in SIDES:
            findings.append(Finding.of(Reason.PRICE_SIDE_UNKNOWN, level=level, side=side))
            continue
        spoken = text(currency) or currencies.get(level, "PLN")
        lines.append(PriceLine(int(level), decimal(value, 4), SIDES[side], spoken, int(points or 0)))
    return PricesEntry(tuple(lines)), tuple(findings)


def stocks(rows: tuple[Row, ...], warehouses: tuple[int, ...], *, reserved: bool) -> StocksEntry:
    """Rows of `sql.goods.stock` for one product: a line for each warehouse, nought where there is no row."""
    basis = Basis.AVAILABLE if reserved else Basis.STOCK
    free = dict.fromkeys(warehouses, Decimal(0))
    for _, warehouse, on_hand, *promised in rows:
        free[int(warehouse)] = decimal(on_hand, 4) - sum((decimal(one, 4) for one in promised), Decimal(0))
    return StocksEntry(tuple(StockLine(one, free[one], basis) for one in sorted(free)))
