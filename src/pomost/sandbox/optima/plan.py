"""Which cards the company has: those that carry a troublesome case, and the everyday ones."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from random import Random

from pomost.sandbox.data.assortment import PIECE, Product, products, symbol_of
from pomost.sandbox.data.draw import draw
from pomost.sandbox.data.gtin import complete, is_valid
from pomost.sandbox.optima import pictures
from pomost.sandbox.optima.books import Books
from pomost.sandbox.optima.cards import Card, File, TraitValue, picture
from pomost.sandbox.optima.cases_of_files import file_cases
from pomost.sandbox.optima.cases_of_products import BY_PRODUCT
from pomost.sandbox.optima.company import AVAILABLE, B2B, SHOP
from pomost.sandbox.optima.groups import BY_KIND, GIFTS, NEWS, OFFERS

_PACKS = {"PU": "zgrzewka", "CT": "karton", "CR": "skrzynka", "B": "keg"}
_VAT_ABROAD = {23: (("DE", "19"), ("CZ", "21")), 8: (("DE", "7"), ("CZ", "12")), 5: (("DE", "7"), ("CZ", "12"))}
_INDICATOR = "1"
_PERCENT = 100
_PUBLISHED, _KNOWN_TO_SHOP = 85, 95
SPECIAL = ("substitute_gone", "substitute_itself", "substitute_unpublished", "picture_shared", "picture_on_disk")
"""Cases that need more than a card; two sound cards are kept for each."""


@cache
def _pool() -> tuple[Product, ...]:
    """Products fit to be sold, in an order of their own: the first of them carry the cases."""
    sound = [item for item in products() if item.in_erp and is_valid(item.ean)]
    return tuple(sorted(sound, key=lambda product: draw(product.ean, "optima")))


def sound_card(product: Product) -> Card:
    """The card of a product with nothing special about it."""
    vat = int(product.kind.vat)
    return Card(
        code=symbol_of(product),
        name=product.name,
        ean=product.ean,
        theme=product.kind.group,
        group=BY_KIND[product.kind.group],
        vat=vat,
        cents=product.kind.prices,
    )


@cache
def case_cards() -> tuple[tuple[str, Card], ...]:
    """Troubled cards with the names of their cases, always the same."""
    pool = iter(_pool())
    found = [
        (name, case.change(sound_card(next(pool)), number))
        for name, case in BY_PRODUCT.items()
        for number in range(case.count)
    ]
    for name, (_, files) in file_cases().items():
        found.append((name, replace(sound_card(next(pool)), files=files)))
    found += [(name, sound_card(next(pool))) for name in SPECIAL for _ in range(2)]
    return tuple(found)


def cards_of(case: str) -> list[str]:
    """Codes of the cards of one case."""
    return [card.code for name, card in case_cards() if name == case]


def most_everyday() -> int:
    """How many everyday products there can be."""
    return len(_pool()) - len(case_cards())


def everyday_cards(books: Books, count: int) -> Iterator[Card]:
    """So many ordinary cards; the same product gets the same card whatever their number."""
    start = len(case_cards())
    if not 0 <= count <= most_everyday():
        raise ValueError(f"the company can have 0 to {most_everyday()} everyday products, not {count}")
    earlier: dict[str, list[str]] = {}
    for product in _pool()[start : start + count]:
        random = books.random("card", product.ean)
        alike = earlier.setdefault(product.kind.group, [])
        yield _everyday(product, random, alike)
        alike.append(symbol_of(product))


def _everyday(product: Product, random: Random, alike: list[str]) -> Card:
    card = sound_card(product)
    flags = tuple(flag for flag, chance in (("Promocja", 12), ("Nowosc", 8), ("Nagroda", 2)) if _chance(random, chance))
    groups_of_flags = {"Promocja": OFFERS, "Nowosc": NEWS, "Nagroda": GIFTS}
    standing = random.randrange(_PERCENT)
    packs = tuple((_PACKS[unit], size, 1) for unit, size in product.packs if (unit, size) != PIECE)
    one_of_each = tuple({name: (name, size, one) for name, size, one in packs}.values())
    return replace(
        card,
        more_groups=tuple(groups_of_flags[flag] for flag in flags),
        packs=one_of_each,
        pack_ean=complete(f"{_INDICATOR}{product.ean[:-1]}") if one_of_each else "",
        foreign_vat=_VAT_ABROAD.get(card.vat, ()) if _chance(random, 20) else (),
        points=random.randint(1, 20) if _chance(random, 40) else 0,
        shops=(() if standing >= _KNOWN_TO_SHOP else (SHOP, B2B) if _chance(random, 20) else (SHOP,)),
        published=standing < _PUBLISHED,
        availability=random.choice(tuple(AVAILABLE.values())),
        flags=flags,
        languages=random.choice((("pl", "en", "de"), ("pl", "en", "de"), ("pl",), ())),
        traits=_traits(random),
        files=_files(card, random),
        substitutes=tuple(random.sample(alike, min(2, len(alike)))) if _chance(random, 12) else (),
    )


def _chance(random: Random, per_cent: int) -> bool:
    return random.randrange(_PERCENT) < per_cent


def _traits(random: Random) -> tuple[TraitValue, ...]:
    found = [TraitValue("KRAJ", random.choice(("Polska", "Polska", "Polska", "Niemcy", "Włochy")))]
    found.append(TraitValue("POJEMNOSC", random.choice(("0.33", "0.5", "1", "1,5"))))
    if _chance(random, 30):
        sugar = random.choice((("cukier", "sugar", "Zucker"), ("sól", "salt", "Salz"), ("mąka", "flour", "Mehl")))
        found += [TraitValue("SKLAD", word, language) for word, language in zip(sugar, ("pl", "en", "de"), strict=True)]
    if _chance(random, 20):
        found.append(TraitValue("TERMIN", f"2027-0{random.randint(1, 9)}-15"))
    if _chance(random, 15):
        found.append(TraitValue("BIO", random.choice(("Tak", "Nie"))))
    return tuple(found)


def _files(card: Card, random: Random) -> tuple[File, ...]:
    count = random.choice((0, 0, 0, 1, 1, 1, 2))
    found = [picture(card, number) for number in range(1, count + 1)]
    if count and _chance(random, 8):
        found.append(File(f"{card.code.lower()}.pdf", pictures.pdf(card.name), alt="Ulotka"))
    return tuple(found)
