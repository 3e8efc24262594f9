"""Cursors sent and confirmed; full sessions: mark, sweep and guards (sections 2.3 and 2.4)."""

import pytest


def states(call, part):
    return {key: item["state"] for key, item in call.state(part)[part].items()}


def ends(answer):
    assert answer.status_code == 200, answer.text
    return {area["area"]: area for area in answer.json()["areas"]}


def cursor(call, area):
    return next(one for one in call.every("/v1/sync-cursors") if one["area"] == area)


@pytest.fixture
def stocked(session, goods):
    """Three products with prices, stocks, a picture each and a rule; the session is over."""
    for key in "123":
        session.stored("products", goods.product(key))
    session.stored("prices", *(goods.price(key) for key in "123"))
    session.stored("stocks", *(goods.stock(key) for key in "123"))
    session.stored("discounts", goods.rule(8, "5", product="1"), goods.rule(2, "5", customer="1"))
    session.stored("customers", goods.customer())
    session.stored("bundles", goods.bundle())
    assert session.ask("abort").status_code == 200


def test_only_a_commit_confirms_a_cursor(session, call, goods):
    session.send("products", goods.product(), cursor="100")
    sent = cursor(call, "products")
    assert (sent["sent_cursor"], sent["confirmed_cursor"], sent["session_id"]) == ("100", None, session.id)
    session.send("products", cursor="150")
    answer = ends(session.commit(("products", 1, "150"), ("prices", 0)))
    assert answer["products"]["confirmed_cursor"] == "150"
    assert (answer["products"]["created"], answer["prices"]["created"]) == (1, 0)
    confirmed = cursor(call, "products")
    assert (confirmed["confirmed_cursor"], confirmed["last_full_at"]) == ("150", None)
    assert cursor(call, "prices")["confirmed_cursor"] is None
    assert call.begin("products").json()["areas"][0]["confirmed_cursor"] == "150"


def test_an_area_that_is_not_complete_keeps_its_cursor(call, goods):
    session = call.session("groups", full=("groups",))
    session.send("groups", goods.group(), cursor="9")
    body = {
        "areas": [{"area": "groups", "cursor": "9", "items_sent": 77, "complete": False}],
        "confirm_withdrawals": None,
    }
    assert session.ask("commit", body).status_code == 200
    assert (cursor(call, "groups")["sent_cursor"], cursor(call, "groups")["confirmed_cursor"]) == ("9", None)


def test_a_cursor_moves_in_the_areas_of_the_batch(session, call, goods):
    session.send("discounts", goods.rule(2, "5", customer="1"), cursor="c")
    assert (cursor(call, "discounts_customer")["sent_cursor"], cursor(call, "discounts_public")["sent_cursor"]) == (
        "c",
        None,
    )


def test_abort_and_takeover_leave_cursors_where_they_are(session, call):
    session.send("products", cursor="5")
    session.ask("abort")
    other = call.session("products")
    other.send("products", cursor="6")
    third = call.session("products", takeover=True)
    assert third.answer["areas"][0]["confirmed_cursor"] is None
    assert cursor(call, "products")["sent_cursor"] == "6"


def test_commit_counts_everything_that_was_done(session, call, goods):
    session.stored("products", goods.product("1"), goods.product("2"))
    session.stored("products", goods.product("1"), goods.product("2", stamp=2))
    session.one("products", {"op": "withdraw", "erp_id": "1", "stamp": 2})
    session.one("products", goods.product("3", default_group_erp_id="0"))
    found = ends(session.commit(("products", 0)))["products"]
    wanted = {"created": 2, "updated": 1, "unchanged": 1, "withdrawn": 1, "rejected": 1, "kept": 0}
    assert wanted.items() <= found.items()


def test_commit_answers_the_same_again_and_closes(session, call, is_problem):
    first = session.commit(("products", 0, "7"))
    assert session.commit(("products", 0, "7")).json() == first.json()
    report = call.get(f"/v1/sync-sessions/{session.id}").json()
    assert (report["state"], report["commit"]) == ("committed", first.json())
    is_problem(session.commit(("products", 0, "8")), 409, "session-closed")
    call.session("products")
    assert session.commit(("products", 0, "7")).json() == first.json()  # also when others write by now
    is_problem(session.commit(("products", 0, "8")), 409, "fence-lost")


def test_commit_speaks_of_its_own_areas_once(call, is_problem):
    session = call.session("products")
    is_problem(session.commit(("stocks", 0)), 409, "area-not-in-session")
    is_problem(
        session.commit(("products", 0), ("products", 0)), 422, "validation-failed", ("/areas/1/area", "repeated")
    )
    assert session.commit(("products", 0)).status_code == 200


def test_full_withdraws_what_was_not_seen(stocked, call, goods):
    session = call.session("products", full=("products",))
    assert session.stored("products", goods.product("1")) == ["updated"]  # equal stamps are written again
    session.stored("products", {"op": "keep", "erp_id": "2"})
    assert states(call, "products") == dict.fromkeys("123", "published")
    found = ends(session.commit(("products", 2, "55")))["products"]
    assert (found["withdrawn"], found["kept"], found["updated"]) == (1, 1, 1)
    assert states(call, "products") == {"1": "published", "2": "published", "3": "withdrawn"}
    assert cursor(call, "products")["last_full_at"] == "2026-11-25T12:00:00.000000Z"
    assert set(states(call, "prices").values()) == {"published"}  # another area


def test_an_error_does_not_withdraw_goods(stocked, call, goods, is_refused):
    session = call.session("products", full=("products",))
    session.stored("products", goods.product("1"), goods.product("2"))
    is_refused(session.one("products", goods.product("3", code="")), 422, "validation-failed", "/code")
    assert ends(session.commit(("products", 3)))["products"]["withdrawn"] == 0
    assert states(call, "products")["3"] == "published"


def test_a_rejected_new_key_is_seen_as_well(call, goods):
    session = call.session("groups", full=("groups",))
    session.one("groups", goods.group("11", parent="404"))
    assert session.commit(("groups", 1)).status_code == 200


def test_a_lost_batch_stops_the_sweep(stocked, call, goods, is_problem):
    session = call.session("products", full=("products",))
    session.stored("products", goods.product("1"))
    body = is_problem(session.commit(("products", 2)), 409, "count-mismatch")
    assert body["areas"] == [{"area": "products", "items_sent": 2, "marked": 1}]
    assert set(states(call, "products").values()) == {"published"}
    session.stored("products", goods.product("2"))
    assert session.commit(("products", 2)).status_code == 200


def test_an_empty_area_is_never_swept_unasked(stocked, call, is_problem):
    session = call.session("bundles", full=("bundles",))
    body = is_problem(session.commit(("bundles", 0)), 409, "sweep-too-large")
    assert body["withdrawals"] == 1
    assert body["areas"] == [{"area": "bundles", "withdrawals": 1, "of": 1, "items": [{"erp_id": "1"}]}]
    is_problem(session.commit(("bundles", 0), confirm=2), 409, "sweep-too-large")
    assert ends(session.commit(("bundles", 0), confirm=1))["bundles"]["withdrawn"] == 1
    assert states(call, "bundles") == {"1": "withdrawn"}


@pytest.mark.parametrize(
    "held, kept, passes", [(30, 10, True), (30, 9, False), (105, 84, True), (105, 83, False), (110, 88, True)]
)
def test_the_guard_is_a_fifth_and_more_than_twenty(session, call, goods, is_problem, held, kept, passes):
    items = [goods.rule(8, "5", erp_id=str(key), product=str(key)) for key in range(held)]
    session.stored("discounts", *items)
    session.ask("abort")
    full = call.session("discounts_public", full=("discounts_public",))
    full.stored("discounts", *items[:kept])
    answer = full.commit(("discounts_public", kept))
    if passes:
        assert ends(answer)["discounts_public"]["withdrawn"] == held - kept
    else:
        assert is_problem(answer, 409, "sweep-too-large")["withdrawals"] == held - kept
        assert set(states(call, "discounts").values()) == {"published"}
        assert full.commit(("discounts_public", kept), confirm=held - kept).status_code == 200


def test_one_area_over_the_guard_stops_the_whole_commit(stocked, call, goods, is_problem):
    session = call.session("products", "stocks", full=("products", "stocks"))
    session.stored("products", goods.product("1"), goods.product("2"))
    body = is_problem(session.commit(("products", 2), ("stocks", 0)), 409, "sweep-too-large")
    assert body["withdrawals"] == 3  # three stocks stand before the guard; the one product does not
    assert [len(area["items"]) for area in body["areas"]] == [3]
    assert set(states(call, "products").values()) == {"published"}
    is_problem(session.commit(("products", 2), ("stocks", 0), confirm=4), 409, "sweep-too-large")
    assert session.commit(("products", 2), ("stocks", 0), confirm=3).status_code == 200
    assert list(states(call, "products").values()).count("withdrawn") == 1
    assert {item["quantity"] for item in call.state("stocks")["stocks"].values()} == {"0"}


def test_the_number_to_confirm_is_of_all_areas_that_were_stopped(stocked, call, goods, is_problem):
    """Section 22: `confirm_withdrawals` is the number of guarded withdrawals over all areas of the session."""
    areas = ("bundles", "prices", "stocks")
    session = call.session(*areas, full=areas)
    session.stored("prices", *(goods.price(key) for key in "123"))
    ended = (("bundles", 0), ("prices", 3), ("stocks", 0))
    body = is_problem(session.commit(*ended), 409, "sweep-too-large")
    assert {area["area"]: area["withdrawals"] for area in body["areas"]} == {"bundles": 1, "stocks": 3}
    for wrong in (1, 3, 5):
        is_problem(session.commit(*ended, confirm=wrong), 409, "sweep-too-large")
    assert session.commit(*ended, confirm=4).status_code == 200


def test_each_kind_of_rule_is_swept_apart(stocked, call, goods):
    session = call.session("discounts_public", full=("discounts_public",))
    session.stored("discounts", goods.rule(7, "1", goods="10"))
    session.commit(("discounts_public", 1), confirm=1)
    assert states(call, "discounts") == {"8": "withdrawn", "2": "published", "7": "published"}


def test_prices_groups_and_stocks_are_swept_in_their_own_way(stocked, call, goods):
    areas = ("groups", "prices", "stocks")
    session = call.session(*areas, full=areas)
    session.stored("groups", goods.group("10"), goods.group("11"))
    session.stored("prices", goods.price("1"), goods.price("2"))
    session.stored(
        "stocks", goods.stock("1", as_of="2026-11-25T11:30:00Z"), goods.stock("2", as_of="2026-11-25T11:30:00Z")
    )
    session.commit(("groups", 2), ("prices", 2), ("stocks", 2))
    assert states(call, "prices") == {"1/2": "published", "2/2": "published", "3/2": "withdrawn"}
    assert call.quote(product_erp_id="3")["reasons"] == ["no-price"]
    stock = call.state("stocks")["stocks"]["3/1"]
    assert (stock["quantity"], stock["state"]) == ("0", "withdrawn")


def test_a_stock_of_nought_is_nothing_to_withdraw(session, call, goods):
    session.stored("products", goods.product("1"))
    session.stored("stocks", goods.stock("1", quantity="0"))
    session.ask("abort")
    full = call.session("stocks", full=("stocks",))
    assert ends(full.commit(("stocks", 0)))["stocks"]["withdrawn"] == 0


def test_customers_and_dictionaries_are_never_swept(stocked, call, goods):
    areas = ("customers", "dictionaries")
    session = call.session(*areas, full=areas)
    session.stored("customers", goods.customer("2"))
    found = ends(session.commit(("customers", 1), ("dictionaries", 0)))
    assert (found["customers"]["withdrawn"], found["dictionaries"]["withdrawn"]) == (0, 0)
    assert states(call, "customers") == {"cu000001": "published", "cu000002": "published"}
    assert set(states(call, "price_types").values()) == {"published"}


def test_dictionaries_of_three_kinds_are_counted_together(call, goods, is_problem):
    session = call.session("dictionaries", full=("dictionaries",))
    session.stored("price-types", goods.price_type("1"))
    session.stored("warehouses", goods.warehouse("1"))
    session.stored("attributes", goods.attribute("1"))
    is_problem(session.commit(("dictionaries", 1)), 409, "count-mismatch")
    assert session.commit(("dictionaries", 3)).status_code == 200


def test_panel_made_content_is_never_touched(stocked, call, goods):
    made = call.sandbox("panel", {"kind": "groups", "item": {**goods.group("x"), "erp_id": "x"}})
    assert (made["erp_id"], made["origin"]) == (None, "panel")
    session = call.session("groups", full=("groups",))
    session.stored("groups", goods.group())
    assert ends(session.commit(("groups", 1)))["groups"]["withdrawn"] == 0
    assert states(call, "groups")[made["key"]] == "published"


@pytest.mark.parametrize("ending", ["abort", "takeover", "expiry"])
def test_without_a_commit_nothing_is_swept(stocked, call, goods, ending):
    session = call.session("products", full=("products",))
    session.stored("products", goods.product("1"))
    if ending == "abort":
        session.ask("abort")
    elif ending == "takeover":
        call.session("products", takeover=True)
    else:
        call.clock(advance_s=25 * 3600)
        call.begin("products")
    assert set(states(call, "products").values()) == {"published"}
    assert call.get(f"/v1/sync-sessions/{session.id}").json()["areas"][0]["marked"] == 0


def test_what_was_swept_comes_back_with_a_new_stamp(stocked, call, goods):
    """Section 0: an equal stamp is `unchanged` in a differential area, and written again in a full one."""
    session = call.session("products", full=("products",))
    session.stored("products", goods.product("1"), goods.product("2"))
    session.commit(("products", 2))
    again = call.session("products")
    assert again.stored("products", goods.product("3"), goods.product("2")) == ["unchanged"] * 2
    assert states(call, "products")["3"] == "withdrawn"
    assert again.stored("products", goods.product("3", stamp=2)) == ["updated"]
    assert states(call, "products")["3"] == "published"
    again.ask("abort")
    full = call.session("products", full=("products",))
    assert full.stored("products", {"op": "withdraw", "erp_id": "2", "stamp": 1}) == ["withdrawn"]
    assert full.stored("products", goods.product("2")) == ["updated"]


def test_stamps_run_backwards_only_when_a_person_said_so(stocked, call, goods, is_refused):
    session = call.session("products", full=("products",))
    is_refused(session.one("products", goods.product("1", stamp=0)), 409, "stale-item", "/stamp")
    session.ask("abort")
    session = call.session("products", "prices", full=("products",), reset_stamps=True)
    assert session.stored("products", goods.product("1", stamp=0)) == ["updated"]
    assert call.get("/v1/products/1").json()["stamp"] == 0
    is_refused(session.one("prices", goods.price("1", stamp=0)), 409, "stale-item")  # a differential area
