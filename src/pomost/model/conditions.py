"""Conditions of qualification: what cards and customers must meet to be synchronised at all."""

from dataclasses import dataclass
from enum import StrEnum

from pomost.model.setting import ChoiceKind, setting
from pomost.model.text import Text

_VALUES = Text("Wartości", "Values")
_ANY = Text("Wystarczy jedna z nich.", "Any one of them will do.")


class Qualification(StrEnum):
    UNSET = "unset"
    ALL = "all"
    CONDITIONS = "conditions"


class ConditionField(StrEnum):
    """What a condition looks at on a card."""

    TRAIT = "trait"
    GROUP = "group"
    SHOP_FLAG = "shop-flag"
    OWN_FIELD = "own-field"


VALUES_OF_CARDS = {ConditionField.TRAIT: ChoiceKind.TRAITS, ConditionField.GROUP: ChoiceKind.GROUPS}
"""Lists the values of such a condition come from; the others have none."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; any of `values` will do. `own_field` is used by own-field conditions only.

    Values of traits and groups are ids from `choices`; a shop-flag condition has the one value "yes" or "no".
    """

    field: ConditionField = setting(
        Text("Co sprawdza", "What it looks at"),
        Text("Co na kartotece musi się zgadzać.", "What on the card has to agree."),
        options={
            ConditionField.TRAIT: Text("Cecha", "Trait"),
            ConditionField.GROUP: Text("Grupa", "Group"),
            ConditionField.SHOP_FLAG: Text("Towar dla sklepu internetowego", "Meant for the online shop"),
            ConditionField.OWN_FIELD: Text("Pole własne", "Own field"),
        },
    )
    values: tuple[str, ...] = setting(_VALUES, _ANY)
    own_field: str = setting(
        Text("Pole własne", "Own field"),
        Text("Które pole własne ma mieć jedną z wartości.", "Which own field has to hold one of the values."),
        default="",
        choice=ChoiceKind.OWN_FIELDS,
    )

    def __str__(self) -> str:
        name = f"{self.field}:{self.own_field}" if self.own_field else str(self.field)
        return f"{name} = {' | '.join(self.values)}"


class CustomerField(StrEnum):
    """What a condition looks at on a customer's card."""

    TRAIT = "trait"
    GROUP = "group"
    SHOP_FLAG = "shop-flag"
    INDUSTRY = "industry"


VALUES_OF_CUSTOMERS = {
    CustomerField.TRAIT: ChoiceKind.CUSTOMER_TRAITS,
    CustomerField.GROUP: ChoiceKind.CUSTOMER_GROUPS,
    CustomerField.INDUSTRY: ChoiceKind.INDUSTRIES,
}


@dataclass(frozen=True, slots=True)
class CustomerCondition:
    """One condition; any of `values` will do: ids from `choices`, or "yes" or "no" for the shop flag."""

    field: CustomerField = setting(
        Text("Co sprawdza", "What it looks at"),
        Text("Co w kartotece kontrahenta musi się zgadzać.", "What on the customer's card has to agree."),
        options={
            CustomerField.TRAIT: Text("Cecha", "Trait"),
            CustomerField.GROUP: Text("Grupa kontrahentów", "Group of customers"),
            CustomerField.SHOP_FLAG: Text("Kontrahent sklepu internetowego", "Customer of the online shop"),
            CustomerField.INDUSTRY: Text("Branża", "Industry"),
        },
    )
    values: tuple[str, ...] = setting(_VALUES, _ANY)

    def __str__(self) -> str:
        return f"{self.field} = {' | '.join(self.values)}"
