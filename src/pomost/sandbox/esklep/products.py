"""Products: what the shop sells, or would if it were published (section 5)."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Annotated, Any, Literal

import msgspec
import nh3
from fastapi import APIRouter, Depends, Query, Request, Response

from pomost.sandbox.esklep.batch import NO_PRICE, Resource
from pomost.sandbox.esklep.call import Called
from pomost.sandbox.esklep.case import Case
from pomost.sandbox.esklep.groups import below_root, parents_first
from pomost.sandbox.esklep.listing import shown, state_of
from pomost.sandbox.esklep.records import Kept, Product, ProductText
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.esklep.units import check_units
from pomost.sandbox.http.call import answer, plain
from pomost.sandbox.http.paging import ListQuery, page


def _check(case: Case, item: Product, _stored: Kept[Product] | None) -> Product:
    case.languages([text.lang for text in item.texts], "/texts")
    case.unique([vat.country for vat in item.vat_by_country], "/vat_by_country/{}/country")
    case.unique(list(item.flags), "/flags/{}")
    case.unique(list(item.group_erp_ids), "/group_erp_ids/{}")
    if len(item.attributes) > case.shop.settings.limits.attributes_per_product:
        case.flaw("/attributes", "payload-too-large")
    check_units(case, item)
    _check_code(case, item)
    if item.publish:
        _check_published(case, item)
    _check_variant(case, item)
    case.attributes(item.attributes, "product")
    for index, substitute in enumerate(item.substitutes):
        if substitute.erp_id not in case.shop.products:
            case.warn(f"/substitutes/{index}/erp_id", "substitute-unknown")
    return msgspec.structs.replace(item, texts=tuple(_cleaned(text) for text in item.texts))


def _check_code(case: Case, item: Product) -> None:
    """Whoever has a code keeps it, also withdrawn, for old orders still show it; unless the shop says otherwise."""
    shop = case.shop
    holder = shop.product_codes.get(item.code)
    if holder in {None, item.erp_id}:
        return
    on_show = item.publish and shop.products.records[holder].live
    if on_show or shop.settings.withdrawn_codes == "taken":
        case.flaw("/code", "product-code-duplicate")


def _check_published(case: Case, item: Product) -> None:
    shop = case.shop
    group = item.default_group_erp_id
    if group == shop.settings.root_group_erp_id:
        case.flaw("/default_group_erp_id", "default-group-is-root")
    elif group is None or not below_root(shop, group):
        case.flaw("/default_group_erp_id", "default-group-missing")
    if shop.entry("availability-statuses", item.availability_status) is None:
        case.flaw("/availability_status", "availability-missing")
    if not _has_price(shop, item.erp_id):
        case.warn("", NO_PRICE)
    links = shop.links.get(f"product:{item.erp_id}")
    if links is None or not any(link.role == "image" for link in links.item.files):
        case.warn("", "product-has-no-image")


def _has_price(shop: Shop, erp_id: str) -> bool:
    """A price in the shop's default type; nought is one, unless the shop skips zero prices."""
    price = shop.prices_of.get(erp_id, {}).get(shop.settings.default_price_type_erp_id)
    return price is not None and price.live and bool(not shop.settings.skip_zero_prices or Decimal(price.item.value))


def _check_variant(case: Case, item: Product) -> None:
    shop, pointer = case.shop, "/variant_of_erp_id"
    for index, code in enumerate(item.variant_attributes):
        case.attribute(code, "product", f"/variant_attributes/{index}")
    case.unique(list(item.variant_attributes), "/variant_attributes/{}")
    if item.variant_of_erp_id is None:
        return
    parent = shop.products.get(item.variant_of_erp_id)
    if (
        parent is None
        or not parent.live
        or parent.key == item.erp_id
        or parent.item.variant_of_erp_id is not None
        or shop.variants.get(item.erp_id)
    ):
        case.flaw(pointer, "variant-parent-invalid")
    elif not item.variant_attributes or set(parent.item.variant_attributes) != set(item.variant_attributes):
        case.flaw("/variant_attributes", "variant-parent-invalid")


def _cleaned(text: ProductText) -> ProductText:
    """HTML comes from outside: what could run in a shopper's browser is taken out."""
    if not any(text_html and "<" in text_html for text_html in (text.name_html, text.description_html)):
        return text
    return msgspec.structs.replace(
        text,
        name_html=text.name_html and nh3.clean(text.name_html),
        description_html=text.description_html and nh3.clean(text.description_html),
    )


def _note(shop: Shop, old: Kept[Product] | None, new: Kept[Product]) -> None:
    if old is not None:
        if shop.product_codes.get(old.item.code) == old.key:
            del shop.product_codes[old.item.code]
        if old.item.variant_of_erp_id is not None:
            shop.variants[old.item.variant_of_erp_id].discard(old.key)
    holder = shop.products.get(shop.product_codes.get(new.item.code, new.key))
    if new.live or holder is None or not holder.live:  # a hidden one never takes a code from one on show
        shop.product_codes[new.item.code] = new.key
    if new.item.variant_of_erp_id is not None:
        shop.variants[new.item.variant_of_erp_id].add(new.key)
    shop.catalogue_stamp += 1


def _parents_first(items: list[Any]) -> Iterable[int]:
    """A variant may come before its parent in one batch; a ring of variants has no parent at all."""
    return parents_first(items, Product, lambda product: product.variant_of_erp_id, _RING)


_RING = ("/variant_of_erp_id", "variant-parent-invalid")

PRODUCTS = Resource(
    name="products",
    kind=Product,
    keys=("erp_id",),
    prefix="pr",
    area="products",
    shelf=lambda shop: shop.products,
    check=_check,
    note=_note,
    alive=lambda item: item.publish,
    taken_off=lambda item: msgspec.structs.replace(item, publish=False),
    order=_parents_first,
    most=lambda limits: limits.max_products,
)

router = APIRouter(tags=["products"])


class ProductQuery(ListQuery):
    state: Literal["published", "withdrawn"] | None = None


@router.get("/v1/products")
async def list_products(call: Called, request: Request, query: Annotated[ProductQuery, Query()]) -> Response:
    def keep(filters: dict[str, Any]) -> Callable[[Kept[Product]], bool] | None:
        wanted = filters.get("state")
        return None if wanted is None else lambda kept: state_of(kept) == wanted

    return page(call, request, query, call.shop.products, keep=keep, show=shown)


@router.get("/v1/products/{erp_id}", dependencies=[Depends(plain)])
async def read_product(call: Called, erp_id: str) -> Response:
    return answer(shown(call.shop.product(erp_id)))


@router.post("/v1/products:batch", dependencies=[Depends(plain)])
async def batch_products(call: Called, request: Request) -> Response:
    return await PRODUCTS.run(call, request)
