"""The built wholesaler is whole, believable, and has every troublesome case."""

from decimal import Decimal

import pytest
from sqlalchemy import String, func, select

from pomost.sandbox.data.assortment import by_gtin, catalogue, products
from pomost.sandbox.data.gtin import fourteen, is_valid
from pomost.sandbox.subiekt_gt import tables_common as common
from pomost.sandbox.subiekt_gt import tables_goods as goods
from pomost.sandbox.subiekt_gt import tables_parties as parties
from pomost.sandbox.subiekt_gt.cards import in_code_page
from pomost.sandbox.subiekt_gt.company import PRICE_LEVELS, UNIT_DICTIONARY, WAREHOUSES, rate
from pomost.sandbox.subiekt_gt.filling import build, damaged, not_subiekt, older_version
from pomost.sandbox.subiekt_gt.plan import CASES, cases, plan
from pomost.sandbox.subiekt_gt.schema import optional_columns, tables

CARD, PRICE, STOCK = goods.tw_towar.c, goods.tw_cena.c, goods.tw_stan.c


def rows(sandbox, query):
    with sandbox.engine.connect() as connection:
        return connection.execute(query).all()


def count(sandbox, table):
    return rows(sandbox, select(func.count()).select_from(table))[0][0]


def test_sizes(company):
    assert count(company, goods.tw_towar) > 2150
    assert count(company, common.sl_magazyn) == len(WAREHOUSES) == 3
    without_stock, without_price = cases()["stock_rows_missing"], cases()["price_row_missing"]
    assert count(company, goods.tw_stan) == 3 * (count(company, goods.tw_towar) - len(without_stock))
    assert count(company, goods.tw_cena) == count(company, goods.tw_towar) - len(without_price)
    assert 36 <= count(company, parties.kh_kontrahent) <= 60
    seats = select(func.count()).where(parties.adr_ewid.c.adr_TypAdresu == 1)
    assert rows(company, seats)[0][0] == count(company, parties.kh_kontrahent)


def test_every_case_occurs_on_cards_of_the_company(company):
    known = set(company.symbols())
    found = cases()
    assert list(found) == list(CASES)
    for name, symbols in found.items():
        assert len(symbols) >= 2, name
        assert known >= set(symbols), name
        assert CASES[name]


def test_symbols_are_unique(company):
    assert len(set(company.symbols())) == len(company.symbols())


def test_texts_fit_their_columns(company):
    with company.engine.connect() as connection:
        for table in tables():
            for column in table.columns:
                if isinstance(column.type, String) and column.type.length:
                    longest = connection.execute(select(func.max(func.length(column)))).scalar()
                    assert (longest or 0) <= column.type.length, column


def test_texts_fit_the_code_page(company):
    for (name,) in rows(company, select(CARD.tw_Nazwa)):
        assert name.encode("cp1250").decode("cp1250") == name


def test_each_code_keeps_its_own_name(company):
    names = {product.ean: in_code_page(product.name) for product in products()}
    for ean, name in rows(company, select(CARD.tw_PodstKodKresk, CARD.tw_Nazwa)):
        if ean in names:
            assert name == names[ean][:50].rstrip()


def test_most_of_the_cards_qualify_and_stand_in_the_shop(company):
    carrying = select(func.count(goods.tw_cecha_tw.c.cht_IdTowar.distinct())).where(
        goods.tw_cecha_tw.c.cht_IdCecha == 1
    )
    share = rows(company, carrying)[0][0] / count(company, goods.tw_towar)
    assert 0.8 < share < 0.95
    listed = [ean for (ean,) in rows(company, select(CARD.tw_PodstKodKresk)) if fourteen(ean) in by_gtin()]
    assert len(listed) > 1900


def test_net_and_gross_agree_with_the_vat_rate(company):
    query = select(*(PRICE[f"tc_Cena{side}{level}"] for level in (1, 2, 3, 4) for side in ("Netto", "Brutto")))
    vat = common.sl_stawka_vat.c
    query = query.add_columns(vat.vat_Symbol).select_from(
        goods.tw_cena.join(goods.tw_towar, PRICE.tc_IdTowar == CARD.tw_Id).join(
            common.sl_stawka_vat, CARD.tw_IdVatSp == vat.vat_Id
        )
    )
    for *prices, symbol in rows(company, query):
        for net, gross in zip(prices[::2], prices[1::2], strict=True):
            if net is not None:
                assert isinstance(net, Decimal)
                assert net.as_tuple().exponent == -4
                assert abs(net * (100 + rate(symbol)) / 100 - gross) <= Decimal("0.0001")


def test_price_levels_by_the_view(company):
    found = rows(company, select(goods.price_levels).order_by("IDENT"))
    assert {row.IDENT: (row.NAZWA, row.WALUTA) for row in found} == PRICE_LEVELS


def test_special_cards_are_what_they_are_called(company):
    found = cases()
    assert company.prices(found["price_long"][0])[3][0] == Decimal("0.8333")
    assert company.prices(found["price_row_missing"][0]) == {}
    assert company.prices(found["price_null"][0])[3] == (None, None)
    assert company.prices(found["price_zero"][0])[3] == (0, 0)
    assert company.prices(found["price_shop_level_null"][0])[2][0] > 0
    assert company.stocks(found["stock_fractional"][0])["MAG"][0] == Decimal("30.5")
    assert company.stocks(found["stock_fractional"][0])["KRA"] == (Decimal("7.1234"), Decimal("1.1"))
    assert company.stocks(found["stock_rows_missing"][0]) == {}
    assert company.stocks(found["stock_negative"][0])["MAG"][0] < 0
    assert company.row(found["multiplier_spaces"][0])["tw_Pole2"] == " 6 "
    assert company.row(found["multiplier_in_words"][0])["tw_Pole2"] == "sześć"
    assert company.row(found["vat_null"][0])["tw_IdVatSp"] is None
    assert company.traits(found["trait_twice"][0]) == ["MSTORE", "MSTORE"]
    assert company.traits(found["trait_other_spelling"][0]) == ["M-Store"]
    assert company.row(found["card_deleted"][0])["tw_Usuniety"]
    for name in ("ean_bad_check_digit", "ean_mistyped"):
        assert not any(is_valid(company.row(symbol)["tw_PodstKodKresk"]) for symbol in found[name])
    for first, second in zip(found["ean_shared_blocked"][::2], found["ean_shared_blocked"][1::2], strict=True):
        assert company.row(first)["tw_PodstKodKresk"] == company.row(second)["tw_PodstKodKresk"]
        assert (company.row(first)["tw_Zablokowany"], company.row(second)["tw_Zablokowany"]) == (False, True)


def test_codes_of_the_cases_against_the_shop(company):
    listed = [entry["ean"] for entry in catalogue()]
    found = {name: [company.row(symbol)["tw_PodstKodKresk"] for symbol in symbols] for name, symbols in cases().items()}
    assert not set(found["ean_not_in_shop"]) & set(listed)
    assert all(listed.count(ean) == 2 for ean in found["ean_twice_in_shop"])
    assert all(len(ean) == 13 and ean[1:] in listed and ean not in listed for ean in found["ean_upc"])
    assert all(len(ean) == 12 and f"0{ean}" in listed for ean in found["ean_upc_short"])
    assert set(found["ean_bad_check_digit"]) <= set(listed)
    assert not set(found["ean_mistyped"]) & set(listed)


def test_unit_cases_meet_the_packs_they_are_about(company):
    """The rule follows from the base unit, the two own fields and the packs; worked out here once more, in small."""
    direct = {"szt.": "PCE", "karton": "CT", "ct": "CT", "skrzynka": "CR", "zgrzewka": "PU", "pu": "PU", "keg": "B"}

    def packs(symbol, unit):
        code = company.row(symbol)["tw_PodstKodKresk"]
        return [size for kind, size in by_gtin()[fourteen(code)].packs if kind == unit]

    for name, number in (("unit_b3", 2), ("unit_b3_crate", 2), ("unit_b2", 0), ("unit_b1", 1), ("unit_b2_no_piece", 0)):
        for symbol in cases()[name]:
            row = company.row(symbol)
            assert (row["tw_Pole1"], row["tw_Pole2"]) == ("", "")
            assert len(packs(symbol, direct[row["tw_JednMiary"].lower()])) == number, (name, symbol)
    for name, number in (("unit_b4", 1), ("unit_b4_crate", 1), ("unit_b5", 0), ("unit_b6", 2), ("unit_b6_crate", 2)):
        for symbol in cases()[name]:
            assert len(packs(symbol, UNIT_DICTIONARY[company.row(symbol)["tw_JednMiary"]])) == number, (name, symbol)
    for name, offered in (("unit_b7", [1]), ("unit_b8", [])):
        assert all(packs(symbol, "PCE") == offered for symbol in cases()[name])
    assert all(len(packs(symbol, "PU")) == 2 for symbol in cases()["unit_a5"])
    assert all(6 in packs(symbol, "PU") for symbol in cases()["unit_a6"])
    assert all(packs(symbol, "CR") == [] for symbol in cases()["unit_a3"])


def test_sets_and_their_faults(company):
    parts = goods.tw_komplet.c
    ids = {key for (key,) in rows(company, select(CARD.tw_Id))}

    def components(symbol):
        key = company.row(symbol)["tw_Id"]
        return rows(company, select(parts.kpl_IdSkladnik, parts.kpl_Liczba).where(parts.kpl_IdKomplet == key))

    for symbol in cases()["set_sound"]:
        assert all(part in ids and quantity > 0 for part, quantity in components(symbol))
        assert len(components(symbol)) >= 2
    assert all({part for part, _ in components(symbol)} - ids for symbol in cases()["set_missing_component"])
    assert all(0 in {number for _, number in components(symbol)} for symbol in cases()["set_zero_quantity"])
    assert all(components(symbol) == [] for symbol in cases()["set_empty"])


def test_counters_are_ahead_of_every_id(company):
    counters = dict(
        tuple(row) for row in rows(company, select(common.ins_ident.c.ido_nazwa, common.ins_ident.c.ido_wartosc))
    )
    for table in tables():
        if table.name in counters:
            highest = rows(company, select(func.max(table.primary_key.columns[0])))[0][0] or 0
            assert counters[table.name] == highest + 1


def test_the_seed_decides_prices_and_stocks_alone(company, tmp_path):
    same, other = build(tmp_path / "same.db"), build(tmp_path / "other.db", seed=2)
    stocks, codes = select(STOCK.st_Stan), select(CARD.tw_Symbol, CARD.tw_PodstKodKresk)
    assert rows(company, stocks) == rows(same, stocks) != rows(other, stocks)
    assert rows(company, codes) == rows(other, codes)


def test_the_catalogue_is_sound_and_fresh():
    first = catalogue()
    first[0]["sales_units"].clear()
    assert catalogue()[0]["sales_units"]
    for entry in catalogue():
        packs = [(unit["type"], unit["multiplier"]) for unit in entry["sales_units"]]
        assert packs
        assert len(set(packs)) == len(packs)
        assert all(size == 1 for kind, size in packs if kind == "PCE")
    assert not {product.ean for product in products() if not product.in_erp} & {card.ean for card in plan().cards}


def test_an_inhabited_database_is_refused(tmp_path):
    build(tmp_path / "gt.db").engine.dispose()
    with pytest.raises(ValueError, match="already has tables"):
        build(tmp_path / "gt.db")


def test_an_older_version_lacks_the_newer_columns(tmp_path):
    sandbox = older_version(tmp_path / "old.db", lacking=[("tw__Towar", "tw_PodstKodKresk")])
    with sandbox.engine.connect() as connection:
        for table, column in (*optional_columns(), ("tw__Towar", "tw_PodstKodKresk")):
            present = connection.exec_driver_sql(f'PRAGMA table_info("{table}")').all()
            assert column not in {row[1] for row in present}


def test_products_can_be_entered_in_an_older_and_in_a_damaged_company(tmp_path):
    older = older_version(tmp_path / "old.db")
    older.add_product("A")
    assert "tw_ObjetySysKaucyjnym" not in older.row("A")
    broken = damaged(tmp_path / "damaged.db")
    broken.add_product("A", internet_shop=False)
    assert "tw_SklepInternet" not in broken.row("A")


def test_another_program_has_none_of_our_tables(tmp_path):
    with not_subiekt(tmp_path / "other.db").connect() as connection:
        names = {name for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master")}
    assert not names & {table.name for table in tables()}
