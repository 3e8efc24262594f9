"""The shop with its owner's hand: the catalogue, the customers, the orders and the panel."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import msgspec

from pomost.sandbox.mstore.branches import create_branch
from pomost.sandbox.mstore.conduct import Conduct
from pomost.sandbox.mstore.fields import CENT, money
from pomost.sandbox.mstore.gtin import GTIN_LENGTHS, gtin14
from pomost.sandbox.mstore.offers import write_offer
from pomost.sandbox.mstore.orders import put_status
from pomost.sandbox.mstore.records import (
    Branch,
    Buyer,
    Customer,
    Delivery,
    Deposit,
    Licence,
    Offer,
    Order,
    OrderLine,
    Pack,
    Payment,
    Product,
    Region,
    SalesUnit,
    Stock,
    UnitType,
)
from pomost.sandbox.mstore.stocks import write_stock

Packs = Iterable[Sequence[Any]]
HUNDRED = Decimal(100)


class Shop(Conduct):
    def add_product(
        self,
        ean: str,
        name: str,
        packs: Packs = (("PCE", 1),),
        *,
        requires_licence: str | None = None,
        deposit: Mapping[str, str] | None = None,
    ) -> Product:
        if not ean.isdigit() or len(ean) not in GTIN_LENGTHS:
            raise ValueError(f"{ean!r} is no EAN")
        with self.writing() as now:
            product = Product(
                id=self.next_id("pr"),
                ean=ean,
                gtin14=gtin14(ean),
                name=name,
                sales_units=self._sales_units((), packs),
                requires_licence=requires_licence,
                deposit=_deposit(deposit),
                updated_at=now,
                version=self.next_version(),
            )
            self._keep_product(product)
        return product

    def change_product(self, product_id: str, **changes: Any) -> Product:
        """Change `ean`, `name`, `packs`, `requires_licence` or `deposit`; packs that stay keep their ids."""
        with self.writing() as now:
            product = self.product(product_id)
            if "ean" in changes:
                changes["gtin14"] = gtin14(changes["ean"])
            if "packs" in changes:
                changes["sales_units"] = self._sales_units(product.sales_units, changes.pop("packs"))
            if "deposit" in changes:
                changes["deposit"] = _deposit(changes["deposit"])
            product = msgspec.structs.replace(product, **changes, updated_at=now, version=self.next_version())
            self._keep_product(product)
        return product

    def remove_product(self, product_id: str) -> None:
        """A product taken out of the catalogue takes its offer and its stocks along."""
        with self.writing() as now:
            self.product(product_id)
            if product_id in self.offers:
                self.offers.remove(product_id, now)
            for stocks in self.stocks.values():
                if product_id in stocks:
                    stocks.remove(product_id, now)
            self.products.remove(product_id, now)

    def add_region(self, region_id: str, name: str) -> Region:
        with self.writing() as now:
            region = Region(region_id, name)
            self.regions.put(region_id, region, now)
        return region

    def add_unit_type(self, symbol: str, name: str) -> UnitType:
        with self.writing() as now:
            unit_type = UnitType(symbol, name, default=False)
            self.unit_types.put(symbol, unit_type, now)
        return unit_type

    def add_branch(self, external_id: str, name: str, **fields: Any) -> Branch:
        with self.writing() as now:
            return create_branch(self, now, {"external_id": external_id, "name": name, **fields})

    def add_customer(self, nip: str, *, licences: Iterable[Mapping[str, Any]] = (), **fields: Any) -> Customer:
        with self.writing() as now:
            address = {name: fields.pop(name, None) for name in _CUSTOMER_FIELDS}
            if fields:
                raise ValueError(f"a customer has no {', '.join(sorted(fields))}")
            customer = Customer(
                id=self.next_id("cu"),
                nip=nip,
                licences=tuple(Licence(**licence) for licence in licences),
                updated_at=now,
                version=self.next_version(),
                **address,
            )
            self._keep_customer(customer)
        return customer

    def change_customer(self, customer_id: str, **changes: Any) -> Customer:
        with self.writing() as now:
            if "licences" in changes:
                changes["licences"] = tuple(Licence(**licence) for licence in changes["licences"])
            customer = msgspec.structs.replace(
                self.customer(customer_id), **changes, updated_at=now, version=self.next_version()
            )
            self._keep_customer(customer)
        return customer

    def remove_customer(self, customer_id: str) -> None:
        with self.writing() as now:
            self.customer(customer_id)
            if customer_id in self.assignments:
                self.assignments.remove(customer_id, now)
            self.customers.remove(customer_id, now)

    def place_order(
        self,
        branch_id: str,
        customer_id: str,
        lines: Iterable[Mapping[str, Any]],
        *,
        number: str | None = None,
        status: str = "new",
        remarks: str | None = None,
        delivery: Mapping[str, Any] | None = None,
        payment: Mapping[str, Any] | None = None,
        currency: str = "PLN",
        buyer: Mapping[str, Any] | None = None,
    ) -> Order:
        """An order for `{"product_id", "quantity"}` lines at the offers' terms; other fields of a line override them.

        `buyer` overrides parts of the snapshot. Nothing is checked here: what is ordered may be as odd as it likes.
        """
        with self.writing() as now:
            customer = self.customer(customer_id)
            made = tuple(self._line(index, line) for index, line in enumerate(lines, start=1))
            snapshot = {name: getattr(customer, name) for name in Buyer.__struct_fields__} | dict(buyer or {})
            place = self.next_number("or")
            order_id = self.id_form.format("or", place)
            order = Order(
                id=order_id,
                number=number or f"ZAM/{place:06d}",
                status=self.statuses()[status].code,
                branch_id=self.branch(branch_id).id,
                customer_id=customer_id,
                buyer=Buyer(**snapshot),
                delivery=None if delivery is None else Delivery(**delivery),
                payment=None if payment is None else Payment(**payment),
                remarks=remarks,
                currency=currency,
                **_totals(made),
                placed_at=now,
                updated_at=now,
                version=self.next_version(),
                acknowledgement=None,
                lines=made,
            )
            self.orders.put(order_id, order, now)
        return order

    def change_order(self, order_id: str, lines: Iterable[Mapping[str, Any]]) -> Order:
        """The buyer has the lines of an order changed."""
        with self.writing() as now:
            made = tuple(self._line(index, line) for index, line in enumerate(lines, start=1))
            order = msgspec.structs.replace(
                self.order(order_id), lines=made, **_totals(made), updated_at=now, version=self.next_version()
            )
            self.orders.put(order_id, order, now)
        return order

    def set_order_status(self, order_id: str, status: str) -> Order:
        """A change by hand in the panel, which asks for no allowed transition."""
        with self.writing() as now:
            return put_status(self, now, self.order(order_id), {"status": self.statuses()[status].code})

    def hide_in_panel(self, branch_id: str, product_id: str, *, visible: bool = False) -> Stock:
        with self.writing() as now:
            fields = {"visible": visible}
            if product_id not in self.stocks[self.branch(branch_id).id]:
                return write_stock(self, now, branch_id, product_id, {"quantity": 0, **fields})
            return write_stock(self, now, branch_id, product_id, fields)

    def set_stock_in_panel(self, branch_id: str, product_id: str, quantity: int) -> Stock:
        with self.writing() as now:
            return write_stock(self, now, branch_id, product_id, {"quantity": quantity})

    def set_price_in_panel(self, product_id: str, price: str, price_kind: str | None = None) -> Offer:
        fields = {"price": price} if price_kind is None else {"price": price, "price_kind": price_kind}
        return self.change_offer_in_panel(product_id, **fields)

    def change_offer_in_panel(self, product_id: str, **fields: Any) -> Offer:
        with self.writing() as now:
            return write_offer(self, now, product_id, fields, by="panel")

    def _keep_product(self, product: Product) -> None:
        self.products.put(product.id, product, product.updated_at)
        self.by_gtin.setdefault(product.gtin14, set()).add(product.id)

    def _keep_customer(self, customer: Customer) -> None:
        self.customers.put(customer.id, customer, customer.updated_at)
        self.by_nip.setdefault(customer.nip, set()).add(customer.id)

    def _sales_units(self, known: tuple[SalesUnit, ...], packs: Packs) -> tuple[SalesUnit, ...]:
        kept = {(unit.type, unit.multiplier): unit for unit in known}
        units: dict[tuple[str, int], SalesUnit] = {}
        for symbol, multiplier in packs:
            pack = (str(symbol), int(multiplier))
            if pack[1] < 1 or (pack[0] == "PCE" and pack[1] != 1) or pack in units:
                raise ValueError(f"{pack} is no pack, or is there twice")
            units[pack] = kept.get(pack) or SalesUnit(self.next_id("su"), *pack, self._label(*pack))
        return tuple(units.values())

    def _label(self, symbol: str, multiplier: int) -> str:
        unit_type = self.unit_types.get(symbol)
        name = unit_type.name if unit_type else symbol
        return name if multiplier == 1 else f"{name} {multiplier} szt."

    def _line(self, index: int, wanted: Mapping[str, Any]) -> OrderLine:
        product = self.product(wanted["product_id"])
        offer = self.offers.get(product.id)
        if offer is None:
            raise ValueError(f"{product.id} has no offer")
        price = money(wanted["unit_price"]) if "unit_price" in wanted else offer.price
        kind = wanted.get("price_kind", offer.price_kind)
        if price is None or kind is None:
            raise ValueError(f"{product.id} has no price")
        quantity = int(wanted["quantity"])
        vat_rate = wanted.get("vat_rate", offer.vat_rate)
        unit = Pack(**wanted["sales_unit"]) if "sales_unit" in wanted else offer.sales_unit
        net, gross = _amounts(price * quantity, kind, vat_rate)
        pieces = unit.multiplier * quantity
        return OrderLine(
            line_id=str(index),
            product_id=product.id,
            ean=wanted.get("ean", product.ean),
            distributor_sku=wanted.get("distributor_sku", offer.distributor_sku),
            name=product.name,
            sales_unit=unit,
            quantity=quantity,
            unit_price=price,
            price_kind=kind,
            vat_rate=vat_rate,
            line_net=net,
            line_vat=gross - net,
            line_gross=gross,
            # Deposits are shown beside the totals and not within them: they are no part of the tax base.
            deposit_total=product.deposit.amount * pieces if product.deposit else None,
        )


_CUSTOMER_FIELDS = ("name", "street", "house_number", "flat_number", "postal_code", "city")


def _totals(lines: Iterable[OrderLine]) -> dict[str, Decimal]:
    parts = {"total_net": "line_net", "total_vat": "line_vat", "total_gross": "line_gross"}
    return {whole: sum((getattr(line, part) for line in lines), Decimal("0.00")) for whole, part in parts.items()}


def _deposit(given: Mapping[str, str] | None) -> Deposit | None:
    return None if given is None else Deposit(money(given["amount"]), given["kind"])


def _amounts(value: Decimal, kind: str, vat_rate: str) -> tuple[Decimal, Decimal]:
    """Net and gross of a line; `zw`, `np` and `oo` bear no tax."""
    rate = Decimal(vat_rate) if vat_rate.isdigit() else Decimal(0)
    if kind == "net":
        return value, value + (value * rate / HUNDRED).quantize(CENT, ROUND_HALF_UP)
    return value - (value * rate / (HUNDRED + rate)).quantize(CENT, ROUND_HALF_UP), value
