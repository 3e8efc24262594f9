"""The areas of entries of one shop: which statements each is read by, and what becomes of their rows."""

from collections.abc import Callable, Mapping

from pomost.connectors.erp.optima.company import Company
from pomost.connectors.erp.optima.sources import Item, Listed, Source, Streamed, beside_alone
from pomost.connectors.erp.optima.sql import files, goods, lists, parties, tables, trade
from pomost.connectors.erp.optima.translation import files as of_files
from pomost.connectors.erp.optima.translation import goods as of_goods
from pomost.connectors.erp.optima.translation import groups as of_groups
from pomost.connectors.erp.optima.translation import parties as of_parties
from pomost.connectors.erp.optima.translation import trade as of_trade
from pomost.connectors.erp.optima.translation.values import SIDES, Languages, Row, as_kept, text
from pomost.model.assortment import (
    AttributeEntry,
    AttributeFormat,
    AttributeSubject,
    PriceTypeEntry,
    WarehouseEntry,
)
from pomost.model.offer import PriceKind
from pomost.model.reason import Reason
from pomost.model.subject import Area
from pomost.model.text import Text
from pomost.ports.fault import Refused
from pomost.transport.disk import Barred, Shape
from pomost.transport.prints import grouped

_SUBJECTS = {1: AttributeSubject.PRODUCT, 2: AttributeSubject.CUSTOMER, 4: AttributeSubject.ORDER}
"""DeA_Typ."""


class Areas:
    """Sources of every area, made when first asked for."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self._languages = Languages(company.settings.languages)
        self._made: dict[Area, Source] = {}

    def __getitem__(self, area: Area) -> Source:
        if area not in self._made:
            make: dict[Area, Callable[[], Source]] = {
                Area.PRICE_TYPE: lambda: Listed(self._price_types),
                Area.WAREHOUSE: lambda: Listed(self._warehouses),
                Area.ATTRIBUTE: lambda: Listed(self._attributes),
                Area.GROUP: lambda: Listed(self._groups),
                Area.PRODUCT: self._products,
                Area.PRICES: self._prices,
                Area.STOCKS: self._stocks,
                Area.FILES: self._files,
                Area.CUSTOMER_DISCOUNT: lambda: self._discounts(of_customers=True),
                Area.PUBLIC_DISCOUNT: lambda: self._discounts(of_customers=False),
                Area.PROMOTION: self._promotions,
                Area.CUSTOMER: self._customers,
            }
            self._made[area] = make[area]()
        return self._made[area]

    # Lists

    def _levels(self) -> dict[int, Row]:
        return {int(row[0]): row for row in self._company.reader.rows(lists.price_levels())}

    def _currencies(self) -> dict[int, str]:
        return {key: text(row[3]) or "PLN" for key, row in self._levels().items()}

    def _price_types(self) -> Mapping[int, Item]:
        found = {}
        for key, row in self._levels().items():
            _, position, name, currency, side = row
            basis = SIDES.get(side, PriceKind.GROSS)
            entry = PriceTypeEntry(int(position), text(name), basis, text(currency) or "PLN")
            found[key] = Item(text(name), entry, tuple(row))
        return found

    def _warehouses(self) -> Mapping[int, Item]:
        """Those the shop is sent stock from; the first is the default one."""
        chosen = self._company.warehouses()
        found = {}
        for row in self._company.reader.rows(lists.warehouses()):
            key, symbol, name = row
            if key in chosen:
                default = key == chosen[0]
                entry = WarehouseEntry(text(symbol), text(name) or text(symbol), default)
                found[int(key)] = Item(text(symbol), entry, (*row, default))
        return found

    def _attributes(self) -> Mapping[int, Item]:
        reader = self._company.reader
        values = dict(grouped(reader.stream(lists.attribute_values())))
        found = {}
        for row in reader.rows(lists.attributes()):
            key, symbol, name, kind, form = row
            listed = tuple(dict.fromkeys(text(one[1]) for one in values.get(key, ()) if text(one[1])))
            known = of_goods.FORMATS.get(form, AttributeFormat.UNKNOWN)
            entry = AttributeEntry(
                text(symbol),
                text(name) or text(symbol),
                _SUBJECTS[kind],
                known,
                listed if known is AttributeFormat.LIST else (),
            )
            found[int(key)] = Item(text(symbol), entry, (*row, values.get(key, ())))
        return found

    def _groups(self) -> Mapping[int, Item]:
        """The whole tree; meant for the shop is what hangs below its root, and what hangs nowhere because of a ring."""
        company, reader = self._company, self._company.reader
        rows = reader.rows(goods.groups())
        root = company.station.root
        branches = of_groups.tree(rows, root)
        if not branches:
            raise Refused(
                Text(
                    "Grupy głównej e-Sklepu (nr {root}) nie ma w drzewie grup towarowych.",
                    "The shop's root group (no. {root}) is not in the tree of product groups.",
                ).fill(root=root),
                Text(
                    "Wskaż grupę w konfiguracji stanowiska e-Sklep w Optimie.",
                    "Choose a group in the shop's configuration in Optima.",
                ),
            )
        rings = of_groups.in_rings(rows) - branches.keys()
        spoken = reader.stream(goods.group_texts(company.station.id)) if company.extras.group_texts else iter(())
        texts = dict(grouped(spoken))
        found = {}
        for row in rows:
            key = int(row[0])
            branch = branches.get(key)
            if key in found or (branch is not None and branch.row is not row):
                continue
            parent = int(row[1]) if branch is None else branch.parent
            entry, findings = of_groups.group(row, parent, texts.get(key, ()), self._languages)
            trouble = () if branch is None else branch.trouble
            told = [one.facts for one in trouble]
            raw = (tuple(row), parent, texts.get(key, ()), told, company.settings.languages)
            meant = branch is not None or key in rings
            found[key] = Item(text(row[2]), entry, raw, meant, (*trouble, *findings))
        return found

    # Streams

    def _products(self) -> Streamed:
        shop, extras, languages = self._company.station.id, self._company.extras, self._languages
        return Streamed(
            self._company.reader,
            leading=lambda *, keys: goods.cards(shop, keys=keys),
            beside=lambda *, keys: goods.beside_cards(shop, extras, keys=keys),
            told=lambda row, groups: of_goods.product(row, groups, languages),
            depends=self._company.settings.languages,
            meant=_is_shown,
            labelled=tables.TOWARY.c.Twr_Kod,
            also=tables.TOWARY.c.Twr_EAN,
            key=tables.TOWARY.c.Twr_TwrId,
        )

    def _prices(self) -> Streamed:
        shop, currencies = self._company.station.id, self._currencies()
        return Streamed(
            self._company.reader,
            leading=lambda *, keys: goods.products(shop, keys=keys),
            beside=lambda *, keys: (goods.prices(shop, list(currencies), keys=keys),),
            told=lambda _, groups: of_goods.prices(groups[0], currencies),
            depends=currencies,
            meant=_is_shown,
            printed=beside_alone,
            labelled=tables.TOWARY.c.Twr_Kod,
            also=tables.TOWARY.c.Twr_EAN,
            key=tables.TOWARY.c.Twr_TwrId,
        )

    def _stocks(self) -> Streamed:
        company = self._company
        shop, houses, reserved = company.station.id, tuple(company.warehouses()), not company.on_hand()
        return Streamed(
            company.reader,
            leading=lambda *, keys: goods.products(shop, goods=True, keys=keys),
            beside=lambda *, keys: (goods.stock(shop, houses, reserved=reserved, keys=keys),),
            told=lambda _, groups: (of_goods.stocks(groups[0], houses, reserved=reserved), ()),
            depends=(houses, reserved),
            meant=lambda row: _is_shown(row) and row[2] == tables.GOODS,
            printed=beside_alone,
            given=lambda: {"until": company.midnight()},
            labelled=tables.TOWARY.c.Twr_Kod,
            also=tables.TOWARY.c.Twr_EAN,
            key=tables.TOWARY.c.Twr_TwrId,
        )

    def _files(self) -> Streamed:
        shop, extras, languages = self._company.station.id, self._company.extras, self._languages
        return Streamed(
            self._company.reader,
            leading=lambda *, keys: goods.products(shop, keys=keys),
            beside=lambda *, keys: (files.links(shop, extras, keys=keys),),
            told=lambda _, groups: of_files.files(groups[0], self._on_disk(groups[0]), languages),
            depends=self._company.settings.languages,
            meant=_is_shown,
            printed=lambda _, groups: (groups[0], sorted(self._on_disk(groups[0]).items())),
            needs_rows=True,
            labelled=tables.TOWARY.c.Twr_Kod,
            also=tables.TOWARY.c.Twr_EAN,
            key=tables.TOWARY.c.Twr_TwrId,
        )

    def _on_disk(self, rows: tuple[Row, ...]) -> dict[int, Shape | Reason]:
        """Of links whose bytes are on a disk: what is found there, or why it is not."""
        return {int(row[1]): self._shape(as_kept(row[7])) for row in rows if of_files.is_on_disk(row)}

    def _shape(self, path: str) -> Shape | Reason:
        try:
            return self._company.folders.shape(path)
        except Barred:
            return Reason.FILE_NOT_ALLOWED
        except OSError:
            return Reason.FILE_NOT_ON_DISK

    def _discounts(self, *, of_customers: bool) -> Streamed:
        company = self._company
        return Streamed(
            company.reader,
            leading=lambda *, keys: trade.discounts(of_customers=of_customers, today=company.today(), keys=keys),
            told=lambda row, _: of_trade.discount(row, company.today()),
            meant=lambda row: of_trade.is_meant(row, company.today()),
            labelled=tables.RABATY.c.Rab_Opis,
            key=tables.RABATY.c.Rab_RabId,
        )

    def _promotions(self) -> Streamed:
        company = self._company
        return Streamed(
            company.reader,
            leading=lambda *, keys: trade.sets(today=company.today(), keys=keys),
            beside=lambda *, keys: (trade.parts(keys=keys),),
            told=lambda row, groups: of_trade.promotion(row, groups[0], company.today()),
            meant=lambda row: of_trade.is_set_meant(row, company.today()),
            labelled=tables.ZESTAWY.c.ZTw_Kod,
            key=tables.ZESTAWY.c.ZTw_ZTwId,
        )

    def _customers(self) -> Streamed:
        company = self._company
        shop, extras, zone = company.station.id, company.extras, company.zone
        return Streamed(
            company.reader,
            leading=lambda *, keys: parties.customers(shop, keys=keys),
            beside=lambda *, keys: parties.beside_customers(shop, extras, keys=keys),
            told=lambda row, groups: of_parties.customer(row, groups, zone),
            depends=zone.key,
            meant=lambda row: of_parties.is_published(row[1], row[2]),
            labelled=tables.KONTRAHENCI.c.Knt_Kod,
            key=tables.KONTRAHENCI.c.Knt_KntId,
        )


def _is_shown(row: Row) -> bool:
    return of_goods.is_shown(row[3], row[4])
