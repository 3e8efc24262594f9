"""What a person sees in a browser: the shop's goods per branch, plain and without scripts."""

import html
from collections.abc import Iterable
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from pomost.sandbox.http.call import LANGUAGES, language_of
from pomost.sandbox.http.texts import Text
from pomost.sandbox.mstore.records import Branch, Offer, Product, Stock
from pomost.sandbox.mstore.shop import Shop

ROWS = 50

_T = {
    "lead": Text("Tak widzi tę hurtownię klient serwisu.", "This is how customers of the service see the wholesaler."),
    "products": Text("towary w katalogu", "products in the catalogue"),
    "offers": Text("oferty", "offers"),
    "withdrawn": Text("wycofane", "withdrawn"),
    "branches": Text("oddziały", "branches"),
    "customers": Text("kontrahenci", "customers"),
    "assigned": Text("przypisani", "assigned"),
    "orders": Text("zamówienia", "orders"),
    "search": Text("Szukaj nazwy, kodu EAN lub symbolu", "Search by name, EAN or symbol"),
    "go": Text("Szukaj", "Search"),
    "name": Text("Nazwa", "Name"),
    "unit": Text("Jednostka", "Unit"),
    "price": Text("Cena", "Price"),
    "vat": Text("VAT", "VAT"),
    "stock": Text("Stan", "Stock"),
    "state": Text("W sklepie", "In the shop"),
    "can_buy": Text("można kupić", "can be bought"),
    "sold_out": Text("widoczny, brak na stanie", "visible, out of stock"),
    "no_price": Text("widoczny, bez ceny", "visible, without a price"),
    "hidden": Text("ukryty", "hidden"),
    "gone": Text("wycofany z oferty", "withdrawn"),
    "net": Text("netto", "net"),
    "gross": Text("brutto", "gross"),
    "none": Text("Brak ofert.", "No offers."),
    "no_branch": Text("Nie ma jeszcze oddziałów.", "There are no branches yet."),
    "previous": Text("poprzednie", "previous"),
    "next": Text("następne", "next"),
    "found": Text("Znaleziono ofert", "Offers found"),
    "page": Text("strona", "page"),
}

_STYLE = """
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 76rem; padding: 1rem }
h1 { margin: 0 } ul.counts { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem 1.5rem }
nav a { margin-right: .75rem } nav a[aria-current] { font-weight: 700; text-decoration: none }
.wide { overflow-x: auto } table { border-collapse: collapse; width: 100% }
th, td { padding: .35rem .6rem; border-bottom: 1px solid #8886; text-align: left; vertical-align: top }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums }
form { margin: 1rem 0 } input { font: inherit; padding: .3rem .5rem; width: 22rem; max-width: 60% }
button { font: inherit; padding: .3rem .8rem }
"""


def shop_page(shop: Shop) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def show(request: Request) -> HTMLResponse:
        query = request.query_params
        wished = query.get("lang", "")
        language = wished if wished in LANGUAGES else language_of(request.headers)
        number = int(query["page"]) if query.get("page", "").isascii() and query.get("page", "").isdigit() else 1
        with shop.lock:
            text = _page(shop, language, query.get("branch"), query.get("q", "").strip(), max(number, 1))
        return HTMLResponse(text, headers={"Content-Language": language, "Vary": "Accept-Language"})

    return router


def _page(shop: Shop, language: str, branch_id: str | None, wanted: str, number: int) -> str:
    branches = list(shop.branches)
    branch = next((branch for branch in branches if branch.id == branch_id), branches[0] if branches else None)
    rows = _rows(shop, branch, wanted)
    pages = max((len(rows) + ROWS - 1) // ROWS, 1)
    number = min(number, pages)
    kept = {"lang": language, "q": wanted, "branch": branch.id if branch else ""}
    shown = rows[(number - 1) * ROWS : number * ROWS]
    name = html.escape(shop.name)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{name}</title><style>{_STYLE}</style></head><body>'
        f"<header>{_languages(kept, language)}<h1>{name}</h1><p>{_T['lead'].into(language)}</p></header><main>"
        f"{_counts(shop, language)}{_branches(branches, branch, kept, language)}{_search(kept, language)}"
        f"<p>{_T['found'].into(language)}: {len(rows)} · {_T['page'].into(language)} {number}/{pages}</p>"
        f"{_table(shown, language)}{_turns(kept, number, pages, language)}</main></body></html>"
    )


Row = tuple[Product, Offer, Stock | None]


def _rows(shop: Shop, branch: Branch | None, wanted: str) -> list[Row]:
    if branch is None:
        return []
    word = wanted.casefold()
    stocks = shop.stocks[branch.id]
    rows = []
    for offer in shop.offers:
        product = shop.products.records[offer.product_id]
        if not word or word in f"{product.name} {product.ean} {offer.distributor_sku}".casefold():
            rows.append((product, offer, stocks.get(product.id)))
    return sorted(rows, key=lambda row: (row[0].name.casefold(), row[0].id))


def _state(offer: Offer, stock: Stock | None) -> str:
    """What a shopper of the branch can do with an offer (the M/store contract, section 8)."""
    if offer.status == "withdrawn":
        return "gone"
    if stock is None or not stock.visible:
        return "hidden"
    if stock.quantity == 0:
        return "sold_out"
    return "no_price" if offer.price is None else "can_buy"


def _table(rows: Iterable[Row], language: str) -> str:
    cells = "".join(_row(product, offer, stock, language) for product, offer, stock in rows)
    if not cells:
        return f"<p>{_T['none'].into(language)}</p>"
    heads = (("name", ""), ("EAN", ""), ("unit", ""), ("price", "n"), ("vat", "n"), ("stock", "n"), ("state", ""))
    head = "".join(
        f'<th scope="col" class="{css}">{_T[name].into(language) if name in _T else name}</th>' for name, css in heads
    )
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{cells}</tbody></table></div>'


def _row(product: Product, offer: Offer, stock: Stock | None, language: str) -> str:
    unit = next((unit.label for unit in product.sales_units if unit.id == offer.sales_unit_id), offer.sales_unit.type)
    amount = "—"
    if offer.price is not None and offer.price_kind is not None:
        figure = f"{offer.price:.2f}"
        amount = f"{figure.replace('.', ',') if language == 'pl' else figure} zł {_T[offer.price_kind].into(language)}"
    rate = f"{offer.vat_rate}%" if offer.vat_rate.isdigit() else offer.vat_rate
    quantity = "—" if stock is None else str(stock.quantity)
    cells = (
        ("", f"{product.name}"), ("", product.ean), ("", unit), ("n", amount), ("n", rate), ("n", quantity),
        ("", _T[_state(offer, stock)].into(language)),
    )  # fmt: skip
    return "<tr>" + "".join(f'<td class="{css}">{html.escape(text)}</td>' for css, text in cells) + "</tr>"


def _counts(shop: Shop, language: str) -> str:
    counts = {
        "products": len(shop.products),
        "offers": len(shop.offers),
        "withdrawn": sum(offer.status == "withdrawn" for offer in shop.offers),
        "branches": len(shop.branches),
        "customers": len(shop.customers),
        "assigned": len(shop.assignments),
        "orders": len(shop.orders),
    }
    items = "".join(f"<li><b>{count}</b> {_T[name].into(language)}</li>" for name, count in counts.items())
    return f'<ul class="counts">{items}</ul>'


def _link(kept: dict[str, str], text: str, *, current: bool = False, **changes: str) -> str:
    address = html.escape("/?" + urlencode({name: value for name, value in {**kept, **changes}.items() if value}))
    mark = ' aria-current="true"' if current else ""
    return f'<a href="{address}"{mark}>{html.escape(text)}</a>'


def _languages(kept: dict[str, str], language: str) -> str:
    names = (("pl", "Polski"), ("en", "English"))
    return f"<nav>{''.join(_link(kept, name, current=tag == language, lang=tag) for tag, name in names)}</nav>"


def _branches(branches: list[Branch], chosen: Branch | None, kept: dict[str, str], language: str) -> str:
    if chosen is None:
        return f"<p>{_T['no_branch'].into(language)}</p>"
    links = "".join(
        _link(kept, f"{branch.name} ({branch.external_id})", current=branch.id == chosen.id, branch=branch.id)
        for branch in branches
    )
    return f"<nav>{links}</nav>"


def _search(kept: dict[str, str], language: str) -> str:
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{html.escape(kept[name])}">' for name in ("lang", "branch")
    )
    label = _T["search"].into(language)
    return (
        f'<form method="get" action="/" role="search">{hidden}<input type="search" name="q" aria-label="{label}" '
        f'placeholder="{label}" value="{html.escape(kept["q"])}"> <button>{_T["go"].into(language)}</button></form>'
    )


def _turns(kept: dict[str, str], number: int, pages: int, language: str) -> str:
    back = _link(kept, _T["previous"].into(language), page=str(number - 1)) if number > 1 else ""
    on = _link(kept, _T["next"].into(language), page=str(number + 1)) if number < pages else ""
    return f"<nav>{back}{on}</nav>"
