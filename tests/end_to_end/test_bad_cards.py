"""Cards people spoil: each is left out or mended with its own reason, said in both languages, and the others go on."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from sqlalchemy import text

from tests.end_to_end.stage import CARDS, CHANNEL, ean, symbol

BAD = symbol(3)


@dataclass(frozen=True)
class Spoilt:
    """What is done to the card, the reason it must get, and words of both sentences."""

    do: object
    reason: str
    pl: str
    en: str


def field(name, value):
    return lambda company: company.set_field(BAD, name, value)


def packs(multiplier):
    def do(company):
        company.set_field(BAD, "tw_Pole1", "PU")
        company.set_field(BAD, "tw_Pole2", multiplier)

    return do


LEFT_OUT = {
    "no EAN": Spoilt(lambda c: c.set_ean(BAD, ""), "EAN_MISSING", "brak podstawowego kodu", "no primary barcode"),
    "blank EAN": Spoilt(lambda c: c.set_ean(BAD, "  "), "EAN_MISSING", "brak podstawowego kodu", "no primary barcode"),
    "bad check digit": Spoilt(
        lambda c: c.set_ean(BAD, ean(3)[:-1] + str((int(ean(3)[-1]) + 1) % 10)),
        "EAN_NOT_IN_SHOP",
        "nie ma w katalogu sklepu",
        "not in the shop's catalogue",
    ),
    "word for an EAN": Spoilt(
        lambda c: c.set_ean(BAD, "brak"), "EAN_NOT_IN_SHOP", "kodu brak nie ma", "barcode brak is not"
    ),
    "duplicate EAN": Spoilt(
        lambda c: c.add_product("DRUGA", ean=ean(3)), "EAN_DUPLICATE_ERP", "ma 2 kwalifikowanych", "2 qualified cards"
    ),
    "6 szt.": Spoilt(packs("6 szt."), "UNIT_MULTIPLIER_INVALID", "przelicznik „6 szt.”", "multiplier “6 szt.”"),
    "minus six": Spoilt(packs("-6"), "UNIT_MULTIPLIER_INVALID", "przelicznik „-6”", "multiplier “-6”"),
    "eight": Spoilt(packs("8"), "UNIT_MULTIPLIER_NOT_OFFERED", "brak PU x 8", "no PU x 8"),
    "unknown unit": Spoilt(field("tw_Pole1", "Paleta"), "UNIT_TYPE_UNKNOWN", "jednostka „Paleta”", "unit “Paleta”"),
    "no base unit": Spoilt(lambda c: c.set_unit(BAD, ""), "UNIT_BASE_MISSING", "brak podstawowej jednostki", "no base"),
    "no price": Spoilt(lambda c: c.set_price(BAD, 3, None), "PRICE_MISSING", "brak ceny", "no price"),
    "price of nought": Spoilt(lambda c: c.set_price(BAD, 3, Decimal(0)), "PRICE_MISSING", "brak ceny", "no price"),
    "price below nought": Spoilt(
        lambda c: c.set_price(BAD, 3, Decimal(-3)), "PRICE_NEGATIVE", "jest ujemna", "below nought"
    ),
    "price under a grosz": Spoilt(
        lambda c: c.set_price(BAD, 3, Decimal("0.004")), "PRICE_MISSING", "brak ceny", "no price"
    ),
    "no VAT rate": Spoilt(lambda c: c.set_vat(BAD, None), "VAT_UNKNOWN", "stawki VAT", "VAT rate"),
    "VAT of long ago": Spoilt(lambda c: c.set_vat(BAD, "22"), "VAT_UNKNOWN", "stawki VAT „22”", "VAT rate “22”"),
    "symbol too long": Spoilt(
        lambda c: c.set_symbol(BAD, BAD + "x" * 20), "SYMBOL_UNUSABLE", "nie mieści się", "does not fit"
    ),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_a_spoilt_card_is_left_out_with_its_reason_and_the_others_go_on(stage, name):
    spoilt = LEFT_OUT[name]
    spoilt.do(stage.company)
    report = stage.run()
    assert (report.state, report.failed) == ("done", 0)
    assert {shown.product_id for shown in stage.shop.active().values()} == {
        stage.shop.product_id(number) for number in range(1, CARDS + 1) if number != 3
    }
    polish, english = stage.in_both("errors", CHANNEL, spoilt.reason)
    assert (polish.code, english.code) == (0, 0)
    assert spoilt.pl in polish.text
    assert spoilt.en in english.text


@pytest.mark.parametrize("name", LEFT_OUT)
def test_an_offer_that_stands_survives_the_spoiling_as_the_tables_say(settled, name):
    """Without a code the card is nobody's and leaves; whatever else a person must mend leaves the offer as it was."""
    before = settled.shop.shelf()[BAD]
    LEFT_OUT[name].do(settled.company)
    report = settled.run()
    assert (report.state, report.failed) == ("done", 0)
    after = next(one for one in settled.shop.shelf().values() if one.product_id == before.product_id)
    if LEFT_OUT[name].reason in {"EAN_MISSING", "EAN_NOT_IN_SHOP"}:
        assert (after.status, after.stock) == ("withdrawn", {"MAG": 0, "KRA": 0})
    else:
        assert after == before
    assert len(settled.shop.active()) >= CARDS - 1


@pytest.mark.parametrize("name", ["no EAN", "6 szt.", "no price", "VAT of long ago"])
def test_a_card_that_was_mended_is_offered_in_the_next_run(stage, name):
    LEFT_OUT[name].do(stage.company)
    stage.run()
    stage.company.set_ean(BAD, ean(3))
    stage.company.set_vat(BAD, "23")
    stage.company.set_price(BAD, 3, Decimal("3.33"))
    stage.company.set_field(BAD, "tw_Pole1", "")
    stage.company.set_field(BAD, "tw_Pole2", "")
    stage.run()
    assert stage.shop.active()[BAD].brief == ("active", "PCE x 1", "3.33")
    assert BAD not in stage.reasons()


def test_a_wrong_check_digit_that_the_shop_has_too_is_offered_with_a_warning(stage):
    wrong = "5901234123450"
    stage.shop.owner("add_product", ean=wrong, name="Przepisany z palety", packs=[["PCE", 1]])
    stage.company.add_product("ZŁY-KOD", ean=wrong)
    stage.run()
    assert stage.shop.active()["ZŁY-KOD"].status == "active"
    assert stage.reasons()["ZŁY-KOD"] == {"EAN_CHECKSUM"}


@pytest.mark.parametrize(
    "on_hand, sent, warned",
    [
        (Decimal("30.5"), 30, True),
        (Decimal("0.9999"), 0, True),
        (Decimal("-0.5"), 0, True),
        (-5, 0, False),
        (0, 0, False),
        (99_999_999, 99_999_999, False),
    ],
)
def test_awkward_stock_is_floored_and_never_below_nought(settled, on_hand, sent, warned):
    settled.company.set_stock(BAD, "MAG", on_hand)
    report = settled.run()
    assert (report.state, report.failed) == ("done", 0)
    assert settled.shop.shelf()[BAD].stock == {"MAG": sent, "KRA": 3}
    assert ("STOCK_FRACTION" in settled.reasons().get(BAD, ())) is warned


def test_a_strict_whole_policy_keeps_the_last_sound_stock(settled):
    settled.save(stock={"strict_whole": True})
    settled.company.set_stock(BAD, "MAG", Decimal("30.5"))
    settled.company.set_stock(symbol(4), "MAG", 44)
    settled.run()
    shelf = settled.shop.shelf()
    assert (shelf[BAD].stock["MAG"], shelf[symbol(4)].stock["MAG"]) == (30, 44)


@pytest.mark.parametrize("typed", ["dwa", "2,5", "0", "-1", "2 szt."])
def test_an_unusable_minimum_is_said_and_not_sent(settled, typed):
    settled.company.set_field(BAD, "tw_Pole3", typed)
    settled.run()
    assert settled.shop.shelf()[BAD].minimum is None
    assert settled.reasons()[BAD] == {"MIN_QUANTITY_INVALID"}


@pytest.mark.parametrize(
    "name", ["¯ó³ty ser", "Żółć \ufffd", "a\x00b", "<b>&\"'</b>", "Serek 😀", "x" * 50, "", " \t\n"]
)
def test_a_broken_name_harms_nothing_because_names_are_the_shops_own(settled, name):
    before = settled.shop.contents()
    settled.company.set_name(BAD, name)
    settled.company.set_price(symbol(4), 3, Decimal("4.40"))
    report = settled.run()
    assert (report.state, report.failed) == ("done", 0)
    after = settled.shop.contents()
    assert {one for one in before if before[one] != after[one]} == {symbol(4)}
    assert settled.ask("explain", "product", CHANNEL, BAD).code == 0


def test_bytes_that_are_no_text_spoil_their_own_card_only(settled):
    with settled.company.engine.begin() as connection:
        connection.execute(
            text("UPDATE tw__Towar SET tw_Nazwa = CAST(x'80FF41' AS TEXT) WHERE tw_Symbol = :symbol"), {"symbol": BAD}
        )
    settled.company.set_price(symbol(4), 3, Decimal("4.40"))
    assert settled.ask("run", CHANNEL).code in {0, 1}
    assert settled.shop.shelf()[symbol(4)].price == "4.40"


@pytest.mark.parametrize("awkward", ["sok/1L", "ŻÓŁĆ 1", "a'b", "1,5", "=1+1", "[bold]x[/bold]", "%s{0}"])
def test_an_awkward_symbol_arrives_and_is_shown_as_it_is(settled, awkward):
    settled.company.set_symbol(BAD, awkward)
    settled.run()
    assert settled.shop.active()[awkward].price == "3.00"
    assert awkward in settled.ask("explain", "product", CHANNEL, awkward).out


def test_everything_at_once_leaves_the_sound_ones_alone(stage):
    """Ten spoilt cards in one run: two sound ones are offered, ten reasons are told."""
    spoil = {
        1: lambda c, s: c.set_ean(s, ""),
        2: lambda c, s: c.set_price(s, 3, None),
        3: lambda c, s: c.set_vat(s, None),
        4: lambda c, s: c.set_unit(s, ""),
        5: lambda c, s: c.set_field(s, "tw_Pole1", "Paleta"),
        6: lambda c, s: c.block(s),
        7: lambda c, s: c.remove_trait(s, "MSTORE"),
        8: lambda c, s: c.mark_deleted(s),
        9: lambda c, s: c.set_ean(s, "123"),
        10: lambda c, s: c.set_vat(s, "7"),
    }
    for number, do in spoil.items():
        do(stage.company, symbol(number))
    assert stage.run().failed == 0
    assert stage.shop.active().keys() == {symbol(11), symbol(12)}
    assert stage.reasons().keys() == {symbol(number) for number in spoil}
