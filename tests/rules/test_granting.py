"""What a shop grants by what it holds, said by name (decision table 8.15)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.model.assortment import GroupEntry
from pomost.model.offer import PriceKind
from pomost.model.reason import Finding, Reason
from pomost.model.sentences_of_runs import say
from pomost.model.trade import DiscountEntry, PromotionEntry, SetPart, What, Who
from pomost.rules.granting import granted, named_by

NAMES = {
    (Who.CUSTOMER, 5): "BAR",
    (Who.CUSTOMER_GROUP, 5): "Hurt",
    (What.PRODUCT, 7): "SOK-1",
    (What.GROUP, 7): "Napoje",
}
PERCENT = DiscountEntry(8, Who.ALL, What.PRODUCT, 0, 7, Decimal("12.50"))
FIXED = replace(
    PERCENT, type=11, percent=None, price=Decimal("9.9000"), basis=PriceKind.NET, currency="EUR", what=What.PRODUCT
)
SET = PromotionEntry("Z", "", 7, (SetPart(4, Decimal(1), "szt."),))


@pytest.mark.parametrize(
    ("content", "named", "polish", "english"),
    [
        (PERCENT, [(What.PRODUCT, 7)], "daje 12.5 % (dla kogo: wszyscy; na co: SOK-1)", "(to: everybody; on: SOK-1)"),
        (
            replace(PERCENT, who=Who.CUSTOMER, who_key=5, what=What.GROUP),
            [(Who.CUSTOMER, 5), (What.GROUP, 7)],
            "(dla kogo: BAR; na co: Napoje)",
            "grants 12.5 % (to: BAR; on: Napoje)",
        ),
        (
            replace(
                PERCENT, who=Who.CUSTOMER_GROUP, who_key=5, what=What.ALL_PRODUCTS, what_key=0, percent=Decimal(100)
            ),
            [(Who.CUSTOMER_GROUP, 5)],
            "daje 100 % (dla kogo: Hurt; na co: wszystkie towary)",
            "(to: Hurt; on: all products)",
        ),
        (
            FIXED,
            [(What.PRODUCT, 7)],
            "po 9.9 EUR netto (dla kogo: wszyscy; na co: SOK-1)",
            "at 9.9 EUR net (to: everybody",
        ),
        (SET, [(What.PRODUCT, 7)], "jako „Z” (towar główny: SOK-1)", "as “Z” (main product: SOK-1)"),
    ],
    ids=["percent", "of one customer on a group", "of a group on everything", "fixed price", "set"],
)
def test_what_is_granted_to_whom_and_on_what(content, named, polish, english):
    """Decision table 8.15: the message names what the shop grants."""
    assert named_by(content) == named
    (found,) = granted(content, NAMES)
    assert polish in say(found, "pl")
    assert english in say(found, "en")


def test_what_has_no_name_is_shown_by_its_key():
    (found,) = granted(PERCENT, {})
    assert dict(found.facts)["what"] == "#7"
    (found,) = granted(PERCENT, {(What.PRODUCT, 7): ""})
    assert dict(found.facts)["what"] == "#7"


def test_a_surcharge_and_nought_are_said_too():
    for percent, said in ((Decimal("-10.00"), "-10"), (Decimal("0.00"), "0")):
        (found,) = granted(replace(PERCENT, percent=percent), NAMES)
        assert (found.reason, dict(found.facts)["percent"]) == (Reason.SHOP_GRANTS_PERCENT, said)


def test_anything_else_grants_nothing():
    for one in (None, GroupEntry("G", 1, ())):
        assert (granted(one, NAMES), named_by(one)) == ((), [])


def test_a_price_is_said_in_plain_figures_with_its_basis_if_there_is_one():
    facts = {"who": "all", "what": "SOK-1"}
    net = Finding.of(Reason.SHOP_GRANTS_PRICE, price="9.9 EUR", basis="net", **facts)
    assert granted(FIXED, NAMES) == (net,)
    round_figure = Finding.of(Reason.SHOP_GRANTS_PRICE, price="100 EUR", basis="", **facts)
    assert granted(replace(FIXED, price=Decimal("1E+2"), basis=None), NAMES) == (round_figure,)
