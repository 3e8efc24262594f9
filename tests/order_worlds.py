"""Small made-up worlds with orders: buyers, a shop that takes orders, an ERP that makes documents, both in memory."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from pomost.model.branch import Address
from pomost.model.customer import CustomerCard
from pomost.model.offer import PriceKind
from pomost.model.order import Buyer, Order, OrderLine, Stage
from pomost.model.order_policy import OrderPolicy
from pomost.model.setting import Choice, ChoiceKind
from tests.worlds import LISTS, PIECE, POLICY, World, ean

NIP = "1234563218"
SEAT = Address("Jutrzenki", "116", "", "02-230", "Warszawa")
MAPPING = {
    Stage.RESERVED: "accepted",
    Stage.PARTLY: "in_progress",
    Stage.REALISED: "completed",
    Stage.DISPATCHED: "completed",
    Stage.RECEIPT: "completed",
    Stage.INVOICED: "completed",
    Stage.DELETED: "cancelled",
}
ORDERING = OrderPolicy(enabled=True, status="new", feedback=True, statuses=MAPPING)
ORDER_LISTS = {
    **LISTS,
    ChoiceKind.CATEGORIES: [Choice("2", "Mstore")],
    ChoiceKind.CURRENCIES: [Choice("PLN", "PLN")],
    ChoiceKind.VAT_RATES: [Choice(one, one) for one in ("23", "8", "5", "0", "zw")],
}
CUSTOMER, KEY = "c1", 7


def order_line(number=1, quantity=3, unit=PIECE, price="2.50", **facts):
    net = Decimal(price) * quantity
    tax = (net * 23 / 100).quantize(Decimal("0.01"))
    made = OrderLine(
        f"l{number}", f"p{number}", ean(number), f"S{number}", f"Towar {number}", unit, quantity, Decimal(price),
        PriceKind.NET, "23", net, tax, net + tax,
    )  # fmt: skip
    return replace(made, **facts)


class Recognised:
    """Customers recognised so far, in place of the shelf that remembers whom a run recognised."""

    def __init__(self, known):
        self.known = known

    def erp_customers(self, customers):
        return {one: self.known[one] for one in customers if one in self.known}

    def __getattr__(self, name):
        return {"standing": lambda: 0, "in_doubt": list}[name]


@dataclass
class OrderWorld(World):
    """A world that also carries orders; goods are synchronised too."""

    customers: dict = field(default_factory=lambda: {CUSTOMER: KEY})
    placed: int = 0

    def __post_init__(self):
        super().__post_init__()
        self.erp.lists = ORDER_LISTS
        self.erp.meet(CustomerCard(KEY, "BAR", "Bar Luna", NIP, SEAT))
        if not self.policy.orders.enabled:
            self.policy = replace(POLICY, orders=ORDERING)

    def channel(self, *, erp=None, shop=None):
        made = super().channel(erp=erp, shop=shop)
        object.__setattr__(made, "assignments", Recognised(self.customers))
        return made

    def ordering(self, **settings):
        """Change settings of orders."""
        self.policy = replace(self.policy, orders=replace(self.policy.orders, **settings))

    def place(self, *lines, **facts):
        """A buyer orders; without lines, three pieces of product 1."""
        self.placed += 1
        lines = lines or (order_line(),)
        now = self.clock()
        made = Order(
            id=f"o{self.placed}",
            number=f"ZAM/{self.placed:06}",
            status="new",
            branch="MAG",
            customer_id=CUSTOMER,
            buyer=Buyer(NIP, "Bar Luna", SEAT),
            currency="PLN",
            net=sum((one.net for one in lines), Decimal(0)),
            tax=sum((one.tax for one in lines), Decimal(0)),
            gross=sum((one.gross for one in lines), Decimal(0)),
            placed_at=now,
            updated_at=now,
            version="",
            lines=lines,
        )
        made = replace(made, **facts)
        self.shop.basket.put(made)
        return made.id

    def documents(self):
        """Original numbers of all documents in the ERP."""
        return [draft.original_number for draft in self.erp.documents.drafts.values()]

    def document_of(self, order_id):
        number = self.shop.basket.held[order_id].number
        return next(key for key, draft in self.erp.documents.drafts.items() if draft.number == number)

    def status(self, order_id):
        return self.shop.basket.held[order_id].status

    def told(self, order_id):
        return self.shop.basket.held[order_id].acknowledged

    def reasons(self):
        """The inbox about orders: number -> reasons."""
        found = {}
        for item in self.channel().inbox.items():
            if item.area == "order":
                found.setdefault(item.symbol, []).extend(str(one.reason) for one in item.findings)
        return found
