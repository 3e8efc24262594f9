"""Triggers of the company database: what moves the stamp of a product for the shop (`TwTS_TS_ModESklep`).

That the triggers exist, and on which tables, is known from a real database; what they write is not public, so that they
stamp the product is assumed. Tables without one here move no stamp: stocks, discounts, customers' price levels,
texts, substitutes, VAT abroad, the bytes of a file (their own stamp is the program's work), and every deletion.
"""

from sqlalchemy import Connection, text

from pomost.sandbox.optima.columns import SCHEMA

STAMPING = {
    "Towary": ("TestDouble_Towary_Stamp", "Twr_TwrId"),
    "TwrESklep": ("TwrESklep_InsertUpdate_Trigger", "Twes_TwrID"),
    "TwrCeny": ("TwrCeny_InsertUpdate_Trigger", "TwC_TwrID"),
    "TwrAtrybuty": ("TwrAtrybuty_InsertUpdate_Trigger", "TwA_TwrId"),
    "TwrJMZ": ("TwrJMZ_InsertUpdate_Trigger", "TwJZ_TwrID"),
    "TwrEan": ("TwrEAN_InsertUpdate_Trigger", "TwE_TwrID"),
    "DaneBinarneLinki": ("DaneBinarneLinki_InsertUpdate_Trigger", "DBL_TwrID"),
    "ZestawyTwr": ("ZestawyTwr_InsertUpdate_Trigger", "ZTw_TwrId"),
}
"""Name of the trigger of each table, and the column that names the product."""


def pull(connection: Connection) -> None:
    """Make the triggers; SQLite wants one for each of the two events that one trigger of SQL Server answers.

    Like every statement that writes here they call GETDATE(), which a connection of the sandbox brings with it.
    """
    for table, (name, product) in STAMPING.items():
        for event in ("INSERT", "UPDATE"):
            stamp = (
                'INSERT INTO "TwrTSModEsklep" ("TwTS_TwrId", "TwTS_TS_ModESklep") '  # noqa: S608 (our own names alone)
                f'VALUES (NEW."{product}", getdate()) ON CONFLICT ("TwTS_TwrId") '
                'DO UPDATE SET "TwTS_TS_ModESklep" = excluded."TwTS_TS_ModESklep"'
            )
            known = f'EXISTS (SELECT 1 FROM "Towary" WHERE "Twr_TwrId" = NEW."{product}")'  # noqa: S608 (likewise)
            head = f'CREATE TRIGGER {SCHEMA}."{name}_{event.title()}" AFTER {event} ON "{table}"'
            connection.execute(text(f"{head} WHEN triggers_enabled() AND {known} BEGIN {stamp}; END"))
