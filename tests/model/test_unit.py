"""The shop's unit table: manual, Towary 4.2, "Lista jednostek sprzedaży"."""

import pytest

from pomost.model.branch import Branch
from pomost.model.unit import SalesUnit, UnitTable, UnitType
from tests.rules.trade import UNITS


@pytest.mark.parametrize(
    "text,symbol",
    [
        ("PCE", "PCE"),
        ("Sztuka", "PCE"),
        ("CT", "CT"),
        ("Karton", "CT"),
        ("B", "B"),
        ("Keg", "B"),
        ("CR", "CR"),
        ("Skrzynka", "CR"),
        ("PU", "PU"),
        ("Zgrzewka", "PU"),
        ("BK", "B"),
        ("BKeg", None),
        ("karton", None),
        ("", None),
        ("Paleta", None),
    ],
)
def test_find(text: str, symbol: str | None) -> None:
    """Decision tables 1.1 T and 1.7 Q12."""
    assert UNITS.find(text) == symbol


def test_a_shop_with_a_bk_of_its_own_keeps_it() -> None:
    """Decision tables 1.7 Q12: the alias helps only where the table has no such symbol."""
    table = UnitTable((UnitType("PCE", "Sztuka", default=True), UnitType("B", "Keg"), UnitType("BK", "Kosz")))
    assert table.find("BK") == "BK"


def test_piece_is_the_default_unit() -> None:
    assert UNITS.piece == "PCE"
    assert UnitTable((UnitType("H87", "Sztuka", default=True),)).piece == "H87"


def test_a_symbol_listed_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        UnitTable((UnitType("PU", "Zgrzewka"), UnitType("PU", "Paczka")))


def test_a_pack_is_written_with_its_size() -> None:
    assert str(SalesUnit("PU", 6)) == "PU x 6"


def test_warehouses_of_a_branch_are_a_set_with_the_main_one_first() -> None:
    """Decision tables 3.1: W = {main} and {extra}; one listed twice must not be counted twice."""
    assert Branch("MAG", "M", "1", ("2", "1", "2", "3")).warehouses == ("1", "2", "3")
