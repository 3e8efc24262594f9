"""Why something was decided: codes for programs, sentences and advice for people."""

from dataclasses import dataclass
from enum import StrEnum

from pomost.model.text import Text


class Weight(StrEnum):
    """What a reason does to the item it speaks of."""

    CONFIGURATION = "configuration"  # the whole area is refused until a person mends the settings
    SKIP = "skip"  # nothing of this item is sent in this run
    WITHDRAW = "withdraw"  # the item leaves the offer if it was in it
    WARN = "warn"  # sent, but a person should look
    INFO = "info"  # sent, worth knowing


class Reason(StrEnum):
    """Codes are stable: they are stored in the journal and named in the manual."""

    # units (decision tables 1.2, 1.4)
    UNIT_BASE_MISSING = "UNIT_BASE_MISSING"
    UNIT_TYPE_UNKNOWN = "UNIT_TYPE_UNKNOWN"
    UNIT_MULTIPLIER_INVALID = "UNIT_MULTIPLIER_INVALID"
    UNIT_NOT_OFFERED = "UNIT_NOT_OFFERED"
    UNIT_MULTIPLIER_NOT_OFFERED = "UNIT_MULTIPLIER_NOT_OFFERED"
    UNIT_AMBIGUOUS = "UNIT_AMBIGUOUS"
    UNIT_BASE_CONFLICT = "UNIT_BASE_CONFLICT"
    UNIT_ASSUMED_PIECE = "UNIT_ASSUMED_PIECE"
    MULTIPLIER_USED_AS_SELECTOR = "MULTIPLIER_USED_AS_SELECTOR"
    UNIT_MULTIPLIER_IGNORED = "UNIT_MULTIPLIER_IGNORED"
    # identification: decision tables 2.1
    EAN_MISSING = "EAN_MISSING"
    EAN_CHECKSUM = "EAN_CHECKSUM"
    EAN_NOT_IN_SHOP = "EAN_NOT_IN_SHOP"
    EAN_DUPLICATE_ERP = "EAN_DUPLICATE_ERP"
    EAN_DUPLICATE_SHOP = "EAN_DUPLICATE_SHOP"
    # qualification and withdrawal (2.2, 2.3, part 7)
    CONDITION_NOT_MET = "CONDITION_NOT_MET"
    CARD_INACTIVE = "CARD_INACTIVE"
    CARD_KIND = "CARD_KIND"
    CARD_GONE = "CARD_GONE"
    EAN_MOVED = "EAN_MOVED"
    # price, VAT, minimum, stock (1.5, part 3, part 7)
    PRICE_MISSING = "PRICE_MISSING"
    PRICE_CURRENCY = "PRICE_CURRENCY"
    VAT_UNKNOWN = "VAT_UNKNOWN"
    SYMBOL_UNUSABLE = "SYMBOL_UNUSABLE"
    MIN_QUANTITY_INVALID = "MIN_QUANTITY_INVALID"
    STOCK_FRACTION = "STOCK_FRACTION"
    STOCK_FRACTION_STRICT = "STOCK_FRACTION_STRICT"
    SET_INCOMPLETE = "SET_INCOMPLETE"
    TEXT_BROKEN = "TEXT_BROKEN"
    # settings (2.2, 3.1, part 7)
    QUALIFICATION_UNSET = "QUALIFICATION_UNSET"
    QUALIFICATION_EMPTY = "QUALIFICATION_EMPTY"
    CONDITION_UNKNOWN = "CONDITION_UNKNOWN"
    OWN_FIELD_UNKNOWN = "OWN_FIELD_UNKNOWN"
    DICTIONARY_KEY_IS_UNIT = "DICTIONARY_KEY_IS_UNIT"
    DICTIONARY_TARGET_UNKNOWN = "DICTIONARY_TARGET_UNKNOWN"
    PRICE_LEVEL_UNKNOWN = "PRICE_LEVEL_UNKNOWN"
    PRICE_LEVEL_CURRENCY = "PRICE_LEVEL_CURRENCY"
    BRANCH_NONE = "BRANCH_NONE"
    BRANCH_REPEATED = "BRANCH_REPEATED"
    BRANCH_UNNAMED = "BRANCH_UNNAMED"
    BRANCH_WITHOUT_WAREHOUSE = "BRANCH_WITHOUT_WAREHOUSE"
    BRANCH_NOT_IN_SHOP = "BRANCH_NOT_IN_SHOP"
    WAREHOUSE_UNKNOWN = "WAREHOUSE_UNKNOWN"
    WAREHOUSE_MAIN_TWICE = "WAREHOUSE_MAIN_TWICE"
    WAREHOUSE_EXTRA_IS_MAIN = "WAREHOUSE_EXTRA_IS_MAIN"
    WAREHOUSE_SHARED = "WAREHOUSE_SHARED"
    # what happened to a change
    SHOP_REFUSED = "SHOP_REFUSED"
    SHOP_LATER = "SHOP_LATER"
    SHOP_SILENT = "SHOP_SILENT"
    OFFER_NOT_ACCEPTED = "OFFER_NOT_ACCEPTED"
    CANNOT_TAKE = "CANNOT_TAKE"
    HELD = "HELD"
    OUTDATED = "OUTDATED"
    # what was found after a run
    NOT_KEPT = "NOT_KEPT"
    KEPT_OTHERWISE = "KEPT_OTHERWISE"
    READ_BACK_FAILED = "READ_BACK_FAILED"
    LEFT_STALE = "LEFT_STALE"


@dataclass(frozen=True, slots=True)
class Sentence:
    """How a reason is said, what it does to the item, and what a person may do about it."""

    weight: Weight
    text: Text
    advice: Text


@dataclass(frozen=True, slots=True)
class Finding:
    """A reason with its facts, e.g. which unit was typed; facts are pairs so that a finding can be stored."""

    reason: Reason
    facts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, reason: Reason, **facts: object) -> "Finding":
        return cls(reason, tuple((name, str(value)) for name, value in facts.items()))
