"""Own flags of the company (`fl_Wartosc`)."""

from pomost.sandbox.sfera.books import Books, Row
from pomost.sandbox.sfera.desk import Desk
from pomost.sandbox.sfera.errors import Refusal
from pomost.sandbox.sfera.paper import ZK, Form

SALES, ORDERS = 6, 8
"""Groups of flags of sale documents and of orders from customers."""


def group_of(form: Form) -> int:
    return ORDERS if form is ZK else SALES


def write_flag(desk: Desk, group: int, key: int, flag: str, comment: str) -> None:
    """Flag an object inside the transaction at hand; an empty name takes the flag away."""
    books, where = desk.books, "flw_IdGrupyFlag = ? AND flw_TypObiektu = 0 AND flw_IdObiektu = ?"
    books.execute(f"DELETE FROM fl_Wartosc WHERE {where}", group, key)
    if not flag:
        return
    found = books.value("SELECT flg_Id FROM fl__Flagi WHERE flg_IdGrupy = ? AND flg_Text = ?", group, flag)
    if found is None:
        raise Refusal("failure", f"Nie znaleziono flagi {flag}.")
    row: Row = {"flw_IdGrupyFlag": group, "flw_TypObiektu": 0, "flw_IdObiektu": key, "flw_IdFlagi": found}
    row |= {"flw_Komentarz": comment, "flw_IdUzytkownika": desk.operator, "flw_CzasOstatniejZmiany": desk.now()}
    books.insert("fl_Wartosc", row)


def flag_of(books: Books, group: int, key: int | None) -> tuple[str, str]:
    """Name and comment, empty when there is no flag."""
    row = books.row(
        "SELECT flg_Text, flw_Komentarz FROM fl_Wartosc JOIN fl__Flagi ON flg_Id = flw_IdFlagi"
        " WHERE flw_IdGrupyFlag = ? AND flw_TypObiektu = 0 AND flw_IdObiektu = ?",
        group,
        key,
    )
    return ("", "") if row is None else (row["flg_Text"], row["flw_Komentarz"])
