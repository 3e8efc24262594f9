"""Settings that cannot work, found before anything is read or sent (decision tables 2.2, 3.1, part 7)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from pomost.model.branch import Branch
from pomost.model.change import Part
from pomost.model.conditions import ConditionField, Qualification
from pomost.model.policy import GoodsPolicy, Policy
from pomost.model.reason import Finding, Reason, Weight
from pomost.model.sentences_of_runs import weight
from pomost.model.text import alike
from pomost.model.unit import UnitTable
from pomost.rules.settings_of_customers import CustomerTerrain, check_customers
from pomost.rules.settings_of_orders import OrderTerrain, check_orders, check_statuses
from pomost.rules.units import PIECE_SPELLINGS


@dataclass(frozen=True, slots=True)
class Terrain:
    """What settings may refer to: ids known to the ERP (with the currency of each price level) and to the shop.

    `shop_branches`: branches the shop has, or will have once this run has made those `to_make`. `regions` None: the
    shop takes no branches from us, so nothing of theirs is written.
    """

    warehouses: AbstractSet[str]
    price_levels: Mapping[str, str]
    groups: AbstractSet[str]
    traits: AbstractSet[str]
    own_fields: AbstractSet[str]
    shop_branches: AbstractSet[str]
    units: UnitTable = field(default_factory=lambda: UnitTable(()))
    customers: CustomerTerrain = field(default_factory=CustomerTerrain)
    regions: AbstractSet[str] | None = None
    to_make: AbstractSet[str] = frozenset()
    orders: OrderTerrain = field(default_factory=OrderTerrain)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, and the parts of the shop's state that are refused until it is mended; the others go on.

    `unwritten`: branches that are not written, `lacking`: branches whose stock waits; each stops nothing but itself
    (decision table 8.26).
    """

    findings: tuple[Finding, ...]
    refused: frozenset[Part]
    unwritten: frozenset[str] = frozenset()
    lacking: frozenset[str] = frozenset()


def judge(policy: Policy, terrain: Terrain) -> Verdict:
    """All configuration errors and warnings; an error refuses the area it belongs to (part 7).

    What is wrong with one branch's place in the shop refuses that branch alone (part 8).
    """
    goods = [*_qualification(policy.goods, terrain), *_units(policy.goods, terrain)] if policy.goods.enabled else []
    prices = list(_prices(policy, terrain)) if policy.goods.enabled and policy.prices.enabled else []
    branches = list(check_branches(policy.branches, terrain.warehouses))
    regions = list(_regions(policy.branches, terrain.regions or frozenset()))
    written = terrain.regions is not None and bool(policy.branches)
    unwritten = frozenset(dict(one.facts)["branch"] for one in regions) if written else frozenset()
    lacking = _lacking(policy, terrain, unwritten)
    absent = [Finding.of(Reason.BRANCH_NOT_IN_SHOP, branch=one) for one in lacking if one not in unwritten]
    stock = [*branches, *absent] if policy.stock.enabled else []
    customers: list[Finding] = []
    if policy.customers.enabled:
        customers += (one for one in branches if one.reason in _NAMELESS)
        customers += check_customers(policy.customers, policy.branches, terrain.customers)
    orders: list[Finding] = []
    if policy.orders.enabled:
        orders += [*branches, *check_orders(policy.orders, terrain.orders)]
        orders += [] if policy.customers.enabled else [Finding.of(Reason.ORDERS_WITHOUT_CUSTOMERS)]
    reporting = policy.orders.enabled and policy.orders.feedback
    statuses = list(check_statuses(policy.orders, terrain.orders)) if reporting else []
    refused: set[Part] = set()
    if goods:
        refused |= {Part.CARD, Part.PRICE, Part.STOCK}
    if prices:
        # A new offer without the price it should have would show the panel's price or none: cards wait as well.
        refused |= {Part.CARD, Part.PRICE}
    if policy.stock.enabled and (_errors(branches) or len(lacking) == len(policy.branches)):
        refused.add(Part.STOCK)
    if written and _errors(branches):
        refused.add(Part.BRANCHES)
    if _errors(customers):
        refused.add(Part.CUSTOMERS)
    if _errors(orders):
        refused.add(Part.ORDERS)
    if _errors(statuses):
        refused.add(Part.STATUSES)
    written_too = (*branches, *regions) if written else ()
    found = (*goods, *prices, *stock, *written_too, *customers, *orders, *statuses)
    return Verdict(tuple(dict.fromkeys(found)), frozenset(refused), unwritten, frozenset(lacking))


_NAMELESS = frozenset({Reason.BRANCH_NONE, Reason.BRANCH_REPEATED, Reason.BRANCH_UNNAMED})


def _errors(findings: Sequence[Finding]) -> bool:
    return any(weight(found) is Weight.CONFIGURATION for found in findings)


def _regions(branches: Sequence[Branch], regions: AbstractSet[str]) -> Iterator[Finding]:
    """A region is chosen from the service's list only."""
    for branch in branches:
        if branch.region and branch.region not in regions:
            yield Finding.of(Reason.REGION_UNKNOWN, branch=branch.id, region=branch.region)


def check_branches(branches: Sequence[Branch], warehouses: AbstractSet[str]) -> Iterator[Finding]:
    """Decision tables 3.1, configuration verdicts."""
    if not branches:
        yield Finding.of(Reason.BRANCH_NONE)
    yield from _branch_names(branches)
    for branch in branches:
        if not branch.main_warehouse:
            yield Finding.of(Reason.BRANCH_WITHOUT_WAREHOUSE, branch=branch.id)
        for warehouse in branch.warehouses:
            if warehouse and warehouse not in warehouses:
                yield Finding.of(Reason.WAREHOUSE_UNKNOWN, branch=branch.id, warehouse=warehouse)
    yield from _shared_warehouses(branches)


def _branch_names(branches: Sequence[Branch]) -> Iterator[Finding]:
    for name in _repeated([alike(branch.id) for branch in branches]) | _repeated([alike(one.name) for one in branches]):
        if name:
            yield Finding.of(Reason.BRANCH_REPEATED, branch=name)
    if any(not alike(branch.id) or not alike(branch.name) for branch in branches):
        yield Finding.of(Reason.BRANCH_UNNAMED)


def _shared_warehouses(branches: Sequence[Branch]) -> Iterator[Finding]:
    mains: defaultdict[str, list[str]] = defaultdict(list)
    extras: defaultdict[str, list[str]] = defaultdict(list)
    for branch in branches:
        if branch.main_warehouse:
            mains[branch.main_warehouse].append(branch.id)
        for extra in branch.warehouses[1:]:
            extras[extra].append(branch.id)
    for warehouse, owners in mains.items():
        if len(owners) > 1:
            yield Finding.of(Reason.WAREHOUSE_MAIN_TWICE, warehouse=warehouse, branch=", ".join(owners))
    for warehouse, users in extras.items():
        if warehouse in mains:
            yield Finding.of(Reason.WAREHOUSE_EXTRA_IS_MAIN, warehouse=warehouse, branch=", ".join(users))
        elif len(users) > 1:
            yield Finding.of(Reason.WAREHOUSE_SHARED, warehouse=warehouse, branch=", ".join(users))


def _lacking(policy: Policy, terrain: Terrain, unwritten: AbstractSet[str]) -> list[str]:
    """Branches the shop does not have, and will not have once this run has written those it can."""
    not_made = {alike(branch) for branch in terrain.to_make} & {alike(branch) for branch in unwritten}
    known = {alike(branch) for branch in terrain.shop_branches} - not_made
    return [branch.id for branch in policy.branches if branch.id and alike(branch.id) not in known]


def _repeated(names: Sequence[str]) -> set[str]:
    return {name for name in names if names.count(name) > 1}


def _qualification(goods: GoodsPolicy, terrain: Terrain) -> Iterator[Finding]:
    if goods.qualification is Qualification.UNSET:
        yield Finding.of(Reason.QUALIFICATION_UNSET)
    if goods.qualification is not Qualification.CONDITIONS:
        return
    if not goods.conditions:
        yield Finding.of(Reason.QUALIFICATION_EMPTY)
    for condition in goods.conditions:
        match condition.field:
            case ConditionField.TRAIT:
                known = set(condition.values) <= terrain.traits
            case ConditionField.GROUP:
                known = set(condition.values) <= terrain.groups
            case ConditionField.SHOP_FLAG:
                known = set(condition.values) <= {"yes", "no"}
            case ConditionField.OWN_FIELD:
                known = condition.own_field in terrain.own_fields
        if not known or not condition.values:
            yield Finding.of(Reason.CONDITION_UNKNOWN, condition=condition)


def _units(goods: GoodsPolicy, terrain: Terrain) -> Iterator[Finding]:
    chosen = {
        "goods.min_quantity_field": goods.min_quantity_field,
        "goods.unit_type_field": goods.unit_type_field,
        "goods.unit_multiplier_field": goods.unit_multiplier_field,
    }
    for setting, value in chosen.items():
        if value and value not in terrain.own_fields:
            yield Finding.of(Reason.OWN_FIELD_UNKNOWN, setting=setting, value=value)
    for unit, target in goods.unit_dictionary.items():
        if alike(unit) in PIECE_SPELLINGS or terrain.units.find(unit, ignore_case=True) is not None:
            yield Finding.of(Reason.DICTIONARY_KEY_IS_UNIT, unit=unit)
        if terrain.units.find(target, ignore_case=True) is None:
            allowed = ", ".join(row.symbol for row in terrain.units.types)
            yield Finding.of(Reason.DICTIONARY_TARGET_UNKNOWN, unit=unit, target=target, allowed=allowed)


def _prices(policy: Policy, terrain: Terrain) -> Iterator[Finding]:
    level, wanted = policy.prices.level, policy.prices.currency
    currency = terrain.price_levels.get(level)
    if currency is None:
        yield Finding.of(Reason.PRICE_LEVEL_UNKNOWN, level=level)
    elif currency != wanted:
        yield Finding.of(Reason.PRICE_LEVEL_CURRENCY, level=level, currency=currency, wanted=wanted)
