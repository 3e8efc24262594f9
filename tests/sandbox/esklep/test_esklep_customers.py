"""Customers of the ERP, accounts of the shop, and the link between them (section 10)."""

import pytest

ACCOUNT = {"email": "ola@example.com", "names": ["Ola"], "phone": "500600700"}


def login(email, **more):
    return {"email": email, "name": None, "phone": None, "default": False, "active": True, **more}


def test_what_was_sent_is_read_back(session, call, goods):
    session.stored("attributes", goods.attribute(subject="customer", code="BRANZA"))
    sent = goods.customer(
        nip_country="PL", phone="1", email="biuro@example.com", group_erp_id="5", group_name="VIP", price_type_erp_id="2",
        discount_percent="7.50", payment_form_id="1", payment_days=14, credit_limit="1000.00",
        address={"street": "Długa", "house": "1", "flat": None, "postal_code": "00-001", "city": "Gdańsk", "country": "PL"},
        logins=[login("a@example.com", default=True)],
        consents=[{"code": "RODO", "text_version": "2", "given": True, "at": "2026-01-01T00:00:00Z"}],
        attributes=[{"code": "BRANZA", "value": "sklep"}],
    )  # fmt: skip
    result = session.one("customers", sent)
    assert (result["result"], result["erp_id"]) == ("created", "1")
    got = call.every("/v1/customers")[0]
    assert got["shop_id"] == result["shop_id"]
    shown = {
        **sent,
        "attributes": [{"code": "BRANZA", "lang": None, "value": "sklep", "file_sha256": None, "position": None}],
    }
    assert {name: got[name] for name in sent} == shown
    assert not any("password" in name for name in got)


@pytest.mark.parametrize(
    "changes, status, code, pointer",
    [
        ({"nip": None}, 422, "validation-failed", "/nip"),
        ({"nip": ""}, 422, "validation-failed", "/nip"),
        ({"code": "!NIEOKREŚLONY!"}, 422, "validation-failed", "/code"),
        ({"code": "X" * 21}, 422, "validation-failed", "/code"),
        ({"names": ["1", "2", "3", "4"]}, 422, "validation-failed", "/names"),
        ({"price_type_erp_id": "404"}, 409, "price-type-unknown", "/price_type_erp_id"),
        ({"payment_form_id": "404"}, 422, "validation-failed", "/payment_form_id"),
        ({"logins": [login("x")]}, 422, "validation-failed", "/logins/0/email"),
        ({"logins": [login("a@x.pl"), login("A@x.pl")]}, 422, "validation-failed", "/logins/1/email"),
        ({"attributes": [{"code": "X", "value": "1"}]}, 409, "attribute-unknown", "/attributes/0/code"),
        ({"merged_into_erp_id": "404"}, 404, "customer-unknown", "/merged_into_erp_id"),
        ({"merged_into_erp_id": "1"}, 404, "customer-unknown", "/merged_into_erp_id"),
    ],
)
def test_refused(session, goods, is_refused, changes, status, code, pointer):
    is_refused(session.one("customers", goods.customer(**changes)), status, code, pointer)


def test_a_person_needs_no_nip(session, goods):
    assert session.stored("customers", goods.customer(company=False, nip=None)) == ["created"]


def test_a_login_belongs_to_one_customer(session, call, goods, is_refused):
    session.stored("customers", goods.customer("1", logins=[login("a@x.pl")]))
    is_refused(
        session.one("customers", goods.customer("2", logins=[login("A@X.pl")])), 409, "login-taken", "/logins/0/email"
    )
    session.stored("customers", goods.customer("1", stamp=2))
    assert session.stored("customers", goods.customer("2", logins=[login("a@x.pl")])) == ["created"]
    call.sandbox("accounts", ACCOUNT)
    is_refused(session.one("customers", goods.customer("3", logins=[login("ola@example.com")])), 409, "login-taken")


def test_accounts_of_the_shop_are_linked_once(session, call, goods, is_problem):
    account = call.sandbox("accounts", ACCOUNT)
    session.stored("customers", goods.customer("5"))
    assert [one["shop_id"] for one in call.every("/v1/customers", origin="shop")] == [account["shop_id"]]
    url = f"/v1/customers/by-shop-id/{account['shop_id']}/erp-link"
    assert session.put(url, {"erp_id": "9"}).json()["erp_id"] == "9"
    assert session.put(url, {"erp_id": "9"}).status_code == 200
    is_problem(
        session.put(url, {"erp_id": "10"}), 409, "customer-already-linked", ("/erp_id", "customer-already-linked")
    )
    other = call.sandbox("accounts", {**ACCOUNT, "email": "ela@example.com"})
    taken = session.put(f"/v1/customers/by-shop-id/{other['shop_id']}/erp-link", {"erp_id": "9"})
    is_problem(taken, 409, "customer-already-linked")
    is_problem(
        session.put(f"/v1/customers/by-shop-id/{other['shop_id']}/erp-link", {"erp_id": "5"}),
        409,
        "customer-already-linked",
    )
    is_problem(session.put("/v1/customers/by-shop-id/none/erp-link", {"erp_id": "1"}), 404, "customer-unknown")
    is_problem(session.put(url, {}), 422, "validation-failed", ("/erp_id", "required"))
    # From now on the card is that account's, logins included.
    result = session.one("customers", goods.customer("9", logins=[login("ola@example.com")]))
    assert (result["result"], result["shop_id"]) == ("updated", account["shop_id"])


def test_a_link_is_made_in_a_session_of_orders_too(session, call):
    session.ask("abort")
    account = call.sandbox("accounts", ACCOUNT)
    orders = call.session("orders")
    url = f"/v1/customers/by-shop-id/{account['shop_id']}/erp-link"
    assert orders.put(url, {"erp_id": "9"}).status_code == 200


def test_what_changed_in_the_shop_since(session, call):
    call.sandbox("accounts", ACCOUNT)
    call.clock(advance_s=60)
    later = call.sandbox("accounts", {**ACCOUNT, "email": "ela@example.com"})
    changed = call.every("/v1/customers", origin="shop", updated_since="2026-11-25T12:00:30Z")
    assert [one["shop_id"] for one in changed] == [later["shop_id"]]


def order(call, **who):
    return call.post("/v1/sandbox/orders", json={"lines": [{"product_erp_id": "1"}], **who})


@pytest.fixture
def on_sale(session, goods):
    session.stored("products", goods.product(ignore_stock=True))
    session.stored("prices", goods.price())


def test_withdrawn_and_blocked_logins_stay_out(session, call, goods, on_sale, is_problem):
    session.stored("customers", goods.customer("1", logins=[login("a@x.pl"), login("b@x.pl", active=False)]))
    assert order(call, login="a@x.pl").status_code == 201
    is_problem(order(call, login="b@x.pl"), 422, "validation-failed", ("/login", "not-allowed-value"))
    assert session.stored("customers", {"op": "withdraw", "erp_id": "1", "stamp": 2}) == ["withdrawn"]
    is_problem(order(call, login="a@x.pl"), 422, "validation-failed", ("/login", "not-allowed-value"))


def test_a_merged_customer_hands_over_logins_and_history(session, call, goods, on_sale):
    session.stored(
        "customers", goods.customer("1", logins=[login("a@x.pl")]), goods.customer("2", logins=[login("b@x.pl")])
    )
    placed = order(call, login="a@x.pl").json()
    merged = goods.customer("1", logins=[login("a@x.pl")], merged_into_erp_id="2", stamp=2)
    assert session.stored("customers", merged) == ["withdrawn"]
    customers = {one["erp_id"]: one for one in call.every("/v1/customers")}
    assert {one["email"] for one in customers["2"]["logins"]} == {"a@x.pl", "b@x.pl"}
    assert (customers["1"]["logins"], customers["1"]["state"]) == ([], "withdrawn")
    assert call.get(f"/v1/orders/{placed['id']}").json()["customer"]["erp_id"] == "2"
    assert session.stored("customers", merged) == ["unchanged"]
    assert order(call, login="a@x.pl").json()["customer"]["erp_id"] == "2"


def test_anonymise_keeps_orders_and_nothing_personal(session, call, goods, on_sale, is_problem):
    session.stored("customers", goods.customer("1", phone="5", email="a@x.pl", logins=[login("a@x.pl")]))
    placed = order(call, login="a@x.pl").json()
    assert session.stored("customers", goods.customer("1", phone="5", anonymise=True, stamp=2)) == ["updated"]
    kept = call.every("/v1/customers")[0]
    assert (kept["names"], kept["phone"], kept["email"], kept["nip"], kept["logins"]) == ([], None, None, None, [])
    assert call.get(f"/v1/orders/{placed['id']}").status_code == 200
    is_problem(order(call, login="a@x.pl"), 404, "customer-unknown")


def test_a_taken_address_registers_no_second_account(call, is_problem):
    call.sandbox("accounts", ACCOUNT)
    is_problem(call.post("/v1/sandbox/accounts", json=ACCOUNT), 409, "login-taken")
