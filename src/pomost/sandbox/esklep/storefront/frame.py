"""The frame of every page, and the small pieces pages are made of."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote as escaped_path
from urllib.parse import urlencode

from fastapi.responses import HTMLResponse

from pomost.sandbox.esklep.basket import in_stock
from pomost.sandbox.esklep.placing import buyer_of
from pomost.sandbox.esklep.pricing import Quoted, obstacles, quote
from pomost.sandbox.esklep.records import Group, Kept, Product
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.esklep.storefront.markup import Html, tag, text
from pomost.sandbox.esklep.storefront.shelves import group_name, links_of, name_of, shelves_of
from pomost.sandbox.esklep.storefront.style import STYLE
from pomost.sandbox.esklep.trade import Customer
from pomost.sandbox.esklep.units import unit_of
from pomost.sandbox.http.problems import Problem

# The sheet stands in the page and pictures come from here: nothing is fetched from anywhere else.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
SHOWN_CUSTOMERS = 100
SIGNS = {"PLN": "zł", "EUR": "€", "USD": "$", "GBP": "£", "CZK": "Kč"}
FLAGS = {
    "new": "Nowość", "promotion": "Promocja", "leaflet": "Z gazetki", "recommended": "Polecany",
    "clearance": "Wyprzedaż", "super_quality": "Super jakość", "super_price": "Super cena",
    "best_rated": "Najlepiej oceniany", "seller_choice": "Wybór sprzedawcy",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks, and where: what every link on the page carries along."""

    shop: Shop
    buyer: Kept[Customer] | None
    path: str
    wanted: str = ""
    turn: int = 1

    @property
    def language(self) -> str:
        return self.shop.settings.default_language

    def to(self, path: str, **query: str) -> str:
        kept = {"klient": self.buyer.shop_id if self.buyer else "", **query}
        told = urlencode({name: value for name, value in kept.items() if value})
        return f"{escaped_path(path)}{'?' if told else ''}{told}"


def visitor(shop: Shop, who: str, path: str, wanted: str = "", turn: int = 1) -> Visit:
    """A shopper by account, e-mail or the ERP's id; nobody in particular, and nobody known, is a guest."""
    buyer = shop.customers.get(who) or shop.customer(who) if who else None
    if buyer is None and "@" in who:
        try:
            buyer = buyer_of(shop, who)
        except Problem:
            buyer = None
    return Visit(shop, buyer, path, wanted, turn)


def page(visit: Visit, title: str, *content: object, group: str | None = None, status: int = 200) -> HTMLResponse:
    shop = visit.shop
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width,initial-scale=1"),
        tag("title", f"{title} – {shop.settings.name}"),
        tag("style", Html(STYLE)),
    )
    body = tag(
        "body",
        tag("a", "Przejdź do treści", class_="skip", href="#tresc"),
        _header(visit),
        tag(
            "div",
            tag("nav", _tree(visit, shop.settings.root_group_erp_id, group), class_="tree", aria_label="Grupy towarów"),
            tag("main", *content, id="tresc"),
            class_="in two",
        ),
        tag("footer", tag("div", "Sklep wzorcowy do prób. Zamówień stąd nie można złożyć.", class_="in")),
    )
    document = f"<!doctype html>{tag('html', head, body, lang='pl')}"
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HTMLResponse(document, status, headers)


def _header(visit: Visit) -> Html:
    here = visit.path
    places = (("/", "Wszystkie towary"), ("/promocje", "Promocje"), ("/zestawy", "Zestawy"))
    return tag(
        "header",
        tag(
            "div",
            tag("a", visit.shop.settings.name, class_="name", href=visit.to("/")),
            tag(
                "form",
                _carried("klient", visit.buyer.shop_id if visit.buyer else ""),
                tag("input", type="search", name="szukaj", value=visit.wanted, aria_label="Szukaj towaru",
                    placeholder="Nazwa, kod lub EAN"),
                tag("button", "Szukaj"),
                class_="search", action="/", role="search",
            ),
            _who(visit),
            class_="in",
        ),
        tag(
            "nav",
            [
                tag("a", name, href=visit.to(path), aria_current="page" if path == here else None)
                for path, name in places
            ],
            class_="in top", aria_label="Sklep",
        ),
    )  # fmt: skip


def _carried(name: str, value: str) -> Html | None:
    return tag("input", type="hidden", name=name, value=value) if value else None


def _who(visit: Visit) -> Html:
    """Whose prices are shown: some customers to choose from, and all of them by e-mail or the ERP's id."""
    known = [kept for kept, _ in zip(visit.shop.customers, range(SHOWN_CUSTOMERS), strict=False)]
    if visit.buyer is not None and visit.buyer not in known:
        known.append(visit.buyer)
    known.sort(key=lambda kept: customer_name(kept).casefold())
    options = [tag("option", "Gość", value="", selected=visit.buyer is None)]
    options += [tag("option", customer_name(kept), value=kept.shop_id, selected=kept is visit.buyer) for kept in known]
    return tag(
        "form",
        _carried("szukaj", visit.wanted),
        tag("select", options, name="klient", aria_label="Ceny dla kontrahenta"),
        tag("button", "Pokaż ceny"),
        action=visit.path,
    )


def customer_name(kept: Kept[Customer]) -> str:
    return " ".join(kept.item.names).strip() or kept.item.code


def _tree(visit: Visit, group: str, chosen: str | None) -> Html | None:
    groups = shelves_of(visit.shop).tree.get(group)
    if not groups:
        return None
    return tag("ul", [tag("li", _branch(visit, one, chosen), _tree(visit, one.key, chosen)) for one in groups])


def _branch(visit: Visit, one: Kept[Group], chosen: str | None) -> Html:
    return tag(
        "a",
        group_name(one, visit.language),
        href=visit.to(f"/grupa/{one.key}"),
        aria_current="page" if one.key == chosen else None,
    )


def money(amount: Decimal, currency: str) -> str:
    whole = f"{amount:,.{max(2, -int(amount.as_tuple().exponent))}f}"
    return f"{whole.replace(',', ' ').replace('.', ',')} {SIGNS.get(currency, currency)}"


def number(value: Decimal) -> str:
    """A quantity without idle zeros."""
    told = f"{value:f}"
    return (told.rstrip("0").rstrip(".") if "." in told else told).replace(".", ",")


def priced(visit: Visit, product: Kept[Product], symbol: str | None = None) -> Quoted | None:
    """What the visitor pays today; None where he cannot have it at any price."""
    unit = unit_of(product.item, symbol)
    if unit is None or obstacles(visit.shop, product, visit.buyer, None):
        return None
    return quote(visit.shop, product, visit.buyer, unit, visit.shop.local_day(visit.shop.now()))


def price_tag(visit: Visit, product: Kept[Product], *, big: bool = False) -> Html:
    quoted = priced(visit, product)
    if quoted is None:
        reasons = obstacles(visit.shop, product, visit.buyer, None)
        asked = "ask-for-price" in reasons
        return tag("span", "Zapytaj o cenę" if asked else "Niedostępny w tej ofercie", class_="soft")
    currency = quoted.start.price.currency
    less = quoted.final.gross < quoted.start.amount.gross
    return text(
        [
            tag(
                "span",
                money(quoted.final.gross, currency),
                class_=f"price{' big' if big else ''}{' sale' if less else ''}",
            ),
            [" ", tag("s", money(quoted.start.amount.gross, currency))] if less else None,
        ]
    )


def stock_mark(visit: Visit, product: Kept[Product]) -> Html:
    if in_stock(visit.shop, product):
        return tag("span", "Dostępny", class_="soft yes")
    return tag("span", "Brak na stanie", class_="soft no")


def card(visit: Visit, product: Kept[Product]) -> Html:
    address = visit.to(f"/towar/{product.key}")
    pictures = links_of(visit.shop, "product", product.key, "image")
    name = name_of(product.item, visit.language)
    picture = (
        tag("img", src=f"/pliki/{pictures[0].sha256}", alt=pictures[0].alt or name, loading="lazy")
        if pictures
        else tag("span", "bez zdjęcia", class_="none")
    )
    chips = [tag("span", FLAGS[flag], class_="chip") for flag in product.item.flags]
    return tag(
        "article",
        tag("a", picture, class_="pic", href=address, tabindex="-1", aria_hidden="true"),
        tag(
            "div",
            tag("div", chips) if chips else None,
            tag("a", name, class_="title", href=address),
            tag("span", product.item.code, class_="soft grow"),
            tag("span", price_tag(visit, product)),
            stock_mark(visit, product),
            class_="say",
        ),
        class_="card",
    )  # fmt: skip
