"""A driver module of SQL Server that keeps what it is told: calls as the real module's own signatures take them."""

import importlib
import inspect
import sys


class ServerRefusal(Exception):
    """What the server answers."""


class FakeDriver:
    """Stands in for `mssql_python` or `pytds`; every query is answered with `rows`.

    A server with snapshots allowed refuses a statement whose transaction began under another isolation level, as SQL
    Server does (error 3951).
    """

    def __init__(self, module, *, snapshots=True, rows=()):
        self._takes = inspect.signature(importlib.import_module(module).connect)
        self.snapshots = snapshots
        self.rows = rows
        self.connected = []
        """Arguments of each connection, by name."""
        self.asked = []
        """(text, parameters) of each statement after the session was set up."""

    def connect(self, *places, **facts):
        given = self._takes.bind(*places, **facts)
        given.apply_defaults()
        self.connected.append(given.arguments)
        return _Connection(self, autocommit=given.arguments["autocommit"])


class _Connection:
    def __init__(self, driver, *, autocommit):
        self.driver = driver
        self.autocommit = autocommit
        self.level = "READ COMMITTED"
        self.began_under = None

    def cursor(self):
        return _Cursor(self)

    def close(self):
        pass


class _Cursor:
    def __init__(self, connection):
        self.connection = connection
        self.rows = []

    def execute(self, text, parameters=()):
        connection, driver = self.connection, self.connection.driver
        if text.startswith("SET TRANSACTION ISOLATION LEVEL "):
            connection.level = text.removeprefix("SET TRANSACTION ISOLATION LEVEL ")
            return
        if not connection.autocommit and connection.began_under is None:
            connection.began_under = connection.level
        if connection.level == "SNAPSHOT" and not connection.autocommit and connection.began_under != "SNAPSHOT":
            raise ServerRefusal("3951: the transaction did not start in snapshot isolation")
        if text.startswith("SET "):
            return
        if "snapshot_isolation_state" in text:
            self.rows = [(int(driver.snapshots),)]
            return
        driver.asked.append((text, parameters))
        self.rows = list(driver.rows)

    def fetchone(self):
        return self.rows.pop(0) if self.rows else None

    def fetchmany(self, count):
        found, self.rows = self.rows[:count], self.rows[count:]
        return found

    def close(self):
        pass


def install(monkeypatch, module, **more):
    """Put a fake in the module's place for one test."""
    driver = FakeDriver(module, **more)
    monkeypatch.setitem(sys.modules, module, driver)
    return driver
