"""The tabs of a channel whose shop takes entries: they ask little, for the ERP's configuration says what is offered."""

from pomost.model.text import Text
from pomost.panel.boxes import has_window
from pomost.panel.tabs import DRAWN, Group, Tab

CONNECTION = Tab(
    "connection",
    Text("Połączenie", "Connection"),
    ("channel", "shop", "erp"),
    Text(
        "Dane połączeniowe do sklepu i do bazy ERP. Jedno stanowisko e-Sklepu w ERP to jeden kanał i jeden klucz API.",
        "How to reach the shop and the ERP's database. "
        "Each shop configuration of the ERP is one channel with one API key.",
    ),
    (
        Group(Text("Sklep", "Shop"), ("shop.address", "shop.key")),
        Group(
            Text("System ERP", "ERP"),
            ("erp.server", "erp.database", "erp.login", "erp.password", "erp.trust_certificate"),
        ),
        Group(
            Text("Co ERP udostępnia sklepowi", "What the ERP shows to the shop"),
            ("erp.station", "erp.stock_sent", "erp.file_folders"),
        ),
    ),
)
GOODS = Tab(
    "goods",
    Text("Towary", "Goods"),
    ("goods",),
    Text(
        "Przenosi do sklepu grupy, towary z opisami i atrybutami, zestawy promocyjne oraz zdjęcia i inne pliki. Które "
        "towary są w ofercie, w jakiej grupie i z jaką dostępnością, mówią karty towarów w ERP.",
        "Brings groups, products with texts and attributes, promotional sets, pictures and other files to the shop. "
        "Which products are offered, in which group and how available, their cards in the ERP say.",
    ),
    (Group(Text("Synchronizacja towarów", "Synchronising goods"), ("goods.enabled",)),),
    alone=True,
)
PRICES = Tab(
    "prices",
    Text("Ceny", "Prices"),
    ("prices",),
    Text(
        "Przenosi do sklepu ceny każdego rodzaju, punkty w programie lojalnościowym i rabaty (jako reguły).",
        "Brings prices of every price type, loyalty points and discounts (as rules) to the shop.",
    ),
    (Group(Text("Ceny wysyłane do sklepu", "Prices sent to the shop"), ("prices.enabled",)),),
    alone=True,
)
STOCK = Tab(
    "stock",
    Text("Stany", "Stock"),
    ("stock",),
    Text(
        "Przenosi do sklepu stany magazynów wskazanych w konfiguracji stanowiska e-Sklepu. Czy rezerwacje są "
        "odejmowane, mówi ustawienie „Wysyłany stan” w zakładce Połączenie.",
        "Brings stock of the warehouses the shop's configuration in the ERP names. Whether reservations are taken off "
        "is a setting under Connection: “Stock sent”.",
    ),
    (Group(Text("Stany wysyłane do sklepu", "Stock sent to the shop"), ("stock.enabled",)),),
    alone=True,
)
ORDERS = Tab(
    "orders",
    Text("Zamówienia", "Orders"),
    ("orders",),
    Text(
        "Zamówienia z tego sklepu nie są jeszcze pobierane, więc nie ma tu nic do ustawienia.",
        "Orders of this shop are not brought in yet, so there is nothing to set here.",
    ),
    alone=True,
)
CUSTOMERS = Tab(
    "customers",
    Text("Kontrahenci", "Customers"),
    ("customers",),
    Text(
        "Przenosi do sklepu kontrahentów, którym ERP go udostępnia, z ich cenami i rabatami. W oknie synchronizacji "
        "zaznacz przy tym „Wyślij kontrahentów”.",
        "Brings customers the ERP lets into the shop, with their prices and discounts. In the synchronisation window "
        "tick “Send customers” for it.",
    ),
    (Group(Text("Synchronizacja kontrahentów", "Synchronising customers"), ("customers.enabled",)),),
    alone=True,
)

OF_ENTRIES = DRAWN | {one.name: one for one in (CONNECTION, GOODS, PRICES, STOCK, ORDERS, CUSTOMERS)}


def tabs_for(shop: str) -> dict[str, Tab]:
    """The tabs of a channel with such a shop, by name."""
    return OF_ENTRIES if has_window(shop) else DRAWN
