"""Which cards are meant for the shop (manual, Towary 2: Kwalifikacja towarów)."""

from pomost.model.conditions import Condition, ConditionField, Qualification
from pomost.model.policy import GoodsPolicy
from pomost.model.product import Product
from pomost.model.reason import Finding, Reason
from pomost.model.text import alike


def qualify(product: Product, goods: GoodsPolicy) -> tuple[Finding, ...]:
    """Why a card does not qualify; empty when it does (decision tables 2.2: conditions are joined by AND).

    Blocked and deleted cards and kinds that are not offered never qualify (part 7). Settings that cannot decide
    (no mode, no condition) are a configuration error found before any card is read; here nobody qualifies.
    """
    if not product.active:
        return (Finding.of(Reason.CARD_INACTIVE),)
    if product.kind not in goods.kinds:
        return (Finding.of(Reason.CARD_KIND, kind=product.kind),)
    match goods.qualification:
        case Qualification.ALL:
            return ()
        case Qualification.CONDITIONS if goods.conditions:
            unmet = [condition for condition in goods.conditions if not _met(condition, product)]
            return tuple(Finding.of(Reason.CONDITION_NOT_MET, condition=condition) for condition in unmet)
        case Qualification.CONDITIONS:
            return (Finding.of(Reason.QUALIFICATION_EMPTY),)
        case Qualification.UNSET:
            return (Finding.of(Reason.QUALIFICATION_UNSET),)


def _met(condition: Condition, product: Product) -> bool:
    match condition.field:
        case ConditionField.TRAIT:
            return not product.traits.isdisjoint(condition.values)
        case ConditionField.GROUP:
            return product.group in condition.values
        case ConditionField.SHOP_FLAG:
            return ("yes" if product.shop_flag else "no") in condition.values
        case ConditionField.OWN_FIELD:
            held = alike(product.own_fields.get(condition.own_field, ""))
            return held in {alike(value) for value in condition.values}
