"""What is read of the troublesome cards, groups, rules, sets, customers and files of the big sandbox company."""

from decimal import Decimal

import pytest

from pomost.connectors.erp.optima.company import Company, Station
from pomost.connectors.erp.optima.settings import Driver, OptimaSettings
from pomost.model.assortment import Barcode, DeliveryCost, Flag, PackUnit, Tax, Vat
from pomost.model.entry import CONTENTS
from pomost.model.reason import Reason
from pomost.model.subject import Area
from pomost.model.trade import FileRole, Reduction, ReductionKind
from pomost.sandbox.optima.cases import KEY_COLUMNS, cases
from pomost.sandbox.optima.cases_of_files import LARGEST, ON_DISK
from pomost.sandbox.optima.company import B2B, TRAIT_IDS
from pomost.sandbox.optima.connection import open_readonly
from pomost.sandbox.optima.filling import build
from tests.connectors.test_optima import over


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    sandbox = build(tmp_path_factory.mktemp("optima") / "server", products=60, customers=30)
    yield sandbox
    sandbox.close()


@pytest.fixture(scope="module")
def erp(company):
    found = over(company, file_folders=(str(company.company_file.parent / ON_DISK),))
    yield found
    found.close()


@pytest.fixture(scope="module")
def ids(company):
    """Ids by what a case is about and its key."""
    numbers = {"product": "Twr_TwrId", "file": "Twr_TwrId", "group": "TwG_GIDNumer", "discount": "Rab_RabId"}
    numbers |= {"set": "ZTw_ZTwId", "customer": "Knt_KntId"}
    connection = open_readonly(company.company_file)

    def found(name):
        case = cases()[name]
        table, column = KEY_COLUMNS[case.about]
        query = f"SELECT {numbers[case.about]} FROM CDN.{table} WHERE {column} = ?"
        return [connection.execute(query, (key,)).fetchone()[0] for key in case.keys]

    yield found
    connection.close()


def readings(erp, area, keys):
    return [one for key in keys for one in erp.entries(area, [key])]


def first(erp, ids, name, area=Area.PRODUCT):
    return readings(erp, area, ids(name))[0]


PRODUCTS = {
    "default_group_missing": {"default_group": None},
    "default_group_on_card_only": {"default_group": lambda found: found not in {None, 0}},
    "member_missing": {"groups": ()},
    "product_in_two_groups": {"groups": lambda found: len(found) == 2},
    "availability_missing": {"availability": ""},
    "availability_unknown": {"availability": "99"},
    "available_later": {"available_from": lambda found: found.isoformat() == "2031-01-01"},
    "service": {"service": True},
    "complex_product": {"complex": True},
    "reward": {"reward": True, "flags": ()},
    "all_flags": {"flags": tuple(Flag), "reward": True},
    "price_four_places": {"price_places": 4},
    "ask_for_price": {"ask_for_price": True},
    "no_discount_card": {"no_discount": True},
    "no_discount_shop": {"no_discount": True},
    "vat_exempt": {"vat": Vat(Decimal(0), Tax.EXEMPT)},
    "vat_untaxed": {"vat": Vat(Decimal(0), Tax.NOT_SUBJECT)},
    "vat_zero": {"vat": Vat(Decimal(0), Tax.TAXED)},
    "vat_old": {"vat": Vat(Decimal(22), Tax.TAXED)},
    "vat_foreign": {
        "vat_abroad": (
            Vat(Decimal(21), Tax.TAXED, "CZ"),
            Vat(Decimal(19), Tax.TAXED, "DE"),
            Vat(Decimal(23), Tax.TAXED, "SK"),
        )
    },
    "ean_empty": {"eans": ()},
    "ean_blank": {"eans": ()},
    "ean_text": {"eans": (Barcode("BRAK KODU", default=True),)},
    "ean_on_pack_only": {"eans": lambda found: [(one.unit, one.default) for one in found] == [("zgrzewka", False)]},
    "text_missing": {"texts": lambda found: [one.language for one in found] == ["pl"] and found[0].description},
    "text_default_language_missing": {"texts": lambda found: [one.language for one in found] == ["pl", "en"]},
    "text_long": {"texts": lambda found: len(found[0].description) > 60_000},
    "name_blank": {"texts": lambda found: all(one.name for one in found)},
    "unit_blank": {"base_unit": ""},
    "unit_ratio_zero": {"units": (PackUnit("karton", Decimal(0), Decimal(1), position=1),)},
    "unit_ratio_fraction": {"units": (PackUnit("porcja", Decimal(1), Decimal(3), position=1),)},
    "unit_same_as_base": {"units": (PackUnit("karton", Decimal(12), Decimal(1), position=2),)},
    "minimum": {"min_quantity": Decimal("2.5")},
    "stock_not_checked": {"ignore_stock": True},
    "trait_by_customer": {"attributes": ()},
    "trait_inactive": {"attributes": ()},
    "trait_hidden": {"attributes": ()},
    "trait_hidden_definition": {"attributes": ()},
    "trait_blank": {"attributes": ()},
    "trait_unknown_format": {"attributes": lambda found: [one.code for one in found] == ["PALETA"]},
    "trait_value_unlisted": {"attributes": lambda found: [one.value for one in found] == ["Bergamuty"]},
    "trait_languages": {"attributes": lambda found: [one.language for one in found] == ["pl", "en", "de"]},
    "trait_twice": {"attributes": lambda found: [one.value for one in found] == ["Tak", "Nie"]},
    "trait_binary": {"attributes": lambda found: found[0].code == "KARTA" and found[0].file},
    "variant_parent_gone": {"variant_of": 999_999},
    "variant_family": {"variant_of": None, "variant_attributes": ("SMAK",), "attributes": ()},
    "variant_trait_missing": {"variant_attributes": ("SMAK",)},
    "substitute_gone": {"substitutes": (999_999,)},
    "substitute_itself": {"substitutes": lambda found: len(found) == 1},
}
"""What is read of the first card of each case: a value, or what must hold of it."""


@pytest.mark.parametrize("name", PRODUCTS)
def test_a_troubled_card_is_read_as_it_is(erp, ids, name):
    content = first(erp, ids, name).content
    for field, expected in PRODUCTS[name].items():
        found = getattr(content, field)
        assert expected(found) if callable(expected) else found == expected, (field, found)


FINDINGS = {
    (Area.PRODUCT, "vat_kind_unknown"): {Reason.VAT_KIND_UNKNOWN},
    (Area.PRODUCT, "text_unknown_language"): {Reason.TEXT_LANGUAGE_UNKNOWN},
    (Area.PRODUCT, "trait_number_wrong"): {Reason.ATTRIBUTE_VALUE_WRONG},
    (Area.PRODUCT, "trait_date_wrong"): {Reason.ATTRIBUTE_VALUE_WRONG},
    (Area.PRICES, "price_side_unknown"): {Reason.PRICE_SIDE_UNKNOWN},
    (Area.GROUP, "group_cycle_below_root"): {Reason.GROUP_INSIDE_ITSELF},
    (Area.PUBLIC_DISCOUNT, "discount_kind_unknown"): {Reason.DISCOUNT_TYPE_UNKNOWN},
    (Area.CUSTOMER_DISCOUNT, "discount_customer_gone"): {Reason.DISCOUNT_CUSTOMER_GONE},
    (Area.CUSTOMER_DISCOUNT, "discount_customer_group_gone"): {Reason.DISCOUNT_CUSTOMER_GROUP_GONE},
    (Area.CUSTOMER_DISCOUNT, "discount_product_gone"): {Reason.DISCOUNT_PRODUCT_GONE},
    (Area.PUBLIC_DISCOUNT, "discount_object_missing"): {Reason.DISCOUNT_PRODUCT_GONE},
    (Area.PROMOTION, "set_part_gone"): {Reason.PROMOTION_PART_GONE},
    (Area.PROMOTION, "set_main_gone"): {Reason.PROMOTION_MAIN_GONE},
    (Area.PROMOTION, "set_reduction_unknown"): {Reason.PROMOTION_REDUCTION_UNKNOWN},
    (Area.CUSTOMER, "customer_group_unknown"): {Reason.CUSTOMER_GROUP_UNKNOWN},
    (Area.FILES, "picture_empty"): {Reason.FILE_EMPTY},
    (Area.FILES, "picture_without_bytes"): {Reason.FILE_EMPTY},
    (Area.FILES, "picture_link_broken"): {Reason.FILE_GONE},
    (Area.FILES, "picture_missing_on_disk"): {Reason.FILE_NOT_ALLOWED},
}
"""The named reason of each case that cannot be read as it stands."""


@pytest.mark.parametrize("area, name", FINDINGS, ids=str)
def test_what_cannot_be_read_has_its_reason(erp, ids, area, name):
    assert {finding.reason for finding in first(erp, ids, name, area).findings} == FINDINGS[area, name]


def test_nothing_else_is_complained_about(erp, ids):
    """Each finding of the whole company belongs to a case that says so: sound things are read without a word."""
    told = set()
    for area in CONTENTS:
        keys = [key for key, _ in erp.scan_entries(area)]
        told |= {(area, one.key) for one in readings(erp, area, keys) if one.findings}
    expected = {(area, key) for area, name in FINDINGS for key in ids(name)}
    assert told <= expected | {(Area.PUBLIC_DISCOUNT, key) for key in ids("discount_product_gone")}


NOT_MEANT = ["withdrawn", "inactive", "other_shop_only", "shop_row_missing"]


@pytest.mark.parametrize("name", NOT_MEANT)
def test_what_is_not_shown_is_not_meant(erp, ids, name):
    scanned = {key for key, _ in erp.scan_entries(Area.PRODUCT)}
    assert [one.meant for one in readings(erp, Area.PRODUCT, ids(name))] == [False] * len(ids(name))
    assert not scanned & set(ids(name))


def test_a_card_without_a_stamp_is_read_like_any_other(erp, ids):
    assert all(one.meant for one in readings(erp, Area.PRODUCT, ids("stamp_missing")))


STOCK = {
    "stock_out_of_order": {1: 36, 3: 11},
    "stock_to_come": {1: 12},
    "stock_undated": {1: 12},
    "stock_same_day": {1: 25},
    "stock_both_reservations": {1: 12},
    "stock_over_reserved": {1: -5, 3: 2},
    "stock_negative": {1: -5},
    "stock_negative_balanced": {1: -5, 3: 10},
    "stock_fraction": {1: Decimal("30.25"), 3: Decimal("7.1234")},
    "stock_total_disagrees": {1: 10, 3: 5},
    "stock_zero": {},
    "stock_rows_missing": {},
    "stock_total_only": {},
    "stock_elsewhere": {},
    "stock_closed_warehouse": {},
}
"""Stock of the shop's warehouses 1, 3 and 5 less both reservations; nought where nothing is said."""


@pytest.mark.parametrize("name", STOCK)
def test_the_newest_balance_is_the_stock(erp, ids, name):
    for one in readings(erp, Area.STOCKS, ids(name)):
        assert {line.warehouse: line.quantity for line in one.content.lines} == {1: 0, 3: 0, 5: 0} | STOCK[name]


def test_stock_on_hand_leaves_reservations_alone(company, ids):
    erp = over(company, stock_sent="on-hand")
    (line, *_) = readings(erp, Area.STOCKS, ids("stock_both_reservations"))[0].content.lines
    assert (line.quantity, line.basis) == (20, "stock")
    erp.close()


def test_another_shop_has_its_own_offer_warehouses_and_kind_of_stock(company):
    one, other = over(company), over(company, station=str(B2B))
    assert {key for key, _ in other.scan_entries(Area.PRODUCT)} != {key for key, _ in one.scan_entries(Area.PRODUCT)}
    assert [key for key, _ in other.scan_entries(Area.WAREHOUSE)] == [1]
    key = next(other.scan_entries(Area.STOCKS))[0]
    assert {line.basis for line in next(other.entries(Area.STOCKS, [key])).content.lines} == {"stock"}
    assert {key for key, _ in other.scan_entries(Area.GROUP)} < {key for key, _ in one.scan_entries(Area.GROUP)}


def test_groups_below_the_root_and_those_that_hang_nowhere(erp, ids):
    keys = {key for key, _ in erp.scan_entries(Area.GROUP)}
    assert not keys & {*ids("group_orphan"), 0, 70}, "neither what hangs below nothing nor the rest of the company"
    below = ("group_unnamed", "group_empty", "group_name_twice", "group_too_deep", "group_cycle_below_root")
    for name in (*below, "group_cycle", "group_own_parent"):
        assert keys >= set(ids(name)), name
    parents = {one.key: one.content.parent for one in readings(erp, Area.GROUP, sorted(keys))}
    assert [key for key, parent in parents.items() if parent is None] == [10]
    assert set(parents.values()) - {None} <= keys
    loop, inner = ids("group_cycle_below_root")
    assert (parents[loop], parents[inner]) == (10, loop)


def test_discounts_keep_their_days_and_their_kind(erp, ids):
    over_, later = (
        first(erp, ids, name, Area.CUSTOMER_DISCOUNT).content for name in ("discount_over", "discount_to_come")
    )
    assert (over_.valid_from.year, over_.valid_to.year) == (2020, 2020)
    backwards = first(erp, ids, "discount_ends_before_it_begins", Area.CUSTOMER_DISCOUNT)
    assert backwards.meant, "days that run backwards are a fault, not an end"
    assert (later.valid_from.year, later.valid_to) == (2031, None)
    assert first(erp, ids, "discount_surcharge", Area.CUSTOMER_DISCOUNT).content.percent == Decimal(-10)
    assert first(erp, ids, "discount_nought", Area.CUSTOMER_DISCOUNT).content.percent == 0
    fixed = first(erp, ids, "fixed_price_currency", Area.CUSTOMER_DISCOUNT).content
    assert (fixed.type, fixed.price, fixed.currency, fixed.percent) == (13, Decimal("9.90"), "USD", None)


@pytest.mark.parametrize("area", [Area.CUSTOMER_DISCOUNT, Area.PROMOTION])
def test_what_has_ended_is_meant_no_more(erp, ids, area):
    """Decision table 8.15: ended. The scan leaves it out, so that what the shop holds of it is taken back."""
    over_ = first(erp, ids, "set_over" if area is Area.PROMOTION else "discount_over", area)
    ended = Reason.PROMOTION_ENDED if area is Area.PROMOTION else Reason.DISCOUNT_ENDED
    assert (over_.meant, [found.reason for found in over_.findings]) == (False, [ended])
    assert over_.key not in {key for key, _ in erp.scan_entries(area)}


def test_a_discount_for_a_deleted_group_names_it(erp, ids):
    """Whether the shop has that group, the rules know; the reader hands over the number."""
    for one in readings(erp, Area.CUSTOMER_DISCOUNT, ids("discount_group_gone")[:2]):
        assert one.content.what_key == 9999


def test_each_rule_is_of_one_area(erp):
    of_customers, public = (
        {key for key, _ in erp.scan_entries(one)} for one in (Area.CUSTOMER_DISCOUNT, Area.PUBLIC_DISCOUNT)
    )
    assert of_customers
    assert public
    assert not of_customers & public


def test_sets_are_read_with_their_hours_and_reductions(erp, ids):
    night = first(erp, ids, "set_over_midnight", Area.PROMOTION).content
    assert (night.hours_from, night.hours_to, night.valid_from) == ("22:00", "06:00", None)
    assert night.parts[0].reduction == Reduction(ReductionKind.PERCENT, Decimal(15))
    assert first(erp, ids, "set_no_reduction", Area.PROMOTION).content.reduction == Reduction()
    assert first(erp, ids, "set_without_parts", Area.PROMOTION).content.parts == ()
    assert first(erp, ids, "set_over", Area.PROMOTION).content.valid_to.year == 2020
    assert not first(erp, ids, "set_not_for_shop", Area.PROMOTION).meant
    hidden = first(erp, ids, "set_unpublished_part", Area.PROMOTION)
    assert hidden.meant
    assert len(hidden.content.parts) == 2


def test_customers_are_read_as_they_are(erp, ids):
    def of(name, place=0):
        return readings(erp, Area.CUSTOMER, ids(name))[place]

    assert not of("customer_anonymous").meant
    assert not of("customer_not_for_shop").meant
    assert of("customer_blocked").content.blocked
    assert of("customer_inactive").content.blocked
    assert of("customer_merged").content.merged_into == 1
    assert of("customer_without_nip").content.nip == ""
    assert of("customer_foreign").content.nip_country == "DE"
    assert of("customer_foreign").content.address.country == "DE"
    assert len("".join(of("customer_long_name").content.names)) > 300
    assert [login.email for login in of("login_wrong").content.logins] == ["brak", "dawny@poczta.example"]
    assert [login.active for login in of("login_wrong").content.logins] == [True, False]
    consents = {one.code: one for one in of("consent_withdrawn").content.consents}
    assert (consents["NEWSLETTER"].given, consents["REGULAMIN"].given) == (False, True)
    assert consents["NEWSLETTER"].at.utcoffset().total_seconds() == 0
    assert of("customer_discounted").content.discount == Decimal(4)
    assert of("price_type_wrong", 2).content.price_type == 77


def test_the_purchase_price_never_leaves_the_company(erp):
    assert [key for key, _ in erp.scan_entries(Area.PRICE_TYPE)] == [2, 3, 4, 6]
    keys = [key for key, _ in erp.scan_entries(Area.PRICES)]
    levels = {line.price_type for one in erp.entries(Area.PRICES, keys[:500]) for line in one.content.lines}
    assert levels <= {2, 3, 4, 6}


def test_prices_of_troubled_cards(erp, ids):
    assert first(erp, ids, "price_rows_missing", Area.PRICES).content.lines == ()
    assert {line.value for line in first(erp, ids, "price_zero", Area.PRICES).content.lines} == {0}
    assert [line.currency for line in first(erp, ids, "price_other_currency", Area.PRICES).content.lines] == ["EUR"]
    assert [line.basis for line in first(erp, ids, "price_net_on_gross_level", Area.PRICES).content.lines] == ["net"]
    assert first(erp, ids, "price_four_places", Area.PRICES).content.lines[0].value == Decimal("0.6775")


def links(erp, ids, name):
    return first(erp, ids, name, Area.FILES).content.links


def test_files_are_listed_in_order_without_their_bytes(erp, ids):
    picture, sheet = links(erp, ids, "attachment")
    assert (picture.role, sheet.role, sheet.media_type) == (FileRole.IMAGE, FileRole.ATTACHMENT, "application/pdf")
    assert [one.position for one in links(erp, ids, "picture_same_place")] == [1, 2]
    assert [one.language for one in links(erp, ids, "picture_other_language")] == ["en"]
    assert links(erp, ids, "picture_tags")[0].link == "https://pod-mostem.example/nowosc"
    assert links(erp, ids, "picture_wrong_type")[0].media_type == "image/bmp"
    assert links(erp, ids, "picture_extension_missing")[0].media_type == ""
    assert first(erp, ids, "picture_not_for_shop", Area.FILES).meant is False


def test_the_size_is_counted_not_believed(erp, ids):
    assert links(erp, ids, "picture_too_large")[0].size > LARGEST
    lying = links(erp, ids, "picture_size_lies")[0]
    assert lying.size == len(erp.file(lying.file)) < LARGEST


def test_bytes_are_fetched_from_the_database_and_from_the_disk(erp, ids):
    for name in ("picture_shared", "picture_on_disk", "attachment"):
        for one in links(erp, ids, name):
            assert len(erp.file(one.file)) == one.size
    here, there = (readings(erp, Area.FILES, [key])[0].content.links[0] for key in ids("picture_shared")[:2])
    assert here.file == there.file
    assert links(erp, ids, "picture_on_disk")[0].file < 0


def test_bytes_that_cannot_be_had_are_told_about(erp):
    for file in (999_999, -999_999):
        assert erp.file(file).reason is Reason.FILE_GONE


def test_an_attribute_that_is_a_file_names_its_bytes(erp, ids):
    (value,) = first(erp, ids, "trait_binary").content.attributes
    assert erp.file(value.file)[:4] == b"%PDF"


def test_awkward_codes_are_found(erp):
    for code in cases()["code_awkward"].keys:
        (key,) = erp.find_entries(Area.PRODUCT, code.strip())
        assert [one.label for one in erp.entries(Area.PRODUCT, [key])] == [code.strip()]


def test_lists_of_attributes_come_with_their_values(erp):
    (country, shade) = readings(erp, Area.ATTRIBUTE, [TRAIT_IDS["KRAJ"], TRAIT_IDS["PALETA"]])
    assert country.content.values == ("Polska", "Niemcy", "Włochy", "Francja")
    assert shade.content.format == "unknown"


def test_a_delivery_cost_of_its_own(company):
    code = "LEM-1"
    company.goods.set_in_shop(code, Twes_ESklepKalkulacjaDostaw=2, Twes_ESklepKalkulacjaDostawWartosc=Decimal("9.99"))
    erp = over(company)
    (key,) = erp.find_entries(Area.PRODUCT, code)
    assert next(erp.entries(Area.PRODUCT, [key])).content.delivery_cost == DeliveryCost("2", Decimal("9.99"))
    erp.close()


def test_a_product_is_found_by_its_barcode(erp):
    (key,) = erp.find_entries(Area.PRODUCT, "LEM-1")
    content = next(erp.entries(Area.PRODUCT, [key])).content
    (code,) = (one.ean for one in content.eans if one.default)
    assert list(erp.find_entries(Area.PRODUCT, code)) == [key]
    assert list(erp.find(content.code)) == list(erp.find(code)) == [key]


def test_a_station_is_what_its_configuration_says(company):
    station = Company(OptimaSettings(str(company.company_file), driver=Driver.SQLITE, station="1")).station
    assert station == Station(
        1, "Sklep Pod Mostem", True, 10, on_hand=False, everywhere=False, currency="PLN", busy=False
    )
