"""One sentence of the manual that states a rule, with the tests that show it or the reason why none does yet."""

from dataclasses import dataclass

KEYS_ARE_THE_SHOPS = "does not apply: keys are given out by the shop's operator"


@dataclass(frozen=True, slots=True)
class Row:
    """`proof`: node ids of tests; `reason`: why there is none. Exactly one of the two is given."""

    section: str
    sentence: str
    proof: tuple[str, ...] | None = None
    reason: str | None = None


def shown(section: str, sentence: str, *proof: str) -> Row:
    return Row(section, sentence, proof=proof)


def later(section: str, sentence: str, reason: str) -> Row:
    return Row(section, sentence, reason=reason)
