"""Settings about orders and their statuses that cannot work, held against both sides (part 5, part 7)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from string import ascii_uppercase

from pomost.model.order import OrderStatus
from pomost.model.order_policy import OrderPolicy
from pomost.model.reason import Finding, Reason
from pomost.ports.capability import Can
from pomost.rules.order_lines import outside_vat
from pomost.rules.ordering import MARK
from pomost.rules.progress import judge_statuses


@dataclass(frozen=True, slots=True)
class OrderTerrain:
    """What settings about orders may refer to.

    `register`: whether the ERP takes orders; `fetch` and `report`: whether the shop gives orders and takes statuses;
    `cards`: VAT rates of active cards among those settings name, by symbol; `marks`: of other channels into the same
    company.
    """

    register: Can = field(default_factory=Can)
    fetch: Can = field(default_factory=Can)
    report: Can = field(default_factory=Can)
    statuses: Sequence[OrderStatus] = ()
    categories: AbstractSet[str] = frozenset()
    price_levels: AbstractSet[str] = frozenset()
    cards: Mapping[str, str | None] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)


def check_orders(policy: OrderPolicy, terrain: OrderTerrain) -> Iterator[Finding]:
    """Errors and warnings about orders into the ERP."""
    yield from (_impossible(can, Reason.ORDERS_IMPOSSIBLE) for can in (terrain.fetch, terrain.register) if not can)
    codes = {one.code for one in terrain.statuses}
    if not policy.status:
        yield Finding.of(Reason.ORDER_STATUS_UNSET)
    elif terrain.fetch and policy.status not in codes:
        yield Finding.of(Reason.ORDER_STATUS_UNKNOWN, status=policy.status, known=", ".join(sorted(codes)))
    if policy.category and policy.category not in terrain.categories:
        yield Finding.of(Reason.ORDER_CATEGORY_UNKNOWN, category=policy.category)
    if policy.price_level and policy.price_level not in terrain.price_levels:
        yield Finding.of(Reason.ORDER_LEVEL_UNKNOWN, level=policy.price_level)
    if policy.deposit_card and policy.deposit_card not in terrain.cards:
        yield Finding.of(Reason.ORDER_DEPOSIT_CARD_UNKNOWN, symbol=policy.deposit_card)
    elif policy.deposit_card:
        rate = terrain.cards[policy.deposit_card]
        if not outside_vat(rate, zero=policy.deposit_zero_rate):
            yield Finding.of(Reason.ORDER_DEPOSIT_CARD_TAXED, symbol=policy.deposit_card, vat=rate or "-")
    yield from _mark(policy.mark, terrain.marks)


def check_statuses(policy: OrderPolicy, terrain: OrderTerrain) -> Iterator[Finding]:
    """Errors and warnings about statuses back into the shop."""
    yield from (_impossible(can, Reason.STATUSES_IMPOSSIBLE) for can in (terrain.report, terrain.register) if not can)
    if terrain.report:
        yield from judge_statuses(policy.status, policy.statuses, terrain.statuses)


def _impossible(can: Can, reason: Reason) -> Finding:
    return Finding.of(reason, why=f"{can.why.pl} / {can.why.en}")


def suggested_mark(shop: str, taken: Collection[str] = ()) -> str:
    """A mark for a new channel: the shop's letters, with a number where another channel into the company has them.

    Without a mark the number of an order may be that of a document typed in by hand, or of another shop's order.
    Blank where none can be told from those taken.
    """
    letters = "".join(one for one in shop.upper() if one.isascii() and one.isalnum())[:2] or "SK"
    # A mark "M" of another channel begins whatever M/store's letters could: then other letters are tried.
    tries = (f"{start}{number or ''}-" for start in (letters, *ascii_uppercase) for number in (0, *range(2, 1000)))
    free = (one for one in tries if not any(_meet(one, held) for held in taken if held))
    return next(free, "")


def _meet(one: str, other: str) -> bool:
    """Whether one mark begins the other. Capitals tell nothing apart: databases compare without them."""
    return one.casefold().startswith(other.casefold()) or other.casefold().startswith(one.casefold())


def _mark(mark: str, others: Mapping[str, str]) -> Iterator[Finding]:
    """Marks of one company must tell its shops apart whatever number follows: none may begin another."""
    if not MARK.fullmatch(mark):
        yield Finding.of(Reason.ORDER_MARK_UNUSABLE, mark=mark, limit=10)
    for channel, theirs in sorted(others.items()):
        if _meet(mark, theirs):
            yield Finding.of(Reason.ORDER_MARK_TAKEN, mark=mark, other=channel, theirs=theirs)
