"""What a person or a clock asks a run to do, as one value."""

from dataclasses import dataclass

from pomost.model.change import OFFER_PARTS, Part

EVERYTHING = frozenset(Part)
SCOPES = {
    "branches": frozenset({Part.BRANCHES}),
    "customers": frozenset({Part.CUSTOMERS}),
    "orders": frozenset({Part.ORDERS, Part.STATUSES}),
    "offer": OFFER_PARTS | {Part.FILES},
    "prices": frozenset({Part.PRICE}),
    "stock": frozenset({Part.STOCK}),
}
"""Parts people ask for by one name, in the order a run goes."""


@dataclass(frozen=True, slots=True)
class RunRequest:
    """Parts to synchronise, whether to send again what the shop already has, and how to meet another run.

    `manual`: started by a person, so never beside another manual run of the same company. `force`: the answer "Tak" to
    the question about a run that is under way. `by`: who asks, where that is not whoever the process runs as.
    """

    parts: frozenset[Part] = EVERYTHING
    full: bool = False
    manual: bool = True
    force: bool = False
    preview: bool = False
    by: str = ""

    def as_facts(self) -> dict[str, object]:
        """For the journal."""
        return {
            "parts": sorted(self.parts),
            "full": self.full,
            "manual": self.manual,
            "force": self.force,
            "preview": self.preview,
        }
