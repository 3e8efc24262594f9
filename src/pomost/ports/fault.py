"""Faults: what went wrong outside one item, told by what happens next, with a sentence and advice for people."""

from pomost.model.text import Language, Text


class Fault(Exception):
    """Something that ends a step of a run. `text` says what happened, `advice` what to do."""

    def __init__(self, text: Text, advice: Text) -> None:
        super().__init__(text.en)
        self.text = text
        self.advice = advice

    def say(self, language: Language) -> str:
        return f"{self.text.into(language)} {self.advice.into(language)}"


class Unavailable(Fault):
    """The other side cannot be reached or is busy: later it may work without anybody's help."""


class Refused(Fault):
    """A person must act: wrong password, revoked key, settings that cannot work."""


class Forbidden(Refused):
    """The key has no right to one thing (`detail`): what needs it stops, everything else may go on."""

    def __init__(self, text: Text, advice: Text, detail: str = "") -> None:
        super().__init__(text, advice)
        self.detail = detail


class Rejected(Fault):
    """One item is wrong; others may go on."""


class Unsupported(Fault):
    """We asked for what the connector says it cannot do: a mistake of ours."""
