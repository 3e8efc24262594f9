"""Product groups: a tree below the shop's root (section 4)."""

from collections.abc import Callable, Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from pomost.sandbox.esklep.batch import Faulty, Resource
from pomost.sandbox.esklep.call import Called
from pomost.sandbox.esklep.case import Case
from pomost.sandbox.esklep.listing import shown
from pomost.sandbox.esklep.records import Group, Kept
from pomost.sandbox.esklep.shop import Shop
from pomost.sandbox.http.call import plain
from pomost.sandbox.http.paging import ListQuery, page
from pomost.sandbox.http.problems import invalid_at

_RING = ("/parent_erp_id", "group-cycle")
DEEPEST = 10  # levels below the root


def line_of(shop: Shop, erp_id: str) -> list[str]:
    """The group and those above it, up to the root; a group nobody sent ends the line."""
    line: list[str] = []
    at: str | None = erp_id
    while at is not None and at not in line:
        line.append(at)
        kept = shop.groups.get(at)
        at = None if kept is None else kept.item.parent_erp_id
    return line


def below_root(shop: Shop, erp_id: str) -> bool:
    """Whether a group is known and lies in the subtree of the root; the root itself does not lie below itself."""
    root = shop.settings.root_group_erp_id
    return erp_id != root and erp_id in shop.groups and line_of(shop, erp_id)[-1] == root


def is_shown(shop: Shop, erp_id: str) -> bool:
    """Whether a group and all above it are on show; the root needs not be sent to be there."""
    root = shop.settings.root_group_erp_id
    line = line_of(shop, erp_id)
    return line[-1] == root and all(
        (one == root and one not in shop.groups) or shop.groups.records[one].live for one in line
    )


def _check(case: Case, item: Group, _stored: Kept[Group] | None) -> Group:
    _check_place(case, item)
    tags = [text.lang for text in item.texts]
    named = {text.lang for text in item.texts if text.name.strip()}
    if case.shop.settings.default_language not in named:
        case.flaw("/texts", "group-name-missing")
    else:
        case.languages(tags, "/texts")
        for index, text in enumerate(item.texts):
            if not text.name.strip():
                case.flaw(f"/texts/{index}/name", "group-name-missing")
    case.attributes(item.attributes, "product")
    return item


def _check_place(case: Case, item: Group) -> None:
    shop, pointer = case.shop, "/parent_erp_id"
    root, parent = shop.settings.root_group_erp_id, item.parent_erp_id
    if item.erp_id == root:
        if parent is not None:
            case.flaw(pointer, "not-allowed-value")
    elif parent is None:
        case.flaw(pointer, "required")
    elif parent == item.erp_id:
        case.flaw(pointer, "group-cycle")
    elif parent != root and parent not in shop.groups:
        case.flaw(pointer, "group-parent-unknown")
    else:
        line = line_of(shop, parent)
        if item.erp_id in line:
            case.flaw(pointer, "group-cycle")
        elif len(line) - 1 + _height(shop, item.erp_id) > DEEPEST:
            case.flaw(pointer, "group-too-deep")


def _height(shop: Shop, erp_id: str) -> int:
    """How many levels hang at a group, itself included: a group that moves takes them along."""
    levels, tier = 0, {erp_id}
    while tier and levels <= DEEPEST:
        levels += 1
        tier = {key for parent in tier for key in shop.subgroups.get(parent, ())}
    return levels


def parents_first(
    items: list[Any], kind: type[Any], parent_of: Callable[[Any], str | None], ring: tuple[str, str]
) -> Iterable[int]:
    """An order in which what has its parent in the batch comes after it; `ring` says how a ring of parents is refused.

    Rings are put among the items as faulty ones: no order could serve them.
    """
    places = {item.erp_id: index for index, item in enumerate(items) if isinstance(item, kind)}
    done: dict[int, None] = {}
    for start in range(len(items)):
        path: list[int] = []
        at: int | None = start
        while at is not None and at not in done and at not in path:
            path.append(at)
            item = items[at]
            at = places.get(parent_of(item) or "") if isinstance(item, kind) else None
        if at in path:
            for index in path[path.index(at) :]:
                items[index] = Faulty(items[index], invalid_at(*ring))
        done.update(dict.fromkeys(reversed(path)))
    return done


def _parents_first(items: list[Any]) -> Iterable[int]:
    return parents_first(items, Group, lambda group: group.parent_erp_id, _RING)


def _note(shop: Shop, old: Kept[Group] | None, new: Kept[Group]) -> None:
    if old is not None and old.item.parent_erp_id is not None:
        shop.subgroups[old.item.parent_erp_id].discard(old.key)
    if new.item.parent_erp_id is not None:
        shop.subgroups[new.item.parent_erp_id].add(new.key)
    shop.catalogue_stamp += 1


GROUPS = Resource(
    name="groups",
    kind=Group,
    keys=("erp_id",),
    prefix="gr",
    area="groups",
    shelf=lambda shop: shop.groups,
    check=_check,
    note=_note,
    order=_parents_first,
)

router = APIRouter(tags=["groups"])


@router.get("/v1/groups")
async def list_groups(call: Called, request: Request, query: Annotated[ListQuery, Query()]) -> Response:
    return page(call, request, query, call.shop.groups, show=shown)


@router.post("/v1/groups:batch", dependencies=[Depends(plain)])
async def batch_groups(call: Called, request: Request) -> Response:
    return await GROUPS.run(call, request)
