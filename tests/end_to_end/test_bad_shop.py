"""A shop that misbehaves over HTTP: the right code, a clear sentence, and afterwards everything is as it should be."""

from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from pomost.app import SettingsWrong
from pomost.store.models import SettingsVersion
from tests.end_to_end.stage import CARDS, CHANNEL, KEY, ean, symbol


@dataclass(frozen=True)
class Trouble:
    """A fault of the shop that lasts, the exit code it must lead to, and words of both sentences."""

    kind: str
    code: int
    pl: str
    en: str
    more: dict = field(default_factory=dict)


POST = {"method": "POST"}
LASTING = {
    "key refused": Trouble("status", 2, "odrzucił klucz", "refused the API key", {"status": 401}),
    "no rights": Trouble("status", 2, "nie ma prawa", "no right", {"status": 403, "code": "forbidden-scope"}),
    "HTML": Trouble("html", 69, "niezrozumiale (HTML)", "cannot be read (HTML)"),
    "HTML for writes": Trouble("html", 69, "niezrozumiale (HTML)", "cannot be read (HTML)", POST),
    "half of a JSON": Trouble("truncated_json", 69, "niezrozumiale (JSON)", "cannot be read (JSON)"),
    "half of a JSON for writes": Trouble("truncated_json", 69, "(JSON)", "(JSON)", POST),
    "wrong types in answers to writes": Trouble("wrong_types", 1, "błędne", "failed", POST),
    "429 storm": Trouble("status", 69, "nie przyjmuje zapytań (429)", "(429)", {"status": 429, "retry_after": 0}),
    "500 storm": Trouble("status", 69, "nie przyjmuje zapytań (500)", "(500)", {"status": 500}),
    "500 for writes": Trouble("status", 69, "(500)", "(500)", {"status": 500, **POST}),
    "503 for stock": Trouble("status", 69, "(503)", "(503)", {"path_prefix": "/v1/stocks"}),
    "half batches": Trouble("half_batch", 1, "błędne", "failed"),
    "lost before the write": Trouble("lost_before", 69, "nie odpowiada", "does not answer", POST),
    "lost after the write": Trouble("lost_after", 69, "nie odpowiada", "does not answer", POST),
    "cut off": Trouble("cut", 69, "nie odpowiada", "does not answer", POST),
}
PASSING = {
    "a page twice": ("duplicate_page", {"path_prefix": "/v1/products"}),
    "HTML once": ("html", {}),
    "half of a JSON once": ("truncated_json", POST),
    "429 three times": ("status", {"status": 429, "retry_after": 0, "times": 3}),
    "500 four times": ("status", {"status": 500, "times": 4}),
    "lost before the write": ("lost_before", POST),
    "lost after the write": ("lost_after", POST),
    "lost after the write, twice": ("lost_after", {**POST, "times": 2}),
    "cut off": ("cut", POST),
    "expired cursor": ("expired_cursor", {}),
    "fields of a newer version": ("unknown_fields", {"times": None}),
    "slow": ("slow", {"seconds": 0.2}),
    "wrong types in the catalogue": ("wrong_types", {"path_prefix": "/v1/products", "times": None}),
}


def work(stage):
    """Somebody's morning in the ERP: a change of every kind."""
    stage.shop.owner("add_product", ean=ean(20), name="Nowy", packs=[["PCE", 1]])
    stage.company.add_product("NOWY", ean=ean(20), net=Decimal("20.00"), stock=20)
    stage.company.set_price(symbol(1), 3, Decimal("1.20"))
    stage.company.set_price(symbol(4), 3, Decimal("4.20"))
    stage.company.set_stock(symbol(2), "MAG", 5)
    stage.company.set_stock(symbol(5), "KRA", 7)
    stage.company.remove_trait(symbol(3), "MSTORE")


def arrived(stage):
    """Whether the morning's work is what the shop shows."""
    shelf = stage.shop.shelf()
    assert (shelf[symbol(1)].price, shelf[symbol(4)].price) == ("1.20", "4.20")
    assert (shelf[symbol(2)].stock["MAG"], shelf[symbol(5)].stock["KRA"]) == (5, 7)
    assert (shelf[symbol(3)].status, shelf[symbol(3)].stock) == ("withdrawn", {"MAG": 0, "KRA": 0})
    assert shelf["NOWY"].brief == ("active", "PCE x 1", "20.00")
    assert shelf["NOWY"].stock == {"MAG": 20, "KRA": 0}
    assert len(stage.shop.active()) == CARDS
    stage.shop.posts()
    assert (stage.run().planned, stage.shop.posts()) == (0, [])


@pytest.mark.parametrize("name", LASTING)
def test_a_lasting_trouble_is_told_and_the_next_run_makes_up_for_it(settled, name):
    trouble = LASTING[name]
    work(settled)
    settled.shop.fault(trouble.kind, **{"times": None, **trouble.more})
    for lang in ("pl", "en"):
        said = settled.ask("run", CHANNEL, lang=lang)
        assert said.code == trouble.code
        assert getattr(trouble, lang) in said.text
    settled.shop.clear_faults()
    assert settled.ask("run", CHANNEL).code == 0
    arrived(settled)


@pytest.mark.parametrize("name", PASSING)
def test_a_passing_trouble_is_not_even_noticed(settled, name):
    kind, more = PASSING[name]
    settled.shop.fault(kind, **more)
    work(settled)
    if name == "wrong types in the catalogue":
        settled.shop.clear_faults()
        settled.run()
        settled.shop.fault(kind, **more)
    assert settled.ask("run", CHANNEL).code == 0
    settled.shop.clear_faults()
    arrived(settled)


@pytest.mark.parametrize("kind, after", [(kind, after) for kind in ("lost_before", "lost_after") for after in (1, 3)])
def test_wherever_the_answers_stop_the_rerun_ends_equal(settled, kind, after):
    """Law 2: whichever write goes unanswered, a rerun ends as if nothing had happened."""
    work(settled)
    settled.shop.fault(kind, after=after, times=None, **POST)
    assert settled.ask("run", CHANNEL).code == 69
    settled.shop.clear_faults()
    settled.run()
    arrived(settled)


@pytest.mark.parametrize("kind", ["html", "truncated_json", "status", "cut"])
def test_a_trouble_in_the_middle_of_reading_withdraws_nothing(settled, kind):
    settled.shop.fault(kind, times=None, method="GET", path_prefix="/v1/products")
    for words in (("run", CHANNEL), ("run", CHANNEL, "--full")):
        assert settled.ask(*words).code == 69
        assert len(settled.shop.active()) == CARDS
    settled.shop.clear_faults()
    assert settled.run().planned == 0


def test_the_first_run_of_all_survives_a_catalogue_of_wrong_types(stage):
    stage.shop.fault("wrong_types", path_prefix="/v1/products", times=None)
    assert stage.ask("run", CHANNEL).code in {0, 1, 69}
    assert stage.shop.active() == {}
    stage.shop.clear_faults()
    stage.run(full=True)
    assert len(stage.shop.active()) == CARDS


def test_any_list_may_send_a_page_twice(settled):
    settled.shop.fault("duplicate_page")
    assert settled.ask("run", CHANNEL).code == 0


@pytest.mark.parametrize("status", [404, 409])
def test_a_batch_refused_as_a_whole_is_no_mystery(settled, status):
    work(settled)
    settled.shop.fault("status", status=status, times=None, **POST)
    assert settled.ask("run", CHANNEL).code in {1, 2, 69}


def test_a_refused_key_is_told_by_the_check_too(settled):
    settled.save(shop={"key": "nie-ten-klucz-000"})
    polish, english = settled.in_both("check", CHANNEL)
    assert (polish.code, english.code) == (2, 2)
    assert "!! Sklep: " in polish.out
    assert "odrzucił klucz API" in polish.text
    assert "refused the API key" in english.text


def test_a_key_revoked_between_runs_stops_the_next_one_and_a_new_one_goes_on(settled):
    work(settled)
    settled.shop.owner("revoke_key", key=KEY)
    polish, english = settled.in_both("run", CHANNEL)
    assert (polish.code, english.code) == (2, 2)
    assert "klucz" in polish.text
    fresh = settled.shop.owner("issue_key", key="klucz-nowy-0001")
    assert fresh
    settled.save(shop={"key": "klucz-nowy-0001"})
    assert settled.ask("run", CHANNEL).code == 0
    arrived(settled)


def test_a_shop_that_is_not_there_is_unavailable(settled):
    settled.save(shop={"address": "http://127.0.0.1:9", "timeout": 2})
    polish, english = settled.in_both("run", CHANNEL)
    assert (polish.code, english.code) == (69, 69)
    assert "nie odpowiada" in polish.text
    assert "does not answer" in english.text


def test_an_address_without_encryption_is_said(settled):
    settled.save(shop={"address": "http://sklep.example"})
    said = settled.ask("run", CHANNEL)
    assert (said.code, "not encrypted" in said.text) == (2, True)


@pytest.mark.parametrize("address", ["ftp://sklep.example", "sklep", "https://[sklep"])
def test_a_text_that_is_no_address_is_not_saved_and_where_it_was_saved_it_is_said(settled, address):
    with pytest.raises(SettingsWrong) as wrong:
        settled.save(shop={"address": address})
    assert [problem.path for problem in wrong.value.problems] == ["shop.address"]
    (version,) = SettingsVersion.objects.all()
    version.document["shop"]["address"] = address
    version.save()
    said = settled.ask("run", CHANNEL)
    assert (said.code, "not valid" in said.text) == (2, True)


def test_a_check_that_could_not_judge_the_settings_does_not_say_all_is_well(settled):
    settled.shop.fault("status", path_prefix="/v1/unit-types", after=1, times=None)
    assert settled.ask("check", CHANNEL).code != 0


def test_a_check_blames_the_side_that_is_to_blame(settled):
    settled.save(shop={"address": "http://sklep.example"})
    assert "!! ERP" not in settled.ask("check", CHANNEL).out
