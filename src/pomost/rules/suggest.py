"""Near misses: cards of the ERP a customer of the shop may have been meant to be. They are shown, never matched."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pomost.model.customer import CustomerCard, ShopCustomer
from pomost.model.nip import nip_digits
from pomost.model.text import alike


class Near(StrEnum):
    """What keeps two entries apart, from the slightest to the gravest."""

    PREFIX = "prefix"  # ul., al., os., pl. before the street in one of them
    NUMBER_IN_STREET = "number in street"  # the house number stands in the street field
    SWAPPED = "swapped"  # city and street stand in each other's fields
    LETTERS = "letters"  # ł, ó, ą... written without their marks
    ONE_LETTER = "one letter"  # a letter more, less, another, or two changed round
    HOUSE_NUMBER = "house number"
    CITY = "city"
    NIP = "nip"  # a digit of the tax number, or two changed round
    ADDRESS = "address"  # the same tax number at another address altogether


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A card and everything that keeps it apart."""

    card: CustomerCard
    apart: tuple[Near, ...]


_PREFIX = re.compile(r"^(?:ul|ulica|al|aleja|aleje|os|osiedle|pl|plac)(?:\. ?| )")
_STROKES = str.maketrans({"ł": "l", "đ": "d", "ø": "o"})  # letters that are no base letter with a mark
_MOST = 5
_SHORT = 3  # below this every word is one letter away from every other
_GRAVEST = list(Near)


def suggestions(customer: ShopCustomer, cards: Iterable[CustomerCard]) -> tuple[Suggestion, ...]:
    """At most five cards, the nearest first. A card that matches in everything is not near but found: left out."""
    found = [Suggestion(card, apart) for card in cards if (apart := _apart(customer, card))]
    return tuple(sorted(found, key=lambda one: (_weight(one.apart), one.card.key))[:_MOST])


def _weight(apart: tuple[Near, ...]) -> tuple[int, int]:
    return max(_GRAVEST.index(one) for one in apart), len(apart)


def _apart(customer: ShopCustomer, card: CustomerCard) -> tuple[Near, ...]:
    """Everything that keeps the two apart; empty when nothing does, or when they have nothing in common."""
    ours, theirs = nip_digits(customer.nip), nip_digits(card.nip)
    one = _Place.of(customer.address.city, customer.address.street, customer.address.house_number)
    other = _Place.of(card.address.city, card.address.street, card.address.house_number)
    place = _between(one, other)
    if ours and ours == theirs:
        return (Near.ADDRESS,) if place is None else place
    # Another tax number is near only where the address says that it is the same customer.
    same_house = place == () and bool(one.street or one.house) and bool(theirs)
    return (Near.NIP,) if same_house and ours and one_letter_apart(ours, theirs) else ()


@dataclass(frozen=True, slots=True)
class _Place:
    city: str
    street: str
    house: str

    @classmethod
    def of(cls, city: str, street: str, house: str) -> "_Place":
        return cls(alike(city), alike(street), alike(house))


def _between(one: _Place, other: _Place) -> tuple[Near, ...] | None:
    """What keeps two places apart; None when they have too little in common to be told as near."""
    if one == other:
        return ()
    if (one.city, one.street) == (other.street, other.city):
        return (Near.SWAPPED, *_houses(one.house, other.house))
    apart = [Near.PREFIX] if _prefix(one.street) != _prefix(other.street) else []
    first, second, moved = _with_numbers(_bare(one), _bare(other))
    apart += [Near.NUMBER_IN_STREET] if moved else []
    streets, cities = _texts(first.street, second.street), _texts(first.city, second.city)
    # Another city is near only where street and number agree: else it is simply another address.
    if cities is None and first.street and first.house == second.house:
        cities = [Near.CITY]
    if streets is None or cities is None:
        return None
    return (*apart, *streets, *cities, *_houses(first.house, second.house))


def _prefix(street: str) -> str:
    found = _PREFIX.match(street)
    return found[0].strip() if found else ""


def _bare(place: _Place) -> _Place:
    return _Place(place.city, _PREFIX.sub("", place.street), place.house)


def _with_numbers(one: _Place, other: _Place) -> tuple[_Place, _Place, bool]:
    """Both with the house number out of the street, where exactly one of them has it there."""
    first, second = _split(one), _split(other)
    if (first == one) == (second == other):
        return one, other, False
    return first, second, True


def _split(place: _Place) -> _Place:
    street, _, last = place.street.rpartition(" ")
    if place.house or not street or not last[:1].isdigit():
        return place
    return _Place(place.city, street.rstrip(","), last)


def _texts(one: str, other: str) -> list[Near] | None:
    if one == other:
        return []
    if plain_letters(one) == plain_letters(other):
        return [Near.LETTERS]
    return [Near.ONE_LETTER] if one_letter_apart(one, other) else None


def _houses(one: str, other: str) -> list[Near]:
    return [] if one == other else [Near.HOUSE_NUMBER]


def plain_letters(text: str) -> str:
    """The text without the marks of Polish letters: łódź -> lodz. For suggestions only, never for identity."""
    apart = unicodedata.normalize("NFD", text.translate(_STROKES))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def one_letter_apart(one: str, other: str) -> bool:
    """Whether one change makes them equal: a sign more, less or another, or two neighbours changed round."""
    if one == other or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < _SHORT:
        return False
    start = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return True  # the longer one has a sign more at its end
    if len(one) == len(other):
        swapped = one[start : start + 2] == other[start : start + 2][::-1]
        return one[start + 1 :] == other[start + 1 :] or (swapped and one[start + 2 :] == other[start + 2 :])
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[start + 1 :] == shorter[start:]
