"""Decision tables 2.2: which cards are meant for the shop; 2.3 and part 7 as far as one card goes."""

from dataclasses import replace

import pytest

from pomost.model.conditions import Condition, ConditionField, Qualification
from pomost.model.policy import GoodsPolicy
from pomost.model.product import ProductKind
from pomost.model.reason import Finding, Reason
from pomost.model.sentences_of_runs import say
from pomost.rules.offering import Verdict
from pomost.rules.qualify import qualify
from tests.rules.trade import GOODS, POLICY, card, decided, known, reasons, standing

TRAIT = Condition(ConditionField.TRAIT, ("M/store",))
GROUP = Condition(ConditionField.GROUP, ("Piwo", "Napoje"))
FLAG = Condition(ConditionField.SHOP_FLAG, ("yes",))
NO_FLAG = Condition(ConditionField.SHOP_FLAG, ("no",))
FIELD = Condition(ConditionField.OWN_FIELD, ("tak", "TAK!"), own_field="field:9")


def asking(*conditions: Condition) -> GoodsPolicy:
    return replace(GOODS, qualification=Qualification.CONDITIONS, conditions=conditions)


def qualified(goods: GoodsPolicy, **facts: object) -> bool:
    return qualify(card(**facts), goods) == ()


def test_all_products_qualify() -> None:
    """Decision tables 2.2 row "All"; conditions left over in the settings do not count."""
    assert qualified(GOODS)
    assert qualified(replace(GOODS, conditions=(TRAIT,)))


def test_conditions_without_a_condition_publish_nothing() -> None:
    """Decision tables 2.2 row "By conditions, 0": "a vacuous AND would publish everything"."""
    assert not qualified(asking())


def test_no_choice_publishes_nothing() -> None:
    """Decision tables 2.2 row "not set"."""
    assert not qualified(replace(GOODS, qualification=Qualification.UNSET))


@pytest.mark.parametrize(
    "traits,group,meant",
    [({"M/store"}, "Piwo", True), (set(), "Piwo", False), ({"M/store"}, "Nabiał", False), (set(), "Nabiał", False)],
)
def test_a_card_must_meet_all_conditions_at_once(traits: set[str], group: str, meant: bool) -> None:
    """Decision tables 2.2 rows "n >= 1", with the table's own example: trait and group in {Piwo, Napoje}."""
    assert qualified(asking(TRAIT, GROUP), traits=frozenset(traits), group=group) is meant


@pytest.mark.parametrize("group,meant", [("Piwo", True), ("Napoje", True), ("Nabiał", False), (None, False)])
def test_any_value_of_one_condition_will_do(group: str | None, meant: bool) -> None:
    """Decision tables 2.2: "inside one condition a set of values means any-of"."""
    assert qualified(asking(GROUP), group=group) is meant


def test_any_trait_of_one_condition_will_do() -> None:
    """Decision tables 2.2: any-of, for a card with several traits."""
    either = Condition(ConditionField.TRAIT, ("M/store", "Hurt"))
    assert qualified(asking(either), traits=frozenset({"Hurt", "Inna"}))
    assert not qualified(asking(either), traits=frozenset({"Inna"}))


def test_two_trait_conditions_ask_for_both_traits() -> None:
    """Decision tables 2.2: conditions are joined by AND, also two of one kind."""
    both = asking(TRAIT, Condition(ConditionField.TRAIT, ("Hurt",)))
    assert qualified(both, traits=frozenset({"M/store", "Hurt"}))
    assert not qualified(both, traits=frozenset({"M/store"}))


@pytest.mark.parametrize("flag", [True, False])
def test_the_shop_flag_as_a_condition(flag: bool) -> None:
    """Decision tables 2.2, condition "sklep internetowy" of the card."""
    assert qualified(asking(FLAG), shop_flag=flag) is flag
    assert qualified(asking(NO_FLAG), shop_flag=flag) is not flag


@pytest.mark.parametrize("value,meant", [("tak", True), ("TAK!", True), ("nie", False), ("", False), (None, False)])
def test_an_own_field_as_a_condition(value: str | None, meant: bool) -> None:
    """Decision tables 2.2, condition on an own field; a field the card does not have is not met."""
    own = {} if value is None else {"field:9": value}
    assert qualified(asking(FIELD), own=own) is meant


def test_a_field_the_card_does_not_have_is_blank() -> None:
    """Decision tables 2.2: a condition may ask for a blank field, and a field that is not there is one."""
    blank = Condition(ConditionField.OWN_FIELD, ("",), own_field="field:9")
    assert qualified(asking(blank))
    assert qualified(asking(blank), own={"field:9": "  "})
    assert not qualified(asking(blank), own={"field:9": "tak"})


def test_settings_that_cannot_decide_say_so() -> None:
    """Decision tables 2.2: no mode, or conditions without a condition."""
    assert qualify(card(), asking()) == (Finding.of(Reason.QUALIFICATION_EMPTY),)
    unset = replace(GOODS, qualification=Qualification.UNSET)
    assert qualify(card(), unset) == (Finding.of(Reason.QUALIFICATION_UNSET),)


def test_the_conditions_not_met_are_named() -> None:
    """Decision tables part 7 "explain shows all": each condition that failed is told."""
    findings = qualify(card(group="Nabiał"), asking(TRAIT, GROUP))
    assert set(reasons(findings)) == {Reason.CONDITION_NOT_MET}
    told = " ".join(say(finding, "pl") for finding in findings)
    assert "M/store" in told
    assert "Piwo" in told


def test_a_blocked_or_deleted_card_does_not_qualify() -> None:
    """Decision tables part 7 "card blocked or deleted in the ERP", also under "all products"."""
    assert reasons(qualify(card(active=False), GOODS)) == [Reason.CARD_INACTIVE]


@pytest.mark.parametrize("kind", [ProductKind.GOODS, ProductKind.SET])
def test_goods_and_sets_are_offered(kind: ProductKind) -> None:
    """Decision tables part 7 "Wszystkie towary": active cards of kind goods and sets."""
    assert qualified(GOODS, kind=kind)


@pytest.mark.parametrize("kind", [ProductKind.SERVICE, ProductKind.PACKAGING, ProductKind.FEE])
def test_other_kinds_are_offered_only_when_ticked(kind: ProductKind) -> None:
    """Decision tables part 7 "Wszystkie towary": services, packagings and fees only if ticked."""
    assert qualify(card(kind=kind), GOODS) == (Finding.of(Reason.CARD_KIND, kind=str(kind)),)
    assert qualified(replace(GOODS, kinds=GOODS.kinds | {kind}), kind=kind)


@pytest.mark.parametrize("published", [False, True])
def test_a_card_that_no_longer_qualifies_leaves_the_offer(published: bool) -> None:
    """Decision tables 2.3 rows "no, no" and "yes, no": nothing is offered; out if it was in."""
    policy = replace(POLICY, goods=asking(TRAIT))
    decision = decided(card(), policy=policy, held=known(standing()) if published else None)
    assert decision.verdict is Verdict.OUT
    assert decision.offer is None
    assert not any(stock.quantity for stock in decision.stocks)


@pytest.mark.parametrize(
    "held", [None, known(standing()), known(published=False)], ids=["new", "standing", "withdrawn"]
)
def test_a_card_that_qualifies_is_offered_with_price_and_unit(held: object) -> None:
    """Decision tables 2.3 rows "no, yes", "yes, yes" and "withdrawn, yes again" (incl. price and unit)."""
    policy = replace(POLICY, goods=asking(TRAIT))
    decision = decided(card(traits=frozenset({"M/store"})), policy=policy, held=held)
    assert decision.verdict is Verdict.OFFERED
    assert decision.offer is not None
    assert str(decision.offer.price) == "2.50"
    assert str(decision.offer.unit) == "PCE x 1"


def test_a_blocked_card_is_withdrawn() -> None:
    """Decision tables part 7: a blocked card counts as not qualified: withdrawn if published."""
    decision = decided(card(active=False), held=known(standing()))
    assert decision.verdict is Verdict.OUT
    assert Reason.CARD_INACTIVE in reasons(decision.findings)
