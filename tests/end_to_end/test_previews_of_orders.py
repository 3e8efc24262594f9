"""A preview of orders and the run after it agree: what the one says waits waits in the other, and what passes passes."""

import pytest

CASES = {
    "beyond the stock": (lambda _: None, {"lines": [(1, 5000)]}, set()),
    "an ordinary one": (lambda _: None, {}, set()),
    "a gift": (lambda _: None, {"lines": [(1, 3), (2, 1, {"unit_price": "0.00"})]}, set()),
    "its card has no VAT": (lambda it: it.company.set_vat("S01", None), {}, {"ERP_REFUSED"}),
    "its card is inactive": (lambda it: it.company.block("S01"), {}, {"ORDER_LINE_BLOCKED"}),
    "an amount too large": (
        lambda it: it.save(orders={"most": 10**12}),
        {"lines": [(1, 10**9, {"unit_price": "99999999.00"})]},
        {"ERP_REFUSED"},
    ),
    "another VAT rate": (lambda it: it.company.set_vat("S01", "8"), {}, {"ORDER_VAT_DIFFERS"}),
    "another VAT rate, to wait": (
        lambda it: (it.company.set_vat("S01", "8"), it.save(orders={"vat_differs": "wait"})),
        {},
        {"ORDER_VAT_DIFFERS"},
    ),
    "pieces of a card in packs": (lambda it: it.company.set_unit("S01", "Karton"), {}, {"ORDER_UNIT_CONFLICT"}),
    "remarks the ERP cannot hold": (lambda _: None, {"remarks": "→"}, {"ORDER_TEXT_REPLACED"}),
}


def counted(report):
    """Orders that would be, or were, registered; and those that wait, by reason."""
    planned = report.counts.get("plan.register", 0)
    return planned, {name: count for name, count in report.counts.items() if name.startswith("waiting.")}


@pytest.mark.parametrize("name", CASES)
def test_what_a_preview_says_of_an_order_is_what_the_run_does(selling, name):
    """The ERP's own dry run stands behind the preview, and refuses exactly what its saving refuses."""
    change, order, reasons = CASES[name]
    order = {"lines": [(1, 3)], **order}
    selling.place(*order.pop("lines"), number="CASE/1", **order)
    good = selling.place((3, 1), number="CASE/2")
    change(selling)
    seen = selling.preview()
    planned, waiting = counted(seen)
    waits = selling.reasons().get("CASE/1", set())
    assert selling.documents() == []
    report = selling.run()
    made = [row["dok_NrPelnyOryg"] for row in selling.documents()]
    assert len(made) == planned
    assert sum(waiting.values()) == (0 if "CASE/1" in made else 1)
    assert "CASE/2" in made, good
    told = selling.reasons().get("CASE/1", set())
    assert told == reasons
    assert waits == (set() if "CASE/1" in made else reasons)
    if reasons != {"ERP_REFUSED"}:
        assert counted(report)[1] == waiting
