"""Ways in which people make a product card troublesome, as building blocks of the cases."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from pomost.sandbox.data.alter import sets
from pomost.sandbox.data.assortment import PIECE, Product
from pomost.sandbox.data.gtin import mistyped
from pomost.sandbox.subiekt_gt.cards import Card

Needs = Callable[[Product], bool]
Change = Callable[[Card, int], Card]
"""Makes the trouble on the card; the number tells the first troubled card from the second."""


@dataclass(frozen=True, slots=True)
class Case:
    """A troublesome case: what is wrong, which products can carry it, how it is done, on how many cards."""

    sentence: str
    change: Change
    needs: Needs = field(default=lambda _product: True)
    count: int = 4


def offers(*packs: tuple[str, int], piece: bool | None = None, **how_many: int) -> Needs:
    """Products the shop offers in these packs, and in so many sizes of each named type."""

    def fits(product: Product) -> bool:
        return (
            all(pack in product.packs for pack in packs)
            and all(len(product.pack_sizes(unit)) == number for unit, number in how_many.items())
            and (PIECE in product.packs) == (piece is not False)
        )

    return fits


def in_packs(unit: str, *spellings: str, **values: Any) -> Change:
    """The base unit is a pack: its price and stock are for the whole pack."""

    def change(card: Card, number: int) -> Card:
        sizes = [multiplier for kind, multiplier in card.packs if kind == unit]
        return sets(unit=list(spellings), pieces=min(sizes, default=12), **values)(card, number)

    return change


def main_only(on_hand: str, reserved: str = "0") -> tuple[tuple[str, str], ...]:
    """Stock in the main warehouse, empty rows in the others."""
    return ((on_hand, reserved), ("0", "0"), ("0", "0"))


def with_mistyped_code(card: Card, _number: int) -> Card:
    return replace(card, ean=mistyped(card.ean))


def with_code_among_the_others(card: Card, _number: int) -> Card:
    return replace(card, ean="", more_codes=((card.ean, 1),))
