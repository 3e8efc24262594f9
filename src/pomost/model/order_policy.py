"""Tab Zamówienia: which orders become documents of the ERP, how, and what the shop hears of them afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pomost.model.order import Stage
from pomost.model.setting import ChoiceKind, setting
from pomost.model.text import Text
from pomost.model.words import STAGES


class VatDiffers(StrEnum):
    """What becomes of an order whose document would have other VAT than the order (decision tables 8.7)."""

    TELL = "tell"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class OrderPolicy:
    """Tab Zamówienia: first its part Ogólne, then Statusy."""

    enabled: bool = setting(
        Text("Włącz synchronizację zamówień", "Synchronise orders"),
        Text(
            "Zamówienia ze sklepu stają się w ERP dokumentami ZK.",
            "Orders of the shop become customer orders (ZK) in the ERP.",
        ),
        default=False,
    )
    status: str = setting(
        Text("Synchronizuj zamówienia ze statusem", "Synchronise orders with status"),
        Text(
            "Do ERP trafiają wyłącznie zamówienia, które mają w sklepie ten status.",
            "Only orders that have this status in the shop enter the ERP.",
        ),
        default="",
        choice=ChoiceKind.ORDER_STATUSES,
    )
    category: str = setting(
        Text("Kategoria", "Category"),
        Text(
            "Kategoria nadawana dokumentom ZK; puste: domyślna kategoria ZK w ERP.",
            "The category of the documents; blank: the ERP's own default for ZK.",
        ),
        default="",
        choice=ChoiceKind.CATEGORIES,
    )
    reserve: bool = setting(
        Text("Rezerwacja stanów magazynowych", "Reserve stock"),
        Text("ZK rezerwuje towar w magazynie oddziału.", "The document reserves goods in the branch's warehouse."),
        default=True,
    )
    price_level: str = setting(
        Text("Poziom cen dokumentu", "Price level of the document"),
        Text(
            "Ceny pozycji i tak pochodzą z zamówienia; puste: poziom domyślny ERP.",
            "Lines keep the order's prices all the same; blank: the ERP's default level.",
        ),
        default="",
        choice=ChoiceKind.PRICE_LEVELS,
    )
    mark: str = setting(
        Text("Oznaczenie sklepu", "Mark of the shop"),
        Text(
            "Początek numeru oryginału ZK, np. MS-; konieczny, gdy do jednego podmiotu trafiają zamówienia z kilku "
            "sklepów. Po zmianie starsze ZK nie będą rozpoznane po numerze.",
            "Beginning of the document's original number, e.g. MS-; needed where several shops order from one company. "
            "After a change older documents are not recognised by their number.",
        ),
        default="",
    )
    remarks: bool = setting(
        Text("Przenoś uwagi i dostawę", "Carry remarks and delivery"),
        Text(
            "Uwagi kupującego, adres i sposób dostawy oraz płatność trafiają do uwag ZK.",
            "The buyer's remarks, the delivery's address and method, and the payment go into the document's remarks.",
        ),
        default=True,
    )
    tolerance: Decimal = setting(
        Text("Dopuszczalna różnica kwot", "Tolerated difference of amounts"),
        Text(
            "Większą różnicę sum lub VAT między sklepem a ERP zgłasza; niczego nie poprawia.",
            "A greater difference of totals or VAT between shop and ERP is reported; nothing is ever corrected.",
        ),
        default=Decimal("0.05"),
        least=0,
    )
    vat_differs: VatDiffers = setting(
        Text("Gdy VAT dokumentu różni się od zamówienia", "When the document's VAT differs from the order"),
        Text(
            "ERP liczy VAT według stawek kartotek. tell: tworzy ZK i zgłasza różnicę; wait: zamówienie czeka, zanim "
            "cokolwiek zostanie zapisane.",
            "The ERP reckons VAT by the cards' rates. tell: the document is made and the difference told; wait: the "
            "order waits before anything is saved.",
        ),
        default=VatDiffers.TELL,
        options={
            VatDiffers.TELL: Text("Utwórz ZK i zgłoś różnicę", "Make the document and tell"),
            VatDiffers.WAIT: Text("Zamówienie czeka", "The order waits"),
        },
    )
    most: int = setting(
        Text("Największa ilość w pozycji", "Greatest quantity of a line"),
        Text(
            "Zamówienie z większą liczbą jednostek sprzedaży w pozycji czeka na człowieka.",
            "An order with more sales units in one line waits for a person.",
        ),
        default=100_000,
        least=1,
    )
    deposit_card: str = setting(
        Text("Kartoteka kaucji", "Deposit's card"),
        Text(
            "Symbol kartoteki bez VAT, na której ZK pokazuje kaucję za opakowania jako osobną pozycję.",
            "Symbol of the card without VAT under which the document shows container deposits as lines of their own.",
        ),
        default="",
    )
    deposit_zero_rate: bool = setting(
        Text("Kaucja ze stawką 0", "Deposit at rate 0"),
        Text(
            "Kartoteka kaucji może mieć stawkę 0, jeśli w tej firmie oznacza ona poza VAT; bez tego tylko np lub oo.",
            "The deposit's card may have the rate 0, where that stands for outside VAT here; else only np or oo.",
        ),
        default=False,
    )
    permits: bool = setting(
        Text("Sprawdzaj koncesje na alkohol", "Check alcohol permits"),
        Text(
            "Zamówienie kupującego bez ważnej koncesji, której wymaga katalog, czeka; koncesja z adresem (miejscowość, "
            "ulica i numer) obowiązuje tylko pod nim.",
            "An order of a buyer without the valid permit the catalogue demands waits; a permit with an address (city, "
            "street and number) is good there alone.",
        ),
        default=False,
    )
    feedback: bool = setting(
        Text("Odsyłaj statusy", "Send statuses back"),
        Text(
            "Zmienia status zamówienia w sklepie według etapu ZK; zamówień sprzed włączenia nie zgłasza.",
            "Changes the order's status by the document's stage; orders from before are not reported.",
        ),
        default=False,
    )
    statuses: Mapping[Stage, str] = setting(
        Text("Statusy", "Statuses"),
        Text(
            "Etap ZK = status sklepu. Etap bez statusu niczego nie wysyła.",
            "Stage of the document = status of the shop. A stage without a status sends nothing.",
        ),
        factory=dict,
        choice=ChoiceKind.ORDER_STATUSES,
        options=STAGES,
    )
