"""Customers as the program keeps them: the card, three addresses, phones, mail, traits; snapshots for documents."""

from dataclasses import dataclass, field
from datetime import datetime

from pomost.sandbox.sfera.books import Books, Row
from pomost.sandbox.sfera.errors import Dialog, Refusal

SEAT, CORRESPONDENCE, DELIVERY = 1, 2, 11
_ADDRESS = ("Nazwa", "NazwaPelna", "Ulica", "NrDomu", "NrLokalu", "Adres", "Kod", "Miejscowosc", "NIP", "Symbol")
_SYMBOL_LENGTH, _NAME_LENGTH = 20, 50
_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
_POLAND = 1


@dataclass(slots=True)
class Party:
    """A customer on the desk; the card is kept by the columns of `kh__Kontrahent`, the seat by those of `adr__Ewid`."""

    card: Row
    seat: Row
    phones: list[str] = field(default_factory=list)
    traits: list[int] = field(default_factory=list)
    """Phones and traits that are not saved yet."""
    repeats_nip: bool = False
    """A tax number that another customer has raises no question."""
    repeats_pesel: bool = False
    checks_nip: bool = False


def new_party(operator: int, *, one_off: bool) -> Party:
    own = {f"kh_Pole{number}": "" for number in range(1, 9)}
    card: Row = {
        "kh_Id": None, "kh_Symbol": "", "kh_Rodzaj": 0, "kh_IdGrupa": None, "kh_IdBranza": None, "kh_IdRegion": None,
        "kh_IdOpiekun": None, "kh_Zablokowany": False, "kh_Jednorazowy": one_off, "kh_Osoba": False, "kh_Imie": "",
        "kh_Nazwisko": "", "kh_EMail": "", "kh_Cena": None, "kh_KlientSklepuInternetowego": False,
        "kh_IdDodal": operator, **own,
    }  # fmt: skip
    seat = {f"adr_{name}": "" for name in _ADDRESS} | {"adr_IdWojewodztwo": None, "adr_IdPanstwo": _POLAND}
    return Party(card, seat)


def open_party(books: Books, key: int) -> Party:
    card = books.row("SELECT * FROM kh__Kontrahent WHERE kh_Id = ?", key)
    seat = books.row("SELECT * FROM adr__Ewid WHERE adr_IdObiektu = ? AND adr_TypAdresu = ?", key, SEAT)
    if card is None or seat is None:
        raise Refusal("failure", f"Nie znaleziono kontrahenta {key}.")
    flags = ("kh_Zablokowany", "kh_Jednorazowy", "kh_Osoba", "kh_KlientSklepuInternetowego")
    return Party(card | {name: bool(card[name]) for name in flags}, seat)


def find_party(books: Books, value: int | str, by: int) -> int | None:
    """Id by 1 anything, 2 tax number, 3 symbol, 4 id; of several with one tax number, the first."""
    if by in {1, 4} and isinstance(value, int):
        return _id(books.value("SELECT kh_Id FROM kh__Kontrahent WHERE kh_Id = ?", value))
    found = None
    if by in {1, 3}:
        found = books.value("SELECT kh_Id FROM kh__Kontrahent WHERE kh_Symbol = ? ORDER BY kh_Id", str(value))
    if found is None and by in {1, 2} and digits(str(value)):
        found = next(iter(_with_nip(books, str(value))), None)
    return _id(found)


def save_party(books: Books, party: Party, operator: int, now: datetime) -> None:
    """Save a new card with its addresses in the transaction at hand; a doubtful tax number opens a window."""
    _check(books, party)
    card, seat = party.card, party.seat
    flat = f"/{seat['adr_NrLokalu']}" if seat["adr_NrLokalu"] else ""
    # SQL Server computes this column; the sandbox's is a plain one.
    seat |= {"adr_Adres": f"{seat['adr_Ulica']} {seat['adr_NrDomu']}{flat}", "adr_Symbol": card["kh_Symbol"]}
    seat |= {"adr_IdZmienil": operator, "adr_DataZmiany": now}
    card |= {"kh_IdZmienil": operator, "kh_DataZmiany": now}
    card |= {"kh_Id": books.next_id("kh__Kontrahent"), "kh_DataDodania": now}
    books.insert("kh__Kontrahent", card)
    first = books.next_id("adr__Ewid", 3)
    for key, kind in enumerate((SEAT, CORRESPONDENCE, DELIVERY), first):
        whose: Row = {"adr_Id": key, "adr_IdObiektu": card["kh_Id"], "adr_TypAdresu": kind}
        empty = {"adr_IdPanstwo": seat["adr_IdPanstwo"], "adr_IdZmienil": operator, "adr_DataZmiany": now}
        books.insert("adr__Ewid", (seat if kind == SEAT else empty) | whose)
    seat["adr_Id"] = first
    _write_contacts(books, party)


def _check(books: Books, party: Party) -> None:
    card, seat = party.card, party.seat
    for what, text, longest in (
        ("Symbol", card["kh_Symbol"], _SYMBOL_LENGTH),
        ("Nazwa", seat["adr_Nazwa"], _NAME_LENGTH),
    ):
        if not text.strip():
            raise Refusal("failure", f"Pole {what} kontrahenta jest wymagane.")
        if len(text) > longest:
            raise Refusal("database", f"{what} kontrahenta ma więcej niż {longest} znaków.")
    if books.value("SELECT kh_Id FROM kh__Kontrahent WHERE kh_Symbol = ?", card["kh_Symbol"]):
        raise Refusal("failure", f"Kontrahent o symbolu {card['kh_Symbol']} już istnieje.")
    if not seat["adr_NIP"]:
        return
    if party.checks_nip and not _is_sound(digits(seat["adr_NIP"])):
        raise Refusal("failure", f"NIP {seat['adr_NIP']} jest nieprawidłowy.")
    if _with_nip(books, seat["adr_NIP"]) and not party.repeats_nip:
        raise Dialog


def _write_contacts(books: Books, party: Party) -> None:
    address, mail = party.seat["adr_Id"], party.card["kh_EMail"]
    for place, number in enumerate(party.phones):
        phone = {"tel_Id": books.next_id("tel__Ewid"), "tel_IdAdresu": address, "tel_Numer": number}
        books.insert("tel__Ewid", {**phone, "tel_Podstawowy": place == 0})
        if place == 0:
            books.update("adr__Ewid", address, {"adr_Telefon": number})
    if mail:
        row = {"am_Id": books.next_id("adr_Email"), "am_IdAdres": address, "am_Email": mail, "am_Podstawowy": True}
        books.insert("adr_Email", row)
    for trait in party.traits:
        row = {"ck_Id": books.next_id("kh_CechaKh"), "ck_IdKhnt": party.card["kh_Id"], "ck_IdCecha": trait}
        books.insert("kh_CechaKh", row)


def snapshot(books: Books, customer: int, now: datetime) -> int:
    """A copy of the customer's seat as it is now, for a document; its id in `adr_Historia`."""
    seat = books.row("SELECT * FROM adr__Ewid WHERE adr_IdObiektu = ? AND adr_TypAdresu = ?", customer, SEAT)
    if seat is None:
        raise Refusal("failure", "")
    key = books.next_id("adr_Historia")
    copied = {f"adrh_{name}": seat[f"adr_{name}"] for name in _ADDRESS}
    books.insert("adr_Historia", {"adrh_Id": key, "adrh_IdAdresu": seat["adr_Id"], "adrh_DataZmiany": now, **copied})
    return key


def digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _with_nip(books: Books, nip: str) -> list[int]:
    """Customers with this tax number, however it is written."""
    wanted, compact = digits(nip), "adr_NIP"
    for sign in ("-", " ", ".", "PL"):
        compact = f"replace({compact}, '{sign}', '')"
    query = f"SELECT adr_IdObiektu FROM adr__Ewid WHERE adr_TypAdresu = 1 AND {compact} = ? ORDER BY adr_IdObiektu"
    return [row["adr_IdObiektu"] for row in books.rows(query, wanted)] if wanted else []


def _is_sound(nip: str) -> bool:
    body, check = nip[:-1], nip[-1:]
    if len(body) != len(_WEIGHTS):
        return False
    return sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11 == int(check)


def _id(found: object) -> int | None:
    return None if found is None else int(str(found))
