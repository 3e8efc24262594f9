"""A day of random work tells what it did, odd databases are odd, and large companies are made quickly."""

import shutil

import pytest

from pomost.sandbox.optima import variants
from pomost.sandbox.optima.bulk import fill_bulk
from pomost.sandbox.optima.cases import cases
from pomost.sandbox.optima.company import LEVELS
from pomost.sandbox.optima.connection import open_readonly
from pomost.sandbox.optima.sandbox import OptimaSandbox
from pomost.sandbox.optima.schema import marked

LEVEL = {level.name: level for level in LEVELS}


def picture_name(company, code, place):
    return next(row["DBL_NazwaPliku"] for row in company.files.of(code) if row["DBL_Lp"] == int(place))


def parts(company, code, _):
    connection = open_readonly(company.company_file)
    query = (
        "SELECT Twr_Kod FROM CDN.ZestawyTwr JOIN CDN.ZestawyTwrSkladniki ON ZTS_ZTwId = ZTw_ZTwId"
        " JOIN CDN.Towary ON Twr_TwrId = ZTS_TwrId WHERE ZTw_Kod = ? ORDER BY ZTS_ZTSId"
    )
    found = ",".join(row[0] for row in connection.execute(query, (code,)))
    connection.close()
    return found


# How the value a change left behind is read back from the company.
LEFT = {
    "price": lambda it, code, level: it.goods.prices(code)[LEVEL[level].key][0],
    "stock": lambda it, code, warehouse: it.stock.now(code)[warehouse].on_hand,
    "reservation": lambda it, code, warehouse: it.stock.now(code)[warehouse].reserved,
    "text": lambda it, code, _: it.goods.row(code)["Twr_Nazwa"],
    "new picture": picture_name,
    "picture": lambda it, code, place: f"{len(it.files.data(code, int(place)))} B",
    "withdrawn": lambda it, code, _: it.goods.shop_row(code)["Twes_Udostepnij"],
    "published": lambda it, code, _: it.goods.shop_row(code)["Twes_Udostepnij"],
    "flag": lambda it, code, flag: it.goods.shop_row(code)[f"Twes_ESklepFlaga_{flag}"],
    "discount": lambda it, key, _: it.trade.discount(int(key))["Rab_Rabat"],
    "set": parts,
    "group": lambda it, code, _: it.groups.row(code)["TwG_Nazwa"],
    "customer": lambda it, code, column: it.customers.row(code)[column],
}


def number(text):
    try:
        return float(text)
    except ValueError:
        return text


@pytest.mark.parametrize("seed", [1, 2])
def test_a_day_does_what_it_tells(working, seed):
    done = working.drift(seed)
    assert {one.what for one in done} == set(LEFT)
    for one in done:
        assert one.before != one.after
        assert number(str(LEFT[one.what](working, one.code, one.where))) == number(one.after), one
    troubled = {key for case in cases().values() for key in case.keys}
    assert not {one.code for one in done} & troubled


def test_a_day_changes_nothing_else(working):
    def rows():
        connection = open_readonly(working.company_file)
        found = {
            name: connection.execute(f"SELECT * FROM CDN.{name} ORDER BY 1").fetchall()
            for name in ("TwrCeny", "TwrESklep", "Rabaty")
        }
        connection.close()
        return found

    before = rows()
    done = working.drift(1)
    after = rows()
    changed = {name: len(set(after[name]) - set(before[name])) for name in before}
    assert changed["TwrCeny"] == sum(one.what == "price" for one in done)
    assert changed["TwrESklep"] == sum(one.what in ("withdrawn", "published", "flag") for one in done)
    assert changed["Rabaty"] == 1


def test_the_seed_decides_about_the_day(working, company, pattern, tmp_path):
    shutil.copytree(pattern, tmp_path / "again")
    again = OptimaSandbox(tmp_path / "again")
    assert working.drift(5) == again.drift(5) != again.drift(6)
    again.close()


def test_a_company_too_small_has_no_day_of_work(empty):
    with pytest.raises(ValueError, match="everyday products"):
        empty.drift(1)


def tables(path):
    connection = open_readonly(path)
    found = {row[0] for row in connection.execute("SELECT name FROM CDN.sqlite_master WHERE type = 'table'")}
    connection.close()
    return found


def test_odd_databases(tmp_path):
    assert tables(variants.not_optima(tmp_path / "other")) == {"products"}
    shopless = variants.without_shop(tmp_path / "shopless")
    connection = open_readonly(shopless.company_file)
    assert connection.execute("SELECT count(*) FROM CDN.eSklepStanowiska").fetchone() == (0,)
    connection.close()
    lost = variants.configuration_missing(tmp_path / "lost")
    assert not lost.configuration_file.exists()
    assert [path.name for path in lost.home.glob("CDN_KNF*")] == []
    for sandbox in (shopless, lost):
        sandbox.close()


def test_an_older_company_lacks_everything_that_is_not_certain(tmp_path):
    old = variants.older(tmp_path / "old")
    connection = open_readonly(old.company_file)
    for table, column in (*marked("named"), *marked("assumed")):
        columns = {row[1] for row in connection.execute(f'PRAGMA CDN.table_info("{table}")')}
        assert column not in columns
    assert connection.execute("SELECT count(*) FROM CDN.eSklepStanowiska").fetchone() == (3,)
    connection.close()
    old.close()
    broken = variants.damaged(tmp_path / "damaged")
    table, column = variants.NEEDED_COLUMN
    connection = open_readonly(broken.company_file)
    assert column not in {row[1] for row in connection.execute(f'PRAGMA CDN.table_info("{table}")')}
    connection.close()
    broken.close()


def test_a_restored_company_lost_some_days(tmp_path):
    sandbox = variants.restored(tmp_path / "restored", products=40, customers=5)
    lost = open_readonly(sandbox.home / "kopia-po.bak")
    newest = "SELECT max(TwTS_TS_ModESklep), (SELECT count(*) FROM CDN.Rabaty) FROM CDN.TwrTSModEsklep"
    now = open_readonly(sandbox.company_file)
    (stamp, rules), (later, more) = now.execute(newest).fetchone(), lost.execute(newest).fetchone()
    assert stamp < later
    assert rules < more
    for connection in (now, lost):
        connection.close()
    sandbox.close()


def test_a_large_company_is_sound(tmp_path):
    sandbox = fill_bulk(tmp_path / "large", 500, pictures_count=60, picture_bytes=6000)
    connection = open_readonly(sandbox.company_file)

    def count(query):
        return connection.execute(query).fetchone()[0]

    assert count("SELECT count(*) FROM CDN.Towary WHERE Twr_Kod LIKE 'D0%'") == 500
    assert count("SELECT count(*) FROM CDN.TwrESklep WHERE Twes_Udostepnij = 1") == 500
    assert count("SELECT count(*) FROM CDN.TwrIlosci WHERE TwI_MagId IS NOT NULL") >= 5 * 500
    prices = "SELECT count(*) FROM CDN.TwrCeny JOIN CDN.Towary ON Twr_TwrId = TwC_TwrID WHERE Twr_Kod LIKE 'D0%'"
    assert count(prices) == 3 * 500
    assert count("SELECT count(DISTINCT DAB_Wartosc) FROM CDN.DaneBinarne") == 60
    assert 5000 < count("SELECT avg(DAB_Rozmiar) FROM CDN.DaneBinarne") < 8000
    assert connection.execute("PRAGMA CDN.foreign_key_check").fetchall() == []
    connection.close()
    before = sandbox.stamps()
    sandbox.goods.rename("D00000007", "Inna nazwa")
    assert sandbox.stamps()[("TwTS_TS_ModESklep", "D00000007")] > before[("TwTS_TS_ModESklep", "D00000007")]
    assert len(sandbox.drift(1)) > 15
    sandbox.close()


def test_impossible_large_companies_are_refused(tmp_path):
    with pytest.raises(ValueError, match="0 to 5 pictures"):
        fill_bulk(tmp_path / "a", 5, pictures_count=6)
    with pytest.raises(ValueError, match="bytes"):
        fill_bulk(tmp_path / "b", 5, picture_bytes=1 << 20)
