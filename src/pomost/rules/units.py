"""Which unit a product is sold in, and whether price and stock are recalculated (manual, Towary 4.1-4.4)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pomost.model.policy import PackBase
from pomost.model.reason import Finding, Reason
from pomost.model.text import alike, tidy
from pomost.model.unit import SalesUnit, UnitTable

PIECE_SPELLINGS = frozenset({"szt", "szt.", "sztuka", "sztuki"})
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class UnitDecision:
    """The unit, or None and why not. `rule` is the row of decision tables 1.2; the first finding is the skip reason."""

    rule: str
    unit: SalesUnit | None
    recalculated: bool
    findings: tuple[Finding, ...] = ()

    @property
    def assumed(self) -> bool:
        """Whether a base unit nobody knows was taken as a piece."""
        return any(one.reason is Reason.UNIT_ASSUMED_PIECE for one in self.findings)


@dataclass(frozen=True, slots=True)
class _Base:
    """The card's base unit: the shop's type it stands for (None: not one), and whether it was guessed."""

    type: str | None
    assumed: bool = False


def multiplier_of(text: str) -> Decimal | None:
    """The number typed into a multiplier field: `6`, `6,0`, `1 000`; None when it is not a number above zero."""
    bare = _SPACES.sub("", text)
    if not _NUMBER.fullmatch(bare):
        return None
    number = Decimal(bare.replace(",", "."))
    return number if number > 0 else None


def resolve(
    typed: str,
    multiplier: str,
    base_unit: str,
    packs: Sequence[SalesUnit],
    table: UnitTable,
    dictionary: Mapping[str, str],
    *,
    ignore_case: bool = False,
    pack_base: PackBase = PackBase.SELECT,
) -> UnitDecision:
    """First matching row of decision tables 1.2.

    `typed` and `multiplier` are the own fields' texts (blank: not filled in or not chosen), `packs` what the shop
    offers for this very product, `dictionary` the unit dictionary (ERP unit -> shop's type).
    """
    typed, multiplier = tidy(typed), tidy(multiplier)
    if not tidy(base_unit):
        return _skip("Z0", Finding.of(Reason.UNIT_BASE_MISSING))
    base = _base(base_unit, table, dictionary)
    if typed:
        decision = _by_own_field(typed, multiplier, base_unit, base, packs, table, ignore_case, pack_base)
        return _warn_if_assumed(decision, base, base_unit)
    decision = _warn_if_assumed(_by_base_unit(base_unit, base, packs, table), base, base_unit)
    if multiplier:
        ignored = Finding.of(Reason.UNIT_MULTIPLIER_IGNORED, typed=multiplier)
        return replace(decision, findings=(*decision.findings, ignored))
    return decision


def _base(base_unit: str, table: UnitTable, dictionary: Mapping[str, str]) -> _Base:
    if alike(base_unit) in PIECE_SPELLINGS:
        return _Base(table.piece)
    direct = table.find(base_unit, ignore_case=True)
    if direct is not None:
        return _Base(direct)
    translated = _translated(base_unit, dictionary)
    mapped = None if translated is None else table.find(translated, ignore_case=True)
    return _Base(mapped) if mapped is not None else _Base(None, assumed=True)


def _translated(base_unit: str, dictionary: Mapping[str, str]) -> str | None:
    return next((target for unit, target in dictionary.items() if alike(unit) == alike(base_unit)), None)


def _by_own_field(  # noqa: PLR0911  (one return per row of the table)
    typed: str,
    multiplier: str,
    base_unit: str,
    base: _Base,
    packs: Sequence[SalesUnit],
    table: UnitTable,
    ignore_case: bool,
    pack_base: PackBase,
) -> UnitDecision:
    unit_type = table.find(typed, ignore_case=ignore_case)
    if unit_type is None:
        return _skip("A1", _unknown_type(typed, table))
    number = multiplier_of(multiplier)
    if multiplier and number is None:
        return _skip("A2", Finding.of(Reason.UNIT_MULTIPLIER_INVALID, typed=multiplier))
    offered = [pack for pack in packs if pack.type == unit_type]
    if not offered:
        return _skip("A3", _not_offered(unit_type, packs))
    if number is not None:
        offered = [pack for pack in offered if pack.multiplier == number]
        if not offered:
            facts = {"unit": unit_type, "typed": multiplier, "packs": _listed(packs)}
            return _skip("A4", Finding.of(Reason.UNIT_MULTIPLIER_NOT_OFFERED, **facts))
    elif len(offered) > 1:
        return _skip("A5", Finding.of(Reason.UNIT_AMBIGUOUS, unit=unit_type, packs=_listed(offered)))
    unit = offered[0]
    piece = table.piece
    if base.type in {None, piece}:
        return UnitDecision("A6" if multiplier else "A7", unit, recalculated=unit.multiplier > 1)
    if base.type != unit_type or pack_base is PackBase.ERROR:
        conflict = Finding.of(Reason.UNIT_BASE_CONFLICT, base=tidy(base_unit), unit=unit_type)
        return _skip("A9" if base.type != unit_type else "A8", conflict)
    note = (Finding.of(Reason.MULTIPLIER_USED_AS_SELECTOR, typed=multiplier),) if multiplier else ()
    recalculated = pack_base is PackBase.RECALCULATE and unit.multiplier > 1
    return UnitDecision("A8", unit, recalculated, () if recalculated else note)


def _by_base_unit(base_unit: str, base: _Base, packs: Sequence[SalesUnit], table: UnitTable) -> UnitDecision:
    if base.type is None:
        pieces = [pack for pack in packs if pack.type == table.piece]
        return (
            UnitDecision("B7", pieces[0], recalculated=False)
            if pieces
            else _skip("B8", _not_offered(table.piece, packs))
        )
    direct = alike(base_unit) in PIECE_SPELLINGS or table.find(base_unit, ignore_case=True) is not None
    one, none, several = ("B1", "B2", "B3") if direct else ("B4", "B5", "B6")
    offered = [pack for pack in packs if pack.type == base.type]
    if not offered:
        return _skip(none, _not_offered(base.type, packs))
    if len(offered) > 1:
        return _skip(several, Finding.of(Reason.UNIT_AMBIGUOUS, unit=base.type, packs=_listed(offered)))
    return UnitDecision(one, offered[0], recalculated=False)


def _warn_if_assumed(decision: UnitDecision, base: _Base, base_unit: str) -> UnitDecision:
    if not base.assumed or decision.unit is None:
        return decision
    assumed = Finding.of(Reason.UNIT_ASSUMED_PIECE, base=tidy(base_unit))
    return replace(decision, findings=(*decision.findings, assumed))


def _skip(rule: str, finding: Finding) -> UnitDecision:
    return UnitDecision(rule, None, recalculated=False, findings=(finding,))


def _unknown_type(typed: str, table: UnitTable) -> Finding:
    allowed = ", ".join(f"{row.symbol} / {row.name}" for row in table.types)
    near = table.find(typed, ignore_case=True)
    hint = "" if near is None else f" → {near} / {table.name(near)}"
    return Finding.of(Reason.UNIT_TYPE_UNKNOWN, typed=typed, allowed=allowed, hint=hint)


def _not_offered(unit_type: str, packs: Sequence[SalesUnit]) -> Finding:
    return Finding.of(Reason.UNIT_NOT_OFFERED, unit=unit_type, packs=_listed(packs))


def _listed(packs: Sequence[SalesUnit]) -> str:
    return ", ".join(str(pack) for pack in packs) or "-"
