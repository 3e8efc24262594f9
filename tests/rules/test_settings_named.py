"""What is said of settings that cannot work: every finding in full, with what it names (decision tables part 7)."""

from dataclasses import replace

import pytest

from pomost.model.branch import Branch
from pomost.model.change import Part
from pomost.model.conditions import Condition, ConditionField, Qualification
from pomost.model.order import OrderStatus, Stage
from pomost.model.order_policy import OrderPolicy
from pomost.model.policy import GoodsPolicy, Policy
from pomost.model.reason import Finding, Reason
from pomost.ports.capability import yes
from pomost.rules.settings import Verdict, check_branches, judge
from pomost.rules.settings_of_orders import OrderTerrain
from tests.rules.parties import ALL
from tests.rules.test_settings import TERRAIN, WAREHOUSES
from tests.rules.trade import BRANCH, EXTRA, GOODS, MAIN, OTHER, POLICY, PRICES, SECOND, TYPE_FIELD, WITH_EXTRA

THIRD = Branch(id="KRA", name="Kraków", main_warehouse=EXTRA)
STATUSES = (OrderStatus("new", "Nowe", final=False), OrderStatus("done", "Gotowe", final=True))
ORDERS = OrderPolicy(enabled=True, status="new")
GROUND = replace(TERRAIN, orders=OrderTerrain(yes(), yes(), yes(), STATUSES))
UNASKED = Finding.of(Reason.ORDERS_WITHOUT_CUSTOMERS)


def by_condition(field: ConditionField, *values: str, own_field: str = "") -> GoodsPolicy:
    condition = Condition(field, values, own_field=own_field)
    return replace(GOODS, qualification=Qualification.CONDITIONS, conditions=(condition,))


def with_goods(goods: GoodsPolicy) -> Verdict:
    return judge(replace(POLICY, goods=goods), TERRAIN)


def with_orders(orders: OrderPolicy, **more: object) -> Verdict:
    return judge(replace(POLICY, orders=orders, **more), GROUND)


@pytest.mark.parametrize(
    "listed,found",
    [
        ((), Finding.of(Reason.BRANCH_NONE)),
        ((replace(BRANCH, main_warehouse=""),), Finding.of(Reason.BRANCH_WITHOUT_WAREHOUSE, branch="MAG")),
        (
            (replace(BRANCH, main_warehouse="99"),),
            Finding.of(Reason.WAREHOUSE_UNKNOWN, branch="MAG", warehouse="99"),
        ),
        (
            (BRANCH, replace(SECOND, extra_warehouses=("98",))),
            Finding.of(Reason.WAREHOUSE_UNKNOWN, branch="FIL", warehouse="98"),
        ),
        ((BRANCH, replace(SECOND, id="Mag")), Finding.of(Reason.BRANCH_REPEATED, branch="mag")),
        (
            (BRANCH, replace(SECOND, name="Magazyn  główny")),
            Finding.of(Reason.BRANCH_REPEATED, branch="magazyn główny"),
        ),
        ((replace(BRANCH, name=" "),), Finding.of(Reason.BRANCH_UNNAMED)),
        (
            (BRANCH, replace(SECOND, main_warehouse=MAIN)),
            Finding.of(Reason.WAREHOUSE_MAIN_TWICE, warehouse="1", branch="MAG, FIL"),
        ),
        (
            (replace(BRANCH, extra_warehouses=(OTHER,)), SECOND, replace(THIRD, extra_warehouses=(OTHER,))),
            Finding.of(Reason.WAREHOUSE_EXTRA_IS_MAIN, warehouse="3", branch="MAG, KRA"),
        ),
        (
            (WITH_EXTRA, replace(SECOND, extra_warehouses=(EXTRA,))),
            Finding.of(Reason.WAREHOUSE_SHARED, warehouse="2", branch="MAG, FIL"),
        ),
    ],
)
def test_what_is_wrong_with_branches_names_them_and_their_warehouses(
    listed: tuple[Branch, ...], found: Finding
) -> None:
    """Decision tables 3.1, configuration verdicts."""
    assert tuple(check_branches(listed, WAREHOUSES)) == (found,)


def test_an_extra_warehouse_of_one_branch_alone_is_plain() -> None:
    """Decision tables 3.1 configuration row 4: only two branches share."""
    assert tuple(check_branches((WITH_EXTRA, SECOND), WAREHOUSES)) == ()


def test_an_unknown_region_is_named_with_its_branch() -> None:
    policy = replace(POLICY, branches=(replace(BRANCH, region="marsjański"), replace(SECOND, region="mazowieckie")))
    verdict = judge(policy, replace(TERRAIN, regions=frozenset({"mazowieckie"})))
    assert verdict.findings == (Finding.of(Reason.REGION_UNKNOWN, branch="MAG", region="marsjański"),)
    assert (verdict.refused, verdict.unwritten) == (frozenset(), {"MAG"})


def test_where_no_branches_are_written_none_counts_as_unwritten() -> None:
    """A shop that takes no branches from us has no regions to compare with."""
    policy = replace(POLICY, branches=(replace(BRANCH, region="?"),))
    assert judge(policy, TERRAIN) == Verdict((), frozenset())


@pytest.mark.parametrize(
    "goods",
    [
        by_condition(ConditionField.TRAIT, "M/store"),
        by_condition(ConditionField.GROUP, "Piwo"),
        by_condition(ConditionField.SHOP_FLAG, "yes"),
        by_condition(ConditionField.SHOP_FLAG, "no"),
        by_condition(ConditionField.SHOP_FLAG, "yes", "no"),
        by_condition(ConditionField.OWN_FIELD, "tak", own_field=TYPE_FIELD),
    ],
)
def test_a_condition_the_erp_knows_is_sound(goods: GoodsPolicy) -> None:
    """Decision tables 2.2: a condition may name whatever the ERP has, all of it too."""
    assert with_goods(goods) == Verdict((), frozenset())


@pytest.mark.parametrize(
    "goods,found",
    [
        (replace(GOODS, qualification=Qualification.UNSET), Finding.of(Reason.QUALIFICATION_UNSET)),
        (replace(GOODS, qualification=Qualification.CONDITIONS), Finding.of(Reason.QUALIFICATION_EMPTY)),
        (
            by_condition(ConditionField.TRAIT, "M/store", "x"),
            Finding.of(Reason.CONDITION_UNKNOWN, condition="trait = M/store | x"),
        ),
        (
            by_condition(ConditionField.GROUP, "Nabiał"),
            Finding.of(Reason.CONDITION_UNKNOWN, condition="group = Nabiał"),
        ),
        (
            by_condition(ConditionField.SHOP_FLAG, "tak"),
            Finding.of(Reason.CONDITION_UNKNOWN, condition="shop-flag = tak"),
        ),
        (
            by_condition(ConditionField.OWN_FIELD, "tak", own_field="field:99"),
            Finding.of(Reason.CONDITION_UNKNOWN, condition="own-field:field:99 = tak"),
        ),
        (
            replace(GOODS, min_quantity_field="field:99"),
            Finding.of(Reason.OWN_FIELD_UNKNOWN, setting="goods.min_quantity_field", value="field:99"),
        ),
        (
            replace(GOODS, unit_type_field="field:98"),
            Finding.of(Reason.OWN_FIELD_UNKNOWN, setting="goods.unit_type_field", value="field:98"),
        ),
        (
            replace(GOODS, unit_multiplier_field="field:97"),
            Finding.of(Reason.OWN_FIELD_UNKNOWN, setting="goods.unit_multiplier_field", value="field:97"),
        ),
        (
            replace(GOODS, unit_dictionary={"karton": "PU"}),
            Finding.of(Reason.DICTIONARY_KEY_IS_UNIT, unit="karton"),
        ),
        (
            replace(GOODS, unit_dictionary={"Szt.": "PU"}),
            Finding.of(Reason.DICTIONARY_KEY_IS_UNIT, unit="Szt."),
        ),
        (
            replace(GOODS, unit_dictionary={"opak. zb.": "Paleta"}),
            Finding.of(
                Reason.DICTIONARY_TARGET_UNKNOWN, unit="opak. zb.", target="Paleta", allowed="PCE, CT, B, CR, PU"
            ),
        ),
    ],
)
def test_what_is_wrong_with_goods_names_the_setting_and_what_it_holds(goods: GoodsPolicy, found: Finding) -> None:
    """Decision tables 2.2 and 1.7 Q10; part 7: the whole of the goods waits for it."""
    assert with_goods(goods) == Verdict((found,), frozenset({Part.CARD, Part.PRICE, Part.STOCK}))


def test_a_dictionary_names_units_in_any_letter_case() -> None:
    """Decision tables 1.7 Q10: symbols and names of the shop's table, however they are written."""
    assert with_goods(replace(GOODS, unit_dictionary={"but.": "pce", "opak. zb.": "zgrzewka"})).findings == ()


@pytest.mark.parametrize(
    "level,found",
    [
        ("gone", Finding.of(Reason.PRICE_LEVEL_UNKNOWN, level="gone")),
        ("export", Finding.of(Reason.PRICE_LEVEL_CURRENCY, level="export", currency="EUR", wanted="PLN")),
    ],
)
def test_a_price_level_that_cannot_be_sent_is_named_with_both_currencies(level: str, found: Finding) -> None:
    """Decision tables part 7 "price level in another currency"; new offers wait with their prices."""
    verdict = judge(replace(POLICY, prices=replace(PRICES, level=level)), TERRAIN)
    assert verdict == Verdict((found,), frozenset({Part.CARD, Part.PRICE}))


@pytest.mark.parametrize(
    "policy",
    [
        replace(POLICY, prices=replace(PRICES, enabled=False, level="gone")),
        replace(POLICY, goods=replace(GOODS, enabled=False), prices=replace(PRICES, level="gone")),
    ],
    ids=["prices off", "goods off"],
)
def test_the_price_level_counts_only_where_goods_and_prices_are_on(policy: Policy) -> None:
    assert judge(policy, TERRAIN) == Verdict((), frozenset())


def test_a_wrong_price_level_takes_nothing_from_what_wrong_goods_refuse() -> None:
    """Decision tables part 7 "scope": what is refused adds up."""
    policy = replace(
        POLICY,
        goods=replace(GOODS, qualification=Qualification.UNSET),
        prices=replace(PRICES, level="gone"),
        branches=(replace(BRANCH, region="?"),),
    )
    found = (Finding.of(Reason.QUALIFICATION_UNSET), Finding.of(Reason.PRICE_LEVEL_UNKNOWN, level="gone"))
    assert judge(policy, TERRAIN) == Verdict(found, frozenset({Part.CARD, Part.PRICE, Part.STOCK}))


def test_orders_that_work_are_left_alone() -> None:
    assert with_orders(ORDERS, customers=ALL) == Verdict((), frozenset())


def test_orders_without_customers_are_warned_of_and_go_on() -> None:
    assert with_orders(ORDERS) == Verdict((UNASKED,), frozenset())


def test_an_error_of_the_orders_refuses_the_orders_alone() -> None:
    """Decision tables part 7 "scope of a configuration error"."""
    unknown = Finding.of(Reason.ORDER_STATUS_UNKNOWN, status="gone", known="done, new")
    assert with_orders(replace(ORDERS, status="gone"), customers=ALL) == Verdict((unknown,), frozenset({Part.ORDERS}))
    assert with_orders(replace(ORDERS, status="gone")) == Verdict((unknown, UNASKED), frozenset({Part.ORDERS}))


def test_an_error_of_the_branches_is_told_once_and_refuses_orders_with_the_stock() -> None:
    """An order needs the warehouse of its branch."""
    bare = replace(BRANCH, main_warehouse="")
    found = (Finding.of(Reason.BRANCH_WITHOUT_WAREHOUSE, branch="MAG"), UNASKED)
    assert with_orders(ORDERS, branches=(bare,)) == Verdict(found, frozenset({Part.STOCK, Part.ORDERS}))


def test_an_error_of_the_statuses_refuses_the_statuses_alone() -> None:
    wrong = replace(ORDERS, feedback=True, statuses={Stage.OPEN: "gone"})
    unknown = Finding.of(Reason.STATUS_UNKNOWN, stage="open", status="gone", known="done, new")
    assert with_orders(wrong, customers=ALL) == Verdict((unknown,), frozenset({Part.STATUSES}))


@pytest.mark.parametrize(
    "orders",
    [
        replace(ORDERS, feedback=False, statuses={Stage.OPEN: "gone"}),
        replace(ORDERS, enabled=False, status="gone", feedback=True, statuses={Stage.OPEN: "gone"}),
        OrderPolicy(enabled=False, feedback=False, status="gone"),
    ],
    ids=["no feedback", "no orders", "neither"],
)
def test_orders_and_statuses_switched_off_are_not_judged(orders: OrderPolicy) -> None:
    assert with_orders(orders, customers=ALL) == Verdict((), frozenset())
