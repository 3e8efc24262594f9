"""How many sales units a branch shows, and whether it shows the product at all (manual, Stany)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from pomost.model.branch import Branch
from pomost.model.known import Known
from pomost.model.offer import Basis, Stock
from pomost.model.policy import StockPolicy
from pomost.model.product import OnHand, Product, ProductKind
from pomost.model.reason import Finding, Reason

_NOUGHT = Decimal(0)
_WITHOUT_STOCK = frozenset({ProductKind.SERVICE, ProductKind.FEE})


@dataclass(frozen=True, slots=True)
class StockDecision:
    """Stock of one product in one branch, or None and why it is not sent."""

    stock: Stock | None
    findings: tuple[Finding, ...] = ()


def sales_quantity(base_quantity: Decimal, multiplier: int, *, recalculated: bool) -> int:
    """Whole sales units in a base quantity: never below nought, floored (decision tables 1.5)."""
    whole = base_quantity / multiplier if recalculated else base_quantity
    return int(max(whole, _NOUGHT).to_integral_value(rounding=ROUND_FLOOR))


def visibility(quantity: int, *, hide_when_out: bool, hidden_by_us: bool) -> bool | None:
    """What is sent as `visible`: False when out, True only to undo our own False, else nothing (tables 3.2)."""
    if hide_when_out and quantity == 0:
        return False
    return True if hidden_by_us else None


def hides_first(stock: Stock, known: Known | None) -> bool:
    """Whether this stock takes a product out of a branch's sight that we have not taken out of it before.

    The shop is looked at then: what it hides already stays its own, and is not ours to show again (table 8.21).
    """
    return stock.visible is False and (known is None or not known.hides(stock.branch))


def branch_stock(
    product: Product, branch: Branch, policy: StockPolicy, multiplier: int, *, recalculated: bool, hidden_by_us: bool
) -> StockDecision:
    """Decision tables 3.1 and 3.2: sum the branch's warehouses, clamp, convert, floor; then visibility."""
    if product.kind is ProductKind.SET:
        base, findings = _set_quantity(product, branch, policy.basis)
    else:
        base, findings = _quantity(product.stock, branch, policy.basis), ()
    if base != base.to_integral_value():
        fraction = {"quantity": f"{base.normalize():f}", "branch": branch.id}
        if policy.strict_whole:
            return StockDecision(None, (Finding.of(Reason.STOCK_FRACTION_STRICT, **fraction),))
        findings = (*findings, Finding.of(Reason.STOCK_FRACTION, **fraction))
    quantity = sales_quantity(base, multiplier, recalculated=recalculated)
    if policy.floor_per_warehouse and product.kind is not ProductKind.SET:
        quantity = _floored_apart(product.stock, branch, policy.basis, multiplier, recalculated=recalculated)
    visible = visibility(quantity, hide_when_out=policy.hide_when_out, hidden_by_us=hidden_by_us)
    return StockDecision(Stock(branch.id, quantity, visible, policy.basis), findings)


def _quantity(stock: Mapping[str, OnHand], branch: Branch, basis: Basis) -> Decimal:
    """Signed sum over the branch's warehouses: -5 and 10 are 5, so that nothing is oversold."""
    return sum((_of(stock.get(warehouse), basis) for warehouse in branch.warehouses), _NOUGHT)


def _of(level: OnHand | None, basis: Basis) -> Decimal:
    if level is None:
        return _NOUGHT
    return level.on_hand if basis is Basis.STOCK else level.on_hand - level.reserved


def _set_quantity(product: Product, branch: Branch, basis: Basis) -> tuple[Decimal, tuple[Finding, ...]]:
    """A set has no stock of its own: as many as its scarcest component allows (part 7). Services never run out.

    None of a set whose part nobody can buy any more (8.23).
    """
    lost = [part.symbol or f"#{part.key}" for part in product.components if not part.active]
    if lost:
        return _NOUGHT, (Finding.of(Reason.SET_INCOMPLETE, parts=f" ({', '.join(lost)})"),)
    parts = [part for part in product.components if part.kind not in _WITHOUT_STOCK]
    if not parts or any(part.quantity <= 0 for part in parts):
        return _NOUGHT, (Finding.of(Reason.SET_INCOMPLETE),)
    sets = [(_quantity(part.stock, branch, basis) / part.quantity).to_integral_value(ROUND_FLOOR) for part in parts]
    return max(min(sets), _NOUGHT), ()


def _floored_apart(
    stock: Mapping[str, OnHand], branch: Branch, basis: Basis, multiplier: int, *, recalculated: bool
) -> int:
    """Option of decision tables Q15: packs that would have to be put together across warehouses do not count."""
    divisor = Decimal(multiplier if recalculated else 1)
    floored = [
        (_of(stock.get(one), basis) / divisor).to_integral_value(rounding=ROUND_FLOOR) for one in branch.warehouses
    ]
    return int(max(sum(floored, _NOUGHT), _NOUGHT))
