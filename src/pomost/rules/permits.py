"""Permits to sell alcohol: of the class, valid on the day, and for the place the goods go to (decision tables 8.10)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pomost.model.branch import Address
from pomost.model.order import Order
from pomost.model.reason import Finding, Reason
from pomost.model.text import alike

_POSTAL_CODE = re.compile(r"[0-9]{2}-[0-9]{3}")
_NUMBER = re.compile(r"[0-9][0-9a-z]*(?:/[0-9][0-9a-z]*)?")


@dataclass(frozen=True, slots=True)
class Place:
    """City, street and number of an address, normalised as those of customers are (decision tables 4.1)."""

    city: str
    street: str
    number: str


def check_permits(order: Order, day: date) -> Iterator[Finding]:
    """A line of a class passes only with the buyer's permit of that class, valid on the day and for the place."""
    address = order.delivery or order.buyer.address
    for number, line in enumerate(order.lines, 1):
        valid = [one for one in order.permits if one.category == line.permit and one.valid_to >= day]
        if line.permit and not any(covers(one.place, address) for one in valid):
            yield Finding.of(Reason.ORDER_PERMIT_MISSING, line=number, category=line.permit, day=day)


def covers(place: str, address: Address) -> bool:
    """Whether a permit is good at an address: one that names a place is good there alone.

    A text that cannot be split into city, street and number is no place anybody can compare.
    """
    if not alike(place):
        return True
    found = place_of(place)
    return found is not None and found in _places(address)


def place_of(text: str) -> Place | None:
    """`Długa 1, Warszawa`, `00-238 Warszawa, Długa 1/2`, or `Mnichowo 132` where streets have no names."""
    parts = [_POSTAL_CODE.sub("", alike(one)).strip() for one in text.split(",")]
    parts = [one for one in parts if one]
    numbered = [(place, found) for place, one in enumerate(parts) if (found := _numbered(one)) is not None]
    if len(numbered) != 1 or len(parts) > 2:  # noqa: PLR2004  (a city and a street)
        return None
    ((place, (name, number)),) = numbered
    return Place(name, "", number) if len(parts) == 1 else Place(parts[1 - place], name, number)


def _numbered(text: str) -> tuple[str, str] | None:
    """A name and the number after it."""
    name, _, number = text.replace(" /", "/").replace("/ ", "/").rpartition(" ")
    named = any(sign.isalpha() for sign in name)
    return (name, number) if named and _NUMBER.fullmatch(number) else None


def _places(address: Address) -> set[Place]:
    """An address as a permit may name it: of the whole house, or of a flat in it."""
    city, street, house, flat = map(alike, (address.city, address.street, address.house_number, address.flat_number))
    numbers = {house, f"{house}/{flat}"} if flat else {house}
    return {Place(city, street, number.replace(" ", "")) for number in numbers}
