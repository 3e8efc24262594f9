"""The policy of a channel: what the settings' tabs say, as one value the rules read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from pomost.model.branch import Branch
from pomost.model.conditions import Condition, CustomerCondition, Qualification
from pomost.model.customer import SegmentSource
from pomost.model.offer import Basis, PriceKind
from pomost.model.order_policy import OrderPolicy
from pomost.model.other import OtherPolicy
from pomost.model.product import PRODUCT_KINDS, ProductKind
from pomost.model.setting import ChoiceKind, setting
from pomost.model.text import Text


class PackBase(StrEnum):
    """What to do when the base unit is itself the pack typed into the own field (decision tables Q2)."""

    SELECT = "select"
    RECALCULATE = "recalculate"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class GoodsPolicy:
    """Tab Towary."""

    enabled: bool = setting(
        Text("Włącz synchronizację towarów", "Synchronise goods"),
        Text("Wyłączona: oferty prowadzi się ręcznie w panelu sklepu.", "Off: offers are kept in the shop's panel."),
        default=False,
    )
    qualification: Qualification = setting(
        Text("Kwalifikacja towarów", "Qualification"),
        Text(
            "Które towary trafiają do sklepu. Wszystkie wybrane warunki muszą być spełnione jednocześnie.",
            "Which products go to the shop. All chosen conditions must be met at once.",
        ),
        default=Qualification.UNSET,
        options={
            Qualification.ALL: Text("Wszystkie towary", "All products"),
            Qualification.CONDITIONS: Text("Spełniające wybrane warunki", "Those that meet the chosen conditions"),
            Qualification.UNSET: Text("Nie wybrano (towary nie są wysyłane)", "Not chosen (no products are sent)"),
        },
    )
    conditions: tuple[Condition, ...] = setting(
        Text("Warunki", "Conditions"),
        Text("W każdym warunku wystarczy jedna z wartości.", "In each condition any one of the values will do."),
        default=(),
    )
    kinds: frozenset[ProductKind] = setting(
        Text("Rodzaje kartotek", "Kinds of cards"),
        Text("Domyślnie towary i komplety.", "Goods and sets by default."),
        default=frozenset({ProductKind.GOODS, ProductKind.SET}),
        options=PRODUCT_KINDS,
    )
    min_quantity_field: str = setting(
        Text("Synchronizacja minimalnej ilości", "Minimum quantity"),
        Text("Pole własne z minimalną ilością jednostek sprzedaży.", "Own field with the minimum in sales units."),
        default="",
        choice=ChoiceKind.OWN_FIELDS,
    )
    unit_type_field: str = setting(
        Text("Jednostka sprzedaży: Nazwa/Typ", "Sales unit: name/type"),
        Text("Pole własne z typem jednostki sklepu, np. PU.", "Own field with the shop's unit type, e.g. PU."),
        default="",
        choice=ChoiceKind.OWN_FIELDS,
    )
    unit_multiplier_field: str = setting(
        Text("Jednostka sprzedaży: Przelicznik", "Sales unit: multiplier"),
        Text("Pole własne z liczbą jednostek podstawowych w opakowaniu.", "Own field with base units in a pack."),
        default="",
        choice=ChoiceKind.OWN_FIELDS,
    )
    unit_ignore_case: bool = setting(
        Text("Nie rozróżniaj wielkości liter w typie jednostki", "Ignore letter case of unit types"),
        Text("Domyślnie wpis musi być dokładnie taki jak w tabeli.", "By default the entry must match exactly."),
        default=False,
    )
    pack_base: PackBase = setting(
        Text("Gdy jednostka podstawowa jest tym samym opakowaniem", "When the base unit is that very pack"),
        Text(
            "Co robić, gdy w polu własnym wpisano to samo opakowanie, w którym prowadzi się kartotekę.",
            "What to do when the own field names the very pack the card is kept in.",
        ),
        default=PackBase.SELECT,
        options={
            PackBase.SELECT: Text("Przelicznik tylko wskazuje wielkość", "The multiplier only selects the size"),
            PackBase.RECALCULATE: Text("Przelicz cenę i stan", "Recalculate price and stock"),
            PackBase.ERROR: Text("Pomiń towar i zgłoś błąd", "Skip the product and report it"),
        },
    )
    unit_dictionary: Mapping[str, str] = setting(
        Text("Słownik jednostek", "Unit dictionary"),
        Text("Jednostka z ERP = jednostka sklepu, np. transporter = CR.", "ERP unit = shop's unit."),
        factory=dict,
        choice=ChoiceKind.UNITS_IN_USE,
        beside=ChoiceKind.UNIT_TYPES,
    )
    ean_literal: bool = setting(
        Text("Porównuj kody EAN dosłownie", "Compare EAN literally"),
        Text("Domyślnie 12-cyfrowy UPC równa się 0+UPC.", "By default a 12-digit UPC equals 0+UPC."),
        default=False,
    )
    in_shop_codes: bool = setting(
        Text("Dopasowuj kody wewnętrzne (02, 20–29)", "Match in-store codes (02, 20–29)"),
        Text(
            "Włącz tylko, gdy sklep i ERP nadają te kody wspólnie; inaczej w każdym znaczą co innego.",
            "Only where shop and ERP make these codes together; otherwise they mean something else in each.",
        ),
        default=False,
    )
    zero_stock_on_unit_error: bool = setting(
        Text("Przy błędzie jednostki wyzeruj stan", "Zero the stock on a unit error"),
        Text(
            "Domyślnie sklep pokazuje to, co dotąd; przy włączonym ukrywaniu towar także znika.",
            "By default the shop keeps what it shows; where hiding is on, the product is hidden too.",
        ),
        default=False,
    )


@dataclass(frozen=True, slots=True)
class PricePolicy:
    """Tab Ceny."""

    enabled: bool = setting(
        Text("Synchronizacja cen", "Synchronise prices"),
        Text("Wyłączona: ceny wpisuje się w panelu sklepu.", "Off: prices are typed into the shop's panel."),
        default=False,
    )
    level: str = setting(
        Text("Poziom cen", "Price level"),
        Text("Poziom cen z ERP wysyłany jako cena sprzedaży.", "The ERP's price level sent as the sales price."),
        default="",
        choice=ChoiceKind.PRICE_LEVELS,
    )
    kind: PriceKind = setting(
        Text("Cena netto czy brutto", "Net or gross"),
        Text("Która cena poziomu jest wysyłana.", "Which price of the level is sent."),
        default=PriceKind.NET,
        options={PriceKind.NET: Text("netto", "net"), PriceKind.GROSS: Text("brutto", "gross")},
    )
    currency: str = setting(
        Text("Waluta oferty", "Currency of the offer"),
        Text("Poziom cen musi być w tej walucie.", "The price level must be in this currency."),
        default="PLN",
    )


@dataclass(frozen=True, slots=True)
class StockPolicy:
    """Tab Stany."""

    enabled: bool = setting(
        Text("Synchronizacja stanów", "Synchronise stock"),
        Text("Wysyła do sklepu stany lub dostępność.", "Sends stock or availability to the shop."),
        default=False,
    )
    basis: Basis = setting(
        Text("Rodzaj stanu", "Kind of stock"),
        Text("Dostępność to stan pomniejszony o rezerwacje.", "Availability is stock on hand minus reservations."),
        default=Basis.AVAILABLE,
        options={
            Basis.STOCK: Text("Stan magazynowy", "Stock on hand"),
            Basis.AVAILABLE: Text("Dostępność", "Available"),
        },
    )
    hide_when_out: bool = setting(
        Text("Dostępność towaru w ofercie wg stanu magazynowego", "Hide when out of stock"),
        Text(
            "Towar bez stanu znika z oferty tego oddziału; co ukryto ręcznie w panelu sklepu, zostaje ukryte.",
            "A product that is out leaves that branch's offer; what was hidden by hand in the panel stays hidden.",
        ),
        default=False,
    )
    strict_whole: bool = setting(
        Text("Tylko całkowite stany", "Whole stock only"),
        Text("Ułamkowego stanu nie wysyła zamiast zaokrąglić.", "A fractional stock is not sent instead of floored."),
        default=False,
    )
    floor_per_warehouse: bool = setting(
        Text("Zaokrąglaj osobno w każdym magazynie", "Floor per warehouse"),
        Text("Domyślnie najpierw suma, potem zaokrąglenie.", "By default summed first, then floored."),
        default=False,
    )


class SegmentLevel(StrEnum):
    """What one level of the segment tree is made of."""

    NONE = "none"
    GROUP = "group"
    TRAIT = "trait"
    INDUSTRY = "industry"


_LEVELS = {
    SegmentLevel.NONE: Text("brak", "none"),
    SegmentLevel.GROUP: Text("Grupa kontrahenta", "Customer's group"),
    SegmentLevel.TRAIT: Text("Cecha kontrahenta", "Customer's trait"),
    SegmentLevel.INDUSTRY: Text("Branża", "Industry"),
}


class CustomerMatch(StrEnum):
    """How city, street and house number are compared."""

    CASEFOLD = "casefold"
    LITERAL = "literal"


@dataclass(frozen=True, slots=True)
class CustomerPolicy:
    """Tab Kontrahenci."""

    enabled: bool = setting(
        Text("Włącz synchronizację kontrahentów", "Synchronise customers"),
        Text(
            "Rozpoznaje kontrahentów sklepu w ERP i przypisuje ich do oddziałów i segmentów.",
            "Recognises the shop's customers in the ERP and assigns them to branches and segments.",
        ),
        default=False,
    )
    qualification: Qualification = setting(
        Text("Kwalifikacja kontrahentów", "Qualification of customers"),
        Text(
            "Obowiązkowa. Wszystkie wybrane warunki muszą być spełnione jednocześnie.",
            "Required. All chosen conditions must be met at once.",
        ),
        default=Qualification.UNSET,
        options={
            Qualification.ALL: Text("Wszyscy kontrahenci", "All customers"),
            Qualification.CONDITIONS: Text("Spełniający wybrane warunki", "Those who meet the chosen conditions"),
            Qualification.UNSET: Text("Nie wybrano (nikt nie jest rozpoznawany)", "Not chosen (nobody is recognised)"),
        },
    )
    conditions: tuple[CustomerCondition, ...] = setting(
        Text("Warunki", "Conditions"),
        Text("W każdym warunku wystarczy jedna z wartości.", "In each condition any one of the values will do."),
        default=(),
    )
    level1: SegmentLevel = setting(
        Text("Segment: poziom 1", "Segment: level 1"),
        Text("Z czego powstają główne segmenty.", "What the main segments are made of."),
        default=SegmentLevel.NONE,
        options=_LEVELS,
    )
    level2: SegmentLevel = setting(
        Text("Segment: poziom 2", "Segment: level 2"),
        Text("Wymaga poziomu 1; każde źródło najwyżej raz.", "Needs level 1; each source at most once."),
        default=SegmentLevel.NONE,
        options=_LEVELS,
    )
    level3: SegmentLevel = setting(
        Text("Segment: poziom 3", "Segment: level 3"),
        Text("Wymaga poziomu 2; każde źródło najwyżej raz.", "Needs level 2; each source at most once."),
        default=SegmentLevel.NONE,
        options=_LEVELS,
    )
    segment_traits: tuple[str, ...] = setting(
        Text("Cechy, które biorą udział w segmentowaniu", "Traits that take part in segments"),
        Text("Pozostałe cechy nie tworzą segmentów.", "Other traits make no segments."),
        default=(),
        choice=ChoiceKind.CUSTOMER_TRAITS,
    )
    match: CustomerMatch = setting(
        Text("Porównywanie adresów", "Comparing addresses"),
        Text("Jak porównuje się miasto, ulicę i numer domu.", "How city, street and house number are compared."),
        default=CustomerMatch.CASEFOLD,
        options={
            CustomerMatch.CASEFOLD: Text("Wielkość liter bez znaczenia", "Letter case does not matter"),
            CustomerMatch.LITERAL: Text("Dosłownie, także wielkość liter", "Literally, letter case too"),
        },
    )

    @property
    def levels(self) -> tuple[SegmentSource, ...]:
        """Sources of the levels in use, up to the first that is none; empty while the segment function is off."""
        found: list[SegmentSource] = []
        for level in (self.level1, self.level2, self.level3):
            if level is SegmentLevel.NONE:
                break
            found.append(SegmentSource(level.value))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class GuardPolicy:
    """How much may change unattended: a share of the offer, but never fewer than `floor` items, over `hours`."""

    share: Decimal = setting(
        Text("Udział zmian bez zatwierdzenia", "Share allowed without approval"),
        Text("0.20 = 20 % oferty.", "0.20 = 20 % of the offer."),
        default=Decimal("0.20"),
        least=0,
        most=1,
    )
    floor: int = setting(
        Text("Liczba zmian zawsze dozwolona", "Number always allowed"),
        Text("Poniżej tej liczby nie pyta.", "Below it nothing is asked."),
        default=20,
        least=0,
    )
    price_jump: Decimal = setting(
        Text("Skok ceny", "Price jump"),
        Text("0.50 = zmiana o ponad połowę liczy się jako skok.", "0.50 = a move by more than half is a jump."),
        default=Decimal("0.50"),
        least=0,
    )
    hours: int = setting(
        Text("Okno w godzinach", "Window in hours"),
        Text("Zmiany z tylu godzin liczy się razem.", "Changes of so many hours are counted together."),
        default=24,
        least=1,
    )
    read_back: int = setting(
        Text("Ile ofert sprawdzić po synchronizacji", "Offers read back after a run"),
        Text(
            "Próbka potwierdzonych zmian, które sklep musi pokazać; 0 = nie sprawdzaj.",
            "A sample of confirmed changes the shop has to show; 0 = do not look.",
        ),
        default=20,
        least=0,
    )


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything rules and flows need to know of a channel's settings."""

    goods: GoodsPolicy = GoodsPolicy()
    prices: PricePolicy = PricePolicy()
    stock: StockPolicy = StockPolicy()
    branches: tuple[Branch, ...] = ()
    guard: GuardPolicy = GuardPolicy()
    customers: CustomerPolicy = CustomerPolicy()
    orders: OrderPolicy = field(default_factory=OrderPolicy)
    other: OtherPolicy = field(default_factory=OtherPolicy)
