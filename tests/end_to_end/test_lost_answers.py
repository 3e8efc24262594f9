"""An answer that never came leaves nobody sure: the next run puts things right, also when the ERP changed back."""

import pytest

from pomost.app import Unavailable
from pomost.model.change import Part
from tests.end_to_end.stage import symbol

OFFERS = "/v1/offers:batch"


def lose(stage, kind):
    """The next run's offers reach the shop (or not), and no answer comes back however often it is asked."""
    stage.shop.fault(kind, method="POST", path_prefix=OFFERS, times=None)
    with pytest.raises(Unavailable):
        stage.run()
    stage.shop.clear_faults()


@pytest.mark.parametrize("kind", ["lost_after", "lost_before"])
def test_a_withdrawal_without_an_answer_is_undone_when_the_trait_comes_back(settled, kind):
    before = settled.shop.contents()
    settled.company.remove_trait(symbol(3), "MSTORE")
    lose(settled, kind)
    settled.company.add_trait(symbol(3), "MSTORE")
    settled.run()
    assert settled.shop.contents() == before
    assert settled.run().planned == 0


@pytest.mark.parametrize("kind", ["lost_after", "lost_before"])
def test_a_price_without_an_answer_is_put_right_when_it_changes_back(settled, kind):
    before = settled.shop.contents()
    price = settled.company.prices(symbol(2))[3][0]
    settled.company.set_price(symbol(2), 3, price + 1)
    lose(settled, kind)
    settled.company.set_price(symbol(2), 3, price)
    settled.run()
    assert settled.shop.contents() == before
    assert settled.run().planned == 0


def test_a_limited_run_leaves_a_plan_that_waits_for_a_person(settled):
    settled.company.set_price(symbol(2), 3, settled.company.prices(symbol(2))[3][0] + 1)
    planned = settled.preview()
    settled.run(Part.STOCK)
    assert settled.approve(planned).state == "done"


def test_a_key_inside_a_pasted_address_is_a_secret(settled):
    address, key = settled.document["shop"]["address"], settled.document["shop"]["key"]
    settled.save(shop={"address": f"{address}/?key={key}", "key": ""})
    kept = str(settled.pomost.export_settings("hurt")) + str(settled.pomost.settings_history("hurt"))
    assert key not in kept
    assert settled.pomost.check("hurt").passed
