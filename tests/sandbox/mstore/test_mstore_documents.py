"""Files of an order (section 13)."""

import base64
import hashlib

import pytest

PDF = b"%PDF-1.7 invoice"
TOLD = {"type": "FS", "number": "FS 1/2026", "issued_at": "2026-11-24T12:00:00Z"}


@pytest.fixture
def url(call, goods, shop):
    call.owner("change_capabilities", capabilities=["batch", "documents"])
    call.items("offers", goods.offer())
    order = shop.place_order(goods.north.id, goods.customer.id, [{"product_id": goods.beer.id, "quantity": 1}])
    return f"/v1/orders/{order.id}/documents/fs-1"


def digest(content):
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def put(call, url, content=PDF, match=None, **headers):
    condition = {"If-None-Match": "*"} if match is None else {"If-Match": match}
    told = {"Content-Digest": f"sha-256=:{digest(content)}:"} if not headers else {}
    kind = {"Content-Type": "application/pdf"}
    return call.put(url, content=content, headers={**condition, **told, **kind, **headers})


def test_off_at_first(call, shop, is_problem):
    is_problem(put(call, "/v1/orders/none/documents/fs-1"), 404, "not-found")


@pytest.mark.parametrize("spell", ["sha-256=:{}:", "SHA-256={}"])
def test_bytes_and_what_is_told_of_them(call, url, spell):
    name = "Content-Digest" if ":" in spell else "Digest"
    made = put(call, url, **{name: spell.format(digest(PDF))})
    assert (made.status_code, made.json()["size"], made.json()["number"]) == (201, len(PDF), None)
    told = call.put(url, json=TOLD, headers={"If-Match": made.headers["etag"]})
    assert (told.status_code, told.json()["size"], told.json()["number"]) == (200, len(PDF), "FS 1/2026")
    assert told.headers["etag"] != made.headers["etag"]
    assert put(call, url, match=told.headers["etag"]).headers["etag"] == told.headers["etag"]


def test_refused_files(call, url, is_problem):
    is_problem(put(call, url, **{"Content-Digest": f"sha-256=:{digest(b'x')}:"}), 422, "validation-failed",
               ("/Content-Digest", "digest-differs"))  # fmt: skip
    is_problem(put(call, url, X="1"), 422, "validation-failed", ("/Content-Digest", "required"))
    is_problem(put(call, url, b"<html>"), 422, "validation-failed", ("", "wrong-format"))
    is_problem(put(call, url, PDF + b"x" * 10 * 1024 * 1024), 413, "payload-too-large")
    is_problem(put(call, url, **{"Content-Type": "text/plain"}), 415, "unsupported-media-type")
    is_problem(call.put(url, json=TOLD), 428, "precondition-required")
    is_problem(call.create(url, {**TOLD, "type": "PA"}), 422, "validation-failed", ("/type", "not-allowed-value"))
    is_problem(call.create(url, {**TOLD, "colour": "x"}), 422, "validation-failed", ("/colour", "unknown-field"))
    is_problem(call.create(url.replace("/or", "/no"), TOLD), 404, "not-found")
