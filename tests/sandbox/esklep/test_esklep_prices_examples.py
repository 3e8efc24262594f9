"""The priced examples of the contract's section 20, by rules posted by hand, and the corners of section 7.2."""

import pytest

PERCENTS = {6: "5", 5: "10", 2: "12", 4: "15", 3: "8", 1: "20", 8: "25", 7: "30"}


class Market:
    """T1 of example 1 and its two customers; rules come and go."""

    def __init__(self, session, goods):
        self.session, self.goods, self.call = session, goods, session.call
        session.stored("price-types", goods.price_type("3", 3, name="HURT", basis="net"))
        session.stored("groups", goods.group("1"), goods.group("G10", "1"), goods.group("20"))
        self.product("T1", default_group_erp_id="G10", group_erp_ids=["20"])
        session.stored("prices", goods.price("T1"), goods.price("T1", "90.00", "3", basis="net"))
        session.stored("customers", goods.customer("K1", group_erp_id="VIP"))
        self.stamp = 1

    def product(self, erp_id="T1", **more):
        self.session.stored("products", self.goods.product(erp_id, **{"ignore_stock": True, **more}))

    def rules(self, *types):
        """The rules R of these types, on T1, its group, K1 and VIP."""
        for erp_type in types:
            self.rule(erp_type, PERCENTS[erp_type])

    def rule(self, erp_type, percent=None, erp_id=None, product="T1", goods="G10", **more):
        from_type = {
            13: {"customer": "K1", "product": product}, 12: {"group": "VIP", "product": product}, 11: {"product": product},
            6: {"customer": "K1", "product": product}, 5: {"customer": "K1", "goods": goods}, 2: {"customer": "K1"},
            4: {"group": "VIP", "product": product}, 3: {"group": "VIP", "goods": goods}, 1: {"group": "VIP"},
            8: {"product": product}, 7: {"goods": goods},
        }  # fmt: skip
        self.session.stored(
            "discounts", self.goods.rule(erp_type, percent, erp_id=erp_id, **from_type[erp_type], **more)
        )

    def fixed(self, erp_type, price, basis="gross", currency="PLN", **more):
        self.rule(erp_type, price=price, basis=basis, currency=currency, **more)

    def no(self, *erp_ids):
        self.stamp += 1
        for erp_id in erp_ids:
            self.session.stored("discounts", {"op": "withdraw", "erp_id": str(erp_id), "stamp": self.stamp})

    def asks(self, customer=None, product="T1", **more):
        who = {"customer_erp_id": customer} if customer else {}
        return self.call.quote(product_erp_id=product, **who, **more)

    def price(self, customer=None, **more):
        """Net, gross and the type of the rule that made them."""
        quoted = self.asks(customer, **more)
        winner = quoted["winner"]
        return quoted["final"]["net"], quoted["final"]["gross"], winner and winner["erp_type"]


@pytest.fixture
def market(session, goods):
    return Market(session, goods)


def test_example_1_no_rule(market):
    assert market.price() == ("100.00", "123.00", None)
    basket = market.call.quote(lines=[{"product_erp_id": "T1", "quantity": "2"}], price_basis="gross")
    line = basket["lines"][0]
    assert (line["value_gross"], line["value_net"], line["value_vat"]) == ("246.00", "200.00", "46.00")
    assert basket["totals"]["by_rate"] == [
        {"vat": {"rate": "23.00", "kind": "taxed"}, "net": "200.00", "tax": "46.00", "gross": "246.00"}
    ]


def test_example_2_the_highest_rank_not_the_largest_percent(market):
    market.rules(*PERCENTS)
    assert market.price("K1") == ("95.00", "116.85", 6)


def test_example_3_one_customer_before_his_group_and_the_card_stands_in(market):
    market.rules(2, 4, 3, 1, 8, 7)
    assert market.price("K1") == ("88.00", "108.24", 2)
    market.session.stored("customers", market.goods.customer("K1", group_erp_id="VIP", discount_percent="7", stamp=2))
    assert market.price("K1") == ("88.00", "108.24", 2)
    market.no(2)
    assert market.price("K1") == ("93.00", "114.39", 2)
    assert market.asks("K1")["winner"] == {"kind": "card", "erp_type": 2, "erp_id": None, "percent": "7"}


def test_example_4_group_and_product_then_group_and_product_group(market):
    market.rules(4, 3, 1, 8, 7)
    assert market.price("K1") == ("85.00", "104.55", 4)
    market.no(4)
    assert market.price("K1") == ("92.00", "113.16", 3)


def test_example_5_another_price_type(market):
    market.session.stored("customers", market.goods.customer("K1", group_erp_id="VIP", price_type_erp_id="3", stamp=2))
    market.rules(1, 8, 7)
    quoted = market.asks("K1")
    assert (quoted["price_type_erp_id"], quoted["start"]) == ("3", {"net": "90.00", "gross": "110.70"})
    assert market.price("K1") == ("72.00", "88.56", 1)


def test_example_6_a_guest(market):
    market.rules(*PERCENTS)
    assert market.price() == ("75.00", "92.25", 8)
    market.no(8)
    assert market.price() == ("70.00", "86.10", 7)


def test_example_7_a_fixed_price_is_the_price(market):
    market.fixed(11, "99.00")
    market.rule(6, "50")
    assert market.price("K1") == ("80.49", "99.00", 11)


def test_example_8_ranks_of_fixed_prices_and_currencies(market):
    market.fixed(13, "85.00", "net")
    market.fixed(12, "99.00")
    market.fixed(11, "95.00")
    assert market.price("K1") == ("85.00", "104.55", 13)
    market.fixed(13, "85.00", "net", "EUR", stamp=2)
    assert market.price("K1") == ("80.49", "99.00", 12)


def test_example_9_by_date_in_the_shop(market):
    market.rule(6, "10", "61", valid_from="2026-11-01", valid_to="2026-11-30")
    market.rule(6, "15", "62", valid_from="2026-11-20", valid_to="2026-11-30")
    market.rule(2, "12")
    assert market.price("K1", at="2026-11-15T12:00:00+01:00")[1:] == ("110.70", 6)
    assert market.price("K1", at="2026-11-30T23:59:30+01:00")[1:] == ("104.55", 6)
    assert market.price("K1", at="2026-11-30T23:30:00Z")[1:] == ("108.24", 2)
    market.call.clock(now="2026-11-15T11:00:00Z")  # the shop's own time, where none is named
    assert market.price("K1")[1:] == ("110.70", 6)


def test_example_10_no_discount_stops_percents_only(market):
    market.product(default_group_erp_id="G10", no_discount=True, stamp=2)
    market.rules(*PERCENTS)
    assert market.price("K1") == ("100.00", "123.00", None)
    market.fixed(11, "99.00")
    assert market.price("K1")[1:] == ("99.00", 11)


def test_example_11_only_the_default_group_counts(market):
    market.rule(7, "30", "71", goods="20")
    market.rule(7, "30", "72", goods="1")
    assert market.price()[1:] == ("123.00", None)
    market.rule(7, "30", "73")
    assert market.price()[1:] == ("86.10", 7)


def test_example_12_units(market):
    op = {"symbol": "op.", "numerator": 6, "denominator": 1}
    market.product("T2", price_decimals=4, units=[op])
    market.session.stored("prices", market.goods.price("T2", "3.3333", basis="net"))
    market.fixed(11, "3.00", "net", product="T2")
    market.rule(8, "10", product="T2")
    assert market.price(product="T2") == ("3.0000", "3.69", 11)  # the side that is kept has the product's four places
    quoted = market.asks(product="T2", unit="op.")
    assert quoted["start"] == {"net": "19.9998", "gross": "24.60"}
    assert (quoted["final"], quoted["winner"]["erp_type"]) == ({"net": "18.00", "gross": "22.14"}, 8)
    market.call.settings(pricing={"fixed_price_units": "all"})
    assert market.price(product="T2", unit="op.")[2] == 11
    assert market.asks(product="T2", unit="op.")["final"] == {"net": "18.0000", "gross": "22.14"}


def test_example_13_the_base_of_a_percent(market):
    market.product("T3")
    market.session.stored("prices", market.goods.price("T3", "5.01", basis="net"))
    market.rule(8, "10", product="T3")
    assert market.asks(product="T3")["start"]["gross"] == "6.16"
    assert market.price(product="T3")[:2] == ("4.50", "5.54")
    market.call.settings(pricing={"discount_base": "price_basis"})
    assert market.price(product="T3")[:2] == ("4.51", "5.55")


def test_example_14_a_set_and_its_hours(market):
    for erp_id, price in (("A", "100.00"), ("B", "30.00")):
        market.product(erp_id)
        market.session.stored("prices", market.goods.price(erp_id, price))
    market.rule(8, "25", product="A")
    half = market.goods.part("B", "2", discount={"kind": "percent", "value": "50"})
    tenth = {"kind": "percent", "value": "10"}
    market.session.stored(
        "bundles",
        market.goods.bundle("Z", "A", main_discount=tenth, components=[half], hours_from="08:00", hours_to="20:00"),
    )
    quoted = market.call.quote(bundle_erp_id="Z", at="2026-11-25T08:00:00+01:00")
    assert [(part["final"]["gross"], part["quantity"]) for part in quoted["parts"]] == [("90.00", "1"), ("15.00", "2")]
    assert quoted["total"]["gross"] == "120.00"
    assert market.call.quote(bundle_erp_id="Z", at="2026-11-25T19:59:59+01:00")["on_sale"] is True
    for gone in ("2026-11-25T20:00:00+01:00", "2026-11-25T07:59:59+01:00"):
        assert market.call.quote(bundle_erp_id="Z", at=gone)["on_sale"] is False
    assert market.price(product="A", at="2026-11-25T20:00:00+01:00")[1:] == ("75.00", 8)
    basket = market.call.quote(lines=[{"bundle_erp_id": "Z"}], at="2026-11-25T12:00:00+01:00")
    assert [line["value_gross"] for line in basket["lines"]] == ["90.00", "30.00"]
    assert basket["lines"][1]["bundle"] == {
        "erp_id": "Z", "code": "ZZ", "instance": "1", "set_quantity": "1", "main": False
    }  # fmt: skip


def test_example_15_a_basket(market):
    for erp_id, price in (("X", "110.70"), ("Y", "49.20"), ("Z", "30.00")):
        market.product(erp_id)
        market.session.stored("prices", market.goods.price(erp_id, price, loyalty_points=5))
    wish = {
        "lines": [{"product_erp_id": erp_id} for erp_id in "XYZ"], "coupon": {"kind": "amount", "value": "10.00"},
        "delivery_gross": "14.99", "points_used": 500, "customer_erp_id": "K1",
    }  # fmt: skip
    basket = market.call.quote(**wish)
    shares = [line["reductions"][-1] for line in basket["lines"]]
    assert [(one["origin"], one["amount"]) for one in shares] == [
        ("coupon", "5.83"),
        ("coupon", "2.59"),
        ("coupon", "1.58"),
    ]
    assert [line["value_gross"] for line in basket["lines"]] == ["104.87", "46.61", "28.42"]
    assert (basket["points_value"], basket["totals"]["to_pay"]) == ("20.00", "174.89")
    assert basket["delivery"]["cost_gross"] == "14.99"
    assert basket["coupons"] == [{"code": "KUPON", "kind": "amount", "value": "10.00", "amount_total": "10.00"}]
    market.rule(8, "50", product="X")
    assert market.call.quote(**wish)["points_earned"] == basket["points_earned"] == 15


def test_a_percent_of_nought_wins_as_well(market):
    market.rule(6, "0")
    market.rule(2, "12")
    assert market.price("K1") == ("100.00", "123.00", 6)


def test_a_surcharge(market):
    market.rule(8, "-10")
    assert market.price()[1:] == ("135.30", 8)


def test_equal_ranks_by_start_then_by_number(market):
    market.rule(8, "1", "9")
    market.rule(8, "2", "10")
    assert market.asks()["winner"]["erp_id"] == "10"  # numbers, not letters
    market.rule(8, "3", "2", valid_from="2026-01-01")
    assert market.asks()["winner"]["erp_id"] == "2"


def test_a_card_of_nought_stands_in_for_nothing(market):
    market.session.stored("customers", market.goods.customer("K1", group_erp_id="VIP", discount_percent="0", stamp=2))
    market.rule(4, "15")
    assert market.price("K1")[1:] == ("104.55", 4)


def test_no_price_in_the_own_type_is_no_price_at_all(market):
    market.product("T9")
    market.session.stored("prices", market.goods.price("T9"))
    market.session.stored("customers", market.goods.customer("K1", price_type_erp_id="3", stamp=2))
    quoted = market.asks("K1", product="T9")
    assert (quoted["sellable"], quoted["reasons"], "final" in quoted) == (False, ["no-price"], False)


def test_exempt_goods_have_one_price(market):
    market.product("T4", vat={"rate": "0.00", "kind": "exempt"})
    market.session.stored("prices", market.goods.price("T4", "10.00"))
    assert market.price(product="T4")[:2] == ("10.00", "10.00")


def test_rules_of_the_erp_can_be_switched_off(market):
    market.rule(8, "25")
    market.call.settings(pricing={"erp_discounts": False})
    assert market.price()[1:] == ("123.00", None)


@pytest.mark.parametrize("combine, with_rule", [("first", "110.70"), ("sum", "98.40")])
def test_the_shops_own_percent_comes_after(market, combine, with_rule):
    market.call.settings(pricing={"shop_discounts_combine": combine})
    assert market.price(shop_percent="10")[1] == "110.70"
    market.rule(8, "10")
    assert market.price(shop_percent="10")[1] == with_rule
    market.call.settings(pricing={"shop_discounts": False})
    assert market.price(shop_percent="10")[1] == "110.70"


def test_as_many_sets_as_the_scarcest_part_allows(market):
    for erp_id in "AB":
        market.product(erp_id, ignore_stock=False)
        market.session.stored("prices", market.goods.price(erp_id))
    market.session.stored("stocks", market.goods.stock("A", "10"), market.goods.stock("B", "7"))
    market.session.stored("bundles", market.goods.bundle("Z", "A", components=[market.goods.part("B", "2")]))
    assert market.call.quote(bundle_erp_id="Z")["available"] == 3


@pytest.mark.parametrize(
    "discount, gross",
    [
        ({"kind": "none"}, "123.00"),
        ({"kind": "amount", "value": "23.00", "currency": "PLN"}, "100.00"),
        ({"kind": "amount", "value": "500.00", "currency": "PLN"}, "0.00"),
        ({"kind": "fixed_price", "value": "50.00", "currency": "PLN"}, "50.00"),
        ({"kind": "fixed_price", "value": "50.00", "currency": "EUR"}, None),
    ],
)
def test_discounts_inside_a_set(market, discount, gross):
    market.product("B")
    market.session.stored("prices", market.goods.price("B", "10.00"))
    market.session.stored("bundles", market.goods.bundle("Z", "T1", main_discount=discount, parts=("B",)))
    quoted = market.call.quote(bundle_erp_id="Z")
    assert quoted["on_sale"] is (gross is not None)
    assert gross is None or quoted["parts"][0]["final"]["gross"] == gross


@pytest.mark.parametrize(
    "moment, on",
    [
        ("2026-11-25T21:59:00+01:00", False), ("2026-11-25T22:00:00+01:00", True), ("2026-11-26T01:59:00+01:00", True),
        ("2026-11-26T02:00:00+01:00", False), ("2026-11-25T01:00:00+01:00", False),
    ],
)  # fmt: skip
def test_hours_over_midnight_belong_to_the_day_they_began_on(market, moment, on):
    market.product("B")
    market.session.stored("prices", market.goods.price("B"))
    window = {"valid_from": "2026-11-25", "valid_to": "2026-11-25", "hours_from": "22:00", "hours_to": "02:00"}
    market.session.stored("bundles", market.goods.bundle("Z", "T1", parts=("B",), **window))
    assert market.call.quote(bundle_erp_id="Z", at=moment)["on_sale"] is on


def test_faulty_questions(market, is_problem):
    ask = lambda **wish: market.call.post("/v1/sandbox/quote", json=wish)  # noqa: E731
    is_problem(ask(product_erp_id="404"), 404, "product-unknown")
    is_problem(ask(product_erp_id="T1", unit="paleta"), 422, "unit-invalid")
    is_problem(ask(product_erp_id="T1", customer_erp_id="404"), 404, "customer-unknown")
    is_problem(ask(product_erp_id="T1", login="nikt@example.com"), 404, "customer-unknown")
    is_problem(ask(bundle_erp_id="404"), 404, "not-found")
    is_problem(ask(lines=[{"product_erp_id": "T1", "quantity": "1.5"}]), 422, "validation-failed")
    is_problem(ask(lines=[{"product_erp_id": "T1", "unit": "op."}]), 422, "unit-invalid")
