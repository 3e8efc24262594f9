"""What a person or a clock asks a run to do, as one value."""

from dataclasses import dataclass

from pomost.model.change import Part

EVERYTHING = frozenset(Part)


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
