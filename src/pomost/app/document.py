"""A channel's settings document: read from TOML or a form, checked as a whole, turned into policy and connections."""

import difflib
import hashlib
import json
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

import pydantic

from pomost.app.results import Problem, SettingsWrong
from pomost.app.secrecy import exposed, masked, quoted
from pomost.connectors import ERPS, SHOPS
from pomost.model.branch import Branch
from pomost.model.conditions import ConditionField, CustomerField
from pomost.model.order_policy import OrderPolicy
from pomost.model.other import OtherPolicy
from pomost.model.policy import CustomerPolicy, GoodsPolicy, GuardPolicy, Policy, PricePolicy, StockPolicy
from pomost.model.setting import about, setting
from pomost.model.text import Text, tidy
from pomost.ports.erp import Focus


@dataclass(frozen=True, slots=True)
class Head:
    """What a channel joins."""

    name: str = setting(Text("Nazwa kanału", "Channel name"), Text("Krótka nazwa, np. hurtownia.", "A short name."))
    company: str = setting(
        Text("Podmiot", "Company"),
        Text(
            "Ręczne synchronizacje jednego podmiotu nie biegną równolegle.", "Its manual runs never run side by side."
        ),
    )
    erp: str = setting(Text("System ERP", "ERP"), Text("Np. subiekt-gt.", "E.g. subiekt-gt."))
    shop: str = setting(Text("Sklep", "Shop"), Text("Np. mstore.", "E.g. mstore."))
    active: bool = setting(
        Text("Kanał włączony", "Channel switched on"),
        Text("Wyłączony kanał niczego nie wysyła; podgląd działa.", "One that is off sends nothing; previews work."),
        default=True,
    )


SECTIONS: dict[str, Any] = {
    "channel": Head,
    "goods": GoodsPolicy,
    "prices": PricePolicy,
    "stock": StockPolicy,
    "customers": CustomerPolicy,
    "orders": OrderPolicy,
    "guard": GuardPolicy,
    "other": OtherPolicy,
    "branches": list[Branch],
}
"""Sections every channel has; `erp` and `shop` depend on the connectors chosen."""


@dataclass(frozen=True, slots=True)
class Settings:
    """A document that was found right."""

    head: Head
    erp: Any
    shop: Any
    policy: Policy
    document: dict[str, Any]
    secrets: dict[str, str]

    @property
    def sealed(self) -> list[str]:
        """The secrets these settings work with, typed now or kept before."""
        sides = {"erp": self.erp, "shop": self.shop}
        paths = [path.partition(".") for path in secret_fields(self.head.erp, self.head.shop)]
        return [value for side, _, name in paths if (value := getattr(sides[side], name))]

    @property
    def digest(self) -> str:
        """Changes whenever something decisions rest on changes; where the ERP is and how to log in do not count."""
        told = {name: self.document.get(name) for name in ("goods", "prices", "stock")}
        # Of a branch, cards know the warehouses; its name and address are nobody's business there.
        told["branches"] = [(branch.id, branch.warehouses) for branch in self.policy.branches]
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()

    @property
    def focus(self) -> Focus:
        """What of the ERP's cards and customers these settings look at."""
        goods, customers = self.policy.goods, self.policy.customers
        chosen = {goods.min_quantity_field, goods.unit_type_field, goods.unit_multiplier_field}
        chosen |= {one.own_field for one in goods.conditions if one.field is ConditionField.OWN_FIELD}
        traits = {value for one in goods.conditions if one.field is ConditionField.TRAIT for value in one.values}
        theirs = {one for rule in customers.conditions if rule.field is CustomerField.TRAIT for one in rule.values}
        theirs |= {*customers.segment_traits, *(branch.customer_trait for branch in self.policy.branches)}
        return Focus(
            price_levels=frozenset({self.policy.prices.level} - {""}),
            warehouses=frozenset(house for branch in self.policy.branches for house in branch.warehouses if house),
            own_fields=frozenset(chosen - {""}),
            traits=frozenset(traits),
            customer_traits=frozenset(theirs - {""}) if customers.enabled else frozenset(),
        )


def sections_for(erp: str, shop: str) -> dict[str, Any]:
    """Every section of a document whose channel joins these two."""
    return {**SECTIONS, "erp": ERPS[erp].settings, "shop": SHOPS[shop].settings}


_LONGEST = {"name": 64, "company": 200}


def unstorable(document: Mapping[str, Any]) -> Iterator[Problem]:
    """What a document may say and no database or address could hold: names too long, signs that are no text."""
    head = document.get("channel", {})
    for name, most in _LONGEST.items() if isinstance(head, Mapping) else ():
        if len(str(head.get(name, ""))) > most:
            text = Text("za długie: najwyżej {most} znaków", "too long: {most} characters at most")
            yield Problem(f"channel.{name}", text.fill(most=most))
    if isinstance(head, Mapping) and "/" in str(head.get("name", "")):
        yield Problem("channel.name", Text("nie może zawierać ukośnika", "must not contain a slash"))
    yield from _unprintable(document, "")


def unfit(settings: Settings, kept: Mapping[str, Any]) -> Iterator[Problem]:
    """What must not be saved: what the two sides say of their own settings, and secrets outside their fields.

    `kept`: the newest version. A side nobody changed is not judged again, so that a channel whose connection became
    unfit can still be switched off and edited elsewhere; connecting with it is refused.
    """
    head = settings.head
    yield from exposed(settings.document, settings.sealed)
    for side, found in (
        ("erp", ERPS[head.erp].unfit(settings.erp)),
        ("shop", SHOPS[head.shop].unfit(settings.shop)),
    ):
        if settings.document.get(side) != kept.get(side):
            # A shop's setting that is refused may well be its key in the wrong place.
            yield from (Problem(f"{side}.{name}", text, hides=side == "shop") for name, text in found)


def _unprintable(value: Any, path: str) -> Iterator[Problem]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _unprintable(str(name), path)
            yield from _unprintable(inner, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from _unprintable(inner, f"{path}.{place}")
    elif isinstance(value, str) and any(ord(sign) < ord(" ") and sign not in "\t\n\r" for sign in value):
        text = Text("zawiera niedrukowalny znak", "contains a character that cannot be printed")
        yield Problem(path, text)


def secret_fields(erp: str, shop: str) -> list[str]:
    """Dotted paths of secret settings."""
    sections = {"erp": ERPS[erp].settings, "shop": SHOPS[shop].settings}
    return [f"{name}.{field}" for name, section in sections.items() for field in _secret_names(section)]


def read(document: Mapping[str, Any], kept_secrets: Mapping[str, str] | None = None) -> Settings:
    """Check a document and turn it into settings. Raises SettingsWrong with every problem found.

    `kept_secrets` fill in secrets the document leaves out, as exported documents do.
    """
    problems = list(_unknown_sections(document))
    sealed = _typed_secrets(document)
    head = _section(Head, document.get("channel", {}), "channel", problems)
    if head is not None:
        blank = Text("nie może być puste", "must not be blank")
        problems += [Problem(f"channel.{name}", blank) for name in ("name", "company") if not tidy(getattr(head, name))]
    if head is None or head.erp not in ERPS or head.shop not in SHOPS:
        if head is not None:
            problems += [*_not_among("channel.erp", head.erp, ERPS), *_not_among("channel.shop", head.shop, SHOPS)]
        raise SettingsWrong(masked(problems, sealed))
    if isinstance(document.get("shop"), Mapping):
        document = {**document, "shop": SHOPS[head.shop].prepare(dict(document["shop"]))}
    secrets = {path: str(_at(document, path) or "") for path in secret_fields(head.erp, head.shop)}
    filled = _with_secrets(document, {path: secrets[path] or (kept_secrets or {}).get(path, "") for path in secrets})
    found = {
        name: _section(kind, filled.get(name, [] if name == "branches" else {}), name, problems)
        for name, kind in sections_for(head.erp, head.shop).items()
    }
    if problems:
        raise SettingsWrong(masked(problems, {*sealed, *secrets.values(), *(kept_secrets or {}).values()}))
    policy = Policy(
        goods=found["goods"],
        prices=found["prices"],
        stock=found["stock"],
        branches=tuple(found["branches"]),
        guard=found["guard"],
        customers=found["customers"],
        orders=found["orders"],
        other=found["other"],
    )
    plain = _with_secrets(document, dict.fromkeys(secrets, None))
    return Settings(head, found["erp"], found["shop"], policy, plain, secrets)


@cache
def _checked(kind: Any) -> pydantic.TypeAdapter[Any]:
    """Made once for each kind: all of them take 4 ms, and settings are read for nearly everything."""
    return pydantic.TypeAdapter(kind)


def _section(kind: Any, value: Any, path: str, problems: list[Problem]) -> Any:
    problems += _unknown_keys(kind, value, path)
    try:
        found = _checked(kind).validate_python(value)
        problems += _out_of_bounds(found, path)
    except pydantic.ValidationError as error:
        for one in error.errors():
            where = ".".join([path, *(str(part) for part in one["loc"])])
            if one["type"] != "unexpected_keyword_argument":
                problems.append(Problem(where, _translated(one)))
        return None
    else:
        return found


def _out_of_bounds(section: Any, path: str) -> Iterator[Problem]:
    """Numbers outside their setting's bounds."""
    for field in fields(section) if is_dataclass(section) else ():
        declared, value = about(field.metadata), getattr(section, field.name)
        if declared is None or not isinstance(value, int | Decimal):
            continue
        least, most = declared.least, declared.most
        if (least is not None and value < least) or (most is not None and value > most):
            text = Text("{value}: ma być od {least} do {most}", "{value} should be from {least} to {most}")
            bounds = {"least": "-" if least is None else least, "most": "∞" if most is None else most}
            yield Problem(f"{path}.{field.name}", text.fill(value=value, **bounds))


def _unknown_sections(document: Mapping[str, Any]) -> Iterator[Problem]:
    known = [*SECTIONS, "erp", "shop"]
    for name in document:
        if name not in known:
            yield Problem(quoted(name), _nearest(name, known))


def _unknown_keys(kind: Any, value: Any, path: str) -> Iterator[Problem]:
    """Keys no dataclass has, at any depth, with the nearest right one."""
    origin = get_origin(kind)
    if origin in {list, tuple} and isinstance(value, list):
        for place, item in enumerate(value):
            yield from _unknown_keys(get_args(kind)[0], item, f"{path}.{place}")
    elif origin in {Union, types.UnionType}:
        for option in get_args(kind):
            if is_dataclass(option):
                yield from _unknown_keys(option, value, path)
    elif is_dataclass(kind) and isinstance(value, Mapping):
        hints = get_type_hints(kind)
        names = [field.name for field in fields(kind)]
        for name, inner in value.items():
            if name not in names:
                yield Problem(f"{path}.{quoted(name)}", _nearest(str(name), names))
            else:
                yield from _unknown_keys(hints[name], inner, f"{path}.{name}")


def _nearest(name: str, known: list[str]) -> Text:
    near = difflib.get_close_matches(name, known, 1, 0.5)
    if near:
        text = Text("nie ma takiego ustawienia; czy chodziło o „{near}”?", "no such setting; did you mean “{near}”?")
        return text.fill(near=near[0])
    return Text("nie ma takiego ustawienia; są: {known}", "no such setting; there are: {known}").fill(
        known=", ".join(known)
    )


def _not_among(path: str, value: str, known: Mapping[str, object]) -> Iterator[Problem]:
    if value not in known:
        text = Text("nieznana wartość „{value}”; są: {known}", "unknown value “{value}”; there are: {known}")
        yield Problem(path, text.fill(value=quoted(value), known=", ".join(known)))


def _translated(error: Any) -> Text:  # noqa: PLR0911  (one return per kind of mistake)
    """Pydantic speaks English only; the kinds of mistakes people make are said in both languages."""
    given = quoted(error.get("input"))
    limits = error.get("ctx") or {}
    match error["type"]:
        case "missing" | "missing_argument":
            return Text("wymagane, a nie podano", "required but missing")
        case "enum" | "literal_error":
            expected = str(limits.get("expected", ""))
            text = Text("wartość „{given}” nie jest jedną z: {expected}", "“{given}” is not one of: {expected}")
            return text.fill(given=given, expected=expected)
        case "bool_parsing" | "bool_type":
            return Text("„{given}”: ma być true albo false", "“{given}” should be true or false").fill(given=given)
        case "dataclass_type" | "dataclass_exact_type" | "model_type" | "dict_type" | "mapping_type":
            text = Text("„{given}”: ma być sekcją ustawień", "“{given}” should be a section of settings")
            return text.fill(given=given)
        case "list_type" | "tuple_type" | "frozen_set_type" | "set_type":
            return Text("„{given}”: ma być listą", "“{given}” should be a list").fill(given=given)
        case kind if kind.startswith(("int", "decimal", "float")):
            return Text("„{given}” nie jest liczbą", "“{given}” is not a number").fill(given=given)
        case kind if kind.startswith("string"):
            return Text("„{given}”: ma być tekst w cudzysłowie", "“{given}” should be quoted text").fill(given=given)
        case _:
            return Text("„{given}”: {why}", "“{given}”: {why}").fill(given=given, why=error["msg"])


def _typed_secrets(document: Mapping[str, Any]) -> set[str]:
    """Values under names of secrets, whichever connectors are meant: a document may name none that exists."""
    kinds = [(name, one.settings) for name, known in (("erp", ERPS), ("shop", SHOPS)) for one in known.values()]
    paths = {f"{name}.{field}" for name, kind in kinds for field in _secret_names(kind)}
    return {str(value) for path in paths if (value := _at(document, path))}


def _secret_names(section: type[Any]) -> Iterator[str]:
    for field in fields(section):
        declared = about(field.metadata)
        if declared is not None and declared.secret:
            yield field.name


def _at(document: Mapping[str, Any], path: str) -> Any:
    section, _, name = path.partition(".")
    inner = document.get(section)
    return inner.get(name) if isinstance(inner, Mapping) else None


def _with_secrets(document: Mapping[str, Any], secrets: Mapping[str, str | None]) -> dict[str, Any]:
    """A copy of the document with these secrets put in, or taken out where None."""
    copied: dict[str, Any] = json.loads(json.dumps(document, default=str))
    for path, value in secrets.items():
        section, _, name = path.partition(".")
        inner = copied.get(section)
        if not isinstance(inner, dict):
            continue
        if value is None:
            inner.pop(name, None)
        elif value:
            inner[name] = value
    return copied
