"""A condition as a row of a form: what it looks at decides how its values are chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pomost.model.conditions import VALUES_OF_CARDS, VALUES_OF_CUSTOMERS, ConditionField, CustomerField
from pomost.model.setting import ChoiceKind
from pomost.model.text import Text
from pomost.panel.forms.fields import Input, Kind, Option, inputs

_YES_NO = (Option("yes", Text("tak", "yes")), Option("no", Text("nie", "no")))


@dataclass(frozen=True, slots=True)
class Row:
    """`path` is the list's; `number` the row's place in it, or a mark for a row that is not there yet."""

    path: str
    number: str
    what: Input
    values: Input
    own_field: Input | None

    @property
    def section(self) -> str:
        return self.path.partition(".")[0]


def row(declared: type[Any], path: str, number: str, held: Mapping[str, Any]) -> Row:
    """The row for what a document holds of one condition."""
    return arranged(inputs(declared, f"{path}.{number}", held))


def arranged(fields: tuple[Input, ...]) -> Row:
    """The fields of one condition, each as what it looks at asks for."""
    by_name = {one.name: one for one in fields}
    what, values = by_name["field"], by_name["values"]
    if not what.value:
        what = replace(what, value=what.options[0].value)
    cards = "own_field" in by_name
    lists: Mapping[Any, ChoiceKind] = VALUES_OF_CARDS if cards else VALUES_OF_CUSTOMERS
    if what.value in lists:
        values = replace(values, kind=Kind.SOME_LISTED, choice=lists[what.value])
    elif what.value in {ConditionField.SHOP_FLAG, CustomerField.SHOP_FLAG}:
        values = replace(values, kind=Kind.ONE_OF, options=_YES_NO, value=(values.value or ["yes"])[0])
    own = by_name["own_field"] if cards and what.value == ConditionField.OWN_FIELD else None
    path, _, number = what.path.rpartition(".")[0].rpartition(".")
    return Row(path, number, what, values, own)
