"""The tabs of a channel's settings: which sections each shows, in which groups, with the manual's sentences."""

from dataclasses import dataclass

from pomost.model.text import Text

NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Group:
    """Settings shown together, in this order. `folded`: shown when asked for, as most people never need them."""

    title: Text
    paths: tuple[str, ...]
    intro: Text = NOTHING
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """Settings no group names come last, folded, in the order they are declared.

    `alone`: they are not shown, and stay as they are when the tab is saved.
    """

    name: str
    title: Text
    sections: tuple[str, ...]
    intro: Text = NOTHING
    groups: tuple[Group, ...] = ()
    alone: bool = False

    def shows(self, path: str) -> bool:
        return not self.alone or any(path in group.paths for group in self.groups)


CONNECTION = Tab(
    "connection",
    Text("Połączenie", "Connection"),
    ("channel", "shop", "erp"),
    Text(
        "Dane połączeniowe do sklepu i do bazy ERP. Klucz API otrzymasz od M/store.",
        "How to reach the shop and the ERP's database. M/store gives you the API key.",
    ),
    (
        Group(Text("Sklep", "Shop"), ("shop.address", "shop.key")),
        Group(
            Text("System ERP", "ERP"),
            ("erp.server", "erp.database", "erp.login", "erp.password", "erp.trust_certificate"),
        ),
        Group(
            Text("Zapis zamówień (Sfera)", "Registering orders (Sfera)"),
            ("erp.sfera_operator", "erp.sfera_operator_password"),
            folded=True,
        ),
    ),
)
GOODS = Tab(
    "goods",
    Text("Towary", "Goods"),
    ("goods",),
    Text(
        "Przenosi do sklepu cenę, jednostkę sprzedaży, minimalną ilość, stawkę VAT i Symbol. Towary są porównywane po "
        "kodzie EAN; nazwa i kod EAN pochodzą ze sklepu i nie są zmieniane.",
        "Brings price, sales unit, minimum quantity, VAT rate and Symbol to the shop. Products are compared by EAN; "
        "name and EAN come from the shop and are not changed.",
    ),
    (
        Group(Text("Synchronizacja towarów", "Synchronising goods"), ("goods.enabled",)),
        Group(
            Text("Kwalifikacja towarów do sprzedaży", "Which products are for sale"),
            ("goods.qualification", "goods.conditions"),
            Text(
                "Po wyłączeniu kwalifikatora (np. usunięciu Cechy) stan towaru w sklepie zostanie wyzerowany, a towar "
                "wycofany z oferty.",
                "When a product no longer qualifies (say its trait is removed), its stock in the shop becomes nought "
                "and it is withdrawn from the offer.",
            ),
        ),
        Group(
            Text("Minimalna ilość w pozycji zamówienia", "The least an order line may hold"),
            ("goods.min_quantity_field",),
        ),
        Group(
            Text("Jednostki sprzedaży towaru", "Sales units"),
            ("goods.unit_type_field", "goods.unit_multiplier_field"),
            Text(
                "Niewybranie pól własnych spowoduje, że jednostką sprzedaży będzie podstawowa jednostka miary z ERP.",
                "Without own fields the sales unit is the ERP's base unit.",
            ),
        ),
        Group(
            Text("Słownik jednostek", "Unit dictionary"),
            ("goods.unit_dictionary",),
            Text(
                "Przyporządkowuje jednostkom używanym w ERP jednostki obowiązujące w sklepie. Używając "
                "niestandardowych "
                "jednostek zbiorczych, wprowadzenie tłumaczenia jest absolutnie konieczne: bez niego jednostka "
                "zostanie "
                "zinterpretowana jako sztuka.",
                "Gives each unit used in the ERP a unit of the shop. With packs of your own a translation is "
                "absolutely "
                "necessary: without it the unit is taken for a piece.",
            ),
        ),
    ),
)
PRICES = Tab(
    "prices",
    Text("Ceny", "Prices"),
    ("prices",),
    Text(
        "Zakładka Ceny pozwala ustalić, który poziom cen z ERP ma być prezentowany jako ceny sprzedaży w sklepie.",
        "Which of the ERP's price levels the shop shows as sales prices.",
    ),
    (
        Group(
            Text("Ceny wysyłane do sklepu", "Prices sent to the shop"),
            ("prices.enabled", "prices.level", "prices.kind"),
        ),
    ),
)
STOCK = Tab(
    "stock",
    Text("Stany", "Stock"),
    ("stock",),
    Text(
        "Przesyła do sklepu aktualne stany magazynowe lub dostępność towarów z magazynów wybranych w "
        "zakładce Oddziały.",
        "Sends stock on hand or availability from the warehouses chosen under Branches.",
    ),
    (
        Group(
            Text("Stany wysyłane do sklepu", "Stock sent to the shop"),
            ("stock.enabled", "stock.basis", "stock.hide_when_out"),
            Text(
                "Wyłączenie ostatniej funkcji spowoduje, że towar o zerowym stanie będzie widoczny, ale klient nie "
                "będzie "
                "mógł go zakupić.",
                "With the last one off, a product that is out stays visible but cannot be bought.",
            ),
        ),
    ),
)
ORDERS = Tab(
    "orders",
    Text("Zamówienia", "Orders"),
    ("orders",),
    Text(
        "Zamówienia ze sklepu stają się w ERP dokumentami „Zamówienie od klienta” (ZK), a sklep dowiaduje się o stanie "
        "ich realizacji.",
        "Orders of the shop become customer orders (ZK) in the ERP, and the shop hears how far they are.",
    ),
    (
        Group(Text("Ogólne", "General"), ("orders.enabled", "orders.category", "orders.reserve", "orders.status")),
        Group(
            Text("Statusy", "Statuses"),
            ("orders.feedback", "orders.statuses"),
            Text(
                "Zmiana statusu zamówienia w sklepie na podstawie etapu realizacji w ERP, np. wystawienie faktury "
                "sprzedaży zmienia status na „Zrealizowane”.",
                "The order's status in the shop follows its stage in the ERP, e.g. an invoice makes it “realised”.",
            ),
        ),
    ),
)
CUSTOMERS = Tab(
    "customers",
    Text("Kontrahenci", "Customers"),
    ("customers",),
    Text(
        "Kontrahenci ze sklepu są rozpoznawani w ERP na podstawie numeru NIP, miasta, ulicy, a gdy te się powtarzają, "
        "numeru domu. Identyfikacja nie podlega ustawieniom.",
        "The shop's customers are recognised in the ERP by tax number, city and street, and where these "
        "repeat by house "
        "number. This is not a setting.",
    ),
    (
        Group(Text("Synchronizacja kontrahentów", "Synchronising customers"), ("customers.enabled",)),
        Group(
            Text("Kwalifikacja kontrahentów", "Which customers qualify"),
            ("customers.qualification", "customers.conditions"),
        ),
        Group(
            Text("Segment", "Segment"),
            ("customers.level1", "customers.level2", "customers.level3", "customers.segment_traits"),
            Text(
                "Rozdziela kontrahentów do kategorii (segmentów), maksymalnie na 3 poziomach.",
                "Sorts customers into categories (segments), three levels at most.",
            ),
        ),
    ),
)
OTHER = Tab(
    "other",
    Text("Inne", "Other"),
    ("other",),
    Text("Zakładka techniczna (serwisowa).", "Technical settings."),
    (
        Group(
            Text("Praca programu", "The program's own work"),
            ("other.temp_directory", "other.log_products", "other.log_customers"),
        ),
    ),
)
GUARD = Tab(
    "guard",
    Text("Bezpiecznik", "Guard"),
    ("guard",),
    Text(
        "Ile kupujący mogą stracić bez zgody człowieka. Ponad tę miarę wycofania, ukrycia, zerowania stanów, skoki cen "
        "i utraty warunków czekają na zatwierdzenie, reszta idzie dalej.",
        "How much buyers may lose without a person. Beyond it goods withdrawn, out of sight or going to nought, prices "
        "that jump and terms that are lost wait for approval; the rest goes on.",
    ),
    (
        Group(
            Text("Zmiany bez zatwierdzenia", "Changes without approval"),
            ("guard.share", "guard.floor", "guard.price_jump", "guard.hours", "guard.read_back"),
        ),
    ),
)

DRAWN = {one.name: one for one in (CONNECTION, GOODS, PRICES, STOCK, ORDERS, CUSTOMERS, OTHER, GUARD)}
"""Tabs drawn from their declarations alone; the tab Oddziały has a screen of its own."""
