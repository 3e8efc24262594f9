"""A stage for exchanges: an ERP in memory that keeps an offer, the e-Sklep sandbox over HTTP, a channel between them."""

import hashlib
import itertools
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import httpx2

from pomost.connectors.erp.memory import MemoryErp
from pomost.connectors.shop.esklep import ESKLEP, EsklepSettings
from pomost.model.account import CustomerEntry, Login
from pomost.model.assortment import GroupEntry, PriceTypeEntry, ProductEntry, Vat, WarehouseEntry, Wording
from pomost.model.offer import Basis, PriceKind
from pomost.model.policy import CustomerPolicy, GoodsPolicy, GuardPolicy, Policy, PricePolicy, StockPolicy
from pomost.model.request import RunRequest
from pomost.model.subject import Area
from pomost.model.trade import (
    DiscountEntry,
    FileLink,
    FileRole,
    FilesEntry,
    PriceLine,
    PricesEntry,
    PromotionEntry,
    SetPart,
    StockLine,
    StocksEntry,
    What,
    Who,
)
from pomost.runs import offer
from pomost.runs.channel import Channel
from pomost.store.models import Channel as ChannelRow
from tests.trust import TRUST
from tests.worlds import Clock

KEY = "klucz-e-sklepu"
ROOT, DRINKS, FOOD = 100, 101, 102
RETAIL, WHOLESALE = 2, 3
MAIN, OTHER = 1, 2
OPEN_GUARD = GuardPolicy(share=Decimal(1), floor=1_000_000)
POLICY = Policy(
    goods=GoodsPolicy(enabled=True),
    prices=PricePolicy(enabled=True),
    stock=StockPolicy(enabled=True),
    customers=CustomerPolicy(enabled=True),
    guard=OPEN_GUARD,
)
SHOP = {"root_group_erp_id": str(ROOT), "default_price_type_erp_id": str(RETAIL)}
_names = itertools.count(1)


def named(name: str) -> tuple[Wording, ...]:
    return (Wording("pl", name),)


def product(key: int, **facts: Any) -> ProductEntry:
    """A sound product of the group of drinks."""
    sound = ProductEntry(
        code=f"T{key}",
        texts=named(f"Towar {key}"),
        vat=Vat(Decimal("23.00")),
        base_unit="szt.",
        default_group=DRINKS,
        groups=(DRINKS,),
        availability="1",
    )
    return replace(sound, **facts)


def prices(retail: str, wholesale: str = "", points: int = 0) -> PricesEntry:
    lines = [PriceLine(RETAIL, Decimal(retail), PriceKind.GROSS, "PLN", points)]
    if wholesale:
        lines.append(PriceLine(WHOLESALE, Decimal(wholesale), PriceKind.NET, "PLN"))
    return PricesEntry(tuple(lines))


def stocks(main: str, other: str = "0") -> StocksEntry:
    return StocksEntry(
        (StockLine(MAIN, Decimal(main), Basis.AVAILABLE), StockLine(OTHER, Decimal(other), Basis.AVAILABLE))
    )


@dataclass
class Pair:
    """One channel; `erp` may be changed between runs, the shop is looked at through its own doors."""

    url: str
    policy: Policy = POLICY
    erp: MemoryErp = field(default_factory=MemoryErp)
    clock: Clock = field(default_factory=Clock)
    name: str = field(default_factory=lambda: f"exchange {next(_names)}")
    settings: int = 1

    def __post_init__(self) -> None:
        self.door = httpx2.Client(base_url=self.url, timeout=30, verify=TRUST)
        ChannelRow.objects.create(name=self.name, company=self.name, erp="memory", shop="esklep", created=self.clock())

    def close(self) -> None:
        self.door.close()

    # --- the ERP

    def found(self, count: int = 3) -> "Pair":
        """A company with two groups, two price types, two warehouses and so many products, all of them sound."""
        self.publish(Area.GROUP, ROOT, GroupEntry("ROOT", None, named("Sklep")))
        self.publish(Area.GROUP, DRINKS, GroupEntry("NAPOJE", ROOT, named("Napoje")))
        self.publish(Area.GROUP, FOOD, GroupEntry("JEDZENIE", ROOT, named("Jedzenie")))
        self.publish(Area.PRICE_TYPE, RETAIL, PriceTypeEntry(2, "detaliczna", PriceKind.GROSS, "PLN"))
        self.publish(Area.PRICE_TYPE, WHOLESALE, PriceTypeEntry(3, "hurtowa", PriceKind.NET, "PLN"))
        self.publish(Area.WAREHOUSE, MAIN, WarehouseEntry("MAG", "Magazyn", default=True))
        self.publish(Area.WAREHOUSE, OTHER, WarehouseEntry("KRA", "Kraków"))
        for key in range(1, count + 1):
            self.sell(key)
        return self

    def sell(self, key: int, **facts: Any) -> None:
        self.publish(Area.PRODUCT, key, product(key, **facts))
        self.publish(Area.PRICES, key, prices(f"{key}.00", f"{key}.50", points=key))
        self.publish(Area.STOCKS, key, stocks(str(10 * key), str(key)))

    def drop(self, key: int) -> None:
        for area in (Area.PRODUCT, Area.PRICES, Area.STOCKS, Area.FILES):
            self.erp.published.get(area, {}).pop(key, None)

    def publish(self, area: Area, key: int, content: Any) -> None:
        label = getattr(content, "code", "") or f"{area} {key}"
        self.erp.publish(area, key, label, content)

    def discount(self, key: int, kind: int, percent: str, who: int = 0, what: int = 0) -> None:
        whom = {6: Who.CUSTOMER, 8: Who.ALL, 7: Who.ALL, 4: Who.CUSTOMER_GROUP, 2: Who.CUSTOMER}[kind]
        which = {6: What.PRODUCT, 8: What.PRODUCT, 7: What.GROUP, 4: What.PRODUCT, 2: What.ALL_PRODUCTS}[kind]
        area = Area.PUBLIC_DISCOUNT if whom is Who.ALL else Area.CUSTOMER_DISCOUNT
        self.publish(area, key, DiscountEntry(kind, whom, which, who, what, Decimal(percent)))

    def bundle(self, key: int, main: int, *parts: int) -> None:
        made = tuple(SetPart(part, Decimal(1), "szt.") for part in parts)
        self.publish(Area.PROMOTION, key, PromotionEntry(f"Z{key}", f"Zestaw {key}", main, made))

    def customer(self, key: int, **facts: Any) -> None:
        login = Login(f"k{key}@example.com", f"Klient {key}", default=True)
        self.publish(
            Area.CUSTOMER, key, replace(CustomerEntry(f"K{key}", False, (f"K {key}",), logins=(login,)), **facts)
        )

    def picture(self, product_key: int, *files: tuple[int, bytes]) -> None:
        """The whole list of a product's pictures: ids and bytes."""
        links = []
        for place, (file, data) in enumerate(files, 1):
            self.erp.stored_files[file] = data
            version = hashlib.sha256(data).hexdigest()[:12]
            links.append(
                FileLink(file, version, FileRole.IMAGE, place, f"{file}.png", "image/png", len(data), main=place == 1)
            )
        self.publish(Area.FILES, product_key, FilesEntry(tuple(links)))

    # --- runs

    def channel(self, *, erp: Any = None) -> Channel:
        shop = ESKLEP.connect(EsklepSettings(self.url, KEY))
        return Channel(self.name, self.name, self.policy, erp or self.erp, shop, self.clock, self.settings, "")

    def run(self, *, erp: Any = None, **request: Any) -> offer.Ended:
        channel = self.channel(erp=erp)
        self.door.delete("/v1/sandbox/journal")
        try:
            return offer.run(channel, RunRequest(**request))
        finally:
            channel.shop.close()

    def preview(self, **request: Any) -> offer.Ended:
        channel = self.channel()
        try:
            return offer.preview(channel, RunRequest(**request))
        finally:
            channel.shop.close()

    def approve(self, number: int | None = None) -> offer.Ended:
        channel = self.channel()
        try:
            return offer.approve(channel, number, "", "somebody", RunRequest())
        finally:
            channel.shop.close()

    # --- the shop

    def calls(self) -> dict[str, int]:
        """Calls of the last run, by `METHOD /template`."""
        return dict(self.door.get("/v1/sandbox/journal").json()["calls"])

    def state(self, area: str) -> dict[str, Any]:
        """Everything the shop holds and shows of one collection, by key."""
        held = self.door.get("/v1/sandbox/state", params={"only": area}).json()
        return dict(held[area])

    def written(self) -> dict[str, list[str]]:
        """Keys of what the last run wrote, by resource."""
        told = self.door.get("/v1/sandbox/journal").json()["entries"]
        found: dict[str, list[str]] = {}
        for entry in told:
            if entry["path"].endswith(":batch"):
                name = entry["path"].rpartition("/")[2].removesuffix(":batch")
                found.setdefault(name, []).extend("/".join(map(str, item["key"].values())) for item in entry["items"])
        return found

    def faults(self, *script: dict[str, Any]) -> None:
        self.door.put("/v1/sandbox/faults", json=list(script)).raise_for_status()

    def quote(self, product_key: int, customer: int | None = None) -> str:
        wish: dict[str, Any] = {"product_erp_id": str(product_key)}
        if customer is not None:
            wish["customer_erp_id"] = str(customer)
        answer = self.door.post("/v1/sandbox/quote", json=wish)
        answer.raise_for_status()
        return str(answer.json()["final"]["gross"])
