"""What has to become of every troublesome case of the sandbox company, told by the case's own name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Offered:
    """On offer in `unit` (a type alone, or one text per card in turn); price and stock per `recalculated` unit."""

    unit: str | tuple[str, ...] = "PCE x 1"
    recalculated: bool = False
    price: str = ""
    vat: str = ""
    stock: tuple[int, int] | None = None
    minimum: tuple[int | None, ...] = ()
    warning: str = ""
    from_parts: bool = False


@dataclass(frozen=True)
class Left:
    """Not on offer, for this reason."""

    reason: str


_SIX = Offered("PU x 6", recalculated=True)
EXPECTED = {
    # units: the own fields speak
    "unit_a1": Left("UNIT_TYPE_UNKNOWN"),
    "unit_a2": Left("UNIT_MULTIPLIER_INVALID"),
    "unit_a3": Left("UNIT_NOT_OFFERED"),
    "unit_a4": Left("UNIT_MULTIPLIER_NOT_OFFERED"),
    "unit_a5": Left("UNIT_AMBIGUOUS"),
    "unit_a6": _SIX,
    "unit_a6_of_two": Offered(("PU x 12", "PU x 6"), recalculated=True),
    "unit_a7": Offered("PU", recalculated=True),
    "unit_a7_keg": Offered("B", recalculated=True),
    "unit_a8": Offered("PU x 6"),
    "unit_a8_crate": Offered("CR x 20"),
    "unit_a9": Left("UNIT_BASE_CONFLICT"),
    "multiplier_with_word": Left("UNIT_MULTIPLIER_INVALID"),
    "multiplier_in_words": Left("UNIT_MULTIPLIER_INVALID"),
    "multiplier_zero": Left("UNIT_MULTIPLIER_INVALID"),
    "multiplier_decimal": _SIX,
    "multiplier_spaces": _SIX,
    "unit_field_spaces": _SIX,
    "multiplier_alone": Offered(warning="UNIT_MULTIPLIER_IGNORED"),
    # units: the base unit speaks
    "unit_b1": Offered("CT"),
    "unit_b1_piece": Offered(),
    "unit_b2": Left("UNIT_NOT_OFFERED"),
    "unit_b2_no_piece": Left("UNIT_NOT_OFFERED"),
    "unit_b3": Left("UNIT_AMBIGUOUS"),
    "unit_b3_crate": Left("UNIT_AMBIGUOUS"),
    "unit_b4": Offered("PU"),
    "unit_b4_crate": Offered("CR"),
    "unit_b4_piece": Offered(),
    "unit_b5": Left("UNIT_NOT_OFFERED"),
    "unit_b6": Left("UNIT_AMBIGUOUS"),
    "unit_b6_crate": Left("UNIT_AMBIGUOUS"),
    "unit_b7": Offered(warning="UNIT_ASSUMED_PIECE"),
    "unit_b8": Left("UNIT_NOT_OFFERED"),
    "unit_z0": Left("UNIT_BASE_MISSING"),
    "more_units": Offered(),
    # codes
    "ean_missing": Left("EAN_MISSING"),
    "ean_blank": Left("EAN_MISSING"),
    "ean_additional_only": Left("EAN_MISSING"),
    "ean_mistyped": Left("EAN_NOT_IN_SHOP"),
    "ean_bad_check_digit": Offered(warning="EAN_CHECKSUM"),
    "ean_shared_qualified": Left("EAN_DUPLICATE_ERP"),
    "ean_not_in_shop": Left("EAN_NOT_IN_SHOP"),
    "ean_twice_in_shop": Left("EAN_DUPLICATE_SHOP"),
    "ean_upc": Offered(),
    "ean_upc_short": Offered(),
    "more_codes": Offered(),
    # prices and VAT
    "price_null": Left("PRICE_MISSING"),
    "price_zero": Left("PRICE_MISSING"),
    "price_shop_level_null": Left("PRICE_MISSING"),
    "price_row_missing": Left("PRICE_MISSING"),
    "price_long": Offered("PU x 6", recalculated=True, price="5.00"),
    "vat_null": Left("VAT_UNKNOWN"),
    "vat_unlisted": Left("VAT_UNKNOWN"),
    "vat_0": Offered(vat="0"),
    "vat_zw": Offered(vat="zw"),
    "vat_np": Offered(vat="np"),
    "vat_oo": Offered(vat="oo"),
    # stock
    "stock_below_pack": Offered("PU x 6", recalculated=True, stock=(0, 0)),
    "stock_negative": Offered(stock=(0, 0)),
    "stock_negative_balanced": Offered(stock=(5, 0)),
    "stock_fractional": Offered(stock=(30, 6), warning="STOCK_FRACTION"),
    "stock_over_reserved": Offered(stock=(0, 0)),
    "stock_zero": Offered(stock=(0, 0)),
    "stock_elsewhere": Offered(stock=(0, 48)),
    "stock_rows_missing": Offered(stock=(0, 0)),
    # own fields: the channel takes the minimum from pwd_Liczba01
    "minimum_given": Offered(minimum=(2, 12)),
    "minimum_fraction": Offered(minimum=(None,)),
    "minimum_zero": Offered(minimum=(None,), warning="MIN_QUANTITY_INVALID"),
    "minimum_blank": Offered(minimum=(None,)),
    "minimum_word": Offered(minimum=(None,)),
    "field_dictionary": Offered(),
    "field_dictionary_lost": Offered(),
    "field_flag": Offered(),
    # cards
    "card_blocked": Left("CARD_INACTIVE"),
    "card_deleted": Left("CARD_INACTIVE"),
    "card_not_for_internet": Offered(),
    "trait_twice": Offered(),
    "trait_double": Left("CONDITION_NOT_MET"),
    "trait_and_double": Offered(),
    "trait_other_spelling": Left("CONDITION_NOT_MET"),
    "trait_missing": Left("CONDITION_NOT_MET"),
    "symbol_awkward": Offered(),
    "kind_service": Left("CARD_KIND"),
    "kind_packaging": Left("CARD_KIND"),
    "kind_fee": Left("CARD_KIND"),
    # sets: as many as the scarcest part allows
    "set_sound": Offered(from_parts=True),
    "set_service_component": Offered(from_parts=True),
    "set_missing_component": Offered(stock=(0, 0)),
    "set_zero_quantity": Offered(stock=(0, 0), warning="SET_INCOMPLETE"),
    "set_empty": Offered(stock=(0, 0), warning="SET_INCOMPLETE"),
}
MIXED = {
    "ean_shared_blocked": "one of two cards is blocked, the other is offered",
    **dict.fromkeys(
        ("name_markup", "name_long", "name_mojibake", "name_outside_code_page"), "names are the shop's own"
    ),
}
"""Cases that are spread over cards of other cases; each has a test of its own."""
