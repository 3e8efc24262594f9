"""Product cards as documents need them: unit, VAT, prices, parts of a set, stock."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pomost.sandbox.sfera.books import Books, Row, decimal
from pomost.sandbox.sfera.errors import Refusal

GOODS, SERVICE, PACKAGING, SET = 1, 2, 4, 8
_STOCKED = (GOODS, PACKAGING)
_ONE = Decimal(1)
_CARD = "SELECT tw__Towar.*, vat_Stawka FROM tw__Towar LEFT JOIN sl_StawkaVAT ON vat_Id = tw_IdVatSp"

Movement = tuple[int, Decimal]
"""Id of a card that lies in a warehouse, and how much of it in its base unit."""


@dataclass(frozen=True, slots=True)
class Product:
    id: int
    symbol: str
    name: str
    kind: int
    unit: str
    vat_id: int | None
    rate: Decimal
    units: dict[str, Decimal]
    """Every unit of the card with its factor from the base unit."""


def find_product(books: Books, what: int | str) -> Product:
    """By id or symbol; a card that is unknown, deleted or inactive is refused."""
    by = "tw_Id" if isinstance(what, int) else "tw_Symbol"
    row = books.row(f"{_CARD} WHERE {by} = ?", what)
    if row is None or row["tw_Usuniety"]:
        raise Refusal("failure", f"Nie znaleziono towaru {what}.")
    if row["tw_Zablokowany"]:
        raise Refusal("failure", f"Towar {row['tw_Symbol']} jest nieaktywny.")
    return _product(books, row)


def product_of_line(books: Books, key: int) -> Product:
    """The card of a line that was written long ago, whatever became of the card since."""
    row = books.row(f"{_CARD} WHERE tw_Id = ?", key)
    assert row is not None
    return _product(books, row)


def _product(books: Books, row: Row) -> Product:
    more = books.rows("SELECT jm_IdJednMiary, jm_Przelicznik FROM tw_JednMiary WHERE jm_IdTowar = ?", row["tw_Id"])
    units = {one["jm_IdJednMiary"]: decimal(one["jm_Przelicznik"]) for one in more}
    return Product(
        id=row["tw_Id"],
        symbol=row["tw_Symbol"],
        name=row["tw_Nazwa"],
        kind=row["tw_Rodzaj"],
        unit=row["tw_JednMiary"],
        vat_id=row["tw_IdVatSp"],
        rate=decimal(row["vat_Stawka"]),
        units={**units, row["tw_JednMiary"]: _ONE},
    )


def prices(books: Books, product: int, level: int) -> tuple[Decimal, Decimal]:
    """Net and gross of a price level; a level nobody filled is nought."""
    found = books.row("SELECT * FROM tw_Cena WHERE tc_IdTowar = ?", product) or {}
    return decimal(found.get(f"tc_CenaNetto{level}")), decimal(found.get(f"tc_CenaBrutto{level}"))


def vat_rate(books: Books, vat_id: int) -> Decimal:
    found = books.value("SELECT vat_Stawka FROM sl_StawkaVAT WHERE vat_Id = ?", vat_id)
    if found is None:
        raise Refusal("failure", f"Nie znaleziono stawki VAT {vat_id}.")
    return decimal(found)


def movements(books: Books, product: Product | None, quantity: Decimal) -> list[Movement]:
    """What a quantity moves in a warehouse: a set moves its parts, services and fees move nothing."""
    if product is None or quantity == 0:
        return []
    if product.kind in _STOCKED:
        return [(product.id, quantity)]
    if product.kind != SET:
        return []
    parts = books.rows(
        "SELECT kpl_IdSkladnik, kpl_Liczba FROM tw_Komplet JOIN tw__Towar ON tw_Id = kpl_IdSkladnik"
        " WHERE kpl_IdKomplet = ? AND tw_Rodzaj IN (1, 4)",
        product.id,
    )
    return [(part["kpl_IdSkladnik"], decimal(part["kpl_Liczba"]) * quantity) for part in parts]


def available(books: Books, product: int, warehouse: int) -> Decimal:
    """On hand minus reserved."""
    query = "SELECT st_Stan - st_StanRez FROM tw_Stan WHERE st_TowId = ? AND st_MagId = ?"
    return decimal(books.value(query, product, warehouse))


def move(books: Books, warehouse: int, moved: Iterable[Movement], *, reserved: int = 0, on_hand: int = 0) -> None:
    """Raise (1) or lower (-1) reservations and stock by the movements."""
    for product, quantity in moved:
        here = (product, warehouse)
        books.execute("INSERT OR IGNORE INTO tw_Stan (st_TowId, st_MagId) VALUES (?, ?)", *here)
        change = (decimal(quantity) * on_hand, decimal(quantity) * reserved)
        books.execute(
            # Rounded, because the file keeps binary numbers: 0.1 added three times must stay 0.3.
            "UPDATE tw_Stan SET st_Stan = round(st_Stan + ?, 4), st_StanRez = round(st_StanRez + ?, 4)"
            " WHERE st_TowId = ? AND st_MagId = ?",
            *change,
            *here,
        )
