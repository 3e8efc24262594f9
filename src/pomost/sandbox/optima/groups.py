"""Tree of product groups of the sandbox company, the troubled groups included."""

from dataclasses import dataclass

from pomost.sandbox.data.kinds import KINDS
from pomost.sandbox.optima import tables_goods as goods
from pomost.sandbox.optima.books import Books, whole_seconds
from pomost.sandbox.optima.company import B2B, LANGUAGES, OLD_SHOP, SHOP

GROUP, MEMBER = -16, 16
"""Kinds of rows of `TwrGrupy`: a group, and a product in a group."""
MAIN, ROOT, NOWHERE = 0, 10, 9999
"""Numbers of the company's main group, of the first shop's root group, and of a group that does not exist."""
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Group:
    """A group by its number (`TwG_GIDNumer`), which is what everything joins by; the id of the row is another."""

    number: int
    parent: int
    code: str
    name: str
    english: str = ""
    german: str = ""


_DEPARTMENTS = (
    Group(20, ROOT, "NAPOJE-ALKOHOLE", "Napoje i alkohole", "Drinks and alcohol", "Getränke und Alkohol"),
    Group(30, ROOT, "SWIEZE", "Produkty świeże", "Fresh food", "Frische Lebensmittel"),
    Group(40, ROOT, "SUCHE", "Produkty suche", "Dry food", "Trockenwaren"),
    Group(50, ROOT, "OKAZJE", "Okazje", "Offers", "Angebote"),
)
OFFERS, NEWS, GIFTS, SERVICES, PACKAGINGS, EXAMPLES = 51, 52, 53, 71, 72, 80
_HOME = {
    "Piwo": 20,
    "Alkohole": 20,
    "Napoje": 20,
    "Kawa i herbata": 20,
    "Nabiał": 30,
    "Mięso i wędliny": 30,
    "Pieczywo": 30,
    "Słodycze": 40,
    "Przyprawy i sosy": 40,
    "Spożywcze": 40,
}
_FOREIGN = {
    "Piwo": ("Beer", "Bier"),
    "Alkohole": ("Spirits", "Spirituosen"),
    "Napoje": ("Soft drinks", "Alkoholfreie Getränke"),
    "Kawa i herbata": ("Coffee and tea", "Kaffee und Tee"),
    "Nabiał": ("Dairy", "Milchprodukte"),
    "Mięso i wędliny": ("Meat", "Fleisch und Wurst"),
    "Pieczywo": ("Bakery", "Backwaren"),
    "Słodycze": ("Sweets", "Süßwaren"),
    "Przyprawy i sosy": ("Spices and sauces", "Gewürze und Soßen"),
    "Spożywcze": ("Groceries", "Lebensmittel"),
}
BY_KIND = {kind.group: 101 + place for place, kind in enumerate(KINDS)}
"""Numbers of the groups the assortment's kinds of goods are in."""

_SOUND = (
    Group(MAIN, MAIN, "Grupa Główna", "Grupa Główna"),
    Group(ROOT, MAIN, "SKLEP", "Sklep internetowy", "Online shop", "Onlineshop"),
    *_DEPARTMENTS,
    *(Group(BY_KIND[kind.group], _HOME[kind.group], kind.prefix, kind.group, *_FOREIGN[kind.group]) for kind in KINDS),
    Group(OFFERS, 50, "PROMOCJE", "Promocje", "Special offers", "Aktionen"),
    Group(NEWS, 50, "NOWOSCI", "Nowości", "New products", "Neuheiten"),
    Group(GIFTS, 50, "NAGRODY", "Nagrody za punkty", "Rewards", "Prämien"),
    Group(70, MAIN, "MAGAZYN", "Tylko magazyn"),
    Group(SERVICES, 70, "USLUGI", "Usługi"),
    Group(PACKAGINGS, 70, "OPAKOWANIA", "Opakowania"),
    Group(EXAMPLES, ROOT, "PRZYKLADY", "Przykłady cen", "Priced examples", "Preisbeispiele"),
)

UNNAMED, ORPHAN, EMPTY, CYCLE_A, CYCLE_B, LOOP_A, LOOP_B, OWN_PARENT, TWIN_A, TWIN_B, DEEP = range(200, 211)
_TROUBLED = (
    Group(UNNAMED, ROOT, "BEZ-NAZWY", ""),
    Group(ORPHAN, NOWHERE, "SIEROTA", "Grupa bez nadrzędnej"),
    Group(EMPTY, ROOT, "PUSTA", "Grupa bez towarów"),
    # Two groups inside each other: nothing leads to them from the root.
    Group(CYCLE_A, CYCLE_B, "CYKL-A", "Cykl A"),
    Group(CYCLE_B, CYCLE_A, "CYKL-B", "Cykl B"),
    # The same, but the first hangs below the root as well: whoever walks down from there never comes back.
    Group(LOOP_A, ROOT, "PETLA-A", "Pętla A"),
    Group(LOOP_B, LOOP_A, "PETLA-B", "Pętla B"),
    Group(LOOP_A, LOOP_B, "PETLA-A", "Pętla A"),
    Group(OWN_PARENT, OWN_PARENT, "SAMA-W-SOBIE", "Grupa sama w sobie"),
    Group(TWIN_A, ROOT, "BLIZNIAK-1", "Bliźniacza nazwa"),
    Group(TWIN_B, ROOT, "BLIZNIAK-2", "Bliźniacza nazwa"),
    *(
        Group(DEEP + depth, DEEP + depth - 1 if depth else ROOT, f"GLEBOKA-{depth:02}", f"Poziom {depth}")
        for depth in range(_DEEPEST)
    ),
)
DEEPEST = DEEP + _DEEPEST - 1
GROUP_CASES: dict[str, tuple[str, tuple[str, ...]]] = {
    "group_unnamed": ("a group without a name", ("BEZ-NAZWY",)),
    "group_orphan": ("the group above it does not exist", ("SIEROTA",)),
    "group_empty": ("no product is in it", ("PUSTA",)),
    "group_cycle": ("two groups are inside each other, out of reach of the root", ("CYKL-A", "CYKL-B")),
    "group_cycle_below_root": ("a group below the root is also inside its own subgroup", ("PETLA-A", "PETLA-B")),
    "group_own_parent": ("a group is inside itself", ("SAMA-W-SOBIE",)),
    "group_name_twice": ("two neighbours have one name", ("BLIZNIAK-1", "BLIZNIAK-2")),
    "group_too_deep": ("more levels below the root than a shop may take", (f"GLEBOKA-{_DEEPEST - 1:02}",)),
}
"""Every case of a troubled group: its sentence and the codes (`TwG_Kod`) of its groups."""
ROOTS = {SHOP: ROOT, B2B: 20, OLD_SHOP: ROOT}


def plant(books: Books, more: tuple[Group, ...], *, troubled: bool) -> None:
    """Write the tree; the row of the main group has the id 0."""
    for place, group in enumerate((*_SOUND, *more, *(_TROUBLED if troubled else ()))):
        books.add(
            goods.twr_grupy,
            TwG_TwGID=place,
            TwG_GIDTyp=GROUP,
            TwG_GIDNumer=group.number,
            TwG_GrOTyp=GROUP,
            TwG_GrONumer=group.parent,
            TwG_Kod=group.code,
            TwG_Nazwa=group.name,
            TwG_CzasModyfikacji=whole_seconds(books.days_ago(400 - place, hour=9)),
            TwG_eSklepLp=place,
        )
        texts = {"pl": group.name, "en": group.english, "de": group.german}
        for language, name in texts.items():
            if name and group.english:
                books.add(
                    goods.twr_grupy_jezyk_obcy,
                    TwGJ_GIDNumer=group.number,
                    TwGJ_eSklepID=SHOP,
                    TwGJ_JezykID=LANGUAGES[language],
                    TwGJ_Nazwa=name,
                    TwGJ_MetaTytul=f"{name} | Pod Mostem",
                    TwGJ_Link=f"{language}-{group.code.lower()}",
                )


def join(books: Books, group: int, product: str, name: str, *, number: int) -> None:
    """Put a product into a group; `number` is its `Twr_GIDNumer`."""
    books.add(
        goods.twr_grupy,
        TwG_GIDTyp=MEMBER,
        TwG_GIDNumer=number,
        TwG_GrOTyp=GROUP,
        TwG_GrONumer=group,
        TwG_Kod=product,
        TwG_Nazwa=name,
        TwG_CzasModyfikacji=whole_seconds(books.days_ago(300)),
    )
