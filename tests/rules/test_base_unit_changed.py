"""The card's base unit between an offer and its order: every combination of decision tables 1.1-1.3 read backwards."""

from dataclasses import replace
from itertools import product

import pytest

from pomost.model.offer import Offer
from pomost.model.policy import GoodsPolicy, PackBase
from pomost.rules.order_lines import base_units
from tests.rules.orders import PACK, PIECE, UNITS, line, line_card
from tests.rules.trade import card, decided, known, standing

DICTIONARY = {"flaszka": "PCE", "opak. zb.": "PU", "kartonik": "CT"}
BASES = {
    "piece": "szt.",
    "dictionary to piece": "flaszka",
    "pack of the line": "Zgrzewka",
    "dictionary to that pack": "opak. zb.",
    "other pack": "Karton",
    "dictionary to another pack": "kartonik",
    "unknown": "opak.",
    "another unknown": "but.",
    "blank": "",
}
KNOWN = {
    "piece": (1, 6),
    "dictionary to piece": (1, 6),
    "pack of the line": (None, 1),
    "dictionary to that pack": (None, 1),
    "other pack": (None, None),
    "dictionary to another pack": (None, None),
    "blank": (None, None),
}
"""Base units of one piece and of one pack of six where the tables know today's base unit; None: ORDER_UNIT_CONFLICT."""


def factor(unit, then, now, *, recalculated, goods=None):
    told = None if then is None else Offer("S1", unit, recalculated, "23", base_unit=then)
    goods = goods or GoodsPolicy(unit_dictionary=DICTIONARY)
    found = base_units(line(unit=unit), 1, line_card(1, now), told, UNITS, goods)
    if isinstance(found, int):
        return found
    assert str(found.reason) == "ORDER_UNIT_CONFLICT"
    return None


@pytest.mark.parametrize(("then", "now", "recalculated"), [*product(BASES, BASES, [True, False])])
@pytest.mark.parametrize("unit", [PIECE, PACK], ids=str)
def test_every_change_of_the_base_unit(unit, then, now, recalculated):
    """Decision table 8.6: by today's card if the pack on the line still has a meaning there, else a conflict.

    A text the tables do not know is a piece only as long as the offer was made with that very text, and in that way.
    """
    piece, pack = KNOWN.get(now, (1, 6))
    wanted = piece if unit is PIECE else pack
    if now in {"unknown", "another unknown"} and then != "blank":
        as_made = recalculated is (unit is PACK)
        wanted = wanted if then == now and as_made else None
    elif now in {"unknown", "another unknown"}:
        wanted = wanted if recalculated is (unit is PACK) else None  # nobody noted what it was made with
    elif then == now == "pack of the line" and recalculated and unit is PACK:
        wanted = 6  # the pack itself, recalculated because the settings said so
    elif then == now == "dictionary to that pack" and recalculated and unit is PACK:
        wanted = 6
    assert factor(unit, BASES[then], BASES[now], recalculated=recalculated) == wanted


@pytest.mark.parametrize("now", ["szt.", "Karton", "Zgrzewka", "opak.", ""])
def test_a_piece_never_becomes_a_pack(now):
    """Decision table 8.6: an offer made in pieces comes back in what is a piece today, or waits."""
    assert factor(PIECE, "szt.", now, recalculated=False) == (1 if now == "szt." else None)


def test_without_an_offer_of_ours_todays_card_says_it_all():
    """Decision tables part 7: a line whose product is no longer offered goes by the unit on the line."""
    assert [factor(PACK, None, one, recalculated=False) for one in ("szt.", "but.", "Zgrzewka", "Karton")] == [
        6,
        6,
        1,
        None,
    ]


@pytest.mark.parametrize(("recalculated", "wanted"), [(True, 6), (False, 1)])
def test_a_pack_that_settings_recalculate_comes_back_as_it_was_offered(recalculated, wanted):
    """Decision tables Q2: the own field recalculates (A8), the base unit alone does not (B1); the offer tells which."""
    goods = GoodsPolicy(pack_base=PackBase.RECALCULATE)
    assert factor(PACK, "PU", "PU", recalculated=recalculated, goods=goods) == wanted
    assert factor(PACK, "", "PU", recalculated=recalculated, goods=goods) == wanted
    assert factor(PACK, "szt.", "PU", recalculated=recalculated, goods=goods) is None, "nobody knows which"


@pytest.mark.parametrize(
    ("held", "now", "noted"),
    [
        ("", "szt.", "szt."),
        ("", "but.", "but."),
        ("szt.", "but.", "szt."),
        ("but.", "butelka", "but."),
        ("but.", "szt.", "szt."),
        ("szt.", "sztuka", "sztuka"),
    ],
)
def test_an_offer_remembers_its_base_unit_until_a_known_one_takes_its_place(held, now, noted):
    """Decision table 8.6: orders made before a unit was renamed wait until somebody says what the new text means."""
    standing_offer = replace(standing(), base_unit=held)
    same_card, another = known(standing_offer), replace(known(standing_offer), key=9)
    assert decided(card(base_unit=now), held=same_card).offer.base_unit == noted
    assert decided(card(base_unit=now), held=another).offer.base_unit == now, "another card's unit says nothing of it"
