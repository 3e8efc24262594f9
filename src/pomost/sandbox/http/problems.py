"""Problems as RFC 9457 answers: one exception, one shape, two languages."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from pomost.sandbox.http.texts import ERRORS, PROBLEMS

MEDIA_TYPE = "application/problem+json"
UNPROCESSABLE = 422


class Flaw(NamedTuple):
    """One thing wrong with a request: where (a JSON pointer) and what."""

    pointer: str
    code: str


class Problem(Exception):
    """A refusal; `facts` are members of its own that a problem carries beside the common ones."""

    def __init__(self, code: str, *flaws: Flaw, headers: dict[str, str] | None = None, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.status = PROBLEMS[code].status
        self.flaws = flaws
        self.headers = headers or {}
        self.facts = facts

    def body(self, urn: str, language: str, instance: str, request_id: str) -> dict[str, Any]:
        kind = PROBLEMS[self.code]
        answer: dict[str, Any] = {
            "type": f"{urn}{self.code}",
            "title": kind.title.into(language),
            "status": self.status,
            "detail": kind.detail.into(language),
            "instance": instance,
            "code": self.code,
            "request_id": request_id,
            **self.facts,
        }
        if self.flaws:
            answer["errors"] = [
                {"pointer": flaw.pointer, "code": flaw.code, "detail": _flaw_text(flaw.code, language)}
                for flaw in self.flaws
            ]
        return answer


def invalid(*flaws: Flaw) -> Problem:
    """The problem of faulty data: its own code when everything wrong is of one kind, else the general one."""
    codes = {flaw.code for flaw in flaws}
    code = codes.pop() if len(codes) == 1 else "validation-failed"
    if code not in PROBLEMS or PROBLEMS[code].status != UNPROCESSABLE:
        code = "validation-failed"
    return Problem(code, *flaws)


def invalid_at(pointer: str, code: str) -> Problem:
    return invalid(Flaw(pointer, code))


def _flaw_text(code: str, language: str) -> str:
    return ERRORS[code].into(language) if code in ERRORS else PROBLEMS[code].detail.into(language)


_BY_TYPE = {
    "missing": "required",
    "literal_error": "not-allowed-value",
    "string_too_long": "too-long",
    "too_long": "too-long",
    "string_too_short": "too-short",
    "too_short": "too-short",
    "string_pattern_mismatch": "wrong-format",
    "value_error": "wrong-format",
    "json_invalid": "malformed-json",
    "greater_than_equal": "out-of-range",
    "less_than_equal": "out-of-range",
    "int_parsing": "wrong-format",
}


def general_code(kind: str, name: str, value: Any, in_query: bool) -> str:  # noqa: ARG001  (shops look at the value)
    """The word for a validator's complaint about the field `name`."""
    if kind == "extra_forbidden":
        return "unknown-parameter" if in_query else "unknown-field"
    return _BY_TYPE.get(kind, "wrong-type")


def described(
    errors: Sequence[Any], code: Callable[[str, str, Any, bool], str] = general_code, *, strip: int = 0
) -> list[Flaw]:
    """What a validator complained of, in the contract's words; `strip` drops leading parts such as `body`."""
    flaws = []
    for error in errors:
        place = error["loc"][strip:]
        # A body that cannot be parsed is reported at a character offset, which is no place in a document.
        pointer = "" if error["type"] == "json_invalid" else "".join(f"/{escaped(part)}" for part in place)
        in_query = bool(error["loc"]) and error["loc"][0] == "query"
        flaws.append(Flaw(pointer, code(error["type"], str(place[-1]) if place else "", error.get("input"), in_query)))
    return flaws


def escaped(part: object) -> str:
    """One step of a JSON pointer."""
    return str(part).replace("~", "~0").replace("/", "~1")
