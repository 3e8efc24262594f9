"""Work in the company is saved as it is done and moves the stamps it moves in Optima, and no others."""

from datetime import datetime
from decimal import Decimal

import pytest

from pomost.sandbox.optima.bundles import Bundle, Part
from pomost.sandbox.optima.cards import Card, File, Price
from pomost.sandbox.optima.company import B2B, RETAIL, SHOP, WHOLESALE
from pomost.sandbox.optima.connection import open_readonly
from pomost.sandbox.optima.customers import Customer, Login
from pomost.sandbox.optima.desks.stock import Held
from pomost.sandbox.optima.discounts import Rule
from pomost.sandbox.optima.examples import SCENES
from pomost.sandbox.optima.pictures import jpeg

PRODUCT, OTHER, BUYER = "LEM-1", "LEM-2", "PRZ-02"
BOTH = {("Twr_TS_Mod", PRODUCT), ("TwTS_TS_ModESklep", PRODUCT)}
SHOP_ONLY = {("TwTS_TS_ModESklep", PRODUCT)}
MEMBER = "TwG_CzasModyfikacji of a member"

# What is done, and every stamp it moves or makes.
STAMPED = {
    "price": (lambda it: it.goods.set_price(PRODUCT, RETAIL, Decimal("9.99")), SHOP_ONLY),
    "new price level": (
        lambda it: it.goods.set_price("SYR-1", RETAIL, Decimal("9.99"), points=3),
        {("TwTS_TS_ModESklep", "SYR-1")},
    ),
    "points": (lambda it: it.goods.set_points(PRODUCT, RETAIL, 7), SHOP_ONLY),
    "name": (lambda it: it.goods.rename(PRODUCT, "Nowa"), BOTH),
    "text": (lambda it: it.goods.set_text(PRODUCT, "en", description="New"), BOTH),
    "inactive": (lambda it: it.goods.deactivate(PRODUCT), BOTH),
    "attribute": (lambda it: it.goods.set_trait(PRODUCT, "BIO", "Nie"), SHOP_ONLY),
    "pack": (lambda it: it.goods.add_pack(PRODUCT, "paleta", 480), SHOP_ONLY),
    "withdrawn": (lambda it: it.goods.withdraw(PRODUCT), SHOP_ONLY),
    "published elsewhere": (lambda it: it.goods.publish(PRODUCT, B2B), SHOP_ONLY),
    "flag": (lambda it: it.goods.set_in_shop(PRODUCT, Twes_ESklepFlaga_Nowosc=1), SHOP_ONLY),
    "default group": (lambda it: it.goods.set_default_group(PRODUCT, "NAB"), SHOP_ONLY),
    "new picture": (lambda it: it.files.draw(PRODUCT, "Nowe"), {*SHOP_ONLY, ("DAB_TS_Mod", "new")}),
    "group renamed": (lambda it: it.groups.rename("NAB", "Sery"), {("TwG_CzasModyfikacji", "NAB")}),
    "group moved": (lambda it: it.groups.move("NAB", 40), {("TwG_CzasModyfikacji", "NAB")}),
    "group made": (lambda it: it.groups.add("SERY", "Sery"), {("TwG_CzasModyfikacji", "SERY")}),
    "member": (lambda it: it.groups.put_in("NAB", PRODUCT), {(MEMBER, PRODUCT)}),
    "set made": (
        lambda it: it.trade.add_set(Bundle("NOWY", PRODUCT, (Part(OTHER),))),
        {("ZTw_TS_Mod", "NOWY"), *SHOP_ONLY},
    ),
    "set repriced": (
        lambda it: it.trade.reprice_set("PRZ-14-Z", Decimal(5)),
        {("ZTw_TS_Mod", "PRZ-14-Z"), ("TwTS_TS_ModESklep", "PRZ-14-T")},
    ),
    "customer's card": (lambda it: it.customers.set_discount(BUYER, Decimal(5)), {("Knt_TS_Mod", BUYER)}),
    "customer published": (lambda it: it.customers.publish("NIE-DO-SKLEPU"), {("Knt_TS_Mod", "NIE-DO-SKLEPU")}),
    "login": (lambda it: it.customers.add_login(BUYER, Login("nowy@poczta.example")), {("KnO_TS_Mod", "new")}),
}

# What moves no stamp at all, and where it can be seen all the same.
UNSTAMPED = {
    "stock": (lambda it: it.stock.set(PRODUCT, "MAGAZYN", 7), lambda it: it.stock.now(PRODUCT)),
    "reservation": (lambda it: it.stock.reserve(PRODUCT, "MAGAZYN", 2), lambda it: it.stock.now(PRODUCT)),
    "service job": (lambda it: it.stock.reserve_for_service(PRODUCT, "KRAKOW", 2), lambda it: it.stock.now(PRODUCT)),
    "discount": (lambda it: it.trade.grant(Rule(8, "7"), product=PRODUCT), lambda it: it.trade.discounts()),
    "discount changed": (lambda it: it.trade.change_discount(1, Rab_Rabat=Decimal(9)), lambda it: it.trade.discounts()),
    "discount removed": (lambda it: it.trade.remove_discount(1), lambda it: it.trade.discounts()),
    "price level": (lambda it: it.customers.set_price_level(BUYER, WHOLESALE), lambda it: level(it, BUYER)),
    "configuration": (lambda it: it.shops.configure(ESS_ExpZasoby=1), lambda it: it.shops.row()),
    "warehouses": (lambda it: it.shops.use_warehouses(["SKLEP"]), lambda it: table(it, "eSklepMagazyny")),
    "out of a group": (lambda it: it.groups.take_out("NAP", PRODUCT), lambda it: it.groups.members("NAP")),
}


def table(it, name):
    connection = open_readonly(it.company_file)
    rows = connection.execute(f"SELECT * FROM CDN.{name} ORDER BY 1").fetchall()
    connection.close()
    return rows


def level(it, code):
    key = it.customers.row(code)["Knt_KntId"]
    return [row for row in table(it, "KntESklepy") if row[1] == key]


def moved(before, after, made=("DAB_TS_Mod", "KnO_TS_Mod")):
    """Stamps that are new or other than they were; new rows known by an id alone are called `new`."""
    changed = {whose for whose in after if after[whose] != before.get(whose)}
    return {(name, "new") if name in made and (name, key) not in before else (name, key) for name, key in changed}


@pytest.mark.parametrize("what", sorted(STAMPED))
def test_each_change_moves_its_stamps_and_no_others(working, what):
    work, expected = STAMPED[what]
    before = working.stamps()
    work(working)
    after = working.stamps()
    assert moved(before, after) - {(MEMBER, "")} == expected
    for whose in expected:
        if whose in before:
            assert after[whose] > before[whose]


@pytest.mark.parametrize("what", sorted(UNSTAMPED))
def test_what_has_no_stamp_moves_none(working, what):
    work, look = UNSTAMPED[what]
    stamps, seen = working.stamps(), look(working)
    work(working)
    assert working.stamps().items() <= stamps.items()
    assert look(working) != seen


@pytest.mark.parametrize(
    "what", ["price", "name", "text", "withdrawn", "group renamed", "set repriced", "customer's card"]
)
def test_a_script_with_the_triggers_off_leaves_no_trace(working, what):
    stamps, goods = working.stamps(), table(working, "Towary") + table(working, "TwrCeny") + table(working, "TwrESklep")
    with working.unstamped():
        STAMPED[what][0](working)
    assert working.stamps() == stamps
    working.goods.rename(PRODUCT, "po skrypcie")
    assert working.stamps() != stamps
    assert table(working, "Towary") + table(working, "TwrCeny") + table(working, "TwrESklep") != goods


def test_other_bytes_in_place_of_a_picture_move_their_own_stamp_alone(working):
    place = working.files.draw(PRODUCT, "Pierwsze")
    link = working.files.of(PRODUCT)[-1]
    before, links = working.stamps(), working.files.of(PRODUCT)
    working.files.replace(PRODUCT, jpeg("Drugie"), place)
    assert moved(before, working.stamps()) == {("DAB_TS_Mod", str(link["DBL_DabId"]))}
    assert working.files.of(PRODUCT) == links
    assert working.files.data(PRODUCT, place) == jpeg("Drugie")


def test_pictures_are_put_in_order_and_taken_away(working):
    first, second = working.files.draw(PRODUCT, "A"), working.files.add(PRODUCT, File("b.jpg", jpeg("B")))
    working.files.relabel(PRODUCT, "opis", first)
    working.files.swap(PRODUCT, first, second)
    assert [row["DBL_NazwaPliku"] for row in working.files.of(PRODUCT)] == ["b.jpg", "lem-1-nowe.png"]
    assert working.files.of(PRODUCT)[1]["DBL_TagAlt"] == "opis"
    stored = len(table(working, "DaneBinarne"))
    working.files.remove(PRODUCT, first)
    assert len(table(working, "DaneBinarne")) == stored - 1
    with pytest.raises(KeyError, match="no file on place 9"):
        working.files.data(PRODUCT, 9)


def test_stock_is_a_ledger_of_days(working):
    working.stock.set(PRODUCT, "MAGAZYN", 50, reserved=5, in_service=2)
    assert working.stock.now(PRODUCT)["MAGAZYN"] == Held(Decimal(50), Decimal(5), Decimal(2))
    rows = len(table(working, "TwrIlosci"))
    working.stock.set(PRODUCT, "MAGAZYN", 44)
    assert len(table(working, "TwrIlosci")) == rows, "one row of a day"
    assert working.stock.now(PRODUCT)["MAGAZYN"] == Held(Decimal(44), Decimal(5), Decimal(2))
    working.stock.set(PRODUCT, "MAGAZYN", 1, day=datetime.fromisoformat("2020-01-01"))
    assert working.stock.now(PRODUCT)["MAGAZYN"].on_hand == 44, "a document entered late"
    working.stock.set(PRODUCT, "MAGAZYN", 1, day=datetime.fromisoformat("2040-01-01"))
    assert working.stock.now(PRODUCT)["MAGAZYN"].on_hand == 44, "a day to come"
    connection = open_readonly(working.company_file)
    total = "SELECT TwI_Ilosc FROM CDN.TwrIlosci JOIN CDN.Towary ON Twr_TwrId = TwI_TwrId WHERE Twr_Kod = ? AND TwI_MagId IS NULL AND TwI_Data = '2026-11-17 00:00:00.000000'"
    assert connection.execute(total, (PRODUCT,)).fetchone()[0] == sum(
        held.on_hand for held in working.stock.now(PRODUCT).values()
    )
    connection.close()


def test_a_new_product_has_sensible_values(working):
    key = working.goods.add(Card(code="NOWY", name="Nowy towar", ean="2000000000015", wholesale=Decimal("10.00")))
    assert working.goods.row("NOWY")["Twr_TwrId"] == key
    assert working.goods.row("NOWY")["Twr_TS_Mod"] >= datetime.fromisoformat("2026-11-17T08:00:00")
    assert working.goods.prices("NOWY")[RETAIL.key][:3] == (Decimal("15.38"), 2, "PLN")
    assert working.stock.now("NOWY") == {}
    assert working.stamps()[("TwTS_TS_ModESklep", "NOWY")] >= datetime.fromisoformat("2026-11-17T08:00:00")
    assert working.goods.shop_row("NOWY")["Twes_Udostepnij"] == 1
    again = working.goods.add(
        Card(code="NOWY-2", name="Nowszy", prices=(Price(RETAIL, Decimal(5)),), substitutes=("NOWY",))
    )
    assert again == key + 1


def test_a_deleted_product_leaves_what_it_leaves_in_optima(working):
    scene = next(scene for scene in SCENES if scene.name == "PRZ-14")
    key = working.goods.row("PRZ-14-B")["Twr_TwrId"]
    rule = working.trade.grant(Rule(8, "5"), product="PRZ-14-B")
    working.goods.delete("PRZ-14-B")
    assert "PRZ-14-B" not in working.goods.codes()
    assert working.trade.discount(rule)["Rab_TwrId"] == key
    parts = [
        row
        for row in table(working, "ZestawyTwrSkladniki")
        if row[1] == working.trade.set_row(scene.bundle.code)["ZTw_ZTwId"]
    ]
    assert [row[2] for row in parts] == [None]
    assert len(table(working, "UsunieteObiekty")) == 2
    with pytest.raises(KeyError, match="PRZ-14-B"):
        working.goods.set_price("PRZ-14-B", RETAIL, Decimal(1))
    assert working.goods.add(Card(code="PO", name="Po usunięciu")) > key


def test_a_deleted_group_is_still_named(working):
    rule = working.trade.grant(Rule(7, "5"), group="NAB")
    number = working.trade.discount(rule)["Rab_TwrId"]
    working.groups.delete("NAB")
    with pytest.raises(KeyError, match="NAB"):
        working.groups.row("NAB")
    assert working.trade.discount(rule)["Rab_TwrId"] == number
    working.trade.delete_customer_group("GASTRO")
    assert any(row["Rab_PodmiotId"] == 3 for row in working.trade.discounts())


def test_rules_are_granted_to_whom_and_for_what_they_say(working):
    people = working.trade.add_customer_group("NOWI")
    key = working.trade.grant(Rule(12, price="7.50", currency="PLN"), product=PRODUCT, among="NOWI")
    row = working.trade.discount(key)
    assert (row["Rab_Typ"], row["Rab_PodmiotId"], row["Rab_Cena"]) == (12, people, Decimal("7.5000"))
    assert row["Rab_TwrId"] == working.goods.row(PRODUCT)["Twr_TwrId"]
    working.trade.end_discount(key, datetime.fromisoformat("2026-11-18"))
    assert working.trade.discount(key)["Rab_DataDo"] == datetime.fromisoformat("2026-11-18")


def test_a_new_customer_can_sign_in(working):
    working.customers.add(
        Customer(code="NOWY", name="Nowy bar", nip="9990001011", level=WHOLESALE, logins=(Login("a@b.example"),))
    )
    assert working.customers.row("NOWY")["Knt_TS_Mod"] >= datetime.fromisoformat("2026-11-17T08:00:00")
    assert [row[3] for row in level(working, "NOWY")] == [WHOLESALE.key]
    working.customers.set_price_level("NOWY", None)
    assert level(working, "NOWY") == []


def test_a_restored_company_is_as_it_was_and_its_stamps_run_backwards(working):
    before, copy = working.stamps(), working.back_up()
    working.goods.rename(PRODUCT, "Nowa nazwa")
    working.trade.grant(Rule(8, "5"), product=PRODUCT)
    lost, rules = working.stamps(), len(working.trade.discounts())
    reader = open_readonly(working.company_file)
    working.restore(copy)
    assert working.stamps() == before
    assert (
        max(before[("TwTS_TS_ModESklep", PRODUCT)], lost[("TwTS_TS_ModESklep", PRODUCT)])
        == lost[("TwTS_TS_ModESklep", PRODUCT)]
    )
    assert len(working.trade.discounts()) == rules - 1
    name = reader.execute("SELECT Twr_Nazwa FROM CDN.Towary WHERE Twr_Kod = ?", (PRODUCT,)).fetchone()[0]
    assert name != "Nowa nazwa"
    reader.close()


def test_the_lock_of_optimas_own_synchronisation(working):
    assert working.shops.row(SHOP)["ESS_StanSynchronizacji"] == 0
    working.shops.hold()
    assert working.shops.row(SHOP)["ESS_StanSynchronizacji"] == 1


def test_nothing_is_changed_in_silence(working):
    for work in (
        lambda: working.goods.rename("NIE-MA", "x"),
        lambda: working.goods.withdraw(PRODUCT, B2B),
        lambda: working.groups.rename("NIE-MA", "x"),
        lambda: working.trade.withdraw_set("NIE-MA"),
        lambda: working.customers.block("NIE-MA"),
        lambda: working.files.remove(PRODUCT, 7),
        lambda: working.groups.take_out("NAB", PRODUCT),
        lambda: working.groups.delete("NIE-MA"),
        lambda: working.trade.remove_discount(999_999),
        lambda: working.shops.hold(77),
    ):
        with pytest.raises(KeyError):
            work()
