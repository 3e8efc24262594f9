"""One product the shop always refuses: it alone fails, is told apart on reruns, and gets through once it may."""

from decimal import Decimal

import pytest

from tests.end_to_end.stage import CARDS, CHANNEL, symbol

BAD = symbol(3)


@pytest.fixture
def stubborn(stage):
    """The shop refuses product three, whatever is written to it."""
    stage.shop.fault("refuse_item", product_id=stage.shop.product_id(3), times=None)
    return stage


def item(stage, reason="SHOP_REFUSED"):
    (group,) = stage.pomost.errors(CHANNEL, reason)
    (only,) = group.items
    return only


def test_only_the_refused_product_fails(stubborn):
    polish = stubborn.ask("run", CHANNEL, lang="pl")
    assert polish.code == 1
    assert stubborn.shop.active().keys() == {symbol(n) for n in range(1, CARDS + 1)} - {BAD}
    report = stubborn.pomost.history(CHANNEL)[0]
    assert (report.failed, report.done) == (1, (CARDS - 1) * 3)
    for lang, words in (("pl", "sklep odrzucił zmianę"), ("en", "the shop refused the change")):
        assert words in stubborn.ask("errors", CHANNEL, "SHOP_REFUSED", lang=lang).text


def test_reruns_try_it_alone_and_count_how_often(stubborn):
    stubborn.run()
    for times in (2, 3):
        stubborn.shop.posts()
        assert stubborn.ask("run", CHANNEL).code == 1
        assert (item(stubborn).symbol, item(stubborn).runs) == (BAD, times)
        products = {written["key"]["product_id"] for _, written in stubborn.shop.written()}
        assert products <= {stubborn.shop.product_id(3)}


def test_a_refused_amendment_leaves_the_old_terms_and_the_others_new(settled):
    settled.shop.fault("refuse_item", product_id=settled.shop.product_id(3), times=None)
    for number in (2, 3, 4):
        settled.company.set_price(symbol(number), 3, Decimal(number) + Decimal("0.05"))
    assert settled.ask("run", CHANNEL).code == 1
    shelf = settled.shop.shelf()
    assert [shelf[symbol(number)].price for number in (2, 3, 4)] == ["2.05", "3.00", "4.05"]


def test_once_the_shop_takes_it_the_retry_succeeds_and_nothing_is_left_to_tell(stubborn):
    stubborn.run()
    stubborn.shop.clear_faults()
    assert stubborn.ask("retry", CHANNEL, "--reason", "shop_refused").code == 0
    assert stubborn.ask("run", CHANNEL).code == 0
    assert stubborn.shop.active()[BAD].stock == {"MAG": 30, "KRA": 3}
    assert stubborn.reasons() == {}
    assert "nie ma pominiętych" in stubborn.ask("errors", CHANNEL, lang="pl").text.casefold()
    assert stubborn.run().planned == 0


def test_what_the_shop_answered_is_in_the_products_trail(stubborn):
    stubborn.run()
    (told,) = stubborn.pomost.explain(CHANNEL, BAD)
    assert {type(change.outcome).__name__ for change in told.trail} == {"Failed", "Skipped"}
    assert {one.part for one in told.unresolved} >= {"offer"}
    assert "refused the change" in stubborn.ask("explain", "product", CHANNEL, BAD).text
