"""Cards that stand beside the goods, families of variants, and the cases that need more than one row."""

from pathlib import Path
from typing import Any

from pomost.sandbox.data.gtin import complete
from pomost.sandbox.optima import pictures
from pomost.sandbox.optima import tables_common as common
from pomost.sandbox.optima import tables_goods as goods
from pomost.sandbox.optima.books import Books, Row
from pomost.sandbox.optima.cards import EXEMPT, SERVICE, UNTAXED, Card, File, TraitValue, attach, enter, store
from pomost.sandbox.optima.cases_of_files import ON_DISK
from pomost.sandbox.optima.cases_of_products import GONE
from pomost.sandbox.optima.groups import BY_KIND, MEMBER, PACKAGINGS, SERVICES
from pomost.sandbox.optima.plan import cards_of

DELIVERY = "DOSTAWA"
"""Code of the service that stands for the cost of delivery on orders."""
BURIED = "6f1d1d5e-0000-4000-8000-000000000001"
"""What is left of a card that was deleted (`UOb_ImportRowId`)."""
_FAMILIES = (
    ("LEM", "Lemoniada rzemieślnicza", "SMAK", ("malina", "cytryna", "mięta", "jabłko")),
    ("SYR", "Syrop z Sadu", "SMAK", ("malina", "jabłko")),
    ("KOS", "Kosz prezentowy", "ROZMIAR", ("małe", "średnie", "duże")),
    ("HER", "Herbata liściasta w puszce", "ROZMIAR", ("małe", "duże")),
)
FAMILY_CASES: dict[str, tuple[str, tuple[str, ...]]] = {
    "variant_family": ("a sound parent with its variants", ("LEM-0", "LEM-1", "LEM-2", "LEM-3", "LEM-4")),
    "variant_parent_unpublished": ("the variants' parent is not in the shop", ("WAR-NP-0", "WAR-NP-1", "WAR-NP-2")),
    "variant_chain": ("the parent of a variant is a variant itself", ("WAR-L-0", "WAR-L-1", "WAR-L-2")),
    "variant_trait_missing": ("a variant lacks the telling attribute", ("WAR-BA-0", "WAR-BA-1")),
}
"""Sentence and codes of each case of variants, the parent first."""
_COUNTER = "2088"


def beside_goods(books: Books) -> int:
    """Services and packagings, none of them in the shop; returns the id of the delivery's cost."""
    row: Row = {"shops": (), "published": False}
    key = enter(books, Card(code=DELIVERY, name="Koszt dostawy", kind=SERVICE, group=SERVICES, unit="usł", **row))
    enter(books, Card(code="PAKOWANIE", name="Pakowanie na prezent", kind=SERVICE, group=SERVICES, unit="usł", **row))
    training = Card(code="SZKOLENIE", name="Szkolenie", kind=SERVICE, group=SERVICES, vat=0, vat_kind=EXEMPT, **row)
    enter(books, training)
    for code, name in (("KAUCJA-BUT", "Butelka zwrotna 0,5 l"), ("PALETA-EUR", "Paleta EUR")):
        enter(books, Card(code=code, name=name, group=PACKAGINGS, vat=0, vat_kind=UNTAXED, **row))
    return key


def _variant(code: str, name: str, trait: str, value: str, parent: str = "", **more: Any) -> Card:
    number = sum(ord(letter) * place for place, letter in enumerate(code, 1))
    fields: Row = {
        "code": code,
        "name": name,
        "ean": complete(f"{_COUNTER}{number:08}") if parent else "",
        "theme": "Napoje",
        "group": BY_KIND["Napoje"],
        "variant_of": parent,
        "traits": (TraitValue(trait, value, row={"TwA_AtrybutGrupujacyFantom": 1}),),
        "languages": ("pl", "en", "de"),
        # A parent is only a heading in the shop: what is sold are its variants.
        "balances": None if parent else (),
    }
    return Card(**(fields | more))


def families(books: Books) -> None:
    """Parents and their variants, told apart by one attribute; a parent has no code of its own."""
    for prefix, name, trait, values in _FAMILIES:
        enter(books, _variant(f"{prefix}-0", name, trait, ""))
        for number, value in enumerate(values, 1):
            enter(books, _variant(f"{prefix}-{number}", f"{name}, {value}", trait, value, f"{prefix}-0"))


def troubled_families(books: Books) -> None:
    one, two, three = (f"WAR-NP-{number}" for number in range(3))
    enter(books, _variant(one, "Nektar domowy", "SMAK", "", published=False))
    enter(books, _variant(two, "Nektar domowy, malina", "SMAK", "malina", one))
    enter(books, _variant(three, "Nektar domowy, mięta", "SMAK", "mięta", one))
    one, two, three = (f"WAR-L-{number}" for number in range(3))
    enter(books, _variant(one, "Kompot", "SMAK", ""))
    enter(books, _variant(two, "Kompot, jabłko", "SMAK", "jabłko", one))
    enter(books, _variant(three, "Kompot, jabłko, słoik", "ROZMIAR", "duże", two))
    enter(books, _variant("WAR-BA-0", "Kisiel", "SMAK", ""))
    enter(books, _variant("WAR-BA-1", "Kisiel, jaki?", "SMAK", "", "WAR-BA-0", traits=()))


def complete_the_cases(books: Books, folder: Path) -> None:
    """What the cases need beyond their cards: substitutes, shared bytes, a file on the disk, a deleted card."""
    for code in cards_of("substitute_gone"):
        books.add(goods.zamienniki, ZAM_TwrId=books.products[code], ZAM_ZamTwrId=GONE, ZAM_Lp=1)
    for code in cards_of("substitute_itself"):
        key = books.products[code]
        books.add(goods.zamienniki, ZAM_TwrId=key, ZAM_ZamTwrId=key, ZAM_Lp=1)
    for code, other in zip(cards_of("substitute_unpublished"), cards_of("withdrawn"), strict=True):
        books.add(goods.zamienniki, ZAM_TwrId=books.products[code], ZAM_ZamTwrId=books.products[other], ZAM_Lp=1)
    shared = File("wspolne.jpg", pictures.jpeg("Wspólne"))
    stored = store(books, shared)
    for code in cards_of("picture_shared"):
        attach(books, books.products[code], File("wspolne.jpg", None, link={"DBL_DabId": stored}), 1)
    (folder / ON_DISK).mkdir(exist_ok=True)
    for code in cards_of("picture_on_disk"):
        place = folder.absolute() / ON_DISK / f"{code.lower()}.jpg"
        place.write_bytes(pictures.jpeg(f"{code} z dysku"))
        link = {"DBL_DabId": None, "DBL_WBazie": 0, "DBL_Sciezka": str(place)}
        attach(books, books.products[code], File(place.name, None, link=link), 1)
    books.add(common.usuniete_obiekty, UOb_Typ=MEMBER, UOb_ImportRowId=BURIED)
