"""Orders of the ERP connectors against their conformance suite, and how Subiekt GT tells a stage."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pomost.conformance.erp_orders import ErpOrdersConformance
from pomost.connectors.erp.memory import MemoryErp
from pomost.connectors.erp.subiekt_gt import SUBIEKT_GT
from pomost.connectors.erp.subiekt_gt.settings import Driver, SubiektSettings
from pomost.model.offer import PriceKind
from pomost.model.order import DocumentRef, DraftLine, OrderDraft, Stage
from pomost.model.setting import ChoiceKind
from pomost.ports.erp import Focus
from pomost.rules.ordering import key_of
from pomost.sandbox.sfera.clerk import Clerk
from pomost.sandbox.subiekt_gt.filling import minimal
from pomost.sandbox.subiekt_gt.partners import Partners
from tests.clerk_writer import connected
from tests.worlds import card, ean

BAR, SHOP = 1, 2


def draft_of(number, shop, key, symbol, customer, warehouse="1"):
    line = DraftLine("l1", key, symbol, Decimal(6), "szt.", Decimal("2.50"), Decimal("15.00"), "23")
    original = key_of(shop, number, 30).original
    return OrderDraft(
        shop,
        f"id of {number}",
        number,
        original,
        customer,
        warehouse,
        PriceKind.NET,
        "PLN",
        reserve=True,
        lines=(line,),
    )


class TestMemoryErpOrders(ErpOrdersConformance):
    @pytest.fixture(autouse=True)
    def erp(self):
        self.held = MemoryErp()
        self.held.put(card(1), card(2, ean=""))
        self.held.documents.refuses.add("refused")

    def connect(self):
        return self.held

    def reading_only(self):
        return None

    def draft(self, number, shop=""):
        return draft_of(number, shop, 1, "S1", 7)

    def of_another(self, draft):
        return replace(draft, order_id="another", customer=8)

    def bad_draft(self, number):  # noqa: ARG002  (the memory ERP refuses by number)
        return draft_of("refused", "", 1, "S1", 7)

    def cards(self):
        return {"S1": ean(1), "S2": ""}

    def stages(self):
        return {stage: ("FS",) if stage is Stage.INVOICED else () for stage in Stage}

    def advance(self, document, stage):
        issued = (DocumentRef("FS", 1, "FS 1"),) if stage is Stage.INVOICED else ()
        self.held.documents.advance(document.id, stage, *issued)


@pytest.fixture
def company(tmp_path):
    """A company with two cards and a customer; its path."""
    path = tmp_path / "gt.db"
    gt = minimal(path)
    gt.add_product("A", ean=ean(1), stock=100)
    gt.add_product("B", ean="", stock=100)
    assert Partners(gt.engine).add("BAR", nip="5250000001") == BAR
    assert Partners(gt.engine).add("SKLEP", nip="1234563218") == SHOP
    gt.engine.dispose()
    return path


class TestSubiektGtOrders(ErpOrdersConformance):
    @pytest.fixture(autouse=True)
    def gt(self, company):
        self.path = company

    def connect(self):
        return connected(self.path)

    def reading_only(self):
        return SUBIEKT_GT.connect(SubiektSettings(str(self.path), driver=Driver.SQLITE), Focus())

    def draft(self, number, shop=""):
        return draft_of(number, shop, 1, "A", BAR)

    def of_another(self, draft):
        return replace(draft, order_id="another", customer=SHOP)

    def bad_draft(self, number):
        return draft_of(number, "", 1, "A", 999)

    def cards(self):
        return {"A": ean(1), "B": ""}

    def stages(self):
        return {
            Stage.OPEN: (),
            Stage.RESERVED: (),
            Stage.PARTLY: ("FS",),
            Stage.DISPATCHED: ("WZ",),
            Stage.RECEIPT: ("PA",),
            Stage.INVOICED: ("FS",),
            Stage.REALISED: (),
            Stage.DELETED: (),
        }

    def advance(self, document, stage):
        with Clerk(self.path) as clerk:
            match stage:
                case Stage.OPEN:
                    clerk.reserve(document.id, reserve=False)
                case Stage.PARTLY:
                    clerk.invoice(document.id, {1: 2})
                case Stage.DISPATCHED:
                    clerk.issue_wz(document.id)
                case Stage.RECEIPT:
                    clerk.receipt(document.id)
                case Stage.INVOICED:
                    clerk.invoice(document.id)
                case Stage.REALISED:
                    clerk.tamper(document.id, dok_Status=8, dok_StatusEx=4)
                case Stage.DELETED:
                    clerk.delete(document.id)


def written(company, reserve=True):
    with Clerk(company) as clerk:
        return DocumentRef(
            "ZK", clerk.write_order(BAR, [("A", 10), ("B", 4)], original_number="1", reserve=reserve), ""
        )


def told(company, document):
    (one,) = connected(company).progress([document])
    return one.stage, [ref.kind for ref in one.documents]


@pytest.mark.parametrize("links", ["order", "document", "both", "chain"])
@pytest.mark.parametrize("kind", ["FS", "PA", "WZ"])
def test_what_realised_an_order_is_found_whichever_way_it_is_tied(company, links, kind):
    document = written(company)
    with Clerk(company) as clerk:
        clerk.realise(document.id, as_=kind, links=links)
    stage = {"FS": Stage.INVOICED, "PA": Stage.RECEIPT, "WZ": Stage.DISPATCHED}[kind]
    assert told(company, document) == (stage, [kind])


@pytest.mark.parametrize("status", [6, 7, 8])
def test_partly_is_told_before_realised_whatever_the_status(company, status):
    document = written(company)
    with Clerk(company) as clerk:
        clerk.invoice(document.id, {1: 3})
        clerk.tamper(document.id, dok_Status=status, dok_StatusEx=1)
    assert told(company, document) == (Stage.PARTLY, ["FS"])


def test_an_open_order_something_was_issued_from_is_partly_realised(company):
    """Databases differ: some leave the order open without the bit."""
    document = written(company)
    with Clerk(company) as clerk:
        clerk.issue_wz(document.id, {1: 3})
        clerk.tamper(document.id, dok_Status=7, dok_StatusEx=0)
    assert told(company, document) == (Stage.PARTLY, ["WZ"])


def test_several_partial_deliveries_and_an_invoice_at_the_end(company):
    document = written(company)
    with Clerk(company) as clerk:
        clerk.issue_wz(document.id, {1: 3})
        clerk.issue_wz(document.id, {1: 7})
        assert told(company, document) == (Stage.PARTLY, ["WZ", "WZ"])
        clerk.invoice(document.id)
    assert told(company, document) == (Stage.INVOICED, ["WZ", "WZ", "FS"])


def test_a_document_that_has_nothing_to_do_with_the_order_tells_nothing(company):
    document = written(company)
    with Clerk(company) as clerk:
        clerk.sell(BAR, [("A", 10)])
        clerk.realise(document.id, links="none")
    assert told(company, document) == (Stage.RESERVED, [])


def test_a_cancelled_invoice_realises_nothing(company):
    document = written(company)
    with Clerk(company) as clerk:
        invoice = clerk.invoice(document.id)
        clerk.tamper(invoice, dok_Status=2)
    assert told(company, document) == (Stage.REALISED, [])


@pytest.mark.parametrize("status", [0, 3])
def test_a_withdrawn_or_put_off_document_exists(company, status):
    """Only status 2 is a ghost: 0 and 3 say what became of the stock, and the document stands."""
    document = written(company)
    with Clerk(company) as clerk:
        clerk.tamper(clerk.invoice(document.id), dok_Status=status)
    assert told(company, document) == (Stage.INVOICED, ["FS"])


@pytest.mark.parametrize(("status", "stage"), [(0, Stage.OPEN), (1, Stage.OPEN), (2, Stage.DELETED), (3, Stage.OPEN)])
def test_only_a_cancelled_order_is_gone_while_its_row_stands(company, status, stage):
    document = written(company)
    with Clerk(company) as clerk:
        clerk.tamper(document.id, dok_Status=status)
    assert told(company, document) == (stage, [])


def test_an_advance_invoice_realises_nothing(company):
    document = written(company)
    with Clerk(company) as clerk:
        invoice = clerk.sell(BAR, [("A", 1)])
        clerk.tamper(invoice, dok_Podtyp=3, dok_DoDokId=document.id)
        clerk.tamper(document.id, dok_StatusEx=8)
    assert told(company, document) == (Stage.RESERVED, [])


def test_lists_for_orders(company):
    erp = connected(company)
    assert [one.id for one in erp.choices(ChoiceKind.CURRENCIES)] == ["EUR", "PLN"]
    assert {"23", "8", "5", "0", "zw"} <= {one.id for one in erp.choices(ChoiceKind.VAT_RATES)}
    assert [one.label for one in erp.choices(ChoiceKind.CATEGORIES)] == ["Mstore", "Sprzedaż"]


def test_additional_units_come_with_the_card(company):
    with Clerk(company) as clerk:
        clerk._desk.books.insert(
            "tw_JednMiary", {"jm_Id": 1, "jm_IdTowar": 1, "jm_IdJednMiary": "zgrz.", "jm_Przelicznik": 6}
        )
    (found,) = connected(company).line_cards(["A"], [])
    assert found.units == (("zgrz.", Decimal(6)),)


def test_a_deleted_card_is_not_found_and_a_blocked_one_is_told(company):
    gt = minimal(company.with_name("other.db"))
    gt.add_product("A", blocked=True)
    gt.add_product("B")
    gt.mark_deleted("B")
    gt.engine.dispose()
    found = list(connected(company.with_name("other.db")).line_cards(["A", "B"], []))
    assert [(one.symbol, one.active) for one in found] == [("A", False)]
