"""What of an entry the shop can be told: checks before sending, each refusal with its reason (contract 3-11)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from pomost.model.account import CustomerEntry
from pomost.model.assortment import (
    AttributeEntry,
    AttributeFormat,
    AttributeSubject,
    AttributeValue,
    GroupEntry,
    PriceTypeEntry,
    ProductEntry,
    WarehouseEntry,
    Wording,
)
from pomost.model.entry import Content, Reading
from pomost.model.reason import Finding, Reason
from pomost.model.text import tidy
from pomost.model.trade import (
    TOTAL,
    DiscountEntry,
    FileLink,
    FilesEntry,
    PriceLine,
    PricesEntry,
    PromotionEntry,
    StockLine,
    StocksEntry,
    What,
    Who,
)
from pomost.ports.entries import EntryTerrain
from pomost.rules.grouping import Tree

SHAPES = {
    13: (Who.CUSTOMER, What.PRODUCT),
    12: (Who.CUSTOMER_GROUP, What.PRODUCT),
    11: (Who.ALL, What.PRODUCT),
    6: (Who.CUSTOMER, What.PRODUCT),
    5: (Who.CUSTOMER, What.GROUP),
    2: (Who.CUSTOMER, What.ALL_PRODUCTS),
    4: (Who.CUSTOMER_GROUP, What.PRODUCT),
    3: (Who.CUSTOMER_GROUP, What.GROUP),
    1: (Who.CUSTOMER_GROUP, What.ALL_PRODUCTS),
    8: (Who.ALL, What.PRODUCT),
    7: (Who.ALL, What.GROUP),
}
"""Types of discounts: whom and what each is about (contract 7.1; `Rab_Typ`). From 11 on the price is fixed."""
FIXED = 11
Offered = Mapping[int, frozenset[str]]
"""Products that are, or will be, in the shop, each with the codes of attributes that tell its variants apart."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an entry is held against: the shop, and what else of ours is in it.

    `groups`: None where nobody looked. `names`: of groups by key, as far as anybody asked. `attributes`: subject and
    code of those the shop is told of. `erp_root`: the group the ERP hangs this shop's tree on, None where nobody looked
    or there is none.
    """

    shop: EntryTerrain
    groups: Tree | None = None
    names: Mapping[int, str] = field(default_factory=dict)
    price_types: frozenset[int] = frozenset()
    attributes: frozenset[tuple[AttributeSubject, str]] = frozenset()
    erp_root: int | None = None

    @property
    def other_root(self) -> tuple[Finding, ...]:
        """What is wrong where the ERP's root group is not the shop's: no group can be hung where both mean it."""
        if self.erp_root in {None, self.shop.root}:
            return ()
        return (Finding.of(Reason.ROOT_GROUP_DIFFERS, shop=self.shop.root, erp=self.erp_root),)

    def has_group(self, key: int) -> bool:
        """Whether a group hangs soundly below the shop's root."""
        return self.groups is not None and key in self.groups.levels

    def group_name(self, key: int) -> str:
        return self.names.get(key) or f"#{key}"


def root_of(groups: Iterable[Reading]) -> int | None:
    """The one of a shop's groups that hangs on none."""
    keys = (one.key for one in groups if isinstance(one.content, GroupEntry) and one.content.parent is None)
    return next(keys, None)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the shop is to hold of an entry; None: nothing can be sent, and what the shop holds stays."""

    content: Content | None
    findings: tuple[Finding, ...] = ()


def rule(  # noqa: C901  (one branch per kind of entry)
    reading: Reading, around: Surroundings, offered: Offered
) -> Ruling:
    """Decide about one meant entry. `offered`: of the products it names."""
    content = reading.content
    told = list(reading.findings)
    if content is None:
        return Ruling(None, tuple(told) or (Finding.of(Reason.ENTRY_UNREADABLE),))
    match content:
        case GroupEntry():
            found = _group(reading.key, content, around, told)
        case ProductEntry():
            found = _product(content, around, offered, told)
        case PricesEntry():
            found = _prices(content, around, told)
        case DiscountEntry():
            found = _discount(content, around, told)
        case PromotionEntry():
            found = _promotion(content, offered, told)
        case StocksEntry():
            found = _stocks(content, around)
        case FilesEntry():
            found = _files(content, around, told)
        case CustomerEntry():
            found = _customer(content, around, told)
        case AttributeEntry():
            found = _attribute(content, told)
        case PriceTypeEntry() | WarehouseEntry():
            found = content
    return Ruling(found, tuple(told))


def with_prices(product: Ruling, prices: Ruling) -> Ruling:
    """What is decided of a product beside its prices: one without a price in the default type is held back.

    The shop would show it half, and a real one may end the whole exchange for it (contract, section 5).
    """
    return product if prices.content is not None else Ruling(None, (*prices.findings, *product.findings))


def products_named(content: Content | None) -> set[int]:
    """Products an entry cannot do without, besides the one it may be keyed by."""
    match content:
        case ProductEntry(variant_of=int(parent)):
            return {parent}
        case PromotionEntry(main_product=main, parts=parts):
            return {main, *(part.product for part in parts)}
        case _:
            return set()


def group_named(content: Content | None) -> int | None:
    """The group an entry is refused for where the shop does not have it."""
    match content:
        case ProductEntry(default_group=group):
            return group or None
        case DiscountEntry(what=What.GROUP, what_key=key):
            return key
        case _:
            return None


_Told = list[Finding]


def _attribute(one: AttributeEntry, told: _Told) -> Content | None:
    if one.format is AttributeFormat.UNKNOWN:
        told.append(Finding.of(Reason.ATTRIBUTE_FORMAT, attribute=one.code))
        return None
    return one


def _group(key: int, group: GroupEntry, around: Surroundings, told: _Told) -> Content | None:
    texts = _texts(group.texts, around)
    if not texts:
        told.append(Finding.of(Reason.GROUP_UNNAMED, language=around.shop.default_language))
        return None
    root = key == around.shop.root
    if not root and around.groups is not None and not around.has_group(key):
        facts = {"group": around.group_name(key), "path": around.group_name(key)}
        told.append(around.groups.astray.get(key, Finding.of(Reason.GROUP_OUT_OF_TREE, **facts)))
        return None
    attributes = _attributes(group.attributes, AttributeSubject.PRODUCT, around, told)
    return replace(group, parent=None if root else group.parent, texts=texts, attributes=attributes)


def _product(product: ProductEntry, around: Surroundings, offered: Offered, told: _Told) -> Content | None:
    known = {code for subject, code in around.attributes if subject is AttributeSubject.PRODUCT}
    apart = tuple(code for code in product.variant_attributes if code in known)
    refusals = [
        *([] if tidy(product.base_unit) else [Finding.of(Reason.UNIT_BASE_MISSING)]),
        *_place(product, around),
        *([] if product.availability in around.shop.availability else [_availability(product)]),
    ]
    texts = _texts(product.texts, around)
    if not texts:
        refusals.append(Finding.of(Reason.PRODUCT_UNNAMED, language=around.shop.default_language))
    if product.variant_of is not None:
        refusals += _variant(product.variant_of, apart, offered)
    if refusals:
        told[:0] = refusals
        return None
    sound = tuple(unit for unit in product.units if unit.numerator > 0 and unit.denominator > 0)
    told += [Finding.of(Reason.PACK_UNIT_UNUSABLE, unit=one.symbol) for one in product.units if one not in sound]
    symbols = {"", product.base_unit, *(unit.symbol for unit in sound)}
    return replace(
        product,
        texts=texts,
        units=sound,
        eans=tuple(ean if ean.unit in symbols else replace(ean, unit="") for ean in product.eans),
        groups=tuple(dict.fromkeys(key for key in product.groups if around.has_group(key))),
        variant_attributes=apart,
        attributes=_attributes(product.attributes, AttributeSubject.PRODUCT, around, told),
    )


def _place(product: ProductEntry, around: Surroundings) -> list[Finding]:
    group = product.default_group
    if not group:
        return [Finding.of(Reason.DEFAULT_GROUP_MISSING)]
    if group == around.shop.root:
        return [Finding.of(Reason.DEFAULT_GROUP_IS_ROOT)]
    if not around.has_group(group):
        return [Finding.of(Reason.DEFAULT_GROUP_OUTSIDE, group=around.group_name(group))]
    return []


def _variant(parent: int, apart: tuple[str, ...], offered: Offered) -> list[Finding]:
    """A variant is told apart by the same attributes as the others of its product, and by one at least."""
    if parent not in offered:
        return [Finding.of(Reason.VARIANT_PARENT_MISSING, parent=parent)]
    if not apart:
        return [Finding.of(Reason.VARIANT_WITHOUT_ATTRIBUTES)]
    if offered[parent] != set(apart):
        theirs = ", ".join(sorted(offered[parent])) or "-"
        return [Finding.of(Reason.VARIANT_ATTRIBUTES_DIFFER, own=", ".join(sorted(apart)), theirs=theirs)]
    return []


def _availability(product: ProductEntry) -> Finding:
    if not product.availability:
        return Finding.of(Reason.AVAILABILITY_MISSING)
    return Finding.of(Reason.AVAILABILITY_UNKNOWN, status=product.availability)


def _texts(texts: tuple[Wording, ...], around: Surroundings) -> tuple[Wording, ...]:
    """Texts in the shop's languages that have a name; none at all where its default language has none."""
    sound = {text.language: text for text in texts if text.language in around.shop.languages and tidy(text.name)}
    return tuple(sound.values()) if around.shop.default_language in sound else ()


def _attributes(
    values: tuple[AttributeValue, ...], subject: AttributeSubject, around: Surroundings, told: _Told
) -> tuple[AttributeValue, ...]:
    shop = around.shop
    sound = [
        one
        for one in values
        if (subject, one.code) in around.attributes
        and one.value
        and one.file is None
        and (one.language is None or one.language in shop.languages)
    ][: shop.attributes_per_product]
    odd = sorted({one.code for one in values if (subject, one.code) not in around.attributes or one.file is not None})
    told += [Finding.of(Reason.ATTRIBUTE_LEFT_OUT, attribute=code) for code in odd]
    return tuple(sound)


def _prices(prices: PricesEntry, around: Surroundings, told: _Told) -> Content | None:
    """All prices the shop can take; nothing where the one in its default price type is not among them."""
    shop = around.shop
    sound = tuple(
        line if "points" in shop.able else replace(line, points=0)
        for line in prices.lines
        if line.price_type in around.price_types and line.currency in shop.currencies and line.value >= 0
    )
    kept = {line.price_type for line in sound}
    left_out = [_left_out(line) for line in prices.lines if line.price_type not in kept]
    if shop.price_type not in kept:
        # Said first: the reason nothing of the product can be sold; a price below nought is called by its name.
        odd = next((line for line in prices.lines if line.price_type == shop.price_type and line.value < 0), None)
        why = [] if odd is None else [_left_out(odd)]
        why.append(Finding.of(Reason.PRODUCT_HAS_NO_PRICE, price_type=shop.price_type))
        told[:0] = why
        told += [found for found in left_out if found not in why]
        return None
    told += left_out
    if not all(line.value for line in sound if line.price_type == shop.price_type):
        told.append(Finding.of(Reason.PRICE_ZERO, price_type=shop.price_type))
    return PricesEntry(sound)


def _left_out(line: PriceLine) -> Finding:
    if line.value < 0:
        return Finding.of(Reason.PRICE_NEGATIVE, level=line.price_type, price=line.value)
    return Finding.of(Reason.PRICE_LINE_LEFT_OUT, price_type=line.price_type, currency=line.currency)


def _discount(one: DiscountEntry, around: Surroundings, told: _Told) -> Content | None:
    fixed = one.type >= FIXED
    wrong = {
        "type": SHAPES.get(one.type) != (one.who, one.what),
        "dates": _reversed(one.valid_from, one.valid_to),
        "percent": not fixed and (one.percent is None or not -100 < one.percent <= 100),  # noqa: PLR2004
        "price": fixed and (one.price is None or one.price < 0 or one.basis is None),
        "currency": fixed and one.currency not in around.shop.currencies,
    }
    told += [Finding.of(Reason.DISCOUNT_UNUSABLE, what=name) for name, odd in wrong.items() if odd]
    if any(wrong.values()):
        return None
    if one.what is What.GROUP and not around.has_group(one.what_key) and one.what_key != around.shop.root:
        told.append(Finding.of(Reason.DISCOUNT_GROUP_GONE, group=around.group_name(one.what_key)))
        return None
    if fixed:
        return replace(one, percent=None, shop_percent=None)
    return replace(one, price=None, basis=None, currency="")


def _reversed(first: date | None, last: date | None) -> bool:
    return first is not None and last is not None and first > last


def _promotion(one: PromotionEntry, offered: Offered, told: _Told) -> Content | None:
    parts = tuple(part for part in one.parts if part.quantity > 0)
    if not parts:
        told.append(Finding.of(Reason.PROMOTION_EMPTY))
        return None
    if _reversed(one.valid_from, one.valid_to):
        told.append(Finding.of(Reason.PROMOTION_DATES))
        return None
    missing = sorted(products_named(one) - set(offered))
    told += [Finding.of(Reason.PROMOTION_PART_UNPUBLISHED, product=key) for key in missing]
    return replace(one, parts=parts)


def _stocks(stocks: StocksEntry, around: Surroundings) -> Content:
    lines = stocks.lines
    if around.shop.total_stock and lines:
        # Summed before it is floored: a warehouse that owes goods takes them from the others.
        lines = (StockLine(TOTAL, sum((line.quantity for line in lines), start=lines[0].quantity * 0), lines[0].basis),)
    return StocksEntry(tuple(replace(line, quantity=max(line.quantity, line.quantity * 0)) for line in lines))


def _files(files: FilesEntry, around: Surroundings, told: _Told) -> Content:
    shop = around.shop
    sound: list[FileLink] = []
    for link in files.links:
        facts = {"file": link.file_name or link.file}
        if shop.file_types and link.media_type not in shop.file_types:
            told.append(Finding.of(Reason.FILE_TYPE, **facts))
        elif shop.file_bytes and link.size > shop.file_bytes:
            told.append(Finding.of(Reason.FILE_TOO_LARGE, **facts, size=link.size, most=shop.file_bytes))
        elif len(sound) == shop.files_per_owner:
            told.append(Finding.of(Reason.FILES_TOO_MANY, **facts, most=shop.files_per_owner))
        elif link.language is None or link.language in shop.languages:
            sound.append(link)
    return FilesEntry(_one_main(tuple(sound)))


def _one_main(links: tuple[FileLink, ...]) -> tuple[FileLink, ...]:
    """At most one main picture a language, and each position once: the list's own order decides."""
    seen: set[str | None] = set()
    found: list[FileLink] = []
    for place, link in enumerate(links, 1):
        main = link.main and link.role == "image" and link.language not in seen
        if main:
            seen.add(link.language)
        found.append(replace(link, main=main, position=place))
    return tuple(found)


def _customer(one: CustomerEntry, around: Surroundings, told: _Told) -> Content:
    shop = around.shop
    if one.company and not one.nip:
        told.append(Finding.of(Reason.COMPANY_WITHOUT_NUMBER))
        one = replace(one, company=False)
    if one.price_type is not None and one.price_type not in around.price_types:
        told.append(Finding.of(Reason.CUSTOMER_PRICE_TYPE, price_type=one.price_type))
        one = replace(one, price_type=None)
    form = one.payment_form if one.payment_form in shop.payment_forms else ""
    logins = tuple({login.email.casefold(): login for login in one.logins if "@" in login.email}.values())
    attributes = _attributes(one.attributes, AttributeSubject.CUSTOMER, around, told)
    return replace(one, payment_form=form, logins=logins, attributes=attributes)
