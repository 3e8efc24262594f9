"""Fields of a form, made from a dataclass of `setting` fields and the values a document holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from decimal import Decimal
from enum import StrEnum
from types import GenericAlias
from typing import Any, get_args, get_origin, get_type_hints

from pomost.model.setting import About, ChoiceKind, about
from pomost.model.text import Text


class Kind(StrEnum):
    """How a setting is shown. Templates: `fields/<kind>.html`."""

    SWITCH = "switch"
    TEXT = "text"
    NUMBER = "number"
    SECRET = "secret"  # noqa: S105  (a kind of field)
    ONE_OF = "one_of"  # one value of an enumeration
    SOME_OF = "some_of"  # several values of an enumeration
    LISTED = "listed"  # one id of a list the ERP or the shop gives
    SOME_LISTED = "some_listed"  # several of them
    LINES = "lines"  # several texts, one to a line
    ROWS = "rows"  # conditions
    PAIRS = "pairs"  # the unit dictionary
    STAGES = "stages"  # a listed value for each value of an enumeration
    GROUP = "group"  # settings within a setting


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Input:
    """One field. `path` names it in the form as in the document; `value` is what the document holds or would hold.

    `rows`: for ROWS the fields of each row, for GROUP the one row of its fields. `declared`: the dataclass behind them.
    """

    path: str
    label: Text
    help: Text
    kind: Kind
    value: Any
    options: tuple[Option, ...] = ()
    choice: ChoiceKind | None = None
    beside: ChoiceKind | None = None
    required: bool = False
    least: int | None = None
    most: int | None = None
    rows: tuple[tuple["Input", ...], ...] = ()
    declared: type[Any] | None = None
    errors: tuple[Text, ...] = ()

    @property
    def id(self) -> str:
        return self.path.replace(".", "-")

    @property
    def name(self) -> str:
        """The setting's own name, the last step of its path."""
        return self.path.rpartition(".")[2]


def inputs(section: type[Any], path: str, held: Mapping[str, Any]) -> tuple[Input, ...]:
    """The fields of one section of a document, in the order they are declared."""
    hints = get_type_hints(section)
    return tuple(
        _input(told, hints[one.name], f"{path}.{one.name}", held.get(one.name, _default(one)), _required(one))
        for one in fields(section)
        if (told := about(one.metadata)) is not None
    )


def marked(some: Iterable[Input], problems: Mapping[str, list[Text]]) -> tuple[Input, ...]:
    """The same fields with what is wrong with each; a problem deeper down than any field stays with the nearest."""
    return tuple(_marked(one, problems) for one in some)


def paths(some: Iterable[Input]) -> Iterator[str]:
    """Paths of all fields, those of rows included."""
    for one in some:
        yield one.path
        for row in one.rows:
            yield from paths(row)


def kind_of(hint: Any, told: About) -> Kind:  # noqa: PLR0911  (one return per kind)
    """How a setting of this type is shown. Raises TypeError for a type no form can show."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint is bool:
        return Kind.SWITCH
    if hint is str:
        return Kind.SECRET if told.secret else Kind.LISTED if told.choice else Kind.TEXT
    if hint in {int, Decimal}:
        return Kind.NUMBER
    if isinstance(hint, type) and not isinstance(hint, GenericAlias) and issubclass(hint, StrEnum):
        return Kind.ONE_OF
    if is_dataclass(hint):
        return Kind.GROUP
    if origin in {tuple, frozenset} and is_dataclass(inner[0]):
        return Kind.ROWS
    if origin in {tuple, frozenset}:
        listed = Kind.SOME_LISTED if told.choice else Kind.LINES
        return listed if inner[0] is str else Kind.SOME_OF
    if origin is Mapping:
        return Kind.PAIRS if inner[0] is str else Kind.STAGES
    raise TypeError(f"no form can show a setting of type {hint}")


def _input(told: About, hint: Any, path: str, value: Any, required: bool) -> Input:
    kind, inner = kind_of(hint, told), get_args(hint)
    found = Input(
        path=path,
        label=told.label,
        help=told.help,
        kind=kind,
        value="" if kind is Kind.SECRET else _plain(value),
        options=_options(told, hint, kind),
        choice=told.choice,
        beside=told.beside,
        required=required,
        least=told.least,
        most=told.most,
    )
    if kind is Kind.GROUP:
        return replace(found, rows=(inputs(hint, path, _mapping(value)),), declared=hint)
    if kind is Kind.ROWS:
        held = value if isinstance(value, list | tuple) else ()
        rows = tuple(inputs(inner[0], f"{path}.{place}", _mapping(row)) for place, row in enumerate(held))
        return replace(found, rows=rows, declared=inner[0])
    return found


def _options(told: About, hint: Any, kind: Kind) -> tuple[Option, ...]:
    values = hint if kind is Kind.ONE_OF else get_args(hint)[0] if kind in {Kind.SOME_OF, Kind.STAGES} else ()
    names = told.options or {}
    ordered = [*names, *(one for one in values if one not in names)]
    return tuple(Option(str(one), names.get(one, Text(str(one), str(one)))) for one in ordered)


def _marked(one: Input, problems: Mapping[str, list[Text]]) -> Input:
    rows = tuple(marked(row, problems) for row in one.rows)
    deeper = {path for row in one.rows for path in paths(row)}
    mine = [
        text
        for path, texts in problems.items()
        if path == one.path
        or (path.startswith(f"{one.path}.") and not any(path == p or path.startswith(f"{p}.") for p in deeper))
        for text in texts
    ]
    return replace(one, rows=rows, errors=tuple(mine))


def _plain(value: Any) -> Any:
    """What a document would hold: enumerations as their texts, amounts as text, sets as lists."""
    if isinstance(value, StrEnum | Decimal):
        return str(value)
    if isinstance(value, frozenset):
        return sorted(_plain(one) for one in value)
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    return value


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _default(field: "Field[Any]") -> Any:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return "" if field.default is MISSING else field.default


def _required(field: "Field[Any]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING
