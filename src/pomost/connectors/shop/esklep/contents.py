"""Contents of entries as the items of batches spell them (contract, sections 3-8, 10 and 11)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from pomost.model.account import CustomerEntry
from pomost.model.assortment import (
    AttributeEntry,
    AttributeValue,
    GroupEntry,
    Maker,
    PriceTypeEntry,
    ProductEntry,
    Vat,
    WarehouseEntry,
    Wording,
)
from pomost.model.trade import DiscountEntry, FilesEntry, PromotionEntry, Reduction

Item = Mapping[str, Any]
_FIXED = 11


def content_item(key: str, content: object) -> dict[str, Any]:  # noqa: PLR0911  (one return per kind of entry)
    match content:
        case PriceTypeEntry():
            return {
                "erp_id": key,
                "position": content.position,
                "name": content.name,
                "basis": content.basis,
                "currency": content.currency,
                "active": content.active,
            }
        case WarehouseEntry():
            return {"erp_id": key, "symbol": content.symbol, "name": content.name, "default": content.default}
        case AttributeEntry():
            return full(
                {
                    "erp_id": key,
                    "code": content.code,
                    "name": content.name,
                    "subject": content.subject,
                    "format": content.format,
                    "values": content.values,
                    "position": content.position,
                }
            )
        case GroupEntry():
            return full(
                {
                    "erp_id": key,
                    "parent_erp_id": _key(content.parent),
                    "code": content.code,
                    "position": content.position,
                    "texts": [_text(one, product=False) for one in content.texts],
                    "attributes": [_attribute(one) for one in content.attributes],
                }
            )
        case ProductEntry():
            return _product(key, content)
        case DiscountEntry():
            return _discount(key, content)
        case PromotionEntry():
            return _promotion(key, content)
        case FilesEntry():
            return _files(key, content)
        case CustomerEntry():
            return _customer(key, content)
        case _:
            raise AssertionError(content)


def _product(key: str, one: ProductEntry) -> dict[str, Any]:
    cost = one.delivery_cost
    return {
        "complex": one.complex,
        "no_discount": one.no_discount,
        "ask_for_price": one.ask_for_price,
        "ignore_stock": one.ignore_stock,
    } | full(
        {
            "erp_id": key,
            "code": one.code,
            "kind": "service" if one.service else "goods",
            "publish": True,
            "texts": [_text(text, product=True) for text in one.texts],
            "catalogue_number": one.catalogue_number,
            "producer_code": one.producer_code,
            "pkwiu": one.pkwiu,
            "producer": _maker(one.producer),
            "brand": _maker(one.brand),
            "eans": [full({"ean": ean.ean, "unit": ean.unit, "default": ean.default}) for ean in one.eans],
            "vat": _vat(one.vat),
            "vat_by_country": [{"country": vat.country, **_vat(vat)} for vat in one.vat_abroad],
            "base_unit": {"symbol": one.base_unit, "whole_only": one.whole_units_only},
            "units": [
                full(
                    {
                        "symbol": unit.symbol,
                        "numerator": number(unit.numerator),
                        "denominator": number(unit.denominator),
                        "default": unit.default,
                        "position": unit.position,
                    }
                )
                for unit in one.units
            ],
            "min_quantity": number(one.min_quantity),
            "weight_kg": number(one.weight_kg),
            "price_decimals": one.price_places,
            "default_group_erp_id": _key(one.default_group),
            "group_erp_ids": [str(group) for group in one.groups],
            "availability_status": one.availability,
            "available_from": one.available_from and one.available_from.isoformat(),
            "shop_status": one.shop_status,
            "flags": one.flags,
            "reward": one.reward,
            "own_delivery_cost": cost and full({"mode": cost.mode, "value": number(cost.value)}),
            "split_payment": one.split_payment,
            "variant_of_erp_id": _key(one.variant_of),
            "variant_attributes": one.variant_attributes,
            "substitutes": [
                {"erp_id": str(other), "position": place} for place, other in enumerate(one.substitutes, 1)
            ],
            "attributes": [_attribute(value) for value in one.attributes],
        }
    )


def _discount(key: str, one: DiscountEntry) -> dict[str, Any]:
    fixed = one.type >= _FIXED
    return {"valid_from": _day(one.valid_from), "valid_to": _day(one.valid_to)} | full(
        {
            "erp_id": key,
            "erp_type": one.type,
            "kind": "fixed_price" if fixed else "percent",
            "who": full({"kind": one.who, "erp_id": _key(one.who_key)}),
            "what": full({"kind": one.what, "erp_id": _key(one.what_key)}),
            "percent": number(one.percent),
            "shop_percent": number(one.shop_percent),
            "price": number(one.price),
            "basis": one.basis,
            "currency": one.currency,
        }
    )


def _promotion(key: str, one: PromotionEntry) -> dict[str, Any]:
    return full(
        {
            "erp_id": key,
            "code": one.code,
            "name": one.name,
            "main_product_erp_id": str(one.main_product),
            "main_discount": _reduction(one.reduction),
            "valid_from": _day(one.valid_from),
            "valid_to": _day(one.valid_to),
            "hours_from": one.hours_from,
            "hours_to": one.hours_to,
            "components": [
                {
                    "product_erp_id": str(part.product),
                    "quantity": number(part.quantity),
                    "unit": part.unit,
                    "discount": _reduction(part.reduction),
                }
                for part in one.parts
            ],
            "publish": True,
        }
    )


def _files(key: str, one: FilesEntry) -> dict[str, Any]:
    links = [
        full(
            {
                "sha256": link.sha256,
                "role": link.role,
                "position": link.position,
                "main": link.main,
                "lang": link.language,
                "alt": link.alt,
                "title": link.title,
                "link": link.link,
                "file_name": link.file_name,
            }
        )
        for link in one.links
    ]
    return {"owner": {"kind": "product", "erp_id": key}, "files": links}


def _customer(key: str, one: CustomerEntry) -> dict[str, Any]:
    home = one.address
    return {"company": one.company, "blocked": one.blocked} | full(
        {
            "erp_id": key,
            "code": one.code,
            "names": [name for name in one.names if name][:3],
            "nip": one.nip,
            "nip_country": one.nip_country,
            "address": home
            and full(
                {
                    "street": home.street,
                    "house": home.house_number,
                    "flat": home.flat_number,
                    "postal_code": home.postal_code,
                    "city": home.city,
                    "country": home.country,
                }
            ),
            "phone": one.phone,
            "email": one.email,
            "group_erp_id": _key(one.group),
            "group_name": one.group_name,
            "price_type_erp_id": _key(one.price_type),
            "discount_percent": number(one.discount),
            "payment_form_id": one.payment_form,
            "payment_days": one.payment_days,
            "credit_limit": number(one.credit_limit),
            "logins": [
                {"active": login.active, "default": login.default}
                | full({"email": login.email, "name": login.name, "phone": login.phone})
                for login in one.logins
            ],
            "consents": [
                {"given": each.given}
                | full({"code": each.code, "text_version": each.version, "at": each.at and moment(each.at)})
                for each in one.consents
            ],
            "attributes": [_attribute(value) for value in one.attributes],
            "merged_into_erp_id": _key(one.merged_into),
        }
    )


def _text(one: Wording, *, product: bool) -> Item:
    shared = {
        "lang": one.language,
        "name": one.name,
        "meta_title": one.meta_title,
        "meta_keywords": one.meta_keywords,
        "meta_description": one.meta_description,
        "slug": one.slug,
    }
    if not product:
        return full({**shared, "description": one.description})
    own = {"short_description": one.short, "description_html": one.description, "search_words": one.search_words}
    return full({**shared, "name_html": one.name_html, **own})


def _attribute(one: AttributeValue) -> Item:
    return full({"code": one.code, "lang": one.language, "value": one.value, "position": one.position})


def _reduction(one: Reduction) -> Item:
    return full({"kind": one.kind, "value": number(one.value), "currency": one.currency})


def _vat(one: Vat) -> dict[str, Any]:
    return {"rate": f"{one.rate:.2f}", "kind": one.kind}


def _maker(one: Maker | None) -> Item | None:
    return None if one is None else {"erp_id": str(one.key), "name": one.name}


def _key(key: int | None) -> str | None:
    return str(key) if key else None


def _day(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())


def full(item: Item) -> dict[str, Any]:
    """An item without what is empty: an absent field is empty at the shop too."""
    return {name: value for name, value in item.items() if value is not None and value not in ("", (), [], False)}


def number(value: Decimal | None) -> str | None:
    """A decimal as text, never with an exponent, without idle noughts."""
    if value is None:
        return None
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") or "0" if "." in text else text


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
