"""Assignments of customers and the tree of segments."""

import pytest


@pytest.fixture
def link(goods):
    return {"erp_customer_ref": "K-1", "branch_id": goods.north.id}


@pytest.fixture
def url(goods):
    return f"/v1/customers/{goods.customer.id}/assignment"


def segment(call, key, parent=None, name="Nazwa", **more):
    path = "/v1/segments/" + key.replace("/", "%2F")
    return call.create(path, {"name": name, "parent_key": parent, "source": "trait", **more})


def test_assignment_from_creation_to_removal(call, goods, link, url, is_problem):
    is_problem(call.get(url), 404, "not-found")
    is_problem(call.put(url, json=link), 428, "precondition-required")
    made = call.create(url, link)
    assert made.status_code == 201
    assert made.json()["recognised"] is True
    assert call.get(url).json() == made.json()
    assert call.get(url, headers={"If-None-Match": made.headers["etag"]}).status_code == 304
    moved = call.put(url, json={**link, "branch_id": goods.south.id}, headers={"If-Match": made.headers["etag"]})
    assert moved.json()["branch_id"] == goods.south.id
    is_problem(call.delete(url, headers={"If-Match": made.headers["etag"]}), 412, "version-conflict")
    assert call.delete(url).status_code == 204
    is_problem(call.delete(url), 404, "not-found")


def test_absent_segment_is_unchanged(call, link, url):
    chosen = segment(call, "cecha:1").json()["id"]
    call.create(url, {**link, "segment_id": chosen})
    assert call.put(url, json=link, headers={"If-Match": "*"}).json()["segment_id"] == chosen
    cleared = call.put(url, json={**link, "segment_id": None}, headers={"If-Match": "*"})
    assert cleared.json()["segment_id"] is None


def test_a_link_is_not_taken_over_by_accident(call, goods, link, url, is_problem, is_refused):
    item = {"customer_id": goods.customer.id, **link}
    version = call.result("customer-assignments", item)["version"]
    assert call.result("customer-assignments", item)["version"] == version
    stolen = {**item, "erp_customer_ref": "K-2"}
    is_refused(call.result("customer-assignments", stolen), 409, "customer-already-assigned")
    is_refused(call.result("customer-assignments", {**stolen, "if_version": "v0"}), 412, "version-conflict")
    is_problem(call.create(url, {**link, "erp_customer_ref": "K-2"}), 409, "customer-already-assigned")
    anything = call.put(url, json={**link, "erp_customer_ref": "K-2"}, headers={"If-Match": "*"})
    is_problem(anything, 409, "customer-already-assigned")  # no version was named (section 17)
    is_problem(call.create(url, link), 412, "version-conflict")
    assert call.result("customer-assignments", {**stolen, "if_version": version})["status"] == 200


def test_items_merge(call, goods, link, is_refused):
    item = {"customer_id": goods.customer.id}
    is_refused(
        call.result("customer-assignments", item), 422, "validation-failed", ("/branch_id", "required"),
        ("/erp_customer_ref", "required"),
    )  # fmt: skip
    call.items("customer-assignments", {**item, **link, "recognised": True})
    assert call.result("customer-assignments", {**item, "branch_id": goods.south.id})["status"] == 200
    assert call.state()["assignments"][goods.customer.id]["erp_customer_ref"] == "K-1"


@pytest.mark.parametrize(
    "fields, status, code",
    [
        ({"customer_id": "none"}, 404, "customer-unknown"),
        ({"branch_id": "none"}, 404, "not-found"),
        ({"segment_id": "none"}, 422, "validation-failed"),
        ({"recognised": False}, 422, "validation-failed"),
        ({"erp_customer_ref": None}, 422, "validation-failed"),
        ({"erp_customer_ref": ""}, 422, "validation-failed"),
        ({"branch_id": ["a", "b"]}, 422, "validation-failed"),
        ({"name": "Jan"}, 422, "validation-failed"),
        ({"updated_at": "2026-01-01T00:00:00Z"}, 422, "validation-failed"),
    ],
)
def test_faulty_assignments(call, goods, link, is_refused, fields, status, code):
    is_refused(call.result("customer-assignments", {"customer_id": goods.customer.id, **link, **fields}), status, code)


def test_unknown_customer(call, link, is_problem):
    for method in ("GET", "DELETE"):
        is_problem(call.request(method, "/v1/customers/none/assignment"), 404, "customer-unknown")
    is_problem(call.create("/v1/customers/none/assignment", link), 404, "customer-unknown")


def test_customers_are_not_written(call, goods, is_problem):
    url = f"/v1/customers/{goods.customer.id}"
    is_problem(call.patch(url, json={}), 405, "method-not-allowed")
    is_problem(call.put(url, json={}), 405, "method-not-allowed")


def test_three_levels_of_segments(call, is_problem):
    made = segment(call, "grupa:12/cecha:7", name="Gastronomia")
    assert made.status_code == 201
    assert made.json()["external_key"] == "grupa:12/cecha:7"
    assert made.headers["etag"] == f'"{made.json()["version"]}"'
    assert segment(call, "b", "grupa:12/cecha:7", level=2).json()["level"] == 2
    assert segment(call, "c", "b").json()["level"] == 3
    is_problem(segment(call, "d", "c"), 422, "segment-too-deep")
    is_problem(segment(call, "d", "c", level=4), 422, "segment-too-deep")
    is_problem(segment(call, "d", "b", level=2), 422, "validation-failed", ("/level", "level-mismatch"))
    is_problem(segment(call, "d", "none"), 422, "validation-failed", ("/parent_key", "segment-unknown"))
    assert {found["external_key"] for found in call.every("/v1/segments")} == {"grupa:12/cecha:7", "b", "c"}


def test_a_slash_in_a_key_is_encoded(call, is_problem):
    is_problem(call.create("/v1/segments/a/b", {"name": "A", "source": "group"}), 404, "not-found")
    is_problem(call.create("/v1/segments/", {"name": "A", "source": "group"}), 404, "not-found")


def test_segments_are_renamed_and_moved(call, is_problem):
    for key, parent in (("a", None), ("b", "a"), ("c", "b"), ("x", None), ("y", "x")):
        segment(call, key, parent)

    def put(key, parent, **more):
        body = {"name": "Nowa", "parent_key": parent, "source": "group", **more}
        return call.put(f"/v1/segments/{key}", json=body, headers={"If-Match": "*"})

    is_problem(put("a", "c"), 422, "validation-failed", ("/parent_key", "segment-cycle"))
    is_problem(put("a", "a"), 422, "validation-failed", ("/parent_key", "segment-cycle"))
    is_problem(put("b", "y"), 422, "segment-too-deep")
    moved = put("b", None).json()
    assert (moved["level"], moved["name"], moved["source"]) == (1, "Nowa", "group")
    assert call.state()["segments"]["c"]["level"] == 2
    assert put("b", None).json()["version"] == moved["version"]
    is_problem(call.put("/v1/segments/b", json={"name": "N", "source": "group"}), 428, "precondition-required")
    is_problem(segment(call, "b"), 412, "version-conflict")
    is_problem(put("b", None, id="sg1"), 422, "validation-failed", ("/id", "read-only-field"))
    is_problem(put("b", None, external_key="z"), 422, "validation-failed", ("/external_key", "key-mismatch"))
    is_problem(put("b", None, source="whim"), 422, "validation-failed", ("/source", "not-allowed-value"))


def test_segments_in_use_stay(call, goods, link, url, is_problem):
    parent, child = segment(call, "a/1").json(), segment(call, "b", "a/1").json()  # their ids are in this order
    is_problem(call.delete("/v1/segments/a%2F1"), 409, "segment-in-use")
    call.create(url, {**link, "segment_id": child["id"]})
    is_problem(call.delete("/v1/segments/b"), 409, "segment-in-use")
    call.delete(url)
    is_problem(call.delete("/v1/segments/b", headers={"If-Match": '"v0"'}), 412, "version-conflict")
    assert call.delete("/v1/segments/b").status_code == 204
    assert call.delete("/v1/segments/a%2F1", headers={"If-Match": f'"{parent["version"]}"'}).status_code == 204
    is_problem(call.delete("/v1/segments/b"), 404, "not-found")
    stones = call.every("/v1/segments", include_deleted="true")
    assert [stone["id"] for stone in stones] == [parent["id"], child["id"]]
