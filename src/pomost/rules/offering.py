"""The desired offer of one card: identification, qualification, unit, price, VAT and stock put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pomost.model.known import Known
from pomost.model.offer import Offer, Stock
from pomost.model.policy import GoodsPolicy, PackBase, Policy
from pomost.model.product import CatalogueProduct, Product
from pomost.model.reason import Finding, Reason
from pomost.model.text import tidy
from pomost.model.unit import SalesUnit, UnitTable
from pomost.ports.capability import ShopCapabilities
from pomost.rules.availability import branch_stock, visibility
from pomost.rules.identify import identify
from pomost.rules.pricing import minimum_quantity, price, vat_rate
from pomost.rules.qualify import qualify
from pomost.rules.units import UnitDecision, resolve

_NOT_OURS = frozenset({Reason.EAN_MISSING, Reason.EAN_IN_SHOP, Reason.EAN_NOT_IN_SHOP})
"""Reasons for which a card is no product of the shop; for others somebody must mend something first."""


class Verdict(StrEnum):
    """What becomes of a card: offered, kept as it stands with fresh stock, left alone, or out of the offer."""

    OFFERED = "offered"
    KEPT = "kept"
    SKIPPED = "skipped"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Decision:
    """What is wanted for one card; findings in the order identification, qualification, unit, price, VAT, stock."""

    verdict: Verdict
    match: CatalogueProduct | None
    offer: Offer | None
    stocks: tuple[Stock, ...]
    findings: tuple[Finding, ...]
    unit_rule: str = ""


@dataclass(frozen=True, slots=True)
class Shop:
    """What the rules need to know of the shop: its units, what it can take, and branches of the settings it lacks."""

    units: UnitTable
    can: ShopCapabilities
    lacks: frozenset[str] = frozenset()


def decide(
    product: Product,
    matches: Sequence[CatalogueProduct],
    rivals: int,
    policy: Policy,
    shop: Shop,
    known: Known | None,
) -> Decision:
    """Decide about one card. `known` is what the shop is known to hold for the product matched, if anything."""
    unqualified = qualify(product, policy.goods)
    found = identify(product.ean, matches, 0 if unqualified else rivals, in_shop_codes=policy.goods.in_shop_codes)
    early = (*found.findings, *unqualified)
    if found.product is None or unqualified:
        out = bool(unqualified) or found.findings[0].reason in _NOT_OURS
        return Decision(Verdict.OUT if out else Verdict.SKIPPED, found.product, None, (), early)
    unit = _unit(product, found.product, policy.goods, shop.units)
    if unit.unit is None:
        stocks, stock_findings = _on_unit_error(product, policy, known, shop.units)
        findings = (*early, *unit.findings, *stock_findings)
        return Decision(Verdict.SKIPPED, found.product, None, stocks, findings, unit.rule)
    priced = price(product, policy.prices, unit.unit.multiplier, recalculated=unit.recalculated)
    price_findings = priced.findings if policy.prices.enabled else ()
    vat = vat_rate(product.vat, shop.can.vat_rates)
    minimum, minimum_findings = _minimum(product, policy.goods)
    blocking = (*price_findings, *_blocking(product, vat, shop))
    broken = (Finding.of(Reason.TEXT_BROKEN, text=product.symbol),) if "\ufffd" in product.symbol else ()
    findings = (*early, *unit.findings, *blocking, *minimum_findings, *broken)
    if blocking or vat is None:
        return _kept(product, found.product, policy, known, findings, unit, shop)
    stocks, stock_findings = _stocks(product, policy, unit.unit.multiplier, unit.recalculated, known)
    offer = Offer(
        sku=product.symbol,
        unit=unit.unit,
        recalculated=unit.recalculated,
        vat=vat,
        price=priced.amount if policy.prices.enabled else None,
        price_kind=policy.prices.kind if policy.prices.enabled else None,
        currency=policy.prices.currency if policy.prices.enabled else None,
        min_quantity=minimum,
        base_unit=_made_in(product, unit, known),
    )
    return Decision(Verdict.OFFERED, found.product, offer, stocks, (*findings, *stock_findings), unit.rule)


def stock_for(
    product: Product, policy: Policy, known: Known, units: UnitTable
) -> tuple[tuple[Stock, ...], tuple[Finding, ...]]:
    """Stock for an offer that stands, in that offer's unit, whatever else is wrong with its card.

    Nothing where the card's base unit leaves the offer's no meaning: pieces must not be told as packs.
    """
    if known.offer is None or not policy.stock.enabled:
        return (), ()
    unit, recalculated = known.offer.unit, known.offer.recalculated
    decisions = [_standing_unit(product, policy, unit, units, way) for way in (policy.goods.pack_base, PackBase.SELECT)]
    sound = {one.recalculated for one in decisions if one.unit is not None}
    if not known.owned:
        # Somebody else made the offer: nobody here knows whether its stock was recalculated, so the card says.
        if decisions[0].unit is None:
            return (), decisions[0].findings
        recalculated = decisions[0].recalculated
    elif recalculated not in sound and not (sound and unit.multiplier == 1):
        return (), (Finding.of(Reason.STOCK_STANDS_STILL, unit=unit, base=product.base_unit),)
    return _stocks(product, policy, unit.multiplier, recalculated, known)


def _standing_unit(product: Product, policy: Policy, unit: SalesUnit, units: UnitTable, way: PackBase) -> UnitDecision:
    """What the offer's unit comes to for the card as it is."""
    goods = policy.goods
    number = str(unit.multiplier)
    return resolve(unit.type, number, product.base_unit, (unit,), units, goods.unit_dictionary, pack_base=way)


def _on_unit_error(
    product: Product, policy: Policy, known: Known | None, units: UnitTable
) -> tuple[tuple[Stock, ...], tuple[Finding, ...]]:
    """The offer stays and its stock goes on, or goes to nought where the settings say so."""
    if known is None or not known.published:
        return (), ()
    if policy.goods.zero_stock_on_unit_error:
        return _zeros(policy, known), ()
    return stock_for(product, policy, known, units) if known.key == product.key else ((), ())


def _unit(product: Product, match: CatalogueProduct, goods: GoodsPolicy, units: UnitTable) -> UnitDecision:
    return resolve(
        product.own_fields.get(goods.unit_type_field, ""),
        product.own_fields.get(goods.unit_multiplier_field, ""),
        product.base_unit,
        match.units,
        units,
        goods.unit_dictionary,
        ignore_case=goods.unit_ignore_case,
        pack_base=goods.pack_base,
    )


def _made_in(product: Product, unit: UnitDecision, known: Known | None) -> str:
    """The base unit an offer is remembered to be made in.

    A text nobody knows is no piece until somebody says so: it does not take the place of the unit the card had before,
    by which orders are turned back (decision tables 8.6).
    """
    held = known.offer.base_unit if known is not None and known.offer is not None and known.key == product.key else ""
    return held if held and unit.assumed else tidy(product.base_unit)


def _minimum(product: Product, goods: GoodsPolicy) -> tuple[int | None, tuple[Finding, ...]]:
    if not goods.min_quantity_field:
        return None, ()
    return minimum_quantity(product.own_fields.get(goods.min_quantity_field, ""))


def _blocking(product: Product, vat: str | None, shop: Shop) -> tuple[Finding, ...]:
    findings: list[Finding] = []
    if vat is None:
        allowed = ", ".join(sorted(shop.can.vat_rates))
        findings.append(Finding.of(Reason.VAT_UNKNOWN, vat=product.vat or "", allowed=allowed))
    if not 1 <= len(product.symbol) <= shop.can.sku_length:
        findings.append(Finding.of(Reason.SYMBOL_UNUSABLE, symbol=product.symbol, limit=shop.can.sku_length))
    return tuple(findings)


def _kept(
    product: Product,
    match: CatalogueProduct,
    policy: Policy,
    known: Known | None,
    findings: tuple[Finding, ...],
    unit: UnitDecision,
    shop: Shop,
) -> Decision:
    """No price or VAT: nothing is published or amended, but a published offer still gets its stock (part 7)."""
    if known is None or not known.published or known.offer is None:
        return Decision(Verdict.SKIPPED, match, None, (), findings, unit.rule)
    stocks, stock_findings = stock_for(product, policy, known, shop.units)
    return Decision(Verdict.KEPT, match, None, stocks, (*findings, *stock_findings), unit.rule)


def _stocks(
    product: Product, policy: Policy, multiplier: int, recalculated: bool, known: Known | None
) -> tuple[tuple[Stock, ...], tuple[Finding, ...]]:
    if not policy.stock.enabled:
        return (), ()
    stocks: list[Stock] = []
    findings: list[Finding] = []
    for branch in policy.branches:
        decision = branch_stock(
            product,
            branch,
            policy.stock,
            multiplier,
            recalculated=recalculated,
            hidden_by_us=known is not None and known.hides(branch.id),
        )
        findings.extend(decision.findings)
        if decision.stock is not None:
            stocks.append(decision.stock)
    if any(finding.reason is Reason.STOCK_FRACTION_STRICT for finding in findings):
        return (), tuple(findings)
    return tuple(stocks), tuple(findings)


def _zeros(policy: Policy, known: Known | None) -> tuple[Stock, ...]:
    """Nought in every branch; where hiding is on, what cannot be bought is not shown either."""
    hiding = policy.stock.hide_when_out
    hidden = {
        branch.id: visibility(0, hide_when_out=hiding, hidden_by_us=known is not None and known.hides(branch.id))
        for branch in policy.branches
    }
    return tuple(Stock(branch, 0, visible, policy.stock.basis) for branch, visible in hidden.items())
