"""One item on trial: what is wrong with it, and what is merely worth a warning."""

from typing import Any

from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.esklep.texts import WARNINGS
from pomost.sandbox.http.problems import UNPROCESSABLE, Flaw, Problem, invalid
from pomost.sandbox.http.texts import PROBLEMS


class Case:
    def __init__(self, shop: Shop, moment: str) -> None:
        self.shop = shop
        self.moment = moment
        self.warnings: list[Flaw] = []
        self._flaws: list[Flaw] = []

    def flaw(self, pointer: str, code: str) -> None:
        self._flaws.append(Flaw(pointer, code))

    def warn(self, pointer: str, code: str) -> None:
        self.warnings.append(Flaw(pointer, code))

    def currency(self, currency: str | None, pointer: str = "/currency") -> None:
        if currency is not None and currency not in self.shop.settings.currencies:
            self.flaw(pointer, "currency-not-enabled")

    def needs(self, capability: str, pointer: str) -> None:
        if not self.shop.has(capability):
            self.flaw(pointer, "capability-missing")

    def unique(self, values: list[Any], pointer: str, code: str = "repeated") -> None:
        """Each repetition is a flaw of its own, at its own place; `pointer` has a `{}` for the place."""
        seen: set[Any] = set()
        for index, value in enumerate(values):
            if value in seen:
                self.flaw(pointer.format(index), code)
            seen.add(value)

    def languages(self, tags: list[str], pointer: str) -> None:
        """Texts come in languages the shop has, once each, and in its default language always."""
        settings = self.shop.settings
        for index, tag in enumerate(tags):
            if tag not in settings.languages:
                self.flaw(f"{pointer}/{index}/lang", "language-not-enabled")
        self.unique(tags, f"{pointer}/{{}}/lang")
        if settings.default_language not in tags:
            self.flaw(pointer, "default-language-missing")

    def attributes(self, values: Any, subject: str) -> None:
        for index, given in enumerate(values):
            if (given.value is None) == (given.file_sha256 is None):
                self.flaw(f"/attributes/{index}", "value-or-file")
            self.attribute(given.code, subject, f"/attributes/{index}/code")

    def attribute(self, code: str, subject: str, pointer: str) -> None:
        known = self.shop.attribute_codes.get((subject, code))
        if known is None or not self.shop.attributes.records[known].live:
            self.flaw(pointer, "attribute-unknown")

    def settle(self) -> None:
        """Refuse the item if anything was wrong: faulty data first, then what clashes with the shop as it is."""
        if not self._flaws:
            return
        faulty = [flaw for flaw in self._flaws if _status(flaw.code) == UNPROCESSABLE]
        if faulty:
            raise invalid(*faulty)
        code = self._flaws[0].code
        raise Problem(code, *(flaw for flaw in self._flaws if flaw.code == code))

    def told(self, language: str) -> list[dict[str, str]]:
        return [
            {"code": flaw.code, "pointer": flaw.pointer, "detail": WARNINGS[flaw.code].into(language)}
            for flaw in self.warnings
        ]


def _status(code: str) -> int:
    return PROBLEMS[code].status if code in PROBLEMS else UNPROCESSABLE
