"""Pains of stock that touch the offer and have no test elsewhere."""

from pomost.conformance.hostile import WrappedShop
from pomost.model.change import SetStock
from pomost.model.outcome import Failed
from pomost.model.reason import Finding, Reason
from tests.worlds import World, differences, shown


class RefusingBranch(WrappedShop):
    """Takes no stock of one branch, for a reason that will pass."""

    branch = "FIL"

    def send(self, changes, attempt):
        for place, change in enumerate(changes):
            if isinstance(change, SetStock) and change.after.branch == self.branch:
                yield Failed(Finding.of(Reason.SHOP_REFUSED, code="busy", detail=""))
            else:
                yield from self.inner.send([change], f"{attempt}/{place}")


def test_pain_13_success_in_one_branch_hides_no_failure_in_another(store):
    world = World.of(4)
    world.settle()
    for key in range(1, 5):
        world.change(key, main=50 + key, other=60 + key)
    ended = world.run(shop=RefusingBranch(world.shop))
    assert (ended.run.counts["done.stock"], ended.run.counts["failed.stock"]) == (4, 4)
    assert shown(world.shop)["p1"].stocks == {"MAG": 51, "FIL": 4}
    again = world.run(shop=RefusingBranch(world.shop))
    assert again.run.counts["plan.stock"] == 4, "the branch that failed, and no other"
    for key in range(1, 5):
        world.change(key, other=4)  # back to what the failing branch shows, while the other moves on
        world.change(key, main=70)
    assert world.run().run.counts["plan.stock"] == 4
    assert differences(world) == {}
    assert world.channel().inbox.by_reason() == []
