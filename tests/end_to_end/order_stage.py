"""A stage with orders: two buyers known on both sides, statuses mapped, and a clerk who works on documents."""

import sqlite3

from pomost.cli.sandbox import STATUSES
from pomost.model.change import Part
from pomost.sandbox.sfera.clerk import Clerk
from pomost.sandbox.subiekt_gt.partners import Partners
from tests.end_to_end.stage import Stage

LUNA, SOL = "5260250274", "1234563218"
ORDERS_ONLY = (Part.ORDERS, Part.STATUSES)
SECTIONS = {
    "customers": {"enabled": True, "qualification": "all"},
    "orders": {
        "enabled": True,
        "status": "new",
        "category": "2",
        "feedback": True,
        "statuses": STATUSES,
    },
}
QUICK = {"sfera_operator": "Szef", "sfera_start_seconds": 30, "sfera_call_seconds": 30, "sfera_idle_seconds": 1}


def with_traits(stage):
    """The stage's branches, told apart by customers' traits: the first of Warsaw, the second of Kraków."""
    return [one | {"customer_trait": trait} for one, trait in zip(stage.document["branches"], "12", strict=True)]


class OrderStage(Stage):
    """Buyers order what the first run offered; every card of the stage is on offer."""

    def __post_init__(self):
        super().__post_init__()
        self.people = Partners(self.company.engine)
        self.customers = {}
        for name, nip, street in (("LUNA", LUNA, "Długa"), ("SOL", SOL, "Krótka")):
            self.people.add(name, nip=nip, city="Warszawa", street=street, house="1")
            self.customers[name] = self.buyer(nip, street)
        self.document["erp"] |= QUICK
        self.save(**SECTIONS)

    def buyer(self, nip, street, house="1", city="Warszawa", **facts):
        """A customer of the shop; gives its id."""
        place = {"street": street, "house_number": house, "city": city}
        return self.shop.owner("add_customer", nip=nip, name=f"Bar {street}", **place, **facts)["id"]

    def place(self, *lines, buyer="LUNA", branch="MAG", snapshot=None, **facts):
        """An order of (card's number, quantity) lines, with other fields of a line if given; gives id and number."""
        wanted = [
            {"product_id": self.shop.product_id(line[0]), "quantity": line[1], **(line[2] if len(line) > 2 else {})}
            for line in lines or ((1, 3),)
        ]
        place = {"branch_id": self.shop.branch_id(branch), "customer_id": self.customers.get(buyer, buyer)}
        return self.shop.owner("place_order", **place, lines=wanted, buyer=snapshot, **facts)

    def order(self, order_id):
        return self.shop.state()["orders"][order_id]

    def clerk(self):
        return Clerk(self.database)

    def documents(self):
        """Every ZK of the company: original number, number, customer, status, warehouse, category, net and gross."""
        columns = "dok_NrPelnyOryg, dok_NrPelny, dok_PlatnikId, dok_Status, dok_MagId, dok_KatId, dok_WartNetto"
        with sqlite3.connect(self.database) as connection:
            connection.row_factory = sqlite3.Row
            rows = connection.execute(
                f"SELECT dok_Id AS id, {columns}, dok_WartBrutto, dok_Uwagi FROM dok__Dokument"
                " WHERE dok_Typ = 16 ORDER BY dok_Id"
            )
            return [dict(row) for row in rows]

    def originals(self):
        return [row["dok_NrPelnyOryg"] for row in self.documents()]

    def lines(self, document_id):
        """Symbol, quantity, unit, price and values of a document's lines, in their order."""
        with sqlite3.connect(self.database) as connection:
            return connection.execute(
                "SELECT tw_Symbol, ob_Ilosc, ob_Jm, ob_CenaNetto, ob_WartNetto, ob_WartBrutto FROM dok_Pozycja"
                " JOIN tw__Towar ON tw_Id = ob_TowId WHERE ob_DokHanId = ? ORDER BY ob_DokHanLp",
                (document_id,),
            ).fetchall()

    def told(self):
        """Requests about orders since this was last asked: (path's end, items)."""
        return [(post["path"], post["items"]) for post in self.shop.posts() if "order" in post["path"]]

    def order_reasons(self):
        """The inbox about orders: number -> reasons."""
        return {name: reasons for name, reasons in self.reasons().items() if name.startswith("ZAM/")}
