"""The built wholesaler is whole, believable, and has every troublesome case; everything is read with plain sqlite3."""

from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import Integer, SmallInteger, String
from sqlalchemy.dialects import mssql

from pomost.sandbox.data.gtin import is_valid
from pomost.sandbox.optima.cases import KEY_COLUMNS, cases
from pomost.sandbox.optima.cases_of_files import LARGEST
from pomost.sandbox.optima.company import LEVELS, SHOP, SHOP_WAREHOUSES, WAREHOUSES
from pomost.sandbox.optima.connection import open_readonly
from pomost.sandbox.optima.filling import build
from pomost.sandbox.optima.plan import most_everyday
from pomost.sandbox.optima.schema import company as schema


def one(read, query, *values):
    return read.execute(query, values).fetchone()


def by_code(read, code, columns="*"):
    return one(read, f"SELECT {columns} FROM CDN.Towary WHERE Twr_Kod = ?", code)


def keys(name):
    return cases()[name].keys


# Sizes and soundness


def test_sizes(read):
    counts = {table.name: one(read, f"SELECT count(*) FROM CDN.{table.name}")[0] for table in schema().sorted_tables}
    assert counts["Towary"] > 120 + 150
    assert counts["Kontrahenci"] > 60 + 20
    assert counts["TwrCeny"] > 3 * counts["Towary"]
    assert counts["TwrIlosci"] > 4 * counts["Towary"]
    assert counts["DefCeny"] - 2 >= 3, "beside the purchase prices and the level out of use"
    assert counts["Magazyny"] == len(WAREHOUSES) + 1 == 6
    assert counts["eSklepStanowiska"] == 3
    for name in (
        "TwrJezykObcy",
        "TwrAtrybuty",
        "DaneBinarneLinki",
        "TwrStawkiVAT",
        "TwrPrzeceny",
        "Zamienniki",
        "KntOsoby",
    ):
        assert counts[name] > 20, name
    for name in ("KntESklepy", "PodmiotRejestracjaZgod", "eSklepKntRelacje", "KntAtrybuty", "TwrGrupyJezykObcy"):
        assert counts[name] > 10, name


def test_every_value_fits_its_column(read):
    for table in schema().sorted_tables:
        for column in table.columns:
            source = f'FROM CDN."{table.name}"'
            if isinstance(column.type, String) and column.type.length:
                longest = one(read, f'SELECT max(length("{column.name}")) {source}')[0] or 0
                assert longest <= column.type.length, column
            elif isinstance(column.type, (Integer, SmallInteger)):
                tiny = column.type.compile(dialect=mssql.dialect()) == "TINYINT"
                for value in one(read, f'SELECT min("{column.name}"), max("{column.name}") {source}'):
                    assert value is None or (0 if tiny else -(1 << 31)) <= value < (256 if tiny else 1 << 31), column


def test_references_hold_and_texts_of_code_page_1250_keep(read, company):
    assert read.execute("PRAGMA CDN.foreign_key_check").fetchall() == []
    for (code,) in read.execute("SELECT Twr_Kod FROM CDN.Towary UNION SELECT Knt_Kod FROM CDN.Kontrahenci"):
        assert code.encode("cp1250").decode("cp1250") == code


def test_all_moments_are_of_one_width(read):
    for table in schema().sorted_tables:
        for column in table.columns:
            if str(column.type) == "DATETIME":
                widths = (
                    f'SELECT DISTINCT length("{column.name}") FROM CDN."{table.name}" WHERE "{column.name}" IS NOT NULL'
                )
                assert {row[0] for row in read.execute(widths)} <= {26}, column


def test_nothing_but_the_marked_rows_is_of_a_day_to_come(read):
    future = "SELECT DISTINCT Twr_Kod FROM CDN.TwrIlosci JOIN CDN.Towary ON Twr_TwrId = TwI_TwrId WHERE TwI_Data > '2026-11-17'"
    assert {row[0] for row in read.execute(future)} == set(keys("stock_to_come"))
    assert one(read, "SELECT max(TwTS_TS_ModESklep) FROM CDN.TwrTSModEsklep")[0] < "2026-11-16"


def test_ids_numbers_and_places_differ_where_they_do_in_the_real_program(read):
    assert one(read, "SELECT count(*) FROM CDN.Towary WHERE Twr_GIDNumer = Twr_TwrId")[0] == 0
    assert one(read, "SELECT count(*) FROM CDN.DefCeny WHERE DfC_DfCId <> DfC_Lp")[0] == 2
    assert one(read, "SELECT TwG_GIDNumer, TwG_Nazwa FROM CDN.TwrGrupy WHERE TwG_TwGID = 0") == (0, "Grupa Główna")


def test_discounts_of_every_kind_and_sets_of_every_kind(read):
    kinds = Counter(kind for (kind,) in read.execute("SELECT Rab_Typ FROM CDN.Rabaty"))
    assert {1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13} <= set(kinds)
    assert {0, 1, 2, 3} <= {kind for (kind,) in read.execute("SELECT ZTS_TypRabatu FROM CDN.ZestawyTwrSkladniki")}


def test_everyday_rules_never_meet_twice(read):
    alike = (
        "SELECT count(*) FROM CDN.Rabaty WHERE Rab_Opis LIKE 'Rabat %'"
        " GROUP BY Rab_Typ, ifnull(Rab_PodmiotId, 0), ifnull(Rab_TwrId, 0)"
    )
    assert {row[0] for row in read.execute(alike)} == {1}


def test_attributes_are_of_every_format(read):
    used = "SELECT DISTINCT DeA_Format FROM CDN.TwrAtrybuty JOIN CDN.DefAtrybuty ON DeA_DeAId = TwA_DeAId"
    assert {row[0] for row in read.execute(used)} == {1, 2, 3, 4, 5, 9}


def test_the_shop_sends_stock_from_its_own_warehouses(read):
    query = (
        "SELECT Mag_Symbol FROM CDN.eSklepMagazyny JOIN CDN.Magazyny ON Mag_MagId = ESM_MagId"
        " WHERE ESM_ESSId = ? ORDER BY ESM_Domyslny DESC, ESM_ESMId"
    )
    assert tuple(row[0] for row in read.execute(query, (SHOP,))) == SHOP_WAREHOUSES[SHOP]


def test_pictures_are_real(read):
    troubled = {code for case in cases().values() if case.about == "file" for code in case.keys}
    query = (
        "SELECT Twr_Kod, DAB_Wartosc, DAB_Rozmiar, DAB_Rozszerzenie FROM CDN.DaneBinarneLinki"
        " JOIN CDN.DaneBinarne ON DAB_DABID = DBL_DabId JOIN CDN.Towary ON Twr_TwrId = DBL_TwrID"
    )
    seen = Counter()
    for code, data, size, extension in read.execute(query):
        if code not in troubled:
            assert len(data) == size
            seen[extension] += 1
            if extension == "pdf":
                assert data.startswith(b"%PDF-")
            else:
                picture = Image.open(BytesIO(data))
                picture.load()
                assert picture.format == {"jpg": "JPEG", "png": "PNG"}[extension]
    assert min(seen["jpg"], seen["png"], seen["pdf"]) > 0
    every = [data for _, data, *_ in read.execute(query) if data]
    assert len(set(every)) > len(every) * 9 / 10


# Cases


@pytest.mark.parametrize("name", sorted(cases()))
def test_each_case_is_there(read, name):
    case = cases()[name]
    table, column = KEY_COLUMNS[case.about]
    assert case.sentence
    assert case.keys
    for key in case.keys:
        assert one(read, f"SELECT count(*) FROM CDN.{table} WHERE {column} = ?", key)[0] >= 1, key


def test_a_card_carries_one_case_at_most():
    carried = Counter(key for case in cases().values() if case.about in ("product", "file") for key in case.keys)
    assert {code for code, times in carried.items() if times > 1} == set()


def test_default_groups_of_the_cases(read):
    def group(name):
        query = (
            "SELECT Twr_TwGGIDNumer, Twes_TwGGIDNumer, ESS_TwGNumer FROM CDN.Towary JOIN CDN.TwrESklep"
            " ON Twes_TwrID = Twr_TwrId JOIN CDN.eSklepStanowiska ON ESS_ESSId = Twes_ESklepId WHERE Twr_Kod = ?"
        )
        return [one(read, query, code) for code in keys(name)]

    groups = {row[0] for row in read.execute("SELECT TwG_GIDNumer FROM CDN.TwrGrupy WHERE TwG_GIDTyp = -16")}
    assert all(row[:2] == (0, 0) for row in group("default_group_missing"))
    assert all(own == mine == root for own, mine, root in group("default_group_root"))
    assert all(own not in groups for own, *_ in group("default_group_gone"))
    assert all(own in groups and mine == 0 for own, mine, _ in group("default_group_on_card_only"))
    assert all(own in groups and own not in below(read, root) for own, _, root in group("default_group_outside"))


def below(read, root):
    """Numbers of the groups below a group, by a walk that minds circles."""
    edges = read.execute("SELECT TwG_GIDNumer, TwG_GrONumer FROM CDN.TwrGrupy WHERE TwG_GIDTyp = -16").fetchall()
    found, front = set(), {root}
    while front := {number for number, parent in edges if parent in front} - found:
        found |= front
    return found


def test_groups_of_the_cases(read):
    def rows(name):
        marks = ",".join("?" * len(keys(name)))
        query = f"SELECT TwG_GIDNumer, TwG_GrONumer, TwG_Nazwa FROM CDN.TwrGrupy WHERE TwG_GIDTyp = -16 AND TwG_Kod IN ({marks})"
        return read.execute(query, keys(name)).fetchall()

    reachable = below(read, 10)
    assert {name for *_, name in rows("group_unnamed")} == {""}
    (first, above_first, _), (second, above_second, _) = rows("group_cycle")
    assert (above_first, above_second) == (second, first)
    assert not {first, second} & reachable
    looped = rows("group_cycle_below_root")
    assert len(looped) == 3, "one of the two groups has two rows"
    assert {number for number, *_ in looped} <= reachable
    assert all(number == parent for number, parent, _ in rows("group_own_parent"))
    assert len({name for *_, name in rows("group_name_twice")}) == 1
    assert one(read, "SELECT count(*) FROM CDN.TwrGrupy WHERE TwG_Kod LIKE 'GLEBOKA-%'")[0] > 10


def test_prices_and_codes_of_the_cases(read):
    def prices(name):
        query = "SELECT TwC_TwCNumer, TwC_Wartosc FROM CDN.TwrCeny JOIN CDN.Towary ON Twr_TwrId = TwC_TwrID WHERE Twr_Kod = ?"
        return [dict(read.execute(query, (code,)).fetchall()) for code in keys(name)]

    retail = next(level.key for level in LEVELS if level.name == "detaliczna")
    assert all(set(found.values()) == {0} for found in prices("price_zero"))
    assert all(found and retail not in found for found in prices("price_shop_level_missing"))
    assert prices("price_rows_missing") == [{}, {}]
    assert all(by_code(read, code, "Twr_EAN") == ("",) for code in keys("ean_empty"))
    assert not any(is_valid(by_code(read, code, "Twr_EAN")[0]) for code in keys("ean_mistyped"))
    assert len({by_code(read, code, "Twr_EAN") for code in keys("ean_shared")}) == 1
    assert all(len(by_code(read, code, "Twr_Nazwa")[0]) == 255 for code in keys("name_long"))


def test_stocks_of_the_cases(read):
    query = (
        "SELECT TwI_Ilosc, TwI_Rezerwacje, TwI_RezerwacjeZlecenia, TwI_Data FROM CDN.TwrIlosci JOIN CDN.Towary"
        " ON Twr_TwrId = TwI_TwrId WHERE Twr_Kod = ? AND TwI_MagId = 1 ORDER BY TwI_TwIId"
    )
    for code in keys("stock_out_of_order"):
        rows = read.execute(query, (code,)).fetchall()
        assert max(rows, key=lambda row: row[3])[0] == 40
        assert rows != sorted(rows, key=lambda row: row[3])
    assert [read.execute(query, (code,)).fetchone()[:3] for code in keys("stock_both_reservations")] == [(20, 5, 3)] * 2
    assert all(read.execute(query, (code,)).fetchall() == [] for code in keys("stock_rows_missing"))
    assert all(read.execute(query, (code,)).fetchone()[0] < 0 for code in keys("stock_negative"))


def test_files_of_the_cases(read, company):
    def files(name):
        query = (
            "SELECT DAB_Wartosc, DAB_Rozmiar, DBL_WBazie, DBL_Sciezka, DBL_DabId, DAB_DABID FROM CDN.DaneBinarneLinki"
            " JOIN CDN.Towary ON Twr_TwrId = DBL_TwrID LEFT JOIN CDN.DaneBinarne ON DAB_DABID = DBL_DabId WHERE Twr_Kod = ?"
        )
        return [row for code in keys(name) for row in read.execute(query, (code,))]

    assert all(len(data) > LARGEST for data, *_ in files("picture_too_large"))
    assert all(len(data) != size for data, size, *_ in files("picture_size_lies"))
    assert all(data is None and inside for data, _, inside, *_ in files("picture_without_bytes"))
    assert all(linked and stored is None for *_, linked, stored in files("picture_link_broken"))
    assert all(
        not inside and place.startswith(r"\\SERWER") for _, _, inside, place, *_ in files("picture_missing_on_disk")
    )
    for _, _, inside, place, *_ in files("picture_on_disk"):
        assert not inside
        with Path(place).open("rb") as there:
            assert Image.open(there).format == "JPEG"
    assert len({linked for *_, linked, _ in files("picture_shared")}) == 1
    for data, *_ in files("picture_wrong_type"):
        assert Image.open(BytesIO(data)).format == "BMP"
    for data, *_ in files("picture_cut_off"):
        with pytest.raises(OSError):
            Image.open(BytesIO(data)).load()


def test_discounts_and_sets_of_the_cases(read):
    groups = {row[0] for row in read.execute("SELECT TwG_GIDNumer FROM CDN.TwrGrupy WHERE TwG_GIDTyp = -16")}
    for note in keys("discount_group_gone"):
        kind, what = one(read, "SELECT Rab_Typ, Rab_TwrId FROM CDN.Rabaty WHERE Rab_Opis = ?", note)
        assert kind in (3, 5, 7)
        assert what not in groups
    query = (
        "SELECT Twes_Udostepnij FROM CDN.ZestawyTwr JOIN CDN.ZestawyTwrSkladniki ON ZTS_ZTwId = ZTw_ZTwId"
        " JOIN CDN.TwrESklep ON Twes_TwrID = ZTS_TwrId WHERE ZTw_Kod = ?"
    )
    assert {row[0] for code in keys("set_unpublished_part") for row in read.execute(query, (code,))} == {0, 1}


# Repeatability


def rows_of(sandbox, *tables):
    connection = open_readonly(sandbox.company_file)
    found = {name: set(connection.execute(f"SELECT * FROM CDN.{name}")) for name in tables}
    connection.close()
    return found


def test_the_seed_decides_and_the_count_changes_nothing_that_stays(company, tmp_path):
    tables = ("Towary", "TwrCeny", "TwrIlosci", "TwrAtrybuty", "Kontrahenci", "TwrESklep")
    mine = rows_of(company, *tables)
    fewer = build(tmp_path / "fewer", products=20, customers=5)
    assert all(found < mine[name] for name, found in rows_of(fewer, *tables).items())
    other = build(tmp_path / "other", seed=2, products=20, customers=5)
    theirs = rows_of(other, *tables)
    assert not theirs["TwrCeny"] <= mine["TwrCeny"]
    assert {row[3] for row in theirs["Towary"]} < {row[3] for row in mine["Towary"]}
    for sandbox in (fewer, other):
        sandbox.close()


def test_an_inhabited_folder_and_impossible_counts_are_refused(company, tmp_path):
    with pytest.raises(ValueError, match="exists already"):
        build(company.home)
    with pytest.raises(ValueError, match=str(most_everyday())):
        build(tmp_path / "too-many", products=most_everyday() + 1)
    assert most_everyday() > 1500
