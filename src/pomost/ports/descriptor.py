"""How a connector introduces itself: its name, its settings, how to connect with them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pomost.ports.capability import ShopCapabilities
from pomost.ports.erp import ErpConnector, Focus
from pomost.ports.shop import ShopConnector


@dataclass(frozen=True, slots=True)
class ErpDescriptor:
    """`settings` is a dataclass of `setting` fields; `connect` takes an instance of it."""

    name: str
    title: str
    settings: type[Any]
    connect: Callable[[Any, Focus], ErpConnector]


@dataclass(frozen=True, slots=True)
class ShopDescriptor:
    """`settings` is a dataclass of `setting` fields; `connect` takes an instance of it.

    `can`: what any of its shops can do, for whoever asks before there is a connection. `prepare` tidies the section of
    a document before it is checked, e.g. takes a key out of a pasted address.
    """

    name: str
    title: str
    settings: type[Any]
    connect: Callable[[Any], ShopConnector]
    can: ShopCapabilities
    prepare: Callable[[dict[str, Any]], dict[str, Any]] = dict
