"""The connector with Sfera set up: orders go in through the port, are found again, and their way is told."""

from dataclasses import replace

from pomost.connectors import ERPS
from pomost.model.change import RegisterOrder
from pomost.model.order import Stage
from pomost.model.reason import Reason
from pomost.model.subject import Area, Subject
from pomost.ports.erp import Focus
from pomost.sandbox.sfera.clerk import Clerk
from tests.sfera.conftest import draft, orders_in, settings


def connected(company, **changes):
    return ERPS["subiekt-gt"].connect(settings(company, **changes), Focus())


def change(company, number):
    return RegisterOrder(Subject(Area.ORDER, f"o{number}", number), draft(company, number))


def test_without_an_operator_orders_are_not_taken(company):
    erp = connected(company, sfera_operator="")
    assert not erp.can.orders
    assert "Sfer" in erp.can.orders.why.pl


def test_orders_through_the_port(company):
    erp = connected(company)
    try:
        assert erp.can.orders
        changes = [change(company, "1"), change(company, "2")]
        first, second = erp.send(changes, "attempt")
        assert [row[1] for row in orders_in(company)] == ["hurt-1", "hurt-2"]
        keys = [one.draft.identity for one in changes]
        found = {key: [one.ref for one in documents] for key, documents in erp.find_orders(keys).items()}
        assert found == {keys[0]: [first.document], keys[1]: [second.document]}
        assert [one.stage for one in erp.progress([first.document])] == [Stage.RESERVED]
        with Clerk(company) as clerk:
            clerk.realise(first.document.id, as_="FS")
        (told,) = erp.progress([first.document])
        assert (told.stage, [one.kind for one in told.documents]) == (Stage.INVOICED, ["FS"])
    finally:
        erp.close()


def test_the_check_tries_sfera_too(company):
    erp = connected(company)
    steps = list(erp.check())
    assert all(step.passed for step in steps), steps
    assert [step.name.en for step in steps[-2:]] == ["Sfera: starting Subiekt GT", "Sfera: a ZK rehearsed"]
    assert orders_in(company) == []
    erp.close()


def test_a_dry_run_through_the_port_names_what_would_be_refused(company):
    """Sfera's own `ZapiszSymulacja`: nothing is saved, and what it refuses is a reason for that order alone."""
    erp = connected(company)
    try:
        assert erp.can.rehearsal
        sound, wrong = change(company, "1"), change(company, "2")
        wrong = replace(wrong, draft=replace(wrong.draft, customer=10**6))
        first, second, third = erp.rehearse([sound, wrong, sound])
        assert first == third
        assert (str(first.whole), dict(first.rates)) == ("45.00 + 10.35 = 55.35", {"23": first.whole})
        assert second.reason is Reason.ERP_REFUSED
        assert orders_in(company) == []
    finally:
        erp.close()
