"""Settings declared once: label, help and lists to choose from, for forms, command-line help and the manual."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pomost.model.text import Text

_ABOUT = "about"


class ChoiceKind(StrEnum):
    """Lists that settings choose from. The ERP knows the first group, the shop the second."""

    WAREHOUSES = "warehouses"
    PRICE_LEVELS = "price-levels"
    GROUPS = "groups"
    TRAITS = "traits"
    OWN_FIELDS = "own-fields"
    UNITS_IN_USE = "units-in-use"
    CUSTOMER_TRAITS = "customer-traits"
    CUSTOMER_GROUPS = "customer-groups"
    INDUSTRIES = "industries"
    CATEGORIES = "categories"
    OPERATORS = "operators"
    CURRENCIES = "currencies"
    VAT_RATES = "vat-rates"
    STATIONS = "stations"
    COMPANIES = "companies"

    REGIONS = "regions"
    UNIT_TYPES = "unit-types"
    ORDER_STATUSES = "order-statuses"
    BRANCHES = "branches"


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list: the id settings keep, the label people see, a detail such as a level's currency."""

    id: str
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What people are told of one setting. `secret` ones are encrypted, never exported, never shown.

    `options`: what each value of an enumeration is called, in the order it is offered. `beside`: for a table, the list
    its right side is chosen from, where `choice` is that of its left.
    """

    label: Text
    help: Text
    secret: bool = False
    choice: ChoiceKind | None = None
    least: int | None = None
    most: int | None = None
    options: Mapping[StrEnum, Text] | None = None
    beside: ChoiceKind | None = None


def setting(
    label: Text,
    help_: Text,
    *,
    default: Any = ...,
    factory: Any = ...,
    secret: bool = False,
    choice: ChoiceKind | None = None,
    least: int | None = None,
    most: int | None = None,
    options: Mapping[Any, Text] | None = None,
    beside: ChoiceKind | None = None,
) -> Any:
    """A dataclass field that is a setting; without `default` or `factory` it is required.

    `least` and `most` bound a number. A secret never shows in the settings' repr.
    """
    about = {_ABOUT: About(label, help_, secret, choice, least, most, options, beside)}
    if factory is not ...:
        return field(default_factory=factory, metadata=about, repr=not secret)
    if default is ...:
        return field(metadata=about, repr=not secret)
    return field(default=default, metadata=about, repr=not secret)


def about(metadata: Any) -> About | None:
    """The declaration behind a dataclass field's metadata, if it is a setting."""
    found = metadata.get(_ABOUT)
    return found if isinstance(found, About) else None
