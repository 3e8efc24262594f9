"""Where a customer of the ERP belongs in the shop: qualified, branch, segment (decision tables 2.2, 4.2, 4.3)."""

from collections.abc import Sequence
from dataclasses import dataclass

from pomost.model.branch import Branch
from pomost.model.conditions import CustomerCondition, CustomerField, Qualification
from pomost.model.customer import CustomerCard
from pomost.model.policy import CustomerPolicy
from pomost.model.reason import Finding, Reason
from pomost.rules.segments import segment_of


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a card belongs. `unqualified`: why it does not qualify; `branch` None: `findings` say why there is none."""

    branch: str | None
    segment: str | None = None
    unqualified: tuple[Finding, ...] = ()
    findings: tuple[Finding, ...] = ()


def place(card: CustomerCard, policy: CustomerPolicy, branches: Sequence[Branch]) -> Placement:
    """Qualification, then branch, then segment; a card that does not qualify belongs nowhere."""
    unqualified = qualify_customer(card, policy)
    if unqualified:
        return Placement(None, unqualified=unqualified)
    branch, why = branch_of(card, branches)
    segment = segment_of(card, policy)
    return Placement(branch, segment.key, findings=(*why, *segment.findings))


def qualify_customer(card: CustomerCard, policy: CustomerPolicy) -> tuple[Finding, ...]:
    """Why a card does not qualify; empty when it does. Blocked and one-off cards never do.

    Settings that cannot decide (no mode, no condition) are a configuration error found before any card is read; here
    nobody qualifies.
    """
    if card.blocked:
        return (Finding.of(Reason.CUSTOMER_BLOCKED, symbol=card.symbol),)
    if card.one_off:
        return (Finding.of(Reason.CUSTOMER_ONE_OFF, symbol=card.symbol),)
    match policy.qualification:
        case Qualification.ALL:
            return ()
        case Qualification.CONDITIONS if policy.conditions:
            unmet = [condition for condition in policy.conditions if not _met(condition, card)]
            return tuple(_unmet(card, condition) for condition in unmet)
        case Qualification.CONDITIONS:
            return (Finding.of(Reason.CUSTOMER_QUALIFICATION_EMPTY),)
        case Qualification.UNSET:
            return (Finding.of(Reason.CUSTOMER_QUALIFICATION_UNSET),)


def branch_of(card: CustomerCard, branches: Sequence[Branch]) -> tuple[str | None, tuple[Finding, ...]]:
    """The one branch a card belongs to, or None and why. With a single branch no trait is needed (manual)."""
    if len(branches) == 1:
        return branches[0].id, ()
    found = [branch for branch in branches if branch.customer_trait and branch.customer_trait in card.traits]
    if len(found) == 1:
        return found[0].id, ()
    if found:
        listed = ", ".join(branch.id for branch in found)
        return None, (Finding.of(Reason.CUSTOMER_BRANCH_CONFLICT, symbol=card.symbol, branches=listed),)
    traits = ", ".join(branch.customer_trait for branch in branches if branch.customer_trait)
    return None, (Finding.of(Reason.CUSTOMER_NO_BRANCH, symbol=card.symbol, traits=traits),)


def _met(condition: CustomerCondition, card: CustomerCard) -> bool:
    match condition.field:
        case CustomerField.TRAIT:
            return not card.traits.isdisjoint(condition.values)
        case CustomerField.GROUP:
            return card.group in condition.values
        case CustomerField.INDUSTRY:
            return card.industry in condition.values
        case CustomerField.SHOP_FLAG:
            return ("yes" if card.shop_flag else "no") in condition.values


def _unmet(card: CustomerCard, condition: CustomerCondition) -> Finding:
    return Finding.of(Reason.CUSTOMER_NOT_QUALIFIED, symbol=card.symbol, condition=condition)
