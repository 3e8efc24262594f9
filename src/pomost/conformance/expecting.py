"""Small words the suites share, so that they need no test framework to be imported."""

from collections.abc import Callable, Iterable

from pomost.model.text import Text
from pomost.ports.checking import CheckStep
from pomost.ports.fault import Fault


def said(text: Text) -> bool:
    """Whether a sentence is there in both languages, with every place filled."""
    return all(one.strip() and "{" not in one for one in (text.pl, text.en))


def fault_of(call: Callable[[], object], *kinds: type[Fault]) -> Fault:
    """The fault a call ends by; it carries a sentence and advice for people."""
    found: Fault | None = None
    try:
        call()
    except kinds as fault:
        found = fault
    assert found is not None, f"expected {', '.join(kind.__name__ for kind in kinds)}, and nothing was raised"
    assert said(found.text), f"a fault without a sentence: {found!r}"
    assert said(found.advice), f"a fault without advice: {found!r}"
    return found


def passes(steps: Iterable[CheckStep]) -> None:
    """A connection check in which everything is as it should be."""
    found = list(steps)
    assert found, "a check tells at least one step"
    for step in found:
        assert said(step.name)
        assert step.passed, f"{step.name.en}: {step.found.en}"


def fails_with_advice(steps: Iterable[CheckStep]) -> None:
    """A connection check that stops at what is wrong and says what to do about it."""
    found = list(steps)
    assert found, "a check tells at least one step"
    assert all(step.passed for step in found[:-1]), "a step that fails is the last one"
    assert not found[-1].passed, "the check should have failed"
    assert said(found[-1].found), "a failed step says what was found"
    assert said(found[-1].advice), "a failed step says what to do"
