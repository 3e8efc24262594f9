"""Locks on records (`ins_blokada`): taken when an object is opened for edit, given back when it is closed.

A lock lives no longer than the program that took it, as with the server's session locks behind the real table. The
program's process id stands behind the workstation's name, so that the lock of a killed one is known for what it is.
"""

from datetime import datetime
from typing import NamedTuple

from pomost.sandbox.sfera.books import Books
from pomost.sandbox.sfera.errors import Refusal
from pomost.sandbox.sfera.program import is_running

_HERE = "obid = ? AND obextra = 0 AND obtype = ?"
_PROCESS = "#"


class Holder(NamedTuple):
    """Who locks: a workstation, with `#` and the id of the program if it is one of ours, and the operator's name."""

    workstation: str
    operator: str


def take(books: Books, holder: Holder, object_kind: int, key: int, now: datetime) -> None:
    """Lock a record, once more if it is ours already; another's lock is a refusal that names the operator."""
    query = f"SELECT workstation, username FROM ins_blokada WHERE {_HERE}"
    found = books.row(query, key, object_kind)
    if found is not None and _is_dead(found["workstation"]):
        books.execute(f"DELETE FROM ins_blokada WHERE {_HERE}", key, object_kind)
        found = None
    if found is None:
        lock = {"obid": key, "obextra": 0, "obtype": object_kind, "counter": 1, "locktime": now}
        books.insert("ins_blokada", {**lock, "workstation": holder.workstation, "username": holder.operator})
    elif (found["workstation"], found["username"]) == holder:
        books.execute(f"UPDATE ins_blokada SET counter = counter + 1 WHERE {_HERE}", key, object_kind)
    else:
        who = f"{found['username']} na stanowisku {found['workstation']}"
        raise Refusal("failure", f"Rekord został zablokowany przez operatora {who}.")


def _is_dead(workstation: str) -> bool:
    pid = workstation.rpartition(_PROCESS)[2]
    return _PROCESS in workstation and not is_running(int(pid))


def give_back(books: Books, holder: Holder, object_kind: int, key: int) -> None:
    ours = f"{_HERE} AND workstation = ? AND username = ?"
    where = (key, object_kind, *holder)
    books.execute(f"UPDATE ins_blokada SET counter = counter - 1 WHERE {ours}", *where)
    books.execute(f"DELETE FROM ins_blokada WHERE {ours} AND counter < 1", *where)


def clear(books: Books, holder: Holder) -> None:
    """Give back everything at the end of a program."""
    books.execute("DELETE FROM ins_blokada WHERE workstation = ? AND username = ?", *holder)
