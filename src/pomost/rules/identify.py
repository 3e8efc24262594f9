"""Which product of the shop a card is, by primary EAN (manual, Towary: Identyfikacja towaru)."""

from collections.abc import Sequence
from dataclasses import dataclass

from pomost.model.code import has_valid_check_digit, is_in_store
from pomost.model.product import CatalogueProduct
from pomost.model.reason import Finding, Reason


@dataclass(frozen=True, slots=True)
class Identification:
    """The one product matched, or None and why not; warnings follow."""

    product: CatalogueProduct | None
    findings: tuple[Finding, ...] = ()


def identify(
    ean: str, matches: Sequence[CatalogueProduct], rivals: int, *, in_shop_codes: bool = False
) -> Identification:
    """Decision tables 2.1 and 8.22.

    `matches`: living catalogue products with the same match key; `rivals`: qualified cards with that key, this one
    counted too when it qualifies. `in_shop_codes`: shop and ERP share the codes every store makes for itself.
    """
    code = ean.strip()
    if not code:
        return Identification(None, (Finding.of(Reason.EAN_MISSING),))
    if is_in_store(code) and not in_shop_codes:
        return Identification(None, (Finding.of(Reason.EAN_IN_SHOP, ean=code),))
    warning = () if has_valid_check_digit(code) else (Finding.of(Reason.EAN_CHECKSUM, ean=code),)
    if rivals > 1:
        return Identification(None, (Finding.of(Reason.EAN_DUPLICATE_ERP, ean=code, cards=rivals), *warning))
    if not matches:
        return Identification(None, (Finding.of(Reason.EAN_NOT_IN_SHOP, ean=code), *warning))
    if len(matches) > 1:
        duplicate = Finding.of(Reason.EAN_DUPLICATE_SHOP, ean=code, products=len(matches))
        return Identification(None, (duplicate, *warning))
    return Identification(matches[0], warning)
