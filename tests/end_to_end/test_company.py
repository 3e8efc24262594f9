"""The whole sandbox company: what becomes of every case, and that a second run has nothing to do."""

import shutil
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import cycle

import pytest

from pomost.app import open_pomost
from pomost.cli.sandbox import KEY as DEMO_KEY
from pomost.cli.sandbox import channel_document, running_shop
from pomost.sandbox.data.assortment import catalogue
from pomost.sandbox.subiekt_gt.cards import FEE, SERVICE
from pomost.sandbox.subiekt_gt.plan import cases, plan
from pomost.sandbox.subiekt_gt.sandbox import SubiektSandbox
from pomost.store.database import close_store
from tests.end_to_end.company_cases import EXPECTED, MIXED, Left, Offered
from tests.end_to_end.stage import CHANNEL, Stage, Window

FIRST, SECOND = 0, 1


@dataclass(frozen=True)
class Afterwards:
    """What two runs left behind."""

    company: SubiektSandbox
    shelf: dict
    products: list
    reasons: dict
    reports: tuple
    posts: tuple


@pytest.fixture(scope="session")
def afterwards(whole_company, blank_sqlite, tmp_path_factory):
    """Two runs over the whole company; everything asserted here is read from the shop once."""
    home = tmp_path_factory.mktemp("whole")
    (home / "data").mkdir()
    shutil.copyfile(blank_sqlite, home / "data" / "pomost.db")
    shutil.copyfile(whole_company, home / "subiekt.db")
    with running_shop() as url:
        shop = Window(url)
        stage = Stage(home, home / "subiekt.db", shop, channel_document(home / "subiekt.db", url, CHANNEL))
        reports, posts = [], []
        for _ in range(2):
            reports.append(stage.run())
            posts.append(shop.posts())
        state = shop.state()
        found = Afterwards(
            stage.company, shop.shelf(), list(state["products"].values()), stage.reasons(), tuple(reports), tuple(posts)
        )
        close_store()
        yield found
        shop.close()
        stage.close()


def test_the_first_run_offers_what_qualifies_and_fails_nothing(afterwards):
    report = afterwards.reports[FIRST]
    assert (report.state, report.failed, report.stops, report.findings) == ("done", 0, (), ())
    assert report.counts["done.publish"] == report.counts["plan.publish"] == len(afterwards.shelf) > 1500
    assert {shown.status for shown in afterwards.shelf.values()} == {"active"}


def test_the_second_run_has_nothing_to_do(afterwards):
    assert (afterwards.reports[SECOND].planned, afterwards.posts[SECOND]) == (0, [])


def test_every_card_is_offered_or_has_a_reason(afterwards):
    silent = set(afterwards.company.symbols()) - afterwards.shelf.keys() - afterwards.reasons.keys()
    assert not silent


def test_the_table_knows_every_case():
    assert EXPECTED.keys() | MIXED.keys() == cases().keys()


@pytest.mark.parametrize("case", sorted(name for name, wanted in EXPECTED.items() if isinstance(wanted, Left)))
def test_a_card_that_cannot_be_offered_is_left_out_for_the_reason_of_its_case(case, afterwards):
    for symbol in cases()[case]:
        assert symbol not in afterwards.shelf, symbol
        assert EXPECTED[case].reason in afterwards.reasons[symbol], symbol


@pytest.mark.parametrize("case", sorted(name for name, wanted in EXPECTED.items() if isinstance(wanted, Offered)))
def test_a_card_is_offered_as_its_case_says(case, afterwards):
    wanted = EXPECTED[case]
    units = (wanted.unit,) if isinstance(wanted.unit, str) else wanted.unit
    for symbol, unit, minimum in zip(cases()[case], cycle(units), cycle(wanted.minimum or ("any",)), strict=False):
        shown = afterwards.shelf[symbol]
        assert shown.unit == unit if " x " in unit else shown.unit.startswith(f"{unit} x "), symbol
        pieces = int(shown.unit.partition(" x ")[2]) if wanted.recalculated else 1
        assert shown.price == (wanted.price or price_of(afterwards.company, symbol, pieces)), symbol
        assert wanted.vat in {"", shown.vat}, symbol
        assert minimum in {"any", shown.minimum}, symbol
        stock = wanted.stock or stock_of(afterwards.company, symbol, pieces, from_parts=wanted.from_parts)
        assert shown.stock == {"MAG": stock[0], "KRA": stock[1]}, symbol
        assert shown.visible == {branch: quantity > 0 for branch, quantity in shown.stock.items()}, symbol
        assert not wanted.warning or wanted.warning in afterwards.reasons[symbol], symbol


def price_of(company, symbol, pieces):
    net = company.prices(symbol)[3][0]
    return str((net * pieces).quantize(Decimal("0.01"), ROUND_HALF_UP))


def stock_of(company, symbol, pieces, *, from_parts):
    """Sales units in the two branches, counted again from the warehouses' rows."""
    if not from_parts:
        return tuple(whole(available, pieces) for available in in_branches(company, symbol))
    kinds = {card.symbol: card.kind for card in plan().cards}
    parts = next(card.components for card in plan().cards if card.symbol == symbol)
    sets = [
        [whole(available, Decimal(quantity)) for available in in_branches(company, part)]
        for part, quantity in parts
        if kinds[part] not in {SERVICE, FEE}
    ]
    return tuple(min(column) for column in zip(*sets, strict=True))


def in_branches(company, symbol):
    free = {house: on_hand - reserved for house, (on_hand, reserved) in company.stocks(symbol).items()}
    return free["MAG"] + free["ZAP"], free["KRA"]


def whole(available, divisor):
    return int(max((available / divisor).to_integral_value(ROUND_FLOOR), 0))


def test_of_two_cards_with_one_code_the_blocked_one_does_not_count(afterwards):
    for symbol in cases()["ean_shared_blocked"]:
        if symbol.endswith("-STARY"):
            assert "CARD_INACTIVE" in afterwards.reasons[symbol]
        else:
            assert afterwards.shelf[symbol].status == "active"


def test_names_codes_and_packs_stay_the_shops_own(afterwards):
    listed = sorted((one["ean"], one["name"], len(one["sales_units"])) for one in catalogue())
    held = sorted((one["ean"], one["name"], len(one["sales_units"])) for one in afterwards.products)
    assert held == listed
    fields = {name for post in afterwards.posts[FIRST] for item in post["items"] for name in item["fields"]}
    assert fields
    assert not fields & {"name", "ean", "sales_units"}


def test_the_run_speaks_in_batches_as_large_as_the_shop_allows(afterwards):
    """Law 9: a whole company costs a handful of requests, not one per product."""
    posts = afterwards.posts[FIRST]
    assert {post["path"] for post in posts} == {"/v1/offers:batch", "/v1/stocks:batch"}
    assert len(posts) < sum(post["item_count"] for post in posts) / 100


def test_the_demo_shop_is_opened_with_its_key_only(whole_company, home):
    """The company's own channel with another key is refused: the first run above did not pass unasked."""
    with running_shop() as url:
        chosen = channel_document(whole_company, url, CHANNEL)
        chosen["shop"]["key"] = DEMO_KEY + "x"
        pomost = open_pomost(home)
        pomost.save_channel(chosen, "test")
        checked = pomost.check(CHANNEL)
    close_store()
    assert not checked.passed
    assert [step.passed for step in checked.shop] == [False]
