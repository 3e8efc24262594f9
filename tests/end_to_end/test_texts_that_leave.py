"""Texts typed with signs nobody sees, on their way into both shops and into the ERP (decision table 8.12)."""

import shutil
from decimal import Decimal

import pytest

from pomost.sandbox.esklep.server import serve
from pomost.sandbox.esklep.settings import Settings
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.optima.cards import Card, TraitValue
from pomost.sandbox.optima.filling import minimal
from pomost.store.database import close_store
from tests.end_to_end.optima_stage import KEY, SETTINGS, OptimaStage
from tests.end_to_end.stage import CHANNEL


@pytest.fixture
def optima(tmp_path, blank_sqlite):
    """An empty company and an empty e-Sklep."""
    home = tmp_path / "pomost"
    (home / "data").mkdir(parents=True)
    shutil.copyfile(blank_sqlite, home / "data" / "pomost.db")
    company = minimal(tmp_path / "optima")
    with serve(Shop(key=KEY, settings=Settings(**SETTINGS))) as running:
        stage = OptimaStage(home, company, running.url)
        yield stage
        stage.close()
    close_store()


def test_no_control_characters_in_names(optima):
    """Decision table 8.12: names, and whatever else of a card the e-Sklep shows."""
    traits = (TraitValue("POJEMNOSC", "1\x02 l"),)
    optima.company.goods.add(
        Card(code="CTRL", name="Sok\x0b jab\x01łkowy\u202e 1l", wholesale=Decimal(10), traits=traits)
    )
    report = optima.run()
    assert (report.state, report.failed) == ("done", 0), report
    (product,) = [one for one in optima.state("products").values() if one["state"] == "published"]
    assert product["texts"][0]["name"] == "Sok jabłkowy 1l"
    assert optima.run().failed == 0


def test_the_buyers_remarks_are_cleaned_and_what_the_erp_cannot_hold_is_told(selling):
    """Decision table 8.12: into the ERP, whose code page is 1250."""
    selling.place((1, 3), number="TXT/1", remarks="Proszę\x01 → wejście\u202e B 🚚")
    selling.run()
    (document,) = [one for one in selling.documents() if one["dok_NrPelnyOryg"] == "TXT/1"]
    assert document["dok_Uwagi"].splitlines()[-1] == "Proszę ? wejście B ?"
    assert selling.reasons()["TXT/1"] == {"ORDER_TEXT_REPLACED"}
    assert "Proszę ? wejście B ?" in selling.ask("errors", CHANNEL, "ORDER_TEXT_REPLACED", lang="pl").text
