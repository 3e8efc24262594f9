"""How objects of the program declare the members a client may reach; whatever is not declared does not exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from pomost.sandbox.sfera.errors import Refusal
from pomost.sandbox.sfera.kinds import Kind


class Property:
    """A member that is read, and written if it has a `put`."""

    def __init__(self, kind: Kind, get: Callable[[Any], Any], put: Callable[[Any, Any], None] | None = None) -> None:
        self.kind = kind
        self.get = get
        self.put = put

    def writer(self, put: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
        """Decorator of the method that takes a written value."""
        self.put = put
        return put


class Method:
    """A member that is called; `kinds` are its parameters, the last `optional` of them may be left out."""

    def __init__(self, action: Callable[..., Any], kinds: tuple[Kind, ...], optional: int) -> None:
        self.action = action
        self.kinds = kinds
        self.optional = optional

    def arguments(self, given: tuple[Any, ...]) -> list[Any]:
        """The accepted arguments; `Refusal` names the position of a wrong one, counted from one."""
        if not len(self.kinds) - self.optional <= len(given) <= len(self.kinds):
            raise Refusal("parameter_count")
        return [
            accepted(kind, value, place) for place, (kind, value) in enumerate(zip(self.kinds, given, strict=False), 1)
        ]


Member = Property | Method


def accepted(kind: Kind, value: Any, place: int) -> Any:
    try:
        return kind(value)
    except Refusal as refusal:
        refusal.argument = place
        raise


def prop(kind: Kind) -> Callable[[Callable[[Any], Any]], Property]:
    """Decorator: a property read by the method below."""
    return lambda get: Property(kind, get)


def method(*kinds: Kind, optional: int = 0) -> Callable[[Callable[..., Any]], Method]:
    """Decorator: a method with parameters of these kinds."""
    return lambda action: Method(action, kinds, optional)


def stored(kind: Kind, column: str, *, write: bool = True) -> Property:
    """A property that is a column of the object's row."""

    def get(model: Any) -> Any:
        return model.row[column]

    def put(model: Any, value: Any) -> None:
        model.row[column] = value

    return Property(kind, get, put if write else None)


def part(kind: Kind, owner: str, name: str, *, write: bool = True) -> Property:
    """A property that is an attribute of one of the object's parts: `part(whole, "line", "warehouse")`."""

    def get(model: Any) -> Any:
        return getattr(getattr(model, owner), name)

    def put(model: Any, value: Any) -> None:
        setattr(getattr(model, owner), name, value)

    return Property(kind, get, put if write else None)


class Model:
    """An object of the program behind its COM face; `session` is None for what works without a started program."""

    com_name: ClassVar[str]
    members: ClassVar[dict[str, Member]] = {}
    session: Any = None

    @property
    def behind(self) -> Any:
        """The session whose end ends a call that hangs."""
        return self.session

    def __init_subclass__(cls, *, name: str) -> None:
        cls.com_name = name
        own = {key: value for key, value in vars(cls).items() if isinstance(value, Property | Method)}
        cls.members = {**cls.members, **own}

    def ready(self) -> None:
        """Refuse when the object is closed; asked before every call but `Zamknij`."""

    def failed(self, text: str) -> None:
        """Told the text of an error before the client is."""


def known_calls(*classes: type[Model]) -> frozenset[str]:
    """Names of all calls as troubles and the journal name them: `Class.Member`, with `=` for a write."""
    return frozenset(
        call
        for one in classes
        for name, member in one.members.items()
        for call in (
            (f"{one.com_name}.{name}",)
            if isinstance(member, Method) or member.put is None
            else (f"{one.com_name}.{name}", f"{one.com_name}.{name}=")
        )
    )
