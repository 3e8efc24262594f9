"""Settings of orders and their statuses (part 5, part 7), and the deposit's card among them (decision table 8.11)."""

import string
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.model.order import OrderStatus, Stage
from pomost.model.order_policy import OrderPolicy
from pomost.model.reason import Finding, Reason
from pomost.ports.capability import Can, no, not_yet, yes
from pomost.rules.settings_of_orders import OrderTerrain, check_orders, check_statuses, suggested_mark
from tests.rules.orders import POLICY, decide, facts, line, line_card, order, reasons

POLICY_OF_ORDERS = OrderPolicy(enabled=True, status="new", deposit_card="KAUCJA")
TERRAIN = OrderTerrain(yes(), yes(), yes(), (OrderStatus("new", "Nowe", final=False),))


def found(rate, *, zero=False, cards=None):
    terrain = replace(TERRAIN, cards={"KAUCJA": rate} if cards is None else cards)
    return [str(one.reason) for one in check_orders(replace(POLICY_OF_ORDERS, deposit_zero_rate=zero), terrain)]


@pytest.mark.parametrize("rate", ["np", "NP.", "oo"])
def test_a_deposit_card_outside_vat_is_sound(rate):
    """Decision table 8.11: np or oo."""
    assert found(rate) == []


@pytest.mark.parametrize("rate", ["23", "8%", "5", "zw", "", None])
@pytest.mark.parametrize("zero", [False, True])
def test_a_deposit_card_that_carries_vat_is_refused(rate, zero):
    """Decision table 8.11: refused by `orders.deposit_card`; exempt is not outside VAT, and no rate is none to save."""
    assert found(rate, zero=zero) == ["ORDER_DEPOSIT_CARD_TAXED"]


def test_rate_nought_is_outside_vat_by_a_setting_alone():
    """Decision table 8.11: rate 0 outside VAT by setting."""
    assert (found("0"), found("0", zero=True)) == (["ORDER_DEPOSIT_CARD_TAXED"], [])


def test_a_card_that_is_not_there_is_told_so_first():
    assert found(None, cards={}) == ["ORDER_DEPOSIT_CARD_UNKNOWN"]


@pytest.mark.parametrize(("vat", "waits"), [("23", True), ("zw", True), ("0", True), ("np", False), (None, True)])
def test_an_order_with_a_deposit_is_decided_by_the_same_rule(vat, waits):
    """Decision table 8.11: what an order is explained by; one without a deposit needs no such card."""
    known = facts(line_card(1), deposit=line_card(8, symbol="KAUCJA", vat=vat))
    decision = decide(order(line(1, deposit=Decimal("9.00"))), known, POLICY)
    assert reasons(decision) == (["ORDER_DEPOSIT_CARD_TAXED"] if waits else [])
    assert decide(order(line(1)), known, POLICY).findings == ()


NEW, DONE = OrderStatus("new", "Nowe", final=False, following=("done",)), OrderStatus("done", "Gotowe", final=True)
GROUND = OrderTerrain(
    yes(),
    yes(),
    yes(),
    (NEW, DONE),
    categories=frozenset({"Sklep"}),
    price_levels=frozenset({"detal"}),
    cards={"KAUCJA": "np", "TORBA": "23", "SKRZYNKA": None},
)
ORDERS = OrderPolicy(enabled=True, status="new")


@pytest.mark.parametrize(
    "policy",
    [
        ORDERS,
        replace(ORDERS, category="Sklep", price_level="detal", deposit_card="KAUCJA", mark="MS-"),
        replace(ORDERS, mark="Ab9/._-345"),
    ],
    ids=["only what must be", "everything", "longest mark"],
)
def test_settings_of_orders_that_work_are_left_alone(policy: OrderPolicy) -> None:
    assert tuple(check_orders(policy, GROUND)) == ()


@pytest.mark.parametrize(
    "policy,found",
    [
        (replace(ORDERS, status=""), Finding.of(Reason.ORDER_STATUS_UNSET)),
        (
            replace(ORDERS, status="gone"),
            Finding.of(Reason.ORDER_STATUS_UNKNOWN, status="gone", known="done, new"),
        ),
        (replace(ORDERS, category="Hurt"), Finding.of(Reason.ORDER_CATEGORY_UNKNOWN, category="Hurt")),
        (replace(ORDERS, price_level="hurt"), Finding.of(Reason.ORDER_LEVEL_UNKNOWN, level="hurt")),
        (
            replace(ORDERS, deposit_card="BUTELKA"),
            Finding.of(Reason.ORDER_DEPOSIT_CARD_UNKNOWN, symbol="BUTELKA"),
        ),
        (
            replace(ORDERS, deposit_card="TORBA"),
            Finding.of(Reason.ORDER_DEPOSIT_CARD_TAXED, symbol="TORBA", vat="23"),
        ),
        (
            replace(ORDERS, deposit_card="SKRZYNKA"),
            Finding.of(Reason.ORDER_DEPOSIT_CARD_TAXED, symbol="SKRZYNKA", vat="-"),
        ),
        (replace(ORDERS, mark="ŻÓ-"), Finding.of(Reason.ORDER_MARK_UNUSABLE, mark="ŻÓ-", limit=10)),
        (replace(ORDERS, mark="MS 1"), Finding.of(Reason.ORDER_MARK_UNUSABLE, mark="MS 1", limit=10)),
        (
            replace(ORDERS, mark="MS-45678901"),
            Finding.of(Reason.ORDER_MARK_UNUSABLE, mark="MS-45678901", limit=10),
        ),
    ],
)
def test_what_is_wrong_with_orders_names_what_to_mend(policy: OrderPolicy, found: Finding) -> None:
    """Part 5, part 7: what a setting names and neither side has; the shop's own statuses in order."""
    assert tuple(check_orders(policy, GROUND)) == (found,)


@pytest.mark.parametrize(
    "fetch,register,whys",
    [
        (no("sklep nie", "not the shop"), yes(), ["sklep nie / not the shop"]),
        (yes(), not_yet("jeszcze nie", "not yet"), ["jeszcze nie / not yet"]),
        (
            no("sklep nie", "not the shop"),
            no("ERP nie", "not the ERP"),
            ["sklep nie / not the shop", "ERP nie / not the ERP"],
        ),
    ],
    ids=["shop", "ERP", "both"],
)
def test_orders_one_side_cannot_carry_are_told_with_its_words(fetch: Can, register: Can, whys: list[str]) -> None:
    """Part 7: the reason is the connector's own, in both languages; the shop is named first."""
    terrain = replace(GROUND, fetch=fetch, register=register)
    assert tuple(check_orders(ORDERS, terrain)) == tuple(Finding.of(Reason.ORDERS_IMPOSSIBLE, why=why) for why in whys)


def test_a_shop_that_gives_no_orders_has_no_list_to_look_a_status_up_in() -> None:
    terrain = replace(GROUND, fetch=no("nie", "no"), statuses=())
    assert tuple(check_orders(ORDERS, terrain)) == (Finding.of(Reason.ORDERS_IMPOSSIBLE, why="nie / no"),)


@pytest.mark.parametrize(
    "mark,others,taken",
    [
        ("MS-", {"b": "SK-", "a": "MX-"}, []),
        ("MS-", {"b": "MS-"}, ["b"]),
        ("MS-", {"b": "MS-2-"}, ["b"]),
        ("MS-2-", {"b": "MS-"}, ["b"]),
        ("MS-", {"b": ""}, ["b"]),
        ("", {"b": "MS-"}, ["b"]),
        ("MS-", {"d": "MS-4", "c": "SK-", "b": "M"}, ["b", "d"]),
        ("MS-", {"b": "ms-1", "c": "m"}, ["b", "c"]),
        ("", {}, []),
    ],
)
def test_no_mark_of_one_company_begins_another(mark: str, others: Mapping[str, str], taken: list[str]) -> None:
    """None may be the beginning of another, or a number would read as either shop's; a blank one begins them all.

    Capitals tell nothing apart: databases of Polish firms compare numbers without them.
    """
    found = tuple(check_orders(replace(ORDERS, mark=mark), replace(GROUND, marks=others)))
    assert found == tuple(
        Finding.of(Reason.ORDER_MARK_TAKEN, mark=mark, other=channel, theirs=others[channel]) for channel in taken
    )


def test_statuses_that_work_are_left_alone() -> None:
    mapping = replace(ORDERS, feedback=True, statuses={Stage.OPEN: "new", Stage.DELETED: "done"})
    assert tuple(check_statuses(mapping, GROUND)) == ()


def test_statuses_are_held_against_the_shops_own_list() -> None:
    back = replace(ORDERS, status="done", statuses={Stage.OPEN: "gone", Stage.RESERVED: "new"})
    assert tuple(check_statuses(back, GROUND)) == (
        Finding.of(Reason.STATUS_UNKNOWN, stage="open", status="gone", known="done, new"),
        Finding.of(Reason.STATUS_UNREACHABLE, stage="reserved", status="done", target="new"),
    )
    assert tuple(check_statuses(ORDERS, GROUND)) == (Finding.of(Reason.STATUSES_UNSET),)


@pytest.mark.parametrize(
    "report,register,found",
    [
        (no("sklep nie", "not the shop"), yes(), ["sklep nie / not the shop"]),
        (no("sklep nie", "not the shop"), no("a", "b"), ["sklep nie / not the shop", "a / b"]),
    ],
)
def test_a_shop_that_takes_no_statuses_is_told_and_its_list_is_not_asked(
    report: Can, register: Can, found: list[str]
) -> None:
    terrain = replace(GROUND, report=report, register=register)
    assert tuple(check_statuses(ORDERS, terrain)) == tuple(
        Finding.of(Reason.STATUSES_IMPOSSIBLE, why=why) for why in found
    )


def test_an_erp_without_orders_has_no_statuses_and_the_mapping_is_judged_all_the_same() -> None:
    terrain = replace(GROUND, register=no("ERP nie", "not the ERP"))
    assert tuple(check_statuses(ORDERS, terrain)) == (
        Finding.of(Reason.STATUSES_IMPOSSIBLE, why="ERP nie / not the ERP"),
        Finding.of(Reason.STATUSES_UNSET),
    )


@pytest.mark.parametrize(
    "shop,taken,mark",
    [
        ("mstore", (), "MS-"),
        ("e-sklep", (), "ES-"),
        ("łódź24", (), "D2-"),
        ("x", (), "X-"),
        ("", (), "SK-"),
        ("żółć", (), "SK-"),
        ("mstore", ("ES-", ""), "MS-"),
        ("mstore", ("MS-",), "MS2-"),
        ("mstore", ("MS-", "MS2-"), "MS3-"),
        ("mstore", ("MS-7",), "MS2-"),
        ("mstore", ("MS-", "MS2"), "MS3-"),
    ],
)
def test_a_new_channel_gets_the_shops_letters_for_a_mark(shop: str, taken: tuple[str, ...], mark: str) -> None:
    """Two plain letters or digits of the shop's name, numbered from two where another channel of the company has them."""
    assert suggested_mark(shop, taken) == mark


@pytest.mark.parametrize(
    "taken,mark",
    [
        (("M",), "A-"),
        (("MS", "A-"), "A2-"),
        (("M", "A"), "B-"),
        (("MS-", *(f"MS{number}-" for number in range(2, 1000))), "A-"),
        (tuple(string.ascii_uppercase), ""),
    ],
    ids=["its first letter", "its letters", "another letter too", "all its numbers", "everything"],
)
def test_where_the_shops_letters_can_never_be_told_apart_others_are_tried(taken: tuple[str, ...], mark: str) -> None:
    """A mark "M" begins every mark of M/store; with none left to suggest the settings say so, nothing breaks."""
    assert suggested_mark("mstore", taken) == mark
