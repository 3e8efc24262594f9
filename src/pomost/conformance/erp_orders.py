"""What every ERP that takes orders must do with them: inherit `ErpOrdersConformance` and say what a sound one is."""

import threading
import uuid
from collections.abc import Mapping
from dataclasses import replace

from pomost.conformance.expecting import fault_of
from pomost.model.change import Area, RegisterOrder, Subject
from pomost.model.offer import PriceKind
from pomost.model.order import DocumentRef, OrderDocument, OrderDraft, OrderKey, Stage
from pomost.model.outcome import Done, Failed, Outcome
from pomost.model.reason import Finding, Reason
from pomost.model.totals import Totals
from pomost.ports.erp import ErpConnector
from pomost.ports.fault import Unsupported

_SOME = 4


class ErpOrdersConformance:
    """The hooks come first; each test starts from a company of its own without orders."""

    def connect(self) -> ErpConnector:
        """A connector over a prepared company; asked again, one to the same company."""
        raise NotImplementedError

    def draft(self, number: str, shop: str = "") -> OrderDraft:
        """A sound order of this number."""
        raise NotImplementedError

    def bad_draft(self, number: str) -> OrderDraft:
        """One the ERP refuses, e.g. of a customer it does not have."""
        raise NotImplementedError

    def reading_only(self) -> ErpConnector | None:
        """A connector that is not set up to save documents; None where there is no such thing."""
        raise NotImplementedError

    def cards(self) -> Mapping[str, str]:
        """Symbols of some cards with their EANs, "" for none."""
        raise NotImplementedError

    def stages(self) -> Mapping[Stage, tuple[str, ...]]:
        """Stages somebody can bring an order to here, with the kinds of the documents that tell so."""
        raise NotImplementedError

    def advance(self, document: DocumentRef, stage: Stage) -> None:
        """Somebody works on an order until it is at this stage."""
        raise NotImplementedError

    # Words of the suite

    def register(self, *drafts: OrderDraft) -> list[Outcome]:
        changes = [RegisterOrder(Subject(Area.ORDER, one.order_id, one.number), one) for one in drafts]
        return list(self.connect().send(changes, str(uuid.uuid4())))

    def registered(self, draft: OrderDraft) -> DocumentRef:
        (outcome,) = self.register(draft)
        assert isinstance(outcome, Done)
        assert outcome.document is not None
        return outcome.document

    def documents(self, draft: OrderDraft) -> tuple[OrderDocument, ...]:
        return self.connect().find_orders([draft.identity]).get(draft.identity, ())

    def found(self, draft: OrderDraft) -> tuple[DocumentRef, ...]:
        return tuple(one.ref for one in self.documents(draft))

    def of_another(self, draft: OrderDraft) -> OrderDraft:
        """The same for another customer of the company."""
        raise NotImplementedError

    # Reading

    def test_cards_are_found_by_symbol_and_by_ean(self) -> None:
        cards, erp = self.cards(), self.connect()
        by_symbol = list(erp.line_cards(list(cards), []))
        assert {one.symbol for one in by_symbol} == set(cards)
        assert {one.symbol: one.ean for one in by_symbol} == dict(cards)
        assert all(one.base_unit for one in by_symbol)
        codes = [ean for ean in cards.values() if ean]
        assert {one.ean for one in erp.line_cards([], codes)} == set(codes)
        both = list(erp.line_cards(list(cards), codes))
        assert len({one.key for one in both}) == len(both), "each once"

    def test_nothing_asked_for_finds_nothing(self) -> None:
        erp = self.connect()
        assert list(erp.line_cards([], [])) == []
        assert list(erp.line_cards(["no card has such a symbol"], [""])) == []
        assert erp.find_orders([]) == {}
        assert list(erp.progress([])) == []

    # Registering

    def test_an_order_becomes_a_document_that_is_found_again(self) -> None:
        drafts = [self.draft(f"ZAM/{number}") for number in range(1, _SOME)]
        outcomes = self.register(*drafts)
        assert [type(one) for one in outcomes] == [Done] * len(drafts)
        documents = [one.document for one in outcomes if isinstance(one, Done)]
        assert len({one.id for one in documents if one is not None}) == len(drafts)
        assert all(one is not None and one.kind and one.number for one in documents)
        assert [self.found(draft) for draft in drafts] == [(one,) for one in documents]

    def test_a_document_is_told_with_its_payer_its_goods_and_its_total(self) -> None:
        draft = self.draft("ZAM/1")
        ref = self.registered(draft)
        (told,) = self.documents(draft)
        assert (told.ref, told.customer, dict(told.goods)) == (ref, draft.customer, dict(draft.goods))
        total = told.net if draft.counts_from is PriceKind.NET else told.gross
        assert total in {None, draft.total}
        (seen,) = self.connect().progress([ref])
        assert (seen.original, seen.customer) == (draft.original_number, draft.customer)
        (seen,) = self.connect().progress([ref], committed=True)
        assert (seen.original, seen.customer) == (draft.original_number, draft.customer)

    def test_a_dry_run_and_saving_tell_the_same_totals(self) -> None:
        """Where they are told, the document's own side comes to the draft's total, and rates come to the whole."""
        erp, draft = self.connect(), self.draft("ZAM/1")
        change = RegisterOrder(Subject(Area.ORDER, draft.order_id, draft.number), draft)
        (outcome,) = self.register(draft)
        assert isinstance(outcome, Done)
        told = outcome.totals
        if told is None:
            return
        if erp.can.rehearsal:
            assert list(erp.rehearse([change])) == [told]
        side = told.whole.net if draft.counts_from is PriceKind.NET else told.whole.gross
        assert side == draft.total
        assert told.whole.net + told.whole.tax == told.whole.gross
        if told.rates:
            assert sum(told.rates.values(), Totals()) == told.whole

    def test_anothers_document_under_the_same_number_is_never_given(self) -> None:
        draft = self.draft("ZAM/1")
        others = self.registered(self.of_another(draft))
        (outcome,) = self.register(draft)
        assert isinstance(outcome, Failed), outcome
        assert outcome.reason.reason is Reason.ORDER_NUMBER_TAKEN
        assert self.found(draft) == (others,)

    def test_ids_given_out_only_grow(self) -> None:
        before = self.connect().age().counters
        document = self.registered(self.draft("ZAM/1"))
        after = self.connect().age().counters
        assert any(after[name] > before.get(name, 0) for name in after)
        self.advance(document, Stage.DELETED)
        assert self.connect().age().counters == after, "a deletion gives no id back"

    def test_an_order_registered_twice_has_one_document(self) -> None:
        draft = self.draft("ZAM/1")
        first = self.registered(draft)
        assert self.registered(draft) == first
        assert self.registered(replace(draft, remarks="again")) == first
        assert [one.document for one in self.register(draft, draft) if isinstance(one, Done)] == [first, first]
        assert self.found(draft) == (first,)

    def test_an_order_registered_by_two_at_once_has_one_document(self) -> None:
        draft = self.draft("ZAM/1")
        made: list[DocumentRef] = []
        together = threading.Barrier(3)

        def work() -> None:
            together.wait()
            made.append(self.registered(draft))

        workers = [threading.Thread(target=work) for _ in range(3)]
        for one in workers:
            one.start()
        for one in workers:
            one.join()
        assert len(made) == len(workers)
        assert self.found(draft) == (made[0],)
        assert set(made) == {made[0]}

    def test_two_shops_may_have_an_order_of_the_same_number(self) -> None:
        one, other = self.draft("1001", "A-"), self.draft("1001", "B-")
        assert self.registered(one) != self.registered(other)
        assert len(self.found(one)) == len(self.found(other)) == 1

    def test_original_numbers_are_compared_exactly(self) -> None:
        draft = self.draft("ZAM/1")
        self.registered(draft)
        for original in ("zam/1", "ZAM/1 ", "ZAM/", "ZAM/10"):
            assert self.connect().find_orders([OrderKey("", original, original)]) == {}

    def test_a_bad_draft_is_an_outcome_and_spares_its_neighbours(self) -> None:
        outcomes = self.register(self.draft("1"), self.bad_draft("2"), self.draft("3"))
        assert [type(one) for one in outcomes] == [Done, Failed, Done]
        assert isinstance(outcomes[1], Failed)
        assert not outcomes[1].retry
        assert self.found(self.bad_draft("2")) == ()

    def test_a_dry_run_tells_the_bad_draft_and_saves_nothing(self) -> None:
        erp = self.connect()
        if not erp.can.rehearsal:
            return
        drafts = (self.draft("1"), self.bad_draft("2"), self.draft("3"))
        changes = [RegisterOrder(Subject(Area.ORDER, one.order_id, one.number), one) for one in drafts]
        answers = list(erp.rehearse(changes))
        assert [isinstance(one, Finding) for one in answers] == [False, True, False]
        assert erp.find_orders([one.identity for one in drafts]) == {}
        assert [type(one) for one in self.register(*drafts)] == [Done, Failed, Done], "a dry run hinders nothing"

    def test_a_full_batch_may_be_asked_for(self) -> None:
        erp = self.connect()
        document = self.registered(self.draft("ZAM/1"))
        keys = [OrderKey("", f"ZAM/{number}", f"ZAM/{number}") for number in range(1, erp.can.batch + 1)]
        assert list(erp.find_orders(keys)) == keys[:1]
        asked = [document, *(DocumentRef("ZK", 2**31 - 1 - place, "") for place in range(1, erp.can.batch))]
        told = list(erp.progress(asked))
        assert [one.order for one in told] == asked
        assert {one.stage for one in told[1:]} == {Stage.DELETED}

    def test_a_connector_that_cannot_save_says_so(self) -> None:
        erp = self.reading_only()
        if erp is None:
            return
        assert not erp.can.orders
        assert not erp.can.rehearsal
        change = RegisterOrder(Subject(Area.ORDER, "o", "1"), self.draft("1"))
        fault_of(lambda: list(erp.rehearse([change])), Unsupported)
        fault_of(lambda: list(erp.send([change], str(uuid.uuid4()))), Unsupported)

    # How far it got

    def test_a_fresh_document_is_open_or_reserved_as_asked(self) -> None:
        for reserve, stage in ((True, Stage.RESERVED), (False, Stage.OPEN)):
            document = self.registered(replace(self.draft(f"ZAM/{reserve}"), reserve=reserve))
            (told,) = self.connect().progress([document])
            assert (told.order, told.stage, told.documents) == (document, stage, ())

    def test_every_stage_is_told_with_its_documents(self) -> None:
        for stage, kinds in self.stages().items():
            document = self.registered(self.draft(f"ZAM/{stage}"))
            self.advance(document, stage)
            (told,) = self.connect().progress([document])
            assert told.stage is stage
            assert tuple(one.kind for one in told.documents) == kinds, stage
            assert (self.found(self.draft(f"ZAM/{stage}")) == ()) is (stage is Stage.DELETED)
