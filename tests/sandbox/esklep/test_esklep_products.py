"""Products: what is stored, refused and warned of (section 5), and stamps in general (section 0)."""

import pytest

LONG = {"name": 255, "short_description": 500, "meta_title": 100, "meta_keywords": 500, "meta_description": 320, "slug": 100,
        "search_words": 512}  # fmt: skip


def text(**more):
    return [{"lang": "pl", "name": "Towar", **more}]


def test_what_was_sent_is_read_back(session, call, goods):
    session.stored("attributes", goods.attribute())
    sent = goods.product(
        texts=[*text(slug="towar", description_html="<p>Dobry</p>"), {"lang": "en", "name": "Product"}],
        catalogue_number="K-1", producer_code="P", pkwiu="10.1", producer={"erp_id": "1", "name": "Wytwórnia"},
        brand={"erp_id": "2", "name": "Marka"}, eans=[{"ean": "5901234123457", "unit": "szt.", "default": True}],
        vat_by_country=[{"country": "DE", "rate": "19.00", "kind": "taxed"}],
        units=[{"symbol": "op.", "numerator": "6", "denominator": 1, "default": True, "show_unit_price": True, "position": 1}],
        min_quantity="1", weight_kg="0.25", group_erp_ids=["10", "77"], available_from="2026-12-01", shop_status="3",
        flags=["new", "promotion"], reward=True, points_cost=100, own_delivery_cost={"mode": "fixed", "value": "9.99"},
        split_payment=True, attributes=[{"code": "KOLOR", "lang": "pl", "value": "czarny", "position": 1}],
    )  # fmt: skip
    result = session.one("products", sent)
    assert result["result"] == "created"
    got = call.get("/v1/products/1").json()
    assert {name: got[name] for name in sent} == {
        **sent,
        "texts": [{**dict.fromkeys(("name_html", "description_html", *LONG)), **one} for one in sent["texts"]],
        "attributes": [{**sent["attributes"][0], "file_sha256": None}],
    }
    assert (got["shop_id"], got["state"], got["origin"]) == (result["shop_id"], "published", "erp")
    assert "op" not in got


def test_stamps(session, call, goods, is_refused):
    item = goods.product(stamp=5)
    assert session.stored("products", item) == ["created"]
    before = call.get("/v1/products/1").json()
    # An equal stamp promises equal content, so the content is not even looked at.
    assert session.stored("products", goods.product(stamp=5, code="INNY")) == ["unchanged"]
    assert call.get("/v1/products/1").json() == before
    is_refused(session.one("products", goods.product(stamp=4)), 409, "stale-item", "/stamp")
    is_refused(session.one("products", {"op": "withdraw", "erp_id": "1", "stamp": 4}), 409, "stale-item", "/stamp")
    assert session.stored("products", goods.product(stamp=6, code="INNY")) == ["updated"]
    assert call.get("/v1/products/1").json()["shop_id"] == before["shop_id"]


def test_withdraw_and_back(session, call, goods, is_refused):
    session.stored("products", goods.product())
    is_refused(session.one("products", {"op": "withdraw", "erp_id": "1"}), 422, "validation-failed", "/stamp")
    assert session.stored("products", {"op": "withdraw", "erp_id": "1", "stamp": 2}) == ["withdrawn"]
    assert session.stored("products", {"op": "withdraw", "erp_id": "1", "stamp": 2}) == ["unchanged"]
    assert session.stored("products", {"op": "withdraw", "erp_id": "404", "stamp": 1}) == ["unchanged"]
    got = call.get("/v1/products/1").json()
    assert (got["state"], got["publish"], got["stamp"]) == ("withdrawn", False, 2)
    assert [one["erp_id"] for one in call.every("/v1/products", state="withdrawn")] == ["1"]
    assert call.every("/v1/products", state="published") == []
    assert session.stored("products", goods.product(stamp=3)) == ["updated"]
    assert session.stored("products", goods.product(stamp=4, publish=False)) == ["withdrawn"]
    assert session.stored("products", goods.product(stamp=5, publish=False)) == ["updated"]


def test_keep_has_a_meaning_in_full_only(session, goods, is_refused):
    is_refused(session.one("products", {"op": "keep", "erp_id": "1"}), 422, "keep-needs-full", "/op")


def test_reading_what_changed_since(session, call, goods, is_problem):
    session.stored("products", goods.product("1"))
    call.clock(advance_s=10)
    session.stored("products", goods.product("2"))
    changed = call.every("/v1/products", updated_since="2026-11-25T12:00:05Z", limit=1)
    assert [one["erp_id"] for one in changed] == ["2"]
    is_problem(call.get("/v1/products/404"), 404, "product-unknown")
    is_problem(call.get("/v1/products?state=x"), 422, "validation-failed", ("/state", "not-allowed-value"))


@pytest.mark.parametrize(
    "changes, code, pointer",
    [
        ({"default_group_erp_id": None}, "default-group-missing", "/default_group_erp_id"),
        ({"default_group_erp_id": "404"}, "default-group-missing", "/default_group_erp_id"),
        ({"default_group_erp_id": "0"}, "default-group-is-root", "/default_group_erp_id"),
        ({"availability_status": None}, "availability-missing", "/availability_status"),
        ({"availability_status": "77"}, "availability-missing", "/availability_status"),
        ({"units": [{"symbol": "op.", "numerator": 0, "denominator": 1}]}, "unit-invalid", "/units/0"),
        ({"units": [{"symbol": "op.", "numerator": 6, "denominator": "-1"}]}, "unit-invalid", "/units/0"),
        ({"units": [{"symbol": "op.", "numerator": "x", "denominator": 1}]}, "unit-invalid", "/units/0"),
        ({"units": [{"symbol": "szt.", "numerator": 2, "denominator": 1}]}, "unit-invalid", "/units/0"),
        ({"units": [{"symbol": "op.", "numerator": 6, "denominator": 1}] * 2}, "unit-invalid", "/units/1/symbol"),
        ({"eans": [{"ean": "1", "unit": "paleta"}]}, "unit-invalid", "/eans/0/unit"),
        ({"eans": [{"ean": "1", "default": True}, {"ean": "2", "default": True}]}, "validation-failed", "/eans"),
        ({"attributes": [{"code": "NIEZNANY", "value": "x"}]}, "attribute-unknown", "/attributes/0/code"),
        ({"attributes": [{"code": "KOLOR"}]}, "validation-failed", "/attributes/0"),
        ({"attributes": [{"code": "KOLOR", "value": "x" * 101}]}, "validation-failed", "/attributes/0/value"),
        ({"attributes": [{"code": "KOLOR", "value": "x"}] * 201}, "payload-too-large", "/attributes"),
        ({"base_unit": {"symbol": "szt."}}, "validation-failed", "/base_unit/whole_only"),
        ({"texts": []}, "validation-failed", "/texts"),
        ({"texts": [{"lang": "en", "name": "P"}]}, "validation-failed", "/texts"),
        ({"texts": [*text(), {"lang": "fr", "name": "P"}]}, "validation-failed", "/texts/1/lang"),
        ({"vat": {"rate": "23", "kind": "taxed"}}, "validation-failed", "/vat/rate"),
        ({"vat": {"rate": "23.00", "kind": "zw"}}, "validation-failed", "/vat/kind"),
        ({"price_decimals": 3}, "validation-failed", "/price_decimals"),
        ({"flags": ["shiny"]}, "validation-failed", "/flags/0"),
        ({"code": "X" * 51}, "validation-failed", "/code"),
        ({"kind": "packaging"}, "validation-failed", "/kind"),
        ({"weight_kg": 1.5}, "validation-failed", "/weight_kg"),
        ({"weight_kg": "1.12345"}, "validation-failed", "/weight_kg"),
        ({"weight_kg": "1\n"}, "validation-failed", "/weight_kg"),
        ({"available_from": "1.12.2026"}, "validation-failed", "/available_from"),
        ({"erp_id": 1}, "validation-failed", "/erp_id"),
        ({"stamp": -1}, "validation-failed", "/stamp"),
        ({"stamp": "1"}, "validation-failed", "/stamp"),
    ],
)  # fmt: skip
def test_refused(session, call, goods, is_refused, changes, code, pointer):
    session.stored("attributes", goods.attribute())
    status = {"attribute-unknown": 409, "payload-too-large": 413}.get(code, 422)
    is_refused(session.one("products", goods.product(**changes)), status, code, pointer)
    assert call.state("products")["products"] == {}


@pytest.mark.parametrize("name, most", LONG.items())
def test_texts_have_lengths(session, goods, is_refused, name, most):
    assert session.stored("products", goods.product(texts=text(**{name: "x" * most}))) == ["created"]
    result = session.one("products", goods.product(stamp=2, texts=text(**{name: "x" * (most + 1)})))
    is_refused(result, 422, "validation-failed", f"/texts/0/{name}")


@pytest.mark.parametrize(
    "name", ["code", "texts", "vat", "base_unit", "price_decimals", "no_discount", "publish", "stamp"]
)
def test_what_is_required(session, goods, is_refused, name):
    item = goods.product()
    del item[name]
    is_refused(session.one("products", item), 422, "validation-failed", f"/{name}")


@pytest.mark.parametrize(
    "erp_id, code", [(1, "wrong-type"), ("", "too-short"), (" 1", "wrong-format"), (None, "wrong-type")]
)
def test_keys_that_are_none(session, goods, erp_id, code):
    result = session.one("products", goods.product(erp_id))
    assert [(error["pointer"], error["code"]) for error in result["problem"]["errors"]] == [("/erp_id", code)]


def test_several_faults_are_told_at_once(session, goods, is_refused):
    result = session.one("products", goods.product(default_group_erp_id="0", availability_status=None))
    is_refused(result, 422, "validation-failed", "/default_group_erp_id", "/availability_status")
    told = {(error["pointer"], error["code"]) for error in result["problem"]["errors"]}
    assert ("/default_group_erp_id", "default-group-is-root") in told


def test_what_is_not_published_needs_neither_group_nor_availability(session, goods):
    item = goods.product(publish=False, default_group_erp_id=None, availability_status=None)
    assert session.stored("products", item) == ["created"]


def test_a_code_is_taken_until_its_holder_has_another(session, goods, is_refused):
    """Section 5: a code is unique; withdrawn goods are hidden, not gone, and keep theirs."""
    session.stored("products", goods.product("1", code="A"))
    is_refused(session.one("products", goods.product("2", code="A")), 409, "product-code-duplicate", "/code")
    session.stored("products", {"op": "withdraw", "erp_id": "1", "stamp": 2})
    for publish in (True, False):
        taken = session.one("products", goods.product("2", code="A", publish=publish))
        is_refused(taken, 409, "product-code-duplicate", "/code")
    session.stored("products", goods.product("1", code="A~1", stamp=3, publish=False))
    assert session.stored("products", goods.product("2", code="A")) == ["created"]
    is_refused(session.one("products", goods.product("1", code="A", stamp=4)), 409, "product-code-duplicate")


def test_a_shop_may_free_the_codes_of_withdrawn_goods(session, call, goods, is_refused):
    call.settings(withdrawn_codes="free")
    session.stored("products", goods.product("1", code="A"))
    is_refused(session.one("products", goods.product("2", code="A")), 409, "product-code-duplicate", "/code")
    session.stored("products", {"op": "withdraw", "erp_id": "1", "stamp": 2})
    assert session.stored("products", goods.product("2", code="A")) == ["created"]
    assert session.stored("products", goods.product("1", code="A", stamp=3, publish=False)) == ["updated"]
    is_refused(session.one("products", goods.product("1", code="A", stamp=4)), 409, "product-code-duplicate")
    is_refused(session.one("products", goods.product("3", code="A")), 409, "product-code-duplicate")


def test_codes_are_exchanged_by_way_of_a_third(session, goods, is_refused):
    """Uniqueness holds at each item of a batch, not at its end."""
    session.stored("products", goods.product("1", code="A"), goods.product("2", code="B"))
    first, second = session.results(
        "products", goods.product("1", code="B", stamp=2), goods.product("2", code="A", stamp=2)
    )
    is_refused(first, 409, "product-code-duplicate", "/code")
    is_refused(second, 409, "product-code-duplicate", "/code")
    assert (
        session.stored(
            "products",
            goods.product("1", code="~", stamp=2),
            goods.product("2", code="A", stamp=2),
            goods.product("1", code="B", stamp=3),
        )
        == ["updated"] * 3
    )


def test_an_equal_stamp_withdraws_nothing(session, call, goods):
    """Section 0: whatever an item's op, an equal stamp is `unchanged` in a differential area."""
    session.stored("products", goods.product(stamp=5))
    assert session.stored("products", {"op": "withdraw", "erp_id": "1", "stamp": 5}) == ["unchanged"]
    assert session.stored("products", goods.product(stamp=5, publish=False)) == ["unchanged"]
    assert call.get("/v1/products/1").json()["state"] == "published"
    assert session.stored("products", {"op": "withdraw", "erp_id": "1", "stamp": 6}) == ["withdrawn"]
    assert session.stored("products", goods.product(stamp=6)) == ["unchanged"]
    assert call.get("/v1/products/1").json()["state"] == "withdrawn"


class TestAPriceFirst:
    """Section 5 and 15.2: from the shop a warning, by script the end of the products area."""

    def test_nought_is_no_price_where_the_shop_skips_it(self, session, call, goods, warned):
        session.stored("products", goods.product())
        for skips, stamp in ((True, 2), (False, 3)):
            call.settings(skip_zero_prices=skips)
            session.stored("prices", goods.price(value="0", stamp=stamp))
            found = warned(session.one("products", goods.product(stamp=stamp)))
            assert ("product-has-no-price" in found) is skips

    def test_asking_for_the_price_is_no_excuse(self, session, goods, warned):
        found = warned(session.one("products", goods.product(ask_for_price=True)))
        assert "product-has-no-price" in found

    def test_another_price_type_is_no_price(self, session, goods, warned):
        session.stored("price-types", goods.price_type("3", 3))
        session.stored("products", goods.product())
        session.stored("prices", goods.price(price_type="3"))
        assert "product-has-no-price" in warned(session.one("products", goods.product(stamp=2)))

    def test_the_end_of_the_area(self, session, call, goods, is_refused):
        session.stored("products", goods.product("1"))
        session.stored("prices", goods.price("1"))
        call.faults({"kind": "no_price_ends_area"})
        hidden = goods.product("2", publish=False)
        results = session.results(
            "products", goods.product("1", stamp=2), hidden, goods.product("3"), goods.product("4")
        )
        assert [result["status"] for result in results] == [200, 200, 422, 422]
        is_refused(results[2], 422, "product-has-no-price")
        is_refused(session.one("products", goods.product("1", stamp=3)), 422, "product-has-no-price")
        is_refused(session.one("products", {"op": "withdraw", "erp_id": "1", "stamp": 3}), 422, "product-has-no-price")
        assert set(call.state("products")["products"]) == {"1", "2"}
        assert session.stored("stocks", goods.stock("1")) == ["created"]  # only this area is over
        session.ask("abort")
        assert call.session("products").stored("products", goods.product("3")) == ["created"]

    def test_what_the_end_of_the_area_left_out_was_seen(self, session, call, goods):
        session.stored("products", goods.product("1"), goods.product("2"))
        session.ask("abort")
        call.faults({"kind": "no_price_ends_area"})
        full = call.session("products", full=("products",))
        full.results("products", goods.product("1", stamp=2), goods.product("2", stamp=2))
        assert full.commit(("products", 2)).status_code == 200
        assert {one["state"] for one in call.state("products")["products"].values()} == {"published"}


def test_html_is_cleaned(session, call, goods):
    dirty = '<p onclick="x()">Opis <script>alert(1)</script><b>gruby</b></p><a href="javascript:x">z</a>'
    session.stored("products", goods.product(texts=text(description_html=dirty, name_html="<i>T</i><iframe></iframe>")))
    kept = call.get("/v1/products/1").json()["texts"][0]
    assert kept["description_html"].startswith("<p>Opis <b>gruby</b></p><a")
    assert kept["name_html"] == "<i>T</i>"
    assert not any(bad in kept["description_html"] for bad in ("script", "onclick"))
    page = call.get("/towar/1").text
    assert "<b>gruby</b>" in page
    assert "alert(1)" not in page


def test_warnings(session, goods, warned):
    result = session.one("products", goods.product(substitutes=[{"erp_id": "2", "position": 1}]))
    assert warned(result) == {"substitute-unknown", "product-has-no-price", "product-has-no-image"}
    told = {warning["pointer"]: warning["detail"] for warning in result["warnings"]}
    assert told["/substitutes/0/erp_id"].startswith("The substitute sleeps")
    sha256 = session.upload(b"picture").json()["sha256"]
    session.stored("products", goods.product("2"))
    session.stored("prices", goods.price())
    session.stored("file-links", goods.links("1", sha256))
    assert warned(session.one("products", goods.product(substitutes=[{"erp_id": "2"}], stamp=2))) == set()


class TestVariants:
    @pytest.fixture(autouse=True)
    def attributes(self, session, goods):
        session.stored("attributes", goods.attribute(), goods.attribute("2", "ROZMIAR"))

    def parent(self, goods, erp_id="1", **more):
        return goods.product(erp_id, variant_attributes=["KOLOR"], **more)

    def test_children_may_come_before_their_parent(self, session, call, goods):
        child = self.parent(goods, "2", variant_of_erp_id="1")
        assert session.stored("products", child, self.parent(goods)) == ["created"] * 2
        assert call.get("/v1/products/2").json()["variant_of_erp_id"] == "1"

    @pytest.mark.parametrize(
        "parent, child, pointer",
        [
            ({"publish": False}, {}, "/variant_of_erp_id"),
            ({}, {"variant_of_erp_id": "404"}, "/variant_of_erp_id"),
            ({}, {"variant_attributes": ["ROZMIAR"]}, "/variant_attributes"),
            ({}, {"variant_attributes": ["KOLOR", "ROZMIAR"]}, "/variant_attributes"),
            ({}, {"variant_attributes": []}, "/variant_attributes"),
        ],
    )
    def test_parents_that_are_none(self, session, goods, is_refused, parent, child, pointer):
        session.stored("products", self.parent(goods, **parent))
        result = session.one("products", {**self.parent(goods, "2", variant_of_erp_id="1"), **child})
        is_refused(result, 422, "variant-parent-invalid", pointer)

    def test_no_chains_and_no_rings(self, session, goods, is_refused):
        session.stored("products", self.parent(goods), self.parent(goods, "2", variant_of_erp_id="1"))
        is_refused(
            session.one("products", self.parent(goods, "3", variant_of_erp_id="2")), 422, "variant-parent-invalid"
        )
        session.stored("products", self.parent(goods, "4"))
        moved = self.parent(goods, "1", variant_of_erp_id="4", stamp=2)
        is_refused(session.one("products", moved), 422, "variant-parent-invalid", "/variant_of_erp_id")
        for result in session.results(
            "products", self.parent(goods, "8", variant_of_erp_id="9"), self.parent(goods, "9", variant_of_erp_id="8")
        ):
            is_refused(result, 422, "variant-parent-invalid", "/variant_of_erp_id")

    def test_variant_attributes_are_known_ones(self, session, goods, is_refused):
        result = session.one("products", goods.product(variant_attributes=["WZOR"]))
        is_refused(result, 409, "attribute-unknown", "/variant_attributes/0")


@pytest.mark.parametrize(
    "changes, settings, reason",
    [
        ({}, {}, None),
        ({"ask_for_price": True}, {}, "ask-for-price"),
        ({"publish": False}, {}, "not-published"),
        ({}, {"skip_zero_prices": True, "value": "0.00"}, "zero-price"),
        ({}, {"skip_zero_prices": False, "value": "0"}, None),
        ({}, {"currency": "EUR"}, "other-currency"),
    ],
)
def test_what_can_be_sold(session, call, goods, changes, settings, reason):
    value, skip = settings.get("value", "1.00"), settings.get("skip_zero_prices", True)
    call.settings(skip_zero_prices=skip)
    session.stored("products", goods.product(**changes))
    session.stored("prices", goods.price(value=value, currency=settings.get("currency", "PLN")))
    quoted = call.quote(product_erp_id="1", currency="PLN")
    assert (quoted["sellable"], quoted["reasons"]) == (reason is None, [reason] if reason else [])


def test_what_can_be_bought(session, call, goods):
    session.stored(
        "products", goods.product("1"), goods.product("2", ignore_stock=True), goods.product("3", kind="service")
    )
    session.stored("prices", *(goods.price(key) for key in "123"))
    buyable = {key: call.quote(product_erp_id=key)["buyable"] for key in "123"}
    assert buyable == {"1": False, "2": True, "3": True}
    session.stored("stocks", goods.stock(quantity="0.5"))
    assert call.quote(product_erp_id="1")["buyable"] is True
