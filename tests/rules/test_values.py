"""What rules answer is a value: nobody changes it afterwards, and it holds nothing that was not declared."""

import dataclasses
import importlib
import pkgutil

import pytest

import pomost.rules

WORKED_ON = {"Clients", "Scene", "_Touch"}
"""What is made for one plan and remembers what was looked up in it."""
MODULES = [importlib.import_module(f"pomost.rules.{one.name}") for one in pkgutil.iter_modules(pomost.rules.__path__)]
VALUES = [
    kind
    for module in MODULES
    for kind in vars(module).values()
    if dataclasses.is_dataclass(kind) and isinstance(kind, type) and kind.__module__ == module.__name__
]


@pytest.mark.parametrize("kind", VALUES, ids=lambda kind: kind.__qualname__)
def test_it_is_a_value(kind):
    frozen = kind.__dataclass_params__.frozen
    assert frozen is (kind.__name__ not in WORKED_ON)
    if frozen:
        assert "__slots__" in vars(kind)


def test_there_are_some():
    assert len(VALUES) > 20
