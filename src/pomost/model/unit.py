"""Units of measure: the shop's table of unit types, and the sales unit an offer is made in."""

from dataclasses import dataclass

from pomost.model.text import tidy

PIECE = "PCE"


@dataclass(frozen=True, slots=True)
class UnitType:
    """One row of the shop's unit table: symbol (`PU`), name (`Zgrzewka`), whether it is the default unit (piece)."""

    symbol: str
    name: str
    default: bool = False


@dataclass(frozen=True, slots=True)
class SalesUnit:
    """A pack the shop sells a product in: type symbol and pieces in it (>= 1); `id` is the shop's own."""

    type: str
    multiplier: int
    id: str = ""

    def __str__(self) -> str:
        return f"{self.type} x {self.multiplier}"

    def counts_like(self, other: "SalesUnit") -> bool:
        """Whether a quantity of the one is the same quantity of the other; the shop's id of a pack does not matter."""
        return (self.type, self.multiplier) == (other.type, other.multiplier)


@dataclass(frozen=True, slots=True)
class UnitTable:
    """The shop's unit types, as read from the shop (never hard-coded)."""

    types: tuple[UnitType, ...]

    def __post_init__(self) -> None:
        symbols = [row.symbol for row in self.types]
        if len(set(symbols)) != len(symbols):
            raise ValueError(f"unit table lists a symbol twice: {symbols}")

    @property
    def piece(self) -> str:
        """Symbol of the default unit."""
        return next((row.symbol for row in self.types if row.default), PIECE)

    def find(self, text: str, *, ignore_case: bool = False) -> str | None:
        """Symbol of the type whose symbol or name equals `text`; `BK` is read as `B` where only `B` exists."""
        wanted = _fold(tidy(text), ignore_case)
        for row in self.types:
            if wanted in {_fold(row.symbol, ignore_case), _fold(row.name, ignore_case)}:
                return row.symbol
        if wanted == _fold("BK", ignore_case):
            return next((row.symbol for row in self.types if row.symbol == "B"), None)
        return None

    def name(self, symbol: str) -> str:
        return next((row.name for row in self.types if row.symbol == symbol), symbol)


def _fold(text: str, ignore_case: bool) -> str:
    return text.casefold() if ignore_case else text
