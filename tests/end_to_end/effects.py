"""What tests about lost goods, prices and terms look at: the shop itself, and what a run holds back."""

from decimal import Decimal

from pomost.model.policy import GuardPolicy
from pomost.store.journal import State

GUARDED = GuardPolicy(share=Decimal("0.20"), floor=1)
BEERS, WATERS = 103, 104
GOODS = 10


def live(held):
    return {key for key, one in held.items() if one["state"] == "published"}


def cards(pair):
    """The shop's customers by the ERP's key."""
    return {one["erp_id"]: one for one in pair.state("customers").values()}


def held_back(ended):
    return {stop.alarm: stop.count for stop in ended.stops}


def on_sale(pair, key, customer=None):
    """Whether a buyer can have a product, asked of the shop itself."""
    wish = {"product_erp_id": str(key)} | ({} if customer is None else {"customer_erp_id": str(customer)})
    answer = pair.door.post("/v1/sandbox/quote", json=wish)
    answer.raise_for_status()
    return bool(answer.json()["sellable"])


def waits(pair, alarm, count, *, of=GOODS):
    """The next run waits for a person because of this effect and no other, in preview as in earnest."""
    seen = pair.preview()
    ended = pair.run()
    assert ended.run.state == State.WAITING
    assert held_back(ended) == held_back(seen) == {alarm: count}
    assert {stop.standing for stop in ended.stops} == {of}
    again = pair.run()
    assert held_back(again) == {alarm: count}, "the guard must not tire"
    return ended
