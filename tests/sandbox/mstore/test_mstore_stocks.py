"""Stocks per branch."""

from datetime import timedelta

import pytest

READ_AT = "2026-11-24T11:00:00Z"


def stored(call, goods, branch=None):
    return call.state()["stocks"][(branch or goods.north).id][goods.beer.id]


def test_stock_as_answered(call, goods):
    item = goods.stock(5, basis="available", as_of="2026-11-24T11:59:00Z")
    result = call.result("stocks", item)
    assert result["id"] == f"{goods.north.id}/{goods.beer.id}"
    assert call.every(f"/v1/branches/{goods.north.id}/stocks") == [
        {
            **item,
            "visible": True,
            "as_of": "2026-11-24T11:59:00.000000Z",
            "version": result["version"],
            "updated_at": "2026-11-24T12:00:00.000000Z",
        }
    ]
    assert call.every(f"/v1/branches/{goods.south.id}/stocks") == []


def test_visible_absent_is_unchanged(call, goods):
    call.items("stocks", goods.stock(5))
    call.owner("hide_in_panel", branch_id=goods.north.id, product_id=goods.beer.id)
    call.items("stocks", goods.stock(6))
    assert (stored(call, goods)["quantity"], stored(call, goods)["visible"]) == (6, False)
    call.items("stocks", {**goods.stock(6), "visible": True})
    assert stored(call, goods)["visible"] is True


def test_items_merge(call, goods, is_refused):
    item = goods.stock(5, basis="stock")
    del item["quantity"], item["as_of"]
    is_refused(call.result("stocks", item), 422, "validation-failed", ("/quantity", "required"), ("/as_of", "required"))
    call.items("stocks", goods.stock(5, basis="stock"))
    assert call.result("stocks", {**item, "visible": False, "basis": None})["status"] == 200
    body = stored(call, goods)
    assert (body["quantity"], body["visible"], body["basis"]) == (5, False, None)


@pytest.mark.parametrize(
    "quantity, code",
    [
        (-1, "quantity-negative"),
        (1.5, "quantity-not-integer"),
        (2.0, "quantity-not-integer"),
        (-1.5, "quantity-not-integer"),
        ("3", "quantity-not-integer"),
        (None, "quantity-not-integer"),
        (True, "quantity-not-integer"),
    ],
)
def test_faulty_quantities(call, goods, is_problem, is_refused, quantity, code):
    is_refused(call.result("stocks", goods.stock(quantity)), 422, code, ("/quantity", code))
    url = f"/v1/branches/{goods.north.id}/stocks/{goods.beer.id}"
    is_problem(call.create(url, {"quantity": quantity, "as_of": READ_AT}), 422, code, ("/quantity", code))


@pytest.mark.parametrize(
    "fields", [{"visible": "yes"}, {"visible": None}, {"basis": "guess"}, {"as_of": "yesterday"}, {"version": "v1"}]
)
def test_other_faulty_values(call, goods, is_refused, fields):
    is_refused(call.result("stocks", goods.stock(1, **fields)), 422, "validation-failed")


def test_an_older_reading_is_stale(call, goods, is_problem, is_refused):
    new, old = "2026-11-24T12:00:00Z", "2026-11-24T11:59:59.999Z"
    call.items("stocks", goods.stock(5, as_of=new))
    is_refused(call.result("stocks", goods.stock(6, as_of=old)), 409, "stale")
    url = f"/v1/branches/{goods.north.id}/stocks/{goods.beer.id}"
    is_problem(call.put(url, json={"quantity": 6, "as_of": old}, headers={"If-Match": "*"}), 409, "stale")
    assert stored(call, goods)["quantity"] == 5
    assert call.result("stocks", goods.stock(7, as_of=new))["status"] == 200
    assert call.result("stocks", goods.stock(8, as_of="2026-11-24T12:00:00+00:00"))["status"] == 200
    is_refused(call.result("stocks", goods.stock(9, as_of=old)), 409, "stale")


def test_unknown_branch_or_product(call, goods, is_problem, is_refused):
    is_refused(call.result("stocks", {**goods.stock(1), "branch_id": "none"}), 404, "not-found")
    is_refused(call.result("stocks", {**goods.stock(1), "product_id": "none"}), 404, "product-unknown")
    is_problem(call.get("/v1/branches/none/stocks"), 404, "not-found")
    reading = {"quantity": 1, "as_of": READ_AT}
    is_problem(call.create(f"/v1/branches/{goods.north.id}/stocks/none", reading), 404, "product-unknown")
    is_problem(call.create(f"/v1/branches/none/stocks/{goods.beer.id}", reading), 404, "not-found")
    assert call.get(f"/v1/branches/{goods.north.id}/stocks/{goods.beer.id}").status_code == 405


def test_stock_waits_for_its_offer(call, goods):
    assert call.result("stocks", goods.stock(5))["status"] == 200
    assert call.state()["offers"] == {}


def test_put_and_versions(call, goods, is_problem, is_refused):
    url = f"/v1/branches/{goods.north.id}/stocks/{goods.beer.id}"

    def put(quantity, match, **more):
        headers = {} if match is None else {"If-Match": match}
        return call.put(url, json={"quantity": quantity, "as_of": READ_AT, **more}, headers=headers)

    is_problem(put(1, None), 428, "precondition-required")
    made = call.create(url, {"quantity": 1, "branch_id": goods.north.id, "as_of": READ_AT})
    assert made.status_code == 201
    is_problem(call.create(url, {"quantity": 2, "as_of": READ_AT}), 412, "version-conflict")
    assert put(2, made.headers["etag"]).json()["quantity"] == 2
    is_refused(call.result("stocks", goods.stock(3, if_version=made.json()["version"])), 412, "version-conflict")
    wrong = put(2, "*", product_id=goods.water.id)
    is_problem(wrong, 422, "validation-failed", ("/product_id", "key-mismatch"))
    missing = call.put(url, json={}, headers={"If-Match": "*"})
    is_problem(missing, 422, "validation-failed", ("/quantity", "required"), ("/as_of", "required"))


def test_a_quantity_comes_with_the_time_it_was_read(call, goods, is_refused):
    """Section 8: `as_of` is required; a quantity without it would guard against nothing."""
    call.items("stocks", goods.stock(5))
    bare = {name: value for name, value in goods.stock(6).items() if name != "as_of"}
    is_refused(call.result("stocks", bare), 422, "validation-failed", ("/as_of", "required"))
    is_refused(call.result("stocks", goods.stock(6, as_of=None)), 422, "validation-failed", ("/as_of", "wrong-type"))
    assert stored(call, goods)["quantity"] == 5
    # What says nothing of the quantity leaves both as they are (section 17: absent is unchanged).
    hidden = {"branch_id": goods.north.id, "product_id": goods.beer.id, "visible": False}
    assert call.result("stocks", hidden)["status"] == 200
    assert (stored(call, goods)["visible"], stored(call, goods)["as_of"]) == (False, "2026-11-24T11:00:00.000000Z")


def test_a_reading_from_the_future_counts(call, goods, is_refused):
    """The shop's clock was ahead and came back: what was stored then is later than any reading of now."""
    call.owner("advance_clock", seconds=86400)
    assert call.get("/v1/account").json()["server_time"] == "2026-11-25T12:00:00.000000Z"
    call.items("stocks", goods.stock(5, as_of="2026-11-25T12:00:00Z"))
    call.owner("advance_clock", seconds=-86400)
    assert call.get("/v1/account").headers["date"] == "Tue, 24 Nov 2026 12:00:00 GMT"
    is_refused(call.result("stocks", goods.stock(6, as_of="2026-11-24T12:00:00Z")), 409, "stale")
    assert call.result("stocks", goods.stock(6, as_of="2026-11-25T12:00:00.001Z"))["status"] == 200
    assert stored(call, goods)["updated_at"] == "2026-11-24T12:00:00.000000Z"


def test_the_times_of_what_was_written(call, goods, clock):
    """A row changes its time when it changes, and only then; by whose hand makes no difference here."""
    call.items("stocks", goods.stock(5))
    first = stored(call, goods)
    clock.now += timedelta(minutes=1)
    call.items("stocks", goods.stock(5))
    assert stored(call, goods) == first
    call.owner("set_stock_in_panel", branch_id=goods.north.id, product_id=goods.beer.id, quantity=7)
    changed = stored(call, goods)
    assert (changed["updated_at"], changed["as_of"]) == ("2026-11-24T12:01:00.000000Z", first["as_of"])
