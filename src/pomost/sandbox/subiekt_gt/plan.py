"""Which cards the sandbox company has, and which troublesome case each of them stands for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType

from pomost.sandbox.data.assortment import PIECE, Product, invented, products, symbol_of, twins
from pomost.sandbox.data.draw import draw
from pomost.sandbox.data.gtin import is_valid
from pomost.sandbox.data.invented import AMERICAN, AMERICAN_LONG, BROKEN_SETS, MARKUP, MISTYPED, SETS, Invented
from pomost.sandbox.subiekt_gt.cards import FEE, GOODS, PACKAGING, SERVICE, SET, Card, in_code_page
from pomost.sandbox.subiekt_gt.cases import BY_CARD
from pomost.sandbox.subiekt_gt.company import MSTORE, TRAITS

_UNIT_NAMES = {"CT": "Karton", "CR": "Skrzynka", "PU": "Zgrzewka", "B": "Keg"}
_LONGEST_NAME = 50
# Polish letters read in a wrong code page, or already lost to a question mark inside a word.
_BROKEN = re.compile(r"[¯£¦¿±³¶¼]|\w\?\w|\?[a-z]")
_FOUR, _SIX = 4, 6
_WITHOUT_TRAIT = 12
"""Per cent of the ordinary cards which nobody gave the qualifying trait."""
_EXTRA_TRAITS = sorted(set(TRAITS) - {MSTORE})

_BY_COMPANY = {
    "ean_bad_check_digit": "wrong check digit, the same in the shop",
    "ean_shared_qualified": "one code on two qualified cards",
    "ean_shared_blocked": "one code on a qualified and on a blocked card",
    "ean_not_in_shop": "a qualified card the shop does not list",
    "ean_twice_in_shop": "the shop lists the code twice",
    "ean_upc": "thirteen digits with a leading zero, twelve in the shop",
    "ean_upc_short": "twelve digits, thirteen in the shop",
    "name_markup": "name with quotes, < > and &",
    "name_long": "name longer than the fifty letters of a card",
    "name_mojibake": "name with letters broken by some wrong code page",
    "name_outside_code_page": "name with letters the code page 1250 lacks",
    "trait_missing": "without the qualifying trait",
    "set_sound": "a set all of whose components are in order",
    "set_missing_component": "a component of the set is gone",
    "set_zero_quantity": "a component with quantity zero",
    "set_service_component": "a component that is a service",
    "set_empty": "a set without components",
    "kind_service": "a service",
    "kind_packaging": "a returnable packaging",
    "kind_fee": "a fee",
}

CASES = MappingProxyType({**{name: case.sentence for name, case in BY_CARD.items()}, **_BY_COMPANY})
"""Every troublesome case of the company by name, with a sentence."""


@dataclass(slots=True)
class Plan:
    """All cards of the company in the order of their entry, and the symbols of each case."""

    cards: list[Card] = field(default_factory=list)
    cases: dict[str, list[str]] = field(default_factory=dict)

    def add(self, card: Card, *names: str) -> None:
        self.cards.append(card)
        self.mark(card, *names)

    def mark(self, card: Card, *names: str) -> None:
        for name in names:
            self.cases.setdefault(name, []).append(card.symbol)


def cases() -> dict[str, list[str]]:
    """Symbols of the cards of each case, the same for every seed."""
    found = plan().cases
    return {name: list(found[name]) for name in CASES}


@cache
def plan() -> Plan:
    """The company's cards; only prices and stocks are left to the seed."""
    made = Plan()
    pool = _pool()
    _troubled(made, pool)
    _sharing(made, pool)
    for product in twins():
        made.add(_clean(product), "ean_twice_in_shop")
    used = {card.ean for card in made.cards} | {code for card in made.cards for code, _ in card.more_codes}
    used |= {product.ean for product in _pool()} - {product.ean for product in pool}
    for product in products():
        if product.in_erp and product.ean not in used:
            _everyday(made, product)
    _made_up(made)
    _beside_goods(made)
    _sets(made)
    for card in made.cards:
        made.mark(card, *_by_name(card.name))
    return made


def _pool() -> list[Product]:
    """Products fit to carry one trouble: without any other of their own."""
    twice = {product.ean for product in twins()}
    sound = [
        item for item in products() if item.in_erp and item.in_shop and is_valid(item.ean) and item.ean not in twice
    ]
    return sorted(sound, key=lambda product: draw(product.ean, "pool"))


def _clean(product: Product, ean: str | None = None) -> Card:
    """The card of a product with nothing special about it."""
    return Card(
        symbol=symbol_of(product),
        name=product.name,
        ean=product.ean if ean is None else ean,
        group=product.kind.group,
        vat=product.kind.vat,
        prices=product.kind.prices,
        packs=product.packs,
    )


def _troubled(made: Plan, pool: list[Product]) -> None:
    """Hand the cases out; a product carries one of them at most."""
    for name, case in BY_CARD.items():
        chosen = [product for product in pool if case.needs(product)][: case.count]
        for number, product in enumerate(chosen):
            pool.remove(product)
            made.add(case.change(_clean(product), number), name)


def _sharing(made: Plan, pool: list[Product]) -> None:
    plain = [product for product in pool if PIECE in product.packs][: 2 * _FOUR]
    for number, product in enumerate(plain):
        pool.remove(product)
        card = _clean(product)
        name = "ean_shared_qualified" if number < _FOUR else "ean_shared_blocked"
        suffix, blocked = ("-PROMO", False) if number < _FOUR else ("-STARY", True)
        made.add(card, name)
        made.add(replace(card, symbol=f"{card.symbol}{suffix}", blocked=blocked), name)


def _everyday(made: Plan, product: Product) -> None:
    """An ordinary card, with the unit and the traits a clerk would give it."""
    card = _with_unit(_clean(product), product)
    traits = (MSTORE,) if draw(product.ean, "trait", 100) >= _WITHOUT_TRAIT else ()
    if draw(product.ean, "more", _FOUR) == 0:
        traits = (*traits, _EXTRA_TRAITS[draw(product.ean, "which", len(_EXTRA_TRAITS))])
    minimum = draw(product.ean, "minimum", 10)
    if minimum in (1, 2, 3):
        card = replace(card, own_fields={"pwd_Liczba01": minimum}, minimum_text=str(minimum))
    card = replace(card, traits=traits, in_shop=draw(product.ean, "internet", 3) != 0)
    made.add(card)
    if MSTORE not in traits:
        made.mark(card, "trait_missing")
    elif not product.in_shop:
        made.mark(card, "ean_not_in_shop")
    elif not is_valid(product.ean):
        made.mark(card, "ean_bad_check_digit")


def _with_unit(card: Card, product: Product) -> Card:
    """A unit that resolves without an error: the piece, a pack of one size, or own fields naming a pack."""
    packs = [pack for pack in product.packs if pack != PIECE]
    if not packs:
        return card
    unit, size = packs[draw(product.ean, "pack", len(packs))]
    manner = draw(product.ean, "unit", 10)
    if PIECE in product.packs and manner < _SIX:
        return card
    if manner % 2 and len(product.pack_sizes(unit)) == 1:
        return replace(card, unit=_UNIT_NAMES[unit], pieces=size)
    return replace(card, sales_unit=unit, multiplier=str(size), more_units=((_UNIT_NAMES[unit].lower(), size),))


def _made_up(made: Plan) -> None:
    """Cards of products that exist nowhere; all of them stand in the shop."""
    by_code = {product.ean: product for product in invented()}
    for item in AMERICAN:
        made.add(_clean(by_code[item.ean], f"0{item.ean}"), "ean_upc")
    for item in AMERICAN_LONG:
        made.add(_clean(by_code[item.ean], item.ean.removeprefix("0")), "ean_upc_short")
    for item in MARKUP:
        made.add(_clean(by_code[item.ean]))
    for item in MISTYPED:
        made.add(_clean(by_code[item.ean]), "ean_bad_check_digit")


_SERVICES = (("TRANSPORT", "Transport"), ("PALETY", "Paletyzacja"), ("PAKOW", "Pakowanie na prezent"))
_PACKAGINGS = (
    ("KAUCJA-BUT", "Butelka zwrotna 0,5 l"),
    ("KAUCJA-SKR", "Skrzynka na butelki 20 x 0,5 l"),
    ("KAUCJA-KEG", "Keg 30 l zwrotny"),
    ("PALETA-EUR", "Paleta EUR"),
)
_FEES = (("OPL-CUKROWA", "Opłata cukrowa"), ("OPL-SUP", "Opłata za opakowanie jednorazowe"), ("OPL-BDO", "Opłata BDO"))


def _beside_goods(made: Plan) -> None:
    """Cards that are no goods; some carry the trait, because people tick whole lists."""
    for cards, kind, group, vat, name in (
        (_SERVICES, SERVICE, "Usługi", "23", "kind_service"),
        (_PACKAGINGS, PACKAGING, "Opakowania", "np", "kind_packaging"),
        (_FEES, FEE, "Opłaty", "23", "kind_fee"),
    ):
        for number, (symbol, text) in enumerate(cards):
            traits = (MSTORE,) if number == 0 else ()
            made.add(
                Card(symbol=symbol, name=text, kind=kind, group=group, vat=vat, traits=traits, in_shop=False), name
            )


def _sets(made: Plan) -> None:
    known = {symbol for symbols in made.cases.values() for symbol in symbols}
    parts = [
        card.symbol for card in made.cards if card.kind == GOODS and card.unit == "szt." and card.symbol not in known
    ]
    service = _SERVICES[2][0]
    for number, item in enumerate(SETS):
        chosen = parts[number * _FOUR : (number + 1) * _FOUR][: 2 + number % 3]
        made.add(_set(item, number, [(part, str(1 + place)) for place, part in enumerate(chosen)]), "set_sound")
    broken: Iterable[tuple[str, tuple[str, str] | None]] = (
        ("set_missing_component", ("", "1")),
        ("set_zero_quantity", (parts[-1], "0")),
        ("set_service_component", (service, "1")),
        ("set_empty", None),
    )
    for place, (name, fault) in enumerate(broken):
        for number, item in enumerate(BROKEN_SETS[3 * place : 3 * place + 3], 3 * place):
            components = [(parts[40 + number], "2"), fault] if fault else []
            made.add(_set(item, len(SETS) + number, components), name)


def _set(item: Invented, number: int, components: list[tuple[str, str]]) -> Card:
    return Card(
        symbol=f"ZEST{number + 1:03}",
        name=item.name,
        ean=item.ean,
        kind=SET,
        group="Zestawy",
        components=tuple(components),
        prices=(2999, 19999),
        packs=(PIECE,),
    )


def _by_name(name: str) -> list[str]:
    """Troubles of the name itself; a card may have them beside any other."""
    kept = in_code_page(name)
    found = []
    if len(kept) > _LONGEST_NAME:
        found.append("name_long")
    if any(letter in name for letter in "<>&\"'"):
        found.append("name_markup")
    if _BROKEN.search(name):
        found.append("name_mojibake")
    if "?" in kept and "?" not in name:
        found.append("name_outside_code_page")
    return found
