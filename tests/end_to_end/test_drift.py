"""A day of work in the ERP arrives in the shop exactly: what changed there changed here, and nothing else."""

import shutil
from decimal import ROUND_HALF_UP, Decimal

import pytest

from pomost.cli.sandbox import channel_document, running_shop
from pomost.store.database import close_store
from tests.end_to_end.stage import BRANCHES, CHANNEL, Stage, Window

GROSZ = Decimal("0.01")


def ought(company):
    """Price and stock of every qualified card, counted from the company's rows: all are sold by the piece here."""
    wanted = {}
    for symbol in company.symbols():
        if "MSTORE" in company.traits(symbol):
            free = {house: on_hand - reserved for house, (on_hand, reserved) in company.stocks(symbol).items()}
            stock = {"MAG": int(max(free["MAG"] + free["ZAP"], 0)), "KRA": int(max(free["KRA"], 0))}
            wanted[symbol] = (str(company.prices(symbol)[3][0].quantize(GROSZ, ROUND_HALF_UP)), stock)
    return wanted


def have(shop):
    return {symbol: (shown.price, shown.stock) for symbol, shown in shop.active().items()}


@pytest.mark.parametrize("seed", range(1, 7))
def test_after_a_day_of_work_the_shop_shows_what_the_erp_says(settled, seed):
    before = settled.shop.contents()
    drifted = settled.company.drift(seed, prices=4, stocks=5, traits=3)
    assert len(drifted) > 9
    report = settled.run()
    assert (report.state, report.failed) == ("done", 0)
    assert have(settled.shop) == ought(settled.company)
    after = settled.shop.contents()
    moved = {symbol for symbol in before if before[symbol] != after.get(symbol)}
    assert moved <= {one.symbol for one in drifted}
    settled.shop.posts()
    assert (settled.run().planned, settled.shop.posts()) == (0, [])


def test_only_the_terms_that_changed_travel(settled):
    settled.company.set_price("S04", 3, Decimal("4.44"))
    settled.company.set_stock("S05", "KRA", 99)
    settled.run()
    ids = {name: shown.product_id for name, shown in settled.shop.shelf().items()}
    written = [(path, item["key"]["product_id"], item["fields"]) for path, item in settled.shop.written()]
    stocks = [fields for path, product, fields in written if product == ids["S05"]]
    assert [(path, product) for path, product, _ in written] == [
        ("/v1/offers:batch", ids["S04"]),
        ("/v1/stocks:batch", ids["S05"]),
    ]
    assert next(fields for _, product, fields in written if product == ids["S04"]).keys() >= {"price"}
    assert not {"vat_rate", "distributor_sku", "min_quantity"} & written[0][2].keys()
    assert stocks[0]["quantity"] == 99


def test_a_whole_company_drifts_to_what_a_first_run_would_publish(whole_company, home, tmp_path):
    """Law 4: little by little ends where all at once ends; beside the cards touched only sets of them moved."""
    shutil.copyfile(whole_company, home / "subiekt.db")
    with running_shop() as url, running_shop() as other:
        shop, blank = Window(url), Window(other)
        stage = Stage(home, home / "subiekt.db", shop, channel_document(home / "subiekt.db", url, CHANNEL))
        stage.run()
        before = shop.contents()
        drifted = {one.symbol for one in stage.company.drift(7)}
        report = stage.run()
        assert (report.state, report.failed) == ("done", 0)
        after = shop.contents()
        sets = {whole for whole, parts in stage.company.compositions().items() if drifted & set(parts)}
        moved = {symbol for symbol in before.keys() | after.keys() if before.get(symbol) != after.get(symbol)}
        assert len(moved) > 50
        assert moved <= drifted | sets
        stage.close()
        close_store()
        fresh = Stage(
            tmp_path / "fresh", home / "subiekt.db", blank, channel_document(home / "subiekt.db", other, CHANNEL)
        )
        fresh.run()
        assert {name: held for name, held in after.items() if held[0][0] == "active"} == blank.contents()
        fresh.close()
        close_store()
        shop.close()
        blank.close()


def test_both_branches_are_those_of_the_channel(settled):
    assert {tuple(shown.stock) for shown in settled.shop.shelf().values()} == {BRANCHES}
