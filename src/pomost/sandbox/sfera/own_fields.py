"""Extended own fields (`pw_Pole`, `pw_Dane`) by their names."""

from typing import Any

from pomost.sandbox.sfera.books import Books, Row
from pomost.sandbox.sfera.errors import Refusal


def own_field(books: Books, object_kind: int, key: int | None, name: str) -> Any:
    """Value of an own field by its name, None while it was never set."""
    column = _column(books, object_kind, name)
    where = "pwd_TypObiektu = ? AND pwd_IdObiektu = ? AND pwd_IdPozycji IS NULL"
    return books.value(f"SELECT {column} FROM pw_Dane WHERE {where}", object_kind, key)


def write_own_field(books: Books, object_kind: int, key: int, name: str, value: Any) -> None:
    column = _column(books, object_kind, name)
    where = "pwd_TypObiektu = ? AND pwd_IdObiektu = ? AND pwd_IdPozycji IS NULL"
    with books.saving():
        known = books.value(f"SELECT pwd_Id FROM pw_Dane WHERE {where}", object_kind, key)
        if known is not None:
            books.update("pw_Dane", known, {column: value})
            return
        row: Row = {"pwd_Id": books.next_id("pw_Dane"), "pwd_TypObiektu": object_kind, "pwd_IdObiektu": key}
        books.insert("pw_Dane", {**row, column: value})


def _column(books: Books, object_kind: int, name: str) -> str:
    found = books.value("SELECT pwp_Pole FROM pw_Pole WHERE pwp_TypObiektu = ? AND pwp_Nazwa = ?", object_kind, name)
    if found is None:
        raise Refusal("failure", f"Nie znaleziono pola własnego {name}.")
    return str(found)
