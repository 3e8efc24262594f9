"""From the rows of an Optima company to what shoppers pay: the second pair through the real path."""

from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from pomost.model.change import Part
from pomost.sandbox.esklep.server import serve
from pomost.sandbox.esklep.settings import Settings
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.optima.examples import BASKET, PRICED, SCENES
from pomost.sandbox.optima.filling import build
from pomost.store.database import close_store, open_store
from tests.end_to_end.optima_stage import CHANNEL, KEY, SETTINGS, OptimaStage

REFUSED = {
    ("promotion", "ZES-JM"),  # a unit the product does not have
    ("customer", "LOGIN-2"),  # somebody else has this login
    ("customer", "POLACZONY"),  # merged into a customer who is not published
}
"""What only the shop can find wrong with the company's troublesome cases."""
WARSAW = ZoneInfo("Europe/Warsaw")
SCENE = {scene.name: scene for scene in SCENES}
EXAMPLES = {example.number: example for example in PRICED}


@pytest.fixture(scope="module")
def stage(tmp_path_factory, sqlite_stores):
    """The company with every troublesome case, synchronised once."""
    home = tmp_path_factory.mktemp("optima")
    company = build(home / "server", products=120, customers=60)
    with serve(Shop(key=KEY, settings=Settings(**SETTINGS))) as running:
        one = OptimaStage(home / "pomost", company, running.url)
        one.first = one.run()
        yield one
        one.close()
        close_store()


@pytest.fixture(autouse=True)
def _own_store(stage):
    """Whatever store another test opened, these look into the stage's own."""
    open_store(f"sqlite:///{(stage.home / 'data' / 'pomost.db').absolute()}")


def test_the_whole_company_arrives(stage):
    assert stage.first.state == "done", stage.first.fault
    assert {row[:2] for row in _failures(stage)} == REFUSED, "\n".join(map(str, _failures(stage)))
    assert len(stage.state("products")) > 100
    assert len(stage.state("prices")) > 200
    assert len(stage.state("stocks")) > 200
    assert len(stage.state("customers")) > 30
    assert stage.state("files")
    assert stage.state("bundles")


def _failures(stage):
    return [
        (str(item.area), item.symbol, str(item.findings[0].reason), dict(item.findings[0].facts))
        for reason in stage.pomost.errors(CHANNEL)
        for group in stage.pomost.errors(CHANNEL, reason.reason)
        for item in group.items
        if item.part == "sent"
    ]


def test_a_second_run_sends_only_what_the_shop_refused(stage):
    report = stage.run()
    assert (report.state, report.done) == ("done", 0), report.counts
    assert {row[:2] for row in _failures(stage)} == REFUSED
    assert report.failed == stage.first.failed


@pytest.mark.parametrize("number", [number for number, one in EXAMPLES.items() if not one.in_bundle])
def test_the_shop_asks_the_price_of_the_example(stage, number):
    """Contract, section 20: rows of the ERP, rules sent, the shop's own `quote`."""
    example = EXAMPLES[number]
    scene = SCENE[example.scene]
    wish = {"product_erp_id": stage.product(scene.product), "at": example.at.replace(tzinfo=WARSAW).isoformat()}
    if example.unit != "szt":
        wish["unit"] = example.unit
    if not example.guest:
        wish["customer_erp_id"] = stage.customer(scene.name)
    stage.door.put("/v1/sandbox/settings", json={"pricing": {"discount_base": example.discount_base}})
    quoted = stage.quote(**wish)
    stage.door.put("/v1/sandbox/settings", json={"pricing": {"discount_base": "gross"}})
    winner = quoted["winner"]
    assert quoted["final"]["gross"] == str(example.gross), quoted
    assert (winner and winner["erp_type"]) == example.winner
    if example.net is not None:
        assert Decimal(quoted["final"]["net"]) == example.net


def test_the_set_of_the_examples_is_sold_by_the_hour(stage):
    code = SCENE["PRZ-14"].bundle.code
    key = str(stage.row("SELECT ZTw_ZTwId FROM ZestawyTwr WHERE ZTw_Kod = ?", code)[0])
    by_day, by_night = (EXAMPLES[one].at.replace(tzinfo=WARSAW).isoformat() for one in ("14a", "14b"))
    assert stage.quote(bundle_erp_id=key, at=by_day)["total"]["gross"] == "120.00"
    assert stage.quote(bundle_erp_id=key, at=by_night)["on_sale"] is False


def test_the_basket_of_the_last_example(stage):
    lines = [{"product_erp_id": stage.product(code), "quantity": "1"} for code, _ in BASKET.lines]
    told = stage.quote(lines=lines, price_basis="gross", customer_erp_id=stage.customer("PRZ-15"))
    assert [line["value_gross"] for line in told["lines"]] == [str(value) for _, value in BASKET.lines]


def test_bad_input_is_named_and_the_rest_goes_on(stage):
    reasons = {group.reason for group in stage.pomost.errors(CHANNEL)}
    assert {"DEFAULT_GROUP_MISSING", "DEFAULT_GROUP_IS_ROOT", "AVAILABILITY_MISSING"} <= reasons, reasons


def test_explain_tells_why(stage):
    scene = SCENE["PRZ-01"]
    (one,) = stage.pomost.explain(CHANNEL, scene.product)
    assert one.verdict == "offered"
    assert one.known["code"] == scene.product
    assert one.wanted["prices lines[3].value"].startswith("123")
    assert one.trail


def test_a_day_of_work_arrives_and_nothing_else_moves(stage):
    before = {area: stage.state(area) for area in ("products", "prices", "stocks")}
    stage.company.drift(7)
    report = stage.run()
    assert (report.state, {row[:2] for row in _failures(stage)}) == ("done", REFUSED)
    assert report.done
    assert {area: stage.state(area) for area in before} != before
    again = stage.run()
    assert again.done == 0, again.counts


def test_a_forced_run_changes_nothing(stage):
    stage.run()
    areas = ("groups", "products", "prices", "discounts", "bundles", "file_links")
    before = {area: {key: _bare(one) for key, one in stage.state(area).items()} for area in areas}
    report = stage.run(full=True)
    assert (report.state, {row[:2] for row in _failures(stage)}) == ("done", REFUSED), report.fault
    assert {area: {key: _bare(one) for key, one in stage.state(area).items()} for area in areas} == before


def test_stock_alone_leaves_everything_else_alone(stage):
    stage.company.drift(11)
    report = stage.run(parts=frozenset({Part.STOCK}))
    assert report.state == "done"
    assert stage.written() <= {"POST /v1/stocks:batch"}


def _bare(one):
    return {name: value for name, value in one.items() if name not in {"stamp", "updated_at"}}
