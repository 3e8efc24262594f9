"""The wire between a client and the program: every call passes its checks, its troubles and the journal."""

import os
from collections.abc import Callable
from threading import get_ident
from time import perf_counter, sleep
from typing import Any, NoReturn

from pomost.sandbox.sfera.errors import ComError, Dialog, Gone, Refusal, from_com, told
from pomost.sandbox.sfera.journal import Journal
from pomost.sandbox.sfera.members import Member, Method, Model, accepted
from pomost.sandbox.sfera.script import Script

_GLANCE = 0.02
"""Seconds between two looks at a program that hangs."""
SUDDEN_DEATH = 137
LOCKED = "Rekord został zablokowany przez operatora Janina Kowalska."


class ComObject:
    """What a client holds: reads, writes and calls pass the wire; nothing else of the object can be reached."""

    __slots__ = ("_model", "_wire")

    def __init__(self, wire: "Wire", model: Model) -> None:
        object.__setattr__(self, "_wire", wire)
        object.__setattr__(self, "_model", model)

    def __getattr__(self, name: str) -> Any:
        wire: Wire = object.__getattribute__(self, "_wire")
        return wire.read(object.__getattribute__(self, "_model"), name)

    def __setattr__(self, name: str, value: Any) -> None:
        wire: Wire = object.__getattribute__(self, "_wire")
        wire.write(object.__getattribute__(self, "_model"), name, value)

    def __repr__(self) -> str:
        return f"<COM object {object.__getattribute__(self, '_model').com_name}>"


class Wire:
    """All objects that one `dispatch` led to; they belong to the thread that called it."""

    def __init__(self, script: Script, journal: Journal) -> None:
        self._thread = get_ident()
        self._script = script
        self._journal = journal

    def face(self, model: Model) -> ComObject:
        return ComObject(self, model)

    def read(self, model: Model, name: str) -> Any:
        member = self._member(model, name)
        if isinstance(member, Method):
            action = member
            return lambda *given: self._call(
                model, name, lambda: action.action(model, *action.arguments(self._bare(given))), is_property=False
            )
        get = member.get
        return self._call(model, name, lambda: get(model))

    def write(self, model: Model, name: str, value: Any) -> None:
        member = self._member(model, name)
        if isinstance(member, Method) or member.put is None:
            self._fail(model, name, "member_not_found")
        put, kind = member.put, member.kind
        self._call(model, f"{name}=", lambda: put(model, accepted(kind, self._bare((value,))[0], 1)))

    def _member(self, model: Model, name: str) -> Member:
        member = model.members.get(name)
        if member is None:
            self._fail(model, name, "unknown_name")
        return member

    def _fail(self, model: Model, name: str, code: str) -> NoReturn:
        self._check_thread()
        self._journal.called(f"{model.com_name}.{name}", 0, code, is_property=True)
        raise from_com(code)

    def _bare(self, given: tuple[Any, ...]) -> tuple[Any, ...]:
        """Arguments with the models of COM objects in their place."""
        return tuple(object.__getattribute__(one, "_model") if isinstance(one, ComObject) else one for one in given)

    def _check_thread(self) -> None:
        if get_ident() != self._thread:
            raise from_com("wrong_thread")

    def _call(self, model: Model, name: str, action: Callable[[], Any], *, is_property: bool = True) -> Any:
        self._check_thread()
        began, outcome, full = perf_counter(), "ok", f"{model.com_name}.{name}"
        try:
            result = self._served(model, full, action)
        except ComError as error:
            outcome = f"0x{(error.excepinfo[5] if error.excepinfo else error.hresult) & 0xFFFFFFFF:08X}"
            raise
        finally:
            self._journal.called(full, perf_counter() - began, outcome, is_property=is_property)
        return self.face(result) if isinstance(result, Model) else result

    def _served(self, model: Model, name: str, action: Callable[[], Any]) -> Any:
        try:
            if model.session is not None:
                model.session.program.check()
            if not name.endswith(".Zamknij"):
                model.ready()
            self._strike(model, name, "before")
            result = action()
            self._strike(model, name, "after")
        except Refusal as refusal:
            model.failed(refusal.text)
            bare = self._script.error_shape == "bare"
            raise told(refusal.code, refusal.text, refusal.argument, bare=bare) from None
        except Dialog:
            raise told(self._wait_for_nobody(model).code, "") from None
        except Gone as gone:
            raise told(gone.code, gone.code.text) from None
        return result

    def _wait_for_nobody(self, model: Model) -> Gone:
        """A window nobody closes: only the end of the program ends the wait."""
        while model.behind is None or model.behind.program.alive:
            sleep(_GLANCE)
        return Gone(killed=True)

    def _strike(self, model: Model, name: str, when: str) -> None:
        for trouble in self._journal.striking(self._script.troubles, name, when):
            match trouble.do:
                case "error":
                    raise Refusal(trouble.code, trouble.text)
                case "lock":
                    raise Refusal("failure", trouble.text or LOCKED)
                case "hang":
                    raise Dialog
                case "close":
                    if model.behind is not None:
                        model.behind.program.close()
                    raise Gone(killed=False)
                case "die":
                    os._exit(SUDDEN_DEATH)
                case "wait":
                    sleep(trouble.seconds)
