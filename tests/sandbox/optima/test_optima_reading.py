"""A reader opens the files as documented and asks what the reference asks: shops, offer, prices, stock, tree, files."""

import sqlite3

import pytest
from sqlalchemy import QueuePool, column, create_engine, func, select, table
from sqlalchemy.dialects import mssql, sqlite

from pomost.sandbox.optima.cases import cases
from pomost.sandbox.optima.company import B2B, COMPANY_DATABASE, COMPANY_NAME, OLD_SHOP, SHOP
from pomost.sandbox.optima.connection import database_file, open_readonly
from pomost.sandbox.optima.tables_goods import towary

TODAY = "2026-11-17 00:00:00.000000"


def codes(read, query, *values):
    return {row[0] for row in read.execute(query, values)}


def test_plain_sqlite_opens_the_file_as_documented(company):
    connection = sqlite3.connect(":memory:", uri=True)
    connection.execute("ATTACH DATABASE ? AS CDN", (f"{company.company_file.as_uri()}?mode=ro",))
    assert connection.execute("SELECT count(*) FROM CDN.Towary").fetchone()[0] > 100
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM CDN.TwrIlosci")
    connection.close()


def test_one_statement_is_for_both_servers(company):
    goods = table("Towary", column("Twr_Kod"), schema="CDN")
    statement = select(func.count()).select_from(goods)
    assert "FROM [CDN].[Towary]" in str(statement.compile(dialect=mssql.dialect()))
    assert 'FROM "CDN"."Towary"' in str(statement.compile(dialect=sqlite.dialect()))
    reader = create_engine("sqlite://", creator=lambda: open_readonly(company.company_file), poolclass=QueuePool)
    with reader.connect() as one, reader.connect() as other:
        assert one.execute(statement).scalar_one() == other.execute(statement).scalar_one() > 100
        assert one.execute(select(func.count()).select_from(towary)).scalar_one() > 100
    reader.dispose()


def test_a_reader_sees_what_is_saved_and_keeps_nobody_waiting(working):
    reader = open_readonly(working.company_file)
    rows = reader.execute("SELECT Twr_Nazwa FROM CDN.Towary ORDER BY Twr_TwrId")
    rows.fetchone()
    working.goods.rename("LEM-1", "W trakcie")
    assert ("W trakcie",) not in rows.fetchall()
    assert ("W trakcie",) in reader.execute("SELECT Twr_Nazwa FROM CDN.Towary").fetchall()
    reader.close()


def test_the_configuration_is_found_through_the_company(read, company):
    system = dict(read.execute("SELECT SYS_ID, SYS_Wartosc FROM CDN.SystemCDN").fetchall())
    assert system[1] == COMPANY_NAME
    configuration = open_readonly(database_file(company.home, system[1002]))
    companies = configuration.execute(
        "SELECT Baz_Nazwa, Baz_NazwaBazy, Baz_NazwaSerwera, Baz_Nieaktywna FROM CDN.Bazy"
    ).fetchall()
    assert companies[0] == (COMPANY_NAME, COMPANY_DATABASE, system[1001], 0)
    assert [inactive for *_, inactive in companies] == [0, 0, 1]
    schedule = "SELECT Baz_Nazwa, Ope_Kod, Snc_ESklepIPECo FROM CDN.Sync JOIN CDN.Bazy ON Baz_BazID = Snc_BazID JOIN CDN.Operatorzy ON Ope_OpeID = Snc_ESklepOpeID"
    assert configuration.execute(schedule).fetchall() == [(COMPANY_NAME, "ADMIN", 15)]
    configuration.close()


def test_shops_and_their_warehouses(read):
    query = (
        "SELECT s.ESS_ESSId, s.ESS_TwGNumer, s.ESS_WersjaProt, w.Mag_Symbol FROM CDN.eSklepStanowiska s"
        " LEFT JOIN CDN.eSklepMagazyny m ON m.ESM_ESSId = s.ESS_ESSId LEFT JOIN CDN.Magazyny w ON w.Mag_MagId = m.ESM_MagId"
        " WHERE s.ESS_Nieaktywny = 0 ORDER BY s.ESS_ESSId, m.ESM_Domyslny DESC, m.ESM_MagId"
    )
    rows = read.execute(query).fetchall()
    assert [row[0] for row in rows] == [SHOP, SHOP, SHOP, B2B]
    assert rows[0] == (SHOP, 10, 15, "MAGAZYN")
    assert read.execute("SELECT ESS_ESSId FROM CDN.eSklepStanowiska WHERE ESS_Nieaktywny = 1").fetchall() == [
        (OLD_SHOP,)
    ]


def test_the_offer_by_stamps_and_what_is_to_be_withdrawn(read):
    offer = (
        "SELECT t.Twr_Kod FROM CDN.TwrESklep e JOIN CDN.Towary t ON t.Twr_TwrId = e.Twes_TwrID"
        " LEFT JOIN CDN.TwrTSModEsklep c ON c.TwTS_TwrId = t.Twr_TwrId WHERE e.Twes_ESklepId = 1"
        " AND e.Twes_Udostepnij = 1 AND t.Twr_NieAktywny = 0 AND COALESCE(c.TwTS_TS_ModESklep, t.Twr_TS_Mod) > ?"
    )
    full, late = codes(read, offer, "1900-01-01"), codes(read, offer, "2026-10-01")
    assert set() < late < full
    assert set(cases()["stamp_missing"].keys) <= full
    withdrawn = (
        "SELECT t.Twr_Kod FROM CDN.TwrESklep e JOIN CDN.Towary t ON t.Twr_TwrId = e.Twes_TwrID WHERE e.Twes_ESklepId = 1"
        " AND e.Twes_SynchroUdostepnij = 1 AND (e.Twes_Udostepnij = 0 OR t.Twr_NieAktywny = 1)"
    )
    expected = {*cases()["withdrawn"].keys, *cases()["inactive"].keys}
    assert codes(read, withdrawn) == expected
    assert not codes(read, withdrawn) & full


STOCK = (
    "WITH b AS (SELECT i.TwI_TwrId, i.TwI_MagId, i.TwI_Ilosc, i.TwI_Rezerwacje, i.TwI_RezerwacjeZlecenia,"
    " ROW_NUMBER() OVER (PARTITION BY i.TwI_TwrId, i.TwI_MagId ORDER BY i.TwI_Data DESC) AS rn FROM CDN.TwrIlosci i"
    " JOIN CDN.eSklepMagazyny m ON m.ESM_MagId = i.TwI_MagId AND m.ESM_ESSId = 1 WHERE i.TwI_Data <= ?)"
    " SELECT Twr_Kod, sum(max(0, TwI_Ilosc - TwI_Rezerwacje - TwI_RezerwacjeZlecenia)) FROM CDN.Towary"
    " JOIN b ON TwI_TwrId = Twr_TwrId AND rn = 1 WHERE Twr_Kod = ? GROUP BY Twr_Kod"
)


@pytest.mark.parametrize(
    "name, available",
    [
        ("stock_out_of_order", 36 + 11),
        ("stock_to_come", 12),
        ("stock_undated", 12),
        ("stock_same_day", 25),
        ("stock_both_reservations", 12),
        ("stock_over_reserved", 2),
        ("stock_negative_balanced", 10),
        ("stock_fraction", 37.3734),
        ("stock_total_disagrees", 15),
    ],
)
def test_the_newest_balance_counts(read, name, available):
    for code in cases()[name].keys:
        assert round(read.execute(STOCK, (TODAY, code)).fetchone()[1], 4) == available


@pytest.mark.parametrize(
    "name", ["stock_elsewhere", "stock_closed_warehouse", "stock_total_only", "stock_rows_missing"]
)
def test_stock_the_shop_does_not_sell_from(read, name):
    assert [read.execute(STOCK, (TODAY, code)).fetchone() for code in cases()[name].keys] == [None, None]


def test_the_tree_below_the_root_and_its_members(read):
    walk = (
        "WITH RECURSIVE g(number, depth) AS (SELECT 10, 0 UNION SELECT c.TwG_GIDNumer, g.depth + 1 FROM CDN.TwrGrupy c"
        " JOIN g ON c.TwG_GrONumer = g.number WHERE c.TwG_GIDTyp = -16 AND g.depth < 15) SELECT number, max(depth) FROM g GROUP BY number"
    )
    depths = dict(read.execute(walk).fetchall())
    assert {20, 30, 40, 50} <= set(depths)
    assert not {0, 70, 71, 72} & set(depths)
    assert max(depths.values()) == 15, "the circle below the root never ends"
    members = (
        "SELECT t.Twr_Kod FROM CDN.TwrGrupy m JOIN CDN.Towary t ON t.Twr_GIDNumer = m.TwG_GIDNumer"
        " WHERE m.TwG_GIDTyp = 16 AND m.TwG_GrONumer = 51"
    )
    assert set(cases()["product_in_two_groups"].keys) <= codes(read, members)
    lone = "SELECT count(*) FROM CDN.TwrGrupy WHERE TwG_GIDTyp = 16 AND TwG_GIDNumer NOT IN (SELECT Twr_GIDNumer FROM CDN.Towary)"
    assert read.execute(lone).fetchone() == (0,)


def test_files_are_listed_without_their_bytes_and_fetched_one_by_one(read):
    listed = (
        "SELECT t.Twr_Kod, l.DBL_DabId FROM CDN.DaneBinarneLinki l JOIN CDN.DaneBinarne b ON b.DAB_DABID = l.DBL_DabId"
        " JOIN CDN.TwrESklep e ON e.Twes_TwrID = l.DBL_TwrID AND e.Twes_ESklepId = 1 AND e.Twes_Udostepnij = 1"
        " JOIN CDN.Towary t ON t.Twr_TwrId = l.DBL_TwrID WHERE l.DBL_ESklep = 1 ORDER BY l.DBL_TwrID, l.DBL_Lp"
    )
    found = read.execute(listed).fetchall()
    assert len(found) > 30
    assert not {code for code, _ in found} & set(cases()["picture_not_for_shop"].keys)
    (data,) = read.execute("SELECT DAB_Wartosc FROM CDN.DaneBinarne WHERE DAB_DABID = ?", (found[-1][1],)).fetchone()
    assert data[:3] in (b"\xff\xd8\xff", b"\x89PN", b"%PD")


def test_attributes_units_and_variants_of_the_shop(read):
    visible = (
        "SELECT t.Twr_Kod FROM CDN.TwrAtrybuty a JOIN CDN.DefAtrybuty d ON d.DeA_DeAId = a.TwA_DeAId"
        " JOIN CDN.Towary t ON t.Twr_TwrId = a.TwA_TwrId WHERE d.DeA_Typ = 1 AND COALESCE(a.TwA_ESklep, 0) = 1"
        " AND d.DeA_ESklep = 1 AND a.TwA_Zalezny = 0 AND d.DeA_Nieaktywny = 0"
    )
    for name in ("trait_hidden", "trait_hidden_definition", "trait_by_customer", "trait_inactive"):
        assert not set(cases()[name].keys) & codes(read, visible), name
    own = "SELECT count(*) FROM CDN.TwrJMZ WHERE TwJZ_eSklepID = ?"
    assert read.execute(own, (0,)).fetchone() >= read.execute(own, (SHOP,)).fetchone() > (10,)
    parents = "SELECT p.Twr_Kod FROM CDN.Towary v JOIN CDN.Towary p ON p.Twr_TwrId = v.Twr_ESklepFantomID WHERE v.Twr_Kod LIKE 'LEM-%'"
    assert codes(read, parents) == {"LEM-0"}
