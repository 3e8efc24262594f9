"""What every hostile partner must leave behind: a named end, nothing withdrawn unasked, and a shop that comes right."""

from pomost.model.change import Withdraw
from pomost.model.reason import Reason
from pomost.model.sentences_of_runs import SENTENCES
from tests.worlds import World, differences, leftovers


def withdrawn(world: World) -> list[str]:
    return [one.target.product_id for one in world.shop.log if isinstance(one, Withdraw)]


def reasons(world: World) -> dict[str, int]:
    """The inbox by reason; every one of them has a sentence in both languages."""
    found = dict(world.channel().inbox.by_reason())
    for reason in found:
        sentence = SENTENCES[Reason(reason)]
        assert sentence.text.pl != sentence.text.en, reason
        assert sentence.advice.pl != sentence.advice.en, reason
    return found


def planned(ended) -> dict[str, int]:
    return {name: count for name, count in ended.run.counts.items() if name.startswith("plan.")}


def comes_right(world: World, within: int = 1) -> None:
    """With a partner that behaves again: all as it ought to be, after so many runs, and then nothing more to do."""
    for _ in range(within):
        world.settle()
    assert differences(world) == {}
    assert leftovers(world.shop) == []
    sent = len(world.shop.log)
    assert planned(world.run()) == {}
    assert len(world.shop.log) == sent
    assert world.channel().ledger.in_doubt() == []
    left = reasons(world).keys() & {Reason.NOT_KEPT, Reason.SHOP_SILENT, Reason.SHOP_LATER}
    assert left == set(), "nothing is left to be sent again"
