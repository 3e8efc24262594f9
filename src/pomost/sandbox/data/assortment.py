"""Assortment of the sandbox: what the shop's catalogue lists and what the wholesaler may have on its shelves."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any

from pomost.sandbox.data.draw import draw
from pomost.sandbox.data.gtin import fourteen
from pomost.sandbox.data.invented import IN_SHOP
from pomost.sandbox.data.kinds import Kind, kind_of

Pack = tuple[str, int]

PIECE: Pack = ("PCE", 1)
_PER_MILLE = 1000
# Shares of the real products, per mille of a number drawn from the code: who lists the product at all, ...
_ONLY_ERP = 55
_ONLY_SHOP = 85
# ... and which of the shop's products are sold in packs alone.
_NO_PIECE = 60
_TWINS = 6


@dataclass(frozen=True, slots=True)
class Product:
    """A product both sides may know: its code, its name and everything the sandbox made up about it."""

    ean: str
    name: str
    kind: Kind
    packs: tuple[Pack, ...]
    """What the shop offers, the piece included; empty when the shop does not list the product."""
    in_erp: bool

    @property
    def in_shop(self) -> bool:
        return bool(self.packs)

    def pack_sizes(self, unit: str) -> list[int]:
        return [multiplier for kind, multiplier in self.packs if kind == unit]


def _packs(ean: str, kind: Kind) -> tuple[Pack, ...]:
    packs = kind.packs[draw(ean, "packs") % len(kind.packs)]
    if packs and draw(ean, "piece") % _PER_MILLE < _NO_PIECE:
        return packs
    return (PIECE, *packs)


def _product(ean: str, name: str) -> Product:
    kind = kind_of(name)
    share = draw(ean, "share") % _PER_MILLE
    in_shop, in_erp = share >= _ONLY_ERP, not _ONLY_ERP <= share < _ONLY_SHOP
    return Product(ean, name, kind, _packs(ean, kind) if in_shop else (), in_erp)


@cache
def products() -> tuple[Product, ...]:
    """The real products, in the order of their codes."""
    text = files("pomost.sandbox.data").joinpath("products-590.csv").read_text(encoding="utf-8")
    return tuple(_product(row["ean"], row["name"]) for row in csv.DictReader(StringIO(text)))


@cache
def invented() -> tuple[Product, ...]:
    """The made-up products; all of them stand in the shop."""
    return tuple(
        Product(item.ean, item.name, kind_of(item.name), (PIECE, *item.packs), in_erp=True) for item in IN_SHOP
    )


@cache
def _numbers() -> dict[str, int]:
    return {product.ean: number for number, product in enumerate((*products(), *invented()), 1)}


def symbol_of(product: Product) -> str:
    """What a wholesaler calls the product, the same in every ERP of the sandbox."""
    return f"{product.kind.prefix}{_numbers()[product.ean]:05}"


@cache
def twins() -> tuple[Product, ...]:
    """Products whose code the shop lists a second time, under another name."""
    listed = [product for product in products() if product.in_erp and PIECE in product.packs]
    return tuple(sorted(listed, key=lambda product: draw(product.ean, "twin"))[:_TWINS])


def _entry(product: Product, name: str) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "ean": product.ean,
        "name": name,
        "sales_units": [{"type": unit, "multiplier": multiplier} for unit, multiplier in product.packs],
    }
    if product.kind.licence:
        entry["requires_licence"] = product.kind.licence
    if product.kind.deposit:
        amount, kind = product.kind.deposit
        entry["deposit"] = {"amount": amount, "kind": kind}
    return entry


def catalogue() -> list[dict[str, Any]]:
    """The shop's catalogue; fresh dictionaries at every call, the same contents."""
    listed = [product for product in (*products(), *invented()) if product.in_shop]
    return [
        *(_entry(product, product.name) for product in listed),
        *(_entry(product, f"{product.name} (nowa etykieta)") for product in twins()),
    ]


@cache
def by_gtin() -> dict[str, Product]:
    """Products of the shop by their number in its longest form."""
    return {fourteen(product.ean): product for product in (*products(), *invented()) if product.in_shop}
