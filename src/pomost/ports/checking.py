"""Answers both ports give before anything runs: the steps of a connection check."""

from dataclasses import dataclass

from pomost.model.text import Text


@dataclass(frozen=True, slots=True)
class CheckStep:
    """One step of "Sprawdź połączenie": what was tried, whether it worked, and if not, what to do."""

    name: Text
    passed: bool
    found: Text = Text("", "")
    advice: Text = Text("", "")
