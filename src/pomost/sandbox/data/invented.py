"""Products of the sandbox that exist nowhere: with codes no shop has given to anything."""

from dataclasses import dataclass

from pomost.sandbox.data.gtin import complete, mistyped


@dataclass(frozen=True, slots=True)
class Invented:
    """A made-up product as the shop lists it."""

    ean: str
    name: str
    packs: tuple[tuple[str, int], ...] = ()


def _example(number: int) -> str:
    """A code of the range GS1 keeps for demonstrations and examples, so it belongs to no real article."""
    return complete(f"9529{number:08}")


def _american(number: int) -> str:
    """Twelve digits, as on goods from America; the range with a leading 4 is free for use inside a company."""
    return complete(f"4{number:010}")


_UPC = (
    "Cola importowana puszka 355 ml",
    "Root Beer puszka 355 ml",
    "Ginger Ale puszka 355 ml",
    "Cream Soda butelka 355 ml",
)
_UPC_LONG = ("Hickory BBQ Sauce 510 g", "Peanut Butter Crunchy 462 g", "Maple Syrup Grade A 250 ml")
_MARKUP = (
    'Lemoniada "Cytrynka" <light> 0,5 l',
    "Napój 'U Babci' <b>malina</b> & mięta 1 l",
    'Chrupki <3 & "serce" 100 g; DROP TABLE',
    'Sok 100% <jabłko> + "gruszka" \\ 1 l',
)
_MISTYPED = ("Miód lipowy z pasieki 400 g", "Konfitura z dzikiej róży 220 g", "Olej lniany tłoczony na zimno 250 ml")
_SETS = (
    "Zestaw prezentowy Śniadanie",
    "Zestaw prezentowy Słodki",
    "Zestaw degustacyjny piw",
    "Kosz świąteczny mały",
    "Kosz świąteczny duży",
    "Zestaw grillowy",
    "Zestaw biurowy kawa i herbata",
    "Zestaw soków 6 smaków",
)
_BROKEN_SETS = (
    "Zestaw wycofany Lato",
    "Zestaw wycofany Jesień",
    "Zestaw wycofany Zima",
    "Zestaw testowy A",
    "Zestaw testowy B",
    "Zestaw testowy C",
    "Zestaw z dostawą",
    "Zestaw z pakowaniem",
    "Zestaw z grawerem",
    "Zestaw bez składu 1",
    "Zestaw bez składu 2",
    "Zestaw bez składu 3",
)

AMERICAN = tuple(Invented(_american(number), name, (("PU", 6),)) for number, name in enumerate(_UPC, 1))
"""Twelve digits in the shop; the wholesaler writes thirteen, with the leading zero."""
AMERICAN_LONG = tuple(Invented(f"0{_american(100 + number)}", name) for number, name in enumerate(_UPC_LONG, 1))
"""Thirteen digits in the shop; the wholesaler writes twelve."""
MARKUP = tuple(Invented(_example(100 + number), name, (("PU", 6),)) for number, name in enumerate(_MARKUP, 1))
MISTYPED = tuple(Invented(mistyped(_example(200 + number)), name) for number, name in enumerate(_MISTYPED, 1))
"""The wrong check digit stands in the shop too, so only a literal comparison finds them."""
SETS = tuple(Invented(_example(300 + number), name) for number, name in enumerate(_SETS, 1))
BROKEN_SETS = tuple(Invented(_example(400 + number), name) for number, name in enumerate(_BROKEN_SETS, 1))

IN_SHOP = (*AMERICAN, *AMERICAN_LONG, *MARKUP, *MISTYPED, *SETS, *BROKEN_SETS)
