"""Which card and unit a line of an order means, at which price, and what is told: whole findings and whole lines."""

from decimal import Decimal

import pytest

from pomost.model.code import match_key
from pomost.model.offer import PriceKind
from pomost.model.order import DraftLine, LineCard
from pomost.model.policy import GoodsPolicy
from pomost.model.reason import Finding, Reason
from pomost.model.unit import SalesUnit
from pomost.ports.capability import ErpCapabilities, yes
from pomost.rules import order_lines
from pomost.rules.order_lines import Amount, Cards, amounts, base_units, card_of, deposit_line
from tests.rules.orders import PACK, PIECE, UNITS, cards, decide, facts, line, line_card, order
from tests.worlds import ean

TWO_PLACES = ErpCapabilities(price_places=2)
FOUR_PLACES = ErpCapabilities(price_places=4)
FROM_TOTALS = ErpCapabilities(price_places=2, line_totals=yes())
PAIR, THREE = SalesUnit("PU", 2), SalesUnit("PU", 3)
NET, GROSS = PriceKind
Parts = list[tuple[str, str, str, str]]


def put(ordered: object, size: int, can: ErpCapabilities, *, units: tuple = (), side: PriceKind = NET) -> tuple:
    """Quantity, unit, price and total of every part as text, and the findings; the line is the fourth of its order."""
    parts, found = amounts(ordered, 4, line_card(1, units=units), size, side, can)
    return [(str(one.quantity), one.unit, str(one.price), str(one.total)) for one in parts], found


# The card


WRONG = {
    "neither symbol nor code is known": (
        {"sku": "NIC", "ean": ean(9)},
        (line_card(1),),
        Finding.of(Reason.ORDER_LINE_UNKNOWN, line=4, sku="NIC", ean=ean(9), name="Towar 1"),
    ),
    "a line without a code": (
        {"sku": "NIC", "ean": ""},
        (line_card(1),),
        Finding.of(Reason.ORDER_LINE_UNKNOWN, line=4, sku="NIC", ean="-", name="Towar 1"),
    ),
    "a line without a code is not the card without one": (
        {"sku": "NIC", "ean": ""},
        (line_card(1, ean=""),),
        Finding.of(Reason.ORDER_LINE_UNKNOWN, line=4, sku="NIC", ean="-", name="Towar 1"),
    ),
    "a line without a symbol is not the card without one": (
        {"sku": " ", "ean": ""},
        (line_card(1, symbol=""),),
        Finding.of(Reason.ORDER_LINE_UNKNOWN, line=4, sku=" ", ean="-", name="Towar 1"),
    ),
    "the card is named as the ERP names it": (
        {"sku": "NIC"},
        (line_card(1, symbol="STARY", active=False),),
        Finding.of(Reason.ORDER_LINE_BLOCKED, line=4, sku="STARY"),
    ),
    "symbol and code name two": (
        {},
        (line_card(1, symbol="INNY"), line_card(5, symbol="S1", ean="")),
        Finding.of(Reason.ORDER_LINE_AMBIGUOUS, line=4, sku="S1", ean=ean(1), name="Towar 1", cards="INNY, S1"),
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_line_that_names_no_card_tells_what_it_named(name: str) -> None:
    """Decision tables part 7: the line, its symbol, its code and its name, so that somebody can look it up."""
    named, known, finding = WRONG[name]
    assert card_of(line(1, **named), 4, cards(*known), literal=False) == (None, (finding,))


def test_a_code_that_is_not_the_cards_is_told_with_both() -> None:
    card = line_card(5, symbol="S1")
    told = Finding.of(Reason.ORDER_EAN_DIFFERS, line=4, sku="S1", held=ean(5), ean=ean(1))
    assert card_of(line(1), 4, cards(card), literal=False) == (card, (told,))


def by_code(card: LineCard, *, literal: bool) -> Cards:
    return Cards({}, {match_key(card.ean, literal=literal): (card,)})


def test_codes_compared_sign_by_sign_find_their_card() -> None:
    """Setting "compare codes literally": also a sound GTIN is looked for, and held against the card's, as it stands."""
    card = line_card(1)
    assert card_of(line(1), 4, by_code(card, literal=True), literal=True) == (card, ())
    assert card_of(line(1), 4, by_code(card, literal=True), literal=False)[0] is None
    assert card_of(line(1), 4, by_code(card, literal=False), literal=True)[0] is None


def test_codes_compared_sign_by_sign_differ_by_a_leading_nought() -> None:
    card = line_card(1, ean="0614141000036")
    told = Finding.of(Reason.ORDER_EAN_DIFFERS, line=4, sku="S1", held="0614141000036", ean="614141000036")
    assert card_of(line(1, ean="614141000036"), 4, cards(card), literal=True) == (card, (told,))
    assert card_of(line(1, ean="614141000036"), 4, cards(card), literal=False) == (card, ())


# The unit


def test_a_unit_the_shop_does_not_list_is_told_with_the_list() -> None:
    found = base_units(line(unit=SalesUnit("PAL", 60)), 4, line_card(1), None, UNITS, GoodsPolicy())
    assert found == Finding.of(Reason.ORDER_UNIT_UNKNOWN, line=4, unit="PAL x 60", allowed="PCE, CT, B, CR, PU")


def test_a_unit_the_card_contradicts_is_told_with_both() -> None:
    found = base_units(line(unit=PACK), 4, line_card(1, "Karton"), None, UNITS, GoodsPolicy())
    assert found == Finding.of(Reason.ORDER_UNIT_CONFLICT, line=4, unit="PU x 6", sku="S1", base="Karton")


# The price


PRICES = {
    "the price ordered at stays where it comes to the total": (
        line(1, 3, "0.3340", PIECE),
        1,
        FOUR_PLACES,
        [("3", "szt.", "0.3340", "1.00")],
    ),
    "and so does its share of a pack": (line(1, 1, "1.002", PACK), 6, FOUR_PLACES, [("6", "szt.", "0.1670", "1.00")]),
    "half a step is a step up": (line(1, 2, "0.025", PIECE), 1, FROM_TOTALS, [("2", "szt.", "0.03", "0.05")]),
}


@pytest.mark.parametrize("name", PRICES)
def test_the_price_of_a_line(name: str) -> None:
    """Decision tables 1.5, way back: a price of the ERP's precision that gives the total; else the total is kept."""
    ordered, size, can, parts = PRICES[name]
    assert put(ordered, size, can) == (parts, ())


ADDITIONAL = {
    "a pack of three": (line(1, 2, "10.00", THREE), 3, [("2", "paczka", "10.00", "20.00")]),
    "a pair": (line(1, 1, "10.01", PAIR), 2, [("1", "paczka", "10.01", "10.01")]),
    "half a grosz is one up": (line(1, 1, "10.005", THREE), 3, [("1", "paczka", "10.01", "10.01")]),
    "a price of the other side": (line(1, 2, "12.30", THREE, kind=GROSS), 3, [("2", "paczka", "10.00", "20.00")]),
}


@pytest.mark.parametrize("name", ADDITIONAL)
def test_an_additional_unit_of_the_ordered_size_holds_what_pieces_cannot(name: str) -> None:
    """Decision tables 1.5, way back: the card's additional unit of the ordered size, and told."""
    ordered, size, parts = ADDITIONAL[name]
    told = Finding.of(Reason.ORDER_UNIT_ADDITIONAL, line=4, unit="paczka")
    assert put(ordered, size, TWO_PLACES, units=(("paczka", Decimal(size)),)) == (parts, (told,))


def test_a_line_in_an_additional_unit_says_how_many_base_units_that_is() -> None:
    card = line_card(1, units=(("3-pak", Decimal(3)),))
    (made,) = decide(order(line(1, 2, "10.00", THREE)), facts(card, can=TWO_PLACES)).draft.lines
    assert made == DraftLine(
        "l1", 1, "S1", Decimal(2), "3-pak", Decimal("10.00"), Decimal("20.00"), "23", pack=Decimal(3), card_vat="23"
    )


def moved(usual: str, total: str, count: str, quantity: str, price: str) -> Finding:
    facts = {"line": 4, "usual": usual, "total": total, "moved": count, "quantity": quantity}
    return Finding.of(Reason.ORDER_GROSZ_MOVED, **facts, unit="szt.", price=price)


MOVED = {
    "one grosz onto one piece": (
        line(1, 1, "10.00", THREE),
        3,
        TWO_PLACES,
        [("1", "szt.", "3.34", "3.34"), ("2", "szt.", "3.33", "6.66")],
        moved("3.33", "10.00", "1", "3", "3.34"),
    ),
    "two grosze onto two pieces, not both onto one": (
        line(1, 1, "10.01", THREE),
        3,
        TWO_PLACES,
        [("2", "szt.", "3.34", "6.68"), ("1", "szt.", "3.33", "3.33")],
        moved("3.33", "10.01", "2", "3", "3.34"),
    ),
    "no coarser than the ERP's own places": (
        line(1, 100, "0.10", THREE),
        3,
        FOUR_PLACES,
        [("100", "szt.", "0.0334", "3.34"), ("200", "szt.", "0.0333", "6.66")],
        moved("0.0333", "10.00", "100", "300", "0.0334"),
    ),
}


@pytest.mark.parametrize("name", MOVED)
def test_what_no_price_gives_is_put_on_some_of_the_line_and_told(name: str) -> None:
    """Decision tables 1.5, way back: the difference on some of the line's units, so that both come to the total."""
    ordered, size, can, parts, told = MOVED[name]
    assert put(ordered, size, can) == (parts, (told,))


UNSOUND: dict[str, tuple[Parts, str]] = {
    "of nothing": (
        [("0", "szt.", "3.34", "0.00"), ("3", "szt.", "3.33", "10.00")],
        "0 szt. × 3.34 = 0.00 + 3 szt. × 3.33 = 10.00",
    ),
    "fewer than nothing": (
        [("-1", "szt.", "0.00", "0.00"), ("4", "szt.", "2.50", "10.00")],
        "-1 szt. × 0.00 = 0.00 + 4 szt. × 2.50 = 10.00",
    ),
    "a price below nought": (
        [("1", "szt.", "-1.00", "5.00"), ("2", "szt.", "2.50", "5.00")],
        "1 szt. × -1.00 = 5.00 + 2 szt. × 2.50 = 5.00",
    ),
    "a total below nought": (
        [("1", "szt.", "3.33", "-1.00"), ("2", "szt.", "5.50", "11.00")],
        "1 szt. × 3.33 = -1.00 + 2 szt. × 5.50 = 11.00",
    ),
    "a piece lost": (
        [("1", "szt.", "5.00", "5.00"), ("1", "szt.", "5.00", "5.00")],
        "1 szt. × 5.00 = 5.00 + 1 szt. × 5.00 = 5.00",
    ),
    "a grosz lost": (
        [("1", "szt.", "3.33", "3.33"), ("2", "szt.", "3.33", "6.66")],
        "1 szt. × 3.33 = 3.33 + 2 szt. × 3.33 = 6.66",
    ),
}


@pytest.mark.parametrize("name", UNSOUND)
def test_no_line_leaves_that_is_not_what_was_ordered(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Decision table 8.8: nothing of a line is of nothing or below nought, and no piece and no grosz is lost."""
    wrong, made = UNSOUND[name]
    split = tuple(Amount(Decimal(count), unit, Decimal(price), Decimal(total)) for count, unit, price, total in wrong)
    monkeypatch.setattr(order_lines, "_split", lambda *_: split)
    told = Finding.of(Reason.ORDER_LINE_UNSOUND, line=4, sku="S1", wanted="3 szt. = 10.00", made=made)
    assert put(line(1, 1, "10.00", THREE), 3, TWO_PLACES) == ([], (told,))


# The deposit


@pytest.mark.parametrize(
    "can,deposit,made",
    [
        (FOUR_PLACES, "4.00", ("8", "0.5000", "4.00")),
        (FOUR_PLACES, "1.25", ("8", "0.1563", "1.25")),
        (TWO_PLACES, "1.25", ("1", "1.25", "1.25")),
    ],
)
@pytest.mark.parametrize("vat", ["np", None])
def test_the_line_of_a_deposit(can: ErpCapabilities, deposit: str, made: tuple[str, str, str], vat: str | None) -> None:
    """So many pieces at the deposit of one, half a step up; else the whole as one. Its rate is its card's."""
    card = line_card(8, "butelka", symbol="KAUCJA", vat=vat)
    quantity, price, total = map(Decimal, made)
    assert deposit_line(line(1, 4, unit=PAIR, deposit=Decimal(deposit)), card, can) == DraftLine(
        "l1/deposit", 8, "KAUCJA", quantity, "butelka", price, total, vat or "", card_vat=vat or ""
    )
