"""Troublesome customers of the company, each with a sentence."""

from decimal import Decimal

from pomost.sandbox.data.tax import tax_number
from pomost.sandbox.optima.cases_of_trade import BUYER
from pomost.sandbox.optima.company import LEAFLET, PURCHASE, WHOLESALE, Level
from pomost.sandbox.optima.customers import ANONYMOUS, Customer, Login

_A, _B, _C, _D = (tax_number(number) for number in (1, 2, 3, 4))
_SAME = "wspolny@poczta.example"
_UNKNOWN_LEVEL = Level(77, 77, "usunięta")

CUSTOMERS: dict[str, tuple[str, tuple[Customer, ...]]] = {
    "customer_anonymous": (
        "the card that stands for whoever gave no name",
        (Customer(code=ANONYMOUS, name="", group="", published=False, row={"Knt_Finalny": 1}),),
    ),
    "customer_blocked": (
        "blocked for documents",
        (Customer(code="BLOKADA", name="Bar zablokowany", nip=_A, row={"Knt_BlokadaDok": 1}),),
    ),
    "customer_inactive": (
        "published and inactive",
        (Customer(code="NIEAKTYWNY", name="Bar zamknięty", nip=_B, row={"Knt_Nieaktywny": 1}),),
    ),
    "customer_merged": (
        "merged into another card",
        (Customer(code="POLACZONY", name="Hotel Dwa", nip=_C, row={"Knt_GlID": 1}),),
    ),
    "customer_without_nip": ("a firm without a tax number", (Customer(code="BEZ-NIP", name="Sklep bez NIP"),)),
    "customer_bad_nip": (
        "tax numbers as people write them, and wrong ones",
        (
            Customer(code="NIP-KRESKI", name="Sklep z kreskami", nip=f"{_D[:3]}-{_D[3:6]}-{_D[6:8]}-{_D[8:]}"),
            Customer(code="NIP-PL", name="Sklep z PL", nip=f"PL {_A}"),
            Customer(code="NIP-BLAD", name="Sklep z błędem", nip=f"{_B[:-1]}{(int(_B[-1]) + 1) % 10}"),
            Customer(code="NIP-ZERA", name="Sklep zerowy", nip="0000000000"),
        ),
    ),
    "customer_foreign": (
        "a firm from abroad",
        (
            Customer(
                code="NIEMCY",
                name="Feinkost Müller GmbH",
                nip="DE811234567",
                postcode="10115",
                city="Berlin",
                row={"Knt_Kraj": "Niemcy", "Knt_KrajISO": "DE", "Knt_NipKraj": "DE", "Knt_Export": 2},
            ),
        ),
    ),
    "login_twice": (
        "one e-mail of two customers",
        (
            Customer(code="LOGIN-1", name="Bar pierwszy", nip=_A, logins=(Login(_SAME),)),
            Customer(code="LOGIN-2", name="Bar drugi", nip=_B, logins=(Login(_SAME.upper()),)),
        ),
    ),
    "login_wrong": (
        "an e-mail that is none, an empty one, one out of use",
        (
            Customer(
                code="LOGIN-ZLY",
                name="Bar bez poczty",
                nip=_C,
                logins=(Login("brak"), Login("", default=False), Login("dawny@poczta.example", inactive=True)),
            ),
        ),
    ),
    "customer_group_unknown": (
        "a group that is in no dictionary",
        (Customer(code="GRUPA-INNA", name="Bar z innej grupy", nip=_D, group="USUNIĘTA"),),
    ),
    "price_type_wrong": (
        "a price level out of use, the purchase prices, a level that is gone",
        (
            Customer(code="CENA-STARA", name="Bar z dawną ceną", nip=_A, level=LEAFLET),
            Customer(code="CENA-ZAKUPU", name="Bar z ceną zakupu", nip=_B, level=PURCHASE),
            Customer(code="CENA-BRAK", name="Bar bez poziomu", nip=_C, level=_UNKNOWN_LEVEL),
        ),
    ),
    "customer_long_name": (
        "a name over all three fields",
        (Customer(code="DLUGA-NAZWA", name=("Spółdzielnia Handlowo-Usługowa " * 12)[:340].rstrip(), nip=_D),),
    ),
    "consent_withdrawn": (
        "a consent given and taken back",
        (
            Customer(
                code="ZGODY",
                name="Jan Zmienny",
                person=True,
                logins=(Login("zmienny@poczta.example", "Jan Zmienny"),),
                consents=((2, True), (3, True), (3, False)),
            ),
        ),
    ),
    "customer_not_for_shop": (
        "has logins and a price level, and is not published",
        (
            Customer(
                code="NIE-DO-SKLEPU",
                name="Bar stacjonarny",
                nip=_A,
                published=False,
                level=WHOLESALE,
                logins=(Login("bar@poczta.example"),),
            ),
        ),
    ),
    "customer_discounted": (
        "the customer of the troublesome discounts, with a discount on the card as well",
        (Customer(code=BUYER, name="Klient od rabatów", nip=_B, discount=Decimal(4), level=WHOLESALE),),
    ),
}
"""Sentence and cards of each case."""
