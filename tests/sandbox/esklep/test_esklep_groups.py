"""The tree of groups (section 4)."""

import pytest


def test_parents_may_come_after_children(session, call, goods):
    results = session.results("groups", goods.group("23", "22"), goods.group("22", "21"), goods.group("21", "10"))
    assert [(result["index"], result["result"]) for result in results] == [
        (0, "created"),
        (1, "created"),
        (2, "created"),
    ]
    groups = {group["erp_id"]: group["parent_erp_id"] for group in call.every("/v1/groups", limit=2)}
    assert groups == {"10": "0", "21": "10", "22": "21", "23": "22"}


def test_a_parent_has_to_be_known(session, goods, is_refused):
    results = session.results("groups", goods.group("22", "21"), goods.group("21", "404"))
    for result in results:
        is_refused(result, 409, "group-parent-unknown", "/parent_erp_id")


@pytest.mark.parametrize("ring", [("11",), ("12", "11"), ("12", "13", "11")])
def test_a_ring_of_new_groups(session, call, goods, is_refused, ring):
    keys = [ring[-1], *ring[:-1]]
    for result in session.results(
        "groups", *(goods.group(key, parent) for key, parent in zip(keys, ring, strict=True))
    ):
        is_refused(result, 422, "group-cycle", "/parent_erp_id")
    assert set(call.state("groups")["groups"]) == {"10"}


def test_a_ring_closed_by_a_move(session, goods, is_refused):
    session.stored("groups", goods.group("11", "10"), goods.group("12", "11"))
    is_refused(session.one("groups", goods.group("10", "12", stamp=2)), 422, "group-cycle", "/parent_erp_id")
    # Trading places is no ring: in the end each lies under the other's old parent.
    assert (
        session.stored("groups", goods.group("11", "12", stamp=2), goods.group("12", "10", stamp=2)) == ["updated"] * 2
    )


def test_the_root(session, goods, is_refused):
    is_refused(session.one("groups", goods.group("11", None)), 422, "validation-failed", "/parent_erp_id")
    is_refused(session.one("groups", goods.group("0", "10")), 422, "validation-failed", "/parent_erp_id")
    assert session.stored("groups", goods.group("0", None)) == ["created"]


def test_ten_levels_at_most(session, goods, is_refused):
    line = [goods.group(str(20 + level), str(19 + level) if level else "10") for level in range(10)]
    results = session.results("groups", *line)
    assert [result["status"] for result in results] == [200] * 9 + [422]
    is_refused(results[-1], 422, "validation-failed", "/parent_erp_id")
    # A group takes what hangs at it along.
    session.stored("groups", goods.group("40"), goods.group("41", "40"))
    is_refused(session.one("groups", goods.group("40", "27", stamp=2)), 422, "validation-failed", "/parent_erp_id")
    assert session.stored("groups", goods.group("40", "26", stamp=2)) == ["updated"]


@pytest.mark.parametrize(
    "texts, code",
    [
        ([], "group-name-missing"),
        ([{"lang": "pl", "name": " "}], "group-name-missing"),
        ([{"lang": "en", "name": "Group"}], "group-name-missing"),
        ([{"lang": "pl", "name": "Grupa"}, {"lang": "en", "name": ""}], "group-name-missing"),
        ([{"lang": "pl", "name": "Grupa"}, {"lang": "de", "name": "Gruppe"}], "validation-failed"),
        ([{"lang": "pl", "name": "Grupa"}] * 2, "validation-failed"),
        ([{"lang": "pl"}], "validation-failed"),
    ],
)
def test_names(session, goods, is_refused, texts, code):
    is_refused(session.one("groups", goods.group("11", texts=texts)), 422, code)


def test_a_withdrawn_group_is_hidden_with_all_below(session, call, goods):
    session.stored("groups", goods.group("11", "10"))
    session.stored("products", goods.product(default_group_erp_id="11", ignore_stock=True))
    session.stored("prices", goods.price())
    assert call.quote(product_erp_id="1")["sellable"] is True
    assert session.stored("groups", {"op": "withdraw", "erp_id": "10", "stamp": 2}) == ["withdrawn"]
    assert call.quote(product_erp_id="1")["reasons"] == ["group-not-shown"]
    assert "Towar 1" not in call.get("/").text
    session.stored("groups", goods.group("10", stamp=3))
    assert "Towar 1" in call.get("/").text


def test_an_empty_group_is_not_shown(session, call, goods):
    session.stored("groups", goods.group("11", "10"), goods.group("12"))
    session.stored("products", goods.product(default_group_erp_id="11"))
    page = call.get("/").text
    assert "Grupa 10" in page
    assert "Grupa 11" in page
    assert "Grupa 12" not in page
