"""The sandbox's own doors: owner, state, journal, the page for people, and the program."""

import json
import subprocess
import sys
import uuid

import httpx2
import pytest


def test_owner_over_http(call):
    product = call.owner("add_product", ean="5901234123457", name="Piwo", packs=[["PCE", 1], ["PU", 6]])
    branch = call.owner("add_branch", external_id="1", name="Główny")
    customer = call.owner("add_customer", nip="5260001246", licences=[{"category": "A", "valid_to": "2027-01-01"}])
    assert call.get(f"/v1/products/{product['id']}").json() == product
    assert call.get(f"/v1/branches/{branch['id']}").json() == branch
    assert call.get(f"/v1/customers/{customer['id']}").json()["licences"][0]["category"] == "A"
    batch = [{"action": "add_unit_type", "arguments": {"symbol": "PAL", "name": "Paleta"}}, {"action": "issue_key"}]
    results = call.post("/sandbox/owner", json=batch).json()["results"]
    assert results[0] == {"symbol": "PAL", "name": "Paleta", "default": False}
    assert call.get("/v1/account", headers={"Authorization": f"Bearer {results[1]}"}).status_code == 200
    call.owner("remove_customer", customer_id=customer["id"])
    assert call.get(f"/v1/customers/{customer['id']}").status_code == 404


@pytest.mark.parametrize(
    "errand",
    [
        {"action": "burn_down"},
        {"action": "add_product", "arguments": {"ean": "12", "name": "X"}},
        {"action": "add_product", "arguments": {"name": "X"}},
        {"action": "add_product", "arguments": {"ean": "5901234123457", "name": "X", "packs": [["PCE", 2]]}},
        {"action": "add_customer", "arguments": {"nip": "1", "planet": "Mars"}},
        {"action": "remove_product", "arguments": {"product_id": "none"}},
        {"action": "hide_in_panel", "arguments": {"branch_id": "none", "product_id": "none"}},
    ],
)
def test_faulty_errands(call, errand):
    answer = call.post("/sandbox/owner", json=errand)
    assert answer.status_code == 422
    assert answer.json()["errors"]


def test_state_has_what_was_written(call, goods):
    call.items("offers", goods.offer(min_quantity=2))
    call.items("stocks", goods.stock(5))
    state = call.state()
    offer = state["offers"][goods.beer.id]
    wanted = {
        "ean": goods.beer.ean,
        "distributor_sku": "PIWO05",
        "price": "3.50",
        "vat_rate": "23",
        "min_quantity": 2,
        "status": "active",
    }
    assert wanted.items() <= offer.items()
    assert offer["sales_unit"] == {"type": "PCE", "multiplier": 1}
    assert state["stocks"][goods.north.id][goods.beer.id]["quantity"] == 5
    assert state["stocks"][goods.south.id] == {}
    assert state["branches"][goods.north.id]["external_id"] == "1"
    assert state["assignments"] == state["segments"] == state["orders"] == {}


def test_journal_tells_what_arrived(call, goods):
    key = str(uuid.uuid4())
    body = {"items": [goods.offer(), goods.offer(goods.water, vat_rate="99")]}
    call.post("/v1/offers:batch", json=body, headers={"Idempotency-Key": key, "X-Request-Id": "r1"})
    call.post("/v1/offers:batch", json=body, headers={"Idempotency-Key": key})
    call.get("/v1/offers?limit=5")
    call.get("/v1/none", headers={"Authorization": "Bearer wrong"})
    written, replayed, read, refused = call.journal()
    assert (written["method"], written["path"], written["status"]) == ("POST", "/v1/offers:batch", 200)
    assert (written["idempotency_key"], written["item_count"], written["request_id"]) == (key, 2, "r1")
    assert [(item["key"], item["status"]) for item in written["items"]] == [
        ({"product_id": goods.beer.id}, 200),
        ({"product_id": goods.water.id}, 422),
    ]
    assert written["items"][0]["fields"]["price"] == "3.50"
    assert (replayed["replayed"], replayed["items"]) == (True, [])
    assert (read["query"], refused["status"]) == ("limit=5", 401)
    assert call.journal(since=written["seq"]) == [replayed, read, refused]
    assert call.delete("/sandbox/journal").status_code == 204
    call.get("/v1/account")
    assert [entry["seq"] for entry in call.journal(since=refused["seq"])] == [refused["seq"] + 1]


def test_page_for_people(call, goods):
    call.headers["accept-language"] = "pl"
    assert "Brak ofert." in call.get("/").text
    call.owner("change_product", product_id=goods.beer.id, name="Piwo <mocne>")
    call.items("offers", goods.offer(), goods.offer(goods.water, distributor_sku="WODA", price="2.00"))
    call.items("stocks", goods.stock(5), goods.stock(0, goods.water), goods.stock(9, branch=goods.south, visible=False))
    page = call.get("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert '<html lang="pl">' in page.text
    for text in (
        "Piwo &lt;mocne&gt;",
        "5901234123457",
        "3,50 zł netto",
        "można kupić",
        "widoczny, brak na stanie",
        "23%",
    ):
        assert text in page.text
    assert "<mocne>" not in page.text
    assert "can be bought" in call.get("/?lang=en").text
    found = call.get("/?q=woda").text
    assert "Piwo" not in found
    assert "Woda" in found
    south = call.get("/", params={"branch": goods.south.id}).text
    assert "ukryty" in south
    assert "można kupić" not in south
    call.result("offers", {"product_id": goods.beer.id, "status": "withdrawn"})
    assert "wycofany z oferty" in call.get("/").text


def test_page_turns(call, shop, goods):
    for number in range(120):
        product = shop.add_product(f"{5900000001000 + number}", f"Towar {number:03}")
        shop.change_offer_in_panel(
            product.id, **{name: value for name, value in goods.offer().items() if name != "product_id"}
        )
    assert "Towar 000" in call.get("/").text
    last = call.get("/?page=3").text
    assert "Towar 119" in last
    assert "Towar 000" not in last
    assert call.get("/?page=99").text == last
    assert call.get("/?page=x").status_code == 200


def test_program(tmp_path):
    catalogue = tmp_path / "catalogue.json"
    units = [{"type": "PCE", "multiplier": 1}, {"type": "CR", "multiplier": 18}]
    goods = [
        {"ean": "5901234123457", "name": "Piwo", "sales_units": units, "requires_licence": "A"},
        {
            "ean": "5900000000001",
            "name": "Woda",
            "sales_units": units[:1],
            "deposit": {"amount": "0.50", "kind": "pet"},
        },
    ]
    catalogue.write_text(json.dumps(goods), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pomost.sandbox.mstore",
        "--port",
        "0",
        "--catalogue",
        str(catalogue),
        "--key",
        "k1",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            ready = json.loads(process.stdout.readline())
            assert ready["key"] == "k1"
            assert ready["url"].startswith("http://127.0.0.1:")
            answer = httpx2.get(f"{ready['url']}/v1/products", headers={"X-Api-Key": "k1"}, timeout=120)
            assert [product["name"] for product in answer.json()["data"]] == ["Piwo", "Woda"]
        finally:
            process.terminate()
