"""Branches and postal codes."""

import unicodedata

import httpx2
import pytest

from pomost.sandbox.mstore.server import serve
from pomost.sandbox.mstore.shop import Shop


def test_branch_from_creation_to_change(call, clock):
    body = {
        "external_id": "MAG",
        "name": "Główny",
        "region_id": "mazowieckie",
        "address": {"street": "Prosta", "city": "Warszawa"},
        "contact": {"person": "Jan"},
    }
    made = call.post("/v1/branches", json=body)
    assert made.status_code == 201
    url = made.headers["location"]
    read = call.get(url)
    assert read.json() == made.json()
    assert read.headers["etag"] == made.headers["etag"]
    assert read.json()["active"] is True
    change = {"address": {"city": None, "postal_code": "00-001"}, "contact": None, "region_id": None, "active": False}
    changed = call.patch(url, json=change, headers={"If-Match": read.headers["etag"]}).json()
    assert changed["address"] == {
        "street": "Prosta", "house_number": None, "flat_number": None, "postal_code": "00-001", "city": None, "country": None,
    }  # fmt: skip
    assert changed["contact"] == {"person": None, "email": None, "phone": None}
    assert (changed["name"], changed["region_id"], changed["active"]) == ("Główny", None, False)


def test_ids_and_names_are_unique(call, goods, is_problem):
    call.post("/v1/branches", json={"external_id": "Łódź", "name": "Łódź Ź"})
    for external_id in ("łódź", unicodedata.normalize("NFD", "ŁÓDŹ")):
        answer = call.post("/v1/branches", json={"external_id": external_id, "name": "Inna"})
        is_problem(answer, 409, "duplicate-branch-id")
    is_problem(call.post("/v1/branches", json={"external_id": "9", "name": "PÓŁNOC"}), 409, "duplicate-branch-name")
    south = f"/v1/branches/{goods.south.id}"
    is_problem(call.patch(south, json={"name": "Północ"}, headers={"If-Match": "*"}), 409, "duplicate-branch-name")
    assert call.patch(south, json={"name": "południe"}, headers={"If-Match": "*"}).status_code == 200


def test_the_id_never_changes(call, goods, is_problem):
    url = f"/v1/branches/{goods.north.id}"
    answer = call.patch(url, json={"external_id": "X"}, headers={"If-Match": "*"})
    is_problem(answer, 422, "validation-failed", ("/external_id", "immutable"))
    assert call.patch(url, json={"external_id": "1"}, headers={"If-Match": "*"}).status_code == 200


@pytest.mark.parametrize(
    "change, error",
    [
        ({"external_id": ""}, ("/external_id", "too-short")),
        ({"external_id": "X" * 33}, ("/external_id", "too-long")),
        ({"name": "  "}, ("/name", "wrong-format")),
        ({"name": "X" * 121}, ("/name", "too-long")),
        ({"active": None}, ("/active", "wrong-type")),
        ({"address": {"planet": "Mars"}}, ("/address/planet", "unknown-field")),
        ({"id": "br9"}, ("/id", "read-only-field")),
        ({"created_at": "2026-01-01T00:00:00Z"}, ("/created_at", "read-only-field")),
        ({"warehouse": "MAG"}, ("/warehouse", "unknown-field")),
    ],
)
def test_faulty_branches(call, is_problem, change, error):
    answer = call.post("/v1/branches", json={"external_id": "9", "name": "Dziewiąty", **change})
    is_problem(answer, 422, "validation-failed", error)


def test_region_must_exist(call, goods, is_problem):
    answer = call.post("/v1/branches", json={"external_id": "9", "name": "Nowy", "region_id": "mars"})
    is_problem(answer, 422, "region-unknown", ("/region_id", "region-unknown"))
    url = f"/v1/branches/{goods.north.id}"
    is_problem(call.patch(url, json={"region_id": "mars"}, headers={"If-Match": "*"}), 422, "region-unknown")
    call.owner("add_region", region_id="mars", name="Mars")
    assert call.patch(url, json={"region_id": "mars"}, headers={"If-Match": "*"}).json()["region_id"] == "mars"


def test_a_shop_may_insist_on_regions(is_problem):
    headers = {"X-Api-Key": "k", "Idempotency-Key": "0b8f8f0e-7c55-4b43-8a34-6ad7d1a9d7f1"}
    with (
        serve(Shop(key="k", region_required=True)) as running,
        httpx2.Client(base_url=running.url, timeout=120) as client,
    ):
        answer = client.post("/v1/branches", json={"external_id": "9", "name": "Nowy"}, headers=headers)
        is_problem(answer, 422, "validation-failed", ("/region_id", "required"))


def test_branches_cannot_be_deleted(call, goods, is_problem):
    is_problem(call.delete(f"/v1/branches/{goods.north.id}"), 405, "method-not-allowed")
    is_problem(call.get("/v1/branches/none"), 404, "not-found")


def test_postal_codes_are_off_at_first(call, goods, is_problem):
    is_problem(call.get("/v1/postal-codes"), 404, "not-found")
    is_problem(call.create(f"/v1/branches/{goods.north.id}/postal-codes", {"items": []}), 404, "not-found")


def test_postal_codes(call, shop, goods, is_problem):
    shop.capabilities = (*shop.capabilities, "postal_codes")
    url = f"/v1/branches/{goods.north.id}/postal-codes"
    items = [
        {"code": "80-001", "city": "Gdańsk", "branch_id": goods.north.id},
        {"code": "81-001", "region_id": "slaskie"},
    ]
    is_problem(call.put(url, json={"items": items}), 428, "precondition-required")
    made = call.create(url, {"items": items})
    assert made.status_code == 201
    listed = call.every("/v1/postal-codes", limit=1)
    assert [(code["code"], code["branch_id"]) for code in listed] == [
        ("80-001", goods.north.id),
        ("81-001", goods.north.id),
    ]
    tag = {"If-Match": made.headers["etag"]}
    is_problem(call.put(url, json={"items": [{"code": "8-001"}]}, headers=tag), 422, "validation-failed")
    is_problem(
        call.put(url, json={"items": [{"code": "80-001", "region_id": "x"}]}, headers=tag), 422, "region-unknown"
    )
    elsewhere = call.put(url, json={"items": [{"code": "80-001", "branch_id": goods.south.id}]}, headers=tag)
    is_problem(elsewhere, 422, "validation-failed", ("/items/0/branch_id", "key-mismatch"))
    assert call.put(url, json={"items": []}, headers=tag).json()["items"] == []
    is_problem(call.put(url, json={"items": []}, headers=tag), 412, "version-conflict")
