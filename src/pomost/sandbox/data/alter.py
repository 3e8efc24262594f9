"""Building blocks of troublesome cases: what is changed on something sound."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

Thing = TypeVar("Thing")


def sets(**values: Any) -> Callable[[Thing, int], Thing]:
    """The same values on every troubled thing, a dataclass; a list is gone through in turn by the thing's number."""

    def change(thing: Thing, number: int) -> Thing:
        chosen = {
            name: value[number % len(value)] if isinstance(value, list) else value for name, value in values.items()
        }
        # No bound of a type variable means "any dataclass".
        return replace(thing, **chosen)  # type: ignore[type-var]

    return change
