"""How far an order got in the ERP becomes a status in the shop (manual, Zamówienia: Statusy)."""

from collections.abc import Iterator, Mapping, Sequence

from pomost.model.order import OrderStatus, Stage
from pomost.model.reason import Finding, Reason

_LATER_THAN_REALISED = (Stage.DISPATCHED, Stage.RECEIPT, Stage.INVOICED)
OPEN_STAGES = frozenset({Stage.OPEN, Stage.RESERVED, Stage.PARTLY})
"""Stages in which the ERP still means to deliver."""


def way(statuses: Sequence[OrderStatus], current: str, target: str) -> tuple[str, ...]:
    """The statuses an order passes from `current` to `target`, the target last; empty where there is no way forward.

    The shortest way the shop allows, through statuses that are not final. An order is never moved back, never out of a
    final status, and never to the status it has.
    """
    known = {one.code: one for one in statuses}
    if current not in known or target not in known or current == target:
        return ()
    ways: dict[str, tuple[str, ...]] = {current: ()}
    waiting = [current]
    for code in waiting:
        if known[code].final:
            continue
        for following in known[code].following:
            if following in known and following not in ways:
                ways[following] = (*ways[code], following)
                waiting.append(following)
    return ways.get(target, ())


def wanted_statuses(
    stage: Stage, current: str, mapping: Mapping[Stage, str], statuses: Sequence[OrderStatus]
) -> tuple[str, ...]:
    """Statuses to send for a stage, in order: none without a mapping, none backwards, none over a final one."""
    target = mapping.get(stage, "")
    return way(statuses, current, target) if target else ()


def judge_statuses(fetched: str, mapping: Mapping[Stage, str], statuses: Sequence[OrderStatus]) -> Iterator[Finding]:
    """What is wrong with the mapping of the settings, held against the shop's own list."""
    chosen = {stage: status for stage, status in mapping.items() if status}
    codes = {one.code for one in statuses}
    known = ", ".join(sorted(codes))
    if not chosen:
        yield Finding.of(Reason.STATUSES_UNSET)
    for stage, status in chosen.items():
        if status not in codes:
            yield Finding.of(Reason.STATUS_UNKNOWN, stage=stage, status=status, known=known)
        elif fetched in codes and status != fetched and not way(statuses, fetched, status):
            yield Finding.of(Reason.STATUS_UNREACHABLE, stage=stage, status=fetched, target=status)
    missing = [stage for stage in _LATER_THAN_REALISED if stage not in chosen]
    if Stage.REALISED in chosen and missing:
        yield Finding.of(Reason.STAGE_UNMAPPED, stages=", ".join(missing))
