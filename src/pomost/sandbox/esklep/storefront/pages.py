"""The addresses of the storefront, and its lists of goods."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse

from pomost.sandbox.esklep.files import present
from pomost.sandbox.esklep.groups import is_shown
from pomost.sandbox.esklep.records import Kept, Product
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.esklep.storefront.frame import Visit, card, page, visitor
from pomost.sandbox.esklep.storefront.markup import Html, tag
from pomost.sandbox.esklep.storefront.product_page import product_page
from pomost.sandbox.esklep.storefront.set_pages import sets_page
from pomost.sandbox.esklep.storefront.shelves import group_name, reduced_goods, search, shelves_of

ON_A_PAGE = 24
Who = Annotated[str, Query(alias="klient", max_length=254)]
Turn = Annotated[int, Query(alias="strona", ge=1, le=1_000_000)]
PUBLIC = "public, max-age=31536000, immutable"


def storefront(shop: Shop) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    async def all_goods(
        klient: Who = "", szukaj: Annotated[str, Query(max_length=200)] = "", strona: Turn = 1
    ) -> HTMLResponse:
        wanted = szukaj.strip()
        with shop.lock:
            visit = visitor(shop, klient, "/", wanted, strona)
            goods = search(shop, wanted) if wanted else shelves_of(shop).all
            return _list(visit, f"Szukaj: {wanted}" if wanted else "Wszystkie towary", goods)

    @router.get("/grupa/{erp_id}")
    async def goods_of_group(erp_id: str, klient: Who = "", strona: Turn = 1) -> HTMLResponse:
        with shop.lock:
            visit = visitor(shop, klient, f"/grupa/{erp_id}", turn=strona)
            group = shop.groups.get(erp_id)
            if group is None or not is_shown(shop, erp_id):
                return _gone(visit, "Nie ma takiej grupy.", 404)
            return _list(visit, group_name(group, visit.language), list(shelves_of(shop).below(erp_id)), erp_id)

    @router.get("/towar/{erp_id}")
    async def one_product(erp_id: str, klient: Who = "") -> HTMLResponse:
        with shop.lock:
            visit = visitor(shop, klient, f"/towar/{erp_id}")
            product = shop.products.get(erp_id)
            if product is None:
                return _gone(visit, "Nie ma takiego towaru.", 404)
            if not product.live:
                return _gone(visit, "Ten towar został wycofany z oferty.", 410)
            return product_page(visit, product)

    @router.get("/pliki/{sha256}")
    async def one_file(sha256: str) -> Response:
        with shop.lock:
            blob = present(shop, sha256)
        if blob is None:
            return Response(status_code=404)
        headers = {"Cache-Control": PUBLIC, "X-Content-Type-Options": "nosniff"}
        return Response(blob.content, media_type=blob.media_type, headers=headers)

    _offers(router, shop)
    return router


def _offers(router: APIRouter, shop: Shop) -> None:
    @router.get("/promocje")
    async def promotions(klient: Who = "", strona: Turn = 1) -> HTMLResponse:
        with shop.lock:
            visit = visitor(shop, klient, "/promocje", turn=strona)
            return _list(visit, "Promocje", reduced_goods(shop, visit.buyer))

    @router.get("/zestawy")
    async def sets(klient: Who = "") -> HTMLResponse:
        with shop.lock:
            return sets_page(visitor(shop, klient, "/zestawy"))


def _list(visit: Visit, title: str, goods: Sequence[Kept[Product]], group: str | None = None) -> HTMLResponse:
    turns = max((len(goods) + ON_A_PAGE - 1) // ON_A_PAGE, 1)
    turn = min(visit.turn, turns)
    shown = goods[(turn - 1) * ON_A_PAGE : turn * ON_A_PAGE]
    return page(
        visit,
        title,
        tag("h1", title),
        _subgroups(visit, group) if group else None,
        tag("p", f"Towary: {len(goods)} · strona {turn} z {turns}", class_="soft"),
        tag("ul", [tag("li", card(visit, kept)) for kept in shown], class_="grid")
        if shown
        else tag("p", "Nie ma tu jeszcze żadnego towaru."),
        _turns(visit, turn, turns),
        group=group,
    )


def _subgroups(visit: Visit, group: str) -> Html | None:
    """The next groups down: on a narrow screen the tree beside the page shows its first level alone."""
    below = shelves_of(visit.shop).tree.get(group)
    if not below:
        return None
    links = [tag("a", group_name(one, visit.language), href=visit.to(f"/grupa/{one.key}")) for one in below]
    return tag("nav", links, class_="sub", aria_label="Podgrupy")


def _turns(visit: Visit, turn: int, turns: int) -> Html | None:
    if turns == 1:
        return None

    def to(number: int, name: str) -> Html:
        return tag("a", name, href=visit.to(visit.path, szukaj=visit.wanted, strona=str(number)))

    back = to(turn - 1, "← poprzednia") if turn > 1 else None
    on = to(turn + 1, "następna →") if turn < turns else None
    return tag("nav", back, on, class_="turn", aria_label="Strony")


def _gone(visit: Visit, sentence: str, status: int) -> HTMLResponse:
    return page(
        visit, sentence, tag("h1", sentence), tag("p", tag("a", "Wszystkie towary", href=visit.to("/"))), status=status
    )
