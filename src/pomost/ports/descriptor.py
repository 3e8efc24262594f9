"""How a connector introduces itself: its name, its settings, how to connect with them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pomost.model.text import Text
from pomost.ports.capability import ShopCapabilities
from pomost.ports.erp import ErpConnector, Focus
from pomost.ports.shop import ShopConnector

Unfit = Iterable[tuple[str, Text]]
"""Settings by name, each with what is wrong with its value."""


def nothing_unfit(settings: Any) -> Unfit:  # noqa: ARG001  (one of the signature)
    return ()


@dataclass(frozen=True, slots=True)
class ErpDescriptor:
    """`settings` is a dataclass of `setting` fields; `connect` takes an instance of it.

    `unfit`: what of an instance must not be saved. Settings that were saved before may still hold it, and connecting
    with them is refused.
    """

    name: str
    title: str
    settings: type[Any]
    connect: Callable[[Any, Focus], ErpConnector]
    unfit: Callable[[Any], Unfit] = nothing_unfit


@dataclass(frozen=True, slots=True)
class ShopDescriptor:
    """`settings` is a dataclass of `setting` fields; `connect` takes an instance of it.

    `can`: what any of its shops can do, for whoever asks before there is a connection. `prepare` tidies the section of
    a document before it is checked, e.g. takes a key out of a pasted address. `unfit` as of an ERP.
    """

    name: str
    title: str
    settings: type[Any]
    connect: Callable[[Any], ShopConnector]
    can: ShopCapabilities
    prepare: Callable[[dict[str, Any]], dict[str, Any]] = dict
    unfit: Callable[[Any], Unfit] = nothing_unfit
