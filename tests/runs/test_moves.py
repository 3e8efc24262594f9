"""What becomes of offers when codes, cards and catalogue products come, go and move."""

from dataclasses import replace
from decimal import Decimal

from pomost.conformance.hostile import Forgetful
from pomost.model.change import Amend, Publish, SetStock, Withdraw
from pomost.model.policy import GoodsPolicy, PricePolicy
from pomost.model.reason import Reason
from tests.laws.lives import Edit
from tests.worlds import World, card, differences, ean, listed, shown


def synchronised(count: int) -> World:
    world = World.of(count)
    world.settle()
    world.shop.log.clear()
    return world


def kinds(world: World) -> list[tuple[str, str]]:
    return [(type(change).__name__, change.target.product_id) for change in world.shop.log]


def test_a_code_that_moves_between_cards_is_an_amendment(store):
    world = synchronised(3)
    world.change(1, ean="")
    world.change(2, active=True)
    world.erp.put(card(7, ean=ean(1), price=Decimal(4)))
    world.settle()
    assert {kind for kind, _ in kinds(world)} == {"Amend"}
    assert shown(world.shop)["p1"].offer.sku == "S7"
    assert differences(world) == {}
    assert world.channel().ledger.known_by_card([1, 7]).keys() == {7}


def test_two_cards_may_swap_their_codes(store):
    world = synchronised(2)
    world.change(1, ean=ean(2))
    world.change(2, ean=ean(1))
    world.settle()
    assert sorted(kinds(world)) == [("Amend", "p1"), ("Amend", "p2")]
    assert {product: one.offer.sku for product, one in shown(world.shop).items()} == {"p1": "S2", "p2": "S1"}


def test_a_second_card_of_one_code_freezes_the_offer_and_its_stock_goes_on(store):
    """Decision table 8.16: the offer stays, the stock of the card it was made of goes on, and the message says so."""
    world = synchronised(3)
    world.erp.put(card(7, ean=ean(1)))
    world.change(1, price=Decimal(9), main=1)
    world.settle()
    (stock,) = world.shop.log
    assert isinstance(stock, SetStock)
    assert (stock.after.branch, stock.after.quantity) == ("MAG", 1)
    inbox = world.channel().inbox
    assert dict(inbox.by_reason()) == {Reason.EAN_DUPLICATE_ERP: 2}
    told = {item.key: [found.reason for found in item.findings] for item in inbox.items(Reason.EAN_DUPLICATE_ERP)}
    assert told == {1: [Reason.EAN_DUPLICATE_ERP, Reason.STILL_SOLD], 7: [Reason.EAN_DUPLICATE_ERP]}
    world.change(7, active=False)
    world.settle()
    assert differences(world) == {}
    assert shown(world.shop)["p1"].offer.price == 9


def test_a_rival_that_does_not_qualify_is_no_rival(store):
    world = synchronised(2)
    world.erp.put(card(7, ean=ean(1), active=False))
    world.settle()
    assert world.shop.log == []


def test_a_deleted_card_is_withdrawn_everywhere(store):
    world = synchronised(3)
    del world.erp.cards[2]
    world.settle()
    (withdrawal,) = world.shop.log
    assert isinstance(withdrawal, Withdraw)
    assert (withdrawal.target.product_id, withdrawal.branches) == ("p2", ("FIL", "MAG"))
    assert [stock.quantity for stock in world.shop.held["p2"].stocks.values()] == [0, 0]


def test_a_card_that_comes_back_is_published_with_price_and_stock(store):
    world = synchronised(2)
    world.change(2, active=False)
    world.settle()
    world.shop.log.clear()
    world.change(2, active=True)
    world.settle()
    assert kinds(world) == [("Publish", "p2"), ("SetStock", "p2"), ("SetStock", "p2")]
    assert differences(world) == {}


def test_a_product_gone_from_the_catalogue_leaves_no_offer_behind(store):
    world = synchronised(2)
    Edit("unlist", 2).do(world)
    world.settle()
    assert world.channel().ledger.standing() == 1
    world.shop.list_products(listed(2, id="again"))
    world.settle()
    assert sorted(shown(world.shop)) == ["again", "p1"]


def test_a_product_listed_later_is_published_without_a_change_in_the_erp(store):
    world = World.of(2)
    world.erp.put(card(5))
    world.settle()
    world.shop.list_products(listed(5))
    world.settle()
    assert sorted(shown(world.shop)) == ["p1", "p2", "p5"]


def test_a_settings_change_reaches_every_card(store):
    world = synchronised(3)
    world.policy = replace(world.policy, prices=PricePolicy(enabled=False))
    before = shown(world.shop)
    world.settle()
    assert shown(world.shop) == before, "without prices the panel's prices stay"
    world.policy = replace(world.policy, stock=replace(world.policy.stock, hide_when_out=True))
    world.change(1, main=0)
    world.settle()
    assert [one.visible for one in world.shop.held["p1"].stocks.values()].count(False) == 1
    world.change(1, main=3)
    world.settle()
    assert [one.visible for one in world.shop.held["p1"].stocks.values()] == [True, True]


def test_offers_somebody_else_made_get_stock_and_are_never_withdrawn(store):
    world = World.of(3)
    foreign = {number: Publish(card_target(number), offer_of(world, number)) for number in (1, 2)}
    list(world.shop.send(list(foreign.values()), "by hand"))
    world.shop.log.clear()
    world.policy = replace(world.policy, goods=GoodsPolicy(enabled=False))
    world.settle()
    assert {type(change) for change in world.shop.log} == {SetStock}
    assert {one.target.product_id for one in world.shop.log} == {"p1", "p2"}
    assert shown(world.shop)["p1"].stocks == {"MAG": 10, "FIL": 4}
    world.shop.log.clear()
    world.change(1, active=False, price=Decimal(9))
    world.change(2, main=3)
    world.settle()
    assert [(one.target.product_id, one.after.quantity) for one in world.shop.log] == [("p2", 3)]


def test_a_shop_that_forgets_and_is_not_looked_at_is_mended_by_a_forced_run(store):
    world = World.of(3)
    world.policy = replace(world.policy, guard=replace(world.policy.guard, read_back=0))
    world.run(shop=Forgetful(world.shop))
    assert shown(world.shop) == {}
    world.run()
    assert shown(world.shop) == {}, "what was confirmed is believed"
    world.settle(full=True)
    assert {type(change) for change in world.shop.log} == {Amend, SetStock}
    assert differences(world) == {}


def card_target(number):
    from pomost.model.change import Target

    return Target(number, f"S{number}", f"p{number}")


def offer_of(world, number):
    from pomost.conformance.shelves import publication

    return publication(f"p{number}", number).offer
