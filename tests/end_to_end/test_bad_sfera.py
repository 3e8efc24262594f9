"""Sfera that does not start, over real wires: said with advice, the offer goes on, and no order is lost or made twice."""

import pytest

from tests.end_to_end.stage import CHANNEL, symbol

BROKEN = {
    "an interpreter that is not there": {"sfera_python": "/nie/ma/python.exe"},
    "an operator nobody has": {"sfera_operator": "Nikt Taki", "sfera_start_seconds": 5, "sfera_call_seconds": 1},
    "a login that is refused": {"sfera_sql_login": "obcy", "sfera_sql_password": "zle"},
}


@pytest.mark.parametrize("what", BROKEN)
def test_the_rest_of_the_run_goes_on_and_the_order_enters_once_it_is_mended(selling, what):
    sound = dict(selling.document["erp"])
    order = selling.place()
    selling.company.set_stock(symbol(5), "MAG", 3)
    selling.save(erp={**sound, **BROKEN[what]})
    polish = selling.ask("run", CHANNEL, lang="pl")
    assert polish.code == 1, polish
    assert polish.err.strip()
    assert "Traceback" not in polish.out + polish.err
    assert selling.shop.contents()[symbol(5)][3]["MAG"] == 3
    assert selling.originals() == []
    report = selling.pomost.history(CHANNEL, 1)[0]
    for lang in ("pl", "en"):
        assert report.fault.into(lang)
    for said in selling.in_both("check", CHANNEL):
        assert said.code != 0
        assert "Sfera" in said.out

    selling.document["erp"] = sound
    selling.save()
    assert selling.run().fault is None
    selling.run()
    assert selling.originals() == [order["number"]]
    assert selling.order(order["id"])["status"] == "accepted"
    assert selling.order_reasons() == {}
