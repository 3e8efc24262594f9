"""Settings files people spoil: every mistake is named with its place in both languages, and nothing is saved."""

from decimal import Decimal

import pytest

from pomost.store.database import close_store
from tests.end_to_end.stage import CHANNEL, ask, symbol

HEAD = '[channel]\nname = "kanal"\ncompany = "Firma"\nerp = "subiekt-gt"\nshop = "mstore"\n'
ERP = '[erp]\ndriver = "sqlite"\ndatabase = "baza.db"\n'
SHOP = '[shop]\naddress = "https://sklep.example"\nkey = "tajny-klucz-00001"\n'
WHOLE = HEAD + ERP + SHOP

WRONG = {
    "typo in a key": (WHOLE + "[goods]\nenabeld = true\n", "goods.enabeld", "chodziło o „enabled”", "mean “enabled”"),
    "typo in a section": (WHOLE + "[good]\nenabled = true\n", "good", "chodziło o „goods”", "mean “goods”"),
    "typo in a branch": (
        WHOLE + '[[branches]]\nid = "MAG"\nname = "M"\nmain_warehuse = "1"\n',
        "branches.0.main_warehuse",
        "chodziło o „main_warehouse”",
        "mean “main_warehouse”",
    ),
    "typo in a condition": (
        WHOLE + '[goods]\n[[goods.conditions]]\nfild = "trait"\nvalues = ["1"]\n',
        "goods.conditions.0.fild",
        "chodziło o „field”",
        "mean “field”",
    ),
    "word for a yes": (WHOLE + '[stock]\nenabled = "może"\n', "stock.enabled", "true albo false", "true or false"),
    "number for a text": (WHOLE + "[prices]\nlevel = 3\n", "prices.level", "w cudzysłowie", "quoted text"),
    "word for a number": (WHOLE + '[guard]\nfloor = "dużo"\n', "guard.floor", "nie jest liczbą", "not a number"),
    "unknown kind": (WHOLE + '[prices]\nkind = "neto"\n', "prices.kind", "nie jest jedną z", "is not one of"),
    "unknown ERP": (
        HEAD.replace("subiekt-gt", "subiekt") + ERP + SHOP,
        "channel.erp",
        "nieznana wartość „subiekt”",
        "unknown value “subiekt”",
    ),
    "unknown shop": (HEAD.replace("mstore", "mstor") + ERP + SHOP, "channel.shop", "„mstor”; są", "“mstor”; there are"),
    "unknown driver": (
        WHOLE.replace('"sqlite"', '"sqlight"'),
        "erp.driver",
        "„sqlight” nie jest jedną z",
        "“sqlight” is not one of",
    ),
    "encryption this driver leaves out": (
        WHOLE.replace('"sqlite"', '"python-tds"'),
        "erp.encryption",
        "hasło SQL szłoby jawnie",
        "password would travel in clear",
    ),
    "unknown encryption": (
        WHOLE.replace('"sqlite"', '"mssql-python"\nencryption = "tak"'),
        "erp.encryption",
        "„tak” nie jest jednym z",
        "“tak” is none of",
    ),
    "nothing required": (HEAD, "erp.database", "wymagane", "required"),
    "empty file": ("", "channel.name", "wymagane", "required"),
    "a list for a section": (
        WHOLE.replace(ERP, "") + "[[erp]]\ndatabase = 'x'\n",
        "erp",
        "Ustawienia zawierają błędy",
        "hold mistakes",
    ),
}


@pytest.fixture
def saved(home, tmp_path):
    """Imports a settings file in both languages."""

    def put(text):
        file = tmp_path / "kanał.toml"
        file.write_text(text, encoding="utf-8")
        return ask(home, "settings", "import", file, lang="pl"), ask(home, "settings", "import", file, lang="en")

    yield put
    close_store()


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_named_with_its_place_and_nothing_is_saved(saved, home, name):
    text, place, pl, en = WRONG[name]
    polish, english = saved(text)
    assert (polish.code, english.code) == (2, 2)
    for said, words in ((polish, pl), (english, en)):
        assert place in said.err
        assert words in said.text
    assert ask(home, "channels", "--json").out.strip() == "[]"


def test_all_mistakes_are_told_at_once(saved):
    polish, _ = saved(WHOLE + '[goods]\nenabeld = true\n[prices]\nlevel = 3\n[stock]\nenabled = "może"\n')
    assert all(place in polish.err for place in ("goods.enabeld", "prices.level", "stock.enabled"))


@pytest.mark.parametrize("text", ["[channel", 'name = "bez końca', "a = 1\na = 2\n", "[a]\n[a]\n", "=", "\x00"])
def test_a_file_that_is_no_toml_is_said_to_be_none(saved, text):
    polish, english = saved(text)
    assert (polish.code, english.code) == (2, 2)
    assert "nie jest poprawnym TOML" in polish.text
    assert "is not valid TOML" in english.text


def test_a_file_in_the_code_page_of_polish_windows_is_read(home, tmp_path):
    file = tmp_path / "kanal.toml"
    file.write_bytes(WHOLE.replace("Firma", "Żółć").encode("cp1250"))
    assert ask(home, "settings", "import", file).code == 0
    assert "Żółć" in ask(home, "channels", "--json").out
    close_store()


@pytest.mark.parametrize("text", ['channel = "demo"', "channel = 3", '[[channel]]\nname = "x"\n'])
def test_a_channel_that_is_no_table_is_a_mistake_like_any_other(saved, text):
    polish, english = saved(text)
    assert (polish.code, english.code) == (2, 2)


def test_a_spoilt_file_leaves_the_saved_settings_as_they_were(stage, tmp_path):
    before = stage.ask("settings", "export", CHANNEL).out
    file = tmp_path / "kanal.toml"
    file.write_text(before.replace("enabled = true", "enabeld = true"), encoding="utf-8")
    assert stage.ask("settings", "import", file).code == 2
    assert stage.ask("settings", "export", CHANNEL).out == before
    assert stage.ask("run", CHANNEL).code == 0


@pytest.mark.parametrize("section", ["goods", "branches", "shop", "guard"])
def test_pydantics_english_is_not_shown_to_a_polish_clerk(saved, section):
    text = WHOLE.replace(SHOP, "") if section == "shop" else WHOLE
    polish, _ = saved(f'{section} = "MAG"\n' + text)
    assert polish.code == 2
    assert "Input should be" not in polish.text


WRONG_FOR_THE_COMPANY = {
    "no qualification": ({"goods": {"qualification": "unset"}}, "nie wybrano kwalifikacji", "no qualification"),
    "no condition": ({"goods": {"conditions": []}}, "nie podano żadnego warunku", "no condition given"),
    "unknown trait": ({"goods": {"conditions": [{"field": "trait", "values": ["77"]}]}}, "nie ma w ERP", "not have"),
    "unknown own field": ({"goods": {"unit_type_field": "tw_Pole99"}}, "tw_Pole99", "tw_Pole99"),
    "dictionary to nowhere": ({"goods": {"unit_dictionary": {"kubek": "KUB"}}}, "na „KUB”", "into “KUB”"),
}


@pytest.mark.parametrize("name", WRONG_FOR_THE_COMPANY)
def test_settings_the_company_cannot_follow_refuse_the_run(settled, name):
    sections, pl, en = WRONG_FOR_THE_COMPANY[name]
    settled.save(**sections)
    # Branches go on: what is wrong refuses the area it belongs to.
    for command, code in (("check", 2), ("run", 1), ("preview", 0)):
        polish, english = settled.in_both(command, CHANNEL)
        assert (polish.code, english.code) == (code, code)
        assert pl in polish.text
        assert en in english.text
    assert settled.shop.posts() == []


@pytest.mark.parametrize(
    "branches, words",
    [
        ([], "there is no branch"),
        ([{"id": "XXX", "name": "X", "main_warehouse": "1"}], "no branch with ID XXX"),
        ([{"id": "MAG", "name": "X", "main_warehouse": "9"}], "warehouse 9"),
    ],
)
def test_wrong_branches_stop_stock_alone(settled, branches, words):
    settled.save(branches=branches)
    settled.company.set_stock("S01", "MAG", 111)
    settled.company.set_field("S02", "tw_Pole3", "2")
    said = settled.ask("run", CHANNEL)
    assert words in said.text
    shelf = settled.shop.shelf()
    assert (shelf["S01"].stock["MAG"], shelf["S02"].minimum) == (10, 2)


def test_a_level_in_another_currency_stops_cards_and_prices_alone(settled):
    settled.save(prices={"level": "4"})
    settled.company.set_stock("S01", "MAG", 111)
    said = settled.ask("run", CHANNEL)
    assert "in EUR, the offer in PLN" in said.text
    shelf = settled.shop.shelf()
    assert (shelf["S01"].stock["MAG"], shelf["S01"].price) == (111, "1.00")


def test_a_run_whose_settings_refuse_one_area_says_which_and_does_not_end_well(settled):
    """The other areas go on; what was left out is no success."""
    settled.company.set_price(symbol(1), 3, Decimal("1.50"))
    settled.company.set_stock(symbol(1), "MAG", 99)
    settled.save(branches=[{**settled.document["branches"][0], "main_warehouse": "99"}])
    polish, english = settled.in_both("run", CHANNEL)
    assert (polish.code, english.code) == (1, 1)
    assert "Nie zsynchronizowano: oddziały, stany." in polish.text
    assert "magazyn 99" in polish.text
    assert "Not synchronised: branches, stock." in english.text
    assert "Nothing to do" not in english.text
    assert settled.shop.shelf()[symbol(1)].price == "1.50"
    assert settled.shop.shelf()[symbol(1)].stock["MAG"] == 10
    (latest,) = settled.pomost.history(CHANNEL, 1)
    assert latest.refused == ("branches", "stock"), "the history remembers it"


def test_a_warning_about_settings_alone_ends_well(settled):
    branches = [{**branch, "extra_warehouses": ["2"]} for branch in settled.document["branches"]]
    settled.save(branches=branches)
    said = settled.ask("run", CHANNEL)
    assert (said.code, "extra warehouse" in said.text) == (0, True)
