"""A stage for the second pair: the Optima sandbox company, the e-Sklep sandbox over HTTP, and Pomost between them."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2

from pomost.app import Pomost, RunReport, open_pomost
from pomost.model.request import RunRequest
from pomost.sandbox.optima.company import RETAIL, SHOP
from pomost.sandbox.optima.groups import ROOTS
from pomost.sandbox.optima.sandbox import OptimaSandbox
from tests.trust import TRUST

KEY = "klucz-e-sklepu"
CHANNEL = "optima"
SETTINGS = {"root_group_erp_id": str(ROOTS[SHOP]), "default_price_type_erp_id": str(RETAIL.key)}


def document(company: Path, url: str) -> dict[str, Any]:
    """Everything switched on; what goes where is the ERP's own configuration."""
    return {
        "channel": {"name": CHANNEL, "company": "Hurtownia Pod Mostem", "erp": "optima", "shop": "esklep"},
        "erp": {"driver": "sqlite", "database": str(company), "station": str(SHOP)},
        "shop": {"address": url, "key": KEY},
        "goods": {"enabled": True},
        "prices": {"enabled": True},
        "stock": {"enabled": True},
        "customers": {"enabled": True},
        "guard": {"share": "1", "floor": 1000000},
    }


@dataclass
class OptimaStage:
    home: Path
    company: OptimaSandbox
    url: str
    pomost: Pomost = field(init=False)

    def __post_init__(self) -> None:
        self.door = httpx2.Client(base_url=self.url, timeout=60, verify=TRUST)
        self.pomost = open_pomost(self.home)
        self.pomost.save_channel(document(self.company.company_file, self.url), "test")

    def close(self) -> None:
        self.door.close()
        self.company.close()

    def run(self, **request: Any) -> RunReport:
        self.door.delete("/v1/sandbox/journal")
        return self.pomost.run(CHANNEL, RunRequest(**request))

    def row(self, statement: str, *values: Any) -> tuple[Any, ...]:
        with closing(sqlite3.connect(self.company.company_file)) as connection:
            found: tuple[Any, ...] = connection.execute(statement, values).fetchone()
            return found

    def product(self, code: str) -> str:
        return str(self.row("SELECT Twr_TwrId FROM Towary WHERE Twr_Kod = ?", code)[0])

    def customer(self, code: str) -> str:
        return str(self.row("SELECT Knt_KntId FROM Kontrahenci WHERE Knt_Kod = ?", code)[0])

    def state(self, area: str) -> dict[str, Any]:
        held = self.door.get("/v1/sandbox/state", params={"only": area}).json()
        return dict(held[area])

    def written(self) -> set[str]:
        calls = self.door.get("/v1/sandbox/journal").json()["calls"]
        return {call for call in calls if call.endswith(":batch")}

    def quote(self, **wish: Any) -> dict[str, Any]:
        answer = self.door.post("/v1/sandbox/quote", json=wish)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def price(self, **wish: Any) -> Decimal:
        return Decimal(self.quote(**wish)["final"]["gross"])
