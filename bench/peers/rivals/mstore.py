"""Sending rows to M/store in batches over one connection: the same for every rival."""

import logging
from typing import Any

import requests

BATCH = 500
_ASKED = 100  # EANs in one question


class Refused(Exception):
    """The shop did not take an item."""


class Mstore:
    """`on_refusal`: "skip" logs an item the shop does not take and goes on, "stop" raises, which ends the run."""

    def __init__(self, url: str, key: str, on_refusal: str) -> None:
        self.url, self.on_refusal = url, on_refusal
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {key}"
        self.ids: dict[str, str] = {}

    def send(self, kind: str, rows: list[dict[str, Any]]) -> None:
        self._learn([row["ean"] for row in rows if row["ean"] not in self.ids])
        items = [(_offer if kind == "offers" else _stock)(self.ids[row["ean"]], row) for row in rows]
        answer = self.session.post(f"{self.url}/v1/{kind}:batch", json={"items": items}, timeout=30)
        answer.raise_for_status()
        for result in answer.json()["results"]:
            if result["status"] >= 400:
                problem = f"{rows[result['index']]['ean']}: {result['problem']['detail']}"
                if self.on_refusal == "stop":
                    raise Refused(problem)
                logging.getLogger("mstore").warning(problem)

    def _learn(self, eans: list[str]) -> None:
        for start in range(0, len(eans), _ASKED):
            asked = [("ean", ean) for ean in eans[start : start + _ASKED]]
            answer = self.session.get(f"{self.url}/v1/products", params=asked, timeout=30)
            answer.raise_for_status()
            self.ids.update((product["ean"], product["id"]) for product in answer.json()["data"])


def _offer(product_id: str, row: dict[str, Any]) -> dict[str, Any]:
    if row.get("gone"):
        return {"product_id": product_id, "status": "withdrawn"}
    return {
        "product_id": product_id,
        "status": "active",
        "distributor_sku": row["sku"],
        "sales_unit": {"type": row["unit"], "multiplier": row["multiplier"]},
        "price": row["price"],
        "price_kind": "net",
        "currency": "PLN",
        "vat_rate": row["vat"],
    }


def _stock(product_id: str, row: dict[str, Any]) -> dict[str, Any]:
    return {"product_id": product_id, "branch_id": "b1", "quantity": row["quantity"], "basis": "available"}
