"""The shop's goods by group, as shoppers walk through them; made anew only when goods or groups have changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from weakref import WeakKeyDictionary

from pomost.sandbox.esklep.discounts import SHAPES
from pomost.sandbox.esklep.fields import covers
from pomost.sandbox.esklep.groups import is_shown
from pomost.sandbox.esklep.records import FileLink, Group, Kept, Product
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.esklep.trade import Customer


class Shelves:
    """`goods` are the published products of each shown group; `tree` are the shown groups below each group."""

    def __init__(self, shop: Shop) -> None:
        self.stamp = shop.catalogue_stamp
        self.goods: dict[str, list[Kept[Product]]] = defaultdict(list)
        self.tree: dict[str, list[Kept[Group]]] = defaultdict(list)
        self.all: list[Kept[Product]] = []
        shown = {key for key in shop.groups.records if is_shown(shop, key)}
        root = shop.settings.root_group_erp_id
        language = shop.settings.default_language
        for kept in shop.products:
            if kept.live and kept.item.default_group_erp_id in shown:
                self._place(kept, shown)
        for key in self._filled(shop) & shown - {root}:
            group = shop.groups.records[key]
            self.tree[group.item.parent_erp_id or root].append(group)
        for groups in self.tree.values():
            groups.sort(key=lambda one: (one.item.position or 0, group_name(one, language).casefold()))
        for goods in (*self.goods.values(), self.all):
            goods.sort(key=lambda one: (name_of(one.item, language).casefold(), one.key))

    def _filled(self, shop: Shop) -> set[str]:
        """Groups with goods in them or below; an empty group is not shown."""
        filled: set[str] = set()
        for group in self.goods:
            at: str | None = group
            while at is not None and at not in filled:
                filled.add(at)
                above = shop.groups.get(at)
                at = None if above is None else above.item.parent_erp_id
        return filled

    def _place(self, kept: Kept[Product], shown: set[str]) -> None:
        self.all.append(kept)
        # Variants are met on the page of their parent; on a shelf they would crowd it out.
        if kept.item.variant_of_erp_id is None:
            for group in shown.intersection({kept.item.default_group_erp_id, *kept.item.group_erp_ids}):
                self.goods[group].append(kept)

    def below(self, group: str) -> Iterator[Kept[Product]]:
        """The goods of a group and of all groups under it, each once."""
        seen: set[str] = set()
        waiting = [group]
        while waiting:
            at = waiting.pop(0)
            waiting += [one.key for one in self.tree.get(at, ())]
            for kept in self.goods.get(at, ()):
                if kept.key not in seen:
                    seen.add(kept.key)
                    yield kept


_MADE: WeakKeyDictionary[Shop, Shelves] = WeakKeyDictionary()


def shelves_of(shop: Shop) -> Shelves:
    made = _MADE.get(shop)
    if made is None or made.stamp != shop.catalogue_stamp:
        made = _MADE[shop] = Shelves(shop)
    return made


def name_of(product: Product, language: str) -> str:
    return next((text.name for text in product.texts if text.lang == language), product.texts[0].name)


def group_name(group: Kept[Group], language: str) -> str:
    return next((text.name for text in group.item.texts if text.lang == language), group.item.texts[0].name)


def search(shop: Shop, wanted: str) -> list[Kept[Product]]:
    """Published goods whose name, code, EAN or search words hold every word asked for."""
    words = wanted.casefold().split()
    return [kept for kept in shelves_of(shop).all if all(word in _told(kept.item) for word in words)]


def _told(product: Product) -> str:
    texts = " ".join(f"{text.name} {text.search_words or ''}" for text in product.texts)
    return f"{texts} {product.code} {' '.join(ean.ean for ean in product.eans)}".casefold()


def reduced_goods(shop: Shop, buyer: Kept[Customer] | None) -> list[Kept[Product]]:
    """Published goods that a rule of today names for this buyer, by themselves or by their default group."""
    day = shop.local_day(shop.now())
    sides: dict[str, str | None] = {"all": None}
    if buyer is not None:
        sides |= {"customer": buyer.item.erp_id, "customer_group": buyer.item.group_erp_id}
    goods: set[str] = set()
    groups: set[str] = set()
    for (erp_type, who, what), rules in shop.rules.items():
        shape = SHAPES[erp_type]
        holds = any(covers(rule.item.valid_from, rule.item.valid_to, day) for rule in rules.values())
        ours = shape.who in sides and who == sides[shape.who] and (who is not None or shape.who == "all")
        if what is not None and holds and ours:
            (groups if shape.what == "group" else goods).add(what)
    return [kept for kept in shelves_of(shop).all if kept.key in goods or kept.item.default_group_erp_id in groups]


def links_of(shop: Shop, kind: str, erp_id: str, role: str) -> list[FileLink]:
    """Files of an owner in the shop's language, the main one first, then by place."""
    kept = shop.links.get(f"{kind}:{erp_id}")
    files: Iterable[FileLink] = () if kept is None else kept.item.files
    language = shop.settings.default_language
    fitting = [link for link in files if link.role == role and link.lang in {None, language}]
    return sorted(fitting, key=lambda link: (not link.main, link.position))
